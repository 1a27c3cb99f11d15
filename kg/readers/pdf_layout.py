"""Pieces of lines -> lines in reading order, with the columns of the page found.

A column gap is a vertical strip that hardly any line crosses while lines stand on both of its sides. The
lines that do cross it (title, abstract over both columns, wide captions) part the page into bands; in a band
the left column is read before the right one, and each is looked at again in the same way, which finds three
columns and a box beside an abstract.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.readers.pdf_lines import Piece, joined

__all__ = ["Line", "reading_order"]

_NARROWEST = 0.15
_FEWEST = 3
_CROSSING = 0.34
_STEP = 2.0
_MAX_DEPTH = 6
_MAX_PIECES = 6000


@dataclass(slots=True)
class Line:
    """A line of text, the pieces it was joined from, and the column that it stands in with its edges."""

    piece: Piece
    parts: list[Piece]
    left: float
    right: float
    column: int


def reading_order(parts: list[Piece], width: float) -> list[Line]:
    """The lines of a page of ``width`` points in the order in which a person reads them."""
    lines: list[Line] = []
    if len(parts) > _MAX_PIECES:
        _flow(parts, lines)
    else:
        _read(parts, width, lines, 0)
    return lines


def _read(parts: list[Piece], width: float, lines: list[Line], depth: int) -> None:
    gutter = _gutter(parts, width) if depth < _MAX_DEPTH and len(parts) >= 2 * _FEWEST else None
    if gutter is None:
        _flow(parts, lines)
        return
    apart: list[Piece] = []
    for columns, band in _bands(parts, gutter):
        if not columns:
            apart += band
            continue
        if apart:
            _read(apart, width, lines, depth + 1)
            apart = []
        for side in (0, 1):
            _read([part for part in band if _side(part, gutter) == side], width, lines, depth + 1)
    if apart and len(apart) < len(parts):
        _read(apart, width, lines, depth + 1)
    elif apart:
        _flow(apart, lines)


def _side(part: Piece, gutter: float) -> int:
    """0 left of the gap, 1 right of it, 2 across it."""
    if part.x1 <= gutter + 1.5:
        return 0
    return 1 if part.x0 >= gutter - 1.5 else 2


def _gutter(parts: list[Piece], width: float) -> float | None:
    """The middle of the best column gap; None where there is none."""
    left = min(part.x0 for part in parts)
    right = max(part.x1 for part in parts)
    narrow = _NARROWEST * width
    bins = int((right - left) / _STEP) + 1
    if right - left < 2 * narrow or bins > 5000:
        return None
    change = [0] * (bins + 2)
    for part in parts:
        change[int((part.x0 - left) / _STEP)] += 1
        change[min(bins, int((part.x1 - left) / _STEP)) + 1] -= 1
    cover, running = [], 0
    for step in change[: bins + 1]:
        running += step
        cover.append(running)
    best: tuple[float, float] | None = None
    for low, high in _valleys(cover, int(narrow / _STEP), bins - int(narrow / _STEP)):
        gutter = left + (low + high + 1) / 2 * _STEP
        worth = _worth(parts, gutter)
        if worth is not None and (best is None or worth > best[0]):
            best = (worth, gutter)
    return best[1] if best else None


def _valleys(cover: list[int], first: int, last: int) -> list[tuple[int, int]]:
    """Runs of bins, local minima of the cover, that fewer pieces cross than their surroundings."""
    most = max(cover)
    found: list[tuple[int, int, int]] = []
    index = first
    while index <= last:
        stop = index
        while stop < last and cover[stop + 1] == cover[index]:
            stop += 1
        falls = index == first or cover[index - 1] > cover[index]
        rises = stop == last or cover[stop + 1] > cover[index]
        if falls and rises and cover[index] <= 0.6 * most:
            found.append((cover[index], index, stop))
        index = stop + 1
    found.sort(key=lambda item: (item[0], item[1] - item[2]))
    return sorted((low, high) for _, low, high in found[:12])


def _worth(parts: list[Piece], gutter: float) -> float | None:
    """How many lines stand side by side at the gap, less what crosses it; None where it is none."""
    sides: list[list[Piece]] = [[], [], []]
    for part in parts:
        sides[_side(part, gutter)].append(part)
    lefts, rights, across = sides
    if min(len(lefts), len(rights)) < _FEWEST or not _is_column(lefts) or not _is_column(rights):
        return None
    beside = 0
    for columns, band in _bands(parts, gutter):
        if columns:
            beside += min(
                sum(1 for part in band if _side(part, gutter) == 0),
                sum(1 for part in band if _side(part, gutter) == 1),
            )
    crossing = len(across)
    if beside < _FEWEST or crossing > _CROSSING * 6 * beside:
        return None
    return beside - 0.3 * crossing


def _is_column(parts: list[Piece]) -> bool:
    """Lines of text and not the numbers of lines, the bullets of a list or the labels of references."""
    letters = sum(sum(c.isalpha() for c in part.text) for part in parts)
    return letters >= 6 * len(parts)


def _bands(parts: list[Piece], gutter: float) -> list[tuple[bool, list[Piece]]]:
    """The page from top to bottom: (two columns or not, its pieces)."""
    across = sorted((part for part in parts if _side(part, gutter) == 2), key=lambda part: -part.y)
    edges: list[tuple[float, float]] = []
    for part in across:
        if edges and part.top >= edges[-1][1]:
            edges[-1] = (edges[-1][0], min(edges[-1][1], part.bottom))
        else:
            edges.append((part.top, part.bottom))
    groups: list[list[Piece]] = [[] for _ in range(2 * len(edges) + 1)]
    for part in parts:
        middle = part.y + 0.25 * part.size
        place = _place(edges, middle)
        groups[place].append(part)
    return [
        (index % 2 == 0 and _stands_in_columns(group, gutter), group)
        for index, group in enumerate(groups)
        if group
    ]


def _place(edges: list[tuple[float, float]], y: float) -> int:
    """2i + 1 inside the i-th edge, 2i above it."""
    low, high = 0, len(edges)
    while low < high:
        middle = (low + high) // 2
        if edges[middle][1] > y:
            low = middle + 1
        else:
            high = middle
    if low < len(edges) and edges[low][0] >= y:
        return 2 * low + 1
    return 2 * low


def _stands_in_columns(band: list[Piece], gutter: float) -> bool:
    lefts = [part for part in band if _side(part, gutter) == 0]
    rights = [part for part in band if _side(part, gutter) == 1]
    if not lefts or not rights:
        return len(band) >= _FEWEST and len({round(part.x0) for part in band}) * 2 <= len(band)
    overlap = min(max(p.top for p in lefts), max(p.top for p in rights)) - max(
        min(p.bottom for p in lefts), min(p.bottom for p in rights)
    )
    return overlap > 0 and min(len(lefts), len(rights)) >= 2


def _flow(parts: list[Piece], lines: list[Line]) -> None:
    """The lines of one column from top to bottom; pieces on one baseline are one line."""
    rows: list[list[Piece]] = []
    for part in sorted(parts, key=lambda item: (-item.y, item.x0)):
        if rows and abs(rows[-1][0].y - part.y) <= 0.3 * min(part.size, rows[-1][0].size):
            rows[-1].append(part)
        else:
            rows.append([part])
    if not rows:
        return
    left, right = min(part.x0 for part in parts), max(part.x1 for part in parts)
    column = lines[-1].column + 1 if lines else 0
    for row in rows:
        row.sort(key=lambda item: item.x0)
        lines.append(Line(joined(row), row, left, right, column))
