"""Records of DataCite (https://schema.datacite.org/) and of Zenodo and InvenioRDM, which follow it. Only
literature is read: data sets, software, pictures and the like are no papers."""

from __future__ import annotations

import re
from typing import Any

from kg.readers.record_facts import clean_doi
from kg.readers.record_people import authorships
from kg.readers.record_source import Record, RecordSource, objects, unpaperlike
from kg.readers.record_text import as_text
from kg.readers.structured import Fields
from kg.types import Reference

__all__ = ["SOURCE"]

_VAGUE = frozenset({"other", "collection", ""})
_PAPER_KINDS = re.compile(
    r"article|paper|preprint|thesis|dissertation|report|chapter|book|proceeding|JOUR|CPAPER|THES|RPRT"
)


def _matches(record: Record) -> bool:
    item = _item(record)
    if (
        "titles" in item
        and ("creators" in item or "types" in item)
        and "container" not in item.get("document_type", ())
    ):
        return "publicationYear" in item or "types" in item or "publication_year" in item
    return _is_zenodo(record)


def _is_zenodo(record: Record) -> bool:
    metadata = record.get("metadata")
    if not isinstance(metadata, dict) or "title" not in metadata:
        return False
    return "resource_type" in metadata or "upload_type" in metadata


def _item(record: Record) -> Record:
    attributes = record.get("attributes")
    return attributes if isinstance(attributes, dict) else record


def _fields(record: Record) -> Fields | str:
    if _is_zenodo(record):
        return _zenodo(record)
    item = _item(record)
    types = next(iter(objects(item.get("types"))), {})
    general = as_text(types.get("resourceTypeGeneral")) or ""
    kind = unpaperlike(general) if general.lower() != "collection" else None
    if kind:
        return kind
    if general.lower() in _VAGUE and not _PAPER_KINDS.search(
        " ".join(str(value) for value in types.values())
    ):
        return general or "a record without a type"
    container = next(iter(objects(item.get("container"))), {})
    related = objects(item.get("relatedItems"))
    inside = [
        part.get("titles") for part in related if part.get("relationType") in {"IsPublishedIn", "IsPartOf"}
    ]
    return Fields(
        title=_title(item.get("titles")),
        abstract=_abstract(item.get("descriptions")),
        authors=authorships(item.get("creators")),
        venue=container.get("title")
        or _title(inside[0] if inside else None)
        or as_text(item.get("publisher")),
        year=item.get("publicationYear") or item.get("publication_year"),
        dates=tuple(_dates(item.get("dates"))),
        doi=item.get("doi") or record.get("id") or item.get("id"),
        arxiv_id=[entry.get("identifier") for entry in objects(item.get("identifiers"))] + _alternate(item),
        links=(item.get("url"),),
        keywords=[subject.get("subject") for subject in objects(item.get("subjects"))],
        language=item.get("language"),
        references=tuple(_references(item.get("relatedIdentifiers"))),
    )


def _alternate(item: Record) -> list[Any]:
    return [entry.get("alternateIdentifier") for entry in objects(item.get("alternateIdentifiers"))]


def _title(titles: Any) -> str | None:
    """The main title and its subtitle; translations and alternatives only where there is no other."""
    main = [entry for entry in objects(titles) if not entry.get("titleType")] or objects(titles)[:1]
    title = as_text(main[0].get("title")) if main else as_text(titles)
    subtitle = next(
        (as_text(entry.get("title")) for entry in objects(titles) if entry.get("titleType") == "Subtitle"),
        None,
    )
    if title is None or subtitle is None or subtitle in title:
        return title
    return f"{title}: {subtitle}"


def _abstract(descriptions: Any) -> str | None:
    """The abstract; in the first of several languages."""
    texts = [
        (entry.get("descriptionType"), as_text(entry.get("description"))) for entry in objects(descriptions)
    ]
    return next((text for kind, text in texts if kind == "Abstract" and text), None)


def _dates(dates: Any) -> list[Any]:
    """Issued first; when a record was made or changed says nothing of the work."""
    kinds = ("Issued", "Available", "Submitted")
    return [entry.get("date") for kind in kinds for entry in objects(dates) if entry.get("dateType") == kind]


def _references(related: Any) -> list[Reference]:
    entries = [entry for entry in objects(related) if entry.get("relationType") in {"References", "Cites"}]
    dois = [
        clean_doi(entry.get("relatedIdentifier"))
        for entry in entries
        if entry.get("relatedIdentifierType") == "DOI"
    ]
    return [Reference(doi=doi) for doi in dict.fromkeys(dois) if doi]


def _zenodo(record: Record) -> Fields | str:
    metadata = next(iter(objects(record.get("metadata"))), {})
    given = metadata.get("resource_type") or {"type": metadata.get("upload_type")}
    kinds = next(iter(objects(given)), {})
    kind = as_text(kinds.get("type")) or as_text(kinds.get("id")) or as_text(given) or ""
    if not kind.startswith("publication"):
        return kind or "a record without a type"
    journal = next(iter(objects(metadata.get("journal"))), {})
    meeting = next(iter(objects(metadata.get("meeting"))), {})
    publisher = as_text(metadata.get("publisher")) or metadata.get("imprint")
    return Fields(
        title=metadata.get("title"),
        abstract=metadata.get("description"),
        authors=authorships([_person(entry) for entry in objects(metadata.get("creators"))]),
        venue=journal.get("title") or metadata.get("journal_title") or meeting.get("title") or publisher,
        dates=(metadata.get("publication_date"),),
        doi=record.get("doi") or metadata.get("doi"),
        links=(record.get("doi_url"), next(iter(objects(record.get("links"))), {}).get("self_html")),
        keywords=metadata.get("keywords") or metadata.get("subjects"),
        language=metadata.get("language") or metadata.get("languages"),
    )


def _person(entry: Record) -> Record:
    inner = entry.get("person_or_org")
    return {**inner, "affiliations": entry.get("affiliations")} if isinstance(inner, dict) else entry


SOURCE = RecordSource(name="DataCite", matches=_matches, fields=_fields)
