"""Cytoscape JSON: networkx reads it, places are Cytoscape's, no NaN."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx

from kg.exporters import Contents, export

Graph = nx.MultiDiGraph


def test_elements_are_all_there_with_their_places(toy: Graph, tmp_path: Path) -> None:
    contents = Contents(graph=toy, heading="A <heading>")
    data = json.loads(export(contents, "cytoscape", tmp_path).read_text(encoding="utf-8"))
    assert data["data"] == {"name": "A <heading>"}
    nodes = {node["data"]["id"]: node for node in data["elements"]["nodes"]}
    for shown in contents.display.nodes:
        found = nodes[shown.id]
        assert (found["position"]["x"], found["position"]["y"]) == (shown.x, -shown.y)
        assert (found["data"]["label"], found["data"]["kind"]) == (shown.label, shown.kind)
    edges = {edge["data"]["id"]: edge["data"] for edge in data["elements"]["edges"]}
    assert {(e["source"], e["target"], key) for key, e in edges.items()} == set(toy.edges(keys=True))
    (result,) = (edge for edge in edges.values() if edge["kind"] == "reduces")
    assert (result["low"], result["value"], result["interaction"]) == (5.1, "up to 5.1x", "reduces")
    assert result["evidence"].startswith("Compared with SpAtten")


def test_one_type_a_column(tmp_path: Path) -> None:
    graph: Graph = nx.MultiDiGraph()
    graph.add_node("e:1", kind="task", name="a", x=1, odd=float("nan"), aliases=["b", "c"], selected="no")
    graph.add_node("e:2", kind="task", name="\ud800", x=0.5)
    data = json.loads(export(graph, "cytoscape", tmp_path).read_text(encoding="utf-8"))
    one, two = (node["data"] for node in data["elements"]["nodes"])
    assert (type(one["x"]), two["x"], one["aliases"], one["selected_"]) == (float, 0.5, "b; c", "no")
    assert "odd" not in one


def test_an_empty_graph(tmp_path: Path) -> None:
    data = json.loads(export(nx.MultiDiGraph(), "cytoscape", tmp_path).read_text(encoding="utf-8"))
    assert data["elements"] == {"nodes": [], "edges": []}
