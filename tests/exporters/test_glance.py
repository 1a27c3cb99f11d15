"""The numbers of a report, worked out by hand."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters.glance import (
    MOST_PERIODS,
    by_metric,
    connected,
    grid,
    periods,
    top_things,
    trends,
    venues,
)
from kg.exporters.survey import Survey, Work, survey
from kg.graph import GraphRows
from kg.rows import TableRows
from kg.tables import Tables

PAPERS = {
    "p:1": (
        "Pruning for phones",
        2019,
        "MLSys",
        {"e:prune": "proposes", "e:coco": "evaluated_on", "e:gpu": "evaluated_on"},
    ),
    "p:2": (
        "Pruning again",
        2021,
        "mlsys",
        {"e:prune": "uses", "e:coco": "uses", "e:net": "uses", "e:gpu": "mentions"},
    ),
    "p:3": ("A survey", None, "", {"e:prune": "mentions", "e:mnist": "mentions", "e:net": "targets"}),
    "p:4": ("Alone", 2021, "ISCA", {"e:cpu": "uses"}),
}
THINGS = {
    "e:prune": "method",
    "e:net": "model",
    "e:coco": "dataset",
    "e:mnist": "dataset",
    "e:gpu": "hardware",
    "e:cpu": "hardware",
}


def graph() -> nx.MultiDiGraph:
    found: nx.MultiDiGraph = nx.MultiDiGraph()
    for paper, (name, year, venue, _) in PAPERS.items():
        known = {"year": year, "venue": venue}
        found.add_node(paper, kind="paper", name=name, **{k: v for k, v in known.items() if v})
    for thing, kind in THINGS.items():
        naming = sum(thing in ties for *_, ties in PAPERS.values())
        found.add_node(thing, kind=kind, name=thing[2:], papers=naming, mentions=naming)
    found.add_node("a:1", kind="author", name="Song Han", papers=1)
    for paper, (*_, ties) in PAPERS.items():
        for thing, kind in ties.items():
            found.add_edge(paper, thing, key=f"{paper}{thing}", kind=kind, support=1, confidence=0.8)
    return found


@pytest.fixture
def found() -> Survey:
    return survey(GraphRows(graph()))


def test_the_survey_counts_nodes_and_edges(found: Survey) -> None:
    assert found.kinds == {"author": 1, "dataset": 2, "hardware": 2, "method": 1, "model": 1, "paper": 4}
    assert found.edges == 11
    assert len(found.works) == 4 and len(found.things) == 6
    assert found.ties["p:3"] == {"e:prune": False, "e:mnist": False, "e:net": True}


def test_a_thing_both_mentioned_and_used_is_used() -> None:
    twice = graph()
    twice.add_edge("p:2", "e:gpu", key="z", kind="uses", support=1, confidence=0.5)
    assert survey(GraphRows(twice)).ties["p:2"]["e:gpu"] is True


def test_tables_and_their_graph_say_the_same(toy_tables: Tables) -> None:
    from kg.graph import build_graph

    assert survey(TableRows(toy_tables)) == survey(GraphRows(build_graph(toy_tables)))


def test_top_things(found: Survey) -> None:
    ranked = top_things(found, "dataset", 1)
    assert [(thing.name, thing.papers) for thing in ranked.shown] == [("coco", 2)]
    assert ranked.left == 1
    assert top_things(found, "tool", 5).shown == ()


def test_venues_in_any_case_are_one(found: Survey) -> None:
    ranked, without = venues(found, 1)
    assert ranked.shown == (("MLSys", 2),)
    assert (ranked.left, without) == (1, 1)


def test_years_have_no_gaps(found: Survey) -> None:
    time = periods(tuple(found.works.values()))
    assert (time.unit, time.labels, time.counts) == ("year", ("2019", "2020", "2021"), (1, 0, 2))
    assert time.undated == 1
    assert time.of == {"p:1": 0, "p:2": 2, "p:4": 2}


def works(*years: int, dates: tuple[str, ...] = ()) -> tuple[Work, ...]:
    given = dates or ("",) * len(years)
    return tuple(
        Work(id=f"p:{n}", name="A", year=year, date=date)
        for n, (year, date) in enumerate(zip(years, given, strict=True))
    )


def test_papers_of_one_year_stand_by_month() -> None:
    time = periods(works(2025, 2025, 2024, 2025, dates=("2025-02-11", "2025-02", "2024-12-31", "")))
    assert (time.unit, time.labels, time.counts) == ("month", ("2024-12", "2025-01", "2025-02"), (1, 0, 2))
    assert time.undated == 1
    assert periods(works(2025, 2025, dates=("2025-02-11", ""))).unit == "year"
    assert periods(works(2025, 2025, dates=("2025-13-11", "1999-01"))).unit == "year"


def test_long_spans_are_put_together() -> None:
    time = periods(works(1931, 1936, 2024))
    assert time.unit == "5 years"
    assert (time.labels[0], time.labels[-1]) == ("1930–1934", "2020–2024")
    assert time.counts[:2] == (1, 1)


@given(st.lists(st.integers(-(2**31), 2**31 - 1) | st.integers(1900, 2030), max_size=30))
def test_any_years_make_few_periods_that_count_every_paper_once(years: list[int]) -> None:
    time = periods(works(*years))
    assert len(time.labels) == len(time.counts) <= MOST_PERIODS
    assert sum(time.counts) + time.undated == len(years)
    assert all(time.counts[place] for place in time.of.values())


def test_trends_count_dated_papers(found: Survey) -> None:
    ranked = trends(found, "hardware", periods(tuple(found.works.values())), 1)
    assert [(trend.thing.name, trend.counts) for trend in ranked.shown] == [("gpu", (1, 0, 1))]
    assert ranked.left == 1


def test_what_goes_together_goes_so_in_earnest(found: Survey) -> None:
    together = grid(found, ("method", "model"), ("dataset",))
    assert [thing.name for thing in together.rows] == ["prune", "net"]
    assert [thing.name for thing in together.columns] == ["coco"]
    assert together.papers == {(0, 0): ("Pruning again", "Pruning for phones"), (1, 0): ("Pruning again",)}
    assert (together.left_rows, together.left_columns) == (0, 0)


def test_a_grid_keeps_the_strongest(found: Survey) -> None:
    together = grid(found, ("method", "model"), ("dataset", "hardware"), rows=1, columns=1)
    assert [thing.name for thing in together.rows] == ["prune"]
    assert [thing.name for thing in together.columns] == ["coco"]
    assert (together.left_rows, together.left_columns) == (1, 1)


def test_an_empty_grid(found: Survey) -> None:
    assert grid(found, ("tool",), ("dataset",)).rows == ()


def test_connected_papers(found: Survey) -> None:
    ranked = connected(found, 2)
    assert [(one.work.name, one.shared, one.papers) for one in ranked.shown] == [
        ("Pruning again", 4, 2),
        ("Pruning for phones", 3, 2),
    ]
    assert ranked.left == 1  # "A survey"; "Alone" shares nothing


def test_claims_by_metric_and_unit() -> None:
    claimed = graph()
    claimed.add_node("e:acc", kind="metric", name="accuracy", papers=2, mentions=2)
    rows = [
        (
            "e:prune",
            "e:acc",
            "r1",
            {"metric": "accuracies", "value": "91%", "low": 91.0, "high": 91.0, "unit": "%"},
        ),
        ("e:net", "e:coco", "r2", {"metric": "Accuracy", "value": "up to 80%", "high": 80.0, "unit": "%"}),
        ("e:net", "e:acc", "r3", {"metric": "accuracy", "value": "2x", "low": 2.0, "high": 3.0, "unit": "x"}),
        ("p:1", "e:acc", "r4", {"metric": "accuracy", "value": "high", "unit": "%", "low": float("nan")}),
    ]
    for source, target, key, data in rows:
        claimed.add_edge(source, target, key=key, kind="improves", paper="p:1", quote="So it is.", **data)
    found = survey(GraphRows(claimed))
    per_cent, times = by_metric(found.claims)
    assert (per_cent.metric, per_cent.unit, times.unit) == ("accuracy", "%", "x")
    assert [(claim.value, claim.subject, claim.middle) for claim in per_cent.claims] == [
        ("up to 80%", "net", 80.0),
        ("91%", "prune", 91.0),
        ("high", "", None),
    ]
    assert times.claims[0].middle == 2.5
    assert {claim.paper.name for claim in found.claims if claim.paper} == {"Pruning for phones"}
    assert found.edges == 15
