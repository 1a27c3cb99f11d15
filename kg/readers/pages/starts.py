"""Where the records of a page begin: a byline and the title by it, or a title right above its abstract.

A byline anchors a record: its title is the nearest title-like block above it, or the one below it where none
stands above. Prose without a byline may start a record too, when the block above it is a title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.fields import find_year
from kg.readers.institutions import is_affiliation
from kg.readers.labelled import LABEL, field_of
from kg.readers.page import Block, Page
from kg.readers.pages.features import Feature, is_research_prose, is_title, speaks_of_research
from kg.readers.pages.issue_lines import is_issue_line

__all__ = ["Start", "belongs", "find_starts"]

_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s|[A-Z]\.\s")
_FULL_PAPER = re.compile(
    r"(?:\d+\.?\s+|[IVX]+\.\s+)?(?:introduction|references|conclusions?|related work)\s*[:.]?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SENTENCE_LIKE = 4
_LOOK_BACK = 4
_FURTHEST = 25
_MOST_NOTES = 4
_LONGEST_NOTE = 200
_FEW = 2
_ONE_WORD_REACH = 10
_FEWEST_WORDS = 4
_SHORT_VENUE = 6
_SHORT_DATE = 30
_WIDE = 6
_GREETING = re.compile(
    r"(?:(?:with )?(?:best|kind|warm)?(?:est)? ?(?:wishes|regards)|sincerely(?: yours)?|"
    r"yours(?: sincerely| truly)?|"
    r"cheers|thanks|thank you|all the best|(?:viele|beste|mit freundlichen) grüßen?|cordialement|"
    r"bien cordialement|un saludo|saludos|atentamente|с уважением|此致|敬上)[\s,.!]*",
    re.IGNORECASE,
)
_SHORTEST_TITLE = 15
_SURE_NAME = 0.75
_ANNOUNCED = re.compile(
    r"(?:[\w&’'-]+\s){0,5}(?:papers|publications|proceedings|articles|posters)\W*", re.IGNORECASE
)
_ROLES = re.compile(
    r"(?:(?:general|program(?:me)?|technical|conference|workshop|publication|proceedings|volume|guest|session|area|"
    r"track|organi[sz]ing|steering)\s){0,2}(?:co-?)?(?:chairs?|editors?|organi[sz]ers|committee)\s*:?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a record begins: the index of its title block and of its byline blocks (first, one past the
    last), which some pages set above the title."""

    title: int
    names: range

    @property
    def first(self) -> int:
        return min(self.title, self.names.start) if self.names else self.title

    @property
    def after(self) -> int:
        """One past the last block of title and byline."""
        return max(self.title + 1, self.names.stop)


def find_starts(page: Page, kinds: list[Feature]) -> list[Start]:
    """Every record's title and byline, in order."""
    by_line = _starts_by_byline(page, kinds)
    taken = {start.title for start in by_line} | {index for start in by_line for index in start.names}
    full_paper = sum(1 for block in page.blocks if _FULL_PAPER.fullmatch(block.flat)) >= 2
    bare = [] if full_paper and by_line else _starts_by_prose(page, kinds, taken, bool(by_line))
    bare = [start for start in bare if not _inside(page, kinds, start, by_line)]
    return sorted(by_line + bare, key=lambda start: start.title)


def _inside(page: Page, kinds: list[Feature], start: Start, others: list[Start]) -> bool:
    """Whether a title without a byline stands between another record's byline and its abstract."""
    former = max(
        (other for other in others if other.title < start.title), key=lambda other: other.title, default=None
    )
    if former is None or any(kinds[index].kind == "prose" for index in range(former.after, start.title)):
        return False
    level, own = page.blocks[start.title].level, page.blocks[former.title].level
    return not level or bool(own and level > own)


