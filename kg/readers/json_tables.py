"""Tables in JSON, as data frames are saved: columns of cells, rows of cells beside the names of their
columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.readers.structured import KEYS, folded

__all__ = ["rows"]

_MANY = 3


def rows(value: Any) -> Iterator[dict[str, Any]] | None:
    """The rows of a table as records, lazily; None for anything that is no table of papers.

    >>> list(rows({"title": {"0": "A", "1": "B"}, "year": {"0": 2001, "1": 2002}}))
    [{'title': 'A', 'year': 2001}, {'title': 'B', 'year': 2002}]
    >>> list(rows({"columns": ["title", "year"], "index": [0], "data": [["A", 2001]]}))
    [{'title': 'A', 'year': 2001}]
    >>> rows({"title": ["A paper"], "author": ["Ana Ruiz"]}) is None
    True
    """
    if not isinstance(value, Mapping):
        return None
    names, cells = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(cells, list):
        return _zipped(names, cells)
    one = next(iter(value.values()), None)
    if len(value) < 2 or not isinstance(one, Mapping | list) or not _has_title(value):
        return None
    columns = list(value.values())
    if _are_numbered(columns):
        return ({name: column[key] for name, column in value.items()} for key in one)
    if (
        isinstance(one, list)
        and len(one) >= _MANY
        and all(isinstance(column, list) and len(column) == len(one) for column in columns)
    ):
        return ({name: column[number] for name, column in value.items()} for number in range(len(one)))
    return None


def _are_numbered(columns: list[Any]) -> bool:
    """Whether these are objects with the same numbers as names."""
    if not all(isinstance(column, Mapping) and column.keys() == columns[0].keys() for column in columns):
        return False
    return bool(columns[0]) and all(key.isdecimal() for key in list(columns[0])[:_MANY])


def _zipped(names: list[Any], cells: list[Any]) -> Iterator[dict[str, Any]] | None:
    if not all(isinstance(name, str) for name in names) or not _has_title(dict.fromkeys(names, 1)):
        return None
    return (dict(zip(names, row, strict=False)) for row in cells if isinstance(row, list))


def _has_title(names: Mapping[str, Any]) -> bool:
    return not folded(names).keys().isdisjoint(KEYS["title"])
