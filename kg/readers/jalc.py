"""Records of the Japan Link Center (https://api.japanlinkcenter.org/api-docs/): every name and title in one
or several languages. What is read is the language of the first title; authors, journal and abstract follow
it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.readers.record_facts import clean_doi, year_in
from kg.readers.record_people import authorship
from kg.readers.record_source import Record, RecordSource, objects
from kg.readers.record_text import as_text, title_text
from kg.readers.structured import Fields
from kg.types import Authorship, Reference

__all__ = ["SOURCE"]

_NO_PAPERS = {"RD": "research data", "EL": "e-learning material"}


def _matches(record: Record) -> bool:
    return "title_list" in record and any(
        key in record for key in ("creator_list", "content_type", "ra", "publication_date")
    )


def _fields(record: Record) -> Fields | str:
    kind = _NO_PAPERS.get(str(record.get("content_type")))
    if kind:
        return kind
    titles = objects(record.get("title_list"))
    tongue = next((str(entry["lang"]) for entry in titles if entry.get("lang") and entry.get("title")), "")
    title = _in(tongue, titles)
    journals = objects(record.get("journal_title_name_list"))
    full = [entry for entry in journals if entry.get("type") == "full"] or journals
    date = next(iter(objects(record.get("publication_date"))), {})
    abstracts = objects(record.get("abstract_list") or record.get("description_list"))
    return Fields(
        title=_with_subtitle(title),
        abstract=_value(_in(tongue, abstracts), "abstract", "description", "text"),
        authors=tuple(
            author for entry in objects(record.get("creator_list")) if (author := _author(entry, tongue))
        ),
        venue=_value(_in(tongue, full), "journal_title_name")
        or _value(_in(tongue, objects(record.get("book_title_list"))), "book_title"),
        dates=(
            {key: as_text(date.get(f"publication_{key}")) for key in ("year", "month", "day")},
            as_text(record.get("date")),
        ),
        doi=record.get("doi"),
        links=(record.get("url"),),
        keywords=[entry.get("keyword") for entry in _all_in(tongue, objects(record.get("keyword_list")))],
        language=record.get("original_language") or tongue or None,
        references=tuple(
            entry for item in objects(record.get("citation_list")) if (entry := _reference(item))
        ),
    )


def _all_in(tongue: str, entries: Sequence[Record]) -> list[Record]:
    return [entry for entry in entries if entry.get("lang") == tongue] or list(entries)


def _in(tongue: str, entries: Sequence[Record]) -> Record:
    """The entry in this language, else the first."""
    return next(iter(_all_in(tongue, entries)), {})


def _value(entry: Record, *keys: str) -> Any:
    return next((entry[key] for key in keys if entry.get(key)), None)


def _with_subtitle(entry: Record) -> str | None:
    title, subtitle = as_text(entry.get("title")), as_text(entry.get("subtitle"))
    return f"{title}: {subtitle}" if title and subtitle else title


def _author(entry: Record, tongue: str) -> Authorship | None:
    name = _in(tongue, objects(entry.get("names")))
    places = objects(entry.get("affiliation_list"))
    named = [
        _in(tongue, objects(place.get("affiliation_name_list"))).get("affiliation_name") for place in places
    ]
    return authorship(
        {
            "given": name.get("first_name"),
            "family": name.get("last_name"),
            "name": name.get("name")
            or name.get("group_name")
            or name.get("last_name")
            or name.get("first_name"),
            "affiliation": [place for place in named if place],
            "orcid": entry.get("researcher_id_list"),
        }
    )


def _reference(item: Record) -> Reference | None:
    entry = Reference(
        title=title_text(_value(_in("", objects(item.get("title_list"))), "title")),
        year=year_in(item.get("publication_year")),
        doi=clean_doi(item.get("doi")) or clean_doi(item.get("original_text")),
    )
    return entry if entry.title or entry.doi else None


SOURCE = RecordSource(name="JaLC", matches=_matches, fields=_fields)
