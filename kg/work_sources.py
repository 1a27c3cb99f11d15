"""Where the fields of a work come from, and why the names of an author are one person's: for ``kg show``."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from kg.database import Database
from kg.types import WORK_FIELDS

__all__ = ["FieldSource", "PrintedName", "field_sources", "printed_names"]

Row = dict[str, Any]

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSource:
    """A value that a record gives for a field of its work; ``chosen`` if the work has it from there."""

    field: str
    value: str
    document: str
    position: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedName:
    """A name as printed in bylines of an author, in how many, and the weakest reason that joined one of them.

    ``rule`` is "own name" where every such byline stands for itself.
    """

    name: str
    bylines: int
    rule: str
    score: float


def field_sources(database: Database, work_id: str) -> tuple[FieldSource, ...]:
    """The fields on which the records of a work differ, with the value of every record; () for one record."""
    records = database.where("papers", "work_id", [work_id])
    if len(records) < 2:
        return ()
    (work,) = database.where("works", "work_id", [work_id])
    documents = {row["document_id"] for row in records}
    rows = database.where("documents", "document_id", documents, ("document_id", "path"))
    paths = {row["document_id"]: row["path"] for row in rows}
    bylines: dict[str, list[str]] = defaultdict(list)
    members = {row["paper_id"] for row in records}
    for row in database.where("authorships", "paper_id", members, ("paper_id", "position", "name")):
        bylines[row["paper_id"]].append(row["name"])
    found: list[FieldSource] = []
    for field in WORK_FIELDS:
        values = {row["paper_id"]: _shown(row, field, bylines) for row in records}
        given = {value for value in values.values() if value}
        if len(given) < 2:
            continue
        found += sorted(
            (
                FieldSource(
                    field=field,
                    value=values[row["paper_id"]],
                    document=paths[row["document_id"]],
                    position=row["position"],
                    chosen=row["paper_id"] == work[f"{field}_from"],
                )
                for row in records
                if values[row["paper_id"]]
            ),
            key=lambda each: (not each.chosen, each.document, each.position),
        )
    return tuple(found)


def _shown(row: Row, field: str, bylines: dict[str, list[str]]) -> str:
    value = ", ".join(bylines[row["paper_id"]]) if field == "authors" else row[field]
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def printed_names(database: Database, author_id: str) -> tuple[PrintedName, ...]:
    """The names under which an author signs, the most frequent first."""
    rows = database.where("authorships", "author_id", [author_id])
    counts = Counter(row["name"] for row in rows)
    weakest: dict[str, Row] = {}
    for row in rows:
        best = weakest.get(row["name"])
        if best is None or (row["score"], row["rule"]) < (best["score"], best["rule"]):
            weakest[row["name"]] = row
    return tuple(
        PrintedName(name=name, bylines=counts[name], rule=weakest[name]["rule"], score=weakest[name]["score"])
        for name in sorted(counts, key=lambda name: (-counts[name], name))
    )
