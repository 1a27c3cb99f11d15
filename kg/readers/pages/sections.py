"""The headings of a page and what they say of the lists below them: papers, a year, people, references."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.fields import find_year, split_venue
from kg.readers.page import Block, Page
from kg.readers.pages.features import Feature
from kg.readers.pages.venues import is_venue

__all__ = [
    "Section",
    "heading_level",
    "people_from",
    "references_from",
    "related_from",
    "sections",
    "speaks_of_papers",
]

_PAPERS = re.compile(
    r"(?:\b(?:papers?|publications?|published|articles?|preprints?|manuscripts?|"
    r"proceedings|bibliography|reading list|readings?|"
    r"posters?|orals?|spotlights?|contributions|abstracts?|talks? and posters|works?|"
    r"research outputs?|literature|conferences?|"
    r"journals?|workshops?|book chapters?|theses|technical reports?|submissions?|in press|"
    r"veröffentlichungen|publikationen|dissertation(?:en|s)?|promotionen|"
    r"publicaciones|publicações|pubblicazioni|публикации|sessions?|track|"
    r"program(?:me)?)\b|论文|论著|發表|発表|業績|논문)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:committees?|chairs?|organi[sz]ers?|organi[sz]ation|people|team|members|alumni|"
    r"students?|faculty|staff|reviewers?|editors?|"
    r"editorial|speakers?|keynotes?|panel(?:ists)?|news|teaching|courses? taught|service|"
    r"awards?|honou?rs|patents?|software|"
    r"datasets?|education|experience|employment|grants?|funding|sponsors?|contact|"
    r"invited talks?|presentations|press|media|venue|"
    r"registration|important dates|dates|travel|hotel|accommodation|schedule at a glance|"
    r"prerequisites|grading|office hours|"
    r"tools|libraries|tutorials?|blogs?|videos|lectures|books|textbooks|websites|"
    r"resources|related (?:lists|projects|awesome)|projects?|"
    r"contributing|license|table of contents|contents|menu|navigation|links|mentions|"
    r"citations?|acknowledge?ments?)\b|专利|软件著作权|招待講演|受賞|講演|获奖|课程|招生|简介|项目|学生|荣誉|联系|任职",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"(?:\d+\.?\s+|[IVX]+\.\s+)?(?:references?(?: and notes)?(?: cited)?|bibliography|"
    r"works cited|literature cited|cited literature|literatur(?:verzeichnis)?|"
    r"références(?: bibliographiques)?|referencias(?: bibliográficas)?|bibliografía|"
    r"referências|riferimenti(?: bibliografici)?|"
    r"список литературы|литература|参考文献|參考文獻|引用文献|참고\s?문헌|further reading|"
    r"notes and references|cited by|kaynakça|المراجع)\s*(?:\(\d+\))?\s*[:.]?",
    re.IGNORECASE,
)
_YEAR_ONLY = re.compile(
    r"\W*(?:(?:in|year|published in|papers of)\s+)?((?:19|20)\d\d)\W*(?:\(\d+\))?\W*(?:年)?\W*", re.IGNORECASE
)
_NUMBER_OF_YEAR = re.compile(
    r"(?:volume|vol\.?|issue|number|no\.?|heft|band|bd\.)\s\d[^.\n]{0,60}?\b((?:19|20)\d\d)\W*", re.IGNORECASE
)
_CITED = re.compile(r"\s*(?:\[\w{1,8}\]|\(?\d{1,3}[.)])\s")
_ENTRY = 40
_SHORT_HEADING = 3
_RELATED = re.compile(
    r"(?:\d[\d,.]*\s?[KM]?\s+)?(?:citations?|references?|cited by|citing (?:papers|articles|works)|"
    r"(?:related|similar|recommended|suggested) (?:papers?|articles?|works?|publications?|reading|content)|"
    r"related (?:papers|work) (?:on|from|in) .{2,40}|you may also like|people also (?:read|viewed)|"
    r"more like this|"
    r"(?:papers|articles|works) (?:citing|cited by) this.{0,20}|recommendations|"
    r"(?:more )?from (?:the )?same authors?|"
    r"other (?:papers|publications) (?:by|of) .{2,60})(?:\s*\([\d,]+\))?\s*:?",
    re.IGNORECASE,
)
_OF_VENUE = re.compile(
    r"(?:[A-Z][\w&/-]*\s){1,3}(?:19|20)\d\d\s(?:(?:[Aa]ccepted|[Cc]onference|[Mm]ain|[Ww]orkshop|[Rr]egular|[Ff]ull|"
    r"[Ss]hort|[Ll]ong|[Rr]esearch)\s){0,3}(?:[Pp]apers|[Pp]ublications|[Pp]roceedings|[Aa]rticles|[Pp]osters)"
)
_BRACKETED = re.compile(r"[【〖][^【】〖〗]{2,24}[】〗](?:[（(][^（）()]{0,30}[）)])?\W*\Z")
_COMMITTEE = re.compile(
    r"\b(?:committees?|chairs|reviewers|organi[sz]ers|editorial board|program board)\b", re.IGNORECASE
)
_VOLUME = re.compile(r"(?:proceedings|findings) of\s", re.IGNORECASE)
_PAPERS_COUNTED = re.compile(r"\s+\d+ papers\W*\Z")
_CALL = re.compile(
    r"\bcall for\b|\btopics of interest\b|\A\W*(?:topics|scope|guidelines|instructions)\b", re.IGNORECASE
)
_LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The blocks ``first`` to ``last`` (exclusive) below the headings ``titles``, the outer ones first.

    ``papers``: a heading speaks of papers; ``people``: the nearest one of people, news or the like;
    ``references``: it is a list of what is cited.
    """

    first: int
    last: int
    titles: tuple[str, ...] = ()
    papers: bool = False
    people: bool = False
    references: bool = False
    year: int | None = None
    venue: str | None = None


