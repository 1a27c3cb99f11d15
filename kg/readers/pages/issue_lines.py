"""Venue, year and date that stand on lines of their own by a record: below its byline, above its title, or
below its abstract.

On which side of the records such lines stand is told from the page as a whole: what stands between two
records belongs to the one below when there is such a line above the first record too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.readers.fields import find_date, find_year, split_venue
from kg.readers.labelled import BARE_LABEL, LABEL, REMARK, field_of
from kg.readers.page import Page
from kg.readers.pages.features import Feature, is_furniture
from kg.readers.pages.found import Found
from kg.readers.pages.venues import accepted_at, is_subject, is_venue_line, journal_issue, venue_of

__all__ = ["Issue", "is_issue_line", "issue_of", "with_issues"]

_LONGEST = 170
_LONGEST_REMARK = 600
_NEAR = 6
_LEAST = 3
_TWO = 2
_SHORT_DATE = 30
_MOST_WORDS = 16
_NO_ISSUE = re.compile(
    r"\s*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|since\b|©|"
    r"\(c\)|copyright|last (?:updated|modified)|updated|accessed|modified|showing|posts? |"
    r"revised|retrieved|generated|exported|printed|saved on|crawled|viewed|visited|deadline|"
    r"all rights|call for|"
    r"version|v\d)",
    re.IGNORECASE,
)
_IN = re.compile(r"In:\s(?P<venue>[A-Z][^\n;]{2,200}?)[,.]?\s\(?(?P<year>(?:19|20)\d\d)\)?(?=[,.;]|\Z)")
_YEAR_AND_VENUE = re.compile(
    r"(?P<year>(?:19|20)\d\d),\s(?P<venue>[A-Z](?=[^.!?]{0,80}(?:Conference|Journal|Transactions|Symposium|Workshop|"
    r"Proceedings|arXiv|Letters|Review|Annals|[A-Z]{4,}))[^.!?;]{3,120})"
)
_YEAR_ONLY = re.compile(r"\W*(?:(?:19|20)\d\d)\W*")
_KIND = re.compile(
    r"(?:[A-Z]?[a-z]+ ){0,2}(?:article|paper|preprint|chapter|thesis|book|poster|view|"
    r"pdf)s?(?:\s?full-text available)?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"[a-z-]{2,9}\.[A-Z]{2}\b")
_PREPRINT = re.compile(
    r"(?P<venue>arXiv(?: preprint)?)[\s,]+(?:arXiv:)?\d{4}\.\d{4,5}(?:v\d+)?(?:\s?\[[\w.-]"
    r"+\])?[\s,]+\(?(?P<year>(?:19|20)\d\d)\)?\W*",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"(?:(?:ph\.?\s?d\.?|doctoral|master.?s?|m\.?sc\.?|bachelor.?s?|b\.?sc\.?|diploma|licentiate)\s(?:thesis|"
    r"dissertation)|dissertation|doktorarbeit|masterarbeit|bachelorarbeit|diplomarbeit),\s"
    r"(?P<venue>[^,.;\n]{3,80}),?\s\(?(?P<year>(?:19|20)\d\d)\)?",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r"(?:volume|vol\.?)\s\d|(?:19|20)\d\d,\s?vol|제?\s?\d+권|第\s?\d+\s?[卷巻]|bd\.\s\d|heft\s\d",
    re.IGNORECASE,
)
_BULLETS = re.compile(
    r"\s+[•·|]\s+|\s{4,}|(?<=[a-z\d])(?=[A-Z][A-Za-z&]{0,6}[A-Z][A-Za-z]{0,8} (?:19|20)\d\d\b)"
)
_MONTH_YEAR = re.compile(
    r"(?:.{0,20}?[!:]\s)?(?:(?:early |mid-|late )?(?:spring|summer|fall|autumn|winter|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?\s)((?:19|20)\d\d)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:\[\d{1,4}\]\s*)?arxiv:\s?(?P<id>(?P<year>\d\d)(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?\b", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"\b(?:vol(?:ume)?|issue|no|cilt|sayı|том|выпуск|heft|núm|tomo)\b\.?:?\s?\d|第\s?\d+\s?[卷期]",
    re.IGNORECASE,
)
_FARTHEST = 100  # lines from the beginning of a record to its date
_LEAD = re.compile(
    r"\s*(?:(?:communication dans un congrès|article dans une revue|chapitre d'ouvrage|"
    r"journal article|conference paper|published|appeared|appears|accepted|presented|"
    r"to appear|publication|submitted)\s*(?:in|at|to|by|on)?\s*[:：]?|in[:\s])\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What a line says of where and when a paper came out."""

    venue: str | None = None
    year: int | None = None
    date: str | None = None
    arxiv_id: str | None = None


