"""Lists of papers, an entry each: publication lists, programmes without abstracts, reading and awesome lists.

An entry is a list item, a table row, a paragraph or a few lines without an empty one between. What makes a
list one of papers is that its entries say so again and again (byline and title, venue, year, links to papers)
or that its heading does; one line that could be an entry is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.readers.fields import find_arxiv_id, find_doi
from kg.readers.institutions import is_affiliation
from kg.readers.labelled import LABEL, field_of
from kg.readers.name_lists import name_list
from kg.readers.page import Mark, Page
from kg.readers.pages.citation import Citation, read_citation
from kg.readers.pages.features import OTHER_PEOPLE, Feature, is_furniture, is_label, looks_prose
from kg.readers.pages.found import Found, Span
from kg.readers.pages.interface import SESSION, SOURCE
from kg.readers.pages.sections import Section, heading_level, sections, speaks_of_papers
from kg.readers.pages.titled import after_abstract_label
from kg.readers.pages.units import Shown, Unit, shown, units
from kg.readers.pages.venues import is_venue_line
from kg.types import Authorship

__all__ = ["read"]

_OPENS = re.compile(r"[•▪▸◦‣*]\s|\[[A-Z]{0,3}-?\d{1,4}\]\s|\d{1,3}[.)]\s")
_PLAIN = frozenset({"short", "furniture"})
_STRONG = 0.6
_SHORT = 8
_DAYS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s\d{1,2}\s?[-–]\s?(?:[a-z]+\s)?\d{1,2}\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[A-Z][\w -]{2,20}:\s[“\"][^“”\"\n]{20,300}[”\"]")
_LONGEST_LABEL = 24
_INVITED = re.compile(r"\W*(?:keynote|invited (?:talk|speaker)|plenary)\b", re.IGNORECASE)
_MOST_LINES = 6
_LEAST_JOINT = 2
_LITTLE_WORD = 3
_TOP = 6
_LEAST_OF_LINES = 3
_LONGEST = 900
_ABSTRACT = 200
_PAPER_LINK = re.compile(
    r"arxiv\.org/|doi\.org/|openreview\.net/|aclanthology|aclweb\.org|/abs/|\.pdf(?:$|"
    r"[?#])|dl\.acm\.org|ieeexplore|usenix\.org/|"
    r"proceedings\.|/paper|papers?\.|biorxiv|medrxiv|semanticscholar|sciencedirect|"
    r"springer|thecvf|mlr\.press|jmlr|hal\.|ssrn|pubmed|ncbi\.",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    unit: Unit
    shown: Shown
    cited: Citation
    links: tuple[str, ...]
    abstract: tuple[int, int] | None
    end: int


def read(page: Page, kinds: list[Feature], taken: Sequence[Span] = ()) -> list[Found]:
    """The entries of every list of papers on the page, in order; what is ``taken`` is left out."""
    found: list[Found] = []
    joint: list[bool] = []
    of_papers = any(speaks_of_papers(text) for text in page.about[:1])
    headings = {index for index, block in enumerate(page.blocks) if heading_level(block, kinds[index])}
    owner = _owner(page, kinds)
    every = _groups(page, units(page), headings)
    counts = Counter(block.flat for block in page.blocks)
    often = frozenset(flat for flat, count in counts.items() if count > 1)
    at = 0
    for section in sections(page, kinds):
        own: list[Unit] = []
        while at < len(every) and every[at].first < section.last:
            if every[at].first >= section.first:
                own.append(every[at])
            at += 1
        if section.people or section.references or not own:
            continue
        own = [unit for unit in own if not _is_taken(page, unit, taken)]
        own = _with_names_below(page, kinds, own)
        entries = [entry for unit in own if (entry := _entry(page, kinds, unit, often)) is not None]
        for entry in _accepted(entries, own, papers=section.papers or of_papers):
            found.append(_found(page, entry, section))
            joint.append(entry.cited.joint)
    if owner is None or sum(joint) < _LEAST_JOINT:
        return found
    return [
        replace(record, authors=(owner, *record.authors)) if shared or not record.authors else record
        for record, shared in zip(found, joint, strict=True)
    ]


def _owner(page: Page, kinds: list[Feature]) -> Authorship | None:
    """The person whose page it is: the only name in its first lines or in its chief heading."""
    for block, feature in list(zip(page.blocks, kinds, strict=True))[:_TOP]:
        names = feature.names or (
            name_list(block.flat) if block.level == 1 and len(block.flat) < 60 else None
        )
        if names is not None and len(names.authors) == 1 and " " in names.authors[0].name:
            return Authorship(name=names.authors[0].name)
    return None


def _is_taken(page: Page, unit: Unit, taken: Sequence[Span]) -> bool:
    """Whether another reading has a record where the unit stands; ``taken`` is in the order of the page."""
    at = bisect_right(taken, page.blocks[unit.last].end, key=lambda span: span[0]) - 1
    return at >= 0 and taken[at][1] > page.blocks[unit.first].start


def _groups(page: Page, every: list[Unit], headings: set[int]) -> list[Unit]:
    """Units with plain lines that have no empty line between them taken together, where they are few."""
    found: list[Unit] = []
    index = 0
    while index < len(every):
        end = index + 1
        if not every[index].listed and every[index].first not in headings:
            while (
                end < len(every)
                and not every[end].listed
                and every[end].first not in headings
                and _follows(page, every[end])
            ):
                end += 1
        if 1 < end - index <= _MOST_LINES:
            found.append(Unit(first=every[index].first, last=every[end - 1].last, listed=False))
        else:
            found += every[index:end]
        index = end
    return found


def _follows(page: Page, unit: Unit) -> bool:
    block = page.blocks[unit.first]
    return (
        block.gap == 0
        and not block.level
        and not block.role
        and _OPENS.match(block.flat) is None
        and not (":" in block.flat[:_LONGEST_LABEL] and _QUOTED.match(block.flat))
    )


def _with_names_below(page: Page, kinds: list[Feature], own: list[Unit]) -> list[Unit]:
    """The units; an item without names has the inner item right below it that is nothing but names."""
    found: list[Unit] = []
    for unit in own:
        former = found[-1] if found else None
        if (
            former is not None
            and former.listed
            and unit.listed
            and unit.first == unit.last == former.last + 1
            and kinds[unit.first].kind == "names"
            and page.blocks[unit.first].gap == 0
            and all(kinds[at].kind in _PLAIN for at in range(former.first, former.last + 1))
            and LABEL.match(page.blocks[former.first].flat) is None
        ):
            found[-1] = Unit(first=former.first, last=unit.last, listed=True)
        else:
            found.append(unit)
    return found


def _entry(page: Page, kinds: list[Feature], unit: Unit, often: frozenset[str]) -> _Entry | None:
    """What a unit says of one paper; prose in it is its abstract."""
    first, last = unit.first, unit.last
    if _INVITED.match(page.blocks[first].flat) and not unit.listed:
        return None
    while first < last - 1 and not unit.listed and page.blocks[first].flat in often:
        first += 1
    while first < last and kinds[first].kind in {"furniture", "heading"} and not page.blocks[first].level:
        first += 1
    last, abstract = _body(page, kinds, first, last)
    if last < first or last - first > 2 * _MOST_LINES:
        return None
    text = shown(page, first, last)
    if text is None or (len(text.text) > _LONGEST and not _has_byline(text.text)):
        return None
    if looks_prose(text.text) and not unit.listed and len(text.text) > 400 and name_list(text.text) is None:
        return None
    cited = read_citation(text.text, text.marks)
    if cited is None or any(is_affiliation(author.name) for author in cited.authors[:1]):
        return None
    if _is_interface(text.text[slice(*cited.title)]):
        return None
    links = tuple(mark.href for mark in text.marks if mark.href)
    return _Entry(
        unit=unit, shown=text, cited=cited, links=links, abstract=abstract, end=page.blocks[unit.last].end
    )


def _body(page: Page, kinds: list[Feature], first: int, stop: int) -> tuple[int, tuple[int, int] | None]:
    """The last block of the entry itself, and the abstract below it."""
    for index in range(first, stop + 1):
        block = page.blocks[index]
        prose = kinds[index].kind == "prose" and len(block.flat) > _ABSTRACT and not kinds[index].names
        if index > first and (OTHER_PEOPLE.match(block.flat) or _names_others(block.flat)):
            return index - 1, None
        if kinds[index].kind == "abstract" or (prose and index > first):
            start = next((at for at in range(index, stop + 1) if kinds[at].kind == "prose"), None)
            if start is None:
                return index - 1, None
            end = start
            while end < stop and kinds[end + 1].kind == "prose":
                end += 1
            return index - 1, (after_abstract_label(page.blocks[start]), page.blocks[end].end)
    return stop, None


def _names_others(flat: str) -> bool:
    """Whether a line of an entry names organisers, presenters or the like by a label."""
    label = LABEL.match(flat)
    return label is not None and field_of(label) == "code"


def _is_interface(title: str) -> bool:
    """Whether a title is a label, a session, the days of an event or another line of the page's own."""
    return (
        is_label(title)
        or is_furniture(title)
        or SOURCE.match(title) is not None
        or SESSION.fullmatch(title) is not None
        or (len(title.split()) <= _SHORT and _DAYS.search(title) is not None)
    )


