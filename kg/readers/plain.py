"""Plain text, in whatever page layout it was copied from."""

from __future__ import annotations

import html
import re

from kg.readers.assemble import papers_from
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.markup import UNSEEN, Builder, View
from kg.readers.page import Page, make_page
from kg.readers.pages import layout_scores, read_page
from kg.readers.quoted import with_quoted

__all__ = ["READER"]

_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|ndash|mdash|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron)|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
)


def score(raw: Raw) -> float:
    """Any text can be read as plain text, so others only have to be surer than this."""
    return 0.3 if raw.suffix in {".txt", ".text", ""} else 0.2


def read(raw: Raw) -> Parsed:
    """The papers of the layout that suits the text best; offsets point into the text itself."""
    if not _has_signs(raw.text):
        papers = papers_from(read_page(make_page(raw.text)), raw.text)
        return Parsed(papers=with_quoted(papers, raw.text), media_type="text/plain")
    view = _seen(raw.text)
    papers = papers_from(read_page(make_page(view.text)), view.text, view.raw_span)
    return Parsed(papers=with_quoted(papers, view.text), media_type="text/plain")


def _has_signs(text: str) -> bool:
    """Whether the text has entities or signs that nobody sees."""
    return UNSEEN.search(text) is not None or _ENTITY.search(text) is not None


def _layouts(raw: Raw) -> dict[str, float]:
    page: Page = make_page(_seen(raw.text).text if _has_signs(raw.text) else raw.text)
    return layout_scores(page)


def _seen(text: str) -> View:
    """The text without the signs that nobody sees, entities as the letters they stand for."""
    builder = Builder()
    position = 0
    for entity in _ENTITY.finditer(text):
        builder.add(text[position : entity.start()], position, entity.start())
        builder.add(html.unescape(entity.group()), entity.start(), entity.end())
        position = entity.end()
    builder.add(text[position:], position, len(text))
    return builder.view()


READER = Reader(
    name="text",
    score=score,
    read=read,
    summary="plain text: copied pages, digests, lists of abstracts, in any layout",
    max_chars=32 * 2**20,
    layouts=_layouts,
)
