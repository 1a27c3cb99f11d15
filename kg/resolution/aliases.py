"""The table of known aliases that ships: one row a line, each with its source.

``same`` rows name one thing in two ways; ``short`` rows give a usual meaning of a short form, with how many
annotated papers say so; ``is_a`` rows name a family. A row with a ``type`` holds for mentions of that type.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.components.data import data_path
from kg.resolution.forms import form_of
from kg.types import ENTITY_TYPES

__all__ = ["NO_ALIASES", "Aliases", "Usual", "read_aliases", "shipped_aliases"]

_SHIPPED = "en_research/aliases.jsonl"


@dataclass(frozen=True, slots=True)
class Usual:
    """A usual long form of a short one: its key and words, its types, and the share of the papers that define
    the short form so; ``papers`` are those that define it in any way."""

    key: str
    words: tuple[str, ...]
    types: frozenset[str]
    share: float
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliases:
    """Keys are those of ``form_of``. ``same`` and ``families`` map (key, type or "") to a key; ``names`` are
    the keys of what the table calls a thing."""

    same: Mapping[tuple[str, str], str]
    names: frozenset[str]
    usual: Mapping[str, tuple[Usual, ...]]
    families: Mapping[tuple[str, str], tuple[str, ...]]

    def canonical(self, key: str, kind: str) -> str:
        """The key under which the table knows a form of a type; the key itself where it does not. Without a
        type ("") a row that holds for one type only is taken too."""
        return self.same.get((key, kind)) or self.same.get((key, "")) or (key if kind else self._typed(key))

    def _typed(self, key: str) -> str:
        found = {self.same[key, kind] for kind in ENTITY_TYPES if (key, kind) in self.same}
        return found.pop() if len(found) == 1 else key


NO_ALIASES = Aliases(same={}, names=frozenset(), usual={}, families={})


@cache
def shipped_aliases() -> Aliases:
    """The table that ships with the pipelines, read once."""
    return read_aliases(data_path(_SHIPPED).read_text(encoding="utf-8").splitlines())


def read_aliases(lines: Iterable[str]) -> Aliases:
    """The table from its JSON lines ``{"alias", "name", "kind", "source"}``, with ``type`` where a row holds
    for one type only. Those of kind "short" have ``types``, ``papers`` and, where others give the short form
    other meanings, ``of`` (how many define it)."""
    same: dict[tuple[str, str], str] = {}
    usual: dict[str, list[Usual]] = {}
    families: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in lines:
        row = json.loads(line)
        alias, name, kind = form_of(row["alias"]).key, form_of(row["name"]).key, row.get("type", "")
        if row["kind"] == "same":
            if alias != name:
                same[alias, kind] = name
        elif row["kind"] == "short":
            defining = row.get("of", row["papers"])
            meaning = Usual(
                name, form_of(row["name"]).words, frozenset(row["types"]), row["papers"] / defining, defining
            )
            usual.setdefault(alias, []).append(meaning)
        else:
            families[alias, kind] = (*families.get((alias, kind), ()), name)
    names = frozenset({*same.values(), *(each.key for found in usual.values() for each in found)})
    table = Aliases(same=same, names=names, usual={}, families=families)
    resolved = {
        alias: tuple(replace(each, key=table.canonical(each.key, "")) for each in found)
        for alias, found in usual.items()
    }
    return replace(table, usual=resolved)
