"""Records as blocks one below the other: title, byline, abstract; shared by session pages and the fallback.

An abstract is the run of prose that follows title and byline, over paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.readers.fields import find_date, find_year, split_venue
from kg.readers.institutions import is_affiliation
from kg.readers.labelled import LABEL, REMARK, field_of
from kg.readers.page import Block, Page
from kg.readers.pages.features import ABSTRACT_LABEL, TIME, Feature, looks_prose, speaks_of_research
from kg.readers.pages.found import Found, Span
from kg.readers.pages.interface import MACHINE, PREFIX, TEASER
from kg.readers.pages.issue_lines import is_issue_line
from kg.readers.pages.starts import Start, belongs
from kg.readers.pages.venues import accepted_at, is_subject, is_venue_line, venue_of
from kg.types import Authorship

__all__ = [
    "abstract_span",
    "after_abstract_label",
    "labelled_venue",
    "past_machine",
    "prose_run",
    "read_starts",
    "title_span",
    "whole_abstract",
]

_ISSUE = re.compile(
    r"(?:\[(?:[^\[\]]{0,30}(?:\b(?:19|20)\d\d|['’]\d\d)|oral|spotlight|poster|paper|new|"
    r"pdf|html|book|citation|b|c)\]\s*){1,3}",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[*•▪▸◦‣–-]\s+")
_DATE = re.compile(r"(?:\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\s*[:|–—-]?\s+(?=\S)")
_PRIZE = re.compile(
    r"(?:best|outstanding|distinguished|honou?rable|runner[- ]up|spotlight|"
    r"oral)\b[^\n:]{0,40}?(?:[\U0001f300-\U0001faff\u2b50\u2605]+\s*|\n|award\s*[:|"
    r"–—-]\s*)|(?:runner[- ]up|best (?:student )?paper(?: award)?)\s+(?=[A-Z][\w-]+ )",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:【\d{1,4}】\s?|\d{1,3}\s?[｜、．](?=\S)|\[\d{1,4}\]|\(?\d{1,4}(?:[.)]|,(?=\s*title\b))|#\d{1,4}:?|(?:paper|"
    r"talk)\s+(?:id\s*)?#?\d+\s*[:.–—-])(?:\s+|(?<=[】｜、．]))(?=\S)",
    re.IGNORECASE,
)
_BADGE = re.compile(
    r"(?:\s{0,3}[(\[]\s{0,3}(?:abstract|spotlights?|orals?|posters?|"
    r"(?:contributed|invited|lightning|short|long) "
    r"(?:talk|paper|presentation)|best paper[^()\[\]]{0,30}|talk|"
    r"virtual|online|remote|\d{1,3} ?min(?:utes)?|new|pdf|html|arxiv|code|paper|link|"
    r"links|project|project page|slides|video|doi|github|website|"
    r"bibtex)\s{0,3}[)\]]){1,6}\Z"
    r"|\s{1,3}(?:(?:experience|research|industry|short papers?) track|"
    r"(?:best|outstanding|distinguished) (?:student )?paper(?: award)?)\Z"
    r"|\.\s{1,3}(?:pp?\.\s*)?\d{1,5}(?::\d{1,4})?\s?[-–]\s?\d{1,5}(?::\d{1,4})?\.?\Z",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[\s\u2b50\u2605\u2606\u2728\U0001f300-\U0001faff\ufe0f]+\Z|"
    r"(?<=[^\W\d_][^\W\d_][^\W\d_])(?<!\bInc)(?<!\betc)(?<!\bLtd)\.\s*\Z"
)
_FURTHEST = 14
_LOWEST = 7
_DOTS = re.compile(r"\s+[·•|]\s+")
_SHORT_DATE = 30
_FEW = 2
_SHORTEST = 100
_LABEL = 20
_NEAR = 5
_INVITED = re.compile(r"\b(?:invited|keynotes?|plenary)\b", re.IGNORECASE)
_REMARK = re.compile(r"(?:[^\W\d_][\w'’-]*\s){0,4}[^\W\d_][\w'’-]*:\s")
_LONG_WIDE = 10
_LONGEST_FIELD = 200
_LONGEST_REMARK = 600


def title_span(block: Block) -> Span:
    """The title in a block, without a list number or "Title:" before it or "(Oral)" behind it."""
    start = 0
    for pattern in (_BULLET, _PRIZE, _ISSUE, _DATE, TIME, _NUMBER, PREFIX, LABEL):
        match = pattern.match(block.text, start)
        if match and match.end() < len(block.text) and (pattern is not LABEL or field_of(match) == "title"):
            start = match.end()
    badge = _BADGE.search(block.text, max(start, len(block.text) - _LONGEST_FIELD))
    end = badge.start() if badge and badge.start() > start else len(block.text)
    tail = _STOP.search(block.text, max(start, end - 12), end)
    return block.start + start, block.start + (tail.start() if tail and tail.start() > start + 2 else end)


def after_abstract_label(block: Block) -> int:
    """Where the abstract begins in a block that may open with "Abstract:"."""
    match = ABSTRACT_LABEL.match(block.text)
    return block.start + match.end() if match and match.end() < len(block.text) else block.start


def prose_run(page: Page, kinds: list[Feature], index: int, stop: int) -> int:
    """One past the last block of the paragraphs that begin at ``index``."""
    end = index + 1
    while end < stop and page.blocks[end].item == page.blocks[index].item:
        kind = kinds[end].kind
        closes = (
            kind == "short"
            and _is_closing_sentence(page.blocks[end])
            and not (page.blocks[end].gap and _REMARK.match(page.blocks[end].flat))
        )
        if kind != "prose" and not closes:
            break
        if kind == "prose" and ABSTRACT_LABEL.match(page.blocks[end].text):
            break
        end += 1
    return end


def _is_closing_sentence(block: Block) -> bool:
    flat = block.flat
    return len(flat.split()) >= 4 and flat.endswith((".", "!", "。")) and block.level == 0


def whole_abstract(page: Page, kinds: list[Feature], index: int, stop: int) -> int | None:
    """The block with the abstract itself near behind one that is its sum in a sentence ("TL;DR: ...")."""
    for other in range(index + 1, min(stop, index + _NEAR)):
        block = page.blocks[other]
        label = ABSTRACT_LABEL.match(block.text)
        if kinds[other].kind == "prose" and label is not None and TEASER.match(block.text) is None:
            return other
    return None


def past_machine(page: Page, kinds: list[Feature], index: int, stop: int) -> int:
    """Past the sentence of a machine that stands above an abstract, with its label above or below it."""
    labelled = [at for at in (index, index + 1) if at < stop and MACHINE.fullmatch(page.blocks[at].flat)]
    if not labelled or index + 2 >= stop or kinds[index + 2].kind != "prose":
        return index
    return index + 2


def abstract_span(page: Page, kinds: list[Feature], first: int, stop: int) -> tuple[Span, int] | None:
    """The abstract among the blocks ``first`` to ``stop``, and one past its last block."""
    labelled = [index for index in range(first, stop) if kinds[index].kind == "abstract"]
    labelled = [index for index in labelled if not TEASER.match(page.blocks[index].text)] or labelled
    index = labelled[0] + 1 if labelled else first
    stop = stop if labelled else min(stop, first + _FURTHEST)
    while index < stop:
        index = past_machine(page, kinds, index, stop)
        block = page.blocks[index]
        kind = kinds[index].kind
        if (
            kind == "heading"
            and not labelled
            and any(kinds[other].kind == "prose" for other in range(first, index))
        ):
            return None
        if "©" in block.flat:
            return None
        short = kind == "short" and looks_prose(block.text, 40) and _is_closing_sentence(block)
        short = short and not is_issue_line(block.flat)
        stands = labelled != [] or (index == first and speaks_of_research(block.text))
        short = short and (len(block.flat) >= _SHORTEST or stands)
        inline = (
            kind == "short" and ABSTRACT_LABEL.match(block.text) is not None and _is_closing_sentence(block)
        )
        if kind == "prose" or (short and not is_affiliation(block.flat)) or inline:
            whole = whole_abstract(page, kinds, index, stop) if TEASER.match(block.text) else None
            index = index if whole is None else whole
            end = prose_run(page, kinds, index, stop)
            return (after_abstract_label(page.blocks[index]), page.blocks[end - 1].end), end
        index += 1
    return None


def read_starts(page: Page, kinds: list[Feature], starts: list[Start]) -> list[Found]:
    """The records that begin at ``starts``; one that has neither abstract nor two authors is none."""
    records: list[Found] = []
    crowd = sum(1 for start in starts if len(_authors(page, kinds, start, len(kinds))) > 1)
    for number, start in enumerate(starts):
        stop = starts[number + 1].first if number + 1 < len(starts) else len(page.blocks)
        after_names = start.after
        if number + 1 == len(starts) > _FEW:
            stop = _end_of_list(page, kinds, start, stop)
        found = abstract_span(page, kinds, after_names, stop)
        authors = _authors(page, kinds, start, stop)
        above = bool(start.names) and start.names.stop == start.title and not _is_invited(page, start, _NEAR)
        below = start.names.start == start.title + 1 and not _is_invited(page, start, 1)
        listed = crowd > 1 and (above or below)
        if found is None and len(authors) < (1 if listed and _is_long(page.blocks[start.title]) else 2):
            continue
        if crowd == 0 and len(authors) == 1 and found and not _is_about(page, start, found[0]):
            continue
        if (
            found
            and number + 1 == len(starts) > _FEW
            and not _is_like(page, records, start, found[0])
            and not _takes_up(page, start, found[0])
        ):
            found = None
        last = found[1] if found else after_names
        while last < stop and kinds[last].kind in {"furniture", "short"} and "http" in page.blocks[last].flat:
            last += 1
        header = page.blocks[after_names - 1].end
        between = " ".join(
            page.blocks[index].flat
            for index in range(start.title + 1, min(stop, after_names + 3))
            if kinds[index].kind in {"furniture", "names", "short"}
            and len(page.blocks[index].flat) < _LONGEST_FIELD
            and page.blocks[index].end <= (found[0][0] if found else header)
        )
        date = find_date(between)
        venue, year = _venue(kinds, start)
        if venue is None and len(starts) == 1:
            venue, year = labelled_venue(page, range(start.after, stop))
        records.append(
            Found(
                extent=(page.blocks[start.first].start, page.blocks[last - 1].end),
                title=title_span(page.blocks[start.title]),
                abstract=found[0] if found else None,
                authors=authors,
                venue=venue,
                date=date,
                year=year or (find_year(date) if date else None),
            )
        )
    return records


def _end_of_list(page: Page, kinds: list[Feature], start: Start, stop: int) -> int:
    """Where the last record of a list ends: at a heading above the level of its title."""
    own = page.blocks[start.title].level or _LOWEST
    for index in range(start.after, stop):
        level = page.blocks[index].level
        if 0 < level < own and level <= _FEW and kinds[index].kind != "abstract":
            return index
    return stop


def _is_invited(page: Page, start: Start, near: int) -> bool:
    """Whether one of the ``near`` lines above says that the talk is an invited one."""
    lines = page.blocks[max(0, start.first - near) : start.first]
    return any(_INVITED.search(block.flat) and len(block.flat) < _LONGEST_FIELD for block in lines)


def _is_like(page: Page, records: list[Found], start: Start, abstract: Span) -> bool:
    """Whether the last abstract of a page stands right below its byline, and all others have one too."""
    return bool(start.names) and (
        start.after < len(page.blocks)
        and abstract[0] <= page.blocks[start.after].start + _LABEL
        and abstract[0] >= page.blocks[start.after].start
        and all(record.abstract for record in records)
    )


def _takes_up(page: Page, start: Start, abstract: Span) -> bool:
    """Whether the last prose of a page is an abstract of the last title and not about the site."""
    return belongs(page.blocks[start.title].flat, page.text[abstract[0] : abstract[1]], shared=0) or bool(
        set(re.findall(r"[^\W\d_]{5,}", page.blocks[start.title].flat.lower()))
        & set(re.findall(r"[^\W\d_]{5,}", page.text[abstract[0] : abstract[1]].lower()))
    )


def _is_long(title: Block) -> bool:
    return len(title.flat.split()) >= 5 or sum(1 for letter in title.flat if letter > "\u2fff") >= _LONG_WIDE


def _is_about(page: Page, start: Start, abstract: Span) -> bool:
    """Whether what one name signs is research and no contribution to a forum."""
    return belongs(page.blocks[start.title].flat, page.text[abstract[0] : abstract[1]], shared=2)


def _venue(kinds: list[Feature], start: Start) -> tuple[str | None, int | None]:
    """Venue and year where the byline names them behind the names."""
    for index in start.names:
        names = kinds[index].names
        if names is not None and names.venue:
            parts = [part for part in _DOTS.split(names.venue) if not is_subject(part)]
            dated = [part for part in parts if find_date(part) and len(part) < _SHORT_DATE]
            told = next((part for part in parts if part not in dated), "")
            venue, year = venue_of(told)
            return venue, year or find_year(" ".join(dated))
    last = kinds[start.names[-1]].names if start.names else None
    note = last.authors[-1].affiliation if last is not None else None
    if note and find_year(note) and is_venue_line(note):
        return split_venue(note)
    return None, None


def labelled_venue(page: Page, blocks: range) -> tuple[str | None, int | None]:
    """Venue and year from the labels below the record of a page that has one record."""
    venue, year = None, None
    for index in blocks:
        text = page.blocks[index].text
        remark = REMARK.match(text) if len(text) < _LONGEST_REMARK else None
        if remark is not None:
            named, own = accepted_at(text[remark.end() :])
            venue, year = (named, own) if named and not venue else (venue, year)
            continue
        label = LABEL.match(text) if len(text) < _LONGEST_FIELD else None
        field = field_of(label) if label else None
        if label is None or field not in {"venue", "year", "date"}:
            continue
        value = text[label.end() :]
        if field == "venue":
            named, own = split_venue(value)
            venue, year = venue or named, year or own
        else:
            year = year or find_year(value)
    return venue, year


def _is_broken(page: Page, index: int, last: str) -> bool:
    """Whether a name was broken at the end of a line: its first word ends the line above."""
    above = page.blocks[index - 1].flat
    return page.blocks[index].gap == 0 and " " not in last and "," in above and above.endswith(last)


def _authors(page: Page, kinds: list[Feature], start: Start, stop: int) -> tuple[Authorship, ...]:
    """The names of the byline blocks; an institution on the line below belongs to those that have none."""
    authors: list[Authorship] = []
    for index in start.names:
        names = kinds[index].names
        added = names.authors if names else ()
        if authors and added and _is_broken(page, index, authors[-1].name):
            joined = f"{authors.pop().name} {added[0].name}"
            added = (replace(added[0], name=joined), *added[1:])
        authors += added
    below = start.after
    if authors and below < stop and kinds[below].kind == "short":
        flat = page.blocks[below].flat
        if len(flat) < 200 and is_affiliation(flat) and not flat.endswith("."):
            authors = [
                author if author.affiliation else Authorship(name=author.name, affiliation=flat)
                for author in authors
            ]
    return tuple(authors)
