"""DataCite XML (kernel 2 to 4): one ``resource``, or many.

https://schema.datacite.org/. Data sets, software, pictures are no literature and are left out.
"""

from __future__ import annotations

import re

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation, clean_doi
from kg.readers.fields import find_arxiv_id
from kg.readers.xmlpapers import Outcome, author, make_paper, person, read_records
from kg.readers.xmltext import flat_block, line, tex_to_text
from kg.readers.xmltree import Element, attribute, child, children, opening, text_of
from kg.types import Authorship, Reference

__all__ = ["READER", "datacite_paper"]

_NOT_PAPERS = frozenset(
    [
        "dataset", "software", "image", "collection", "audiovisual", "model", "physicalobject",
        "workflow", "service", "event", "sound", "interactiveresource", "computationalnotebook",
        "instrument", "studyregistration", "award", "project", "film",
    ]
)  # fmt: skip
_PAPERS = re.compile(
    r"article|paper|preprint|thesis|dissertation|report|book|chapter|proceeding", re.IGNORECASE
)
_REFERENCE = frozenset({"Cites", "References"})
_CONTAINER = frozenset({"IsPublishedIn", "IsPartOf"})
_SERIES_END = re.compile(r",\s*(?:vol(?:ume)?\.?\s|\d|pp?\.\s?\d|no\.|iss).*\Z", re.IGNORECASE)


def score(raw: Raw) -> float:
    """A ``resource`` of DataCite's namespace, or with its elements."""
    start = opening(raw.text)
    if start is None or start.name not in {"resource", "resources", "oai_datacite", "payload"}:
        return 0.0
    return 0.97 if "datacite.org/schema" in start.head or "<creatorName" in start.head else 0.0


def read(raw: Raw) -> Parsed:
    """Every resource that is literature."""
    return read_records(
        raw,
        ("resource",),
        lambda record: datacite_paper(record.element),
        media_type="application/vnd.datacite.datacite+xml",
    )


def datacite_paper(element: Element) -> Outcome:
    """The paper of a ``resource``, or what it is instead."""
    kind = child(element, "resourceType")
    general = (attribute(kind, "resourceTypeGeneral") if kind is not None else "").lower()
    if general in _NOT_PAPERS and not (general == "collection" and _PAPERS.search(line(kind))):
        return general
    titles = children(child(element, "titles"), "title")
    plain = [one for one in titles if not attribute(one, "titleType")]
    title = line(next(iter(plain or titles), None))
    below = next((line(one) for one in titles if attribute(one, "titleType") == "Subtitle"), "")
    related = children(child(element, "relatedIdentifiers"), "relatedIdentifier")
    identifiers = [
        child(element, "identifier"),
        *children(child(element, "alternateIdentifiers"), "alternateIdentifier"),
    ]
    texts = [line(one) for one in identifiers if one is not None]
    doi = next((doi for text in texts if (doi := clean_doi(text))), "")
    arxiv = next((found for text in texts if (found := find_arxiv_id(text))), "")
    return make_paper(
        Citation(
            title=tex_to_text(f"{title}: {below}" if title and below else title),
            abstract=_abstract(element),
            authors=_authors(element),
            venue=_venue(element),
            dates=_dates(element),
            doi=doi,
            arxiv=arxiv,
            keywords=tuple(
                dict.fromkeys(
                    word for one in children(child(element, "subjects"), "subject") if (word := line(one))
                )
            ),
            language=line(child(element, "language")),
            references=tuple(
                made
                for one in related
                if attribute(one, "relationType") in _REFERENCE and (made := _reference(one))
            ),
        )
    )


def _abstract(element: Element) -> str:
    found = children(child(element, "descriptions"), "description")
    named = [one for one in found if attribute(one, "descriptionType") == "Abstract"]
    plain = [
        one for one in found if attribute(one, "descriptionType") in {"", "Other"} and len(text_of(one)) > 300
    ]
    return next((text for one in (*named, *plain) if (text := flat_block(_broken(one)))), "")


def _broken(element: Element) -> str:
    """The text with its ``br`` elements as line ends."""
    return "".join([element.text or "", *(f"\n\n{text_of(inner)}{inner.tail or ''}" for inner in element)])


def _authors(element: Element) -> tuple[Authorship, ...]:
    found = []
    for one in children(child(element, "creators"), "creator"):
        full = child(one, "creatorName")
        name = person(line(child(one, "givenName")), line(child(one, "familyName")))
        whole = line(full)
        corporate = full is not None and attribute(full, "nameType") == "Organizational"
        ids = [
            line(mark)
            for mark in children(one, "nameIdentifier")
            if "orcid" in attribute(mark, "nameIdentifierScheme").lower()
        ]
        made = author(
            whole if corporate or not name else name,
            places=[line(place) for place in children(one, "affiliation")],
            orcid=next(iter(ids), ""),
            turn=not corporate and not name,
        )
        found += [made] if made else []
    return tuple(found)


def _venue(element: Element) -> str:
    """The journal or book that a resource is part of; arXiv for what arXiv publishes; no other publisher."""
    for one in children(child(element, "relatedItems"), "relatedItem"):
        if attribute(one, "relationType") in _CONTAINER:
            return line(child(one, "titles", "title"))
    for one in children(child(element, "descriptions"), "description"):
        if attribute(one, "descriptionType") == "SeriesInformation":
            return _SERIES_END.sub("", line(one).partition(";")[0])
    publisher = line(child(element, "publisher"))
    return publisher if publisher.lower() == "arxiv" else ""


def _dates(element: Element) -> tuple[str, ...]:
    year = line(child(element, "publicationYear"))
    listed = {
        attribute(one, "dateType"): line(one) for one in reversed(children(child(element, "dates"), "date"))
    }
    named = [listed.get(kind, "") for kind in ("Issued", "Available", "Submitted", "Created")]
    return tuple(text for text in (year, *(text for text in named if text.startswith(year))) if text)


def _reference(element: Element) -> Reference | None:
    text = line(element)
    kind = attribute(element, "relatedIdentifierType").lower()
    doi = clean_doi(text) if kind == "doi" else None
    arxiv = find_arxiv_id(text if "arxiv" in text.lower() else f"arXiv:{text}") if kind == "arxiv" else None
    return Reference(doi=doi, arxiv_id=arxiv) if doi or arxiv else None


READER = Reader(name="datacitexml", score=score, read=read, summary="DataCite XML")
