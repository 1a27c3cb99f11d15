"""Plain text, in whatever page layout it was copied from."""

from __future__ import annotations

from kg.readers.assemble import papers_from
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.page import make_page
from kg.readers.pages import read_page

__all__ = ["READER"]


def score(raw: Raw) -> float:
    """Any text can be read as plain text, so others only have to be surer than this."""
    return 0.3 if raw.suffix in {".txt", ".text", ""} else 0.2


def read(raw: Raw) -> Parsed:
    """The papers of the layout that suits the text best; offsets point into the text itself."""
    page = make_page(raw.text)
    return Parsed(papers=papers_from(read_page(page), raw.text), media_type="text/plain")


READER = Reader(name="text", score=score, read=read)