def _has_byline(text: str) -> bool:
    return len(text) < 8000 and text.count(",") > 20


def _accepted(entries: list[_Entry], own: list[Unit], *, papers: bool) -> list[_Entry]:
    """Those entries of a list that are papers: with a byline where several are so, else by title alone."""
    cited = [entry for entry in entries if entry.cited.authors and entry.cited.sure >= _STRONG]
    if not papers and not any(entry.unit.listed for entry in cited) and len(cited) < _LEAST_OF_LINES:
        cited = []
    dated = sum(1 for entry in cited if entry.cited.year or entry.cited.venue or _is_linked(entry))
    enough = len(cited) >= (2 if papers or dated * 2 >= len(cited) else 3)
    if not enough and not (len(cited) == 1 and papers and dated and len(own) <= 4):
        cited = []
    if cited and len(cited) * 3 < len(entries) and not papers:
        cited = []
    bare = [entry for entry in entries if not entry.cited.authors and _is_bare_title(entry)]
    if cited:
        kept = [
            entry
            for entry in bare
            if (_is_linked(entry) or papers) and (entry.cited.year or entry.cited.venue)
        ]
    else:
        kept = bare if _is_list_of_titles(bare, entries, papers=papers) else []
    chosen = {id(entry) for entry in (*cited, *kept)}
    return [entry for entry in entries if id(entry) in chosen]


