"""Zotero's RDF export: items with their journals and books beside or within them.

Notes, attachments, journals and collections are no papers. A journal may stand in the item that names it or
at the end of the document, named by its address.
"""

from __future__ import annotations

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation, clean_doi, plain_line
from kg.readers.xmlpapers import Outcome, author, make_paper, person, read_records
from kg.readers.xmltext import flat_block, line, tex_to_text
from kg.readers.xmltree import Element, Record, attribute, child, children, descend, opening, records, text_of
from kg.types import Authorship

__all__ = ["READER"]

_ITEMS = (
    "Article",
    "BookSection",
    "Book",
    "Thesis",
    "Report",
    "Document",
    "Manuscript",
    "Recording",
    "Patent",
    "Description",
)
_VOLUMES = ("Journal", "Series")
_NOT_PAPERS = frozenset(
    [
        "note", "attachment", "patent", "computerProgram", "dataset", "artwork", "audioRecording",
        "videoRecording", "film", "podcast", "tvBroadcast", "radioBroadcast", "email",
        "instantMessage", "interview", "letter", "map", "presentation", "statute", "bill", "case",
        "hearing", "forumPost", "standard",
    ]
)  # fmt: skip


def score(raw: Raw) -> float:
    """RDF that speaks Zotero's words."""
    start = opening(raw.text)
    if start is None or start.name != "RDF":
        return 0.0
    return 0.97 if "zotero.org/namespaces" in start.head or "<z:itemType" in start.head else 0.0


def read(raw: Raw) -> Parsed:
    """Every item that is literature."""
    volumes = _volumes(raw.text)
    return read_records(
        raw, _ITEMS, lambda record: _paper(record, volumes), media_type="application/zotero+rdf+xml"
    )


def _volumes(text: str) -> dict[str, str]:
    """The titles of journals and books by their addresses."""
    found: dict[str, str] = {}
    for record in records(text, (*_VOLUMES, "Book"), []):
        title = line(child(record.element, "title"))
        if title:
            found.setdefault(attribute(record.element, "about"), title)
    return found


def _paper(record: Record, volumes: dict[str, str]) -> Outcome | tuple[Outcome, ...]:
    element = record.element
    kind = line(child(element, "itemType"))
    if kind in _NOT_PAPERS:
        return kind
    if not kind and element.tag in {"Description", "Recording", "Book"}:
        return ()
    identifiers = [plain_line(text_of(one)) for one in children(element, "identifier")]
    links = [text for text in identifiers if text.startswith("http")]
    about = attribute(element, "about")
    links += [about] if about.startswith("http") else []
    literary = any("arxiv.org" in text.lower() or "10." in text for text in (*identifiers, about))
    if kind in {"webpage", "blogPost"} and not literary:
        return "web page"
    dois = [text for text in identifiers if "10." in text and not text.startswith(("http", "ISBN"))]
    within = [_within(one, volumes) for one in children(element, "isPartOf")]
    dois += [
        text
        for one in children(element, "isPartOf")
        for text in map(line, descend(one, "identifier"))
        if text.startswith("DOI")
    ]
    subjects = [line(one) for one in children(element, "subject")]
    return make_paper(
        Citation(
            title=tex_to_text(line(child(element, "title"))),
            abstract=flat_block(text_of(child(element, "abstract"))),
            authors=_authors(element),
            venue=next((title for title in within if title), "")
            or line(child(element, "conferenceName"))
            or _meeting(element)
            or (
                line(next(descend(child(element, "publisher"), "name"), None))
                if kind in {"thesis", "report"}
                else ""
            ),
            dates=(line(child(element, "date")),),
            doi=next((doi for text in dois if (doi := clean_doi(text))), ""),
            links=tuple(dict.fromkeys(links)),
            hints=tuple(line(one) for one in children(element, "description")),
            keywords=tuple(dict.fromkeys(word for word in subjects if word)),
            language=line(child(element, "language")),
        )
    )


def _within(element: Element, volumes: dict[str, str]) -> str:
    target = attribute(element, "resource")
    if target:
        return volumes.get(target, "")
    return next((title for one in element if (title := line(child(one, "title")))), "")


def _meeting(element: Element) -> str:
    return line(next(descend(child(element, "presentedAt"), "title"), None))


def _authors(element: Element) -> tuple[Authorship, ...]:
    found = []
    for one in descend(child(element, "authors"), "Person", "Organization"):
        given = " ".join(line(part) for part in children(one, "givenName", "givenname", "firstName"))
        name = person(given, line(child(one, "surname"))) or line(child(one, "name"))
        made = author(name)
        found += [made] if made else []
    return tuple(found)


READER = Reader(name="zoterordf", score=score, read=read, summary="Zotero RDF")
