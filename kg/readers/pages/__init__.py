"""One file a page layout. Each says how well a page suits it; the best one reads, the fallback always may.

A new layout is one new file and one line in LAYOUTS.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.readers.page import Page
from kg.readers.pages import (
    abstracts,
    cards,
    counted,
    entries,
    general,
    labels,
    mails,
    records,
    roles,
    sessions,
    tables,
)
from kg.readers.pages.cited import with_cited
from kg.readers.pages.commentary import without_commentary, without_snippets
from kg.readers.pages.context import with_context, with_links
from kg.readers.pages.features import Feature, features
from kg.readers.pages.found import Found
from kg.readers.pages.issue_lines import with_issues
from kg.readers.pages.merging import each_once
from kg.readers.pages.reviewed import with_reviewed
from kg.readers.pages.sections import people_from, references_from, related_from, sections
from kg.readers.pages.self_cited import read_cited, with_own_citation

__all__ = ["LAYOUTS", "Layout", "choose_layout", "layout_scores", "read_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How well a page suits (0 to 1), and how its records are read."""

    score: Callable[[Page, list[Feature]], float]
    read: Callable[[Page, list[Feature]], list[Found]]


_TITLE, _BYLINE, _ABSTRACT, _ISSUE = 0.3, 0.4, 0.6, 0.1
_CLEARLY = 1.04
_FEW = 8
_HONORIFIC = re.compile(r"(?:Herrn?|Frau|Mrs?|Ms|Mme|Sra|Señora?)\b\.?\s")
_MOST = 0.85
_VOLUME = re.compile(
    r"\s*(?:[A-Z][\w/&-]{1,12} ?['’]?\d{2,4}\s*[:–-]\s*)?(?:(?:the\s)?proceedings of (?:the\s)?(?:\d|"
    r"[a-z]*(?:first|second|third|fourth|"
    r"fifth|sixth|seventh|eighth|ninth|tenth|ieth|eenth)\b|annual|international|acm|ieee|"
    r"workshop|conference)|"
    r"(?:front|back) ?matter\b|table of contents\b|title page|preface\W*\Z|foreword\W*\Z|"
    r"message from the\b|author index\b|welcome (?:message|from)\b|keynote\W*\Z|"
    r"editorial board\b|[^\n]{0,90}\bcomplete volume\W*\Z)",
    re.IGNORECASE,
)

LAYOUTS: dict[str, Layout] = {
    "labels": Layout(score=labels.score, read=labels.read),
    "sessions": Layout(score=sessions.score, read=sessions.read),
    "abstracts": Layout(score=abstracts.score, read=abstracts.read),
    "cards": Layout(score=cards.score, read=cards.read),
    "records": Layout(score=records.score, read=records.read),
    "general": Layout(score=general.score, read=general.read),
}


def choose_layout(page: Page) -> str:
    """The name of the layout with the highest score; the earlier one where two are equal."""
    kinds = features(page)
    return max(LAYOUTS, key=lambda name: LAYOUTS[name].score(page, kinds))


def layout_scores(page: Page) -> dict[str, float]:
    """How well each layout of running blocks suits a page (0 to 1), for ``kg inspect``."""
    kinds = features(page)
    return {name: layout.score(page, kinds) for name, layout in LAYOUTS.items()}


def read_page(page: Page) -> list[Found]:
    """The records of a page: by the best layout of running blocks, or by its tables, its markup or its lists
    where they say more; with venue and year of the page where the records have none."""
    mailed = mails.read(page)
    if mailed:
        return mailed
    page, kinds = _without_references(page, features(page))
    best = _papers(page, _by_layout(page, kinds))
    worth = _worth(best)
    tabled = tables.read(page, kinds)
    told = _covers(page, best)
    taken = sorted(record.extent for record in (*tabled, *(best if told else ())))
    listed = entries.read(page, kinds, taken)
    by_role = _papers(page, roles.read(page, kinds))
    others = [
        (by_role, 0.99),
        (tabled, _CLEARLY),
        (listed, _CLEARLY),
        (counted.read(page, kinds), _CLEARLY),
        (read_cited(page, kinds), _CLEARLY),
    ]
    if tabled and listed:
        others.append((_joined(tabled, listed), _CLEARLY))
    if told and len(listed) > 1:
        others.append((_joined(best, listed), _CLEARLY))
    for found, clearly in others:
        own = _worth(found)
        if own > worth * clearly and not _loses_abstracts(best, found):
            best, worth = found, own
    if len(by_role) >= max(len(best), _FEW) and _people(by_role) > _people(best):
        best = best if _loses_abstracts(best, by_role) else by_role
    best = with_cited(page, _papers(page, best))
    best = with_own_citation(page, kinds, with_reviewed(page, kinds, best))
    best = without_snippets(page, without_commentary(page, kinds, best))
    best = with_issues(page, kinds, with_links(page, best))
    return with_context(page, kinds, each_once(page, best))


