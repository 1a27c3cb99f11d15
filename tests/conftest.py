"""Shared fixtures: a toy collection built by hand, from values to tables, without any NLP."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from kg.bylines import resolve_bylines
from kg.collect import collect
from kg.database import Database
from kg.dedupe import link_works
from kg.ids import content_hash, make_id
from kg.resolve import resolve
from kg.tables import Tables
from kg.types import Authorship, Document, Evidence, Extraction, Mention, Paper, Relation, Result
from kg.works import work_rows

settings.register_profile("kg", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("kg")

LISTING = """IOS: Inter-Operator Scheduler for CNN Acceleration

Yaoyao Ding · Song Han

We propose Inter-Operator Scheduler (IOS). IOS outperforms TensorRT by 1.1 to 1.5x on GPUs.


Faster Kernels on a GPU

Song Han · Jürgen Preußer

We compare TensorRT with cuDNN on a GPU.
"""


@pytest.fixture(autouse=True, scope="session")
def _as_on_a_terminal() -> None:
    """Ctrl-C is heard, by child processes too: whoever starts the tests in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only loopback (and Unix sockets, which browsers' drivers use) may be reached."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def make_paper() -> Callable[..., Paper]:
    """Papers from a title, an abstract and names."""

    def make(
        title: str | None, abstract: str | None, *names: str, number: int = 0, **fields: object
    ) -> Paper:
        return Paper(
            paper_id=make_id("p", title, abstract, number),
            document_id="d" * 64,
            position=number,
            title=title,
            abstract=abstract,
            authors=tuple(Authorship(name=name) for name in names),
            **fields,  # type: ignore[arg-type]
        )

    return make


@pytest.fixture
def mention() -> Callable[..., Mention]:
    """The first (or nth) occurrence of a text in a paper, as a mention."""

    def make(paper: Paper, text: str, kind: str, role: str = "mentioned", *, nth: int = 0) -> Mention:
        start = -1
        for _ in range(nth + 1):
            start = paper.text.index(text, start + 1)
        return Mention(
            paper_id=paper.paper_id,
            start=start,
            end=start + len(text),
            text=text,
            type=kind,
            role=role,
            confidence=0.8,
            extractors=("gazetteer",),
        )

    return make


def _evidence(paper: Paper, quote: str) -> Evidence:
    start = paper.text.index(quote)
    return Evidence(paper_id=paper.paper_id, start=start, end=start + len(quote), quote=quote)


@pytest.fixture
def database_of(tmp_path: Path) -> Callable[[Tables], Database]:
    """Tables as a database, as a build keeps them."""
    folders = (tmp_path / f"tables-{number}" for number in count())

    def made(tables: Tables) -> Database:
        folder = next(folders)
        rows = {name: getattr(tables, name) for name in tables.counts()}
        if not tables.works:
            rows["works"] = work_rows(tables.papers, tables.authorships, tables.documents)
        Tables(**rows).write(folder)
        return Database(folder)

    return made


@pytest.fixture
def toy_tables(mention: Callable[..., Mention]) -> Tables:
    """Two papers of one document that share an author and two concepts, with a relation and a result."""
    document_id = content_hash(LISTING.encode())
    titles = ("IOS: Inter-Operator Scheduler for CNN Acceleration", "Faster Kernels on a GPU")
    abstracts = (
        "We propose Inter-Operator Scheduler (IOS). IOS outperforms TensorRT by 1.1 to 1.5x on GPUs.",
        "We compare TensorRT with cuDNN on a GPU.",
    )
    names = (("Yaoyao Ding", "Song Han"), ("Song Han", "Jürgen Preußer"))
    papers = [
        Paper(
            paper_id=make_id("p", document_id, number),
            document_id=document_id,
            position=number,
            title=titles[number],
            abstract=abstracts[number],
            authors=tuple(Authorship(name=name) for name in names[number]),
            venue="MLSys" if number == 0 else None,
            year=2021,
            title_start=LISTING.index(titles[number]),
            title_end=LISTING.index(titles[number]) + len(titles[number]),
            abstract_start=LISTING.index(abstracts[number]),
            abstract_end=LISTING.index(abstracts[number]) + len(abstracts[number]),
        )
        for number in range(2)
    ]
    one, two = papers
    ios = mention(one, "IOS", "method", "proposed")
    long = mention(one, "Inter-Operator Scheduler", "method", "proposed")
    tensorrt = mention(one, "TensorRT", "tool", "baseline")
    gpus = mention(one, "GPUs", "hardware", "evaluated_on")
    claim = _evidence(one, "IOS outperforms TensorRT by 1.1 to 1.5x on GPUs.")
    extractions = [
        Extraction(
            paper_id=one.paper_id,
            mentions=(ios, long, tensorrt, gpus),
            relations=(
                Relation(head=ios, kind="compared_with", tail=tensorrt, evidence=claim, confidence=0.7),
                Relation(head=ios, kind="runs_on", tail=gpus, evidence=claim, confidence=0.6),
            ),
            results=(
                Result(
                    subject=ios,
                    predicate="improves",
                    metric="performance",
                    metric_mention=None,
                    value="1.1 to 1.5x",
                    low=1.1,
                    high=1.5,
                    unit="x",
                    bound="range",
                    baseline=tensorrt,
                    dataset=None,
                    hardware=gpus,
                    polarity="positive",
                    evidence=claim,
                    confidence=0.9,
                ),
            ),
            abbreviations=(("IOS", "Inter-Operator Scheduler"),),
        ),
        Extraction(
            paper_id=two.paper_id,
            mentions=(
                mention(two, "TensorRT", "tool", "used"),
                mention(two, "cuDNN", "tool", "used"),
                mention(two, "GPU", "hardware", "evaluated_on", nth=1),
            ),
        ),
    ]
    document = Document(
        document_id=document_id,
        path="listing.txt",
        media_type="text/plain",
        encoding="utf-8",
        reader="text",
        papers=2,
        text=LISTING,
    )
    return collect(
        [document], papers, link_works(papers), extractions, resolve(extractions), resolve_bylines(papers)
    )
