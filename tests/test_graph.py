from __future__ import annotations

import random

import networkx as nx
import pytest

from kg.graph import build_graph, supported
from kg.tables import SORT_KEYS, Tables


def _node(graph: nx.MultiDiGraph, name: str) -> str:
    found = [node for node, data in graph.nodes(data=True) if data["name"] == name]
    assert len(found) == 1, (name, found)
    return found[0]


def _edges(graph: nx.MultiDiGraph, source: str, target: str) -> dict[str, dict]:
    return {
        data["kind"]: data
        for data in graph.get_edge_data(_node(graph, source), _node(graph, target)).values()
    }


@pytest.fixture
def graph(toy_tables: Tables) -> nx.MultiDiGraph:
    return build_graph(toy_tables)


def test_kinds_of_nodes(graph: nx.MultiDiGraph) -> None:
    kinds: dict[str, list[str]] = {}
    for _, data in graph.nodes(data=True):
        kinds.setdefault(data["kind"], []).append(data["name"])
    assert {kind: len(names) for kind, names in kinds.items()} == {
        "paper": 2,
        "author": 3,
        "venue": 1,
        "method": 1,
        "tool": 2,
        "hardware": 1,
    }
    assert sorted(kinds["author"]) == ["Jürgen Preußer", "Song Han", "Yaoyao Ding"]


def test_roles_become_edges_of_the_paper(graph: nx.MultiDiGraph) -> None:
    title = "IOS: Inter-Operator Scheduler for CNN Acceleration"
    assert set(_edges(graph, title, "IOS")) == {"proposes"}
    assert set(_edges(graph, title, "TensorRT")) == {"compares_with"}
    assert set(_edges(graph, "Faster Kernels on a GPU", "TensorRT")) == {"uses"}
    assert set(_edges(graph, title, "MLSys")) == {"published_in"}
    assert _edges(graph, "Song Han", title)["authored"]["position"] == 1


def test_a_result_is_an_edge_with_its_numbers(graph: nx.MultiDiGraph) -> None:
    result = _edges(graph, "IOS", "TensorRT")["improves"]
    assert (result["low"], result["high"], result["unit"], result["value"]) == (1.1, 1.5, "x", "1.1 to 1.5x")
    assert (result["baseline"], result["hardware"], result["metric"]) == ("TensorRT", "GPU", "performance")
    assert "dataset" not in result
    assert result["quote"] == "IOS outperforms TensorRT by 1.1 to 1.5x on GPUs."


def test_every_edge_has_support_confidence_and_evidence_that_stands_where_it_says(
    graph: nx.MultiDiGraph, toy_tables: Tables
) -> None:
    text = {row["work_id"]: row["text"] for row in toy_tables.papers}
    document = toy_tables.documents[0]["text"]
    assert graph.number_of_edges() > 10
    for _, _, edge in graph.edges(data=True):
        assert edge["support"] >= 1 and 0 < edge["confidence"] <= 1
        source = text[edge["paper"]] if edge["offsets_in"] == "paper" else document
        if edge["kind"] != "published_in":  # the toy listing does not print the venue
            assert source[edge["start"] : edge["end"]] == edge["quote"]
        assert None not in edge.values()


def test_edges_are_keyed_and_the_graph_does_not_depend_on_row_order(toy_tables: Tables) -> None:
    expected = build_graph(toy_tables)
    keys = [key for _, _, key in expected.edges(keys=True)]
    assert len(set(keys)) == len(keys)
    shuffled = {
        name: random.Random(3).sample(getattr(toy_tables, name), len(getattr(toy_tables, name)))
        for name in SORT_KEYS
    }
    again = build_graph(Tables.from_rows(shuffled))
    assert list(again.nodes(data=True)) == list(expected.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(expected.edges(keys=True, data=True))


def test_a_paper_without_title_is_shown_by_what_it_proposes(toy_tables: Tables) -> None:
    papers = [row | {"title": None} for row in toy_tables.papers]
    rows = {name: getattr(toy_tables, name) for name in SORT_KEYS} | {"papers": papers}
    names = {
        data["name"]: data.get("derived_name")
        for _, data in build_graph(Tables.from_rows(rows)).nodes(data=True)
        if data["kind"] == "paper"
    }
    assert names.pop("IOS (untitled)") is True
    assert next(iter(names)).startswith("Faster Kernels on a GPU We compare")


def test_support_adds_to_confidence_but_never_reaches_certainty() -> None:
    values = [supported(0.36, papers) for papers in (1, 2, 4, 8, 1000)]
    assert values == sorted(values) and values[0] == 0.36 and values[-1] < 1
