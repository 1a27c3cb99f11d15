"""Counts of a small build, worked out by hand."""

from __future__ import annotations

import copy

from kg.stats import TopEntity, stats
from kg.tables import Tables


def test_counts(toy_tables: Tables) -> None:
    found = stats(toy_tables)
    assert found.counts == {
        "documents": 1,
        "documents without papers": 0,
        "papers": 2,
        "paper records": 2,
        "authors": 3,
        "entities": 4,
        "mentions": 7,
        "relations": 2,
        "results": 1,
    }
    assert found.entities["tool"] == 2
    assert found.entities["dataset"] == 0
    assert found.relations == {"compared_with": 1, "runs_on": 1}
    assert found.results == {"improves": 1}
    assert found.metrics == {"performance": 1}


def test_the_most_frequent_come_first_and_are_cut(toy_tables: Tables) -> None:
    assert stats(toy_tables).top["tool"] == (
        TopEntity(name="TensorRT", papers=2, mentions=2),
        TopEntity(name="cuDNN", papers=1, mentions=1),
    )
    assert len(stats(toy_tables, top=1).top["tool"]) == 1
    assert "dataset" not in stats(toy_tables).top
    assert list(stats(toy_tables).roles) == ["evaluated_on", "proposed", "used", "baseline"]


def test_years_and_venues_count_works_once(toy_tables: Tables) -> None:
    assert stats(toy_tables).years == {"2021": 2}
    assert stats(toy_tables).venues == {"MLSys": 1, "unknown": 1}
    unplaced = {**toy_tables.papers[1], "paper_id": "p:3", "work_id": "w:3"}
    assert list(stats(Tables(papers=[*toy_tables.papers, unplaced])).venues) == ["MLSys", "unknown"]
    papers = copy.deepcopy(toy_tables.papers)
    papers[1]["work_id"] = papers[0]["work_id"]
    merged = stats(Tables(papers=papers))
    assert merged.counts["papers"] == 1
    assert merged.counts["paper records"] == 2
    assert merged.venues == {"MLSys": 1}


def test_failed_documents_are_counted(toy_tables: Tables) -> None:
    failed = {**toy_tables.documents[0], "status": "failed"}
    assert stats(Tables(documents=[failed])).counts["documents without papers"] == 1


def test_an_empty_build() -> None:
    found = stats(Tables())
    assert set(found.counts.values()) == {0}
    assert found.top == found.years == found.venues == {}


def test_a_work_has_the_year_of_the_record_that_knows_it(toy_tables: Tables) -> None:
    one, two = toy_tables.papers
    papers = [{**one, "year": None}, {**two, "work_id": one["work_id"], "year": 2019}]
    assert stats(Tables(papers=papers)).years == {"2019": 1}
    assert stats(Tables(papers=papers[:1])).years == {"unknown": 1}


def test_results_are_counted_by_the_name_of_their_metric_or_as_printed(toy_tables: Tables) -> None:
    tool = toy_tables.entities[0]
    result = toy_tables.results[0]
    rows = [
        {**result, "metric_id": tool["entity_id"], "metric": "x"},
        {**result, "metric_id": None, "metric": "Energy"},
        {**result, "metric_id": None, "metric": "energy"},
    ]
    found = stats(Tables(entities=[tool], results=rows)).metrics
    assert list(found.items()) == [("energy", 2), (tool["name"], 1)]


def test_equal_counts_are_in_the_order_of_names(toy_tables: Tables) -> None:
    tool = toy_tables.entities[0]
    entities = [
        {
            **tool,
            "entity_id": f"e:{name}",
            "name": name,
            "type": "task",
            "papers": papers,
            "mentions": mentions,
        }
        for name, papers, mentions in (("b", 1, 5), ("a", 1, 5), ("c", 1, 9), ("d", 2, 2))
    ]
    assert [entity.name for entity in stats(Tables(entities=entities)).top["task"]] == ["d", "c", "a", "b"]
