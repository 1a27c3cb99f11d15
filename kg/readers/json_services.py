"""Records of services whose fields need little more than their names: Web of Science, DOAJ, IEEE Xplore,
Springer, CORE, Mendeley, the ACL Anthology, Papers with Code, HAL."""

from __future__ import annotations

import re
from typing import Any

from kg.readers.record_people import authorships
from kg.readers.record_source import Record, RecordSource, objects, unpaperlike
from kg.readers.record_text import as_text, as_texts
from kg.readers.structured import Fields

__all__ = ["SERVICES"]


def _one(value: Any) -> Record:
    return next(iter(objects(value)), {})


def _doaj(record: Record) -> Fields | str:
    """https://doaj.org/api/docs; a ``bibjson`` without ``journal`` describes a journal."""
    item = _one(record.get("bibjson"))
    if "journal" not in item and ("publisher" in item or "editorial" in item):
        return "journal"
    journal = _one(item.get("journal"))
    links = objects(item.get("link"))
    return Fields(
        title=item.get("title"),
        abstract=item.get("abstract"),
        authors=authorships(item.get("author")),
        venue=journal.get("title"),
        dates=({"year": item.get("year"), "month": item.get("month")}, item.get("year")),
        doi=[
            entry.get("id")
            for entry in objects(item.get("identifier"))
            if str(entry.get("type")).lower() == "doi"
        ],
        links=([entry.get("url") for entry in links],),
        keywords=item.get("keywords"),
        categories=None,
        language=journal.get("language"),
    )


def _ieee(record: Record) -> Fields | str:
    """https://developer.ieee.org/docs/read/Metadata_API_responses"""
    kind = unpaperlike(record.get("content_type"))
    if kind:
        return kind
    terms = _one(record.get("index_terms"))
    return Fields(
        title=record.get("title"),
        abstract=record.get("abstract"),
        authors=authorships(record.get("authors")),
        venue=record.get("publication_title"),
        year=record.get("publication_year"),
        dates=(record.get("publication_date"),),
        doi=record.get("doi"),
        links=(record.get("abstract_url"), record.get("html_url"), record.get("pdf_url")),
        keywords=_one(terms.get("author_terms")).get("terms") or _one(terms.get("ieee_terms")).get("terms"),
    )


def _springer(record: Record) -> Fields | str:
    """https://dev.springernature.com/docs/api-endpoints/meta-api/"""
    return Fields(
        title=record.get("title"),
        abstract=record.get("abstract"),
        authors=authorships(record.get("creators")),
        venue=record.get("publicationName"),
        dates=(record.get("publicationDate"), record.get("onlineDate")),
        doi=record.get("doi") or record.get("identifier"),
        links=([entry.get("value") for entry in objects(record.get("url"))],),
        keywords=record.get("keyword") or record.get("subjects"),
        language=record.get("language"),
    )


def _core(record: Record) -> Fields | str:
    """https://api.core.ac.uk/docs/v3; the publisher is often the repository and no venue."""
    return Fields(
        title=record.get("title"),
        abstract=record.get("abstract"),
        authors=authorships(record.get("authors")),
        venue=[journal.get("title") for journal in objects(record.get("journals"))],
        year=record.get("yearPublished"),
        dates=(record.get("publishedDate"),),
        doi=record.get("doi"),
        arxiv_id=record.get("arxivId"),
        links=(record.get("downloadUrl"), record.get("sourceFulltextUrls")),
        keywords=record.get("fieldOfStudy") or record.get("subjects"),
        language=record.get("language"),
    )


def _mendeley(record: Record) -> Fields | str:
    """https://dev.mendeley.com/methods/#documents; its type "journal" is an article in one."""
    kind = unpaperlike(record.get("type")) if record.get("type") != "journal" else None
    ids = _one(record.get("identifiers"))
    if record.get("type") == "web_page" and not (ids.get("doi") or ids.get("arxiv")):
        kind = "web page"
    if kind:
        return kind
    return Fields(
        title=record.get("title"),
        abstract=record.get("abstract"),
        authors=authorships(record.get("authors")),
        venue=record.get("source") or (record.get("institution") if record.get("type") == "thesis" else None),
        year=record.get("year"),
        dates=({key: record.get(key) for key in ("year", "month", "day")},),
        doi=ids.get("doi"),
        arxiv_id=ids.get("arxiv"),
        links=(record.get("websites"),),
        keywords=record.get("keywords") or record.get("tags"),
        language=record.get("language"),
    )


