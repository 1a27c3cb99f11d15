"""The tables against what was read and extracted when they were made, which the store beside them keeps.

A second witness of what no other file says again: languages, keywords, affiliations, extractors, confidences.
The store may be missing or may know a paper no more; what it does not know is not checked.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.extract import extraction_key
from kg.full_text import joined, parts
from kg.problems import Found, Problem, is_not
from kg.stored import FIGURES, extraction_from_json
from kg.tables import Row, Tables, by_paper
from kg.types import Extraction, Paper

__all__ = ["Witness", "read_witness", "verify_extractions", "verify_readings"]

_OF_DOCUMENTS = ("media_type", "encoding", "reader", "papers", "status", "error", "text")
_OF_PAPERS = (
    *(
        "title",
        "abstract",
        "venue",
        "year",
        "date",
        "doi",
        "arxiv_id",
        "url",
        "urls",
        "categories",
        "keywords",
    ),
    *("language", "title_start", "title_end", "abstract_start", "abstract_end"),
)
_BLANK = {"encoding": "", "media_type": "", "reader": "", "text": "", "papers": 0}
_DAMAGED = (KeyError, TypeError, ValueError, AttributeError, IndexError)


class Witness:
    """What a store holds: readings by document_id, extractions by key."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.extractions: dict[str, str] = {}
        self.readings: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._written: dict[int, str] = {}
        for key, value in values.items():
            if value.startswith("["):
                self.extractions[key] = value
            elif value.startswith("{"):
                reading = json.loads(value)
                self.readings[reading["document"]["document_id"]].append(reading)
                self._written[id(reading)] = value

    def texts_of(self, tables: Tables) -> frozenset[str]:
        """The documents that were read with the text that the tables give."""
        return frozenset(
            row["document_id"]
            for row in tables.documents
            for reading in self.readings.get(row["document_id"], ())
            if reading["document"].get("text", "") == row["text"]
        )

    def written(self, reading: dict[str, Any]) -> str:
        """A reading of ``readings`` as the store holds it."""
        return self._written[id(reading)]


def read_witness(folder: Path) -> Witness:
    """The store of a build, read without changing it; files that cannot be read are none."""
    values: dict[str, str] = {}
    for path in sorted(folder.glob("*.parquet")):
        try:
            table = pq.ParquetFile(path).read()
            keys, found = (map(str, table[name].to_pylist()) for name in ("key", "value"))
            values |= zip(keys, found, strict=True)
        except (OSError, KeyError, pa.ArrowException):
            continue
    try:
        return Witness(values)
    except _DAMAGED:
        return Witness({})


def verify_readings(tables: Tables, witness: Witness) -> Found:
    """Documents and papers as they were read."""
    bylines = by_paper(tables.authorships)
    papers: dict[str, list[Row]] = defaultdict(list)
    for row in tables.papers:
        papers[row["document_id"]].append(row)
    for document in tables.documents:
        readings = witness.readings.get(document["document_id"], [])
        found = [
            [*_of_document(document, reading), *_of_papers(papers[document["document_id"]], bylines, reading)]
            for reading in readings
        ]
        if found:
            yield from min(found, key=len)  # an older reader may have read the same bytes otherwise


def _of_document(row: Row, reading: Mapping[str, Any]) -> Found:
    read = reading["document"]
    for column in _OF_DOCUMENTS:
        if row[column] != read.get(column, _BLANK.get(column)):
            yield _differs("documents", row["path"], column, row[column], read.get(column))


def _of_papers(rows: list[Row], bylines: Mapping[str, list[Row]], reading: Mapping[str, Any]) -> Found:
    read_papers = {paper.get("position", 0): paper for paper in reading["papers"]}
    for row in rows:
        read = read_papers.get(row["position"])
        if read is None:
            what = f"no paper was read at position {row['position']}"
            yield Problem(table="papers", identifier=row["paper_id"], what=what)
            continue
        for column in _OF_PAPERS:
            value, wanted = row[column] or None, read.get(column) or None
            if row[column] != 0 and value != wanted:
                yield _differs("papers", row["paper_id"], column, value, wanted)
        byline = [(each["name"], each["affiliation"]) for each in bylines.get(row["paper_id"], ())]
        wanted_byline = [(each["name"], each.get("affiliation")) for each in read.get("authors", ())]
        if byline != wanted_byline:
            at = next(
                (i for i, (a, b) in enumerate(zip(byline, wanted_byline, strict=False)) if a != b), None
            )
            pair = (byline[at], wanted_byline[at]) if at is not None else (len(byline), len(wanted_byline))
            yield _differs("authorships", row["paper_id"], "byline", *pair)


def verify_extractions(tables: Tables, witness: Witness, fingerprint: str) -> Found:
    """Mentions, relations and results as they were extracted; ``fingerprint`` is that of the pipeline."""
    mentions, relations = by_paper(tables.mentions), by_paper(tables.relations)
    results = by_paper(tables.results)
    for row in tables.papers:
        extraction = _extraction(row, witness, fingerprint)
        if extraction is None:
            continue
        paper = row["paper_id"]
        known = {
            (each.start, each.end): (each.type, each.role, each.confidence, list(each.extractors))
            for each in extraction.mentions
        }
        for mention in mentions[paper]:
            place, told = (mention["start"], mention["end"]), _told(mention, "type", "role")
            if known.get(place) != told:
                yield _differs("mentions", mention["mention_id"], "row", told, known.get(place))
        said = {
            (each.kind, each.evidence.start, each.evidence.end, each.confidence, each.extractors)
            for each in extraction.relations
        }
        for relation in relations[paper]:
            kind, confidence, extractors = _told(relation, "kind")
            if (kind, relation["start"], relation["end"], confidence, tuple(extractors)) not in said:
                what = "kind, evidence, confidence and extractors are not as extracted"
                yield Problem(table="relations", identifier=relation["relation_id"], what=what)
        measured = {
            (*(getattr(each, name) for name in FIGURES), each.evidence.start, each.evidence.end)
            for each in extraction.results
        }
        for result in results[paper]:
            if (*(result[name] for name in FIGURES), result["start"], result["end"]) not in measured:
                what = "numbers, words, evidence and confidence are not as extracted"
                yield Problem(table="results", identifier=result["result_id"], what=what)


def _told(row: Row, *columns: str) -> tuple[Any, ...]:
    return (*(row[column] for column in columns), row["confidence"], row["extractors"])


def _extraction(row: Row, witness: Witness, fingerprint: str) -> Extraction | None:
    """What was extracted of a paper; None where the store does not know all of its parts."""
    head = "\n\n".join(part for part in (row["title"], row["abstract"]) if part)
    body = row["text"][len(head) :].removeprefix("\n\n") or None
    paper = Paper(paper_id=row["paper_id"], title=row["title"], abstract=row["abstract"], body=body)
    pieces = list(_pieces(paper, witness, fingerprint))
    return joined([piece for piece in pieces if piece]) if all(pieces) else None


def _pieces(paper: Paper, witness: Witness, fingerprint: str) -> Iterator[tuple[int, Extraction] | None]:
    for offset, part in parts(paper):
        stored = witness.extractions.get(extraction_key(part, fingerprint))
        yield (offset, extraction_from_json(stored, part.paper_id, part.text)) if stored else None


def _differs(table: str, identifier: str, column: str, value: object, wanted: object) -> Problem:
    what = f"{column} {is_not(value, wanted, by='what was read is')}"
    return Problem(table=table, identifier=identifier, what=what)
