"""A text as blocks: paragraphs and headings with their offsets, hard-wrapped lines put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.readers.labelled import LABEL, field_of
from kg.readers.name_lists import name_list
from kg.readers.names import names_at
from kg.text import collapse

__all__ = ["Block", "Line", "Mark", "Page", "make_page", "split_lines"]

_BLANKS = dict.fromkeys((0xA0, 0x2007, 0x202F), " ")  # blanks that do not break, character for character
_LONGEST_WRAPPED = 240
_LONG_WORD = 16
_LONGEST_MENU = 40
_OFTEN = 3
_ONE_NAME = re.compile(r"(?:[^\W\d_a-z][\w.'’-]+ ){1,3}[^\W\d_a-z][\w'’-]+ ?,?")
_LABELLED = re.compile(r"\[(?:[A-Z]{1,3}-?)?\d{1,4}\]\s+\S")
_LETTER = re.compile(r"\w")
_BY = re.compile(r"\s*by\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[“«„\"][^“”\"«»\n]{15,300}[”»“\"][.,]?")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?", re.IGNORECASE)
_LONGEST_TIME = 60
_FEW_LINES = 30
_LEAST_LINES = 2
_ADDRESS = re.compile(r"<?https?://\S{1,2000}|[^<>\n]{0,60}<https?://[^<>\s]{1,2000}>")
_TIMED = re.compile(r"\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?\s?(?:[-–—]|to)\s?\d{1,2}[:.]\d\d", re.IGNORECASE)
_OF_THEIR_OWN = frozenset({"abstract", "code", "keywords", "categories"})
_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``text[start:end]`` of a page, trimmed. ``level`` is 1 to 6 for headings, ``gap`` the empty lines
    before it.

    ``whole`` says that the line is a paragraph of its own whatever follows it (list items, cells, headings).
    ``item`` is the number of the list item it stands in (0: none), ``row`` that of the table row and
    ``column`` its column, ``role`` what the markup says it is ("title", "authors", ...; "" mostly),
    ``broken`` that a hard break ends it.
    """

    start: int
    end: int
    level: int = 0
    gap: int = 0
    whole: bool = False
    item: int = 0
    row: int = 0
    column: int = 0
    role: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """``text[start:end]`` of a page is ``link``, ``bold``, ``italic`` or ``quote``; ``href`` of a link."""

    start: int
    end: int
    kind: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or heading: the raw slice of the page and the same with white space collapsed."""

    start: int
    end: int
    text: str
    flat: str
    level: int = 0
    gap: int = 0
    item: int = 0
    row: int = 0
    column: int = 0
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The text that the offsets of ``blocks`` point into, with every kind of blank as a blank.

    ``marks`` are its links and emphasis in order of their start; ``about`` is what the document says of
    itself outside its text (the title of an HTML page).
    """

    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    about: tuple[str, ...] = ()


def split_lines(text: str) -> list[Line]:
    """The lines that are not blank, trimmed; CR, LF, CRLF and the Unicode breaks all end a line."""
    lines: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        breaks = sum(1 for _ in _BREAK.finditer(text, last, match.start()))
        gap = max(breaks - 1, 0) if lines else breaks
        lines.append(Line(start=start, end=start + len(stripped), gap=gap))
        last = match.end()
    return lines


def make_page(
    text: str,
    lines: Iterable[Line] | None = None,
    *,
    joined: bool = False,
    marks: tuple[Mark, ...] = (),
    about: tuple[str, ...] = (),
) -> Page:
    """The blocks of a text; ``lines`` come from a reader that knows more than line ends, such as Markdown's.

    ``joined`` says that only an empty line or a block of another kind ends a paragraph.
    """
    text = text.translate(_BLANKS)
    given = _with_menus_apart(text, split_lines(text) if lines is None else lines)
    width = _wrap_width(text, given)
    widths = _run_widths(given, width)
    hanging = _hanging(text, given)
    blocks: list[Block] = []
    index = 0
    while index < len(given):
        stop = index + 1
        while stop < len(given) and (
            stop in hanging or _continues(text, given[stop - 1], given[stop], 1 if joined else widths[stop])
        ):
            stop += 1
        first, last = given[index], given[stop - 1]
        raw = text[first.start : last.end]
        blocks.append(
            Block(
                start=first.start,
                end=last.end,
                text=raw,
                flat=collapse(raw),
                level=first.level,
                gap=first.gap,
                item=first.item,
                row=first.row,
                column=first.column,
                role=first.role,
            )
        )
        index = stop
    return Page(text=text, blocks=tuple(blocks), marks=marks, about=about)


def _with_menus_apart(text: str, lines: Iterable[Line]) -> list[Line]:
    """The lines; short ones that come again and again (a menu of each record) are paragraphs of their own."""
    given = list(lines)
    counts = Counter(text[line.start : line.end] for line in given)
    return [
        replace(line, whole=True)
        if line.end - line.start < _LONGEST_MENU and counts[text[line.start : line.end]] >= _OFTEN
        else line
        for line in given
    ]