def issue_of(text: str) -> Issue | None:
    """Venue, year and date of a line that says nothing else; None for any other line.

    >>> issue_of("Published in ICML, 2022")
    Issue(venue='ICML', year=2022, date=None, arxiv_id=None)
    """
    remark = REMARK.match(text) if len(text) <= _LONGEST_REMARK else None
    if remark is not None:
        venue, year = accepted_at(text[remark.end() :])
        return Issue(venue=venue, year=year) if venue else None
    if len(text) > _LONGEST or _NO_ISSUE.match(text) or is_subject(text):
        return None
    return _of_form(text) or _of_value(text)


def _of_form(text: str) -> Issue | None:
    """What a line says that has one of the forms that stand for themselves."""
    listed = _LISTED.match(text)
    if listed is not None:
        return Issue(year=2000 + int(listed.group("year")), arxiv_id=listed.group("id"))
    monthly = _MONTH_YEAR.fullmatch(text.strip(" .,()"))
    if monthly is not None:
        return Issue(year=int(monthly.group(1)))
    printed = _PREPRINT.fullmatch(text)
    if printed is not None:
        return Issue(venue=printed.group("venue"), year=int(printed.group("year")))
    journal = journal_issue(text)
    if journal is not None:
        return Issue(venue=journal[0], year=journal[1])
    thesis = _THESIS.match(text)
    if thesis is not None:
        return Issue(venue=thesis.group("venue").strip(), year=int(thesis.group("year")))
    placed = _IN.match(text)
    if placed is not None:
        return Issue(venue=placed.group("venue").strip(" ,."), year=int(placed.group("year")))
    turned = _YEAR_AND_VENUE.fullmatch(text)
    if turned is not None and not is_subject(turned.group("venue")):
        return Issue(venue=turned.group("venue").strip(), year=int(turned.group("year")))
    return None


def _of_value(text: str) -> Issue | None:
    """What a line says behind its label, or without one."""
    label = LABEL.match(text)
    field = field_of(label) if label else None
    if label is not None and field not in {"venue", "year", "date"}:
        return None
    value = text[label.end() :] if label is not None else text
    lead = _LEAD.match(value)
    value = value[lead.end() :] if lead else value
    date = find_date(value)
    if field == "venue" and not date:
        venue, year = split_venue(value) if len(value) < 60 else venue_of(value)
        return Issue(venue=venue, year=year)
    if is_venue_line(value) and not (date and len(value) < 30):
        venue, year = venue_of(value)
        return Issue(venue=venue, year=year or (int(date[:4]) if date else None), date=date)
    if date and (len(value) < 90 or lead):
        return Issue(year=int(date[:4]), date=date)
    if (
        _YEAR_ONLY.fullmatch(value)
        or (len(value) < 90 and _NUMBERED.search(value))
        or field in {"year", "date"}
    ):
        year = find_year(value)
        return Issue(year=year) if year else None
    return None


def is_issue_line(text: str) -> bool:
    """Whether a line, or a part of it behind a dot or a bar, says where or when a paper came out."""
    return len(text) <= _LONGEST and any(issue_of(part) for part in _parts(text))


def _parts(text: str) -> list[str]:
    """A line and the parts that dots, bars, bullets or a venue grown to what is before it cut it into."""
    if REMARK.match(text):
        return [text]
    parts = [part for part in _BULLETS.split(text) if part.strip()]
    return parts if len(parts) > 1 else [text]


