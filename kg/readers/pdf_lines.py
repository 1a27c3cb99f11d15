"""The words of a page -> pieces of lines: words side by side on one baseline.

Words come in the order of the page's content, where a line of a column is one run; a gap wider than any
justified blank begins a new piece, so the cells of a table, the columns of a page and the authors of a grid
stay apart. Raised marks are kept apart inside a piece: a superscript is an exponent in running text and a
footnote mark behind a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.readers.pdf_words import Word

__all__ = ["Piece", "joined", "pieces"]

_GAP = 1.35
_SAME_BASELINE = 0.18
_SMALLER = 0.88
_BLANK = 0.1
_SUPERSCRIPTS = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_RAISED_WORD = re.compile(r"[^\W\d_]{2}")
_EXPONENT = re.compile(r"[+\-−]?\d{1,3}")
EAST = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")


@dataclass(slots=True)
class Piece:
    """Words on one baseline. ``size`` and ``bold`` are those of most of its characters, ``text`` has raised
    exponents as superscript characters, ``plain`` leaves every raised mark out."""

    words: list[Word]
    raised: list[bool]
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    text: str
    plain: str

    @property
    def top(self) -> float:
        return self.y + 0.75 * self.size

    @property
    def bottom(self) -> float:
        return self.y - 0.25 * self.size


@dataclass(slots=True)
class _Open:
    words: list[Word]
    y: float
    size: float
    x1: float


def pieces(words: Iterable[Word]) -> list[Piece]:
    """The pieces of lines of upright words, in the order of the content."""
    found: list[_Open] = []
    now: _Open | None = None
    for word in words:
        if now is None or not _takes(now, word):
            now = _Open([word], word.y, word.size, word.x1)
            found.append(now)
        else:
            now.words.append(word)
            if word.size > now.size and abs(word.y - now.y) > _SAME_BASELINE * word.size:
                now.y = word.y  # a mark stood before the line
            now.size = max(now.size, word.size)
            now.x1 = max(now.x1, word.x1)
    return [_piece(item) for item in found]


def _takes(line: _Open, word: Word) -> bool:
    size = max(line.size, word.size)
    gap = word.x0 - line.x1
    if not -0.6 * size <= gap <= _GAP * size:
        return False
    rise = word.y - line.y
    if abs(rise) <= _SAME_BASELINE * size:
        return True
    if word.size <= _SMALLER * line.size:
        return -0.4 * line.size <= rise <= 0.7 * line.size
    return line.size <= _SMALLER * word.size and -0.7 * word.size <= rise <= 0.4 * word.size


def joined(parts: list[Piece]) -> Piece:
    """Pieces of one line, left to right, as one."""
    if len(parts) == 1:
        return parts[0]
    words = [word for part in parts for word in part.words]
    largest = max(parts, key=lambda part: (part.size, part.x1 - part.x0))
    return _piece(_Open(words, largest.y, largest.size, parts[-1].x1))


def _piece(line: _Open) -> Piece:
    sizes: Counter[float] = Counter()
    heavy = length = 0
    for word in line.words:
        sizes[round(word.size, 1)] += 1 + 10 * sum(1 for c in word.text if c.isalpha())
        heavy += len(word.text) if word.bold else 0
        length += len(word.text)
    size = _main_size(sizes) or line.size
    base = next((w.y for w in line.words if abs(w.size - size) < 0.1 and abs(w.y - line.y) < size), line.y)
    raised = [w.size <= _SMALLER * size and w.y - base > 0.15 * size for w in line.words]
    text, plain = _texts(line.words, raised)
    return Piece(
        words=line.words,
        raised=raised,
        x0=line.words[0].x0,
        x1=line.x1,
        y=base,
        size=size,
        bold=heavy * 2 > length,
        text=text,
        plain=plain,
    )


def _main_size(sizes: Counter[float]) -> float:
    """The size of most characters; a larger one of a fair share counts, the rest are its raised marks."""
    usual = max(sizes.items(), key=lambda item: (item[1], item[0]))[0]
    fair = 0.25 * sum(sizes.values())
    return max((size for size, count in sizes.items() if count >= fair), default=usual)


def _texts(words: list[Word], raised: list[bool]) -> tuple[str, str]:
    text, plain = "", ""
    before: Word | None = None
    marks = ""
    gap = ""
    for word, up in zip(words, raised, strict=True):
        blank = " " if before is not None and _blank_between(before, word) else ""
        if up:
            gap, marks = gap if marks else blank, marks + word.text
        else:
            inside = marks.isalpha() and not gap and not blank and word.text[:1].isalpha()
            text += marks if inside else _shown(text, marks, gap)  # the A of the word LaTeX
            gap, marks = "", ""
            text += (blank if text else "") + word.text
            plain += " " if plain and (blank or (before is not None and _stands_off(before, word))) else ""
            plain += word.text
        before = word
    return (text + _shown(text, marks, gap)).strip(), plain.strip()


def _shown(text: str, marks: str, gap: str) -> str:
    """Raised characters in running text: an exponent behind a digit is shown as one, other numbers and signs
    are footnote marks and left out, letters stay ("20th")."""
    if _EXPONENT.fullmatch(marks):
        power = text[-1:].isdigit() or text.endswith(("×", ")")) or (text and marks[0] in "+-−")
        return marks.translate(_SUPERSCRIPTS) if power else ""
    if marks in {"st", "nd", "rd", "th"}:
        return marks
    return gap + marks if _RAISED_WORD.search(marks) else ""


def _blank_between(before: Word, word: Word) -> bool:
    gap = word.x0 - before.x1
    size = min(before.size, word.size)
    if word.glued:
        return gap > 0.25 * size
    if EAST.match(before.text[-1]) and EAST.match(word.text[0]):
        return gap > 0.9 * size
    return gap > _BLANK * size or abs(before.y - word.y) < 0.01


def _stands_off(before: Word, word: Word) -> bool:
    return word.x0 - before.x1 > _BLANK * word.size
