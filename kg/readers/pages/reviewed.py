"""Posts about one paper: its title is a link in running text ("This paper, The Title, appeared at ...").

What the sentences around the link say of where it appeared and of its authors is taken; the post's own
headings and its author are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.readers.fields import find_arxiv_id, find_doi, find_year
from kg.readers.names import NameList, names_at
from kg.readers.page import Mark, Page
from kg.readers.pages.features import Feature
from kg.readers.pages.found import Found
from kg.readers.pages.title_form import is_titular, trimmed
from kg.readers.pages.venues import accepted_at, is_venue_line, venue_of

__all__ = ["with_reviewed"]

_FEWEST_WORDS = 4
_TOP = 30
_BEHIND = 700
_BEFORE = 80
_SURE = 0.6
_CUE = re.compile(
    r"\b(?:paper|article|preprint|work|study|manuscript|titled|entitled|reading|read|review(?:ing)?)\b[^.!?]{0,40}\Z",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"[\"”’'*_]{0,3}[,.]?\s*(?:\(?(?:which |that |it )?(?:appeared|appears|was|is|will be|has been|"
    r"got|won|by|from|"
    r"published|presented|accepted)\b|\()",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"\bauthors?(?:\s+of\s+(?:the|this)\s+(?:paper|work|article))?\s*(?:are|is|were|include|:)\s*|"
    r"\bwritten by\s+|(?:^|[\s,(])(?:is )?by\s+(?=[A-Z])",
)
_BRACKETS = re.compile(r"\s*[\"”’'*_]{0,3}\s*\((?P<inside>[^()\n]{4,200})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linked:
    """A link in running text that can be the title of the paper, and what stands behind it."""

    mark: Mark
    behind: str
    cued: bool


def with_reviewed(page: Page, kinds: list[Feature], records: Sequence[Found]) -> list[Found]:
    """The one paper that a post is about, where nothing was read with its authors; else ``records``."""
    if any(record.authors or record.listed for record in records):
        return list(records)
    for linked in _links(page, kinds):
        names = _names(linked.behind)
        venue, year = _issue(linked.behind)
        if names is None or not (venue or linked.cued):
            continue
        title = trimmed(page.text, linked.mark.start, linked.mark.end)
        if title is None:
            continue
        own = Found(
            extent=(title[0], title[1]),
            title=title,
            authors=names.authors,
            venue=venue,
            year=year,
            doi=find_doi(linked.mark.href),
            arxiv_id=find_arxiv_id(linked.mark.href),
            url=linked.mark.href or None,
        )
        return [own]
    return list(records)


def _links(page: Page, kinds: list[Feature]) -> list[_Linked]:
    """The links of the first paragraphs whose text has the form of a title."""
    found = []
    for index, block in enumerate(page.blocks[:_TOP]):
        if kinds[index].kind not in {"prose", "short"} or block.level:
            continue
        for mark in page.marks:
            if mark.kind != "link" or not block.start <= mark.start < mark.end <= block.end:
                continue
            text = page.text[mark.start : mark.end]
            if len(text.split()) < _FEWEST_WORDS or not is_titular(text):
                continue
            behind = page.text[mark.end : mark.end + _BEHIND].split("\n\n")[0]
            before = page.text[max(block.start, mark.start - _BEFORE) : mark.start]
            cued = _CUE.search(before) is not None
            if cued or _SAYS.match(behind):
                found.append(_Linked(mark=mark, behind=behind, cued=cued))
    return found


def _names(behind: str) -> NameList | None:
    """The authors that the sentences behind the title name."""
    for match in _AUTHORS.finditer(behind):
        names = names_at(behind, match.end())
        if names is not None and names.score >= _SURE and " " in names.authors[0].name:
            return names
    brackets = _BRACKETS.match(behind)
    inside = names_at(brackets.group("inside"), 0) if brackets else None
    return inside if inside is not None and inside.score >= _SURE else None


def _issue(behind: str) -> tuple[str | None, int | None]:
    """Where the sentences behind the title say that it appeared, and when."""
    venue, year = accepted_at(behind)
    brackets = _BRACKETS.match(behind)
    if venue is None and brackets is not None:
        last = re.split(r"[;,]\s", brackets.group("inside"))[-1]
        if is_venue_line(last):
            venue, year = venue_of(last)
    return venue, year or (find_year(behind[:_BEFORE]) if venue else None)
