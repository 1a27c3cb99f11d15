"""The structure around each character of an HTML page: list item, table row and column, role, emphasis, link.

A light record of what is open, not a tree: elements that are never closed cost nothing, and every event is
constant time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from kg.readers.page import Mark
from kg.readers.roles import role_of

__all__ = ["Outline", "State"]

_LISTS = frozenset({"ul", "ol", "dl"})
_ITEMS = frozenset({"li", "dt", "article", "blockquote"})
_CELLS = frozenset({"td", "th"})
_MARKED = {
    "a": "link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "q": "quote",
}  # fmt: skip
_CONTAINERS = frozenset(
    {"body", "main", "section", "article", "ul", "ol", "dl", "table", "tbody", "tr", "li", "form"}
)
_DEEPEST = 64
_ROWSPAN = re.compile(r"rowspan\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class State:
    """``item`` is the number of the list item (0: none), ``row`` that of the table row, ``column`` from 0."""

    item: int = 0
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class _Open:
    name: str
    value: str
    start: int
    depth: int = 0


class Outline:
    """Is told of each tag at its place in the visible text, and answers for places afterwards."""

    __slots__ = (
        "_items",
        "_lists",
        "_marked",
        "_roles",
        "_rows",
        "_spans",
        "_state",
        "_tables",
        "marks",
        "roles",
        "states",
    )

    def __init__(self) -> None:
        self.states: list[tuple[int, State]] = []
        self.roles: list[tuple[int, str]] = []
        self.marks: list[Mark] = []
        self._state = State()
        self._lists: list[State] = []
        self._tables: list[State] = []
        self._roles: list[_Open] = []
        self._marked: list[_Open] = []
        self._spans: list[dict[int, tuple[int, int]]] = []
        self._items = 0
        self._rows = 0

    def open(self, name: str, attributes: str, href: str, place: int) -> None:
        """An element begins at ``place``."""
        now = self._state
        if name in _LISTS:
            self._lists.append(now)
        elif name in _ITEMS:
            self._items += 1
            self._set(State(self._items, now.row, now.column), place)
        elif name == "table":
            self._tables.append(now)
            self._spans.append({})
        elif name == "tr":
            self._rows += 1
            if self._spans:
                self._spans[-1] = {at: (row, n - 1) for at, (row, n) in self._spans[-1].items() if n > 1}
            self._set(State(now.item, self._rows, -1), place)
        elif name in _CELLS:
            self._set(State(now.item, now.row, self._column(now, attributes)), place)
        elif name in _MARKED and len(self._marked) < _DEEPEST:
            self._marked.append(_Open(name, href, place))
        self._open_role(name, role_of(attributes), place)

    def _column(self, now: State, attributes: str) -> int:
        """The column of the next cell: behind those that cells of the rows above reach down into."""
        column = now.column + 1
        if not self._spans or now.row == 0:
            return column
        spans = self._spans[-1]
        while column in spans and spans[column][0] != now.row:
            column += 1
        reach = _ROWSPAN.search(attributes) if "owspan" in attributes.lower() else None
        if reach is not None and int(reach.group(1)) > 1 and column < _DEEPEST:
            spans[column] = (now.row, int(reach.group(1)))
        return column

    def close(self, name: str, place: int) -> None:
        """An element ends at ``place``."""
        if name in _LISTS or name == "table":
            outer = self._tables if name == "table" else self._lists
            if name == "table" and self._spans:
                self._spans.pop()
            if outer:
                self._set(outer.pop(), place)
        elif name in {"li", "article", "blockquote"}:
            outer_item = self._lists[-1].item if self._lists else 0
            self._set(State(outer_item, self._state.row, self._state.column), place)
        elif name in _MARKED:
            self._close_mark(name, place)
        for index in range(len(self._roles) - 1, max(-1, len(self._roles) - 9), -1):
            entry = self._roles[index]
            if entry.name == name:
                if entry.depth:
                    entry.depth -= 1
                else:
                    del self._roles[index:]
                    self._note_role(place)
                break

    def leave_row(self, place: int) -> None:
        """A table row ends that no table element closes."""
        self._set(State(self._state.item, 0, 0), place)

    def _open_role(self, name: str, role: str, place: int) -> None:
        for entry in reversed(self._roles[-8:]):
            if entry.name == name:
                if name == "p":
                    self._roles.remove(entry)
                    self._note_role(place)
                else:
                    entry.depth += 1
                break
        if role and name not in _CONTAINERS and len(self._roles) < _DEEPEST:
            if role != "title" and self._roles and self._roles[-1].value == "abstract":
                return
            for outer in self._roles:
                if outer.value in {"title", "year", "venue", "other"} and role != "other":
                    outer.value = ""  # it holds more than that
            self._roles.append(_Open(name, role, place))
            self._note_role(place)

    def _note_role(self, place: int) -> None:
        self.roles.append((place, self._roles[-1].value if self._roles else ""))

    def _close_mark(self, name: str, place: int) -> None:
        for index in range(len(self._marked) - 1, max(-1, len(self._marked) - 9), -1):
            entry = self._marked[index]
            if entry.name == name:
                del self._marked[index:]
                if place > entry.start:
                    self.marks.append(
                        Mark(start=entry.start, end=place, kind=_MARKED[name], href=entry.value)
                    )
                return

    def _set(self, state: State, place: int) -> None:
        self._state = state
        self.states.append((place, state))

    def state_at(self, place: int) -> State:
        """What encloses the character at ``place``."""
        at = bisect_right(self.states, place, key=lambda entry: entry[0]) - 1
        return self.states[at][1] if at >= 0 else State()

    def segments(self, text: str, start: int, end: int) -> list[tuple[int, int, str]]:
        """A line cut where one role ends and another begins; what has no role goes with what is before it."""
        at = bisect_right(self.roles, start, key=lambda entry: entry[0]) - 1
        role = self.roles[at][1] if at >= 0 else ""
        cuts: list[tuple[int, int, str]] = []
        begin = start
        while at + 1 < len(self.roles) and self.roles[at + 1][0] < end:
            at += 1
            place, following = self.roles[at]
            _add(cuts, text, begin, place, role)
            begin, role = max(place, begin), following
        _add(cuts, text, begin, end, role)
        named = {role for *_, role in cuts if role}
        if not named:
            return [(start, end, "")]
        return [
            (begin + len(raw) - len(raw.lstrip()), begin + len(raw.rstrip()), role)
            for begin, stop, role in cuts
            if (raw := text[begin:stop]).strip()
        ]


def _add(cuts: list[tuple[int, int, str]], text: str, start: int, end: int, role: str) -> None:
    """Appends a piece, or joins it to the one before: the same role again, or only marks between."""
    if end <= start:
        return
    if cuts:
        before = cuts[-1]
        letters = any(letter.isalnum() for letter in text[start:end])
        if role == before[2] or (not role and not letters):
            cuts[-1] = (before[0], end, before[2])
            return
    cuts.append((start, end, role))
