"""Literature records of INSPIRE HEP (https://github.com/inspirehep/rest-api-doc)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.readers.record_facts import arxiv_id_in, clean_doi, year_in
from kg.readers.record_people import authorship, authorships, display_name
from kg.readers.record_source import Record, RecordSource, objects, unpaperlike
from kg.readers.record_text import title_text
from kg.readers.structured import Fields
from kg.types import Authorship, Reference

__all__ = ["SOURCE"]


def _matches(record: Record) -> bool:
    return "titles" in record and any(
        key in record
        for key in ("arxiv_eprints", "document_type", "inspire_categories", "preprint_date", "control_number")
    )


def _fields(record: Record) -> Fields | str:
    kinds = record.get("document_type")
    if isinstance(kinds, list) and kinds and all(unpaperlike(kind) for kind in kinds):
        return str(kinds[0])
    titles = objects(record.get("titles"))
    title = titles[0] if titles else {}
    subtitle = title_text(title.get("subtitle"))
    eprints = objects(record.get("arxiv_eprints"))
    published = objects(record.get("publication_info"))
    imprints = [entry.get("date") for entry in objects(record.get("imprints"))]
    return Fields(
        title=f"{title_text(title.get('title'))}: {subtitle}" if subtitle else title.get("title"),
        abstract=_first(record.get("abstracts"), "value"),
        authors=_authors(record),
        venue=_first(published, "journal_title") or _first(published, "pubinfo_freetext"),
        year=_first(published, "year"),
        dates=(*imprints, record.get("preprint_date"), record.get("earliest_date")),
        doi=_first(record.get("dois"), "value"),
        arxiv_id=_first(eprints, "value"),
        links=(next(iter(objects(record.get("self"))), {}).get("$ref"),),
        categories=[name for entry in eprints for name in _list(entry.get("categories"))],
        keywords=[entry.get("value") for entry in objects(record.get("keywords"))],
        language=_list(record.get("languages"))[:1],
        references=tuple(_references(record.get("references"))),
    )


def _authors(record: Record) -> tuple[Authorship, ...]:
    people = tuple(author for person in objects(record.get("authors")) if (author := authorship(person)))
    groups = record.get("corporate_author")
    if people or groups:
        return people or authorships(groups)
    named = [
        name for entry in objects(record.get("collaborations")) if (name := title_text(entry.get("value")))
    ]
    return tuple(
        Authorship(name=name if "ollaboration" in name else f"{name} Collaboration") for name in named
    )


def _references(entries: Any) -> Iterator[Reference]:
    for entry in objects(entries):
        inner = next(iter(objects(entry.get("reference"))), {})
        published = next(iter(objects(inner.get("publication_info"))), {})
        link = next(iter(objects(entry.get("record"))), {}).get("$ref")
        found = Reference(
            title=title_text(next(iter(objects(inner.get("title"))), {}).get("title")),
            authors=tuple(display_name(author.name) for author in authorships(inner.get("authors"))),
            year=year_in(published.get("year")),
            doi=clean_doi(inner.get("dois")),
            arxiv_id=arxiv_id_in(inner.get("arxiv_eprint")),
            url=link if isinstance(link, str) else None,
        )
        if found.title or found.doi or found.arxiv_id or found.url:
            yield found


def _first(value: Any, key: str) -> Any:
    return next((entry[key] for entry in objects(value) if entry.get(key)), None)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


SOURCE = RecordSource(name="INSPIRE", matches=_matches, fields=_fields)
