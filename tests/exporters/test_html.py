"""The page as a file: complete, closed to the outside, and no text of a document outside its JSON."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Callable
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
from kg.exporters.page_data import Texts

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


def evidence(page: Page) -> dict[str, Any]:
    """The texts of papers by number, and loose quotes, as the page's script reads them."""
    packed = next(text for given, text in page.scripts if given.get("id") == "texts")
    found: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed)))
    return found


def texts(page: Page) -> dict[tuple[str, str, str], str]:
    """The evidence of each edge with text, as the page's script reads it."""
    edges, ids, held = page.data["edges"], page.data["nodes"]["id"], evidence(page)
    papers = {number: text for number, _, text in held["papers"]}
    found = {}
    for row, kind in enumerate(edges["kind"]):
        key = ids[edges["from"][row]], edges["kinds"][kind], ids[edges["to"][row]]
        start, length = edges["start"][row], edges["length"][row]
        if start >= 0:
            units = papers[edges["paper"][row]].encode("utf-16-le")
            found[key] = units[start * 2 : (start + length) * 2].decode("utf-16-le")
        elif length >= 0:
            found[key] = held["quotes"][length]
    return found


def column(columns: dict[str, Any], name: str, rows: int) -> list[Any]:
    """The values of an attribute, None where a row lacks it."""
    found = columns.get(name, {"at": [], "of": []})
    if "all" in found:
        return found["all"]
    known = dict(zip(found["at"], found["of"], strict=True))
    return [known.get(row) for row in range(rows)]


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
    assert data["nodes"]["id"] == sorted(toy)
    assert len(data["edges"]["from"]) == toy.number_of_edges()
    kinds = [data["kinds"][kind]["kind"] for kind in data["nodes"]["kind"]]
    assert kinds == [toy.nodes[node]["kind"] for node in sorted(toy)]
    aliases = dict(zip(sorted(toy), column(data["nodes"]["more"], "aliases", len(toy)), strict=True))
    assert aliases == {node: toy.nodes[node].get("aliases") for node in toy}
    values = column(data["edges"]["more"], "value", toy.number_of_edges())
    assert sorted(filter(None, values)) == ["7.43x", "up to 5.1x"]


def test_every_edge_shows_its_sentence_and_an_abstract_stands_once(
    toy: nx.MultiDiGraph, tmp_path: Path
) -> None:
    page = page_of(toy, tmp_path)
    found = texts(page)
    for source, target, edge in toy.edges(data=True):
        if edge["kind"] not in ("authored", "published_in"):  # whose quote is the name of the node
            assert found[source, edge["kind"], target] == edge["quote"]
    held = json.dumps(evidence(page))
    assert held.count("predictor-free accelerator for dynamic sparse attention") == 1


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
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    abstract = f"{before}|{sentence}|"
    graph.add_node("p:1", kind="paper", name="x", title="A title 😀", abstract=abstract)
    start = len("A title 😀\n\n") + len(before)
    number, start, length = Texts(arrange(graph)).place("p:1", f"|{sentence}|", start)
    shown = f"A title 😀\n\n{clean(abstract)}".encode("utf-16-le")
    assert number == 0
    assert shown[start * 2 : (start + length) * 2].decode("utf-16-le") == clean(f"|{sentence}|")


def test_hostile_text_stays_inside_the_json(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    clear = page_of(toy, tmp_path)
    for node in toy:
        toy.nodes[node].update(name=HOSTILE + node, aliases=[HOSTILE], abstract=HOSTILE)
    page = page_of(toy, tmp_path, heading=HOSTILE)
    assert len(page.scripts) == len(clear.scripts) and page.fetched == clear.fetched
    assert page.data["nodes"]["name"][0].startswith(clean(HOSTILE))
    assert "49" not in page.data["nodes"]["name"][0]


def test_values_that_json_lacks_are_left_out(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_node("e:1", kind="metric", name="x", low=float("nan"), high=float("inf"), papers=0)
    assert page_of(graph, tmp_path).data["nodes"]["more"] == {"papers": {"all": [0]}}


def test_texts_of_evidence_are_small(make_random: Callable[[int], nx.MultiDiGraph], tmp_path: Path) -> None:
    graph = make_random(800)
    page = page_of(graph, tmp_path)
    papers = sum(data["kind"] == "paper" for _, data in graph.nodes(data=True))
    packed = next(text for given, text in page.scripts if given.get("id") == "texts")
    size = (tmp_path / EXPORTER.filename).stat().st_size
    assert len(packed) < 1_500 * papers
    assert size - len(packed) < 1e6 + 400 * len(graph)


def test_large_graphs_are_drawn_with_webgl(toy: nx.MultiDiGraph, monkeypatch: Any, tmp_path: Path) -> None:
    small = page_of(toy, tmp_path)
    monkeypatch.setattr("kg.exporters.html.MOST_BY_VIS", len(toy) - 1)
    large = page_of(toy, tmp_path)
    libraries = [[name in text for _, text in page.scripts for name in ("vis.Network(", "new Sigma(")]
                 for page in (small, large)]  # fmt: skip
    assert [any(found[::2]) for found in libraries] == [True, False]
    assert [any(found[1::2]) for found in libraries] == [False, True]
    assert small.data == large.data


def test_scripts_of_others_are_what_their_list_says_and_come_with_licences() -> None:
    vendor = Path(__file__).parents[2] / "kg" / "exporters" / "vendor"
    listed = re.findall(
        r"^\| (\S+\.js) .*\| ([0-9a-f]{64}) \|$", (vendor / "README.md").read_text(), re.MULTILINE
    )
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in vendor.glob("*.js")}
    assert dict(listed) == found
    for name in ("vis-network", "sigma", "graphology", "events"):
        licence = (vendor / f"{name}.LICENSE-MIT").read_text(encoding="utf-8")
        assert "Permission is hereby granted, free of charge" in licence
    assert "Apache License" in (vendor / "vis-network.LICENSE-APACHE-2.0").read_text(encoding="utf-8")
