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

__all__ = ["Block", "Line", "Page", "make_page", "split_lines"]

_BLANKS = dict.fromkeys((0xA0, 0x2007, 0x202F), " ")  # blanks that do not break, character for character
_LONGEST_WRAPPED = 240
_LONG_WORD = 16
_LONGEST_MENU = 40
_OFTEN = 3
_OF_THEIR_OWN = frozenset({"abstract", "code", "keywords", "categories"})
_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``text[start:end]`` of a page, trimmed. ``level`` is 1 to 6 for headings, ``gap`` the empty lines
    before it.

    ``whole`` says that the line is a paragraph of its own whatever follows it (list items, cells, headings).
    """

    start: int
    end: int
    level: int = 0
    gap: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or heading: the raw slice of the page and the same with white space collapsed."""

    start: int
    end: int
    text: str
    flat: str
    level: int = 0
    gap: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The text that the offsets of ``blocks`` point into, with every kind of blank as a blank."""

    text: str
    blocks: tuple[Block, ...]


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


def make_page(text: str, lines: Iterable[Line] | None = None, *, joined: bool = False) -> Page:
    """The blocks of a text; ``lines`` come from a reader that knows more than line ends, such as Markdown's.

    ``joined`` says that only an empty line or a block of another kind ends a paragraph.
    """
    text = text.translate(_BLANKS)
    given = _with_menus_apart(text, split_lines(text) if lines is None else lines)
    width = _wrap_width(given)
    widths = _run_widths(given, width)
    blocks: list[Block] = []
    index = 0
    while index < len(given):
        stop = index + 1
        while stop < len(given) and _continues(
            text, given[stop - 1], given[stop], 1 if joined else widths[stop]
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
            )
        )
        index = stop
    return Page(text=text, blocks=tuple(blocks))


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


def _wrap_width(lines: list[Line]) -> int:
    """The column at which the text is hard-wrapped; 0 where it is not."""
    lengths = sorted(line.end - line.start for line in lines if not line.whole)
    total = sum(lengths)
    if not total or sum(length for length in lengths if length > 140) > 0.2 * total:
        return 0
    joined = [a.end - a.start for a, b in pairwise(lines) if b.gap == 0 and not b.whole]
    full = [length for length in joined if length > 45]
    if not full:
        return 0
    width = sorted(full)[int(0.97 * (len(full) - 1))]
    near = sum(1 for length in full if length >= width - _LONG_WORD)
    return width if near * 3 >= len(full) else 0


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
    if line.level or following.level:
        return False
    second = text[following.start : following.end]
    if _is_label_of(text[line.start : line.end], second, following.gap):
        return True
    if following.gap or line.whole or following.whole:
        return False
    if _goes_on(text[line.start : line.end], second):
        return True
    length = line.end - line.start
    if not width or length > _LONGEST_WRAPPED:
        return False
    first_word = len(second.split(None, 1)[0])
    if length + 1 + first_word < width - 1 and length < width - 14:
        return False
    if second[0].isupper() and LABEL.match(second):
        return False
    if second[0].islower() or not second[0].isalpha():
        return True
    first = text[line.start : line.end]
    if first.endswith((",", ";", "·", " and")):
        return True
    if _is_byline(first):
        return _is_byline(second) or _is_byline(f"{first} {second}")
    return not _is_byline(second)


def _is_label_of(first: str, second: str, gap: int) -> bool:
    """Whether a line is nothing but "Authors:" or the like, and the next line is its value."""
    label = LABEL.fullmatch(first) if len(first) < 60 else None
    if label is None or gap > 2 or field_of(label) in _OF_THEIR_OWN or LABEL.match(second):
        return False
    return len(second) < _LONGEST_WRAPPED or field_of(label) == "authors"


def _goes_on(first: str, second: str) -> bool:
    """Whether a list of names was broken at a separator."""
    if second.startswith((", ", ",\t", "; ", "· ")) and len(second) < _LONGEST_WRAPPED:
        return True
    if not first.endswith((",", ";", "·")):
        return False
    label = LABEL.match(first)
    return _is_byline(first[label.end() if label else 0 :].rstrip(",;· ")) and _opens_byline(second)


def _opens_byline(text: str) -> bool:
    names = names_at(text, 0)
    return names is not None and names.score >= 0.5 and len(text) - names.end < 40


def _is_byline(text: str) -> bool:
    names = name_list(text)
    return names is not None and names.score >= 0.55
