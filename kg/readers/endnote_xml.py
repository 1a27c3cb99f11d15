"""EndNote's XML export, also as Mendeley, Zotero and others write it.

Texts stand in ``style`` elements, one for each change of font. The authors of an edited book are its editors.
"""

from __future__ import annotations

import re

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation, plain_line
from kg.readers.fields import find_year
from kg.readers.xmlpapers import Outcome, author, make_paper, read_records
from kg.readers.xmltext import block, tex_to_text
from kg.readers.xmltree import Element, Record, attribute, child, children, opening, text_of
from kg.types import Authorship

__all__ = ["READER"]

_NOT_PAPERS = frozenset(
    [
        "Patent", "Dataset", "Computer Program", "Figure", "Map", "Film or Broadcast", "Artwork",
        "Audiovisual Material", "Chart or Table", "Equation", "Personal Communication", "Bill", "Case",
        "Statute", "Hearing", "Music", "Interview", "Legal Rule or Regulation", "Online Multimedia",
        "Podcast", "Social Media", "Television Episode", "Multimedia Application",
    ]
)  # fmt: skip
_PAGES = frozenset(["Web Page", "Blog", "Online Database", "Discussion Forum"])
_NUMBERS = {
    "25": "Patent",
    "59": "Dataset",
    "9": "Computer Program",
    "37": "Figure",
    "28": "Edited Book",
    "12": "Web Page",
    "32": "Thesis",
    "27": "Report",
}
_SIGNS = re.compile(r"<(?:ref-type|rec-number|contributors|source-app)[\s>]")


def score(raw: Raw) -> float:
    """``xml/records/record`` with EndNote's elements."""
    start = opening(raw.text)
    if start is None or start.name not in {"xml", "records", "record", "XML", "EndNote"}:
        return 0.0
    return 0.97 if _SIGNS.search(start.head) else 0.0


def read(raw: Raw) -> Parsed:
    """Every record that is literature."""
    return read_records(raw, ("record",), _paper, media_type="application/endnote+xml")


def _paper(record: Record) -> Outcome:
    element = record.element
    kind = child(element, "ref-type")
    named = attribute(kind, "name") if kind is not None else ""
    named = named or _NUMBERS.get(_text(kind), "")
    if named in _NOT_PAPERS:
        return named.lower()
    number = _text(child(element, "electronic-resource-num"))
    urls = [
        _text(one)
        for group in children(child(element, "urls"), "related-urls", "web-urls", "text-urls")
        for one in children(group, "url")
    ]
    if named in _PAGES and not number and not any("arxiv.org" in url or "doi.org" in url for url in urls):
        return "web page"
    titles = child(element, "titles")
    title = _text(child(titles, "title"))
    periodical = child(element, "periodical")
    venue = (
        _text(child(titles, "secondary-title"))
        or _text(child(periodical, "full-title"))
        or _text(child(periodical, "abbr-1"))
        or (_text(child(element, "publisher")) if named in {"Thesis", "Report"} else "")
    )
    dates = child(element, "dates")
    year = _text(child(dates, "year"))
    printed = [_text(one) for one in children(child(dates, "pub-dates"), "date")]
    whole = [date if find_year(date) else f"{date} {year}" for date in printed if date]
    return make_paper(
        Citation(
            title=tex_to_text(title),
            abstract=tex_to_text(block(_styled(child(element, "abstract")).replace("\r", "\n\n"))),
            authors=() if named == "Edited Book" else _authors(child(element, "contributors", "authors")),
            venue=venue if venue != title else "",
            dates=tuple(
                date
                for date in (*(date for date in whole if re.search(r"\d.*\d{4}", date)), year, *whole)
                if date
            ),
            doi=number,
            links=tuple(url for url in urls if url.startswith("http")),
            hints=(
                number,
                _text(child(element, "notes")),
                _text(child(element, "custom1")),
                _text(child(element, "volume")),
            ),
            keywords=tuple(
                word for one in children(child(element, "keywords"), "keyword") for word in _words(one)
            ),
            language=_text(child(element, "language")),
        )
    )


def _authors(group: Element | None) -> tuple[Authorship, ...]:
    found = []
    for one in children(group, "author"):
        name = _text(one)
        corporate = name.endswith(",")
        made = author(name.rstrip(", "), turn=not corporate)
        found += [made] if made else []
    return tuple(found)


def _words(element: Element) -> list[str]:
    return [word for part in re.split(r"[\r\n;]+", _styled(element)) if (word := plain_line(part).strip("*"))]


def _styled(element: Element | None) -> str:
    """The text of an element over its changes of style; a power keeps its sign."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for inner in element:
        text = text_of(inner)
        raised = (
            "superscript" in attribute(inner, "face")
            and parts[-1][-1:].isdigit()
            and re.match(r"[-−–+]?\d", text)
        )
        parts += ["^" if raised else "", text, (inner.tail or "") if (inner.tail or "").strip() else ""]
        parts = ["".join(parts)]
    return "".join(parts)


def _text(element: Element | None) -> str:
    return plain_line(_styled(element))


READER = Reader(name="endnotexml", score=score, read=read, summary="EndNote XML")
