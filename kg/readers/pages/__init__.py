"""One file a page layout. Each says how well a page suits it; the best one reads, the fallback always may.

A new layout is one new file and one line in LAYOUTS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.readers.page import Page
from kg.readers.pages import abstracts, cards, general, labels, records, sessions
from kg.readers.pages.features import Feature, features
from kg.readers.pages.found import Found

__all__ = ["LAYOUTS", "Layout", "choose_layout", "read_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How well a page suits (0 to 1), and how its records are read."""

    score: Callable[[Page, list[Feature]], float]
    read: Callable[[Page, list[Feature]], list[Found]]


LAYOUTS: dict[str, Layout] = {
    "labels": Layout(score=labels.score, read=labels.read),
    "sessions": Layout(score=sessions.score, read=sessions.read),
    "abstracts": Layout(score=abstracts.score, read=abstracts.read),
    "cards": Layout(score=cards.score, read=cards.read),
    "records": Layout(score=records.score, read=records.read),
    "general": Layout(score=general.score, read=general.read),
}


def choose_layout(page: Page) -> str:
    """The name of the layout with the highest score; the earlier one where two are equal."""
    kinds = features(page)
    return max(LAYOUTS, key=lambda name: LAYOUTS[name].score(page, kinds))


def read_page(page: Page) -> list[Found]:
    """The records of a page, by the best layout that finds any."""
    kinds = features(page)
    scores = {name: layout.score(page, kinds) for name, layout in LAYOUTS.items()}
    for name in sorted(LAYOUTS, key=lambda name: -scores[name]):
        if scores[name] > 0:
            found = LAYOUTS[name].read(page, kinds)
            if found:
                return found
    return []