def _is_linked(entry: _Entry) -> bool:
    return any(_PAPER_LINK.search(link) for link in entry.links) or bool(
        find_arxiv_id(entry.shown.text) or find_doi(entry.shown.text)
    )


def _is_bare_title(entry: _Entry) -> bool:
    title = entry.shown.text[slice(*entry.cited.title)]
    wide = sum(1 for letter in title if letter > "\u2fff")
    if is_venue_line(title):
        return False
    names = name_list(title) if len(title) < 200 else None
    return (len(title.split()) >= 4 or wide >= 8) and (names is None or names.score < 0.6)


def _is_list_of_titles(bare: list[_Entry], entries: list[_Entry], *, papers: bool) -> bool:
    """Whether titles without authors are papers: the heading says so, or links and venues do."""
    if len(bare) < 3 or len(bare) * 3 < len(entries) * 2:
        return False
    issued = sum(1 for entry in bare if entry.cited.year or entry.cited.venue)
    linked = sum(1 for entry in bare if _is_linked(entry))
    listed = sum(1 for entry in bare if entry.unit.listed)
    words = sum(len(entry.shown.text[slice(*entry.cited.title)].split()) for entry in bare) / len(bare)
    if linked * 3 >= len(bare) * 2 and (papers or issued * 2 >= len(bare) or words >= 7):
        return True
    if issued * 3 >= len(bare) * 2 and papers:
        return True
    cased = sum(1 for entry in bare if _is_cased(entry.shown.text[slice(*entry.cited.title)]))
    return papers and listed * 2 >= len(bare) and words >= 5 and cased * 2 >= len(bare)


def _is_cased(title: str) -> bool:
    """Whether a title is set in capitals as titles are, or has a colon or another script: menus have
    neither."""
    long = [word for word in title.split() if len(word) > _LITTLE_WORD]
    capitals = sum(1 for word in long if not word[0].islower())
    return capitals * 5 >= len(long) * 3 or ": " in title or title > "\u2fff"


def _found(page: Page, entry: _Entry, section: Section) -> Found:
    text, cited = entry.shown.text, entry.cited
    title = entry.shown.span(*cited.title)
    start = page.blocks[entry.unit.first].start
    whole = " ".join((text, *entry.links))
    return Found(
        extent=(start, entry.end),
        title=title,
        title_text=text[slice(*cited.title)].replace("\n", " "),
        abstract=entry.abstract,
        authors=cited.authors,
        venue=cited.venue or section.venue,
        year=cited.year or section.year,
        doi=find_doi(whole),
        arxiv_id=find_arxiv_id(whole),
        url=_first_link(entry.shown.marks, cited),
        listed=True,
    )


def _first_link(marks: tuple[Mark, ...], cited: Citation) -> str | None:
    """The address that the title links to."""
    for mark in marks:
        if (
            mark.href.startswith("http")
            and mark.start <= cited.title[0] + 2
            and mark.end >= cited.title[0] + 4
        ):
            return mark.href
    return None
