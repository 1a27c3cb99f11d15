"""DBLP XML: the whole dump, a person's or a venue's file, a single record, an answer of the search interface.

https://dblp.org/xml/docu/dblpxml.pdf. Numbers tell homonyms apart ("Wei Wang 0001") and are no part of the
name; ``www`` records are persons, ``proceedings`` are volumes, and their editors no authors.
"""

from __future__ import annotations

import re

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation
from kg.readers.xmlpapers import Outcome, author, make_paper, read_records
from kg.readers.xmltext import line
from kg.readers.xmltree import Element, Record, attribute, child, children, first_text, opening
from kg.types import Authorship

__all__ = ["READER"]

_PAPERS = frozenset(
    {"article", "inproceedings", "incollection", "book", "phdthesis", "mastersthesis", "info"}
)
_RECORDS = (*sorted(_PAPERS), "proceedings", "www", "data", "person")
_ROOTS = frozenset({"dblp", "dblpperson", "bht", "result", "r", *_PAPERS - {"info", "book"}})
_KEY = re.compile(
    r"<(?:article|inproceedings|incollection|book|phdthesis|mastersthesis|proceedings|www)\s[^<>]{0,200}\bkey\s*="
)
_HIT = re.compile(r"<hits\s[^<>]{0,200}>\s*<hit\s|<info>\s*<authors>")
_HOMONYM = re.compile(r"\s+\d{4}\Z")
_SKIPPED = frozenset({"data", "software"})


def score(raw: Raw) -> float:
    """The root ``dblp``, or a record with a key of DBLP, or hits of its search."""
    start = opening(raw.text)
    if start is None or start.name not in _ROOTS:
        return 0.0
    if start.name in {"dblp", "dblpperson"}:
        return 0.97
    return 0.96 if (_HIT if start.name == "result" else _KEY).search(start.head) else 0.0


def read(raw: Raw) -> Parsed:
    """Every paper; records of persons, volumes and data are passed over."""
    return read_records(raw, _RECORDS, _paper, media_type="application/dblp+xml")


def _paper(record: Record) -> Outcome | tuple[Outcome, ...]:
    element = record.element
    if element.tag not in _PAPERS or attribute(element, "publtype") in _SKIPPED:
        return () if element.tag in {"www", "person"} else str(element.tag)
    hit = element.tag == "info"
    if hit and first_text(element, "type") in {"Data and Artifacts", "Editorship"}:
        return first_text(element, "type").lower()
    links = [first_text(one) for one in children(element, "ee")]
    volume = first_text(element, "volume")
    venue = next((line(one) for one in children(element, "journal", "booktitle", "venue") if line(one)), "")
    school = line(child(element, "school")) if "thesis" in element.tag else ""
    return make_paper(
        Citation(
            title=line(child(element, "title")),
            authors=_authors(child(element, "authors") if hit else element),
            venue=venue
            or school
            or (line(child(element, "publisher")) if element.tag == "incollection" else ""),
            dates=(first_text(element, "year"),),
            doi=first_text(element, "doi") or next((link for link in links if "doi.org/" in link), ""),
            arxiv=volume.removeprefix("abs/") if volume.startswith("abs/") else "",
            links=tuple(link for link in links if link.startswith("http")),
        )
    )


def _authors(element: Element | None) -> tuple[Authorship, ...]:
    found = (
        author(_HOMONYM.sub("", first_text(one)), orcid=attribute(one, "orcid"))
        for one in children(element, "author")
    )
    return tuple(one for one in found if one)


READER = Reader(name="dblp", score=score, read=read, summary="DBLP XML: the dump, files of persons, records")
