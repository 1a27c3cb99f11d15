"""PubMed XML: PubmedArticleSet with articles and books, MedlineCitationSet.

https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/. The year is that of the issue, as citations have it.
"""

from __future__ import annotations

import re

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation, clean_doi
from kg.readers.fields import find_arxiv_id, find_year
from kg.readers.references import references
from kg.readers.xmlpapers import Outcome, author, make_paper, person, read_records
from kg.readers.xmltext import line
from kg.readers.xmltree import Element, Record, attribute, child, children, descend, opening
from kg.types import Authorship, Reference

__all__ = ["READER"]

_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
_ROOTS = frozenset(
    {"PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", "BookDocumentSet", *_RECORDS}
)
_UNLABELLED = frozenset({"", "unlabelled", "unassigned", "abstract", "summary"})
_SEASONS = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
_STOP = re.compile(r"[.?!…]\Z")


def score(raw: Raw) -> float:
    """The root element tells."""
    start = opening(raw.text)
    return 0.97 if start is not None and start.name in _ROOTS else 0.0


def read(raw: Raw) -> Parsed:
    """Every article and book of the set."""
    return read_records(raw, _RECORDS, _paper, media_type="application/pubmed+xml")


def _paper(record: Record) -> Outcome:
    element = record.element
    if element.tag == "PubmedBookArticle":
        return _book(element)
    citation = element if element.tag == "MedlineCitation" else child(element, "MedlineCitation")
    article = child(citation, "Article")
    if article is None:
        return None
    data = child(element, "PubmedData")
    ids = {attribute(one, "IdType"): line(one) for one in children(child(data, "ArticleIdList"), "ArticleId")}
    located = [line(one) for one in children(article, "ELocationID") if attribute(one, "EIdType") == "doi"]
    journal = child(article, "Journal")
    title = line(child(article, "ArticleTitle"))
    keywords = [
        line(one) for group in children(citation, "KeywordList") for one in children(group, "Keyword")
    ]
    return make_paper(
        Citation(
            title=title if title.strip("[] .") else line(child(article, "VernacularTitle")),
            abstract=_abstract(child(article, "Abstract")) or _abstract(child(citation, "OtherAbstract")),
            authors=_authors(article),
            venue=line(child(journal, "Title"))
            or line(child(journal, "ISOAbbreviation"))
            or line(child(citation, "MedlineJournalInfo", "MedlineTA")),
            dates=(
                _date(child(journal, "JournalIssue", "PubDate")),
                *(_date(one) for one in children(article, "ArticleDate")),
            ),
            doi=clean_doi(ids.get("doi", ""))
            or next((doi for text in located if (doi := clean_doi(text))), ""),
            keywords=tuple(dict.fromkeys(word.rstrip(".") for word in keywords if word)),
            language=line(child(article, "Language")),
            references=_references(data),
        )
    )


def _book(element: Element) -> Outcome:
    document = child(element, "BookDocument")
    book = child(document, "Book")
    chapter = line(child(document, "ArticleTitle"))
    title = line(child(book, "BookTitle"))
    ids = {
        attribute(one, "IdType"): line(one) for one in children(child(document, "ArticleIdList"), "ArticleId")
    }
    return make_paper(
        Citation(
            title=chapter or title,
            abstract=_abstract(child(document, "Abstract")),
            authors=_authors(document) or _authors(book),
            venue=title if chapter else "",
            dates=tuple(
                _date(child(one, name)) for one, name in ((document, "ContributionDate"), (book, "PubDate"))
            ),
            doi=clean_doi(ids.get("doi", "")) or "",
            language=line(child(document, "Language")),
        )
    )


def _abstract(element: Element | None) -> str:
    """The parts of an abstract, each with its label in front."""
    parts = []
    for one in children(element, "AbstractText"):
        text = line(one)
        label = attribute(one, "Label").strip(" :.")
        if text:
            parts.append(text if label.lower() in _UNLABELLED else f"{label}: {text}")
    return "\n\n".join(parts)


def _authors(element: Element | None) -> tuple[Authorship, ...]:
    found = []
    for group in children(element, "AuthorList"):
        if attribute(group, "Type") == "editors":
            continue
        for one in children(group, "Author"):
            if attribute(one, "ValidYN") == "N":
                continue
            given = (
                line(child(one, "ForeName")) or line(child(one, "FirstName")) or line(child(one, "Initials"))
            )
            family = line(child(one, "LastName"))
            suffix = line(child(one, "Suffix"))
            name = person(given, family, suffix=suffix) or line(child(one, "CollectiveName"))
            places = [line(place) for place in descend(one, "Affiliation")]
            orcid = next(
                (line(mark) for mark in children(one, "Identifier") if attribute(mark, "Source") == "ORCID"),
                "",
            )
            made = author(name, places=[place.rstrip(".") for place in places], orcid=orcid)
            found += [made] if made else []
    return tuple(found)


def _date(element: Element | None) -> str:
    """A date as "2019 Mar 5", or the year."""
    if element is None:
        return ""
    year, month, day = (line(child(element, name)) for name in ("Year", "Month", "Day"))
    if not year:
        text = line(child(element, "MedlineDate"))
        return str(find_year(text) or "") if _SEASONS.search(text) or "-" in text else text
    if month.isdecimal() and day.isdecimal():
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return f"{year} {month} {day}" if month and day else year


def _references(data: Element | None) -> tuple[Reference, ...]:
    found = []
    for group in children(data, "ReferenceList"):
        for one in descend(group, "Reference"):
            text = line(child(one, "Citation"))
            ids = {attribute(mark, "IdType"): line(mark) for mark in descend(one, "ArticleId")}
            read = next(iter(references(text)), None) if text else None
            doi = clean_doi(ids.get("doi", "")) or clean_doi(text)
            if read is not None:
                found.append(
                    Reference(
                        title=read.title,
                        authors=read.authors,
                        year=read.year,
                        doi=doi or read.doi,
                        arxiv_id=read.arxiv_id,
                    )
                )
            elif doi or text:
                found.append(Reference(year=find_year(text), doi=doi, arxiv_id=find_arxiv_id(text)))
    return tuple(found)


READER = Reader(name="pubmed", score=score, read=read, summary="PubMed XML: articles and books")
