"""Session pages of conferences: many records of title, byline and abstract, between menus and session
headings."""

from __future__ import annotations

from kg.readers.page import Page
from kg.readers.pages.features import Feature
from kg.readers.pages.found import Found
from kg.readers.pages.starts import find_starts
from kg.readers.pages.titled import read_starts

__all__ = ["read", "score"]


def score(page: Page, kinds: list[Feature]) -> float:
    """Grows with the number of records that have a byline."""
    bylines = sum(1 for feature in kinds if feature.kind == "names")
    if bylines < 2:
        return 0.0
    return min(0.75, 0.45 + 0.05 * sum(1 for start in find_starts(page, kinds) if start.names))


def read(page: Page, kinds: list[Feature]) -> list[Found]:
    """Every record of the page."""
    return read_starts(page, kinds, find_starts(page, kinds))
