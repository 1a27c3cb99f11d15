"""Records of Europe PMC (https://europepmc.org/RestfulWebService) and document summaries of PubMed
(https://www.ncbi.nlm.nih.gov/books/NBK25499/), whose names are shortened to "Smith JA" and whose titles end
in full stops."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from kg.readers.record_people import authorship, medline_name
from kg.readers.record_source import Record, RecordSource, objects, unpaperlike
from kg.readers.record_text import as_text, title_text
from kg.readers.structured import Fields
from kg.types import Authorship

__all__ = ["EUROPE_PMC", "SUMMARY"]

_NO_AUTHORS = frozenset({"editor", "editors", "translator", "illustrator"})


def _title(value: Any) -> str | None:
    """Without the full stop and the brackets of a translated title.

    >>> _title("[On sleep.]"), _title("On sleep."), _title("On sleep...")
    ('On sleep', 'On sleep', 'On sleep...')
    """
    title = title_text(value)
    if title is None:
        return None
    title = re.sub(r"\A\[(.*)\]\.?\Z", r"\1", title)
    return title if title.endswith("..") else title.removesuffix(".") or None


def _is_europe_pmc(record: Record) -> bool:
    return "title" in record and (
        "authorString" in record
        or "journalInfo" in record
        or ("abstractText" in record and "source" in record)
    )


def _europe_pmc(record: Record) -> Fields | str:
    if record.get("source") == "PAT" or "patentDetails" in record:
        return "patent"
    journal = next(iter(objects(record.get("journalInfo"))), {})
    name = next(iter(objects(journal.get("journal"))), {}).get("title") or record.get("journalTitle")
    book = next(iter(objects(record.get("bookOrReportDetails"))), {})
    people = objects(next(iter(objects(record.get("authorList"))), {}).get("author"))
    listed = as_text(record.get("authorString")) or ""
    authors = (
        tuple(author for person in people if (author := _person(person)))
        if people
        else tuple(
            author for part in listed.rstrip(".").split(",") if (author := authorship(medline_name(part)))
        )
    )
    words = next(iter(objects(record.get("keywordList"))), {}).get("keyword")
    return Fields(
        title=_title(record.get("title")),
        abstract=record.get("abstractText"),
        authors=authors,
        venue=name or book.get("publisher"),
        year=record.get("pubYear") or journal.get("yearOfPublication"),
        dates=(record.get("firstPublicationDate"), journal.get("printPublicationDate")),
        doi=record.get("doi"),
        keywords=words,
        language=record.get("language"),
    )


def _person(person: Record) -> Authorship | None:
    given, family = as_text(person.get("firstName")), as_text(person.get("lastName"))
    if given and family:
        return authorship(person)
    full = as_text(person.get("fullName")) or as_text(person.get("collectiveName"))
    author = authorship({**person, "firstName": None, "lastName": None, "initials": None})
    return replace(author, name=medline_name(full)) if author and full else author


def _is_summary(record: Record) -> bool:
    return "uid" in record and (
        "sorttitle" in record or "articleids" in record or "fulljournalname" in record
    )


def _summary(record: Record) -> Fields | str:
    kind = unpaperlike(record.get("pubtype")) if record.get("pubtype") == ["Dataset"] else None
    if kind:
        return kind
    ids = {as_text(entry.get("idtype")): entry.get("value") for entry in objects(record.get("articleids"))}
    people = [
        person
        for person in objects(record.get("authors"))
        if str(person.get("authtype", "")).lower() not in _NO_AUTHORS
    ]
    names = [medline_name(as_text(person.get("name")) or "") for person in people]
    return Fields(
        title=_title(record.get("title")),
        authors=tuple(author for name in names if (author := authorship(name))),
        venue=record.get("fulljournalname") or record.get("booktitle") or record.get("source"),
        dates=(record.get("pubdate"), record.get("epubdate"), record.get("sortpubdate")),
        doi=ids.get("doi") or record.get("elocationid"),
        language=record.get("lang"),
    )


EUROPE_PMC = RecordSource(name="Europe PMC", matches=_is_europe_pmc, fields=_europe_pmc)
SUMMARY = RecordSource(name="PubMed", matches=_is_summary, fields=_summary)
