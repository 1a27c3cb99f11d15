"""Works of Crossref (https://api.crossref.org/swagger-ui/): titles are lists, dates are lists of numbers,
abstracts are JATS, and ``reference`` is the reference list as far as it is open."""

from __future__ import annotations

from kg.readers.record_facts import clean_doi, year_in
from kg.readers.record_people import authorships, display_name
from kg.readers.record_source import Record, RecordSource, objects, unpaperlike
from kg.readers.record_text import as_text, as_texts, title_text
from kg.readers.structured import Fields
from kg.types import Reference

__all__ = ["SOURCE"]

_DATES = ("issued", "published", "published-print", "published-online", "posted", "content-created")
_OWN = (
    "is-referenced-by-count", "reference-count", "references-count", "content-domain", "deposited",
    "prefix", "member",
)  # fmt: skip


def _matches(record: Record) -> bool:
    if "DOI" not in record:
        return False
    if sum(key in record for key in _OWN) >= 2:
        return True
    # an answer of which only some fields were asked for: its titles are lists, those of CSL are texts
    return isinstance(record.get("title"), list) and isinstance(record.get("container-title", []), list)


def _fields(record: Record) -> Fields | str:
    kind = unpaperlike(record.get("type"))
    if kind:
        return kind
    resource = next(iter(objects(record.get("resource"))), {})
    primary = next(iter(objects(resource.get("primary"))), {})
    event = next(iter(objects(record.get("event"))), {})
    institution = next(iter(objects(record.get("institution"))), {})
    venue = _container(record) or event.get("name") or institution.get("name")
    return Fields(
        title=_title(record),
        abstract=record.get("abstract"),
        authors=authorships(record.get("author")),
        venue=venue or record.get("group-title") or record.get("short-container-title"),
        dates=tuple(record.get(key) for key in _DATES),
        doi=record.get("DOI"),
        links=(record.get("URL"), primary.get("URL")),
        categories=None,
        keywords=record.get("subject"),
        language=record.get("language"),
        references=tuple(entry for item in objects(record.get("reference")) if (entry := _reference(item))),
    )


def _container(record: Record) -> str | None:
    """The journal or the volume; of a chapter in a series the volume stands behind the series."""
    titles = as_texts(record.get("container-title"))
    chapter = record.get("type") in {"book-chapter", "proceedings-article", "book-section", "book-part"}
    return titles[-1 if chapter else 0] if titles else None


def _title(record: Record) -> str | None:
    """The title, with its subtitle where it does not hold that already."""
    title, subtitle = title_text(record.get("title")), title_text(record.get("subtitle"))
    if title is None or subtitle is None or subtitle.lower() in title.lower():
        return title
    return f"{title}{' ' if title[-1] in ':?!–—' else ': '}{subtitle}"


def _reference(item: Record) -> Reference | None:
    title = title_text(item.get("article-title"))
    whole = as_text(item.get("unstructured")) or ""
    author = as_text(item.get("author"))
    entry = Reference(
        title=title or (title_text(item.get("volume-title")) if not item.get("journal-title") else None),
        authors=(display_name(author),) if author else (),
        year=year_in(item.get("year")),
        doi=clean_doi(item.get("DOI")) or clean_doi(whole),
    )
    return entry if entry.title or entry.doi else None


SOURCE = RecordSource(name="Crossref", matches=_matches, fields=_fields)
