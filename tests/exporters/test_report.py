"""The report: what stands in the page, that document text stays text, and that it opens without a network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.exporters import Contents, export
from kg.exporters.clean import one_line
from kg.tables import Tables
from kg.views import View, view_of

ATTACKS = (
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></table><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "' onfocus='alert(1)' autofocus tabindex='0",
)


class Page(HTMLParser):
    """Tags with their attributes, and the text between them, less style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.parts: list[str] = []
        self.style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.style = self.style and tag != "style"

    def handle_data(self, data: str) -> None:
        if not self.style:
            self.parts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.parts).split())


def written(contents: Any, folder: Path) -> str:
    return export(contents, "report", folder).read_text(encoding="utf-8")


def rows_of(html: str, caption: str) -> list[list[str]]:
    """The rows of the table with a caption, as texts."""
    (table,) = re.findall(rf"<caption[^>]*>{caption}</caption>(.*?)</table>", html, re.DOTALL)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table.split("<tbody>")[1], re.DOTALL)
    return [
        [Page(cell).text for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)] for row in rows
    ]


def drawings(html: str) -> list[str]:
    """The SVG of the page, each with what is nested in it."""
    found, depth, start = [], 0, 0
    for tag in re.finditer(r"<svg\b|</svg>", html):
        start = tag.start() if not depth else start
        depth += 1 if tag[0] == "<svg" else -1
        found += [html[start : tag.end()]] if not depth else []
    return found


def hostile(text: str) -> nx.MultiDiGraph:
    """A text wherever a document's text can stand."""
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    slots = dict.fromkeys(
        ("metric", "value", "unit", "bound", "baseline", "dataset", "hardware", "quote"), text
    )
    for paper in ("p:1", "p:2"):
        graph.add_node(paper, kind="paper", name=text, year=2020, date=text, venue=text, url=text, doi=text)
        for kind in ("method", "dataset", "hardware", text):
            graph.add_node(f"e:{kind}", kind=kind, name=text, papers=2, mentions=2)
            graph.add_edge(paper, f"e:{kind}", key=f"{paper}{kind}", kind="uses", support=2, confidence=0.5)
        claim = {"kind": "improves", "paper": paper, "low": 1.0, "high": 2.0, "polarity": "negative", **slots}
        graph.add_edge("e:method", "e:dataset", key=paper, support=1, confidence=0.9, **claim)
    return graph


def assert_only_text(html: str) -> None:
    page = Page(html)
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "iframe", "object", "form", "base", "foreignobject", "video", "audio"}
    for tag, attributes in page.tags:
        assert not any(
            name.startswith("on") or name in ("style", "srcdoc", "autofocus") for name in attributes
        )
        assert (attributes.get("href") or "#").startswith(("#", "data:,", "https://", "http://")), tag
    assert sum(tag == "style" for tag, _ in page.tags) == 1


@pytest.mark.parametrize("text", ATTACKS)
def test_document_text_never_becomes_markup(text: str, tmp_path: Path) -> None:
    contents = Contents(graph=hostile(text), heading=text)
    html = written(contents, tmp_path)
    assert_only_text(html)
    assert one_line(text) in Page(html).text


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1))
def test_no_text_is_markup(text: str, tmp_path: Path) -> None:
    html = written(Contents(graph=hostile(text), heading=text), tmp_path)
    assert_only_text(html)
    for svg in drawings(html):
        fromstring(svg)
    assert len(drawings(html)) > 5


