"""From tables to what is scored: names in the order in which they are tried, rows where they belong."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kg.errors import GoldError
from kg.gold import GoldPaper
from kg.predictions import papers_of_gold, predictions_of_tables, tables_of_papers
from kg.tables import Tables
from kg.types import Paper
from kg.verify import verify_tables


def _gold(where: str, abstract: str | None, title: str | None = "A title") -> GoldPaper:
    return GoldPaper(
        where=where,
        title=title,
        authors=("Song Han", "J. Lee"),
        forms=(),
        results=(),
        relations=None,
        abstract=abstract,
    )


def test_each_row_belongs_to_its_paper_and_papers_stand_as_in_the_document(toy_tables: Tables) -> None:
    first, second = predictions_of_tables(toy_tables)
    assert first.title == "IOS: Inter-Operator Scheduler for CNN Acceleration"
    assert (first.authors, second.authors) == (("Yaoyao Ding", "Song Han"), ("Song Han", "Jürgen Preußer"))
    assert (first.venue, second.venue, first.year) == ("MLSys", None, 2021)
    assert first.path == second.path == "listing.txt"
    assert [mention.text for mention in second.mentions] == ["TensorRT", "cuDNN", "GPU"]
    assert (len(first.relations), len(second.relations), len(second.results)) == (2, 0, 0)
    starts = [mention.start for mention in first.mentions]
    assert starts == sorted(starts)


def test_an_entity_is_called_by_its_forms_here_then_its_name_then_its_other_forms(
    toy_tables: Tables,
) -> None:
    first, _ = predictions_of_tables(toy_tables)
    names = {kind: (head, tail) for head, kind, tail in first.relations}
    assert names["runs_on"][1] == ("GPUs", "GPU", "GPU", "GPUs"), "the paper's own form before the name"
    assert names["compared_with"][0][0] == "IOS"
    assert "Inter-Operator Scheduler" in names["compared_with"][0]
    assert [(low, high, subject[0]) for low, high, subject in first.results] == [(1.1, 1.5, "IOS")]


def test_a_result_without_a_subject_has_no_names(toy_tables: Tables) -> None:
    rows = {name: getattr(toy_tables, name) for name in toy_tables.counts()}
    rows["results"] = [{**rows["results"][0], "subject_id": None}]
    assert predictions_of_tables(Tables(**rows))[0].results == ((1.1, 1.5, ()),)


def test_tables_without_documents_keep_the_order_of_positions(toy_tables: Tables) -> None:
    papers = [{**row, "position": 9 - row["position"]} for row in toy_tables.papers]
    found = predictions_of_tables(Tables(papers=papers))
    later = max(toy_tables.papers, key=lambda row: row["position"])
    assert found[0].title == later["title"] != found[1].title
    assert [prediction.path for prediction in found] == ["", ""]


def test_annotated_documents_hold_nothing_to_read() -> None:
    with pytest.raises(GoldError, match=r"gold\.jsonl:2: ") as caught:
        papers_of_gold([_gold("gold.jsonl:1", "Text."), _gold("gold.jsonl:2", None)])
    assert "--tables" in (caught.value.hint or "")


def test_annotated_abstracts_are_papers_in_their_order() -> None:
    papers = papers_of_gold([_gold("a:1", "One."), _gold("a:2", "Two.", None)])
    assert [paper.text for paper in papers] == ["A title\n\nOne.", "Two."]
    assert [author.name for author in papers[0].authors] == ["Song Han", "J. Lee"]
    assert len({paper.paper_id for paper in papers}) == 2


def test_papers_are_read_and_resolved_in_memory(make_paper: Callable[..., Paper]) -> None:
    papers = [
        make_paper("QuickPack: Fast Batching", "We propose QuickPack. It runs on a GPU.", "Song Han"),
        make_paper("QuickPack: Fast Batching", "QuickPack is evaluated on GPUs.", "Song Han", number=1),
    ]
    tables = tables_of_papers(papers, pipeline="fast")
    assert len({row["work_id"] for row in tables.papers}) == 2, "each paper is a work of its own"
    names = {row["name"] for row in tables.entities}
    assert {"QuickPack", "GPU"} <= names
    made_up = f"document_id {'d' * 64} is not in documents|paper_id is not that of what the row says"
    assert all(re.match(made_up, problem.what) for problem in verify_tables(tables).problems)
    assert [len(found.mentions) > 0 for found in predictions_of_tables(tables)] == [True, True]
