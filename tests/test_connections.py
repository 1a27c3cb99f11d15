"""What two things have to do with each other, and what lies between those that nothing is said of."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from kg.connections import Connection, connect
from kg.database import Database
from kg.explain import Explainer
from kg.ids import make_id
from kg.tables import Tables

Between = Callable[..., Connection]


@pytest.fixture
def between(database_of: Callable[[Tables], Database]) -> Between:
    """What two things have to do with each other, by their names."""

    def found(tables: Tables, one: str, other: str, **thresholds: float) -> Connection:
        explainer = Explainer(database_of(tables))
        return connect(explainer, explainer.find(one)[0], explainer.find(other)[0], **thresholds)  # type: ignore[arg-type]

    return found


def test_a_relation_and_a_result_with_their_sentence(between: Between, toy_tables: Tables) -> None:
    found = between(toy_tables, "IOS", "TensorRT")
    ((edge,), (result,)) = found.edges, found.results
    assert (edge.kind, edge.outgoing, edge.confidence) == ("compared_with", True, 0.7)
    assert (result.subject, result.baseline, result.value) == ("IOS", "TensorRT", "1.1 to 1.5x")
    for said in (edge, result):
        assert said.quote == "IOS outperforms TensorRT by 1.1 to 1.5x on GPUs."
        assert said.place is not None
        assert (said.place.path, said.place.line, said.place.column) == ("listing.txt", 5, 44)
    assert found.bridges == ()


def test_both_directions_say_the_same(between: Between, toy_tables: Tables) -> None:
    found = between(toy_tables, "TensorRT", "IOS")
    assert [(edge.kind, edge.outgoing) for edge in found.edges] == [("compared_with", False)]
    assert found.results == between(toy_tables, "IOS", "TensorRT").results
    assert found.forms_of_one == between(toy_tables, "IOS", "TensorRT").forms_of_other


def test_a_paper_and_a_thing(between: Between, toy_tables: Tables) -> None:
    found = between(toy_tables, "IOS:", "TensorRT")
    assert [edge.kind for edge in found.edges] == ["compares_with"]
    assert [result.baseline for result in found.results] == ["TensorRT"]
    assert found.forms_of_one == ()


def test_each_paper_that_says_so(between: Between, toy_tables: Tables) -> None:
    rows = {name: copy.deepcopy(list(getattr(toy_tables, name))) for name in toy_tables.counts()}
    relation = next(row for row in rows["relations"] if row["kind"] == "compared_with")
    other = next(row for row in rows["papers"] if row["paper_id"] != relation["paper_id"])
    ids = (other["paper_id"], relation["head_id"], relation["kind"], relation["tail_id"])
    start = other["text"].index("We compare")
    said = {"paper_id": other["paper_id"], "start": start, "end": len(other["text"]), "confidence": 0.9}
    rows["relations"] = [*rows["relations"], {**relation, **said, "relation_id": make_id("r", *ids)}]
    found = between(Tables.from_rows(rows), "IOS", "TensorRT")
    assert [(edge.confidence, edge.support) for edge in found.edges] == [(0.9, 2), (0.7, 2)]
    assert found.edges[0].quote == "We compare TensorRT with cuDNN on a GPU."
    assert found.edges[0].paper == "Faster Kernels on a GPU"
    assert len(between(Tables.from_rows(rows), "IOS", "TensorRT", min_support=2).edges) == 2


def test_what_lies_between(between: Between, toy_tables: Tables) -> None:
    found = between(toy_tables, "Yaoyao Ding", "TensorRT")
    assert (found.edges, found.results) == ((), ())
    assert [(bridge.kind, bridge.first.kind, bridge.second.kind) for bridge in found.bridges] == [
        ("paper", "authored", "compares_with")
    ]
    assert found.bridges[0].second.quote == "IOS outperforms TensorRT by 1.1 to 1.5x on GPUs."


@pytest.mark.parametrize(("least", "count"), [(0.0, 2), (0.65, 1), (0.99, 0)])
def test_less_sure_bridges_are_left_out(
    between: Between, toy_tables: Tables, least: float, count: int
) -> None:
    """TensorRT and GPU: both are in both papers, and in relations of IOS."""
    found = between(toy_tables, "cuDNN", "IOS", min_confidence=least)
    assert found.edges == ()
    near = between(toy_tables, "TensorRT", "GPU", min_confidence=least)
    assert len([bridge for bridge in near.bridges if bridge.kind == "method"]) <= count


def test_at_most_so_many_bridges(between: Between, toy_tables: Tables) -> None:
    whole = between(toy_tables, "Song Han", "GPU")
    assert len(whole.bridges) == 2
    cut = between(toy_tables, "Song Han", "GPU", most=1)
    assert (cut.bridges, cut.more_bridges) == (whole.bridges[:1], 1)


def test_nothing_at_all(between: Between, toy_tables: Tables) -> None:
    found = between(toy_tables, "Yaoyao Ding", "cuDNN")
    assert (found.edges, found.results, found.bridges) == ((), (), ())
