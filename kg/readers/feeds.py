"""Atom and RSS feeds of papers: answers of the arXiv API, arXiv's and journals' feeds.

https://info.arxiv.org/help/api/user-manual.html, RFC 4287, RSS 1.0 and 2.0 with Dublin Core and PRISM. An
item is a paper where something scholarly names it: an arXiv identifier, a DOI, a journal, several authors.
Posts of blogs and news are none.
"""

from __future__ import annotations

import re

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citation_names import make_authors, split_names
from kg.readers.citations import Citation, clean_doi, plain_line
from kg.readers.fields import find_arxiv_id
from kg.readers.journal_reference import venue_of_comment, venue_of_reference
from kg.readers.xmlpapers import Outcome, author, make_paper, read_records
from kg.readers.xmltext import block, flat_block, tex_to_text
from kg.readers.xmltree import Element, Record, attribute, children, first_text, opening, text_of
from kg.types import Authorship

__all__ = ["READER"]

_ROOTS = frozenset({"feed", "rss", "RDF", "entry"})
_NUMBERED = re.compile(
    r"\s*\(arXiv:\s*(\S+?)(?:v\d+)?\s*(?:\[([\w.-]+)\])?\s*(?:UPDATED|CROSS LISTED)?\)\s*\Z"
)
_ANNOUNCED = re.compile(r"\A\s*arXiv:\S+\s+Announce Type:\s*\S+\s*(?:Abstract:\s*)?", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\A[^\n]{0,120}?,\s+(?:published online|advance online publication)[^\n]{0,80}?(?:doi:\s?10\.\S+)\s*",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:^|\n\n)(?:publication date|source|available online|authors?(?:\(s\))?|pmid|doi)\s*:[^\n]*",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"(?:^|\n)\s*(?:publication date|available online|published)\s*:\s*([^\n]{4,60})", re.IGNORECASE
)
_AUTHORS_LINE = re.compile(r"(?:^|\n)\s*authors?(?:\(s\))?\s*:\s*([^\n]{2,4000})", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"(?:^|\n)\s*source\s*:\s*([^\n,]{2,300})", re.IGNORECASE)
_CATEGORY = re.compile(r"[a-z-]{2,8}(?:\.[A-Za-z-]{2,18})?")


def score(raw: Raw) -> float:
    """A feed by its root, and by words of arXiv, PRISM or DOIs near its beginning."""
    start = opening(raw.text)
    if start is None or start.name not in _ROOTS:
        return 0.0
    head = start.head
    if start.name == "RDF" and not re.search(r"purl\.org/rss/1\.0/[\"']", head):
        return 0.0
    if start.name == "entry":
        return 0.9 if "arxiv.org" in head and "<summary" in head else 0.0
    scholarly = re.search(
        r"arxiv\.org|prismstandard|prism:|<dc:(?:creator|identifier)|doi\.org|doi:10\.", head
    )
    return 0.97 if scholarly else 0.93


def read(raw: Raw) -> Parsed:
    """The entries or items that are papers."""
    return read_records(raw, ("entry", "item"), _paper, media_type="application/atom+xml")


def _paper(record: Record) -> Outcome:
    entry = record.element
    link, pdf = _links(entry)
    identifier = first_text(entry, "id") or first_text(entry, "guid") or attribute(entry, "about")
    if "api/errors" in identifier:
        return "error message"
    title = tex_to_text(plain_line(text_of(_one(entry, "title"))))
    numbered = _NUMBERED.search(title)
    title = title[: numbered.start()] if numbered else title
    summary, shown = _summary(entry)
    arxiv = numbered[1] if numbered else find_arxiv_id(f"{identifier} {link} {shown[:60]}") or ""
    doi = _doi(entry, identifier, link)
    authors = _authors(entry, shown)
    reference = first_text(entry, "journal_ref")
    venue = venue_of_reference(reference) or "" if reference else _venue(entry, shown)
    if not (arxiv or doi or venue or len(authors) > 1):
        return "feed item"
    venue = venue or (venue_of_comment(first_text(entry, "comment")) if arxiv else None) or ""
    categories = tuple(dict.fromkeys(_category(item) for item in children(entry, "category", "subject")))
    listed = tuple(item for item in categories if _CATEGORY.fullmatch(item)) if arxiv else ()
    dates = [
        first_text(entry, name) for name in ("publicationDate", "published", "date", "pubDate", "coverDate")
    ]
    printed = _DATE_LINE.search(shown)
    dates.append(printed[1] if printed else "")
    return make_paper(
        Citation(
            title=title.removesuffix("."),
            abstract=summary,
            authors=authors,
            venue=venue,
            dates=tuple(date for date in (*dates, first_text(entry, "updated")) if date),
            doi=doi,
            arxiv=arxiv,
            links=tuple(dict.fromkeys(address for address in (link, pdf) if address)),
            hints=(first_text(entry, "comment"),),
            categories=listed or ((numbered[2],) if numbered and numbered[2] else ()),
            keywords=() if arxiv else tuple(item for item in categories if item),
            language=first_text(entry, "language"),
        )
    )


