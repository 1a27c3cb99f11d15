"""XML -> small trees, one a record, whatever the document does.

The parser is the standard library's expat under ElementTree's builder; see xmlsource.py for what is kept from
it (declarations, entities). Trees are ElementTree elements whose tags are local names ("title" for
"{http://...}title"); :func:`attribute` reads an attribute by its local name. Nothing here recurses.

Limits: MAX_DEPTH elements within each other, MAX_RECORD characters and MAX_NODES elements a record, MAX_GAP
characters without a tag. What breaks them, or XML itself, costs one record: it is noted with its line and
column, what can be read of the record is read leniently, and reading goes on at the next record.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from kg.errors import ReadError
from kg.readers.xmlrepair import lenient_tree
from kg.readers.xmlsource import Opening, opening, safe_pieces

__all__ = [
    "MAX_DEPTH",
    "Element",
    "Opening",
    "Record",
    "attribute",
    "child",
    "children",
    "descend",
    "first_text",
    "opening",
    "parse",
    "records",
    "text_of",
]

MAX_DEPTH = 256
MAX_RECORD = 64 * 1024 * 1024
MAX_NODES = 2_000_000
MAX_GAP = 4 * 1024 * 1024
_MAX_OUTSIDE = 16 * 1024 * 1024
_MAX_SIBLINGS = 200
_MAX_FAULTS = 100_000
_MAX_PLACED = 100
_MAX_REFUSED = 100  # behind so many, what was read of a refused record is not read for records within it
_MAX_LENIENT = 8 * 1024 * 1024
_SMALL_PIECE = 16 * 1024  # what is read after a fault, where the next one may be near
_UNBOUND = 27  # expat: a prefix that no xmlns declares
_PREFIX = re.compile(r"[<\s/]([^\W\d][\w.-]{0,60}):[^\W\d]")


@dataclass(frozen=True, slots=True)
class Record:
    """An element that was asked for, with the elements around it (outermost first; they hold what was read
    before). It is emptied when the next one is asked for. ``fault`` tells what is wrong within it."""

    element: Element
    path: tuple[Element, ...] = ()
    fault: str | None = None


def records(
    text: str, names: Collection[str], notes: list[str], *, namespaces: bool = False
) -> Iterator[Record]:
    """Every element with one of the local names, the outermost where they stand within each other; the
    root where ``names`` is empty.

    Faults are appended to ``notes`` as "line 41, column 7: mismatched tag". ``namespaces`` keeps the names
    of elements as "{address}name". No error is raised for what is wrong with the document.
    """
    return _Stream(text, frozenset(names), notes, namespaces).records()


def parse(text: str, notes: list[str] | None = None, *, namespaces: bool = False) -> Element:
    """The whole document as one tree, as far as it can be read; ReadError where there is none in it."""
    told: list[str] = [] if notes is None else notes
    for record in records(text, (), told, namespaces=namespaces):
        return record.element
    raise ReadError(f"XML that cannot be read: {'; '.join(told[:3]) or 'no element in it'}")


def attribute(element: Element, name: str) -> str:
    """The attribute of that local name, trimmed; "" where there is none.

    >>> from kg.readers.xmltree import parse
    >>> attribute(parse('<a xmlns:x="u" x:href="b"/>'), "href")
    'b'
    """
    value = element.get(name)
    if value is None:
        ending = "}" + name
        value = next((element.get(key) for key in element.keys() if key.endswith(ending)), None)  # noqa: SIM118
    return (value or "").strip()


def children(element: Element | None, *names: str) -> list[Element]:
    """The direct children with one of the names; all of them where none is named."""
    if element is None:
        return []
    return [inner for inner in element if inner.tag in names] if names else list(element)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of the first name, its first child of the second, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if inner.tag == name), None)
    return element


def descend(element: Element | None, *names: str) -> Iterator[Element]:
    """Every element below with one of the names, in document order, those within each other too."""
    if element is None:
        return
    for inner in element.iter():
        if inner.tag in names and inner is not element:
            yield inner


def text_of(element: Element | None) -> str:
    """All characters within an element, blanks as printed; "" for None."""
    return "" if element is None else "".join(element.itertext())


def first_text(element: Element | None, *path: str) -> str:
    """The text of a descendant by its path of names, white space collapsed; "" where it is missing."""
    return " ".join(text_of(child(element, *path)).split())


@dataclass(slots=True)
class _FaultError(Exception):
    """Why a parser stopped. ``at`` counts characters in the held text, ``start`` is where its record
    begins; ``code`` is expat's, 0 for a limit of ours."""

    reason: str
    at: int
    start: int | None = None
    code: int = 0