def with_issues(page: Page, kinds: list[Feature], records: Sequence[Found]) -> list[Found]:
    """The records with what the lines by them say of venue, year and date, where they do not have it yet."""
    if not records or all(record.venue and record.year for record in records):
        return list(records)
    starts = [block.start for block in page.blocks]
    gaps = _gaps(starts, records)
    inner = [_gathered(page, kinds, _inside(starts, record)) for record in records]
    sides = [
        range(
            _inside(starts, record).start,
            min(gap.stop, max(gap.start + _NEAR, _inside(starts, record).stop)),
        )
        for record, gap in zip(records, gaps[1:], strict=True)
    ]
    inner = _with_fields(page, kinds, sides, inner)
    outer = _outer(page, kinds, gaps, [issue is None or issue.year is None for issue in inner])
    filled = []
    for number, record in enumerate(records):
        if record.title is None and not record.authors:
            filled.append(record)
            continue
        own = _filled(record, _prefix(page, starts, record))
        own = _filled(own, inner[number])
        filled.append(_filled(own, outer[number]))
    return filled


def _with_fields(
    page: Page, kinds: list[Feature], sides: list[range], found: list[Issue | None]
) -> list[Issue | None]:
    """The line right above the date is the venue where most records have one there, though no word says
    so."""
    placed = [_above_date(page, kinds, side) for side in sides]
    named = sum(value is not None for value in placed)
    values = {value for value in placed if value}
    if len(values) < _TWO or any(is_furniture(value) for value in values):
        return found
    if (
        named < _LEAST
        or named * 5 < len(placed) * 4
        or (any(issue and issue.venue for issue in found) and named * 10 < len(placed) * 9)
    ):
        return found
    return [
        _joined(issue, Issue(venue=value)) if value else issue
        for issue, value in zip(found, placed, strict=True)
    ]


def _above_date(page: Page, kinds: list[Feature], side: range) -> str | None:
    for index in side[:_FARTHEST]:
        flat = page.blocks[index].flat
        if len(flat) >= _SHORT_DATE:
            continue
        monthly = _MONTH_YEAR.fullmatch(flat) is not None
        if (monthly or find_date(flat)) and not LABEL.match(flat):
            near = (index - 1, index + 1) if not monthly else (index + 1, index - 1)
            return next((page.blocks[at].flat for at in near if _is_free(page, kinds, side, at)), None)
    return None


def _is_free(page: Page, kinds: list[Feature], side: range, index: int) -> bool:
    """Whether a line by the date can be the name of a venue."""
    if index not in side or kinds[index].kind not in {"short", "furniture"}:
        return False
    flat = page.blocks[index].flat
    return (
        len(flat.split()) <= _MOST_WORDS
        and ":" not in flat
        and _SUBJECT.match(flat) is None
        and not is_subject(flat)
        and not (flat[0].islower() and flat.islower())
        and not any(letter.isdigit() for letter in flat)
        and _KIND.fullmatch(flat) is None
        and not is_furniture(flat)
    )


def _prefix(page: Page, starts: list[int], record: Found) -> Issue | None:
    """What stands before the title in its own block ("[ISCA'18] Pruning ...")."""
    if record.title is None:
        return None
    block = page.blocks[max(bisect_right(starts, record.title[0]) - 1, 0)]
    lead = page.text[block.start : record.title[0]].strip(" []()*#|:-–—\n\t")
    return issue_of(lead) if 2 < len(lead) < 60 else None


def _outer(page: Page, kinds: list[Feature], gaps: list[range], wanting: list[bool]) -> list[Issue | None]:
    """What the lines above the records say, or those below them; the side is the same for the whole page."""
    above = [_gathered(page, kinds, _near_end(gap)) for gap in gaps[:-1]]
    below = [_gathered(page, kinds, _near_start(gap)) for gap in gaps[1:]]
    first, last = above[0] is not None, below[-1] is not None
    if first and last:
        inner = gaps[1:-1] or [gaps[0]]
        first = sum(_place(page, kinds, gap) for gap in inner) > 0
    chosen = above if first else below
    told = sum(issue is not None for issue, wants in zip(chosen, wanting, strict=True) if wants)
    if told * 2 < sum(wanting):
        return [None] * len(chosen)
    return chosen


