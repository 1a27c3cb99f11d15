"""What a layout found -> papers, with ids still blank."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.readers.fields import find_arxiv_id, find_doi, find_urls
from kg.readers.pages.found import Found, Span
from kg.types import Paper

__all__ = ["papers_from"]


def papers_from(
    found: Iterable[Found], text: str, locate: Callable[[Span], Span] | None = None
) -> tuple[Paper, ...]:
    """Papers whose title and abstract are slices of ``text``.

    ``locate`` maps a span of ``text`` to the document's own text where the two differ (HTML).
    """
    return tuple(_paper(record, text, locate or (lambda span: span)) for record in found)


def _paper(record: Found, text: str, locate: Callable[[Span], Span]) -> Paper:
    title, abstract = _trimmed(record.title, text), _trimmed(record.abstract, text)
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


def _trimmed(span: Span | None, text: str) -> Span | None:
    """The span without blanks at its ends; None where nothing is left."""
    if span is None:
        return None
    raw = text[span[0] : span[1]]
    start = span[0] + len(raw) - len(raw.lstrip())
    end = start + len(raw.strip())
    return (start, end) if end > start else None
