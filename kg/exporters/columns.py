"""Typed columns for formats that want one type a column: which attributes there are, their names and types.

One contract for every such format: an attribute that is not known is absent, never "None" or NaN; lists are
joined with "; "; a column whose values have more than one type is text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any

from kg.batches import Made
from kg.exporters.clean import clean, clean_all

__all__ = ["EDGE_NAMES", "RESERVED_EDGE", "RESERVED_NODE", "Column", "Types", "columns"]

# No data may travel under these names (lower case): the importers of Gephi, Gephi Lite and networkx keep them
# for themselves, and the kind is written by every format.
_RESERVED = {"id", "label", "r", "g", "b", "color", "source", "target", "timeset", "interval", "kind"}
RESERVED_NODE = frozenset(_RESERVED | {"nodelabel", "x", "y", "z", "xpos", "ypos", "zpos", "size"})
RESERVED_EDGE = frozenset(_RESERVED | {"edgelabel", "weight", "type", "key"})
_PLAIN = {"string": str, "int": int, "double": float}  # what is written as it is
_INT = 2**31
EDGE_NAMES = {
    "quote": "evidence",
    "paper": "evidence_paper",
    "start": "evidence_start",
    "end": "evidence_end",
    "offsets_in": "evidence_in",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One data column: the graph's attribute, the name in the file (an NMTOKEN), the GraphML type."""

    attribute: str
    name: str
    type: str

    def text(self, attributes: Mapping[str, Any]) -> str | None:
        """The value as text, clean; None where there is nothing to write."""
        return self._text(attributes.get(self.attribute)) or None

    def texts(self, values: Sequence[Any]) -> list[str]:
        """Many values as ``text`` writes them; "" where there is nothing to write."""
        # all() finds out faster than a look at each that most columns have no gap
        known = list(values) if all(values) else [value for value in values if value is not None]
        classes = {values.kind} if isinstance(values, Made) else set(map(type, known))
        plain = _plain(self.type, known) if classes == {_PLAIN.get(self.type)} else None
        found = list(map(self._text, known)) if plain is None else plain
        if len(found) == len(values):
            return found
        each = iter(found)
        return ["" if value is None else next(each) for value in values]

    def _text(self, value: Any) -> str:
        return _TEXTS[self.type](value) if _known(value) else ""

    def value(self, attributes: Mapping[str, Any]) -> bool | int | float | str | None:
        """The value as a JSON scalar of the column's type; None where there is nothing to write."""
        if self.type == "string":
            return self.text(attributes)
        value: Any = attributes.get(self.attribute)
        if not _known(value):
            return None
        return float(value) if self.type == "double" else value


def _plain(kind: str, values: list[Any]) -> list[str] | None:
    """Values of the class that a type has, all at once; None where one of them is no number."""
    if kind == "string":
        return clean_all(values)
    if kind == "int":
        return list(map(str, values))
    return list(map(repr, values)) if all(map(math.isfinite, values)) else None


def columns(
    rows: Iterable[Mapping[str, Any]],
    *,
    taken: Collection[str],
    names: Mapping[str, str] | None = None,
) -> tuple[Column, ...]:
    """The columns that hold all attributes of the rows, in the order of their names.

    ``taken`` are names (lower case) that must not be used, ``names`` says what some attributes are called in
    the file; ``kind`` is left out. Names differ in more than case: Gephi folds it.
    """
    types = Types()
    for row in rows:
        types.see(row)
    return types.columns(taken=taken, names=names)


class Types:
    """The types of the values seen so far, by attribute."""

    def __init__(self) -> None:
        self._types: dict[str, set[str]] = {}
        self._settled: set[tuple[str, type]] = set()

    def see(self, row: Mapping[str, Any]) -> None:
        """Takes note of a row's values."""
        for attribute, value in row.items():
            known = (attribute, value.__class__)
            if known in self._settled and (value.__class__ is not int or -_INT <= value < _INT):
                continue
            if _known(value):
                self._types.setdefault(attribute, set()).add(_type(value))
                if value.__class__ is not int or -_INT <= value < _INT:  # larger ones have other types
                    self._settled.add(known)

    def see_column(self, attribute: str, values: Sequence[Any]) -> None:
        """Takes note of many values: of the least and the largest integer, else of one of each class."""
        if isinstance(values, Made) and (attribute, values.kind) in self._settled:
            return
        for kind in set(map(type, values)) - {NoneType}:
            if kind is int:
                numbers = [value for value in values if value.__class__ is int]
                self.see({attribute: min(numbers)})
                self.see({attribute: max(numbers)})
            elif (attribute, kind) not in self._settled:
                for value in values:
                    if value.__class__ is kind and (attribute, kind) not in self._settled:
                        self.see({attribute: value})

    def columns(
        self, *, taken: Collection[str], names: Mapping[str, str] | None = None
    ) -> tuple[Column, ...]:
        """The columns that hold all that was seen; see ``columns``."""
        return _named(self._types, taken, names or {})


def _named(
    types: Mapping[str, set[str]], taken: Collection[str], names: Mapping[str, str]
) -> tuple[Column, ...]:
    used, found = set(taken), []
    for attribute in sorted(types):
        if attribute == "kind":
            continue
        wanted = re.sub(r"[^\w.\-]+", "_", clean(names.get(attribute, attribute))) or "_"
        while wanted.lower() in used:
            wanted += "_"
        used.add(wanted.lower())
        found.append(Column(attribute=attribute, name=wanted, type=_widest(types[attribute])))
    return tuple(found)


def _known(value: Any) -> bool:
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return False
    return not (isinstance(value, list | tuple) and not value)


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "int" if -_INT <= value < _INT else "long" if -(2**63) <= value < 2**63 else "string"
    return "double" if isinstance(value, float) else "string"


def _widest(types: set[str]) -> str:
    if len(types) == 1:
        return next(iter(types))
    if types == {"int", "long"}:
        return "long"
    return "double" if types <= {"int", "long", "double"} else "string"


def _as_text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, (clean(str(item)) for item in value)))
    return clean(str(value))


_TEXTS: dict[str, Callable[[Any], str]] = {
    "boolean": lambda value: "true" if value else "false",
    "int": str,
    "long": str,
    "double": lambda value: repr(float(value)),
    "string": _as_text,
}
