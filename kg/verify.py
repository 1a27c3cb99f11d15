"""Checks that a build is true to its documents: offsets, ids, counts, and the files against the manifest."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kg.errors import TablesError
from kg.ids import content_hash
from kg.manifest import MANIFEST, read_manifest
from kg.tables import SORT_KEYS, Row, Tables
from kg.text import collapse
from kg.types import BOUNDS, ENTITY_TYPES, PREDICATES, RELATION_KINDS, ROLES

__all__ = ["Problem", "VerifyReport", "verify", "verify_tables"]

_EXACT_MEDIA_TYPES = ("text/plain", "text/markdown")

# column -> the table and column it points to; None is allowed where the schema allows it
_REFERENCES: tuple[tuple[str, str, str, str], ...] = (
    ("papers", "document_id", "documents", "document_id"),
    ("authorships", "paper_id", "papers", "paper_id"),
    ("authorships", "author_id", "authors", "author_id"),
    ("mentions", "paper_id", "papers", "paper_id"),
    ("links", "mention_id", "mentions", "mention_id"),
    ("links", "entity_id", "entities", "entity_id"),
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
_VALUES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("mentions", "type", ENTITY_TYPES),
    ("mentions", "role", ROLES),
    ("entities", "type", ENTITY_TYPES),
    ("relations", "kind", RELATION_KINDS),
    ("results", "predicate", PREDICATES),
    ("results", "bound", BOUNDS),
)
_SHARES = (
    ("mentions", "confidence"),
    ("relations", "confidence"),
    ("results", "confidence"),
    ("links", "score"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that is not true: in which table or file, of which row, and what."""

    table: str
    identifier: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was checked, with how many cases, and every problem found."""

    checked: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


_Found = Iterator[Problem]


def verify(folder: Path) -> VerifyReport:
    """Checks the build in ``folder``: its tables, its files and its graph.

    A folder without readable tables or manifest is a TablesError.
    """
    manifest = read_manifest(folder)
    tables = Tables.read(folder / "tables")
    report = verify_tables(tables)
    counts, problems = _verify_files(folder, manifest, tables)
    return VerifyReport(checked=report.checked + counts, problems=report.problems + problems)


def verify_tables(tables: Tables) -> VerifyReport:
    """Checks the tables against each other and against the stored texts."""
    checks: tuple[tuple[str, int, Callable[[Tables], _Found]], ...] = (
        ("ids unique", sum(tables.counts().values()), _unique_ids),
        ("references to rows that exist", _cells(tables, _REFERENCES), _references),
        ("types, roles, kinds and confidences", _cells(tables, (*_VALUES, *_SHARES)), _values),
        ("documents: status and number of papers", len(tables.documents), _documents),
        ("papers: text, title and abstract in their documents", len(tables.papers), _papers),
        ("mentions: offsets", len(tables.mentions), _mentions),
        ("mentions: one link each", len(tables.mentions), _links),
        ("entities: counts and aliases", len(tables.entities), _entities),
        ("relations: evidence", len(tables.relations), _relations),
        ("results: evidence and numbers", len(tables.results), _results),
    )
    problems = [problem for _, _, check in checks for problem in check(tables)]
    return VerifyReport(checked=tuple((name, count) for name, count, _ in checks), problems=tuple(problems))


def _rows(tables: Tables, name: str) -> list[Row]:
    rows: list[Row] = getattr(tables, name)
    return rows


def _cells(tables: Tables, columns: Iterable[tuple[str, *tuple[Any, ...]]]) -> int:
    return sum(len(_rows(tables, table)) for table, *_ in columns)


def _row_name(table: str, row: Row) -> str:
    return "/".join(str(row[key]) for key in SORT_KEYS[table])


def _unique_ids(tables: Tables) -> _Found:
    for table, keys in SORT_KEYS.items():
        seen = Counter(tuple(row[key] for key in keys) for row in _rows(tables, table))
        for key, count in seen.items():
            if count > 1:
                name = "/".join(map(str, key))
                yield Problem(table=table, identifier=name, what=f"stands {count} times")


def _references(tables: Tables) -> _Found:
    known: dict[tuple[str, str], set[Any]] = {}
    for table, column, target, key in _REFERENCES:
        if (target, key) not in known:
            known[target, key] = {row[key] for row in _rows(tables, target)}
        for row in _rows(tables, table):
            if row[column] is None and column in _NULLABLE:
                continue
            if row[column] not in known[target, key]:
                what = f"{column} {row[column]} is not in {target}"
                yield Problem(table=table, identifier=_row_name(table, row), what=what)


def _values(tables: Tables) -> _Found:
    for table, column, allowed in _VALUES:
        for row in _rows(tables, table):
            if row[column] not in allowed:
                what = f"{column} is {row[column]!r}"
                yield Problem(table=table, identifier=_row_name(table, row), what=what)
    for table, column in _SHARES:
        for row in _rows(tables, table):
            if row[column] is None or not 0 <= row[column] <= 1:
                what = f"{column} {row[column]} is not between 0 and 1"
                yield Problem(table=table, identifier=_row_name(table, row), what=what)


def _documents(tables: Tables) -> _Found:
    papers = Counter(row["document_id"] for row in tables.papers)
    for row in tables.documents:
        count = papers[row["document_id"]]
        if row["papers"] != count:
            what = f"says {row['papers']} papers, there are {count}"
            yield Problem(table="documents", identifier=row["path"], what=what)
        if (row["status"] == "ok") != (count > 0):
            what = f"status is {row['status']} with {count} papers"
            yield Problem(table="documents", identifier=row["path"], what=what)


def _papers(tables: Tables) -> _Found:
    documents = {row["document_id"]: row for row in tables.documents}
    for paper in tables.papers:
        wanted = "\n\n".join(part for part in (paper["title"], paper["abstract"]) if part)
        if paper["text"] != wanted:
            what = "text is not title, blank line, abstract"
            yield Problem(table="papers", identifier=paper["paper_id"], what=what)
        document = documents.get(paper["document_id"])
        if document is None:
            continue  # told by _references
        for part in ("title", "abstract"):
            what = _part_in_document(paper, part, document)
            if what:
                yield Problem(table="papers", identifier=paper["paper_id"], what=what)


def _part_in_document(paper: Row, part: str, document: Row) -> str:
    """What is wrong with the offsets of a title or an abstract, or nothing."""
    value, start, end = paper[part], paper[f"{part}_start"], paper[f"{part}_end"]
    exact = document["media_type"] in _EXACT_MEDIA_TYPES
    if start is None or end is None:
        if (start is None) != (end is None):
            return f"{part} has one offset only"
        return f"{part} has no offsets" if exact and value else ""
    if value is None:
        return f"{part} has offsets and no text"
    text = document["text"] or ""
    if not 0 <= start < end <= len(text):
        return f"{part} {start}:{end} lies outside the document ({len(text)} characters)"
    stands = text[start:end]
    if exact:
        return "" if stands == value else f"{part} differs from the document at {start}:{end}"
    if document["media_type"] == "text/html":
        stands = _visible_text(stands)
    if collapse(stands) == collapse(value):
        return ""
    return f"{part} differs from the document at {start}:{end}"


def _visible_text(markup: str) -> str:
    from kg.readers.html import visible_text  # noqa: PLC0415 - loads a parser that few builds need

    return visible_text(markup)


def _outside(row: Row, text: str | None) -> str:
    """What is wrong with the bounds of a span, or nothing."""
    if text is None:
        return ""  # told by _references
    start, end = row["start"], row["end"]
    if start is None or end is None or not 0 <= start < end <= len(text):
        return f"{start}:{end} lies outside the text ({len(text)} characters)"
    return ""


def _texts(tables: Tables) -> dict[str, str]:
    return {row["paper_id"]: row["text"] or "" for row in tables.papers}


def _mentions(tables: Tables) -> _Found:
    texts = _texts(tables)
    said: dict[tuple[str, str], tuple[str, str]] = {}
    for row in tables.mentions:
        text = texts.get(row["paper_id"])
        what = _outside(row, text)
        if not what and text is not None and text[row["start"] : row["end"]] != row["text"]:
            stands = text[row["start"] : row["end"]]
            what = f"{row['start']}:{row['end']} reads {stands!r}, not {row['text']!r}"
        first = said.setdefault((row["paper_id"], row["text"]), (row["type"], row["role"]))
        if not what and first != (row["type"], row["role"]):
            what = f"{row['text']!r} is {row['type']}/{row['role']} here and {'/'.join(first)} elsewhere"
        if what:
            yield Problem(table="mentions", identifier=row["mention_id"], what=what)


def _links(tables: Tables) -> _Found:
    links = Counter(row["mention_id"] for row in tables.links)
    for row in tables.mentions:
        if links[row["mention_id"]] != 1:
            what = f"has {links[row['mention_id']]} links"
            yield Problem(table="mentions", identifier=row["mention_id"], what=what)


def _linked(tables: Tables) -> dict[str, list[Row]]:
    mentions = {row["mention_id"]: row for row in tables.mentions}
    linked: dict[str, list[Row]] = defaultdict(list)
    for row in tables.links:
        if row["mention_id"] in mentions:
            linked[row["entity_id"]].append(mentions[row["mention_id"]])
    return linked


def _entities(tables: Tables) -> _Found:
    linked = _linked(tables)
    for row in tables.entities:
        rows = linked.get(row["entity_id"], [])
        counts = {
            "mentions": len(rows),
            "papers": len({mention["paper_id"] for mention in rows}),
        }
        for column, count in counts.items():
            if row[column] != count:
                what = f"says {row[column]} {column}, there are {count}"
                yield Problem(table="entities", identifier=row["entity_id"], what=what)
        forms = {mention["text"] for mention in rows} | {row["name"]}
        if set(row["aliases"] or ()) != forms:
            what = "aliases are not the forms of its mentions and its name"
            yield Problem(table="entities", identifier=row["entity_id"], what=what)


def _relations(tables: Tables) -> _Found:
    texts = _texts(tables)
    present = {
        (mention["paper_id"], entity_id) for entity_id, rows in _linked(tables).items() for mention in rows
    }
    for row in tables.relations:
        what = _outside(row, texts.get(row["paper_id"]))
        for column in ("head_id", "tail_id"):
            if not what and (row["paper_id"], row[column]) not in present:
                what = f"{column} {row[column]} is not mentioned in the paper"
        if what:
            yield Problem(table="relations", identifier=row["relation_id"], what=what)


def _results(tables: Tables) -> _Found:
    texts = _texts(tables)
    for row in tables.results:
        text = texts.get(row["paper_id"])
        what = _outside(row, text)
        if not what and text is not None:
            quote = collapse(text[row["start"] : row["end"]])
            if collapse(row["value"] or "") not in quote:
                what = f"value {row['value']!r} does not stand in its evidence"
        numbers = (row["low"], row["high"])
        if not what and not all(number is not None and math.isfinite(number) for number in numbers):
            what = f"{row['low']} to {row['high']} are no numbers"
        if not what and row["low"] > row["high"]:
            what = f"low {row['low']} is above high {row['high']}"
        if what:
            yield Problem(table="results", identifier=row["result_id"], what=what)


def _verify_files(
    folder: Path, manifest: dict[str, Any], tables: Tables
) -> tuple[tuple[tuple[str, int], ...], tuple[Problem, ...]]:
    """The files against the manifest: bytes, numbers of rows, nodes and edges."""
    problems = []
    for name, count in tables.counts().items():
        if manifest.get("tables", {}).get(name) != count:
            what = f"says {manifest.get('tables', {}).get(name)} rows of {name}, there are {count}"
            problems.append(Problem(table=MANIFEST, identifier=name, what=what))
    files = manifest.get("files", {})
    for name, entry in sorted(files.items()):
        path = folder / name
        if not path.is_file():
            problems.append(Problem(table=MANIFEST, identifier=name, what="the file is missing"))
        elif content_hash(path.read_bytes()) != entry.get("sha256"):
            problems.append(Problem(table=MANIFEST, identifier=name, what="the file was changed"))
    checked = [("files as the manifest says", len(files) + len(tables.counts()))]
    for name in sorted(name for name in files if name.endswith(".graphml") and (folder / name).is_file()):
        nodes, edges, wrong = _read_graphml(folder / name)
        wrong += [
            f"has {count} {kind}, the manifest says {manifest.get('graph', {}).get(kind)}"
            for kind, count in (("nodes", nodes), ("edges", edges))
            if manifest.get("graph", {}).get(kind) != count
        ]
        problems += [Problem(table=name, identifier="graph", what=what) for what in wrong]
        checked.append((f"{name}: nodes and edges", nodes + edges))
    return tuple(checked), tuple(problems)


def _read_graphml(path: Path) -> tuple[int, int, list[str]]:
    """(nodes, edges, what is wrong), read as a stream."""
    nodes: set[str] = set()
    edges = 0
    ends: set[str] = set()
    wrong: list[str] = []
    try:
        for _, element in ElementTree.iterparse(path):
            tag = element.tag.rpartition("}")[2]
            if tag == "node":
                identifier = element.get("id", "")
                if identifier in nodes:
                    wrong.append(f"node {identifier} stands twice")
                nodes.add(identifier)
            elif tag == "edge":
                edges += 1
                ends |= {element.get("source", ""), element.get("target", "")}
            if tag in ("node", "edge"):
                element.clear()
    except ElementTree.ParseError as error:
        raise TablesError(f"{path}: not well-formed XML ({error})", hint="build again") from error
    wrong += [f"an edge ends at {end}, which is no node" for end in sorted(ends - nodes)]
    return len(nodes), edges, wrong
