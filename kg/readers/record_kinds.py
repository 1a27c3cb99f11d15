"""One JSON object -> a paper, the word for what it is instead, or nothing: known sources first, then any
record.

A record of unknown origin is a paper when its fields say so: a title with authors, an abstract, a venue or an
identifier. Objects of configurations, maps and feeds have titles and descriptions too, and are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.readers import (
    arxiv_json,
    bioc,
    crossref,
    csl,
    datacite,
    dblp_json,
    inspire,
    jalc,
    json_services,
    openalex,
    openreview,
    pubmed_json,
    s2orc,
    semantic_scholar,
    zotero,
)
from kg.readers.fields import find_arxiv_id, find_doi
from kg.readers.record_facts import arxiv_id_in, clean_doi, year_in
from kg.readers.record_source import Record, RecordSource, unpaperlike
from kg.readers.record_text import as_text, as_texts
from kg.readers.structured import KEYS, folded, grouped, make_paper, paper_from_mapping
from kg.types import Paper

__all__ = ["SOURCES", "Skipped", "interpret", "looks_like_paper"]

Skipped = str

SOURCES: tuple[RecordSource, ...] = (
    arxiv_json.SNAPSHOT,
    openalex.SOURCE,
    crossref.SOURCE,
    s2orc.SOURCE,
    semantic_scholar.SOURCE,
    zotero.SOURCE,
    arxiv_json.DAILY,
    inspire.SOURCE,
    datacite.SOURCE,
    jalc.SOURCE,
    openreview.SOURCE,
    bioc.SOURCE,
    dblp_json.SOURCE,
    pubmed_json.EUROPE_PMC,
    pubmed_json.SUMMARY,
    *json_services.SERVICES,
    csl.SOURCE,
)
_INNER = (
    "info", "paper", "metadata", "source", "fields", "attributes", "bib", "record", "document", "article",
    "work", "publication", "volumeinfo", "item", "entrytags",
)  # fmt: skip
_PLAIN = frozenset(
    [
        "title", "papertitle", "id", "text", "abstract", "url", "link", "year", "date", "meta", "metadata",
        "content", "body", "label", "labels", "key", "index", "name", "source", "pdf", "note", "notes",
        "venue", "entities", "lang", "language", "created", "added", "version", "split", "doi",
        "sentences", "keywords", "tags", "categories", "category", "urls", "type", "spans", "sents",
        "relations", "clusters", "tokens", "tokoffsets", "ner", "events", "coref", "sections", "nary",
        "corefstrings",
    ]
)  # fmt: skip
_NO_RECORD = frozenset(
    ["$schema", "openapi", "swagger", "dependencies", "scripts", "manifestversion", "subreddit", "selftext"]
)
_VENUES = frozenset(KEYS["venue"]) - {"source", "series", "container", "pub", "proceeding"}
_LINKS = frozenset({"id", "url", "link", "identifier", "@id", "pdf"})
_MIN_ABSTRACT = 60
# names that show what a record is for, though it has no value under them
_TELLING = (
    ("authors", "author", "creators"),
    ("abstract",),
    ("doi", "DOI"),
    ("arxiv_id", "arxivId"),
    ("venue", "journal", "booktitle"),
    ("year",),
)
_TELLING_ENOUGH = 3
_PAPER_EVENT = re.compile(
    r"poster|oral|spotlight|paper|journal|(?<!invited )(?<!keynote )\btalk|research", re.IGNORECASE
)


def interpret(record: Record, *, bare: bool = False) -> Paper | Skipped | None:
    """The paper of an object; the word for what it is where its source says that it is none; None where
    it is no record at all (what is inside it may be some). ``bare``: a title alone is enough, as in a list
    of titles."""
    for source in SOURCES:
        if source.matches(record):
            found = source.fields(record)
            if isinstance(found, str):
                return found
            return make_paper(found) or "a record without title and abstract"
    for key in (*_INNER, "_source"):
        inner = record.get(key)
        if isinstance(inner, Mapping) and any(source.matches(inner) for source in SOURCES):
            return interpret(inner)
    if looks_like_paper(record) or (bare and _is_bare(folded(record))):
        kinds = (record.get(key) for key in ("@type", "type", "resource_type", "itemType"))
        kind = unpaperlike(*kinds) or _other_event(record)
        return kind if kind and kind.lower() != "journal" else paper_from_mapping(record)
    return None


def _other_event(record: Record) -> str | None:
    """What a programme lists beside its papers: talks by invitation, workshops, breaks."""
    event = as_text(record.get("eventtype") or record.get("event_type"))
    return event if event and not _PAPER_EVENT.search(event) else None


def looks_like_paper(record: Record, *, level: int = 0) -> bool:
    """Whether the fields of a record of unknown origin are those of a paper."""
    fields = folded(record)
    if not _NO_RECORD.isdisjoint(fields):
        return False
    given = grouped(fields)
    titled = as_text(given.get("title")) is not None
    abstract = _has_abstract(given)
    if titled:
        named = sum(any(key in record for key in group) for group in _TELLING)
        if named >= _TELLING_ENOUGH or (weight := _weight(fields, given, abstract=abstract)) > 2:
            return True
        if weight == 2:
            return not _only_author(fields, given)
    elif as_text(given.get("name")) and _weight(fields, given, abstract=abstract) >= 4:
        return True
    if level == 0 and any(looks_like_paper(inner, level=1) for inner in _inner(fields)):
        return True
    return abstract and not titled


def _is_bare(fields: Mapping[str, Any]) -> bool:
    """A title with little else, or a text: what lists of titles and collections of texts are made of."""
    if not fields.keys() <= _PLAIN:
        return False
    title, text = as_text(grouped(fields).get("title")), fields.get("text")
    if isinstance(text, str) and len(text) >= 20:
        return True
    linked = any(key in fields for key in ("url", "link", "urls", "type"))
    return (
        title is not None
        and (len(title.split()) > 3 or not linked)
        and (len(fields) <= 2 or "year" in fields)
    )


def _inner(fields: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [fields[key] for key in _INNER if isinstance(fields.get(key), Mapping)]


def _weight(fields: Mapping[str, Any], given: Mapping[str, Any], *, abstract: bool) -> int:
    """How much beside a title speaks for a paper; two is enough."""
    authors = isinstance(given.get("authors"), str | list | Mapping)
    weight = 2 * abstract + 2 * authors
    if weight > 2:
        return weight
    return (
        weight
        + 2 * _is_identified(fields, given)
        + 2 * any(as_text(fields[key]) is not None for key in _VENUES & fields.keys())
        + (year_in(given.get("year")) is not None)
        + (authors and as_text(given.get("summary")) is not None and year_in(given.get("date")) is not None)
    )


def _has_abstract(given: Mapping[str, Any]) -> bool:
    value = given.get("abstract") or given.get("inverted")
    texts = as_texts(value)
    long_enough = sum(map(len, texts)) >= (1 if given.get("title") else _MIN_ABSTRACT)
    return long_enough or (isinstance(value, Mapping) and bool(value))


def _is_identified(fields: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    if clean_doi(given.get("doi")) or arxiv_id_in(given.get("arxiv")):
        return True
    links = [text[:300] for key in _LINKS & fields.keys() for text in as_texts(fields[key])]
    return any(find_doi(link) or find_arxiv_id(link) or arxiv_id_in(link) for link in links)


def _only_author(fields: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """A title with one author as text and nothing else of a paper: a post, a recipe, a page of settings."""
    author = given.get("authors")
    return isinstance(author, str) and " and " not in author and len(fields) > 4
