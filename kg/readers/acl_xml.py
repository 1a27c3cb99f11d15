"""XML of the ACL Anthology: collections of volumes of papers.

https://github.com/acl-org/acl-anthology, data/xml/schema.rnc. The meta element of a volume names the book and
its editors; frontmatter is no paper.
"""

from __future__ import annotations

import re

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation
from kg.readers.xmlpapers import Outcome, author, make_paper, person, read_records
from kg.readers.xmltext import flow, line
from kg.readers.xmltree import Element, Record, attribute, child, children, first_text, opening
from kg.types import Authorship

__all__ = ["READER"]

_SIGNS = re.compile(r"<volume\s[^<>]{0,300}>\s*<(?:meta|paper|frontmatter)[\s>]|<paper\s+id=")
_FRONT = re.compile(r"(?:front ?matter|proceedings of .{10,}|back ?matter|author index)\Z", re.IGNORECASE)


def score(raw: Raw) -> float:
    """A collection or a volume with papers in it."""
    start = opening(raw.text)
    if start is None or start.name not in {"collection", "volume", "paper"} or not _SIGNS.search(start.head):
        return 0.0
    return 0.97


def read(raw: Raw) -> Parsed:
    """Every paper of every volume."""
    return read_records(raw, ("paper",), _paper, media_type="application/acl-anthology+xml")


def _paper(record: Record) -> Outcome:
    element = record.element
    volume = next((one for one in reversed(record.path) if one.tag == "volume"), None)
    meta = child(volume, "meta")
    title = line(child(element, "title"))
    authors = _authors(element)
    if not authors and (
        children(element, "editor")
        or _FRONT.match(title)
        or attribute(element, "id").strip("0") in {"", "1000"}
    ):
        return "frontmatter"
    address = first_text(element, "url")
    return make_paper(
        Citation(
            title=title,
            abstract=flow(child(element, "abstract")),
            authors=authors,
            venue=line(child(element, "booktitle"))
            or line(child(meta, "journal-title"))
            or line(child(meta, "booktitle")),
            dates=(first_text(element, "year") or first_text(meta, "year"),),
            doi=first_text(element, "doi"),
            links=(address if "://" in address else f"https://aclanthology.org/{address}",)
            if address
            else (),
            language=first_text(element, "language"),
        )
    )


def _authors(element: Element) -> tuple[Authorship, ...]:
    found = []
    for one in children(element, "author"):
        name = person(line(child(one, "first")), line(child(one, "last")))
        made = author(
            name or line(one),
            places=[line(place) for place in children(one, "affiliation")],
            orcid=attribute(one, "orcid"),
        )
        found += [made] if made else []
    return tuple(found)


READER = Reader(name="aclxml", score=score, read=read, summary="XML of the ACL Anthology")
