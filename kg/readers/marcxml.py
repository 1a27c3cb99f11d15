"""MARCXML: records of library catalogues and repositories (MARC 21).

https://www.loc.gov/standards/marcxml/, https://www.loc.gov/marc/bibliographic/. Articles name the journal
they are in (773), theses the university (502). Editors, translators and advisers stand among the added names
(700) with their role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation, clean_doi
from kg.readers.xmlpapers import Outcome, author, make_paper, read_records
from kg.readers.xmltext import flat_block, line, tex_to_text
from kg.readers.xmltree import Element, attribute, child, children, opening, text_of
from kg.types import Authorship

__all__ = ["READER", "marc_paper"]

_SIGNS = re.compile(r"MARC21/slim|<(?:\w+:)?datafield\s|<(?:\w+:)?leader>")
_MEDIA = {
    "c": "notated music", "d": "notated music", "e": "map", "f": "map", "g": "film", "i": "recording",
    "j": "recording", "k": "picture", "m": "program", "o": "kit", "p": "collection", "r": "object",
}  # fmt: skip
_AUTHORS = frozenset({"aut", "author", "cre", "creator", "dis", "dissertant", "verfasser", "auteur", "autor"})
_CLOSING = " /:;,=."


def score(raw: Raw) -> float:
    """A collection or record with MARC's fields."""
    start = opening(raw.text)
    if start is None or start.name not in {"collection", "record", "records"}:
        return 0.0
    return 0.965 if _SIGNS.search(start.head) else 0.0


def read(raw: Raw) -> Parsed:
    """Every record that is literature."""
    return read_records(
        raw, ("record",), lambda record: marc_paper(record.element), media_type="application/marcxml+xml"
    )


def marc_paper(record: Element) -> Outcome:
    """The paper of a ``record`` element."""
    leader = text_of(child(record, "leader")) if child(record, "leader") is not None else ""
    kind, level = leader[6:7], leader[7:8]
    if kind in _MEDIA:
        return _MEDIA[kind]
    if level == "s" or (level == "i" and not _first(record, "773", "t")):
        return "journal"
    title, below = _plain(_first(record, "245", "a")), _plain(_first(record, "245", "b"))
    host = _plain(_first(record, "773", "t")) or _plain(_first(record, "773", "p"))
    urls = [line(one) for field in _fields(record, "856") for one in _values(field, "u")]
    ids = [line(one) for field in _fields(record, "024") for one in _values(field, "a")]
    dates = (_first(record, "264", "c"), _first(record, "260", "c"), _first(record, "773", "g"))
    fixed = next(
        (text_of(one) for one in children(record, "controlfield") if attribute(one, "tag") == "008"), ""
    )
    words = [
        line(one) for tag in ("653", "650") for field in _fields(record, tag) for one in _values(field, "a")
    ]
    return make_paper(
        Citation(
            title=tex_to_text(f"{title}: {below}" if title and below else title),
            abstract=max((flat_block(text) for text in _texts(record, "520", "a")), key=len, default=""),
            authors=tuple(_authors(record)),
            venue=host or _plain(_first(record, "502", "c")) or _plain(_first(record, "711", "a")),
            dates=(*(date for date in dates if re.search(r"\d{4}", date)), fixed[7:11]),
            doi=next((doi for text in (*ids, *urls) if (doi := clean_doi(text))), ""),
            arxiv=next((text for text in ids if "arxiv" in text.lower()), ""),
            links=tuple(url for url in urls if url.startswith("http")),
            keywords=tuple(dict.fromkeys(word.strip(_CLOSING) for word in words if word)),
            language=_first(record, "041", "a") or fixed[35:38],
        )
    )


def _authors(record: Element) -> Iterator[Authorship]:
    """Persons; bodies only where no person has written it."""
    found = False
    for tags, persons in ((("100", "700"), True), (("110", "710"), False)):
        for field in (field for tag in tags for field in _fields(record, tag)):
            roles = {line(one).lower().strip(_CLOSING).rpartition("/")[2] for one in _values(field, "e", "4")}
            if (roles and not roles & _AUTHORS) or (found and not persons):
                continue
            if _values(field, "t") or (not persons and attribute(field, "tag") == "710" and not roles):
                continue  # another work of theirs; the library, the publisher
            name = " ".join(line(one).strip(" ,") for one in _values(field, "a", "b"))
            name = re.sub(r"(?<=[^\W\d_]{3})\.\Z", "", name)
            suffix = next(
                (text for one in _values(field, "c") if re.match(r"(?:Jr|Sr|I+V?)\b", text := line(one))), ""
            )
            orcid = next((text for one in _values(field, "0", "1") if "0000-" in (text := line(one))), "")
            made = author(
                f"{name.rstrip(' ,')}, {suffix}" if suffix and "," in name else name,
                places=[line(one) for one in _values(field, "u")],
                orcid=orcid,
                turn=persons,
            )
            if made:
                found = True
                yield made


def _fields(record: Element, tag: str) -> list[Element]:
    return [one for one in children(record, "datafield") if attribute(one, "tag") == tag]


def _values(field: Element, *codes: str) -> list[Element]:
    return [one for one in children(field, "subfield") if attribute(one, "code") in codes]


def _texts(record: Element, tag: str, code: str) -> list[str]:
    return [text_of(one) for field in _fields(record, tag) for one in _values(field, code)]


def _first(record: Element, tag: str, code: str) -> str:
    return next((text for value in _texts(record, tag, code) if (text := " ".join(value.split()))), "")


def _plain(text: str) -> str:
    """A value without the punctuation that parts it from the next one (ISBD); abbreviations keep theirs."""
    text = text.strip(" /:;,=")
    return text.removesuffix(".") if text.count(".") == 1 and len(text.split()) > 1 else text


READER = Reader(name="marcxml", score=score, read=read, summary="MARCXML of libraries and repositories")
