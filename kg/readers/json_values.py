"""The values in a text of JSON, one after the other: lines of JSON, lists, objects that follow one another.

A list is read item by item, and so is the long list inside a large object, so that memory holds one item
and not the whole; the text is never copied. What is broken or cut off is an Item that names its problem,
and reading goes on behind it where the next item can be told. Commas too many are passed over. The parser
is the standard library's; it refuses what is nested deeper than Python's stack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["OPENING", "Item", "JsonText"]

OPENING = re.compile(
    r"[\s\ufeff]*(?:\)\]\}'?,?\s*|(?:/\*\*/\s*)?[\w$.]{1,60}\s*\(\s*(?=[\[{])|"
    r"(?:(?:var|const|let)\s+)?[\w$.]{1,60}\s*=\s*(?=[\[{]))?"
)
"""What may stand before JSON: a byte order mark, a guard against inclusion, a callback, an assignment."""

_BLANK = re.compile(r"[ \t\r\n\x1e\ufeff]*")
_BETWEEN = re.compile(r"[\s,;)\x1e\ufeff]*")
_COMMENT = re.compile(r"//|/\*|#")
_NEXT_LINE = re.compile(r"(?<=\S)[^\S\r\n]*+[\r\n]\s*+(?=[\[{])")
_FIRST_KEY = re.compile(r"\{\s*\"([^\"\\]{0,80})\"\s*:")
_LEXEME = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[{}\[\]]', re.DOTALL)
_WHOLE = 16 * 2**20  # a value that may be longer is read piece by piece
_BUFFER = 2**20  # a list inside an object that is longer is given out item by item
_LONGEST_TEXT = 4 * 2**20
_LEVELS = 5
_MAX_TRIES = 2_000
# The parser counts the lines before an error, so that many errors far behind are slow: behind a few of them
# a copy of the next characters is read instead, and too many that this does not help end the reading.
_COSTLY = 20_000_000
_WINDOW = 2**16
_MAX_ERROR_COST = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """A value and where it begins, or what is wrong there. ``number`` counts the items of a list from 1, 0
    outside of one. ``rest`` is what is left of an object whose longest list was given out, or that is cut
    off."""

    at: int
    number: int = 0
    value: Any = None
    problem: str | None = None
    rest: bool = False


class _BrokenError(Exception):
    """``kept`` are the whole items of the list in which it happened."""

    def __init__(self, problem: str, at: int, kept: list[Any] | None = None) -> None:
        super().__init__(problem)
        self.kept = kept
        self.problem = problem
        self.at = at


_STREAMED = object()


class JsonText:
    """A text of JSON: iterate over ``items()``; ``place(item)`` names the line or item for people."""

    def __init__(self, text: str) -> None:
        self._text = text
        opening = OPENING.match(text)
        self._at = opening.end() if opening else 0
        self._careful = False
        self._line = (0, 1)
        self._tries = 0
        self._error_cost = 0

    def items(self) -> Iterator[Item]:
        """Every value, and every fault, in order."""
        while True:
            between = _BETWEEN.match(self._text, self._at)
            self._at = between.end() if between else self._at
            if self._at >= len(self._text):
                return
            start = self._at
            try:
                yield from self._outermost()
            except _BrokenError as broken:
                yield Item(broken.at, problem=broken.problem)
                if self._error_cost > _MAX_ERROR_COST:
                    yield Item(broken.at, problem="too many faults; the rest was not read")
                    return
                if not self._skip_to_next(start, broken.at):
                    return

    def place(self, item: Item) -> str:
        """ "line 7", or "item 3 (line 40)"."""
        at, line = self._line
        if item.at < at:
            at, line = 0, 1
        line += self._text.count("\n", at, item.at)
        self._line = (item.at, line)
        return f"item {item.number} (line {line})" if item.number else f"line {line}"

    def _outermost(self) -> Iterator[Item]:
        start, text = self._at, self._text
        if text[start] == "[":
            yield from self._list(0)
            return
        if text[start] != "{":
            comment = _COMMENT.match(text, start)
            raise _BrokenError("a comment, which JSON does not have" if comment else "not JSON", start)
        if (value := self._on_its_line()) is not None:
            yield Item(start, value=value)
            return
        self._careful = False
        if len(text) - start <= _WHOLE:
            try:
                value, self._at = self._scan(start)
                yield Item(start, value=value)
                return
            except _BrokenError as broken:
                if self._is_line(start):
                    raise _BrokenError(broken.problem, start) from broken
                self._careful = True
        value = yield from self._container(0)
        if value is not _STREAMED:
            yield Item(start, value=value)

    def _is_line(self, start: int) -> bool:
        """Whether another object opens on the next line: these are lines of JSON."""
        following = _NEXT_LINE.search(self._text, start, start + _WHOLE)
        line_end = self._text.find("\n", start)
        return (
            following is not None
            and following.start() <= line_end < following.end()
            and self._text[following.end()] == "{"
        )

    def _on_its_line(self) -> Any:
        """The object that begins here and ends with its line, if so: an error then costs a line and no
        more."""
        end = self._text.find("\n", self._at, self._at + _WHOLE)
        if end < 0:
            return None
        line = self._text[self._at : end].rstrip()
        if not line.endswith("}"):
            return None
        try:
            value = json.loads(line, strict=False)
        except json.JSONDecodeError as error:
            if self._is_line(self._at):
                raise _BrokenError(f"not JSON ({error.msg[:1].lower()}{error.msg[1:]})", self._at) from error
            return None
        except (ValueError, RecursionError):
            return None
        self._at = end
        return value

    def _scan(self, at: int) -> tuple[Any, int]:
        """The value at a place and where it ends."""
        end = at + _LONGEST_TEXT
        if end < len(self._text) and self._text[at] == '"' and self._text.find('"', at + 1, end) < 0:
            raise _BrokenError(f"a text of more than {_LONGEST_TEXT // 2**20} million characters", at)
        if self._error_cost > _COSTLY:
            try:
                value, length = _STRICT.raw_decode(self._text[at : at + _WINDOW])
                return value, at + length
            except json.JSONDecodeError as error:
                if error.pos < _WINDOW - 100 and not error.msg.startswith("Unterminated"):
                    told = f"not JSON ({error.msg[:1].lower()}{error.msg[1:]})"
                    raise _BrokenError(self._fault(at + error.pos, told), at + error.pos) from error
            except (ValueError, RecursionError):
                pass
        try:
            return _STRICT.raw_decode(self._text, at)
        except RecursionError:
            problem = "nested too deeply"
        except json.JSONDecodeError as error:
            self._error_cost += error.pos
            at = error.pos
            told = (
                "cut off, or a quotation mark is missing"
                if error.msg.startswith("Unterminated")
                else error.msg
            )
            problem = self._fault(at, f"not JSON ({told[:1].lower()}{told[1:]})")
        except ValueError:  # a number of more digits than Python turns into an integer
            try:
                return _LENIENT.raw_decode(self._text, at)
            except (ValueError, RecursionError):
                problem = "not JSON (a number that is too long)"
        raise _BrokenError(problem, at)

    def _fault(self, at: int, problem: str) -> str:
        """What a fault is, in the commonest cases by name."""
        blank = _BLANK.match(self._text, at)
        if blank and blank.end() >= len(self._text):
            return "cut off"
        return "a comment, which JSON does not have" if _COMMENT.match(self._text, at) else problem

    def _list(self, level: int) -> Generator[Item, None, list[Any] | object]:
        """The items of a list: given out one by one at the outermost level, else kept until they are many."""
        kept: list[Any] = []
        streaming = level == 0
        begin, number = self._at, 0
        known: frozenset[str] = frozenset()
        self._at += 1
        while True:
            char = self._next_char()
            if char == "]":
                self._at += 1
                return _STREAMED if streaming else kept
            if char == ",":
                self._at += 1
                continue
            if not char:
                raise _BrokenError("cut off", len(self._text), kept)
            number += 1
            start = self._at
            try:
                value, self._at = self._scan(start)
            except _BrokenError as broken:
                following = self._next_item(start, broken.at, known)
                if following is None:
                    self._at = start
                    raise _BrokenError(f"item {number}: {broken.problem}", broken.at, kept) from broken
                yield Item(start, number, problem=broken.problem)
                self._at = following
                continue
            if isinstance(value, dict) and value:
                known = known or frozenset(value)
            if streaming:
                yield Item(start, number, value)
                continue
            kept.append(value)
            if self._at - begin > _BUFFER and not self._careful:
                streaming = True
                yield from (Item(begin, place, each) for place, each in enumerate(kept, 1))
                kept = []

    def _container(self, level: int) -> Generator[Item, None, Any]:
        """An object, member by member; _STREAMED where what is in it was given out."""
        members: dict[str, Any] = {}
        key = ""
        begin, streamed, waiting = self._at, False, self._at
        self._at += 1
        try:
            while (char := self._next_char()) != "}":
                if char == ",":
                    self._at += 1
                    continue
                if char != '"':
                    raise _BrokenError(
                        "not JSON (a name in double quotes is missing)" if char else "cut off", self._at
                    )
                key = self._name()
                opening = self._next_char()
                value: Any
                if opening == "[" and level < _LEVELS:
                    value = yield from self._list(level + 1)
                elif opening == "{" and level < _LEVELS and len(members) < 1000:
                    value = yield from self._container(level + 1)
                else:
                    value, self._at = self._scan(self._at)
                if value is _STREAMED:
                    streamed = True
                    continue
                members[key] = value
                if self._at - waiting > _WHOLE:  # a large object of records by their ids
                    yield Item(begin, value=members, rest=True)
                    members, waiting, streamed = {}, self._at, True
        except _BrokenError as broken:
            if broken.kept:
                members[key] = broken.kept
                broken.kept = None
            if members:
                yield Item(begin, value=members, rest=True)
            raise
        self._at += 1
        if streamed:
            yield Item(begin, value=members, rest=True)
            return _STREAMED
        return members

    def _name(self) -> str:
        """The name of a member and the colon behind it."""
        name, self._at = self._scan(self._at)
        if self._next_char() != ":":
            raise _BrokenError("not JSON (a colon is missing)", self._at)
        self._at += 1
        return str(name)

    def _next_char(self) -> str:
        """The next character that is no blank; "" at the end."""
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at
        return self._text[self._at : self._at + 1]

    def _skip_to_next(self, start: int, fault: int) -> bool:
        """Moves to the next object behind a fault outside of lists, which begins a line; False where none
        does."""
        at = max(start, self._at)
        if self._text[start] not in "{[" or at > start:
            at = max(at, min(fault, len(self._text)) - 1)
        indent = self._indent(start)
        while following := _NEXT_LINE.search(self._text, at):
            at = following.end()
            if indent is None or self._indent(at) == indent:
                self._at = at
                return True
        return False

    def _indent(self, at: int) -> str | None:
        """What stands before a value on its line, if that is blank."""
        line = max(self._text.rfind("\n", max(0, at - 400), at), self._text.rfind("\r", max(0, at - 400), at))
        before = self._text[line + 1 : at] if line >= 0 or at < 400 else "x"
        return before if not before.strip(" \t\ufeff") else None

    def _next_item(self, start: int, fault: int, known: frozenset[str]) -> int | None:
        """Where the next item of a list begins behind a broken one; None where that cannot be told."""
        if (
            self._text[start : start + 1] != "{"
            or self._tries > _MAX_TRIES
            or self._error_cost > _MAX_ERROR_COST
        ):
            return None
        indent = self._indent(start)
        if indent is not None and start > 0 and "\n" in self._text[max(0, start - 400) : start]:
            at = self._text.find(f"\n{indent}{{", start)
            return at + len(indent) + 1 if at >= 0 else None
        first = _FIRST_KEY.match(self._text, start)
        if first is None:
            return None
        return self._sibling(start, first.group(1)) or self._alike(fault, first.group(1), known)

    def _sibling(self, start: int, key: str) -> int | None:
        """The next object with the same first name that is not inside the broken one, as far as its
        brackets tell."""
        depth = 0
        for lexeme in _LEXEME.finditer(self._text, start):
            char = lexeme.group()
            if char in "}]":
                depth -= 1
            elif char in "{[":
                if (
                    char == "{"
                    and 0 <= depth <= 1
                    and lexeme.start() > start
                    and self._begins(lexeme.start(), key)
                ):
                    return lexeme.start()
                depth += 1
            if depth < 0 or depth > 200:
                return None
        return None

    def _begins(self, at: int, key: str) -> bool:
        first = _FIRST_KEY.match(self._text, at)
        return first is not None and first.group(1) == key

    def _alike(self, fault: int, key: str, known: frozenset[str]) -> int | None:
        """Where quotation marks are lost: the next object that has the names of the items before."""
        if not known:
            return None
        pattern = re.compile(r"\{\s*" + re.escape(f'"{key}"') + r"\s*:")
        for candidate in pattern.finditer(self._text, fault):
            self._tries += 1
            if self._tries > _MAX_TRIES:
                return None
            try:
                value, _ = self._scan(candidate.start())
            except _BrokenError:
                continue
            if isinstance(value, dict) and len(known & value.keys()) * 2 > len(known):
                return candidate.start()
        return None


def _long_integer(digits: str) -> int | float:
    return int(digits) if len(digits) < 4000 else float("inf")


_STRICT = json.JSONDecoder(strict=False)
_LENIENT = json.JSONDecoder(strict=False, parse_int=_long_integer)
