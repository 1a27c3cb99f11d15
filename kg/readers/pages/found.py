"""What a layout finds: a record as spans of the page and plain fields; and what every record's text may
add."""

from __future__ import annotations

from dataclasses import dataclass

from kg.types import Authorship

__all__ = ["Found", "Span"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One record. ``extent`` is all of the record on the page, links and furniture too.

    ``title_text`` and ``abstract_text`` are given where they are not the very text of their spans (quote
    marks stand in it).
    ``listed`` says that the page lists papers, so that a title alone is one.
    """

    extent: Span
    title: Span | None = None
    title_text: str | None = None
    abstract: Span | None = None
    abstract_text: str | None = None
    authors: tuple[Authorship, ...] = ()
    venue: str | None = None
    year: int | None = None
    date: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    url: str | None = None
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str | None = None
    listed: bool = False