def _place(page: Page, kinds: list[Feature], gap: range) -> int:
    """Above 0 where the first line with an issue stands nearer to the end of the gap than to its
    beginning."""
    for index in gap:
        if kinds[index].kind not in {"prose", "names"} and issue_of(page.blocks[index].flat):
            return (index - gap.start) - (gap.stop - 1 - index)
    return 0


def _inside(starts: list[int], record: Found) -> range:
    """The blocks between title and abstract, or behind the title up to the end of the record."""
    if record.title is None:
        return range(0)
    first = bisect_left(starts, record.title[1])
    end = record.abstract[0] if record.abstract and record.abstract[0] > record.title[0] else record.extent[1]
    return range(first, min(bisect_left(starts, end), first + 2 * _NEAR))


def _gaps(starts: list[int], records: Sequence[Found]) -> list[range]:
    """The stretches of blocks before, between and behind the records."""
    found: list[range] = []
    last = 0
    for record in records:
        begin = record.title or record.abstract or record.extent
        first = max(bisect_right(starts, begin[0]) - 1, last)
        found.append(range(last, first))
        end = record.abstract[1] if record.abstract else record.extent[1]
        last = max(bisect_left(starts, end), first)
    found.append(range(last, len(starts)))
    return found


def _near_end(gap: range) -> range:
    return range(max(gap.start, gap.stop - _NEAR), gap.stop)


def _near_start(gap: range) -> range:
    return range(gap.start, min(gap.stop, gap.start + _NEAR))


def _gathered(page: Page, kinds: list[Feature], blocks: range) -> Issue | None:
    found = Issue()
    for index in blocks:
        block = page.blocks[index]
        if kinds[index].kind in {"prose", "names"} or block.level in {1, 2}:
            continue
        own: Issue | None = None
        for part in _parts(block.flat) if len(block.flat) <= 2 * _LONGEST else []:
            own = _joined(own, issue_of(part))
        label = BARE_LABEL.fullmatch(block.flat) if len(block.flat) < 40 else None
        below = page.blocks[index + 1].flat if index + 1 in blocks else ""
        if label is not None and field_of(label) in {"date", "year"} and len(below) < _SHORT_DATE:
            own = Issue(year=find_year(below), date=find_date(below))
        if (
            label is not None
            and field_of(label) == "venue"
            and index + 1 in blocks
            and kinds[index + 1].kind == "short"
        ):
            own = Issue(venue=page.blocks[index + 1].flat)
        volume = _VOLUME.match(block.flat)
        if (
            volume is not None
            and found.venue is None
            and index > blocks.start
            and _is_name(page.blocks[index - 1].flat)
        ):
            own = _joined(Issue(venue=page.blocks[index - 1].flat), own)
        if own is not None:
            found = _joined(found, own) or found
    return found if found.venue or found.year else None


def _is_name(flat: str) -> bool:
    """Whether a line above "Volume 12" can be the name of a journal."""
    words = flat.split()
    return (
        not flat.startswith(("Sec.", "Section"))
        and 1 <= len(words) <= 12
        and (flat[0].isupper() or flat[0] > "\u2e7f")
        and not flat.endswith((".", ":"))
        and not any(c.isdigit() for c in flat)
    )


def _joined(first: Issue | None, second: Issue | None) -> Issue | None:
    if first is None or second is None:
        return first or second
    if first.venue is None and second.venue and second.year and first.year != second.year:
        return replace(second, arxiv_id=first.arxiv_id or second.arxiv_id)
    return Issue(
        venue=first.venue or second.venue,
        year=first.year or second.year,
        date=first.date or second.date,
        arxiv_id=first.arxiv_id or second.arxiv_id,
    )


def _filled(record: Found, issue: Issue | None) -> Found:
    if issue is None:
        return record
    year = record.year or issue.year
    if record.venue is None and issue.venue and issue.year and record.date and record.year != issue.year:
        return replace(  # the day of submission, and the conference that took it
            record, venue=issue.venue, year=issue.year, date=None, arxiv_id=record.arxiv_id or issue.arxiv_id
        )
    date = record.date or (
        issue.date if issue.date and (year is None or str(year) == issue.date[:4]) else None
    )
    return replace(
        record,
        venue=record.venue or issue.venue,
        year=year,
        date=date,
        arxiv_id=record.arxiv_id or issue.arxiv_id,
    )
