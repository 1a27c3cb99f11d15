"""What a layout found -> papers, with ids still blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.readers.fields import find_arxiv_id, find_doi, find_urls
from kg.readers.pages.found import Found, Span
from kg.text import collapse
from kg.types import Paper

__all__ = ["papers_from"]

_LONGEST_LINK = 60
_NUMBER = re.compile(r"(\d\d)(?:0[1-9]|1[0-2])\.\d{4,5}\Z")
_LINK = re.compile(
    r"\s*(?:[△▽▲▼]\s*(?:less|more)|[(\[]?(?:continue|keep) reading\b.{0,40}"
    r"|[(\[]?(?:read|show|see|view) (?:more|less|full)\b.{0,20}"
    r"|(?<=[.!?…/])\s+(?:expand|collapse|more|less|full article|full text|abstract|"
    r"pdf))\s*[\])»→›>…]{0,3}\s*\Z",
    re.IGNORECASE | re.DOTALL,
)


def papers_from(
    found: Iterable[Found], text: str, locate: Callable[[Span], Span] | None = None
) -> tuple[Paper, ...]:
    """Papers whose title and abstract are slices of ``text``; a title alone is a paper only in a list of
    papers.

    ``locate`` maps a span of ``text`` to the document's own text where the two differ (HTML).
    """
    papers = ((_paper(record, text, locate), record.listed) for record in found)
    return tuple(
        _without_snippet(paper)
        for paper, listed in papers
        if paper.abstract or (paper.title and (paper.authors or listed))
    )


def _without_snippet(paper: Paper) -> Paper:
    """The paper without what a list of search results shows of its text, "… cut at both ends …"."""
    abstract = paper.abstract or ""
    if paper.title is None or not (abstract.startswith("…") or abstract.endswith("…")):
        return paper
    return replace(paper, abstract=None, abstract_start=None, abstract_end=None)


def _paper(record: Found, text: str, locate: Callable[[Span], Span] | None) -> Paper:
    title, abstract = _trimmed(record.title, text), _without_link(_trimmed(record.abstract, text), text)
    whole = text[record.extent[0] : record.extent[1]]
    arxiv_id = record.arxiv_id or find_arxiv_id(_around(record, text))
    title_at = (locate(title) if locate else title) if title else (None, None)
    abstract_at = (locate(abstract) if locate else abstract) if abstract else (None, None)
    if record.abstract_text and locate is None:
        abstract_at = (None, None)
    shown = text[title[0] : title[1]] if title else None
    if record.title_text and shown is not None and collapse(shown) != collapse(record.title_text):
        shown = record.title_text
        title_at = title_at if locate else (None, None)
    return Paper(
        paper_id="",
        document_id="",
        position=0,
        title=shown,
        authors=record.authors,
        venue=record.venue,
        year=record.year or _submitted(arxiv_id, record.venue),
        date=record.date,
        doi=record.doi or find_doi(whole),
        arxiv_id=arxiv_id or find_arxiv_id(whole),
        url=record.url,
        urls=find_urls(whole),
        categories=record.categories,
        keywords=record.keywords,
        language=record.language,
        abstract=(record.abstract_text or text[abstract[0] : abstract[1]]) if abstract else None,
        title_start=title_at[0],
        title_end=title_at[1],
        abstract_start=abstract_at[0],
        abstract_end=abstract_at[1],
    )


def _around(record: Found, text: str) -> str:
    """The record's text without its abstract, which may speak of other papers."""
    if record.abstract is None:
        return text[record.extent[0] : record.extent[1]]
    return f"{text[record.extent[0] : record.abstract[0]]} {text[record.abstract[1] : record.extent[1]]}"


def _submitted(arxiv_id: str | None, venue: str | None) -> int | None:
    """The year in an arXiv number, for a preprint that says no other."""
    number = _NUMBER.match(arxiv_id or "")
    return 2000 + int(number.group(1)) if number and (venue is None or "arxiv" in venue.lower()) else None


def _without_link(span: Span | None, text: str) -> Span | None:
    """The abstract without the link behind it that unfolds, folds or continues it."""
    link = _LINK.search(text, max(span[0], span[1] - _LONGEST_LINK), span[1]) if span else None
    return _trimmed((span[0], link.start()), text) if span and link else span


def _trimmed(span: Span | None, text: str) -> Span | None:
    """The span without blanks at its ends; None where nothing is left."""
    if span is None:
        return None
    raw = text[span[0] : span[1]]
    start = span[0] + len(raw) - len(raw.lstrip())
    end = start + len(raw.strip())
    return (start, end) if end > start else None