def speaks_of_papers(text: str) -> bool:
    """Whether a heading announces papers.

    >>> speaks_of_papers("Accepted Papers"), speaks_of_papers("Contact")
    (True, False)
    """
    return _PAPERS.search(text) is not None


def sections(page: Page, kinds: list[Feature]) -> list[Section]:
    """The page cut at its headings; what stands above the first heading is a section too."""
    found: list[Section] = []
    stack: list[tuple[int, str]] = []
    first = 0
    for index, block in enumerate(page.blocks):
        level = heading_level(block, kinds[index])
        if not level:
            continue
        if index > first:
            found.append(_section(first, index, stack))
        while stack and stack[-1][0] >= level:
            stack.pop()
        stack.append((level, block.flat))
        first = index + 1
    if first < len(page.blocks):
        found.append(_section(first, len(page.blocks), stack))
    return found


def heading_level(block: Block, feature: Feature) -> int:
    """1 to 6 for a marked heading, 7 for a line that is a heading by its words, 8 for a year; 0 for none."""
    if len(block.flat) > _LONGEST or not block.flat:
        return 0
    if block.level and feature.kind != "names":
        return block.level
    if block.item or block.row:
        return 0
    if _YEAR_ONLY.fullmatch(block.flat):
        return 8 if block.gap or block.start == 0 else 0
    if _REFERENCES.fullmatch(block.flat) or _BRACKETED.match(block.flat):
        return 7
    if _OF_VENUE.fullmatch(block.flat):
        return 7
    if _VOLUME.match(block.flat) and block.flat.count(".") < 2 and feature.kind in {"short", "furniture"}:
        return 7
    words = block.flat.split()
    if len(words) <= 6 and not block.flat.endswith((".", ",", ";")) and _is_plain_heading(block.flat):
        return 7
    return 0


_PLAIN_HEADING = re.compile(
    r"[\W\d]*(?:(?:accepted|selected|regular|full|short|long|invited|contributed|refereed|"
    r"peer[- ]reviewed|reviewed|recent|best|all|my|our|"
    r"conference|journal|workshop|research|technical|main|industry|demo|position|working|"
    r"published|other|international|domestic|"
    r"list of|and|&|the|in|of|at|/|poster|oral|\d{4})\s*,?\s*)*(?:papers?|publications?|"
    r"articles?|preprints?|posters?|proceedings|manuscripts|"
    r"book chapters?|theses|technical reports?|readings?|reading list|conferences|"
    r"journals|workshops|conference|journal|workshop|dissertation(?:en|s)?|promotionen|"
    r"program(?:me)? committee|(?:(?:program(?:me)?|technical|steering|organizing|"
    r"organising|general|area|track|senior|external)\s+)*(?:committees?(?: members|"
    r" chairs)?|(?:co-?)?chairs|organi[sz]ers|reviewers)|organizers|"
    r"references)(?:\s*(?:\(\d+\)|\d{4}))?\s*:?\W*",
    re.IGNORECASE,
)


