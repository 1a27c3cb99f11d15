"""CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types), as Zotero,
Mendeley, Pandoc, doi.org and citeproc write it. Zotero puts what CSL has no field for into ``note``, a line
each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.readers.record_facts import arxiv_id_in, clean_doi
from kg.readers.record_people import authorships
from kg.readers.record_source import Record, RecordSource, unpaperlike
from kg.readers.record_text import as_text
from kg.readers.structured import Fields

__all__ = ["SOURCE", "extra_fields", "is_identified"]

_TYPES = frozenset(
    [
        "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
        "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
        "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case",
        "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
        "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
        "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
        "standard", "thesis", "treaty", "webpage",
    ]
)  # fmt: skip
_OWN = frozenset(
    [
        "author", "issued", "container-title", "DOI", "URL", "accessed", "citation-label", "citation-key",
        "event-title", "event-place", "publisher-place", "number-of-pages", "title-short",
        "container-title-short", "call-number", "archive", "archive_location", "collection-title",
        "original-date", "page", "ISSN", "ISBN", "PMID", "PMCID",
    ]
)  # fmt: skip
_PAGES = frozenset({"webpage", "post-weblog", "post"})
_EXTRA = re.compile(r"\s*\{?:?\s*([A-Za-z][\w \-]{1,30}?)\s*[:=]\s*(.{1,500}?)\}?\s*")


def _matches(record: Record) -> bool:
    kind = record.get("type")
    if not isinstance(kind, str) or "title" not in record or "creators" in record:
        return False
    if kind in _TYPES:
        return any(key in _OWN for key in record) and not isinstance(record.get("authors"), list)
    return (
        kind in {"journal-article", "proceedings-article", "posted-content"} and "container-title" in record
    )


def _fields(record: Record) -> Fields | str:
    kind = unpaperlike(record.get("type"))
    if kind:
        return kind
    extra = extra_fields(as_text(record.get("note")))
    if record.get("type") in _PAGES and not is_identified(record.get("DOI"), record.get("URL"), extra):
        return "web page"
    number = [
        record.get(key) for key in ("number", "archive_location", "archive-location", "archive", "publisher")
    ]
    arxiv = [
        f"arXiv:{extra.get('arxiv')}",
        extra.get("eprint"),
        *(text for text in map(as_text, number) if text and "arxiv" in text.lower()),
    ]
    return Fields(
        title=record.get("title"),
        abstract=record.get("abstract"),
        authors=authorships(record.get("author")) or authorships(record.get("container-author")),
        venue=_venue(record),
        dates=(
            record.get("issued"),
            record.get("published-print"),
            record.get("published-online"),
            extra.get("date"),
        ),
        doi=record.get("DOI") or extra.get("doi"),
        arxiv_id=arxiv,
        links=(record.get("URL"),),
        keywords=record.get("keyword") or record.get("categories"),
        language=record.get("language"),
    )


def _venue(record: Record) -> Any:
    for key in ("container-title", "event-title", "event"):
        if record.get(key):
            return record[key]
    if record.get("type") in {"article", "manuscript", "report"}:
        places = (as_text(record.get("publisher")), as_text(record.get("archive")))
        return next(
            (place for place in places if place and re.search(r"rxiv|ssrn|preprint", place, re.IGNORECASE)),
            None,
        )
    return record.get("publisher") if record.get("type") in {"thesis", "report"} else None


def is_identified(doi: Any, url: Any, extra: Mapping[str, str]) -> bool:
    """Whether a DOI or an arXiv id tells that a page of the web is literature."""
    known = doi or extra.get("doi") or extra.get("arxiv") or extra.get("eprint")
    return bool(known or clean_doi(url) or arxiv_id_in(url))


def extra_fields(text: str | None) -> dict[str, str]:
    """What Zotero keeps in "Extra" (CSL: ``note``): ``name: value`` lines, names in small letters.

    >>> extra_fields("arXiv:1706.03762 [cs.CL]\\nDOI: 10.1000/182")
    {'arxiv': '1706.03762 [cs.CL]', 'doi': '10.1000/182'}
    """
    found: dict[str, str] = {}
    for line in (text or "")[:20_000].splitlines():
        match = _EXTRA.fullmatch(line[:600])
        if match:
            found.setdefault(match.group(1).lower(), match.group(2))
    if "doi" not in found and (doi := clean_doi(text)):
        found["doi"] = doi
    return found


SOURCE = RecordSource(name="CSL-JSON", matches=_matches, fields=_fields)
