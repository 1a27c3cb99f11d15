"""Counts over the tables of a build: what there is, of which kind, from when and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.tables import Row, Tables
from kg.text import fold, venue_key, venue_label
from kg.types import ENTITY_TYPES
from kg.works import works_of

__all__ = ["Stats", "TopEntity", "stats"]

_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopEntity:
    """An entity and how often it occurs."""

    name: str
    papers: int
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """``counts`` are numbers of things; papers are counted as works (records of one work once).

    Years and venues that no record gives are counted under "unknown".
    """

    counts: dict[str, int]
    entities: dict[str, int]
    top: dict[str, tuple[TopEntity, ...]]
    roles: dict[str, int]
    relations: dict[str, int]
    years: dict[str, int]
    venues: dict[str, int]
    metrics: dict[str, int]
    results: dict[str, int]


def stats(tables: Tables, *, top: int = 5) -> Stats:
    """The statistics of a build, with the ``top`` entities of each type and the most frequent metrics."""
    rows = tables.counts()
    merged = list(works_of(tables).values())
    by_type = Counter(row["type"] for row in tables.entities)
    names = {row["entity_id"]: row["name"] for row in tables.entities}
    metrics = Counter(names.get(row["metric_id"], fold(row["metric"])) for row in tables.results)
    return Stats(
        counts={
            "documents": rows["documents"],
            "documents without papers": sum(row["status"] != "ok" for row in tables.documents),
            "papers": len(merged),
            "paper records": rows["papers"],
            **{name: rows[name] for name in ("authors", "entities", "mentions", "relations", "results")},
        },
        entities={name: by_type[name] for name in ENTITY_TYPES},
        top={name: _top(tables.entities, name, top) for name in ENTITY_TYPES if by_type[name]},
        roles=_ranked(row["role"] for row in tables.mentions),
        relations=_ranked(row["kind"] for row in tables.relations),
        years=_by_work(merged, "year"),
        venues=dict(sorted(_by_venue(merged).items(), key=_unknown_last)),
        metrics=dict(sorted(metrics.items(), key=_by_count)),
        results=_ranked(row["predicate"] for row in tables.results),
    )


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _unknown_last(item: tuple[str, int]) -> tuple[bool, int, str]:
    return item[0] == _UNKNOWN, -item[1], item[0]


def _ranked(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=_by_count))


def _top(entities: Sequence[Row], kind: str, count: int) -> tuple[TopEntity, ...]:
    rows = sorted(
        (row for row in entities if row["type"] == kind),
        key=lambda row: (-row["papers"], -row["mentions"], row["name"]),
    )
    return tuple(
        TopEntity(name=row["name"], papers=row["papers"], mentions=row["mentions"]) for row in rows[:count]
    )


def _by_venue(works: Sequence[Row]) -> dict[str, int]:
    """Works by their venue, whatever the year and the case of its name."""
    spelt: dict[str, list[str]] = {}
    for row in works:
        if row["venue"] is not None:
            spelt.setdefault(venue_key(row["venue"]), []).append(row["venue"])
    named = {venue_label(names): len(names) for names in spelt.values()}
    unknown = len(works) - sum(named.values())
    return {**named, **({_UNKNOWN: unknown} if unknown else {})}


def _by_work(works: Sequence[Row], column: str) -> dict[str, int]:
    """Works by a value of theirs."""
    values = (_UNKNOWN if row[column] is None else str(row[column]) for row in works)
    return dict(sorted(Counter(values).items()))
