"""The reference list of a JATS article -> References."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.readers.citations import clean_doi
from kg.readers.fields import find_arxiv_id, find_doi, find_year
from kg.readers.jats_names import name_of
from kg.readers.references import references
from kg.readers.xmltext import line
from kg.readers.xmltree import Element, attribute, child, children, descend
from kg.types import Reference

__all__ = ["references_of"]

_CITATIONS = ("mixed-citation", "element-citation", "citation", "nlm-citation")
_NAMES = ("name", "string-name", "collab", "name-alternatives")


def references_of(article: Element) -> tuple[Reference, ...]:
    """Every cited work in ``back``, in its order."""
    back = child(article, "back")
    found: list[Reference] = []
    for entry in descend(back, "ref"):
        found += [reference for one in _citations(entry) if (reference := _reference(one))]
    return tuple(found)


def _citations(entry: Element) -> Iterator[Element]:
    """The citations of an entry; of alternatives of one, that with the most parts."""
    direct = children(entry, *_CITATIONS)
    for group in children(entry, "citation-alternatives"):
        forms = children(group, *_CITATIONS)
        if forms:
            direct.append(max(forms, key=len))
    yield from direct


def _reference(element: Element) -> Reference | None:
    kind = attribute(element, "publication-type") or attribute(element, "citation-type")
    title = _title(element, kind)
    whole = line(element)
    doi = next(
        (
            doi
            for one in descend(element, "pub-id", "object-id", "ext-link", "uri", "comment")
            if (doi := _doi(one))
        ),
        None,
    ) or find_doi(whole)
    authors = tuple(name for one in _people(element) if (name := name_of(one)) and len(name) < 200)
    year = find_year(line(child(element, "year"))) or find_year(line(child(element, "date", "year"))) or None
    arxiv = next(
        (line(one) for one in children(element, "pub-id") if attribute(one, "pub-id-type") == "arxiv"), ""
    )
    arxiv_id = find_arxiv_id(f"arXiv:{arxiv.removeprefix('arXiv:')}" if arxiv else whole)
    if not title and not authors:
        return _of_text(whole, doi, arxiv_id)
    return Reference(
        title=title or None, authors=authors, year=year or find_year(whole), doi=doi, arxiv_id=arxiv_id
    )


def _of_text(whole: str, doi: str | None, arxiv_id: str | None) -> Reference | None:
    """A citation without parts is read as its text is."""
    read = next(iter(references(whole)), None)
    if read is None:
        return Reference(year=find_year(whole), doi=doi, arxiv_id=arxiv_id) if doi or arxiv_id else None
    return Reference(
        title=read.title,
        authors=read.authors,
        year=read.year,
        doi=doi or read.doi,
        arxiv_id=arxiv_id or read.arxiv_id,
    )


def _title(element: Element, kind: str) -> str:
    for name in ("article-title", "chapter-title", "part-title", "data-title"):
        title = line(next(descend(element, name), None))
        if title:
            return title.rstrip(".")
    if kind in {
        "book",
        "thesis",
        "report",
        "confproc",
        "other",
        "web",
        "software",
        "preprint",
        "data",
        "working-paper",
    }:
        return line(child(element, "source")).rstrip(".")
    return ""


def _people(element: Element) -> list[Element]:
    """The names of authors: a group of editors or translators names none."""
    groups = children(element, "person-group")
    authors = [
        one
        for one in groups
        if attribute(one, "person-group-type").lower() in {"author", "authors", "allauthors", ""}
    ]
    if groups:
        return [inner for group in authors for inner in children(group, *_NAMES)]
    return children(element, *_NAMES)


def _doi(element: Element) -> str | None:
    kind = (attribute(element, "pub-id-type") + attribute(element, "ext-link-type")).lower()
    text = line(element)
    if kind in {"doi", "uri", ""} or re.search(r"doi", text, re.IGNORECASE):
        return clean_doi(text) or clean_doi(attribute(element, "href"))
    return None
