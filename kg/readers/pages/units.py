"""The units of a page that may be a record each: list items, table rows, paragraphs; and the text they show.

A unit's text is its blocks one a line, markup left out and blanks collapsed, with a map back to the page.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from kg.readers.page import Block, Mark, Page
from kg.readers.pages.found import Span

__all__ = ["Shown", "Unit", "shown", "units"]

_LONGEST = 6000


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The blocks ``first`` to ``last`` (inclusive) of a page, which stand in one list item or row, or alone.

    ``listed`` says that the markup makes it an item of a list or table.
    """

    first: int
    last: int
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a stretch of a page shows: ``places[i]`` is where character ``i`` of ``text`` stands on the
    page."""

    text: str
    places: list[int]
    marks: tuple[Mark, ...]

    def span(self, start: int, end: int) -> Span:
        """The span of the page for a span of the shown text, which must not be empty."""
        return self.places[start], self.places[end - 1] + 1


def units(page: Page) -> list[Unit]:
    """The page cut into units, in order."""
    found: list[Unit] = []
    index = 0
    blocks = page.blocks
    while index < len(blocks):
        key = _key(blocks[index])
        end = index + 1
        while key and end < len(blocks) and _key(blocks[end]) == key and not blocks[end].level:
            end += 1
        found.append(Unit(first=index, last=end - 1, listed=key != 0))
        index = end
    return found


def _key(block: Block) -> int:
    """A number for the list item or row that a block stands in; 0 for none. Rows of one column lists
    count."""
    return block.item or -block.row


def _marks(page: Page, start: int, end: int) -> list[Mark]:
    """The marks of a page that reach into a stretch of it."""
    at = bisect_left(page.marks, start, key=lambda mark: mark.start)
    while at and page.marks[at - 1].end > start:
        at -= 1
    found: list[Mark] = []
    while at < len(page.marks) and page.marks[at].start < end:
        found.append(page.marks[at])
        at += 1
    return found


def shown(page: Page, first: int, last: int) -> Shown | None:
    """The shown text of some blocks; None where it is too long for a record without its abstract."""
    blocks = page.blocks[first : last + 1]
    if sum(len(block.text) for block in blocks) > _LONGEST:
        return None
    marks = _marks(page, blocks[0].start, blocks[-1].end)
    letters: list[str] = []
    places: list[int] = []
    for block in blocks:
        if letters and letters[-1] != "\n":
            if letters[-1] == " ":
                letters.pop()
                places.pop()
            letters.append("\n")
            places.append(block.start)
        for place in range(block.start, block.end):
            letter = page.text[place]
            if letter.isspace():
                if not letters or letters[-1] in " \n":
                    continue
                letter = " "
            letters.append(letter)
            places.append(place)
    text = "".join(letters)
    if not text.strip():
        return None
    moved = []
    for mark in marks:
        start, end = bisect_left(places, mark.start), bisect_left(places, mark.end)
        if end > start:
            moved.append(Mark(start=start, end=end, kind=mark.kind, href=mark.href))
    return Shown(text=text, places=places, marks=tuple(moved))
