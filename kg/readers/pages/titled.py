"""Records as blocks one below the other: title, byline, abstract; shared by session pages and the fallback.

A byline anchors a record: its title is the nearest title-like block above it. Prose without a byline may
start a record too, when the block above it is a title. An abstract is the run of prose that follows, over
paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.fields import find_date, find_year, split_venue
from kg.readers.labelled import LABEL, field_of
from kg.readers.names import is_affiliation
from kg.readers.page import Block, Page
from kg.readers.pages.features import ABSTRACT_LABEL, TIME, Feature, is_research_prose, is_title, looks_prose
from kg.readers.pages.found import Found, Span
from kg.types import Authorship

__all__ = [
    "Start",
    "abstract_span",
    "after_abstract_label",
    "find_starts",
    "prose_run",
    "read_starts",
    "title_span",
]

_NUMBER = re.compile(
    r"(?:\[\d{1,4}\]|\(?\d{1,4}(?:[.)]|,(?=\s*title\b))|#\d{1,4}:?|(?:paper|talk)\s+(?:id\s*)?#?\d+\s*[:.–—-])\s+(?=\S)",
    re.IGNORECASE,
)
_BADGE = re.compile(
    r"\s*(?:[(\[]\s*(?:abstract|spotlights?|orals?|posters?|(?:contributed|invited|lightning|short|long) "
    r"(?:talk|paper|presentation)|best paper[^()\[\]]{0,30}|talk|virtual|online|remote|\d{1,3} ?min(?:utes)?|new|pdf|html|arxiv|code)\s*[)\]]\s*)+\Z"
    r"|\.\s+(?:pp?\.\s*)?\d{1,5}(?::\d{1,4})?\s?[-–]\s?\d{1,5}(?::\d{1,4})?\.?\Z",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s|[A-Z]\.\s")
_FULL_PAPER = re.compile(
    r"(?:\d+\.?\s+|[IVX]+\.\s+)?(?:introduction|references|conclusions?|related work)\s*[:.]?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_IN = re.compile(r"in\s?:?\s+", re.IGNORECASE)
_PREPRINT = re.compile(r"(?:arxiv|corr|biorxiv|ssrn)\b", re.IGNORECASE)
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


def title_span(block: Block) -> Span:
    """The title in a block, without a list number or "Title:" before it or "(Oral)" behind it."""
    start = 0
    for pattern in (TIME, _NUMBER, LABEL):
        match = pattern.match(block.text, start)
        if match and match.end() < len(block.text) and (pattern is not LABEL or field_of(match) == "title"):
            start = match.end()
    badge = _BADGE.search(block.text, start)
    return block.start + start, block.start + (
        badge.start() if badge and badge.start() > start else len(block.text)
    )


def after_abstract_label(block: Block) -> int:
    """Where the abstract begins in a block that may open with "Abstract:"."""
    match = ABSTRACT_LABEL.match(block.text)
    return block.start + match.end() if match and match.end() < len(block.text) else block.start


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
        if kinds[index].kind != "names":
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
        if title is None and stop - index >= 2 and is_title(page.blocks[index], kinds[index]):
            title, first = index, index + 1
        if title is not None:
            starts.append(Start(title=title, names=range(first, stop)))
            floor = starts[-1].after - 1
        index = max(stop, floor + 1)
    return starts


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


def _words(block: Block) -> set[str]:
    return {word.lower() for word in _WORD.findall(block.flat)}


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
    starts = []
    for index, feature in enumerate(kinds):
        if feature.kind != "prose" or (index and kinds[index - 1].kind == "prose"):
            continue
        above = index - 1
        while above >= 0 and index - above <= 3 and kinds[above].kind in {"abstract", "furniture"}:
            if (
                kinds[above].kind == "furniture"
                and page.blocks[above].level
                and is_title(page.blocks[above], kinds[above])
            ):
                break
            above -= 1
        if above < 0 or above in taken or kinds[above].kind not in {"short", "furniture", "names"}:
            continue
        block = page.blocks[above]
        if _NUMBERED.match(block.flat) and not others:
            continue
        if (
            is_title(block, kinds[above])
            and _is_free_title(block)
            and (block.level or _belongs(block.flat, page.blocks[index].text, shared=2 if others else 3))
        ):
            starts.append(Start(title=above, names=range(above + 1, above + 1)))
    return starts


def _belongs(title: str, prose: str, shared: int) -> bool:
    """Whether prose can be the abstract of a title: it speaks so, or takes up the title's words."""
    own = {word.lower() for word in _WORD.findall(title)}
    common = own & {word.lower() for word in _WORD.findall(prose[:3000])}
    return is_research_prose(prose) or (
        len(prose) >= 300 and len(common) >= shared and len(common) * 2 >= len(own)
    )


