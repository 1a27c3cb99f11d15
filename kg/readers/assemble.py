"""What a layout found -> papers, with ids still blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kg.readers.fields import find_arxiv_id, find_doi, find_urls
from kg.readers.pages.found import Found, Span
from kg.types import Paper

__all__ = ["papers_from"]

_LONGEST_LINK = 60
_LINK = re.compile(
    r"\s*(?:[△▽▲▼]\s*(?:less|more)|[(\[]?(?:continue|keep) reading\b.{0,40}"
    r"|[(\[]?(?:read|show|see|view) (?:more|less|full)\b.{0,20}"
    r"|(?<=[.!?…])\s*(?:expand|collapse|more|less))\s*[\])»→›>…]{0,3}\s*\Z",
    re.IGNORECASE | re.DOTALL,
)


def papers_from(
    found: Iterable[Found], text: str, locate: Callable[[Span], Span] | None = None
) -> tuple[Paper, ...]:
    """Papers whose title and abstract are slices of ``text``; a title alone is no paper, it may be a menu's.

    ``locate`` maps a span of ``text`` to the document's own text where the two differ (HTML).
    """
    papers = (_paper(record, text, locate or (lambda span: span)) for record in found)
    return tuple(paper for paper in papers if paper.abstract or (paper.title and paper.authors))


def _paper(record: Found, text: str, locate: Callable[[Span], Span]) -> Paper:
    title, abstract = _trimmed(record.title, text), _without_link(_trimmed(record.abstract, text), text)
    whole = text[record.extent[0] : record.extent[1]]
    title_at = locate(title) if title else (None, None)
    abstract_at = locate(abstract) if abstract else (None, None)
    return Paper(
        paper_id="",
        document_id="",
        position=0,
        title=text[title[0] : title[1]] if title else None,
        authors=record.authors,
        venue=record.venue,
        year=record.year,
        date=record.date,
        doi=record.doi or find_doi(whole),
        arxiv_id=record.arxiv_id or find_arxiv_id(whole),
        url=record.url,
        urls=find_urls(whole),
        categories=record.categories,
        keywords=record.keywords,
        language=record.language,
        abstract=text[abstract[0] : abstract[1]] if abstract else None,
        title_start=title_at[0],
        title_end=title_at[1],
        abstract_start=abstract_at[0],
        abstract_end=abstract_at[1],
    )


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
