"""The page as a file: complete, closed to the outside, and no text of a document outside its JSON."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import Contents, arrange, export
from kg.exporters.clean import clean
from kg.exporters.html import EXPORTER

HOSTILE = "</script><script>window.hit=1</script><img src=x onerror='window.hit=1'>\u2028{{ 7*7 }} ${hit}"


class Page(HTMLParser):
    """Scripts, and whatever a browser would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.fetched: list[str] = []
        self.policy = ""
        self._script: dict[str, str | None] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script":
            self._script = given
            self.scripts.append((given, ""))
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        self.fetched += [given[name] or "" for name in ("src", "href", "data") if name in given]

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            given, text = self.scripts[-1]
            self.scripts[-1] = (given, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            next(text for given, text in self.scripts if given.get("type") == "application/json")
        )
        return found


def page_of(graph: nx.MultiDiGraph, folder: Path, heading: str = "A collection") -> Page:
    return Page(export(Contents(graph=graph, heading=heading), "html", folder).read_text(encoding="utf-8"))


def texts(page: Page) -> dict[tuple[str, str, str], str]:
    """The evidence of each edge with text, as the page's script reads it."""
    data, found = page.data, {}
    for edge in data["edges"]:
        source, target = (data["nodes"][edge[end]]["id"] for end in ("from", "to"))
        key = source, edge["kind"], target
        if "at" in edge:
            paper = data["nodes"][edge["paper"]]
            text = "\n\n".join(filter(None, (paper.get("title"), paper.get("abstract"))))
            units = text.encode("utf-16-le")
            start, end = edge["at"]
            found[key] = units[start * 2 : end * 2].decode("utf-16-le")
        elif "quote" in edge:
            found[key] = data["quotes"][edge["quote"]]
    return found


def test_nothing_is_loaded_and_only_our_scripts_run(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    page = page_of(toy, tmp_path)
    assert page.fetched == ["data:,"]
    assert page.policy.startswith("default-src 'none'")
    assert "unsafe-inline" not in page.policy.split("style-src")[0]
    allowed = re.findall(r"'sha256-([^']+)'", page.policy)
    running = [text for given, text in page.scripts if "type" not in given]
    assert allowed == [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in running]


def test_the_graph_is_complete_and_in_the_colours_of_the_legend(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    data = page_of(toy, tmp_path).data
    assert [node["id"] for node in data["nodes"]] == sorted(toy)
    assert len(data["edges"]) == toy.number_of_edges()
    assert {kind["kind"] for kind in data["kinds"]} == {node["kind"] for node in data["nodes"]}
    assert data["options"]["physics"] == {"enabled": False}


def test_every_edge_shows_its_sentence_and_an_abstract_stands_once(
    toy: nx.MultiDiGraph, tmp_path: Path
) -> None:
    page = page_of(toy, tmp_path)
    for source, target, edge in toy.edges(data=True):
        assert texts(page)[source, edge["kind"], target] == edge["quote"]
    file = (tmp_path / EXPORTER.filename).read_text(encoding="utf-8")
    assert file.count("predictor-free accelerator for dynamic sparse attention") == 1


@pytest.mark.parametrize("change", ["offsets", "title", "document"])
def test_evidence_that_stands_elsewhere_is_still_quoted(
    change: str, toy: nx.MultiDiGraph, tmp_path: Path
) -> None:
    source, target, key = next(e for e in toy.edges(keys=True) if toy.edges[e]["kind"] == "reduces")
    edge = toy.edges[source, target, key]
    if change == "offsets":
        edge.update(start=3, end=9)
    elif change == "title":
        toy.nodes[edge["paper"]]["title"] = "Another record's title"
    else:
        edge.update(quote="What the page does not hold: 😀", start=5, offsets_in="document")
    page = page_of(toy, tmp_path)
    assert texts(page)[source, "reduces", target] == edge["quote"]


@given(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=20),
    st.text("a😀\r\n\x00 ", max_size=9),
)
def test_offsets_hold_in_any_text(before: str, sentence: str) -> None:
    from kg.exporters.html import _Evidence

    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    abstract = f"{before}|{sentence}|"
    graph.add_node("p:1", kind="paper", name="x", title="A title 😀", abstract=abstract)
    start = len("A title 😀\n\n") + len(before)
    evidence = _Evidence(arrange(graph)).of({"paper": "p:1", "quote": f"|{sentence}|", "start": start})
    shown = f"A title 😀\n\n{clean(abstract)}".encode("utf-16-le")
    at = slice(evidence["at"][0] * 2, evidence["at"][1] * 2)
    assert shown[at].decode("utf-16-le") == clean(f"|{sentence}|")


def test_hostile_text_stays_inside_the_json(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    clear = page_of(toy, tmp_path)
    for node in toy:
        toy.nodes[node].update(name=HOSTILE + node, aliases=[HOSTILE], abstract=HOSTILE)
    page = page_of(toy, tmp_path, heading=HOSTILE)
    assert len(page.scripts) == len(clear.scripts) and page.fetched == clear.fetched
    assert page.data["nodes"][0]["name"].startswith(clean(HOSTILE))
    assert "49" not in page.data["nodes"][0]["name"]


def test_values_that_json_lacks_are_left_out(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_node("e:1", kind="metric", name="x", low=float("nan"), high=float("inf"), papers=0)
    (node,) = page_of(graph, tmp_path).data["nodes"]
    assert "low" not in node and "high" not in node and node["papers"] == 0


def test_vis_network_comes_with_its_licences() -> None:
    vendor = Path(__file__).parents[2] / "kg" / "exporters" / "vendor"
    assert "MIT" in (vendor / "vis-network.LICENSE-MIT").read_text(encoding="utf-8")
    assert "Apache License" in (vendor / "vis-network.LICENSE-APACHE-2.0").read_text(encoding="utf-8")