def _is_plain_heading(flat: str) -> bool:
    return _PLAIN_HEADING.fullmatch(flat) is not None


def _section(first: int, last: int, stack: list[tuple[int, str]]) -> Section:
    titles = tuple(title for _, title in stack)
    nearest = titles[-1] if titles else ""
    year: int | None = None
    venue: str | None = None
    for title in reversed(titles):
        only = _YEAR_ONLY.fullmatch(title) or _NUMBER_OF_YEAR.fullmatch(title)
        if only:
            year = year or int(only.group(1))
        elif _VOLUME.match(title):
            named, own = split_venue(_PAPERS_COUNTED.sub("", title))
            venue, year = venue or named, year or own
        elif is_venue(title, opening=True) and find_year(title) and len(title.split()) <= 12:
            named, own = split_venue(title)
            venue, year = venue or named, year or own
    papers = any(speaks_of_papers(title) for title in titles)
    own_people = _PEOPLE.search(nearest) is not None and not speaks_of_papers(nearest)
    outer = any(_PEOPLE.search(title) and not speaks_of_papers(title) for title in titles[1:-1])
    return Section(
        first=first,
        last=last,
        titles=titles,
        papers=papers,
        people=own_people or outer or any(_CALL.search(title) for title in titles),
        references=any(_REFERENCES.fullmatch(title) for title in titles),
        year=year,
        venue=venue,
    )


def related_from(kinds: list[Feature], parts: list[Section]) -> list[range]:
    """The blocks of lists of other papers below the record of one: what it cites, what cites it, what is like
    it."""
    found = []
    prose = False
    for section in parts:
        if prose and any(_RELATED.fullmatch(title) for title in section.titles):
            found.append(range(section.first - 1, section.last))
        prose = prose or any(kinds[at].kind == "prose" for at in range(section.first, section.last))
    return found


def people_from(kinds: list[Feature], parts: list[Section]) -> list[range]:
    """The blocks of lists of people (committees, chairs, reviewers), which are no bylines."""
    found = []
    for section in parts:
        named = section.titles and (_COMMITTEE.search(section.titles[-1]) or _is_of_people(section, kinds))
        prose = any(kinds[at].kind in {"prose", "abstract"} for at in range(section.first, section.last))
        listed = sum(1 for at in range(section.first, section.last) if kinds[at].kind == "names")
        if named and not prose and listed * 2 >= section.last - section.first:
            found.append(range(section.first - 1, section.last))
    return found


def _is_of_people(section: Section, kinds: list[Feature]) -> bool:
    """Whether a section below a heading for people lists one name a line."""
    lists = [names for feature in kinds[section.first : section.last] if (names := feature.names) is not None]
    alone = sum(1 for names in lists if len(names.authors) == 1)
    title = section.titles[-1]
    short = len(title.split()) <= _SHORT_HEADING
    return section.people and short and not speaks_of_papers(title) and alone * 2 >= len(lists)


def references_from(page: Page, kinds: list[Feature], parts: list[Section]) -> range:
    """The blocks of a reference list below other content; empty where the page has none or is one."""
    for section in parts:
        if not section.references or section.first < 3:
            continue
        before = sum(len(block.flat) for block in page.blocks[: section.first])
        last = next(
            (at for at in range(section.first, section.last) if kinds[at].kind == "abstract"), section.last
        )
        long = [block.flat for block in page.blocks[section.first : last] if len(block.flat) > _ENTRY]
        cited = sum(1 for flat in long if _CITED.match(flat) or find_year(flat))
        if before > 300 and long and cited * 2 >= len(long):
            return range(section.first - 1, last)
    return range(0)
