"""Crossref XML: unixref and unixsd answers, deposits, OAI records.

https://www.crossref.org/documentation/schema-library/. Journal and proceedings stand around the papers, so
their names come from the elements on the path.
"""

from __future__ import annotations

import re

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation, clean_doi
from kg.readers.fields import find_arxiv_id, find_year
from kg.readers.references import references
from kg.readers.xmlpapers import Outcome, author, make_paper, person, read_records
from kg.readers.xmltext import flow, line
from kg.readers.xmltree import Element, Record, attribute, child, children, descend, opening
from kg.types import Authorship, Reference

__all__ = ["READER"]

_RECORDS = (
    "journal_article",
    "conference_paper",
    "posted_content",
    "content_item",
    "dissertation",
    "report-paper_metadata",
    "book_metadata",
    "book_series_metadata",
    "book_set_metadata",
    "report-paper_series_metadata",
    "peer_review",
    "dataset",
    "component",
    "grant",
    "standard",
    "database",
    "pending_publication",
)
_ROOTS = frozenset(
    {"crossref_result", "doi_records", "doi_record", "doi_batch", "crossref", "query_result", "journal"}
)
_SIGNS = re.compile(
    r"<(?:\w+:)?(?:journal_article|journal_metadata|conference_paper|posted_content|book_metadata|dissertation|crossref|doi_record|query|body)[\s>]"
)
_NOT_PAPERS = frozenset({"dataset", "component", "grant", "standard", "database", "peer_review"})


def score(raw: Raw) -> float:
    """Crossref's roots."""
    start = opening(raw.text)
    if start is None or start.name not in _ROOTS:
        return 0.0
    return 0.96 if _SIGNS.search(start.head) or "crossref.org" in start.head else 0.0


def read(raw: Raw) -> Parsed:
    """Every article, paper, preprint, chapter, thesis, report and book."""
    return read_records(raw, _RECORDS, _paper, media_type="application/vnd.crossref.unixref+xml")


def _paper(record: Record) -> Outcome | tuple[Outcome, ...]:
    element = record.element
    tag = str(element.tag)
    if tag in _NOT_PAPERS:
        return tag.replace("_", " ")
    titles = child(element, "titles")
    title, below = line(child(titles, "title")), line(child(titles, "subtitle"))
    journal, issue, volume = (_around(record, *names) for names in _AROUND)
    if tag.startswith("book") and not _authors(element):
        return ()  # a volume: its chapters are the papers
    dates = [
        _date(one) for one in (*_printed_first(element), *_printed_first(issue), *_printed_first(volume))
    ]
    data = child(element, "doi_data")
    abstract = next((text for one in children(element, "abstract") if (text := flow(one))), "")
    return make_paper(
        Citation(
            title=f"{title}: {below}" if title and below else title,
            abstract=abstract,
            authors=_authors(element),
            venue=_venue(element, journal, volume),
            dates=tuple(date for date in dates if date),
            doi=clean_doi(line(child(data, "doi"))) or "",
            links=tuple(link for link in [line(child(data, "resource"))] if link.startswith("http")),
            language=attribute(element, "language")
            or (attribute(journal, "language") if journal is not None else ""),
            references=tuple(
                made
                for one in children(child(element, "citation_list"), "citation")
                if (made := _reference(one))
            ),
        )
    )


_AROUND = (
    ("journal_metadata",),
    ("journal_issue",),
    (
        "proceedings_metadata",
        "proceedings_series_metadata",
        "book_metadata",
        "book_series_metadata",
        "book_set_metadata",
    ),
)


def _around(record: Record, *names: str) -> Element | None:
    """The description of the journal or volume that a record stands in."""
    for outer in reversed(record.path):
        found = next(iter(children(outer, *names)), None)
        if found is not None:
            return found
    return None


def _venue(element: Element, journal: Element | None, volume: Element | None) -> str:
    tag = element.tag
    if tag == "journal_article":
        return line(child(journal, "full_title")) or line(child(journal, "abbrev_title"))
    if tag == "conference_paper":
        return line(child(volume, "proceedings_title"))
    if tag == "content_item":
        return line(child(volume, "titles", "title")) or line(
            child(volume, "series_metadata", "titles", "title")
        )
    if tag == "posted_content":
        return line(child(element, "institution", "institution_name")) or line(child(element, "group_title"))
    if tag == "dissertation":
        return line(child(element, "institution", "institution_name"))
    return line(child(element, "series_metadata", "titles", "title"))


def _authors(element: Element) -> tuple[Authorship, ...]:
    found = []
    for one in children(child(element, "contributors"), "person_name", "organization", "collaboration"):
        if attribute(one, "contributor_role") not in {"author", ""}:
            continue
        if one.tag == "person_name":
            name = person(
                line(child(one, "given_name")), line(child(one, "surname")), suffix=line(child(one, "suffix"))
            )
        else:
            name = line(one)
        places = [line(place) for place in children(one, "affiliation")]
        places += [line(place) for place in descend(child(one, "affiliations"), "institution_name")]
        made = author(name, places=places, orcid=line(child(one, "ORCID")))
        found += [made] if made else []
    return tuple(found)


def _printed_first(element: Element | None) -> list[Element]:
    found = children(element, "publication_date", "posted_date", "approval_date")
    return sorted(found, key=lambda one: attribute(one, "media_type") not in {"print", ""})


def _date(element: Element) -> str:
    year, month, day = (line(child(element, name)) for name in ("year", "month", "day"))
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}" if month.isdecimal() and day.isdecimal() else year


def _reference(element: Element) -> Reference | None:
    whole = line(child(element, "unstructured_citation"))
    title = line(child(element, "article_title")) or line(child(element, "volume_title"))
    doi = clean_doi(line(child(element, "doi"))) or clean_doi(whole)
    names = tuple(name for one in children(element, "author") if (name := line(one)))
    if whole and not title:
        read = next(iter(references(whole)), None)
        if read is not None:
            return Reference(
                title=read.title,
                authors=read.authors,
                year=read.year,
                doi=doi or read.doi,
                arxiv_id=read.arxiv_id,
            )
    if not (title or doi or whole):
        return None
    year = find_year(line(child(element, "cYear"))) or find_year(whole)
    return Reference(
        title=title.rstrip(".") or None, authors=names, year=year, doi=doi, arxiv_id=find_arxiv_id(whole)
    )


READER = Reader(name="crossrefxml", score=score, read=read, summary="Crossref XML: unixref, deposits")