class _Stream:
    """A document that is read by one parser after another: each goes on behind the fault of the last."""

    def __init__(self, text: str, names: frozenset[str], notes: list[str], namespaces: bool) -> None:
        self.names = names
        self.notes = notes
        self.namespaces = namespaces
        self.pieces = safe_pieces(text, notes)
        self.waiting: deque[str] = deque()  # text to be read before the pieces
        self.held: list[str] = []  # what was fed since the open record, or the piece at hand, began
        self.line = 1  # the line on which ``held`` begins
        self.path: list[Element] = []  # the open elements around the records
        self.prefixes: dict[str, None] = {}
        self.tags = _start_tags(names)
        self.refused = 0  # records over a limit of ours
        self.finished = False

    def records(self) -> Iterator[Record]:
        for _ in range(_MAX_FAULTS):
            try:
                yield from _Run(self).records()
                return
            except _FaultError as fault:
                broken = self._jump(fault)
            if broken is not None:
                yield broken
            if self.finished:
                return
        self.notes.append(f"more than {_MAX_FAULTS} faults: what follows was left out")

    def next_piece(self) -> str | None:
        """The next text to feed, small pieces where a fault was before."""
        if not self.waiting:
            return next(self.pieces, None)
        piece = self.waiting.popleft()
        cut = piece.find(">", _SMALL_PIECE) + 1 or len(piece)
        if cut < len(piece):
            self.waiting.appendleft(piece[cut:])
        return piece[:cut]

    def _jump(self, fault: _FaultError) -> Record | None:
        """Goes behind a fault, to the next record; gives the faulty one as far as it can be read."""
        held = "".join(self.held)
        self.held.clear()
        if fault.code == _UNBOUND and self._declare(held):
            self._go_on(held, fault.at if fault.start is None else fault.start)
            return None
        line = self.line + held.count("\n", 0, fault.at)
        told = f"line {line}, column {fault.at - held.rfind(chr(10), 0, fault.at)}: {fault.reason}"
        self.notes.append(told)
        begin = fault.at if fault.start is None else fault.start
        self.line += held.count("\n", 0, begin)
        self.refused += not fault.code
        skipped = len(held) if self.refused > _MAX_REFUSED else fault.at
        broken, name = self._resume(held[begin:], max(skipped - begin, 1))
        path = tuple(self.path)
        if name is not None and name not in self.names:
            depths = [depth for depth, element in enumerate(self.path) if element.tag == name]
            del self.path[depths[-1] :]
        if len(self.path) > MAX_DEPTH // 2:  # no room is left for records within them
            self.path.clear()
        if fault.start is None or not fault.code:
            return None
        tree = lenient_tree(broken, MAX_DEPTH)
        return None if tree is None else Record(tree, path, told)

    def _declare(self, held: str) -> bool:
        """Declares the prefixes that the held text uses; whether there is a new one."""
        before = len(self.prefixes)
        if before < 200:
            used = dict.fromkeys(match[1] for match in _PREFIX.finditer(held))
            self.prefixes |= {prefix: None for prefix in used if not prefix.lower().startswith("xml")}
        return len(self.prefixes) > before

    def _resume(self, text: str, look: int) -> tuple[str, str | None]:
        """Makes what follows the fault wait to be read: the next record, or element like one around it.

        ``text`` begins with the faulty record; gives that record and the name of what follows.
        """
        if not self.names:  # the record is the whole document: nothing follows it
            self.finished = True
            while len(text) < _MAX_LENIENT and (piece := self.next_piece()) is not None:
                text += piece
            return text[:_MAX_LENIENT], None
        tags = _start_tags({*self.names, *(str(element.tag) for element in self.path[1:])})
        broken = ""
        while (match := tags.search(text, look)) is None:
            look = max(look, text.rfind("<"))
            piece = self.next_piece()
            if piece is None:
                self.finished = True
                return broken or text[:_MAX_LENIENT], None
            if look > _MAX_LENIENT:
                broken = broken or text[:_MAX_LENIENT]
                self.line += text.count("\n", 0, look)
                text, look = text[look:], 0
            text += piece
        broken = broken or text[: match.start()][:_MAX_LENIENT]
        self._go_on(text, match.start())
        return broken, match[1]

    def _go_on(self, text: str, start: int) -> None:
        self.line += text.count("\n", 0, start)
        self.waiting.appendleft(text[start:])


