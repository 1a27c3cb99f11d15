"""MODS: records of libraries, exports of Zotero and bibutils.

https://www.loc.gov/standards/mods/.
"""

from __future__ import annotations

import re

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation, clean_doi
from kg.readers.xmlpapers import Outcome, author, make_paper, person, read_records
from kg.readers.xmltext import flat_block, line, tex_to_text
from kg.readers.xmltree import Element, attribute, child, children, descend, opening, text_of
from kg.types import Authorship

__all__ = ["READER", "mods_paper"]

_NOT_PAPERS = frozenset(
    [
        "still image", "moving image", "cartographic", "sound recording", "notated music",
        "three dimensional object", "software, multimedia", "sound recording-nonmusical",
        "sound recording-musical", "dataset", "patent",
    ]
)  # fmt: skip
_AUTHORS = frozenset({"", "aut", "author", "cre", "creator", "dissertant", "dis"})


def score(raw: Raw) -> float:
    """A MODS root."""
    start = opening(raw.text)
    return 0.97 if start is not None and start.name in {"mods", "modsCollection"} else 0.0


def read(raw: Raw) -> Parsed:
    """Every record that is literature."""
    return read_records(
        raw, ("mods",), lambda record: mods_paper(record.element), media_type="application/mods+xml"
    )


def mods_paper(element: Element) -> Outcome:
    """The paper of a ``mods`` element."""
    kinds = [line(one).lower() for one in children(element, "typeOfResource", "genre")]
    if any(kind in _NOT_PAPERS for kind in kinds) and not any(
        "article" in kind or "thesis" in kind for kind in kinds
    ):
        return next(kind for kind in kinds if kind in _NOT_PAPERS)
    host = next((one for one in children(element, "relatedItem") if attribute(one, "type") == "host"), None)
    series = next(
        (one for one in children(element, "relatedItem") if attribute(one, "type") == "series"), None
    )
    ids = {attribute(one, "type").lower(): line(one) for one in reversed(children(element, "identifier"))}
    links = [line(one) for one in descend(element, "url")]
    return make_paper(
        Citation(
            title=tex_to_text(_title(element)),
            abstract=max(
                (flat_block(text_of(one)) for one in children(element, "abstract")), key=len, default=""
            ),
            authors=_authors(element),
            venue=_title(host) or _title(series),
            dates=(*_dates(element), *_dates(child(host, "part")), *_dates(host)),
            doi=clean_doi(ids.get("doi", "")) or "",
            arxiv=ids.get("arxiv", ""),
            links=tuple(link for link in links if link.startswith("http")),
            keywords=tuple(
                dict.fromkeys(
                    word
                    for one in children(element, "subject")
                    for word in map(line, children(one, "topic"))
                    if word
                )
            ),
            language=line(child(element, "language", "languageTerm")),
        )
    )


def _title(element: Element | None) -> str:
    infos = [
        one
        for one in children(element, "titleInfo")
        if attribute(one, "type") not in {"alternative", "translated", "abbreviated", "uniform"}
    ]
    info = next(iter(infos or children(element, "titleInfo")), None)
    lead, title, below = (line(child(info, name)) for name in ("nonSort", "title", "subTitle"))
    title = f"{lead} {title}".strip()
    return f"{title}: {below}" if below and title else title


def _authors(element: Element) -> tuple[Authorship, ...]:
    found = []
    for one in children(element, "name"):
        roles = {line(role).lower() for role in descend(one, "roleTerm")}
        if roles and not roles & _AUTHORS:
            continue
        if attribute(one, "type") == "conference":
            continue
        parts = children(one, "namePart")
        given = " ".join(line(part) for part in parts if attribute(part, "type") == "given")
        family = " ".join(line(part) for part in parts if attribute(part, "type") == "family")
        suffix = " ".join(line(part) for part in parts if attribute(part, "type") == "termsOfAddress")
        plain = " ".join(line(part) for part in parts if not attribute(part, "type"))
        suffix = suffix if re.match(r"(?:jr|sr|i{1,3}v?)\b", suffix, re.IGNORECASE) else ""
        ids = [line(mark) for mark in children(one, "nameIdentifier")]
        made = author(
            person(given, family, suffix=suffix) or plain,
            places=[line(place) for place in children(one, "affiliation")],
            orcid=next((mark for mark in ids if "0000-" in mark), ""),
            turn=not (given or family) and attribute(one, "type") != "corporate",
        )
        found += [made] if made else []
    return tuple(found)


def _dates(element: Element | None) -> tuple[str, ...]:
    origin = child(element, "originInfo")
    found = [
        *children(origin, "dateIssued"),
        *children(origin, "copyrightDate", "dateCreated"),
        *children(element, "date"),
    ]
    return tuple(text for one in found if (text := line(one)))


READER = Reader(name="mods", score=score, read=read, summary="MODS records")