def _is_free_title(block: Block) -> bool:
    """A title that no byline vouches for must not look like a sentence, a label or a link."""
    flat = block.flat
    return (
        len(flat.split()) >= 2
        and not flat.endswith((".", ":", ","))
        and "http" not in flat
        and "@" not in flat
    )


def prose_run(page: Page, kinds: list[Feature], index: int, stop: int) -> int:
    """One past the last block of the paragraphs that begin at ``index``."""
    end = index + 1
    while end < stop:
        kind = kinds[end].kind
        closes = kind == "short" and _is_closing_sentence(page.blocks[end])
        if kind != "prose" and not closes:
            break
        if kind == "prose" and ABSTRACT_LABEL.match(page.blocks[end].text):
            break
        end += 1
    return end


def _is_closing_sentence(block: Block) -> bool:
    flat = block.flat
    return len(flat.split()) >= 4 and flat.endswith((".", "!", "。")) and block.level == 0


def abstract_span(page: Page, kinds: list[Feature], first: int, stop: int) -> tuple[Span, int] | None:
    """The abstract among the blocks ``first`` to ``stop``, and one past its last block."""
    labelled = [index for index in range(first, stop) if kinds[index].kind == "abstract"]
    index = labelled[0] + 1 if labelled else first
    while index < stop:
        block = page.blocks[index]
        kind = kinds[index].kind
        if (
            kind == "heading"
            and not labelled
            and any(kinds[other].kind == "prose" for other in range(first, index))
        ):
            return None
        short = kind == "short" and looks_prose(block.text, 40) and _is_closing_sentence(block)
        inline = (
            kind == "short" and ABSTRACT_LABEL.match(block.text) is not None and _is_closing_sentence(block)
        )
        if kind == "prose" or (short and not is_affiliation(block.flat)) or inline:
            end = prose_run(page, kinds, index, stop)
            return (after_abstract_label(block), page.blocks[end - 1].end), end
        index += 1
    return None


def read_starts(page: Page, kinds: list[Feature], starts: list[Start]) -> list[Found]:
    """The records that begin at ``starts``; one that has neither abstract nor two authors is none."""
    records = []
    crowd = sum(1 for start in starts if len(_authors(page, kinds, start, len(kinds))) > 1)
    for number, start in enumerate(starts):
        stop = starts[number + 1].first if number + 1 < len(starts) else len(page.blocks)
        after_names = start.after
        found = abstract_span(page, kinds, after_names, stop)
        authors = _authors(page, kinds, start, stop)
        if found is None and len(authors) < 2:
            continue
        if crowd == 0 and len(authors) == 1 and found and not _is_about(page, start, found[0]):
            continue
        last = found[1] if found else after_names
        while last < stop and kinds[last].kind in {"furniture", "short"} and "http" in page.blocks[last].flat:
            last += 1
        header = page.blocks[after_names - 1].end
        between = " ".join(
            page.blocks[index].flat
            for index in range(start.title + 1, min(stop, after_names + 3))
            if kinds[index].kind in {"furniture", "names"}
            and page.blocks[index].end <= (found[0][0] if found else header)
        )
        date = find_date(between)
        venue, year = _venue(kinds, start)
        records.append(
            Found(
                extent=(page.blocks[start.first].start, page.blocks[last - 1].end),
                title=title_span(page.blocks[start.title]),
                abstract=found[0] if found else None,
                authors=authors,
                venue=venue,
                date=date,
                year=year or (find_year(date) if date else None),
            )
        )
    return records


def _is_about(page: Page, start: Start, abstract: Span) -> bool:
    """Whether what one name signs is research and no contribution to a forum."""
    return _belongs(page.blocks[start.title].flat, page.text[abstract[0] : abstract[1]], shared=2)


def _venue(kinds: list[Feature], start: Start) -> tuple[str | None, int | None]:
    """Venue and year where the byline names them behind the names."""
    for index in start.names:
        names = kinds[index].names
        if names is not None and names.venue:
            if find_date(names.venue) and len(names.venue) < 30:
                return None, find_year(names.venue)
            venue, year = split_venue(_IN.sub("", names.venue))
            return (None if venue and _PREPRINT.match(venue) else venue), year
    return None, None


def _authors(page: Page, kinds: list[Feature], start: Start, stop: int) -> tuple[Authorship, ...]:
    """The names of the byline blocks; an institution on the line below belongs to those that have none."""
    authors: list[Authorship] = []
    for index in start.names:
        names = kinds[index].names
        authors += names.authors if names else ()
    below = start.after
    if authors and below < stop and kinds[below].kind == "short":
        flat = page.blocks[below].flat
        if len(flat) < 200 and is_affiliation(flat) and not flat.endswith("."):
            authors = [
                author if author.affiliation else Authorship(name=author.name, affiliation=flat)
                for author in authors
            ]
    return tuple(authors)