def _one(entry: Element, name: str) -> Element | None:
    """The first child with the name that has a text."""
    return next((inner for inner in children(entry, name) if text_of(inner).strip()), None)


def _summary(entry: Element) -> tuple[str, str]:
    """The abstract, and the whole text it was found in. The longest of the texts that an item has."""
    texts = [
        text_of(inner)
        for inner in children(entry, "summary", "description", "encoded", "abstract", "content")
    ]
    shown = max((block(text) for text in texts), key=len, default="")
    raw = max(texts, key=len, default="")
    whole = flat_block(raw) if "<" not in raw else block(tex_to_text(raw))
    abstract = _PUBLISHED.sub("", _ANNOUNCED.sub("", whole))
    abstract = _LABELLED.sub("", abstract).strip()
    if re.search(r"\bABSTRACT\b", abstract):
        abstract = re.split(r"\bABSTRACT\b\s*", abstract, maxsplit=1)[1]
    return abstract, shown


def _authors(entry: Element, shown: str) -> tuple[Authorship, ...]:
    people = children(entry, "author")
    named = [inner for inner in people if first_text(inner, "name")]
    if named:
        found = [
            author(
                first_text(inner, "name"),
                places=[text_of(place) for place in children(inner, "affiliation")],
                turn=True,
            )
            for inner in named
        ]
        return tuple(one for one in found if one)
    texts = [plain_line(text_of(inner)) for inner in children(entry, "creator")]
    if not any(texts):
        texts = [plain_line(text_of(inner)) for inner in (*children(entry, "authors"), *people)]
        texts = [re.sub(r"\A\S+@\S+\s*\(([^()]+)\)\Z", r"\1", text) for text in texts]
    if not any(texts):
        texts = [match[1] for match in [_AUTHORS_LINE.search(shown)] if match]
    texts = [tex_to_text(text) for text in texts if text]
    if len(texts) > 1:
        return make_authors(texts)
    names = split_names(re.sub(r"\s*\((?:[^()]|\([^()]*\))*\)", "", texts[0])) if texts else []
    return make_authors(names)


def _links(entry: Element) -> tuple[str, str]:
    """The address of the item's page, and that of its PDF."""
    page = pdf = ""
    for link in children(entry, "link"):
        address = attribute(link, "href") or (link.text or "").strip()
        relation = attribute(link, "rel")
        if attribute(link, "title") == "pdf" or attribute(link, "type") == "application/pdf":
            pdf = pdf or address
        elif relation in {"", "alternate"} and not page:
            page = address
    return page or first_text(entry, "url"), pdf


def _doi(entry: Element, identifier: str, link: str) -> str:
    named = first_text(entry, "doi") or first_text(entry, "DOI")
    listed = [first_text(inner) for inner in children(entry, "identifier")]
    for text in (named, *listed, identifier if "10." in identifier else "", link if "/10." in link else ""):
        doi = clean_doi(text)
        if doi:
            return doi
    return ""


def _venue(entry: Element, shown: str) -> str:
    named = first_text(entry, "publicationName") or first_text(entry, "publicationTitle")
    source = first_text(entry, "source") if not children(_one(entry, "source")) else ""
    line = _SOURCE_LINE.search(shown)
    return (
        named or re.split(r",\s*(?:Published online|Volume|Vol\.)|;", source)[0] or (line[1] if line else "")
    )


def _category(element: Element) -> str:
    return attribute(element, "term") or plain_line(text_of(element))


READER = Reader(
    name="feed", score=score, read=read, summary="Atom and RSS feeds: the arXiv API, arXiv and journals"
)
