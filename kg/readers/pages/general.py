"""The fallback for any text: records of title, byline and prose, or else paragraphs that speak as abstracts
do."""

from __future__ import annotations

from kg.readers.page import Page
from kg.readers.pages.features import Feature, is_research_prose
from kg.readers.pages.found import Found
from kg.readers.pages.starts import find_starts
from kg.readers.pages.titled import abstract_span, after_abstract_label, prose_run, read_starts

__all__ = ["read", "score"]

_WHOLE = 350


def score(page: Page, kinds: list[Feature]) -> float:
    """Always a little, so that some layout reads every page."""
    del page, kinds
    return 0.1


def read(page: Page, kinds: list[Feature]) -> list[Found]:
    """Titled records where there are some, else untitled paragraphs of research prose."""
    records = read_starts(page, kinds, find_starts(page, kinds))
    if records:
        return records
    records = []
    apart = _is_list(page, kinds)
    index = 0
    while index < len(kinds):
        if kinds[index].kind == "abstract":
            found = abstract_span(page, kinds, index, len(kinds))
            return [Found(extent=found[0], abstract=found[0])] if found else []
        headed = index > 0 and kinds[index - 1].kind == "heading"
        if kinds[index].kind == "prose" and not headed and is_research_prose(page.blocks[index].text):
            end = index + 1 if apart else prose_run(page, kinds, index, len(kinds))
            span = (after_abstract_label(page.blocks[index]), page.blocks[end - 1].end)
            records.append(Found(extent=span, abstract=span))
            index = end
        else:
            index += 1
    return records


def _is_list(page: Page, kinds: list[Feature]) -> bool:
    """Whether the paragraphs are abstracts one below the other and not the parts of one text."""
    prose = [block.text for block, feature in zip(page.blocks, kinds, strict=True) if feature.kind == "prose"]
    whole = sum(1 for text in prose if len(text) >= _WHOLE and is_research_prose(text))
    others = sum(1 for feature in kinds if feature.kind == "heading")
    return whole >= 2 and whole * 10 >= len(prose) * 6 and not others
