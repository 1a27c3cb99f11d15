"""Works, authors and citations: the tables against their papers, and against a linkage that is done again.

What was read is in the store; where it knows every document, works, authors and citations are derived once
more from it and must be the same. Else only what the tables themselves tell is checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from kg.bylines import resolve_bylines
from kg.citations import link_citations
from kg.dedupe import find_links
from kg.problems import Found, Problem, is_not
from kg.reading import reading_from_json
from kg.tables import SORT_KEYS, Row, Tables
from kg.types import Paper
from kg.verify_files import row_name
from kg.verify_readings import Witness
from kg.works import work_rows

__all__ = ["verify_linkage", "verify_works"]

_REASONS = ("rule", "score")  # they tell of links that no table holds


def verify_works(tables: Tables) -> Found:
    """Each work is what its records give: its fields, the record each comes from, the number of records."""
    wanted = work_rows(tables.papers, tables.authorships, tables.documents)
    yield from _compared("works", wanted, tables.works, without=_REASONS)
    for row in tables.works:
        if (row["records"] > 1) != (row["rule"] is not None) or (row["rule"] is None) != (
            row["score"] is None
        ):
            what = f"rule is {row['rule']!r}, score {row['score']} with {row['records']} records"
            yield Problem(table="works", identifier=row["work_id"], what=what)
        elif row["score"] is not None and not 0 <= row["score"] <= 1:
            what = f"score {row['score']} is not between 0 and 1"
            yield Problem(table="works", identifier=row["work_id"], what=what)


def verify_linkage(tables: Tables, witness: Witness) -> Found:
    """Works, authors and citations as they follow from what was read."""
    papers = list(_papers(tables, witness))
    if len(papers) != len(tables.papers):
        return
    works, links = find_links(papers)
    for row in tables.papers:
        if row["work_id"] != works[row["paper_id"]]:
            what = f"work_id is {row['work_id']}, the records give {works[row['paper_id']]}"
            yield Problem(table="papers", identifier=row["paper_id"], what=what)
    rows = work_rows(tables.papers, tables.authorships, tables.documents, links)
    yield from _compared("works", rows, tables.works)
    bylines = resolve_bylines(papers, works)
    yield from _compared("authors", map(_listed, map(asdict, bylines.authors)), tables.authors)
    for row in tables.authorships:
        place = row["paper_id"], row["position"]
        wanted = {"author_id": bylines.author_of.get(place)}
        if place in bylines.reasons:
            wanted |= asdict(bylines.reasons[place])
        yield from _columns("authorships", wanted, row)
    texts = {row["document_id"]: row["text"] or "" for row in tables.documents}
    yield from _compared("citations", map(asdict, link_citations(papers, works, texts)), tables.citations)


def _papers(tables: Tables, witness: Witness) -> Iterable[Paper]:
    """The papers as they were read, in the order of the documents; fewer where the store lacks some."""
    for document in tables.documents:
        for values in witness.readings.get(document["document_id"], ()):
            if values["document"].get("reader", "") == document["reader"] and (
                len(values["papers"]) == document["papers"]
            ):
                yield from reading_from_json(witness.written(values), document["path"]).papers
                break


def _listed(row: Row) -> Row:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


def _compared(
    table: str, wanted: Iterable[Row], found: Sequence[Row], *, without: Sequence[str] = ()
) -> Found:
    """Rows by their keys, then by their columns."""
    keys = SORT_KEYS[table]
    expected = {tuple(row[key] for key in keys): row for row in wanted}
    given = {tuple(row[key] for key in keys): row for row in found}
    for key in sorted(expected.keys() - given.keys()):
        yield Problem(table=table, identifier="/".join(map(str, key)), what="is missing")
    for key, row in given.items():
        if key not in expected:
            what = "does not follow from the papers"
            yield Problem(table=table, identifier="/".join(map(str, key)), what=what)
        else:
            yield from _columns(table, {k: v for k, v in expected[key].items() if k not in without}, row)


def _columns(table: str, wanted: dict[str, Any], found: Row) -> Found:
    for column, value in wanted.items():
        if found[column] != value:
            what = f"{column} {is_not(found[column], value, by='the papers give')}"
            yield Problem(table=table, identifier=row_name(table, found), what=what)