def _papers(page: Page, records: list[Found]) -> list[Found]:
    """The records without the volume that they stand in and without courses."""
    return [record for record in records if not _is_volume(page, record) and not _is_course(record)]


def _covers(page: Page, records: list[Found]) -> bool:
    """Whether records with authors and abstracts make up most of a page, so that it is no mere list."""
    whole = [record for record in records if record.authors and record.abstract]
    size = sum(end - start for start, end in (record.extent for record in whole))
    return len(whole) > 1 and size >= _MOST * len(page.text)


def _joined(first: list[Found], second: list[Found]) -> list[Found]:
    """The records of two readings of a page; where they overlap, those of the first."""
    taken = sorted(record.extent for record in first)
    starts = [start for start, _ in taken]
    free = []
    for record in second:
        at = bisect_right(starts, record.extent[0])
        before = at and taken[at - 1][1] > record.extent[0]
        after = at < len(taken) and taken[at][0] < record.extent[1]
        if not before and not after:
            free.append(record)
    return sorted((*first, *free), key=lambda record: record.extent)


def _is_volume(page: Page, record: Found) -> bool:
    """Whether a record is the volume itself, with its editors, and no paper in it."""
    title = page.text[record.title[0] : record.title[1]] if record.title else ""
    return record.abstract is None and _VOLUME.match(title) is not None


def _people(records: list[Found]) -> int:
    return sum(len(record.authors) for record in records)


def _is_course(record: Found) -> bool:
    """Whether those who are named are addressed as the teachers of a course are."""
    return bool(record.authors) and all(_HONORIFIC.match(author.name) for author in record.authors)


def _loses_abstracts(best: list[Found], found: list[Found]) -> bool:
    """Whether another reading of the page has fewer abstracts and not many more papers."""
    former = sum(1 for record in best if record.abstract)
    if former * _FEW < len(best):
        return False
    return former > sum(1 for record in found if record.abstract) and len(found) < 2 * len(best) + 1


def _by_layout(page: Page, kinds: list[Feature]) -> list[Found]:
    scores = {name: layout.score(page, kinds) for name, layout in LAYOUTS.items()}
    for name in sorted(LAYOUTS, key=lambda name: -scores[name]):
        if scores[name] > 0:
            found = LAYOUTS[name].read(page, kinds)
            if found:
                return found
    return []


def _worth(records: list[Found]) -> float:
    """How much the records say, so that two readings of a page can be compared."""
    return sum(
        _TITLE * (record.title is not None and bool(record.authors or record.abstract or record.listed))
        + _BYLINE * bool(record.authors)
        + _ABSTRACT * (record.abstract is not None)
        + _ISSUE * bool(record.venue or record.year)
        for record in records
    )


def _without_references(page: Page, kinds: list[Feature]) -> tuple[Page, list[Feature]]:
    """The page without the list of what it cites and without lists of people: these are no papers and bylines
    of the page."""
    cut = sections(page, kinds)
    parts = (references_from(page, kinds, cut), *people_from(kinds, cut), *related_from(kinds, cut))
    left_out = {index for part in parts for index in part}
    if not left_out:
        return page, kinds
    kept = [index for index in range(len(kinds)) if index not in left_out]
    return replace(page, blocks=tuple(page.blocks[index] for index in kept)), [kinds[index] for index in kept]
