"""A PDF -> its pages as lines in reading order, without what is printed around the text.

Taken off and kept apart: running heads and feet (the same piece at the same height of two pages), page
numbers, line numbers of submissions (numbers in one column that grow with the lines), text in another
direction than the page's (the stamp of arXiv in the margin, watermarks), text outside the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

import pypdfium2 as pdfium

from kg.readers.pdf_layout import Line, reading_order
from kg.readers.pdf_lines import Piece, pieces
from kg.readers.pdf_words import MAX_PAGE_CHARS, PageWords, Word, page_words

__all__ = ["MAX_CHARS", "MAX_PAGES", "Page", "Pages", "read_pages"]

MAX_PAGES = 2000
MAX_CHARS = 20_000_000
_MAX_NOTES = 20
_EDGE_LINES = 3
_NUMBER = re.compile(r"\d{1,5}")
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:page|seite|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von)\s*\d{1,5})?[-–—|\s]*",
    re.IGNORECASE,
)
_FEWEST_NUMBERS = 8


@dataclass(slots=True)
class Page:
    """A page: its lines in reading order, what was taken off it, and its size in points."""

    lines: list[Line]
    around: list[str]
    width: float
    height: float


@dataclass(slots=True)
class Pages:
    """The pages of a document, how many it has in all, notes on those that are not read, and the number of
    characters, and of those in fonts that do not say what they show."""

    pages: list[Page] = field(default_factory=list)
    total: int = 0
    notes: list[str] = field(default_factory=list)
    characters: int = 0
    unknown: int = 0


@dataclass(slots=True)
class _Sheet:
    parts: list[Piece]
    around: list[str]
    width: float
    height: float


def read_pages(document: pdfium.PdfDocument) -> Pages:
    """Every page up to MAX_PAGES and MAX_CHARS; a page that cannot be read is a note and an empty page."""
    found = Pages(total=len(document))
    sheets = list(_sheets(document, found))
    repeated = _repeated(sheets)
    for number, sheet in enumerate(sheets):
        kept, heads = [], list(sheet.around)
        for part, place in _with_place(sheet):
            if place and (_key(part, place) in repeated or _PAGE_NUMBER.fullmatch(part.text)):
                heads.append(part.text)
            else:
                kept.append(part)
        sheets[number] = replace(sheet, parts=[])
        found.pages.append(Page(reading_order(kept, sheet.width), heads, sheet.width, sheet.height))
    return found


def _sheets(document: pdfium.PdfDocument, found: Pages) -> Iterator[_Sheet]:
    bad: list[int] = []
    for number in range(found.total):
        if number >= MAX_PAGES or found.characters > MAX_CHARS:
            found.notes.append(f"pages {number + 1} to {found.total} are not read: too long a document")
            break
        try:
            page = document[number]
            try:
                words = page_words(page)
            finally:
                page.close()
        except pdfium.PdfiumError:
            bad.append(number + 1)
            yield _Sheet([], [], 0.0, 0.0)
            continue
        if words.unknown > MAX_PAGE_CHARS:
            found.notes.append(f"page {number + 1}: more than {MAX_PAGE_CHARS} characters; it is not read")
        found.characters += sum(len(word.text) for word in words.words)
        found.unknown += words.unknown
        yield _sheet(words)
    found.notes += [f"page {number}: damaged, it cannot be read" for number in bad[:_MAX_NOTES]]
    if len(bad) > _MAX_NOTES:
        found.notes.append(f"and {len(bad) - _MAX_NOTES} more")


def _sheet(page: PageWords) -> _Sheet:
    turns: Counter[int] = Counter()
    for word in page.words:
        turns[word.turn] += len(word.text)
    main = max(turns.items(), key=lambda item: (item[1], -item[0]))[0] if turns else 0
    other = [word for word in page.words if word.turn != main]
    width, height = (page.height, page.width) if main in {2, 6} else (page.width, page.height)
    words = [word for word in page.words if word.turn == main and _is_inside(word, width, height)]
    numbers = _line_numbers(words)
    parts = pieces(word for word in words if id(word) not in numbers)
    return _Sheet(parts, [text for text in _sideways(other) if text], width, height)


def _is_inside(word: Word, width: float, height: float) -> bool:
    return width <= 0 or (-2 <= word.x0 <= width + 2 and -2 <= word.y <= height + 2)


def _sideways(words: list[Word]) -> list[str]:
    """The texts in other directions, one for each direction and edge of the page."""
    lines: dict[tuple[int, int], list[str]] = defaultdict(list)
    for word in words:
        lines[word.turn, round(word.y / 4)].append(word.text)
    return [" ".join(texts) for texts in lines.values()]


def _line_numbers(words: list[Word]) -> set[int]:
    """The words (by identity) that number the lines of a submission."""
    columns: dict[tuple[str, int], list[tuple[float, int, Word]]] = defaultdict(list)
    for word, following in zip_longest(words, words[1:]):
        alone = not word.glued and (following is None or not following.glued)
        if alone and _NUMBER.fullmatch(word.text):
            columns["right", round(word.x1 / 3)].append((-word.y, int(word.text), word))
            columns["left", round(word.x0 / 3)].append((-word.y, int(word.text), word))
    found: set[int] = set()
    edges = sorted(word.x0 for word in words)
    low, high = (edges[len(edges) // 20], edges[-1 - len(edges) // 20]) if edges else (0.0, 0.0)
    for column in columns.values():
        if len(column) < _FEWEST_NUMBERS:
            continue
        column.sort(key=lambda item: (item[0], item[1]))
        steps = [(after - before, b - a) for (a, before, _), (b, after, _) in pairwise(column)]
        rises = [gap / step for step, gap in steps if step > 0]
        if len(rises) < 0.8 * len(steps):
            continue
        usual = sorted(rises)[len(rises) // 2]
        even = sum(1 for pitch in rises if abs(pitch - usual) <= 0.25 * abs(usual) + 0.5)
        common = Counter(step for step, _ in steps).most_common(1)[0]
        outside = column[0][2].x1 <= low + 12 or column[0][2].x0 >= high - 12
        counting = outside and common[0] in {1, 5, 10} and common[1] >= 0.8 * len(steps)
        if usual > 0 and (even >= 0.7 * len(rises) or counting):
            found |= {id(word) for *_, word in column}
    return found


def _with_place(sheet: _Sheet) -> Iterator[tuple[Piece, str]]:
    """Every piece, and "top" or "bottom" where it stands in the outermost lines."""
    heights = sorted({round(part.y / 2) for part in sheet.parts})
    low, high = heights[:_EDGE_LINES], heights[-_EDGE_LINES:]
    for part in sheet.parts:
        height = round(part.y / 2)
        place = "top" if height >= high[0] else "bottom" if height <= low[-1] else ""
        inner = 0.2 * sheet.height < part.y < 0.8 * sheet.height
        yield part, "" if inner else place


def _key(part: Piece, place: str) -> tuple[str, str, int]:
    return place, re.sub(r"\d+", "#", part.text.casefold()), round(part.size)


def _repeated(sheets: list[_Sheet]) -> set[tuple[str, str, int]]:
    """The running heads and feet: pieces that stand at one height of two pages at least."""
    heights: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    for sheet in sheets:
        for key, part in {_key(part, place): part for part, place in _with_place(sheet) if place}.items():
            heights[key].append(part.y)
    found = set()
    for key, ys in heights.items():
        near = Counter(round(y / 4) for y in ys)
        if max(near[k] + near[k + 1] for k in near) > 1:
            found.add(key)
    return found
