"""Formats are found as plug-ins and written where they belong."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import KGError
from kg.exporters import Contents, export
from kg.plugins import names

VENDOR = Path(__file__).parents[2] / "kg" / "exporters" / "vendor"


def test_our_formats_are_registered() -> None:
    assert {"graphml", "html"} <= set(names("kg.exporters"))


def test_a_graph_and_its_contents_give_the_same_file(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    one = export(toy, "graphml", tmp_path / "one")
    two = export(Contents(graph=toy), "graphml", tmp_path / "two")
    assert one.name == two.name == "graph.graphml"
    assert one.read_bytes() == two.read_bytes()


def test_positions_are_the_same_in_all_formats(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    contents = Contents(graph=toy)
    display = contents.display
    graph = nx.read_graphml(export(contents, "graphml", tmp_path), force_multigraph=True)
    page = export(contents, "html", tmp_path).read_text(encoding="utf-8")
    (shown,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    columns = json.loads(shown)["nodes"]
    for node, *place in zip(display.nodes, columns["x"], columns["y"], strict=True):
        assert (graph.nodes[node.id]["x"], graph.nodes[node.id]["y"]) == (node.x, node.y)
        assert place == [node.x, node.y]


def test_an_unknown_format_names_those_there_are(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    with pytest.raises(KGError, match="'tulip'") as caught:
        export(toy, "tulip", tmp_path)
    assert "graphml" in (caught.value.hint or "")


def test_vendored_scripts_are_the_ones_their_readme_names() -> None:
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    for script in VENDOR.glob("*.js"):
        assert hashlib.sha256(script.read_bytes()).hexdigest() in readme
