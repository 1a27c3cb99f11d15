"""Cards with a title and the number of authors instead of their names ("· 6 authors"), again and again."""

from __future__ import annotations

import re

from kg.readers.page import Page
from kg.readers.pages.features import Feature, is_title
from kg.readers.pages.found import Found
from kg.readers.pages.titled import title_span

__all__ = ["read"]

_COUNT = re.compile(r"\W{0,4}\d{1,4} authors?\W{0,3}", re.IGNORECASE)
_REACH = 4
_LEAST = 2


def read(page: Page, kinds: list[Feature]) -> list[Found]:
    """The titles above lines that count authors; one such line alone is none."""
    found: list[Found] = []
    last = -1
    for index, block in enumerate(page.blocks):
        if len(block.flat) > 24 or _COUNT.fullmatch(block.flat) is None:
            continue
        for above in range(index - 1, max(last, index - 1 - _REACH), -1):
            if is_title(page.blocks[above], kinds[above]) and len(page.blocks[above].flat.split()) > 2:
                title = page.blocks[above]
                found.append(Found(extent=(title.start, block.end), title=title_span(title), listed=True))
                break
        last = index
    return found if len(found) >= _LEAST else []
