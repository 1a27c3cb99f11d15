"""Delimited text (CSV, TSV, semicolons, bars) -> rows of cells, with the line where each begins.

The standard library's csv does the splitting; what it cannot know is done around it: the delimiter, Excel's
``sep=;`` line, and a quotation mark that never closes, which costs the row it stands in and no other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = ["Row", "delimiter_of", "read_rows"]

_SEP = re.compile(r"\A\ufeff?\"?sep=([,;\t|])\"?[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)
_DELIMITERS = ("\t", ";", ",", "|")
_SAMPLE_ROWS = 25
_MAX_CELL = 500_000
_MAX_RESTARTS = 40
_HEAD = 100_000

# csv has one limit for all; its own, 131,072, is less than the full texts that some tables hold
csv.field_size_limit(max(csv.field_size_limit(), _MAX_CELL))


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, the line where it begins (from 1), how many lines it takes, and what is wrong."""

    cells: tuple[str, ...]
    line: int
    lines: int = 1
    problem: str = ""


def delimiter_of(text: str) -> str:
    """The delimiter under which the first rows have most often the same number of cells, more than one; ""
    where there is none.

    >>> delimiter_of("a;b\\n1,5;2\\n3,5;4\\n"), delimiter_of("one line\\nanother\\n")
    (';', '')
    """
    given = _SEP.match(text)
    if given:
        return given[1]
    best, best_score = "", 0.0
    for delimiter in _DELIMITERS:
        if delimiter not in text:
            continue
        rows = []
        for row in read_rows(text, delimiter):
            if any(row.cells):
                rows.append(row)
            if len(rows) >= _SAMPLE_ROWS:
                break
        widths = [len(row.cells) for row in (rows[:-1] if len(rows) > 1 else rows)]
        if not widths:
            continue
        width = max(set(widths), key=lambda value: (widths.count(value), value))
        share = widths.count(width) / len(widths)
        points = share * min(width, 12) ** 0.5 if width > 1 and share > 0.5 else 0.0
        if points > best_score:
            best, best_score = delimiter, points
    return best


def read_rows(text: str, delimiter: str, *, width: int = 0) -> Iterator[Row]:
    """The rows in their order; ``width`` is the number of cells to expect, 0 where that is not known.

    A row that runs over lines and has not the expected number of cells, or a cell larger than 500,000
    characters, is taken for a quotation mark that never closes: its first line is given with a problem, and
    reading goes on with its second. After forty of these quotation marks count as letters.
    """
    quoting: Literal[0, 3] = 3 if delimiter == "\t" and not _quotes_cells(text) else 0
    given = _SEP.match(text)
    offset = given.end() if given else 1 if text.startswith("\ufeff") else 0
    done = 1 if given else 0
    for _ in range(_MAX_RESTARTS):
        restart = yield from _read(text, (offset, done), delimiter, width, quoting)
        if restart is None:
            return
        offset, done = restart
    for number, line in enumerate(_Lines(text, offset), done + 1):
        yield Row(tuple(line.rstrip("\r\n").split(delimiter)), number)


def _read(
    text: str, place: tuple[int, int], delimiter: str, width: int, quoting: Literal[0, 3]
) -> Generator[Row, None, tuple[int, int] | None]:
    """Rows from a place (offset, lines before it) until a quotation mark runs away; then where to go on."""
    lines, done = _Lines(text, place[0]), place[1]
    reader = csv.reader(lines, delimiter=delimiter, quoting=quoting)
    while True:
        first, start = lines.number, lines.start_of_next()
        too_long = False
        try:
            cells = next(reader, None)
        except csv.Error:
            cells, too_long = [], True
        if cells is None:
            return None
        taken = lines.number - first
        if too_long or (taken > 1 and width and len(cells) != width):
            end = text.find("\n", start) + 1
            end = end or len(text)
            plain = text[start:end].rstrip("\r\n").split(delimiter)
            if len(plain) == width:
                yield Row(tuple(cell.strip('"') for cell in plain), done + first + 1)
                return end, done + first + 1
            ragged = abs(len(cells) - width) < 3 and taken < 40 and len(cells) > 2 and lines.more()
            if too_long or not ragged:
                yield Row(
                    (text[start:end].rstrip("\r\n"),), done + first + 1, 1, "a quotation mark never closes"
                )
                return end, done + first + 1
        if taken == 1 and width and len(cells) != width and delimiter == "\t":
            plain = text[start : lines.start_of_next()].rstrip("\r\n").split(delimiter)
            cells = plain if len(plain) == width else cells
        yield Row(tuple(cells), done + first + 1, taken)


def _quotes_cells(text: str) -> bool:
    """Whether quotation marks enclose the cells of a table between tabs, as Excel has it, or are letters, as
    Web of Science has it."""
    cells = [cell for line in text[:_HEAD].splitlines() for cell in line.split("\t") if cell[:1] == '"']
    return sum(len(cell) > 1 and cell[-1] == '"' for cell in cells) * 5 >= len(cells) * 4


class _Lines:
    """The physical lines of a text for csv.reader, with the place of the next one."""

    __slots__ = ("_at", "_text", "number")

    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._at = offset
        self.number = 0

    def start_of_next(self) -> int:
        return self._at

    def more(self) -> bool:
        return self._at < len(self._text)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._at >= len(self._text):
            raise StopIteration
        end = self._text.find("\n", self._at) + 1 or len(self._text)
        line = self._text[self._at : end].replace("\0", "")
        self._at = end
        self.number += 1
        return line