def _starts_by_byline(page: Page, kinds: list[Feature]) -> list[Start]:
    starts: list[Start] = []
    below = _stand_below(page, kinds)
    floor = -1
    index = 0
    while index < len(kinds):
        if kinds[index].kind != "names":
            index += 1
            continue
        if index and _names_others(page.blocks[index - 1]):
            index = (
                _end_of_names(kinds, index) if _ROLES.fullmatch(page.blocks[index - 1].flat) else index + 1
            )
            continue
        stop = index + 1
        stop = _run_end(page, kinds, stop)
        title = _title_above(page, kinds, index, floor)
        if (
            below
            and stop < len(kinds)
            and (page.blocks[stop].level or below > 1)
            and kinds[stop].kind != "names"
            and is_title(page.blocks[stop], kinds[stop])
        ):
            title = stop
        first = index
        if (
            page.blocks[stop - 1].flat.endswith(":")
            and stop < len(kinds)
            and is_title(page.blocks[stop], kinds[stop])
        ):
            title = stop
        if title is None or title < index:
            title = _title_of_abstract(page, kinds, _first_language(page, kinds, title), index, stop, floor)
        if title is None and _title_below(page, kinds, stop):
            title = stop
        if title is None and stop - index >= 2 and _is_title_like_names(page.blocks[index], kinds[index]):
            title, first = index, index + 1
        if title is not None:
            starts.append(Start(title=title, names=range(first, stop)))
            floor = starts[-1].after - 1
        index = max(stop, floor + 1)
    return starts


def _run_end(page: Page, kinds: list[Feature], stop: int) -> int:
    """One past the last block of a byline whose names may have their institutions on lines of their own."""
    while stop < len(kinds):
        if kinds[stop].kind == "names":
            stop += 1
            continue
        after = stop
        while after < min(stop + _MOST_NOTES, len(kinds)) and _is_note(page.blocks[after]):
            after += 1
        if after == stop or after >= len(kinds) or not _is_one_name(kinds[after]) or page.blocks[after].level:
            break
        stop = after + 1
    return stop


def _end_of_names(kinds: list[Feature], index: int) -> int:
    """One past the run of names that begins at ``index``."""
    while index < len(kinds) and kinds[index].kind == "names":
        index += 1
    return index


def _is_note(block: Block) -> bool:
    """Whether a line below a name says where the person works or how to reach him."""
    flat = block.flat
    return (
        len(flat) < _LONGEST_NOTE
        and not block.level
        and (is_affiliation(flat) or "@" in flat or "orcid" in flat.lower())
    )


def _is_one_name(feature: Feature) -> bool:
    return feature.kind == "names" and feature.names is not None and len(feature.names.authors) == 1


def _stand_below(page: Page, kinds: list[Feature]) -> int:
    """1 where the page sets bylines above their titles: a heading follows nearly each of them; 2 where any
    title does, and no title stands above most of them; else 0."""
    return 2 if _lines_below(page, kinds) else int(_headings_below(page, kinds))


def _lines_below(page: Page, kinds: list[Feature]) -> bool:
    """Whether nearly every byline has a title right below and most have something else right above."""
    bylines = [
        index
        for index in range(1, len(kinds) - 1)
        if kinds[index].kind == "names"
        and not page.blocks[index].level
        and kinds[index - 1].kind != "names"
        and kinds[index + 1].kind != "names"
    ]
    following = sum(1 for index in bylines if _is_line_of_title(page, kinds, index + 1))
    preceding = sum(1 for index in bylines if _is_line_of_title(page, kinds, index - 1))
    return len(bylines) > _FEW and following * 10 >= len(bylines) * 9 and preceding * 3 <= len(bylines)


def _is_line_of_title(page: Page, kinds: list[Feature], index: int) -> bool:
    block = page.blocks[index]
    return (
        kinds[index].kind == "short"
        and len(block.flat) >= _SHORTEST_TITLE
        and is_title(block, kinds[index])
        and LABEL.match(block.flat) is None
        and not is_affiliation(block.flat)
        and not is_issue_line(block.flat)
    )


def _headings_below(page: Page, kinds: list[Feature]) -> bool:
    bylines = [
        index
        for index in range(1, len(kinds) - 1)
        if kinds[index].kind == "names" and not page.blocks[index].level
    ]
    if len(bylines) < _FEW:
        return False
    following = sum(
        1
        for index in bylines
        if page.blocks[index + 1].level and is_title(page.blocks[index + 1], kinds[index + 1])
    )
    preceding = sum(1 for index in bylines if page.blocks[index - 1].level)
    return following * 3 >= len(bylines) * 2 and preceding * 2 < len(bylines)


