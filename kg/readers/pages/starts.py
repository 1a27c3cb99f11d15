"""Where the records of a page begin: a byline and the title by it, or a title right above its abstract.

A byline anchors a record: its title is the nearest title-like block above it, or the one below it where none
stands above. Prose without a byline may start a record too, when the block above it is a title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.institutions import is_affiliation
from kg.readers.labelled import LABEL, field_of
from kg.readers.page import Block, Page
from kg.readers.pages.features import Feature, is_research_prose, is_title

__all__ = ["Start", "belongs", "find_starts"]

_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s|[A-Z]\.\s")
_FULL_PAPER = re.compile(
    r"(?:\d+\.?\s+|[IVX]+\.\s+)?(?:introduction|references|conclusions?|related work)\s*[:.]?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SENTENCE_LIKE = 4
_LOOK_BACK = 4
_FURTHEST = 25


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
    floor = -1
    index = 0
    while index < len(kinds):
        if kinds[index].kind != "names" or (index and _names_others(page.blocks[index - 1])):
            index += 1
            continue
        stop = index + 1
        while stop < len(kinds) and kinds[stop].kind == "names":
            stop += 1
        title = _title_above(page, kinds, index, floor)
        first = index
        title = _title_of_abstract(page, kinds, title, index, stop, floor)
        if title is None and _title_below(page, kinds, stop):
            title = stop
        if title is None and stop - index >= 2 and _is_title_like_names(page.blocks[index], kinds[index]):
            title, first = index, index + 1
        if title is not None:
            starts.append(Start(title=title, names=range(first, stop)))
            floor = starts[-1].after - 1
        index = max(stop, floor + 1)
    return starts


def _names_others(block: Block) -> bool:
    """Whether a label says that the names below it are editors or the like."""
    label = LABEL.fullmatch(block.flat)
    return label is not None and field_of(label) == "code"


def _is_title_like_names(block: Block, feature: Feature) -> bool:
    """Whether what reads as names may be a title above a byline; names with institutions are none."""
    placed = feature.names is not None and any(author.affiliation for author in feature.names.authors)
    return is_title(block, feature) and not placed


def _title_above(page: Page, kinds: list[Feature], index: int, floor: int) -> int | None:
    for above in range(index - 1, max(floor, index - 1 - _LOOK_BACK), -1):
        kind = kinds[above].kind
        if kind == "prose":
            return None
        if kind in {"short", "furniture"} and is_title(page.blocks[above], kinds[above]):
            return above
    return None


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
        if page.blocks[above].level
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
    return institution or feature.kind in {"abstract", "furniture"}


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
