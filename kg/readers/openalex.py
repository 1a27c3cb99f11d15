"""Works of OpenAlex (https://docs.openalex.org/api-entities/works/work-object).

Abstracts are inverted indices; authors, institutions, sources and topics of OpenAlex are no papers.
"""

from __future__ import annotations

from kg.readers.record_people import authorship
from kg.readers.record_source import Record, RecordSource, objects, unpaperlike
from kg.readers.structured import Fields, inverted_text
from kg.types import Authorship, Reference

__all__ = ["SOURCE"]


def _matches(record: Record) -> bool:
    own = "authorships" in record or "abstract_inverted_index" in record or "referenced_works" in record
    if own:
        return True
    identifier = record.get("id")
    return (
        isinstance(identifier, str) and "openalex.org/W" in identifier[:40] and "publication_year" in record
    )


def _fields(record: Record) -> Fields | str:
    kind = unpaperlike(record.get("type"), record.get("type_crossref"))
    if kind:
        return kind
    ids = next(iter(objects(record.get("ids"))), {})
    place = next(iter(objects(record.get("primary_location"))), {})
    host = next(iter(objects(record.get("host_venue"))), {})
    source = next(iter(objects(place.get("source"))), {})
    links = [location.get("landing_page_url") for location in (place, *objects(record.get("locations")))]
    return Fields(
        title=record.get("title") or record.get("display_name"),
        abstract=inverted_text(record.get("abstract_inverted_index")) or record.get("abstract"),
        authors=tuple(author for entry in objects(record.get("authorships")) if (author := _author(entry))),
        venue=source.get("display_name") or host.get("display_name") or place.get("raw_source_name"),
        year=record.get("publication_year"),
        dates=(record.get("publication_date"),),
        doi=record.get("doi") or ids.get("doi"),
        arxiv_id=[link for link in links if isinstance(link, str) and "arxiv.org" in link],
        links=(record.get("id"), *links[:1]),
        keywords=record.get("keywords"),
        categories=[topic.get("display_name") for topic in objects(record.get("primary_topic"))],
        language=record.get("language"),
        references=tuple(
            Reference(url=work)
            for work in record.get("referenced_works") or ()
            if isinstance(work, str) and work
        )
        if isinstance(record.get("referenced_works"), list)
        else (),
    )


def _author(entry: Record) -> Authorship | None:
    person = next(iter(objects(entry.get("author"))), {})
    names = (person.get("display_name"), entry.get("raw_author_name"))
    return authorship(
        {
            "name": next((name for name in names if isinstance(name, str) and name.strip()), None),
            "orcid": person.get("orcid") or entry.get("raw_orcid"),
            "affiliation": entry.get("institutions") or entry.get("raw_affiliation_strings"),
        }
    )


SOURCE = RecordSource(name="OpenAlex", matches=_matches, fields=_fields)
