"""XML of any other make that lists records: answers of search interfaces, exports of catalogues.

The beginning of the document tells which element is a record: the one whose children give a title and an
author, an abstract, a journal or an identifier. Its children then are the fields of a record.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.structured import paper_from_mapping
from kg.readers.xmlpapers import Outcome, person, read_records
from kg.readers.xmlrepair import lenient_tree
from kg.readers.xmltext import flow, line
from kg.readers.xmltree import Element, Record, attribute, children, descend, opening, parse

__all__ = ["READER"]

_TITLES = frozenset(["title", "articletitle", "papertitle", "documenttitle", "article-title", "titles"])
_SIGNS = frozenset(
    [
        "author", "authors", "authorlist", "authorstring", "creator", "creators", "contributors",
        "abstract", "doi", "abstracttext", "journal", "booktitle", "pubtitle", "publicationname",
        "journaltitle", "venue", "byline",
    ]
)  # fmt: skip
_PEOPLE = frozenset(["author", "authors", "creator", "creators", "authorlist", "contributors"])
_PAGES = frozenset(
    [
        "html", "head", "body", "main", "div", "section", "table", "ul", "ol", "dl", "p", "span", "a",
        "nav", "header", "footer", "title", "meta", "link", "style", "script", "form", "li", "tr",
        "td", "center", "font", "svg", "rss", "feed", "rdf", "sitemapindex", "urlset", "project",
        "plist", "manifest", "h1", "h2", "h3", "b", "i", "img", "br",
    ]
)  # fmt: skip
_OTHERS = frozenset(["html", "head", "body", "div", "svg", "rss", "feed", "rdf"])
_NAMES = (
    (
        "given",
        "firstName",
        "forename",
        "first",
        "firstname",
        "given-names",
        "givenName",
        "fname",
        "given_name",
    ),
    ("family", "lastName", "surname", "last", "lastname", "familyName", "lname", "family_name"),
    ("full_name", "fullName", "name", "fullname", "display_name"),
)
_RENAMED = {"pubtitle": "publicationTitle", "authorstring": "authorString", "py": "year"}


def score(raw: Raw) -> float:
    """The beginning shows records of titles and authors, and the root is no element of HTML; or a document
    declares itself as XML, and no other reader knows its root."""
    start = opening(raw.text)
    if start is None:
        return 0.0
    declared = raw.text[:200].lstrip("\ufeff \t\r\n")[:9].lower().startswith(("<?xml", "<!doctype"))
    if start.name.lower() in (_OTHERS if declared else _PAGES):
        return 0.0
    return 0.93 if declared or _record_name(raw.text) else 0.0


def read(raw: Raw) -> Parsed:
    """The records that name a title or an abstract."""
    name = _record_name(raw.text)
    if not name:
        notes: list[str] = []
        root = parse(raw.text, notes)
        if notes:
            raise ReadError(f"XML (root <{root.tag}>) without records of papers: {'; '.join(notes[:3])}")
        return Parsed(media_type="application/xml")
    return read_records(raw, (name,), _paper, media_type="application/xml")


def _record_name(text: str) -> str:
    """The name of the element that is a record; "" where none looks like one."""
    start = opening(text)
    tree = lenient_tree(start.head, 60) if start else None
    if tree is None:
        return ""
    found: Counter[str] = Counter()
    for element in tree.iter():
        names = {str(inner.tag).lower() for inner in element}
        if names & _TITLES and len(names & _SIGNS) >= 1 and str(element.tag).lower() not in _TITLES:
            found[str(element.tag)] += 1
    return found.most_common(1)[0][0] if found else ""


def _paper(record: Record) -> Outcome:
    fields: dict[str, Any] = {}
    for inner in record.element:
        name = _RENAMED.get(str(inner.tag).lower(), str(inner.tag))
        value: Any = _people(inner) if name.lower() in _PEOPLE else _value(inner)
        if name.lower().startswith("journal") and len(inner):
            name = "journal"
        if not value:
            continue
        before = fields.get(name)
        listed = value if isinstance(value, list) else [value]
        fields[name] = (
            value if before is None else [*(before if isinstance(before, list) else [before]), *listed]
        )
    for key in record.element.keys():  # noqa: SIM118
        fields.setdefault(key, attribute(record.element, key))
    paper = paper_from_mapping(fields)
    if paper and paper.title and paper.title.endswith(".") and paper.title.count(".") == 1:
        return replace(paper, title=paper.title[:-1])
    return paper


def _value(element: Element) -> str:
    """The text of a field; the title where the field is a journal or book of several parts."""
    title = next(descend(element, "title", "full_title", "name"), None) if len(element) else None
    return line(title) if title is not None else flow(element)


def _people(element: Element) -> list[str] | str:
    """The names in an element of authors, one name or a text that lists them."""
    inner = children(element)
    if not inner:
        return line(element)
    one = _name(element)
    if one:
        return [one]
    names = [_name(person_element) or line(person_element) for person_element in inner]
    return [name for name in names if name]


def _name(element: Element) -> str:
    given, family, whole = (
        next((text for one in children(element, *names) if (text := line(one))), "") for names in _NAMES
    )
    return person(given, family) if given and family else whole or given or family


READER = Reader(name="xml", score=score, read=read, summary="XML of any other make that lists records")