def _anthology(record: Record) -> Fields | str:
    """https://github.com/acl-org/acl-anthology, data of its pages; front matter has editors only."""
    if not record.get("author") and (
        record.get("editor") or re.match(r"Proceedings of ", as_text(record.get("title")) or "")
    ):
        return "proceedings"
    return Fields(
        title=record.get("title_html") or record.get("title"),
        abstract=record.get("abstract_html") or record.get("abstract"),
        authors=authorships(record.get("author")),
        venue=record.get("booktitle")
        or record.get("journal")
        or record.get("journal_title")
        or record.get("booktitle_html"),
        year=record.get("year"),
        doi=record.get("doi"),
        links=(record.get("url"), record.get("pdf")),
    )


def _papers_with_code(record: Record) -> Fields | str:
    """The dumps of papers, and of papers with their code."""
    return Fields(
        title=record.get("title") or record.get("paper_title"),
        abstract=record.get("abstract"),
        authors=authorships(record.get("authors")),
        venue=record.get("proceeding"),
        dates=(record.get("date") or record.get("paper_date"),),
        arxiv_id=record.get("arxiv_id") or record.get("paper_arxiv_id"),
        links=(
            record.get("url_abs") or record.get("paper_url_abs"),
            record.get("url_pdf") or record.get("paper_url_pdf"),
            record.get("repo_url"),
        ),
        keywords=as_texts(record.get("tasks")),
    )


def _web_of_science(record: Record) -> Fields | str:
    """https://developer.clarivate.com/apis/wos-starter"""
    source = _one(record.get("source"))
    return Fields(
        title=record.get("title"),
        abstract=record.get("abstract"),
        authors=authorships(_one(record.get("names")).get("authors")),
        venue=source.get("sourceTitle"),
        year=source.get("publishYear"),
        doi=_one(record.get("identifiers")).get("doi"),
        keywords=_one(record.get("keywords")).get("authorKeywords"),
    )


def _hal(record: Record) -> Fields | str:
    """https://api.archives-ouvertes.fr/docs/search; titles and abstracts are given in several languages."""
    kind = str(record.get("docType_s", ""))
    if kind in _HAL_OTHERS:
        return kind.lower()
    venues = ("journalTitle_s", "conferenceTitle_s", "bookTitle_s", "authorityInstitution_s")
    return Fields(
        title=as_text(record.get("title_s")),
        abstract=as_text(record.get("abstract_s")),
        authors=authorships(record.get("authFullName_s")),
        venue=next((record[name] for name in venues if record.get(name)), None),
        year=record.get("publicationDateY_i") or record.get("producedDateY_i"),
        dates=(record.get("publicationDate_s"), record.get("producedDate_s")),
        doi=record.get("doiId_s"),
        arxiv_id=record.get("arxivId_s"),
        links=(record.get("uri_s"),),
        keywords=record.get("keyword_s"),
        language=as_text(record.get("language_s")),
    )


_HAL_OTHERS = frozenset(["SOFTWARE", "IMG", "VIDEO", "SON", "MAP", "PATENT", "DOUV", "PROCEEDINGS", "ISSUE"])
SERVICES = (
    RecordSource(
        name="HAL",
        matches=lambda record: "title_s" in record and ("docType_s" in record or "authFullName_s" in record),
        fields=_hal,
    ),
    RecordSource(
        name="Web of Science",
        matches=lambda record: (
            isinstance(record.get("names"), dict) and "title" in record and "uid" in record
        ),
        fields=_web_of_science,
    ),
    RecordSource(name="DOAJ", matches=lambda record: isinstance(record.get("bibjson"), dict), fields=_doaj),
    RecordSource(
        name="IEEE Xplore",
        matches=lambda record: "article_number" in record and "publication_title" in record,
        fields=_ieee,
    ),
    RecordSource(
        name="Springer",
        matches=lambda record: "publicationName" in record and "creators" in record,
        fields=_springer,
    ),
    RecordSource(
        name="CORE",
        matches=lambda record: (
            "yearPublished" in record or ("publishedDate" in record and "documentType" in record)
        ),
        fields=_core,
    ),
    RecordSource(
        name="Mendeley",
        matches=lambda record: (
            "title" in record
            and isinstance(record.get("authors") or record.get("editors") or [], list)
            and ("identifiers" in record or "citation_key" in record or "profile_id" in record)
            and ("source" in record or "type" in record)
        ),
        fields=_mendeley,
    ),
    RecordSource(
        name="ACL Anthology",
        matches=lambda record: "title" in record and ("bibkey" in record or "parent_volume_id" in record),
        fields=_anthology,
    ),
    RecordSource(
        name="Papers with Code",
        matches=lambda record: (
            ("title" in record or "paper_title" in record)
            and "paper_url" in record
            and ("url_abs" in record or "paper_url_abs" in record or "proceeding" in record)
        ),
        fields=_papers_with_code,
    ),
)