def _first_language(page: Page, kinds: list[Feature], title: int | None) -> int | None:
    """Of a title in two scripts, one below the other, the first."""
    if (
        not title
        or page.blocks[title].gap
        or any(letter > "\u036f" for letter in page.blocks[title].flat if letter.isalpha())
    ):
        return title
    above = page.blocks[title - 1]
    foreign = sum(1 for letter in above.flat if letter > "\u036f" and letter.isalpha())
    return title - 1 if foreign >= _WIDE and is_title(above, kinds[title - 1]) else title


def _names_others(block: Block) -> bool:
    """Whether a label says that the names below it are editors or the like, or a greeting that they sign."""
    label = LABEL.fullmatch(block.flat)
    if _ROLES.fullmatch(block.flat):
        return True
    return (label is not None and field_of(label) == "code") or _GREETING.fullmatch(block.flat) is not None


def _is_title_like_names(block: Block, feature: Feature) -> bool:
    """Whether what reads as names may be a title above a byline; names with institutions are none."""
    names = feature.names
    placed = names is not None and any(author.affiliation for author in names.authors)
    person = (
        names is not None
        and len(names.authors) == 1
        and names.score >= _SURE_NAME
        and len(block.flat.split()) <= _FEW + 1
    )
    return is_title(block, feature) and not placed and not person


def _title_above(page: Page, kinds: list[Feature], index: int, floor: int) -> int | None:
    for above in range(index - 1, max(floor, index - 1 - _LOOK_BACK), -1):
        kind = kinds[above].kind
        if kind == "prose":
            return None
        if kind in {"short", "furniture"} and is_title(page.blocks[above], kinds[above]):
            if (
                " " not in page.blocks[above].flat
                and not page.blocks[above].level
                and page.blocks[above].flat.isascii()
            ):
                return _longer_title(page, kinds, above, floor)
            return _above_venue(page, kinds, _above_translations(page, above, floor), floor)
    return None


def _above_translations(page: Page, above: int, floor: int) -> int:
    """The first of the titles that the markup names one below the other: the others are translations."""
    first = above
    while first - 1 > floor and page.blocks[first].role == page.blocks[first - 1].role == "title":
        first -= 1
    return first if page.blocks[first].level == 1 else above


def _longer_title(page: Page, kinds: list[Feature], above: int, floor: int) -> int:
    """A title of several words a little further up than a line of one word ("Upvote"), if there is one."""
    best = above
    for further in range(above - 1, max(floor, above - _ONE_WORD_REACH), -1):
        if kinds[further].kind == "prose":
            break
        words = len(page.blocks[further].flat.split()) + page.blocks[further].flat.count(":")
        longer = words > len(page.blocks[best].flat.split()) and words >= _FEWEST_WORDS
        if longer and is_title(page.blocks[further], kinds[further]):
            best = further
    return best


def _above_venue(page: Page, kinds: list[Feature], above: int, floor: int) -> int:
    """The title above a date and a venue, where what reads as the title is the venue below the date."""
    words = len(page.blocks[above].flat.split())
    date = page.blocks[above - 1]
    if (
        above - 1 <= floor
        or words > _SHORT_VENUE
        or page.blocks[above].level
        or page.blocks[above].gap
        or date.gap
    ):
        return above
    if len(date.flat) > _SHORT_DATE or find_year(date.flat) is None or not is_issue_line(date.flat):
        return above
    further = _title_above(page, kinds, above - 1, floor)
    return above if further is None or len(page.blocks[further].flat.split()) < words else further


