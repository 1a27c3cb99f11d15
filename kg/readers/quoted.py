"""BibTeX that a page shows: a page of nothing else, or an entry by each paper that knows more than it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from kg.errors import ReadError
from kg.readers import bibtex
from kg.readers.base import Raw
from kg.readers.structured import BIBLIOGRAPHIC_FIELDS
from kg.text import fold
from kg.types import Paper

__all__ = ["with_quoted"]

_ENTRY = re.compile(
    r"@(?:inproceedings|conference|article|incollection|misc|phdthesis|mastersthesis|thesis|techreport|"
    r"unpublished|online|report|book|inbook|proceedings)\s?\{",
    re.IGNORECASE,
)
_LONGEST = 20_000
_MOST = 5_000
_FEWEST = 2


def with_quoted(papers: tuple[Paper, ...], text: str) -> tuple[Paper, ...]:
    """``papers`` of a page with what the BibTeX entries in its ``text`` say of them; the entries themselves
    where the page shows fewer papers than entries."""
    quoted = _quoted(text)
    if not quoted:
        return papers
    known = {fold(paper.title): paper for paper in quoted if paper.title}
    if len(quoted) >= _FEWEST and sum(1 for paper in papers if paper.authors) * 2 < len(quoted):
        shown = {fold(paper.title): paper for paper in papers if paper.title}
        return tuple(_filled(paper, shown.get(fold(paper.title or ""))) for paper in quoted)
    return tuple(_filled(paper, known.get(fold(paper.title or ""))) for paper in papers)


def _filled(paper: Paper, other: Paper | None) -> Paper:
    """``paper`` with the fields that it lacks from ``other``."""
    if other is None:
        return paper
    fields: dict[str, Any] = {
        name: getattr(paper, name) or getattr(other, name) for name in BIBLIOGRAPHIC_FIELDS
    }
    if paper.venue and "…" in paper.venue:
        fields["venue"] = other.venue or paper.venue
    if not paper.abstract and other.abstract:
        fields |= {name: getattr(other, name) for name in ("abstract", "abstract_start", "abstract_end")}
    return replace(paper, **fields)


def _quoted(text: str) -> tuple[Paper, ...]:
    entries = _entries(text)
    if not entries:
        return ()
    joined = "\n\n".join(entries)
    try:
        found = bibtex.read(Raw(path="", data=b"", text=joined, encoding="utf-8", media_type="text/plain"))
    except ReadError:
        return ()
    nowhere: dict[str, Any] = dict.fromkeys(("title_start", "title_end", "abstract_start", "abstract_end"))
    return tuple({fold(p.title or ""): replace(p, **nowhere) for p in reversed(found.papers)}.values())[::-1]


def _entries(text: str) -> list[str]:
    """The entries in a text, each up to the brace that closes it."""
    found: list[str] = []
    position = 0
    while len(found) < _MOST and (match := _ENTRY.search(text, position)):
        depth, end = 1, match.end()
        stop = min(len(text), match.end() + _LONGEST)
        for brace in re.finditer(r"(?<!\\)[{}]", text[match.end() : stop]):
            depth += 1 if brace.group() == "{" else -1
            if depth == 0:
                end = match.end() + brace.end()
                break
        if depth == 0:
            found.append(text[match.start() : end])
        position = end
    return found