def test_the_policy_allows_the_style_and_nothing_else(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    html = written(toy, tmp_path)
    (policy,) = [
        a["content"] or "" for tag, a in Page(html).tags if a.get("http-equiv") == "Content-Security-Policy"
    ]
    (css,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ") and f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert "url(" not in css and "@import" not in css
    assert {tag for tag, a in Page(html).tags if "src" in a} == set()


def test_the_numbers_are_those_of_the_graph(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    html = written(toy, tmp_path)
    counts = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", html))
    assert counts == {
        "papers": "3",
        "authors": "2",
        "venue": "1",
        "entities": "7",
        "links": "14",
        "numeric claims": "2",
    }
    assert rows_of(html, "Papers by year") == [["2024", "1"], ["2025", "1"]]
    assert "1 paper of 3 is left out: no year is given." in Page(html).text
    assert rows_of(html, "Models in most papers") == [["PADE", "2"], ["SpAtten", "1"]]
    assert rows_of(html, "Papers by venue") == [["HPCA", "1"]]
    connected = rows_of(html, "Most connected papers")
    assert [row[-2:] for row in connected] == [["1", "1"], ["1", "1"]]


def test_what_goes_together_is_counted_by_paper(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    html = written(toy, tmp_path)
    assert rows_of(html, "Methods and models on datasets: number of papers") == [
        ["PADE", "1"],
        ["SpAtten", "1"],
        ["dynamic sparse attention", "1"],
    ]
    assert "PADE and Dolly in 1 paper: PADE: A Predictor-Free Sparse Attention Accelerator" in html
    assert "No paper ties a method or model to hardware." in html


def test_claims_stand_with_their_sentence(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    html = written(toy, tmp_path)
    energy, speed = rows_of(html, "Claims")
    assert energy[:5] == ["energy", "reduces up to 5.1x", "PADE", "SpAtten", "Dolly"]
    assert energy[5] == "Compared with SpAtten, PADE reduces energy by up to 5.1x on Dolly."
    assert energy[6].startswith("PADE: A Predictor-Free Sparse Attention Accelerator 2025")
    assert "<mark>up to 5.1x</mark>" in html and speed[1] == "improves 7.43x"
    assert 'href="https://doi.org/10.1109/hpca.2025.1"' in html
    assert '<details class="others" open>' in html  # no metric has two values: there is nothing to draw


def claims_of(count: int, values: Callable[[int], float]) -> nx.MultiDiGraph:
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_node("p:1", kind="paper", name="Fast and small", year=2021)
    graph.add_node("e:m", kind="model", name="PADE", papers=1, mentions=1)
    graph.add_node("e:s", kind="metric", name="speedup", papers=1, mentions=1)
    for n in range(count):
        value = values(n)
        slots = {"metric": "speedup", "value": f"{value:g}x", "low": value, "high": value, "unit": "x"}
        claim = {
            "kind": "improves",
            "paper": "p:1",
            "quote": f"It is {value:g}x faster.",
            "confidence": n / count,
        }
        graph.add_edge("e:m", "e:s", key=f"r{n:05}", support=1, bound="exact", **claim, **slots)
    return graph


def test_every_dot_of_a_plot_leads_to_its_claim(tmp_path: Path) -> None:
    html = written(claims_of(3, lambda n: 1.5 * (n + 1)), tmp_path)
    dots = re.findall(r'<a class="dot" href="#([^"]+)" aria-label="([^"]+)">', html)
    said = "PADE improves speedup (Fast and small)"
    assert [label for _, label in dots] == [f"1.5x: {said}", f"3x: {said}", f"4.5x: {said}"]
    rows = dict(
        re.findall(r'<tr id="([^"]+)"><th[^>]*><span class="verb">improves</span> ([^<]+)</th>', html)
    )
    assert [rows[anchor] for anchor, _ in dots] == ["1.5x", "3x", "4.5x"]
    assert "The 3 claims" in html


def test_what_is_cut_is_said(tmp_path: Path) -> None:
    html = written(claims_of(1500, lambda n: float(n + 1)), tmp_path)
    assert "1,500 claims, log scale, 500 drawn" in Page(html).text
    assert "The 40 surest of 1,500 claims" in html
    rows = rows_of(html, "Claims of speedup in x")
    assert [rows[0][0], rows[-1][0], len(rows)] == ["improves 1461x", "improves 1500x", 40]
    assert html.count('class="dot loose"') > 400


def test_a_large_collection_stays_small(
    make_random: Callable[[int], nx.MultiDiGraph], tmp_path: Path
) -> None:
    html = written(make_random(4000), tmp_path)
    assert len(html) < 600_000
    assert re.search(r"and [\d,]+ more</p>", html)
    assert re.search(r"The strongest ones; [\d,]+ methods and models and [\d,]+ datasets are left out.", html)


@pytest.mark.parametrize("papers", [0, 1])
def test_missing_data_is_said_in_words(papers: int, tmp_path: Path) -> None:
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    if papers:
        graph.add_node("p:1", kind="paper", name="Alone")
    text = Page(written(graph, tmp_path)).text
    assert ("No paper gives a year." if papers else "There is no paper here.") in text
    for said in (
        "The graph holds no methods",
        "No paper ties a method or model to datasets.",
        "No dated paper names hardware.",
        "no numeric results that were recognised",
        "No paper gives a venue.",
        "No two papers name the same entity.",
    ):
        assert said in text


def test_tables_their_graph_and_a_view_can_be_reported(toy_tables: Tables, tmp_path: Path) -> None:
    from kg.graph import build_graph

    whole = written(Contents.of(toy_tables), tmp_path / "tables")
    assert whole == written(Contents.of(toy_tables, build_graph(toy_tables)), tmp_path / "graph")
    assert "Knowledge graph of 2 papers" in whole
    viewed = view_of(toy_tables, View(name="concepts"))
    part = written(Contents.of(viewed.tables, viewed.graph), tmp_path / "view")
    assert "There is no paper here." in part


def test_equal_contents_give_equal_bytes(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    turned: nx.MultiDiGraph = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(toy.nodes(data=True))))
    for source, target, key, data in reversed(list(toy.edges(keys=True, data=True))):
        turned.add_edge(source, target, key=key, **data)
    assert written(toy, tmp_path / "one") == written(turned, tmp_path / "two")


def test_names_of_unknown_kinds_are_no_classes(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_node("x:1", kind="bar unseen", name="Thing", papers=1, mentions=1)
    html = written(graph, tmp_path)
    assert '<figure class="k-other">' in html and "Bar unseen" in html


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 390])
def test_it_opens_without_a_network(browser: Any, width: int, tmp_path: Path) -> None:
    graph = claims_of(3, lambda n: 1.5 * (n + 1))
    graph.add_node("e:ar", kind="task", name="تسريع التعلم العميق", papers=1, mentions=1)
    url = export(Contents(graph=graph, heading="A collection"), "report", tmp_path).as_uri()
    context = browser.new_context(offline=True, viewport={"width": width, "height": 800}, color_scheme="dark")
    page, trouble = context.new_page(), []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("request", lambda request: request.url.startswith((url, "data:")) or trouble.append(request.url))
    page.goto(url)
    assert page.inner_text("h1") == "A collection"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 21, 26)"
    name = page.locator(".bars th", has_text="تسريع").first
    assert name.evaluate("cell => getComputedStyle(cell).direction") == "rtl"
    row = page.locator("tr", has_text="It is 3x faster.")
    assert not row.is_visible()
    page.locator("a.dot").nth(1).focus()
    page.keyboard.press("Enter")
    row.wait_for(state="visible")
    assert row.evaluate("row => row.matches(':target')")
    context.close()
    assert trouble == []
