"""The five kinds of page and single papers, each in several variants with traps, against expected values.

The pages are made from arXiv metadata (CC0 1.0), set by hand-written templates: other orders, spacings,
labels, interface languages, wrapped lines, Windows line ends, UTF-16, HTML, forty authors, commas in titles,
"et al.", missing abstracts and missing authors. An abstract is given by its first and last 40 characters and
its length with white space collapsed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.readers import Source, read
from kg.readers.html import visible_text
from kg.text import collapse
from kg.types import Document, Paper

DATA = Path(__file__).parent / "data"
EXPECTED: dict[str, list[dict[str, Any]]] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))


def spans_are_right(document: Document, paper: Paper) -> bool:
    for value, start, end in (
        (paper.title, paper.title_start, paper.title_end),
        (paper.abstract, paper.abstract_start, paper.abstract_end),
    ):
        if value is None:
            if start is not None or end is not None:
                return False
            continue
        shown = document.text[start:end]
        if document.media_type == "text/html":
            if visible_text(shown) != collapse(value):
                return False
        elif shown != value:
            return False
    return True


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_page_gives_the_expected_papers(name: str) -> None:
    reading = read(Source(path=name, file=DATA / name))
    expected = EXPECTED[name]

    assert reading.document.status == "ok"
    assert reading.document.papers == len(reading.papers) == len(expected)
    for paper, wanted in zip(reading.papers, expected, strict=True):
        assert (collapse(paper.title) if paper.title else None) == wanted["title"]
        assert [author.name for author in paper.authors] == wanted["authors"]
        assert (paper.venue, paper.year, paper.date) == (wanted["venue"], wanted["year"], wanted["date"])
        flat = collapse(paper.abstract or "")
        assert ([flat[:40], flat[-40:], len(flat)] if flat else None) == wanted["abstract"]
        for field in ("categories", "keywords"):
            assert list(getattr(paper, field)) == wanted.get(field, [])
        assert paper.language == wanted.get("language")
        assert spans_are_right(reading.document, paper)