def _wrap_width(text: str, lines: list[Line]) -> int:
    """The column at which the text is hard-wrapped; 0 where it is not."""
    lines = [line for line in lines if not _ADDRESS.fullmatch(text, line.start, line.end)]
    lengths = sorted(line.end - line.start for line in lines if not line.whole)
    total = sum(lengths)
    if not total or sum(length for length in lengths if length > 140) > 0.2 * total:
        return 0
    joined = [a.end - a.start for a, b in pairwise(lines) if b.gap == 0 and not b.whole]
    full = [length for length in joined if length > 45]
    if len(full) < _LEAST_LINES:
        return 0
    width = sorted(full)[int(0.97 * (len(full) - 1))]
    near = sum(1 for length in full if width + _LONG_WORD >= length >= width - _LONG_WORD)
    least = 0.6 if len(full) < _FEW_LINES else 0.4
    return width if near >= least * len(full) else 0


def _run_widths(lines: list[Line], width: int) -> list[int]:
    """For each line the width of the run of lines without a gap that it stands in: titles are set
    narrower."""
    widths = [0] * len(lines)
    if not width:
        return widths
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].gap:
            longest = max(line.end - line.start for line in lines[start:index])
            widths[start:index] = [min(width, longest) if longest * 2 >= width else 0] * (index - start)
            start = index
    return widths


def _continues(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether the second line goes on where the first was wrapped: its first word would not have fitted."""
    second = text[following.start : following.end]
    if not _may_join(text, line, following):
        return False
    if _is_label_of(text[line.start : line.end], second, following.gap):
        return True
    if _is_quoted_title(text[line.start : line.end], second):
        return False
    if following.gap or line.whole or following.whole or line.broken:
        return False
    if _goes_on(text[line.start : line.end], second):
        return True
    return _is_wrapped(text, line, following, width)


def _is_quoted_title(first: str, second: str) -> bool:
    """Whether either line is a title in quotes: the second whole, or the first with a byline below it."""
    if _QUOTED.fullmatch(second):
        return True
    return _BY.match(second) is not None and _QUOTED.fullmatch(first) is not None


def _may_join(text: str, line: Line, following: Line) -> bool:
    """Whether two lines stand in the same item, cell and role, and the second is no address or entry."""
    second = text[following.start : following.end]
    if line.level or following.level or line.item != following.item or line.role != following.role:
        return False
    if (line.row, line.column) != (following.row, following.column) or _LABELLED.match(second):
        return False
    if _CLOCK.fullmatch(second):
        return False
    if second.startswith("<http") or _ADDRESS.fullmatch(text, line.start, line.end):
        return False
    if second.startswith("http") and _is_byline(text[line.start : line.end]):
        return False
    return bool(_LETTER.search(text, line.start, line.end) and _LETTER.search(second))


def _is_wrapped(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether the first line is full, so that the second goes on with it."""
    second = text[following.start : following.end]
    length = line.end - line.start
    if length < _LONGEST_TIME and second[0].isupper() and _TIMED.match(text, line.start, line.end):
        return False
    if not width or length > _LONGEST_WRAPPED or (width > 1 and length > width + _LONG_WORD):
        return False
    first = text[line.start : line.end]
    if first.count("(") > first.count(")") and ")" in second and LABEL.match(second) is None:
        return True
    first_word = len(second.split(None, 1)[0])
    if length + 1 + first_word < width - 1 and length < width - 14:
        return False
    if second[0].isupper() and LABEL.match(second):
        return False
    if second[0].islower() or not second[0].isalpha():
        return True
    if first.endswith((",", ";", "·", " and")):
        return True
    if _is_byline(first):
        return _is_byline(second) or _is_byline(f"{first} {second}")
    return not _is_byline(second)


def _hanging(text: str, lines: list[Line]) -> set[int]:
    """The numbers of the lines that are set further in than the entry they go on ("[3] A. Ruiz, L. Wei and
    ...")."""
    found: set[int] = set()
    entry: int | None = None
    for number, line in enumerate(lines):
        margin = line.start - 1 - text.rfind("\n", 0, line.start)
        label = _LABELLED.match(text, line.start, line.end)
        if label is not None:
            entry = margin if _opens_byline(text[label.end() - 1 : line.end]) else None
        elif entry is not None and line.gap == 0 and margin > entry:
            found.add(number)
        else:
            entry = None
    return found


def _is_label_of(first: str, second: str, gap: int) -> bool:
    """Whether a line is nothing but "Authors:" or the like, and the next line is its value."""
    label = LABEL.fullmatch(first) if len(first) < 60 else None
    if label is None or gap > 2 or field_of(label) in _OF_THEIR_OWN or LABEL.match(second):
        return False
    return len(second) < _LONGEST_WRAPPED or field_of(label) == "authors"


def _goes_on(first: str, second: str) -> bool:
    """Whether a list of names was broken at a separator."""
    if (
        second.startswith((", ", ",\t", "; ", "· "))
        and len(second) < _LONGEST_WRAPPED
        and not second[2:3].isdigit()
    ):
        return True
    if not first.endswith((",", ";", "·")):
        return False
    label = LABEL.match(first)
    listed = _is_byline(first[label.end() if label else 0 :].rstrip(",;· "))
    return listed and (_opens_byline(second) or _ONE_NAME.fullmatch(second) is not None)


def _opens_byline(text: str) -> bool:
    names = names_at(text, 0)
    return names is not None and names.score >= 0.5 and len(text) - names.end < 40


def _is_byline(text: str) -> bool:
    names = name_list(_BY.sub("", text, count=1) if text[:4].strip().lower() == "by" else text)
    return names is not None and names.score >= 0.55
