"""Node-link JSON: networkx reads the same graph back."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import Contents, export
from kg.exporters.jsontext import json_text, known
from kg.graph import build_graph
from kg.tables import Tables

Graph = nx.MultiDiGraph
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
VALUES = st.one_of(
    ANY_TEXT,
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(ANY_TEXT, max_size=3),
)


def read_back(graph: Graph, folder: Path) -> Any:
    text = export(graph, "json", folder).read_text(encoding="utf-8")
    return nx.node_link_graph(json.loads(text), edges="edges")


def test_the_same_graph_comes_back(toy: Graph, toy_tables: Tables, tmp_path: Path) -> None:
    for graph in (toy, build_graph(toy_tables), nx.MultiDiGraph()):
        assert nx.utils.graphs_equal(read_back(graph, tmp_path), graph)


def test_tables_alone_give_the_same_file(toy_tables: Tables, tmp_path: Path) -> None:
    one = export(Contents.of(toy_tables), "json", tmp_path / "one").read_bytes()
    assert one == export(build_graph(toy_tables), "json", tmp_path / "two").read_bytes()


@given(st.dictionaries(st.text("abc é\x00\ud800", min_size=1, max_size=4), VALUES, max_size=4))
def test_any_attributes_come_back(attributes: dict[str, Any]) -> None:
    graph: Graph = nx.MultiDiGraph()
    graph.add_node("e:1", **attributes)
    graph.add_edge("e:1", "e:1", key="e:2", **attributes)
    with tempfile.TemporaryDirectory() as folder:
        assert nx.utils.graphs_equal(read_back(graph, Path(folder)), graph)


def test_what_json_has_no_form_for_is_absent_and_reserved_names_give_way() -> None:
    found = known({"id": 1, "id_": 2, "bad": float("nan"), "none": None, "a": 1}, taken=("id",))
    assert found == {"a": 1, "id__": 1, "id_": 2}
    with pytest.raises(ValueError, match="JSON"):
        json_text(float("inf"))


def test_a_line_a_node_and_equal_bytes(make_random: Callable[[int], Graph], tmp_path: Path) -> None:
    graph = make_random(50)
    path = export(graph, "json", tmp_path / "one")
    assert path.read_bytes().count(b"\n") == len(graph) + graph.number_of_edges() + 5
    assert path.read_bytes() == export(make_random(50), "json", tmp_path / "two").read_bytes()
