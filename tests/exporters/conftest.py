"""Graphs after the contract of DESIGN.md, section 5: one by hand, and a generator for any size."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.exporters import Contents, export
from kg.ids import make_id

TITLE = "PADE: A Predictor-Free Sparse Attention Accelerator"
ABSTRACT = (
    "Attention-based models have revolutionized AI, but the quadratic cost of self-attention is severe. "
    "We propose PADE, a predictor-free accelerator for dynamic sparse attention.\n"
    "PADE achieves 7.43x speedup and 31.1x higher energy efficiency than the Nvidia H100 GPU on Llama 2. "
    "Compared with SpAtten, PADE reduces energy by up to 5.1x on Dolly."
)
UNTITLED = (
    "Hydraulis is a training system for large language models. "
    "Experiments show that Hydraulis outperforms existing systems by 1.32-2.66 times on 64 GPUs."
)
ARABIC = "نظام جديد لتسريع التعلم العميق"


class Builder:
    """Makes a graph whose offsets and quotes agree, so that a test can say only what matters."""

    def __init__(self) -> None:
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.names: dict[str, str] = {}

    def node(self, kind: str, name: str, **attributes: Any) -> str:
        node = make_id("p" if kind == "paper" else "e", kind, name)
        self.names[name] = node
        self.graph.add_node(node, kind=kind, name=name, **attributes)
        return node

    def paper(self, name: str, title: str | None, abstract: str, **attributes: Any) -> str:
        given = {"title": title} if title else {"derived_name": True}
        return self.node("paper", name, **given, abstract=abstract, **attributes)

    def edge(
        self, source: str, kind: str, target: str, paper: str, quote: str = "", **attributes: Any
    ) -> str:
        found = self.graph.nodes[self.names[paper]]
        text = "\n\n".join(filter(None, (found.get("title"), found["abstract"])))
        start = text.find(quote)
        place = {"start": start, "end": start + len(quote), "offsets_in": "paper"} if start >= 0 else {}
        key = make_id("e", source, kind, target, attributes.get("value"))
        evidence = {"paper": self.names[paper], "quote": quote, **place} if quote else {}
        shared = {"kind": kind, "support": 1, "confidence": 0.8}
        ends = self.names[source], self.names[target]
        self.graph.add_edge(*ends, key=key, **(shared | evidence | attributes))
        return key


def sentence(text: str, part: str) -> str:
    """The sentence of a text that holds a part."""
    return next(
        piece for piece in text.replace(". ", ".\x00").replace("\n", "\x00").split("\x00") if part in piece
    )


def toy_graph() -> nx.MultiDiGraph[str]:
    """Thirteen nodes of three papers, with results, parallel edges, aliases and a right-to-left title."""
    b = Builder()
    b.paper(TITLE, TITLE, ABSTRACT, year=2025, venue="HPCA", authors=["Huizheng Wang", "Yang Wang"],
            doi="10.1109/hpca.2025.1", document="listing.html", url="javascript:alert(1)")  # fmt: skip
    b.paper("Hydraulis (untitled)", None, UNTITLED, document="abstracts.txt")
    b.paper(ARABIC, ARABIC, "نقترح نظاما جديدا يسمى PADE لتسريع التعلم.", year=2024, document="record.html")
    b.node("author", "Huizheng Wang", papers=1)
    b.node("author", "Yang Wang", papers=1)
    b.node("venue", "HPCA", papers=1)
    b.node("model", "PADE", aliases=["PADE accelerator"], papers=2, mentions=4)
    b.node("model", "SpAtten", papers=1, mentions=1)
    b.node("method", "dynamic sparse attention", aliases=["DSA", "sparse attention"], papers=1, mentions=2)
    b.node("hardware", "Nvidia H100", aliases=["H100 GPU"], papers=1, mentions=1)
    b.node("dataset", "Dolly", papers=1, mentions=1)
    b.node("metric", "energy", papers=1, mentions=2)
    b.node("tool", "Hydraulis", papers=1, mentions=2)
    speed, energy = sentence(ABSTRACT, "7.43x"), sentence(ABSTRACT, "Dolly")
    for position, author in enumerate(("Huizheng Wang", "Yang Wang")):
        b.edge(author, "authored", TITLE, TITLE, author, position=position, confidence=1.0)
    b.edge(TITLE, "published_in", "HPCA", TITLE, "HPCA", confidence=1.0)
    b.edge(TITLE, "proposes", "PADE", TITLE, sentence(ABSTRACT, "We propose"))
    b.edge(TITLE, "mentions", "PADE", TITLE, energy)
    b.edge(TITLE, "uses", "dynamic sparse attention", TITLE, sentence(ABSTRACT, "We propose"))
    b.edge(TITLE, "compares_with", "SpAtten", TITLE, energy, confidence=0.91)
    b.edge(TITLE, "evaluated_on", "Dolly", TITLE, energy)
    b.edge(TITLE, "measures", "energy", TITLE, energy)
    b.edge("PADE", "used_for", "dynamic sparse attention", TITLE, sentence(ABSTRACT, "We propose"), support=2)
    b.edge("PADE", "reduces", "energy", TITLE, energy, metric="energy", value="up to 5.1x", low=5.1, high=5.1,
           unit="x", bound="up_to", polarity="positive", baseline="SpAtten", dataset="Dolly")  # fmt: skip
    b.edge("PADE", "improves", "Nvidia H100", TITLE, speed, metric="speedup", value="7.43x", low=7.43,
           high=7.43, unit="x", bound="exact", polarity="positive", baseline="Nvidia H100")  # fmt: skip
    b.edge(ARABIC, "mentions", "PADE", ARABIC, "نقترح نظاما جديدا يسمى PADE لتسريع التعلم.")
    b.edge(
        "Hydraulis (untitled)",
        "proposes",
        "Hydraulis",
        "Hydraulis (untitled)",
        sentence(UNTITLED, "training"),
    )
    return b.graph


def random_graph(n: int, seed: int = 7) -> nx.MultiDiGraph[str]:
    """About n nodes shaped as a collection: topics, authors of few papers, some things that all speak of."""
    draw = random.Random(seed)
    words = [
        "sparse",
        "dense",
        "graph",
        "neural",
        "causal",
        "robust",
        "latent",
        "federated",
        "quantized",
        "adaptive",
        "hybrid",
        "dynamic",
    ]
    things = [
        "attention",
        "transformer",
        "kernel",
        "retrieval",
        "cache",
        "scheduler",
        "compiler",
        "encoder",
        "policy",
        "prefetcher",
    ]
    kinds = ("method", "model", "hardware", "dataset", "metric", "task", "tool")
    b = Builder()
    papers, topics = max(2, n // 9), max(1, n // 90)
    pool: list[list[str]] = [[] for _ in range(topics)]
    for number in range(n - papers - papers * 3):
        name = f"{draw.choice(words)} {draw.choice(things)} {number}"
        b.node(
            draw.choices(kinds, (8, 5, 2, 2, 3, 4, 1))[0], name, aliases=[f"A{number}"], papers=1, mentions=2
        )
        pool[number % topics].append(name)
    common = [name for names in pool for name in names[:2]]
    for number in range(papers):
        topic = pool[number % topics]
        chosen = sorted({*draw.choices(topic, k=7), draw.choice(common), draw.choice(common)})
        title = (
            f"{draw.choice(words)} {draw.choice(things)} for {draw.choice(words)} systems {number}".title()
        )
        lines = [f"We study {name} in detail and find it useful for this task." for name in chosen]
        b.paper(title, title, " ".join(lines), year=2015 + number % 10, authors=[])
        for name, line in zip(chosen, lines, strict=True):
            b.edge(title, draw.choice(("uses", "proposes", "mentions", "targets")), name, title, line)
        b.edge(
            chosen[0], "improves", chosen[1], title, lines[0], metric="speed", value=f"{number}.5x", low=1.5
        )
        b.edge(chosen[0], "used_for", chosen[2], title, lines[0])
        for place in range(3):
            author = f"Author {draw.choice('ABCDEFGH')}. {number % max(1, papers * 3 // 4)}-{place}"
            if author not in b.names:
                b.node("author", author, papers=1)
            b.edge(author, "authored", title, title, position=place)
    return b.graph


@pytest.fixture
def toy() -> nx.MultiDiGraph[str]:
    return toy_graph()


@pytest.fixture(scope="session")
def make_random() -> Callable[[int], nx.MultiDiGraph[str]]:
    return random_graph


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium, one for all tests; it computes WebGL where there is no graphics card."""
    driver_of = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    arguments = ["--no-sandbox", "--enable-unsafe-swiftshader"]
    with driver_of.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=chromium, args=arguments)
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens the page of a graph with the network off; any request, console or page error fails the test."""
    contexts: list[Any] = []
    trouble: list[str] = []

    def told(message: Any) -> None:
        if message.type in ("error", "assert"):
            trouble.append(message.text)

    def open_it(
        graph: nx.MultiDiGraph[str],
        fragment: str = "",
        *,
        whole: Any = None,
        script: str = "",
        known: str = "\0",
        **options: Any,
    ) -> Any:
        contents = Contents(graph=graph, heading="A collection", whole=whole)
        path = export(contents, "html", tmp_path / str(len(contexts)))
        settings = {"viewport": {"width": 1200, "height": 800}, "reduced_motion": "reduce", **options}
        context = browser.new_context(offline=True, **settings)
        contexts.append(context)
        context.add_init_script(script)
        page, url = context.new_page(), path.as_uri()
        page.set_default_timeout(30_000)  # machines that run tests are busy
        page.on("console", told)
        page.on("pageerror", lambda error: known in str(error) or trouble.append(str(error)))
        own = (url, "data:", f"blob:{url[:7]}", "blob:null")
        page.on("request", lambda request: request.url.startswith(own) or trouble.append(request.url))
        page.goto(url + fragment)
        page.evaluate("kg.ready")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert trouble == []
