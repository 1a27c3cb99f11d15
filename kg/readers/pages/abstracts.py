"""Lists of bare abstracts: paragraphs that open with "Abstract:" and have neither title nor authors."""

from __future__ import annotations

from kg.readers.page import Page
from kg.readers.pages.features import ABSTRACT_LABEL, Feature
from kg.readers.pages.found import Found
from kg.readers.pages.starts import find_starts
from kg.readers.pages.titled import after_abstract_label

__all__ = ["read", "score"]

_MOSTLY = 0.5


def _labelled(page: Page, kinds: list[Feature]) -> list[int]:
    """The blocks where abstracts begin: after a label in the block, or in a block of its own above."""
    return [
        index
        for index, block in enumerate(page.blocks)
        if kinds[index].kind == "prose"
        and (ABSTRACT_LABEL.match(block.text) or (index and kinds[index - 1].kind == "abstract"))
    ]


def score(page: Page, kinds: list[Feature]) -> float:
    """How many labelled paragraphs there are, less those that a title stands above."""
    labelled = _labelled(page, kinds)
    if not labelled:
        return 0.0
    titled = len(find_starts(page, kinds))
    bare = max(len(labelled) - titled, 0) / len(labelled)
    if titled and bare <= _MOSTLY:
        return 0.0
    return bare * min(0.9, 0.5 + 0.1 * len(labelled))


def read(page: Page, kinds: list[Feature]) -> list[Found]:
    """One record a label; further paragraphs up to the next label or other block belong to it."""
    records = []
    labelled = _labelled(page, kinds)
    for number, index in enumerate(labelled):
        stop = labelled[number + 1] if number + 1 < len(labelled) else len(page.blocks)
        end = index + 1
        while end < stop and kinds[end].kind == "prose":
            end += 1
        block = page.blocks[index]
        span = (after_abstract_label(block), page.blocks[end - 1].end)
        records.append(Found(extent=(block.start, span[1]), abstract=span))
    return records