class _Run:
    """One parser: feeds it, and cuts records off the tree that it builds."""

    def __init__(self, stream: _Stream) -> None:
        self.stream = stream
        self.names = stream.names
        names = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in stream.prefixes)
        path = [str(element.tag).rpartition("}")[2] for element in stream.path]
        prologue = f"<kg{names}>" + "".join(f"<{name}>" for name in path)
        try:
            self.pull, self.around = _begun(prologue)  # the elements are this parser's path
        except ParseError:  # expat takes names with a prefix that it does not take without
            prologue = "<kg>" * (1 + len(path))
            self.pull, self.around = _begun(prologue)
        self.local: dict[str, str] = {}
        self.record: Element | None = None
        self.depth = len(stream.path)
        self.level = self.depth  # of the open record, or of the innermost element around it
        self.nodes = 0  # elements in the open record
        self.begun = 0  # start tags of records in the held text
        self.ordinal = 0  # the open record's number among them
        self.line, self.column = 1, len(prologue)  # where the held text begins, as the parser counts
        self.held_length = 0
        self.outside = 0  # characters fed while no record was open
        self.gap = 0  # characters since the last "<"

    def records(self) -> Iterator[Record]:
        stream = self.stream
        while (piece := stream.next_piece()) is not None:
            if self.record is None:
                self._drop_held()
                self.outside += len(piece)
            stream.held.append(piece)
            self.held_length += len(piece)
            last = piece.rfind("<")
            self.gap = len(piece) - last if last >= 0 else self.gap + len(piece)
            self.pull.feed(piece)
            yield from self._read()
            if self.gap > MAX_GAP:
                raise self._fault(f"more than {MAX_GAP // 2**20} MiB without a tag")
            if self.record is not None and self.held_length > MAX_RECORD:
                raise self._fault(f"a record of more than {MAX_RECORD // 2**20} MiB")
        with contextlib.suppress(ParseError):
            self.pull.close()
        yield from self._read()
        open_element = stream.path[-1] if self.record is None and stream.path else self.record
        if open_element is not None:
            raise self._fault(f"the document ends before </{open_element.tag}>", code=-1)

    def _drop_held(self) -> None:
        """What was fed is understood and needed no more."""
        for piece in self.stream.held:
            lines = piece.count("\n")
            self.stream.line += lines
            self.line += lines
            self.column = len(piece) - piece.rfind("\n") - 1 if lines else self.column + len(piece)
        self.stream.held.clear()
        self.held_length = self.begun = 0

    def _read(self) -> Iterator[Record]:
        """The records that are complete by now."""
        events = cast("Iterator[tuple[str, Element]]", self.pull.read_events())
        try:
            for action, element in events:
                if action == "start":
                    self.depth += 1
                    tag = element.tag = self.local.get(element.tag) or self._local(element.tag)
                    self.nodes += 1
                    if tag in self.names or self.record is None:
                        yield from self._start(element, tag)
                    if self.depth > MAX_DEPTH or self.nodes > MAX_NODES:
                        raise self._too_much()
                else:
                    self.depth -= 1
                    if self.depth < self.level:
                        yield from self._end(element)
        except ParseError as error:
            reason = str(error).partition(": line ")[0]
            raise self._fault(reason, code=error.code, at=self._offset(*error.position)) from None

    def _start(self, element: Element, tag: str) -> Iterator[Record]:
        if tag in self.names:
            self.begun += 1
        if self.record is not None:
            if self.depth == self.level + 1 and tag == self.record.tag:
                yield from self._unclosed(element)
        elif tag in self.names or not self.names:
            self._begin(element)
        else:
            self.stream.path.append(element)
            self.around.append(element)
            self.level = self.depth

    def _end(self, element: Element) -> Iterator[Record]:
        stream = self.stream
        if self.record is not None:
            self.record = None
            yield Record(element, tuple(stream.path))
            element.clear()
            self.around[-1].remove(element)
        elif stream.path:
            stream.path.pop()
            self._leave(self.around.pop())
        self.level = self.depth
        self.nodes = 0

    def _begin(self, element: Element) -> None:
        self.record, self.level, self.nodes, self.ordinal = element, self.depth, 0, self.begun

    def _unclosed(self, inner: Element) -> Iterator[Record]:
        """A record right within one of its own kind: the outer one was not closed."""
        outer = self.record
        if outer is None:
            return
        told = f"record without </{outer.tag}>"
        notes = self.stream.notes  # a place takes a search, and only the first notes are shown
        notes.append(f"line {self._line_of(self.ordinal)}: {told}" if len(notes) < _MAX_PLACED else told)
        behind = list(outer)[list(outer).index(inner) :]  # the parser may be ahead of us
        for element in behind:
            outer.remove(element)
        yield Record(outer, tuple(self.stream.path), told)
        outer.clear()
        outer.extend(behind)
        self.stream.path.append(outer)
        self.around.append(outer)
        self._begin(inner)

    def _leave(self, element: Element) -> None:
        """An element around records has ended; it stays for those behind it, within limits."""
        parent = self.around[-1]
        if self.outside > _MAX_OUTSIDE or len(parent) > _MAX_SIBLINGS or parent is self.around[0]:
            element.clear()
            parent.remove(element)

    def _local(self, tag: str) -> str:
        name = tag if self.stream.namespaces else tag.rpartition("}")[2].rpartition(":")[2]
        if len(self.local) < 10_000:
            self.local[tag] = name
        return name

    def _too_much(self) -> _FaultError:
        if self.depth > MAX_DEPTH:
            return self._fault(f"elements within each other more than {MAX_DEPTH} deep")
        return self._fault(f"a record of more than {MAX_NODES} elements")

    def _fault(self, reason: str, *, code: int = 0, at: int | None = None) -> _FaultError:
        start = self._place(self.ordinal) if self.record is not None else None
        end = sum(map(len, self.stream.held)) if at is None else at
        return _FaultError(reason, start if start is not None and not code else end, start, code)

    def _offset(self, line: int, column: int) -> int:
        """A place as the parser counts it -> characters from the beginning of the held text."""
        held = "".join(self.stream.held)
        if line <= self.line:
            return min(max(column - self.column, 0), len(held))
        at = -1
        for _ in range(line - self.line):
            at = held.find("\n", at + 1)
        return min(at + 1 + column, len(held))

    def _place(self, ordinal: int) -> int:
        held = "".join(self.stream.held)
        starts = (match.start() for match in self.stream.tags.finditer(held))
        return next(itertools.islice(starts, max(ordinal - 1, 0), None), 0)

    def _line_of(self, ordinal: int) -> int:
        return self.stream.line + "".join(self.stream.held).count("\n", 0, self._place(ordinal))


def _begun(prologue: str) -> tuple[XMLPullParser[Element], list[Element]]:
    """A parser that has read the start tags of a prologue, and their elements."""
    pull: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    pull.feed(prologue)
    events = cast("Iterator[tuple[str, Element]]", pull.read_events())
    return pull, [element for _, element in events]


def _start_tags(names: Collection[str]) -> re.Pattern[str]:
    """What finds the start tag of an element with one of the names; of any where none is given."""
    listed = "|".join(re.escape(name) for name in sorted(names)) or r"[^\W\d][\w.-]*"
    return re.compile(rf"<(?:[^\W\d][\w.-]{{0,60}}:)?({listed})(?=[\s/>])")
