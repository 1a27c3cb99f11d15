"""The page of one work that cites itself ("Cite as: A. Ruiz, L. Wei (2025). The Title. Journal of X, 12(3)").

Record pages of repositories set title, people, abstract and files in ways of their own, but most show how the
work is to be cited: what stands behind the title there is its venue, what stands before it its authors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.readers.fields import find_year
from kg.readers.page import Page
from kg.readers.pages.citation import read_citation
from kg.readers.pages.features import Feature
from kg.readers.pages.found import Found
from kg.readers.pages.titled import abstract_span
from kg.readers.pages.venues import venue_of
from kg.types import Authorship

__all__ = ["read_cited", "with_own_citation"]

_SHORTEST, _LONGEST = 25, 400
_MOST_RECORDS = 5
_FEWEST_WORDS = 4
_TOP = 60
_MOST_BLOCKS = 2000
_LONGEST_CITATION = 1500
_AHEAD = 5
_TWO = 2
_DATED = re.compile(r"\(?(?:19|20)\d\d[a-z]?\)?[\s.:]*\Z")
_AND = re.compile(r",?\s(?:and|&|und|et|y|e)\s")
_BETWEEN = re.compile(r",?\s(?:and|&|und|et|y|e)\s|,\s")
_NAME = re.compile(r"(?:[a-z]{1,3}\s){0,2}[^\W\d_a-z][\w.'’-]{0,30}(?:\s[\w.'’-]{1,30}){0,3}")


_LABELLED = re.compile(
    r"\W{0,3}(?:(?:recommended|suggested|preferred) citation|cite (?:this (?:paper|article|work)|as)|"
    r"how to cite|"
    r"citation|zitiervorschlag|引用格式)\s*[:：]\s+",
    re.IGNORECASE,
)
_NEAR = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cited:
    """The title block of a page and what the page's own citation says of it."""

    title: int
    authors: tuple[Authorship, ...]
    venue: str | None
    year: int | None


def with_own_citation(page: Page, kinds: list[Feature], records: Sequence[Found]) -> list[Found]:
    """The one work of the page, with what its citation says, where the page has such a citation; else all
    ``records`` as they are."""
    if len(records) > _MOST_RECORDS:
        return list(records)
    cited = _cited(page, kinds)
    if cited is None:
        return list(records)
    title = page.blocks[cited.title]
    own = next(
        (record for record in records if record.title and title.start <= record.title[0] < title.end), None
    )
    others = [record for record in records if record is not own and record.authors and record.abstract]
    if any(
        record.title and len(page.text[slice(*record.title)].split()) >= _FEWEST_WORDS for record in others
    ):
        return list(records)
    if own is None:
        own = Found(extent=(title.start, title.end), title=(title.start, title.end))
    if own.abstract is None:
        found = _abstract(page, kinds, cited.title)
        own = (
            replace(own, abstract=found, extent=(own.extent[0], max(own.extent[1], found[1])))
            if found
            else own
        )
    if not own.authors and not cited.authors:
        return list(records)
    return [
        replace(
            own,
            authors=own.authors or cited.authors,
            venue=own.venue or cited.venue,
            year=own.year or cited.year,
        )
    ]


def read_cited(page: Page, kinds: list[Feature]) -> list[Found]:
    """The titles of a list below each of which stands how the work is to be cited; none for a single one."""
    found: list[Found] = []
    last = -1
    for index, block in enumerate(page.blocks):
        label = _LABELLED.match(block.flat) if len(block.flat) <= _LONGEST_CITATION else None
        if label is None:
            continue
        citation = block.flat[label.end() :]
        for above in range(index - 1, max(last, index - 1 - _NEAR), -1):
            title = page.blocks[above]
            if len(title.flat) < _SHORTEST or title.flat.rstrip(" .") not in citation:
                continue
            cited = _read(above, title.flat.rstrip(" ."), citation)
            if cited is not None:
                prose = [at for at in range(above + 1, index) if kinds[at].kind == "prose"]
                abstract = (page.blocks[prose[0]].start, page.blocks[prose[-1]].end) if prose else None
                found.append(
                    Found(
                        extent=(title.start, block.end),
                        title=(title.start, title.end),
                        abstract=abstract,
                        authors=cited.authors,
                        venue=cited.venue,
                        year=cited.year,
                        listed=True,
                    )
                )
            break
        last = index
    return found if len(found) >= _TWO else []


def _abstract(page: Page, kinds: list[Feature], title: int) -> tuple[int, int] | None:
    """What stands below the label "Abstract", if there is one."""
    labelled = any(feature.kind == "abstract" for feature in kinds[title:])
    found = abstract_span(page, kinds, title + 1, len(kinds)) if labelled else None
    return found[0] if found else None


def _cited(page: Page, kinds: list[Feature]) -> _Cited | None:
    """The one title of the page that a citation on the page repeats."""
    found: _Cited | None = None
    for index, block in enumerate(page.blocks[:_TOP]):
        if not _SHORTEST <= len(block.flat) <= _LONGEST or kinds[index].kind in {"prose", "names"}:
            continue
        if len(block.flat.split()) < _FEWEST_WORDS:
            continue
        citations = [
            other
            for at, other in enumerate(page.blocks[:_MOST_BLOCKS])
            if at != index
            and len(block.flat) + _AHEAD < len(other.flat) <= _LONGEST_CITATION
            and other.flat.find(block.flat) >= _AHEAD
        ]
        value = next((cited for other in citations if (cited := _read(index, block.flat, other.flat))), None)
        if value is None:
            continue
        if found is not None and page.blocks[found.title].flat != block.flat:
            return None
        found = found or value
    return found


def _turned(text: str) -> tuple[Authorship, ...]:
    """The authors of "Doe, Jane, Roe, Max and Poe, Ann (2024)": family and given names in turn."""
    listed = _DATED.sub("", text).strip(" ,.")
    parts = [part.strip() for part in _BETWEEN.split(listed)]
    last = _AND.split(listed)[-1]
    if (
        len(parts) % 2
        or len(parts) < _TWO
        or "," not in last
        or not all(_NAME.fullmatch(part) for part in parts)
    ):
        return ()
    return tuple(
        Authorship(name=f"{given} {family}") for family, given in zip(parts[::2], parts[1::2], strict=True)
    )


def _read(index: int, title: str, citation: str) -> _Cited | None:
    at = citation.find(title)
    before, after = citation[:at], citation[at + len(title) :]
    year = find_year(before) or find_year(after)
    venue, _ = venue_of(after.lstrip(" .?!,"))
    read = read_citation(citation)
    authors = (read.authors if read is not None else ()) or _turned(before)
    if year is None or not authors:
        return None
    return _Cited(title=index, authors=authors, venue=venue, year=year)
