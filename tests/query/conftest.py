"""A collection made by hand: papers, things, claims, and the sentences that say so."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.api import Collection
from kg.ids import make_id
from kg.tables import SCHEMAS, Tables
from kg.works import work_rows

DOCUMENT = "d" * 64


@dataclass
class Shelf:
    """Rows of tables in the making."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def paper(
        self,
        title: str | None,
        abstract: str,
        *authors: str,
        year: int | None = None,
        venue: str | None = None,
        work: str | None = None,
    ) -> str:
        """A record; its id."""
        number = len(self.rows["papers"])
        paper = make_id("p", title, number)
        text = "\n\n".join(part for part in (title, abstract) if part)
        self.rows["papers"].append(
            {
                "paper_id": paper,
                "work_id": work or make_id("w", paper),
                "document_id": DOCUMENT,
                "position": number,
                "title": title,
                "abstract": abstract,
                "text": text,
                "year": year,
                "venue": venue,
                "urls": [],
                "categories": [],
                "keywords": [],
            }
        )
        for position, name in enumerate(authors):
            author = make_id("a", name)
            if not any(row["author_id"] == author for row in self.rows["authors"]):
                self.rows["authors"].append({"author_id": author, "name": name, "aliases": [name]})
            self.rows["authorships"].append(
                {"paper_id": paper, "author_id": author, "position": position, "name": name}
            )
        return paper

    def named(self, paper: str, name: str, type_: str, role: str, confidence: float = 0.9) -> str:
        """The first mention of a thing in a paper; the id of the thing."""
        text = self.text(paper)
        entity, mention = make_id("e", name, type_), make_id("m", paper, name)
        known = next((row for row in self.rows["entities"] if row["entity_id"] == entity), None)
        if known is None:
            known = {
                "entity_id": entity,
                "name": name,
                "type": type_,
                "aliases": [name],
                "papers": 0,
                "mentions": 0,
            }
            self.rows["entities"].append(known)
        known["papers"] += 1
        known["mentions"] += 1
        start = text.index(name)
        self.rows["mentions"].append(
            {
                "mention_id": mention,
                "paper_id": paper,
                "start": start,
                "end": start + len(name),
                "text": name,
                "type": type_,
                "role": role,
                "confidence": confidence,
                "extractors": [],
            }
        )
        self.rows["links"].append(
            {"mention_id": mention, "entity_id": entity, "rule": "same form", "score": 1.0}
        )
        return entity

    def related(
        self, paper: str, head: str, kind: str, tail: str, sentence: str, confidence: float = 0.8
    ) -> None:
        """What a sentence says of two things."""
        start = self.text(paper).index(sentence)
        self.rows["relations"].append(
            {
                "relation_id": make_id("r", paper, head, kind, tail),
                "paper_id": paper,
                "head_id": head,
                "kind": kind,
                "tail_id": tail,
                "start": start,
                "end": start + len(sentence),
                "confidence": confidence,
                "extractors": [],
            }
        )

    def measured(self, paper: str, sentence: str, **slots: Any) -> None:
        """A number that a sentence claims."""
        start = self.text(paper).index(sentence)
        low = float(slots.pop("low"))
        self.rows["results"].append(
            {
                "result_id": make_id("s", paper, start, low, len(self.rows["results"])),
                "paper_id": paper,
                "predicate": "achieves",
                "metric": "accuracy",
                "value": f"{low:g}%",
                "low": low,
                "high": low,
                "unit": "%",
                "bound": "exact",
                "polarity": "positive",
                "start": start,
                "end": start + len(sentence),
                "confidence": 0.8,
                **slots,
            }
        )

    def text(self, paper: str) -> str:
        """What was read of a paper."""
        return next(row["text"] for row in self.rows["papers"] if row["paper_id"] == paper)

    def open(self, folder: Path) -> Collection:
        """Writes the tables and opens them."""
        papers = [dict.fromkeys(SCHEMAS["papers"].names) | row for row in self.rows["papers"]]
        document = {"document_id": DOCUMENT, "path": "all.txt", "papers": len(papers), "text": ""}
        document |= {"reader": "text", "status": "ok"}
        works = work_rows(papers, self.rows["authorships"], [document])
        tables = Tables.from_rows({**self.rows, "papers": papers, "works": works, "documents": [document]})
        tables.write(folder / "tables")
        return kg.open(folder)


@pytest.fixture
def shelf() -> Shelf:
    """An empty collection."""
    return Shelf()


FAST = "FastNet runs on a T4 GPU. FastNet reaches 80% accuracy on ImageNet. FastNet is compared with SlowNet."
SLOW = "We train SlowNet for image tagging. SlowNet reaches 76% accuracy on ImageNet."
LATE = "TinyNet is made for image tagging. TinyNet fits a phone. It is compared with SlowNet."


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that tests only look at: three papers on three networks; two were evaluated on ImageNet."""
    shelf, folder = Shelf(), tmp_path_factory.mktemp("nets")
    fast = shelf.paper("FastNet", FAST, "Ana Ruiz", "Bo Chen", year=2020, venue="Conference on Nets")
    slow = shelf.paper("SlowNet", SLOW, "Bo Chen", year=2018, venue="Journal of Patience")
    late = shelf.paper(None, LATE, "Li Wei", year=2021)
    fast_net = shelf.named(fast, "FastNet", "model", "proposed")
    slow_net = shelf.named(slow, "SlowNet", "model", "proposed")
    shelf.named(fast, "SlowNet", "model", "baseline", 0.7)
    shelf.named(late, "SlowNet", "model", "baseline", 0.6)
    tiny_net = shelf.named(late, "TinyNet", "model", "proposed")
    gpu = shelf.named(fast, "T4 GPU", "hardware", "used")
    image_net = shelf.named(fast, "ImageNet", "dataset", "evaluated_on")
    shelf.named(slow, "ImageNet", "dataset", "evaluated_on", 0.95)
    tagging = shelf.named(slow, "image tagging", "task", "target")
    shelf.named(late, "image tagging", "task", "target")
    shelf.related(fast, fast_net, "runs_on", gpu, "FastNet runs on a T4 GPU.", 0.7)
    shelf.related(fast, fast_net, "compared_with", slow_net, "FastNet is compared with SlowNet.")
    shelf.related(late, tiny_net, "compared_with", slow_net, "It is compared with SlowNet.", 0.6)
    shelf.related(slow, slow_net, "used_for", tagging, "We train SlowNet for image tagging.")
    shelf.related(late, tiny_net, "used_for", tagging, "TinyNet is made for image tagging.", 0.5)
    for paper, net, low in ((fast, fast_net, 80), (slow, slow_net, 76)):
        name = "FastNet" if paper == fast else "SlowNet"
        sentence = f"{name} reaches {low}% accuracy on ImageNet."
        shelf.measured(paper, sentence, subject_id=net, low=low, dataset_id=image_net)
    shelf.open(folder)
    return folder


@pytest.fixture
def nets(built: Path) -> Collection:
    """The three papers on three networks."""
    return kg.open(built)


@pytest.fixture
def own_nets(built: Path, tmp_path: Path) -> Collection:
    """The same in a folder that a test may change."""
    return kg.open(shutil.copytree(built, tmp_path / "own"))


@pytest.fixture
def rows_of() -> Callable[..., list[tuple[Any, ...]]]:
    """Some fields of rows, as tuples."""

    def pick(rows: tuple[Any, ...], *names: str) -> list[tuple[Any, ...]]:
        return [tuple(getattr(row, name) for name in names) for row in rows]

    return pick
