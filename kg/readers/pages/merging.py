"""Records of a page that are the same paper: an entry of a list and the panel that shows it in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.readers.page import Page
from kg.readers.pages.found import Found
from kg.text import fold

__all__ = ["each_once"]

_FEWEST_WORDS = 4


def each_once(page: Page, records: Sequence[Found]) -> list[Found]:
    """The records, each title once where the bylines do not contradict; the first one has what any says."""
    found: list[Found] = []
    places: dict[str, int] = {}
    for record in records:
        title = fold(record.title_text or page.text[slice(*record.title)]) if record.title else ""
        at = places.get(title)
        if len(title.split()) < _FEWEST_WORDS or at is None or not _agree(found[at], record):
            places.setdefault(title, len(found))
            found.append(record)
            continue
        found[at] = _joined(found[at], record)
    return found


def _agree(one: Found, other: Found) -> bool:
    """Whether two records of one title can be one paper: the same first author, no other year or venue."""
    if one.authors and other.authors and fold(one.authors[0].name) != fold(other.authors[0].name):
        return False
    if one.abstract and other.abstract:
        return False
    if one.year and other.year and one.year != other.year:
        return False
    return not (one.venue and other.venue and one.venue != other.venue)


def _joined(one: Found, other: Found) -> Found:
    return replace(
        one,
        abstract=one.abstract or other.abstract,
        abstract_text=one.abstract_text or other.abstract_text,
        authors=max(one.authors, other.authors, key=len),
        venue=one.venue or other.venue,
        year=one.year or other.year,
        date=one.date or other.date,
        doi=one.doi or other.doi,
        arxiv_id=one.arxiv_id or other.arxiv_id,
        url=one.url or other.url,
        keywords=one.keywords or other.keywords,
        listed=one.listed or other.listed,
    )
