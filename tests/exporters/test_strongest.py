"""Of a graph that is too large to be looked at, the page shows the most connected nodes and says so."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.exporters import Contents, export, html
from kg.exporters.display import Display
from kg.exporters.strongest import strongest
from kg.tables import Tables
from kg.verify_page import page_data


@pytest.fixture
def display(toy_tables: Tables) -> Display:
    return Contents.of(toy_tables).display


@pytest.mark.parametrize("most", [1, 3, 6, 9])
def test_the_most_connected_nodes_stay_with_the_edges_between_them(display: Display, most: int) -> None:
    cut, outside = strongest(display, most)
    kept = {node.id: node for node in cut.nodes}
    assert len(kept) == cut.counts[0] == most
    degree = Counter(end for edge in display.edges for end in (edge.source, edge.target))
    papers = [node for node in display.nodes if node.kind == "paper"]
    others = [node for node in display.nodes if node.kind != "paper"]
    assert sum(node.id in kept for node in papers) == min(most // 2, len(papers))
    for nodes in (papers, others):
        ranked = sorted(nodes, key=lambda node: (-degree[node.id], node.id))
        inside = [node.id in kept for node in ranked]
        assert inside == sorted(inside, reverse=True)
    assert all(kept[node.id] == node for node in display.nodes if node.id in kept), "as in the whole"
    between = [edge for edge in display.edges if {edge.source, edge.target} <= set(kept)]
    assert list(cut.edges) == between
    assert cut.counts[1] == len(between)
    quoted = {str(edge.attributes["paper"]) for edge in between if edge.attributes.get("paper")}
    assert set(outside) == quoted - set(kept)
    assert all(attributes["kind"] == "paper" for attributes in outside.values())


def test_with_room_for_all_nothing_is_left_out(display: Display) -> None:
    cut, outside = strongest(display, display.counts[0])
    assert (list(cut.nodes), list(cut.edges), outside) == (list(display.nodes), list(display.edges), {})


def test_the_page_says_what_it_shows(
    toy_tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = Contents.of(toy_tables)
    whole = export(contents, "html", tmp_path / "whole").read_text()
    assert "most connected of" not in whole
    monkeypatch.setattr(html, "MOST", 5)
    monkeypatch.setattr(html, "OF_MORE", 4)
    page = export(contents, "html", tmp_path / "cut").read_text()
    assert f": the 4 most connected of {contents.display.counts[0]} nodes" in page
    assert len(page_data(page)["nodes"]["id"]) == 4
