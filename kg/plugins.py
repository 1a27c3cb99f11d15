"""Readers and exporters are found by entry points; the core registers its own in the same way."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Any

from kg.errors import KGError

__all__ = ["load", "names"]


@cache
def names(group: str) -> tuple[str, ...]:
    """The names registered in a group (``kg.readers``, ``kg.exporters``), sorted."""
    return tuple(sorted({entry.name for entry in entry_points(group=group)}))


@cache
def load(group: str, name: str) -> Any:
    """The registered object. A name that is not there is a KGError that lists what is."""
    for entry in entry_points(group=group, name=name):
        return entry.load()
    raise KGError(f"no {group} plug-in is called {name!r}", hint=f"there are: {', '.join(names(group))}")
