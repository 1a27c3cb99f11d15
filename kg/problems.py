"""What ``kg verify`` finds: something that is not true, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Found", "Problem", "is_not", "quoted"]

_LONGEST = 80
_BEFORE = 20  # characters in front of a difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that is not true: in which table or file, of which row (node, edge, line), and what."""

    table: str
    identifier: str
    what: str


Found = Iterator[Problem]


def quoted(value: object) -> str:
    """A value as it stands in a message: cut where it is long.

    >>> quoted("a" * 100)[-4:], quoted(1.5)
    ("...'", '1.5')
    """
    if isinstance(value, str) and len(value) > _LONGEST:
        value = f"{value[: _LONGEST - 3]}..."
    return repr(value)


def is_not(found: object, wanted: object, *, by: str = "the tables give") -> str:
    """Two values that differ, of long texts the part where they begin to.

    >>> is_not(1, 2)
    'is 1, the tables give 2'
    >>> is_not("a" * 100 + "bc", "a" * 100 + "c")
    "at 100 is '...aaaaaaaaaaaaaaaaaaaabc', the tables give '...aaaaaaaaaaaaaaaaaaaac'"
    """
    if isinstance(found, str) and isinstance(wanted, str) and max(len(found), len(wanted)) > _LONGEST:
        pairs = enumerate(zip(found, wanted, strict=False))
        start = next((at for at, (one, other) in pairs if one != other), min(len(found), len(wanted)))
        begin = max(start - _BEFORE, 0)
        dots = "..." if begin else ""
        here, there = (quoted(dots + text[begin:]) for text in (found, wanted))
        return f"at {start} is {here}, {by} {there}"
    return f"is {quoted(found)}, {by} {quoted(wanted)}"
