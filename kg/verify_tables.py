"""The tables of a build against each other: ids that exist, values that may be, counts, bylines, names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from kg.problems import Found, Problem, quoted
from kg.resolution.aliases import shipped_aliases
from kg.resolution.families import SCORES, families
from kg.resolution.keys import RULES
from kg.tables import SCHEMAS, Row, Tables
from kg.types import BOUNDS, ENTITY_TYPES, PREDICATES, RELATION_KINDS, ROLES, Entity
from kg.verify_files import row_name

__all__ = [
    "REFERENCES",
    "SHARES",
    "VALUES",
    "cells",
    "linked_mentions",
    "verify_authors",
    "verify_documents",
    "verify_entities",
    "verify_families",
    "verify_links",
    "verify_references",
    "verify_values",
]

# column -> the table and column it points to; None is allowed where the schema allows it
REFERENCES: tuple[tuple[str, str, str, str], ...] = (
    ("papers", "document_id", "documents", "document_id"),
    ("papers", "work_id", "works", "work_id"),
    *(
        ("works", f"{name}_from", "papers", "paper_id")
        for name in ("title", "authors", "venue", "year", "date", "doi", "arxiv_id", "url", "abstract")
    ),
    ("authorships", "paper_id", "papers", "paper_id"),
    ("authorships", "author_id", "authors", "author_id"),
    ("mentions", "paper_id", "papers", "paper_id"),
    ("links", "mention_id", "mentions", "mention_id"),
    ("links", "entity_id", "entities", "entity_id"),
    ("merges", "entity_id", "entities", "entity_id"),
    ("merges", "paper_id", "papers", "paper_id"),
    ("families", "head_id", "entities", "entity_id"),
    ("families", "tail_id", "entities", "entity_id"),
    ("entities", "same_as", "entities", "entity_id"),
    ("relations", "paper_id", "papers", "paper_id"),
    ("relations", "head_id", "entities", "entity_id"),
    ("relations", "tail_id", "entities", "entity_id"),
    ("results", "paper_id", "papers", "paper_id"),
    *(
        ("results", f"{slot}_id", "entities", "entity_id")
        for slot in ("subject", "metric", "baseline", "dataset", "hardware")
    ),
    ("citations", "paper_id", "papers", "paper_id"),
    ("citations", "cited_paper_id", "papers", "paper_id"),
)
_NULLABLE = {"same_as", "subject_id", "metric_id", "baseline_id", "dataset_id", "hardware_id"}
VALUES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("documents", "status", ("ok", "empty", "failed")),
    ("mentions", "type", ENTITY_TYPES),
    ("mentions", "role", ROLES),
    ("entities", "type", ENTITY_TYPES),
    ("relations", "kind", RELATION_KINDS),
    ("results", "predicate", PREDICATES),
    ("results", "bound", BOUNDS),
    ("results", "polarity", ("positive", "negative", "neutral")),
    ("links", "rule", tuple(RULES)),
    ("merges", "rule", tuple(RULES)),
    ("families", "kind", ("is_a",)),
)
SHARES = (
    ("mentions", "confidence"),
    ("relations", "confidence"),
    ("results", "confidence"),
    ("links", "score"),
    ("merges", "score"),
    ("families", "score"),
    ("authorships", "score"),
)


def _rows(tables: Tables, name: str) -> list[Row]:
    """The rows of a table; none of one that this schema does not have."""
    rows: list[Row] = getattr(tables, name, [])
    return rows


def _known(table: str, column: str) -> bool:
    return table in SCHEMAS and column in SCHEMAS[table].names


def cells(tables: Tables, columns: Iterable[tuple[str, *tuple[Any, ...]]]) -> int:
    """How many values stand in some columns."""
    return sum(len(_rows(tables, table)) for table, *_ in columns)


def verify_references(tables: Tables) -> Found:
    """Every id that is used exists."""
    known: dict[tuple[str, str], set[Any]] = {}
    for table, column, target, key in REFERENCES:
        if not (_known(table, column) and _known(target, key)):
            continue
        if (target, key) not in known:
            known[target, key] = {row[key] for row in _rows(tables, target)}
        for row in _rows(tables, table):
            if row[column] is None and (column in _NULLABLE or column.endswith("_from")):
                continue
            if row[column] not in known[target, key]:
                what = f"{column} {row[column]} is not in {target}"
                yield Problem(table=table, identifier=row_name(table, row), what=what)


def verify_values(tables: Tables) -> Found:
    """Types, roles, kinds and rules are known ones; confidences and scores lie between 0 and 1."""
    for table, column, allowed in VALUES:
        for row in _rows(tables, table):
            if row[column] not in allowed:
                what = f"{column} is {row[column]!r}"
                yield Problem(table=table, identifier=row_name(table, row), what=what)
    for table, column in SHARES:
        for row in _rows(tables, table):
            if row[column] is None or not 0 <= row[column] <= 1:
                what = f"{column} {row[column]} is not between 0 and 1"
                yield Problem(table=table, identifier=row_name(table, row), what=what)


def verify_documents(tables: Tables) -> Found:
    """Status and number of papers; the papers of a document are counted from 0 without a gap."""
    papers: dict[str, list[int]] = defaultdict(list)
    for row in tables.papers:
        papers[row["document_id"]].append(row["position"])
    for row in tables.documents:
        positions = papers[row["document_id"]]
        count = len(positions)
        if row["papers"] != count:
            what = f"says {row['papers']} papers, there are {count}"
            yield Problem(table="documents", identifier=row["path"], what=what)
        if (row["status"] == "ok") != (count > 0):
            what = f"status is {row['status']} with {count} papers"
            yield Problem(table="documents", identifier=row["path"], what=what)
        if sorted(positions) != list(range(count)):
            what = f"the positions of its papers are not 0 to {count - 1}"
            yield Problem(table="documents", identifier=row["path"], what=what)


def verify_authors(tables: Tables) -> Found:
    """Bylines are counted from 0 without a gap; the names of an author are those of the bylines."""
    positions: dict[str, list[int]] = defaultdict(list)
    printed: dict[str, set[str]] = defaultdict(set)
    for row in tables.authorships:
        positions[row["paper_id"]].append(row["position"])
        printed[row["author_id"]].add(row["name"])
    for paper, found in positions.items():
        if sorted(found) != list(range(len(found))):
            what = f"the positions of its byline are not 0 to {len(found) - 1}"
            yield Problem(table="authorships", identifier=paper, what=what)
    for row in tables.authors:
        names = printed.get(row["author_id"], set())
        if not names:
            yield Problem(table="authors", identifier=row["author_id"], what="stands in no byline")
        if set(row["aliases"] or ()) != names or row["aliases"] != sorted(row["aliases"]):
            what = "aliases are not the names of its bylines"
            yield Problem(table="authors", identifier=row["author_id"], what=what)
        if row["name"] not in names:
            what = f"name {quoted(row['name'])} stands in no byline"
            yield Problem(table="authors", identifier=row["author_id"], what=what)


def verify_links(tables: Tables) -> Found:
    """Every mention belongs to one entity, and the score is that of the rule."""
    links = Counter(row["mention_id"] for row in tables.links)
    for row in tables.mentions:
        if links[row["mention_id"]] != 1:
            what = f"has {links[row['mention_id']]} links"
            yield Problem(table="mentions", identifier=row["mention_id"], what=what)
    for row in tables.links:
        if row["rule"] in RULES and row["score"] != RULES[row["rule"]]:
            what = f"score is {row['score']}, the rule {row['rule']!r} gives {RULES[row['rule']]}"
            yield Problem(table="links", identifier=row["mention_id"], what=what)


def linked_mentions(tables: Tables) -> dict[str, list[Row]]:
    """The mentions of each entity."""
    mentions = {row["mention_id"]: row for row in tables.mentions}
    linked: dict[str, list[Row]] = defaultdict(list)
    for row in tables.links:
        if row["mention_id"] in mentions:
            linked[row["entity_id"]].append(mentions[row["mention_id"]])
    return linked


def verify_entities(tables: Tables) -> Found:
    """Counts, aliases and type of an entity are those of its mentions."""
    linked = linked_mentions(tables)
    for row in tables.entities:
        rows = linked.get(row["entity_id"], [])
        counts = {"mentions": len(rows), "papers": len({mention["paper_id"] for mention in rows})}
        for column, count in counts.items():
            if row[column] != count:
                what = f"says {row[column]} {column}, there are {count}"
                yield Problem(table="entities", identifier=row["entity_id"], what=what)
        forms = {mention["text"] for mention in rows} | {row["name"]}
        if set(row["aliases"] or ()) != forms or row["aliases"] != sorted(row["aliases"]):
            what = "aliases are not the forms of its mentions and its name"
            yield Problem(table="entities", identifier=row["entity_id"], what=what)
        types = Counter(mention["type"] for mention in rows)
        if types and types[row["type"]] < max(types.values()):
            what = f"type is {row['type']}, its mentions are {', '.join(sorted(types))}"
            yield Problem(table="entities", identifier=row["entity_id"], what=what)


def verify_families(tables: Tables) -> Found:
    """Versions are linked to families of their type, and those that names tell are all there.

    Families that only the table of aliases knows are found by keys that the tables do not hold.
    """
    entities = {row["entity_id"]: row for row in tables.entities}
    given = {(row["head_id"], row["tail_id"]): row for row in tables.families}
    named = [Entity(**{**row, "aliases": tuple(row["aliases"])}) for row in tables.entities]
    nothing_known = dict.fromkeys(entities, "")
    told = {(each.head_id, each.tail_id) for each in families(named, nothing_known, shipped_aliases())}
    known = {head for (head, _), row in given.items() if row["rule"] != "version of a family"}
    for head, tail in told:
        row = given.get((head, tail))
        if row is None and head not in known:
            what = f"{head} is a version of {tail} by its name, and no row says so"
            yield Problem(table="families", identifier=head, what=what)
    for (head, tail), row in given.items():
        identifier = f"{head}/{tail}"
        if head == tail or entities[head]["type"] != entities[tail]["type"]:
            yield Problem(table="families", identifier=identifier, what="is no family of its version")
        elif SCORES.get(row["rule"]) != row["score"]:
            what = f"score is {row['score']}, the rule {row['rule']!r} gives {SCORES.get(row['rule'])}"
            yield Problem(table="families", identifier=identifier, what=what)
        elif row["rule"] == "version of a family" and (head, tail) not in told:
            yield Problem(table="families", identifier=identifier, what="the names do not say so")