def _title_of_abstract(
    page: Page, kinds: list[Feature], title: int | None, index: int, stop: int, floor: int
) -> int | None:
    """A line further up that speaks of what the abstract does, where the nearest one does not."""
    prose = next(
        (other for other in range(stop, min(stop + 8, len(kinds))) if kinds[other].kind == "prose"), None
    )
    if prose is None:
        return title
    words = {word.lower() for word in _WORD.findall(page.blocks[prose].flat)}
    if title is not None and words & _words(page.blocks[title]):
        return title
    for above in range(index - 1, max(floor, index - _FURTHEST), -1):
        if kinds[above].kind == "prose":
            break
        own = _words(page.blocks[above])
        if len(own) >= 3 and len(own & words) * 2 >= len(own) and is_title(page.blocks[above], kinds[above]):
            return above
    return title


def _title_below(page: Page, kinds: list[Feature], index: int) -> bool:
    """Whether a title with an abstract of its own and no byline follows a byline that has no title above."""
    if index >= len(kinds) or kinds[index].kind != "short" or not is_title(page.blocks[index], kinds[index]):
        return False
    if page.blocks[index - 1].flat.endswith(":"):
        return True
    for below in range(index + 1, min(index + 4, len(kinds))):
        if kinds[below].kind in {"prose", "abstract"}:
            return True
        if kinds[below].kind == "names" or is_title(page.blocks[below], kinds[below]):
            return False
    return False


def _starts_by_prose(page: Page, kinds: list[Feature], taken: set[int], others: bool) -> list[Start]:
    """Titles that stand right above prose, where the byline is missing."""
    pairs: list[tuple[int, int]] = []
    for index, feature in enumerate(kinds):
        if feature.kind != "prose" or (index and kinds[index - 1].kind == "prose"):
            continue
        above = _line_above(page, kinds, index)
        if above is None or above in taken or (_NUMBERED.match(page.blocks[above].flat) and not others):
            continue
        if _ANNOUNCED.fullmatch(page.blocks[above].flat):
            continue
        if is_title(page.blocks[above], kinds[above]) and _is_free_title(page.blocks[above]):
            pairs.append((above, index))
    related = {
        above for above, index in pairs if len(_words(page.blocks[above]) & _words(page.blocks[index])) > 1
    }
    listed = len(related) > 2 and len(related) * 5 >= len(pairs) * 3
    shared = 2 if others else 3
    return [
        Start(title=above, names=range(above + 1, above + 1))
        for above, index in pairs
        if (
            page.blocks[above].level
            and (listed or (not others and speaks_of_research(page.blocks[index].text)))
        )
        or (listed and (above in related or len(page.blocks[above].flat.split()) >= _SENTENCE_LIKE))
        or belongs(page.blocks[above].flat, page.blocks[index].text, shared)
    ]


def _line_above(page: Page, kinds: list[Feature], index: int) -> int | None:
    """The nearest line above prose that may be its title: not furniture, unless that is a heading."""
    above = index - 1
    while above >= 0 and index - above <= 3 and _is_skipped(page.blocks[above], kinds[above]):
        heading = kinds[above].kind == "furniture" and page.blocks[above].level
        if heading and is_title(page.blocks[above], kinds[above]):
            break
        above -= 1
    return above if above >= 0 and kinds[above].kind in {"short", "furniture", "names"} else None


def _is_skipped(block: Block, feature: Feature) -> bool:
    """Furniture, a label, or an institution."""
    institution = feature.kind == "short" and is_affiliation(block.flat) and not is_title(block, feature)
    return (
        institution
        or feature.kind in {"abstract", "furniture"}
        or (not block.level and is_issue_line(block.flat))
    )


def belongs(title: str, prose: str, shared: int) -> bool:
    """Whether prose can be the abstract of a title: it speaks so, or takes up the title's words."""
    own = {word.lower() for word in _WORD.findall(title)}
    common = own & {word.lower() for word in _WORD.findall(prose[:3000])}
    return is_research_prose(prose) or (
        len(prose) >= 300 and len(common) >= shared and len(common) * 2 >= len(own)
    )


def _words(block: Block) -> set[str]:
    return {word.lower() for word in _WORD.findall(block.flat)}


def _is_free_title(block: Block) -> bool:
    """A title that no byline vouches for must not look like a sentence, a label or a link."""
    flat = block.flat
    return (
        len(flat.split()) >= 2
        and not flat.endswith((".", ":", ","))
        and "http" not in flat
        and "@" not in flat
    )
