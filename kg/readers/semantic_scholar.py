"""Papers of Semantic Scholar: the graph and recommendation APIs (https://api.semanticscholar.org/api-docs/)
and the lines of its bulk datasets. ``tldr`` is a machine's summary and no abstract."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.readers.record_people import authorships
from kg.readers.record_source import Record, RecordSource, objects, unpaperlike
from kg.readers.record_text import as_text
from kg.readers.structured import Fields, folded, reference
from kg.types import Reference

__all__ = ["SOURCE"]


def _matches(record: Record) -> bool:
    if "citingcorpusid" in record or "citedcorpusid" in record:
        return False
    known = "paperId" in record or "corpusid" in record or "corpusId" in record
    return known and ("title" in record or "abstract" in record)


def _fields(record: Record) -> Fields | str:
    kinds = record.get("publicationTypes") or record.get("publicationtypes")
    if isinstance(kinds, list) and kinds and all(unpaperlike(kind) for kind in kinds):
        return str(kinds[0])
    given = record.get("externalIds") or record.get("externalids")
    ids = folded(given) if isinstance(given, dict) else {}
    return Fields(
        title=record.get("title"),
        abstract=record.get("abstract"),
        authors=authorships(record.get("authors")),
        venue=_venue(record),
        year=record.get("year"),
        dates=(record.get("publicationDate") or record.get("publicationdate"),),
        doi=ids.get("doi") or record.get("doi"),
        arxiv_id=ids.get("arxiv") or record.get("arxivId"),
        links=(record.get("url"), _address(record.get("paperId"))),
        categories=record.get("fieldsOfStudy")
        or list(
            dict.fromkeys(as_text(field.get("category")) for field in objects(record.get("s2FieldsOfStudy")))
        ),
        references=tuple(found for entry in _list(record.get("references")) if (found := _reference(entry))),
    )


def _address(identifier: Any) -> str | None:
    return (
        f"https://www.semanticscholar.org/paper/{identifier}"
        if isinstance(identifier, str) and identifier
        else None
    )


def _reference(entry: Any) -> Reference | None:
    found = reference(entry)
    if found is None or found.url or not isinstance(entry, dict):
        return found
    inner = entry.get("citedPaper")
    return replace(found, url=_address((inner if isinstance(inner, dict) else entry).get("paperId")))


def _venue(record: Record) -> Any:
    journal = record.get("journal")
    return (
        as_text(record.get("venue"))
        or next((place.get("name") for place in objects(record.get("publicationVenue"))), None)
        or (journal.get("name") if isinstance(journal, dict) else journal)
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


SOURCE = RecordSource(name="Semantic Scholar", matches=_matches, fields=_fields)
