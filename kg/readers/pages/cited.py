"""Papers that a list names by title and a short citation: "A Title (Dai et al., 2017)".

The surnames are all that such a list gives of the authors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.readers.page import Page
from kg.readers.pages.found import Found
from kg.readers.plain_words import PLAIN_WORDS
from kg.types import Authorship

__all__ = ["with_cited"]

_NAME = r"(?:(?:van|von|de|der|den|la|le|di|da|del)\s){0,3}[^\W\d_a-z][\w'’-]{1,30}"
_CITED = re.compile(
    rf"[\s.,]*[(\[](?P<names>{_NAME}(?:(?:,\s|,?\s(?:and|&|und|et)\s){_NAME}){{0,4}})"
    r"(?P<others>,?\s(?:et\sal\.?|and\sothers|等))?,?\s\(?(?P<year>(?:19|20)\d\d)[a-z]?\)?[)\]]\s*",
)
_BETWEEN = re.compile(r",\s|,?\s(?:and|&|und|et)\s")
_REACH = 200


def with_cited(page: Page, records: Sequence[Found]) -> list[Found]:
    """The records without authors whose title a short citation follows, with its surnames and year."""
    return [record if record.authors or record.title is None else _cited(page, record) for record in records]


def _cited(page: Page, record: Found) -> Found:
    start, end = record.title or (0, 0)
    opened = max(page.text.rfind("(", start, end), page.text.rfind("[", start, end))
    for at in (opened, end):
        match = (
            _CITED.match(page.text, at, min(at + _REACH, max(end, record.extent[1]))) if at > start else None
        )
        if match is None or match.end() < end:
            continue
        names = _BETWEEN.split(match.group("names"))
        if not match.group("others") and all(name.lower() in PLAIN_WORDS for name in names):
            continue
        return replace(
            record,
            title=(start, at),
            title_text=None,
            authors=tuple(Authorship(name=name) for name in names),
            year=int(match.group("year")),
            venue=None,
            date=None,
        )
    return record
