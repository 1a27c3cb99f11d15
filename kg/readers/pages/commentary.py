"""What stands where an abstract may stand and is none: the words of a blogger, the snippets of a search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.readers.page import Page
from kg.readers.pages.features import ABSTRACT_LABEL, Feature, is_research_prose
from kg.readers.pages.found import Found

__all__ = ["without_commentary", "without_snippets"]

_FIRST_PERSON = re.compile(
    r"(?<![\w.])(?:I (?:started|have|had|was|am|think|thought|like|liked|love|loved|would|will|won.t|"
    r"found|argued|did|"
    r"do|don.t|can|cannot|can.t|could|read|wish|hope|want|wanted|recommend|enjoyed|really|only|also|still|never|"
    r"never|wonder|suspect|expect|guess|learned|stumbled|came|got|went|wrote)\b|I['’](?:m|ve|d|ll)\b|"
    r"[Mm]y (?:take|favou?rite|own|opinion|reading|colleagues?|students?|notes|thoughts|impression|"
    r"first|last)\b)|"
    r"\b(?:last|next) (?:week|month|year)['’]s (?:post|issue|newsletter|edition)\b|"
    r"\b(?:subscribe|new posts|previous post|earlier post)\b"
)
_RESULTS = re.compile(
    r"\bsearch results?\b|\b(?:results?|hits) (?:for|found|of)\b|\b[\d,.]+\s(?:results?|hits|"
    r"research outputs found)\b|"
    r"\brefine (?:search|list|results)\b|\bsort(?:ed)? by:? relevance\b",
    re.IGNORECASE,
)
_TOP, _SHORT = 60, 200
_TWO = 2
_BEFORE = 40


def without_commentary(page: Page, kinds: list[Feature], records: Sequence[Found]) -> list[Found]:
    """The records without abstracts that are the words of a blogger, told by the first person of a page that
    has it more than once."""
    spoken = sum(
        1
        for block, feature in zip(page.blocks, kinds, strict=True)
        if feature.kind in {"prose", "short"} and _FIRST_PERSON.search(block.text)
    )
    if spoken < _TWO:
        return list(records)
    return [record if _is_kept(page, record) else replace(record, abstract=None) for record in records]


def without_snippets(page: Page, records: Sequence[Found]) -> list[Found]:
    """The records without the beginnings of texts ("...") that the results of a search show."""
    tops = (*page.about, *(block.flat for block in page.blocks[:_TOP]))
    if not any(_RESULTS.search(text) for text in tops if len(text) < _SHORT):
        return list(records)
    return [
        replace(record, abstract=None)
        if record.title and record.abstract and page.text[slice(*record.abstract)].rstrip().endswith("...")
        else record
        for record in records
    ]


def _is_kept(page: Page, record: Found) -> bool:
    """Whether an abstract is labelled as one, or speaks as abstracts do and not in the first person."""
    if record.abstract is None or record.title is None:
        return True
    start, end = record.abstract
    lead = page.text[max(0, start - _BEFORE) : start]
    label = lead.rsplit("\n", 1)[-1] or lead
    if ABSTRACT_LABEL.search(label.strip() + "\n") is not None:
        return True
    text = page.text[start:end]
    return is_research_prose(text) and _FIRST_PERSON.search(text) is None
