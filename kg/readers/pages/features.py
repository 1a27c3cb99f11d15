"""What each block of a page looks like: prose, byline, heading of a section, page furniture, or a short text.

Layouts are built from these kinds; nothing here knows a site. Furniture is told by form (dates, counters,
menus, repeated lines) and by words that pages of any site show.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.readers.fields import find_date
from kg.readers.institutions import is_affiliation
from kg.readers.labelled import BARE_AUTHOR_LABEL, BARE_LABEL, LABEL, field_of
from kg.readers.name_lists import name_list
from kg.readers.name_tokens import PARTICLES, token_value
from kg.readers.names import NameList
from kg.readers.page import Block, Page
from kg.readers.pages.interface import (
    ABSTRACT_LABEL,
    AUTHORS_TAIL,
    COOKIES,
    FURNITURE,
    HEADING,
    INNER_LABEL,
    LEGAL,
    NO_TITLE,
    OTHER_PEOPLE,
    PRIZES,
    RESEARCH,
    SESSION,
    SOURCE,
    UNFOLD,
)
from kg.readers.pages.venues import journal_issue
from kg.readers.plain_words import PLAIN_WORDS
from kg.types import Authorship

__all__ = [
    "ABSTRACT_LABEL",
    "AUTHORS_TAIL",
    "OTHER_PEOPLE",
    "TIME",
    "Feature",
    "features",
    "is_furniture",
    "is_label",
    "is_research_prose",
    "is_title",
    "looks_prose",
    "speaks_of_research",
]

NAME_THRESHOLD = 0.55
_CROWD = 3
_HONORIFIC = re.compile(r"(?:herrn?|frau|mr|mrs|ms|mme|sr|sra|señora?|г-н|г-жа)\b\.?\s", re.IGNORECASE)
_LONG_CHAT = 8
_PAGES = re.compile(
    r"(?:pages?|pp\.?|S\.)\s\S{1,12}\s?[–-]\s?\S{1,12}|[Pp]ages?\s[ivxlc]+[–-][ivxlc]+", re.IGNORECASE
)
_MORE = re.compile(r"\+\s?\d+ more.{0,12}", re.IGNORECASE)
_FEWEST_ENTRIES = 4
_MENU = frozenset(
    [
        "home", "attend", "program", "programme", "call", "for", "papers", "committees", "committee",
        "sponsors",
        "registration", "about", "contact", "news", "search", "login", "venue", "travel", "schedule",
        "authors",
        "organizers", "speakers", "workshops", "tutorials", "dates", "submission", "submit", "publications",
        "people", "research", "teaching", "projects", "blog", "archive", "faq", "help", "overview",
        "participate",
        "browse", "journals", "proceedings", "community", "support", "team", "services", "&", "|", "and",
    ]
)  # fmt: skip
_CHAT = re.compile(r"\b(?:I|[Mm]y|[Pp]lease|[Yy]ou|[Yy]our)\b(?!-)")
_POST = re.compile(
    r"(?:(?:assistant|associate|full|adjunct|visiting|emeritus|senior|junior|research|principal|distinguished|staff|"
    r"postdoctoral|phd|doctoral|university|lead|chief)\s+){1,3}"
    r"(?:professor|lecturer|scientist|engineer|researcher|fellow|student|candidate|manager|director|officer)\b.{0,60}",
    re.IGNORECASE,
)
_PLACED = re.compile(r"In:\s[A-Z][^\n]{6,280}?\b(?:19|20)\d\d\b")
_WIDE_GAPS = re.compile(r"(?<=\S)(?: {3,}|\t+ *)(?=\S)")
_INVERTED = re.compile(r"[^\W\d_][\w'’ -]{1,40}, [^\W\d_][\w.'’ -]{0,40}")
_SECOND = 2
_LONGEST_ROW = 300
_SHORT = 60
_LONGEST_NAME = 5
_NAME_WORD = 0.7
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_SHORTEST_TIMED = 3
_TITLE_LABELS = frozenset(
    {"title", "abstract", "venue", "affiliation"}
)  # titles may begin so: "Introduction: ..."

_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", ".)", '."', ".”", "؟", "।", "$", "。」")
_BY = re.compile(r"by:?\s+(?=\S)", re.IGNORECASE)
_CLOCK = r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?"
TIME = re.compile(
    rf"{_CLOCK}(?:\s?(?:[-–—]|to)\s?{_CLOCK})?(?:\s+[A-Z]{{2,4}}(?=\s*[:|–—-]))?\s*[:|–—-]?\s*", re.IGNORECASE
)
_DATED = re.compile(
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4}|\d{4}-\d\d-\d\d)"
    r"\s*[•·|–—-]\s*(?=[^\W\d_])"
)
_COUNTER = re.compile(r"[\W\d_]*(?:\w{1,12}[\W\d_]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """``kind`` is prose, names, heading (of a section), abstract (a label of its own), furniture or short."""

    kind: str
    names: NameList | None = None


def features(page: Page) -> list[Feature]:
    """One for each block of the page."""
    counts = Counter(block.flat for block in page.blocks)
    found: list[Feature] = []
    known: dict[tuple[str, int, int], Feature] = {}
    for index, block in enumerate(page.blocks):
        count = counts[block.flat]
        key = (block.text, block.level, min(count, _CROWD))
        feature = known.get(key) or _feature(block, count)
        if count > 1:
            known[key] = feature
        if feature.kind in {"short", "prose"}:
            said = next(
                (other.flat for other in page.blocks[max(0, index - 3) : index] if _is_said(other, block)), ""
            )
            names = name_list(block.flat[len(said) :].lstrip(" .,:;–—-")) if said else None
            if names is not None and names.score >= NAME_THRESHOLD:
                feature = Feature(kind="names", names=names)
        found.append(feature)
    found = _by_label(page, found)
    crowd = sum(1 for feature in found if feature.names is not None and len(feature.names.authors) > 1)
    if crowd >= _CROWD:
        found = [_by_one(block, feature) for block, feature in zip(page.blocks, found, strict=True)]
        turned = sum(
            1
            for block, feature in zip(page.blocks, found, strict=True)
            if feature.kind == "names" and ";" in block.flat and _INVERTED.match(block.flat)
        )
        if turned * 2 >= crowd:
            found = [_by_inverted(block, feature) for block, feature in zip(page.blocks, found, strict=True)]
    return [_by_place(page, found, index, crowd) for index in range(len(found))]


def _by_label(page: Page, found: list[Feature]) -> list[Feature]:
    """The lines "Doe, Jane" below a line that is nothing but "Author" are names."""
    below = False
    kinds = []
    for block, feature in zip(page.blocks, found, strict=True):
        label = BARE_LABEL.fullmatch(block.flat) if len(block.flat) < _SHORT else None
        turned = _by_inverted(block, feature) if below and not block.gap else feature
        below = (label is not None and field_of(label) == "authors") or (
            below and (turned.kind == "names" or _MORE.fullmatch(block.flat) is not None)
        )
        kinds.append(turned)
    return kinds


def _by_one(block: Block, feature: Feature) -> Feature:
    """A line "by Jane Doe" on a page where several bylines stand."""
    by = _BY.match(block.flat) if feature.kind in {"short", "furniture"} and len(block.flat) < 60 else None
    names = name_list(block.flat[by.end() :]) if by else None
    return (
        Feature(kind="names", names=names) if names is not None and names.score >= NAME_THRESHOLD else feature
    )


def _by_inverted(block: Block, feature: Feature) -> Feature:
    """A line of one name "Doe, Jane" on a page whose bylines are "Doe, Jane; Roe, Max"."""
    turned = feature.kind == "short" and not block.level and _INVERTED.fullmatch(block.flat)
    if not turned or len(block.flat.split()) > _LONGEST_NAME or not block.flat.split(", ")[1][0].isupper():
        return feature
    family, given = block.flat.split(", ", 1)
    author = Authorship(name=f"{given} {family}")
    return Feature(kind="names", names=NameList(authors=(author,), end=len(block.flat), score=NAME_THRESHOLD))


def _by_place(page: Page, kinds: list[Feature], index: int, crowd: int) -> Feature:
    """The kind of a line; one that its words do not tell for a name is one where only a name can stand.

    That is between two lines of one name each, or between title and abstract on a page of bylines.
    """
    flat = page.blocks[index].flat
    flat = flat.rstrip(" ,;")
    words = flat.split()
    inside = (
        0 < index < len(kinds) - 1 and kinds[index].kind in {"short", "furniture"} and 2 <= len(words) <= 4
    )
    if (
        not inside
        or ":" in flat
        or "ISSN" in flat
        or _POST.fullmatch(flat)
        or is_affiliation(flat)
        or any(word.lower() in PRIZES for word in words)
        or LABEL.match(flat)
        or not all(word[0].isupper() or word in PARTICLES for word in words)
        or page.blocks[index].level
    ):
        return kinds[index]
    above, below = kinds[index - 1], kinds[index + 1]
    single = [side.names is not None and len(side.names.authors) == 1 for side in (above, below)]
    listed = all(single)
    if kinds[index].kind == "furniture" or (any(single) and not listed):
        listed = any(single) and not is_furniture(flat) and _is_name_line(words, page, index)
    placed = all(
        0 <= at < len(kinds) and is_affiliation(page.blocks[at].flat) and len(page.blocks[at].flat) < 90
        for at in (index - 1, index + 1)
    )
    listed = listed or (
        placed
        and crowd == 0
        and index >= _SECOND
        and kinds[index - 2].kind == "names"
        and not is_affiliation(flat)
    )
    titled = above.kind == "short" and len(page.blocks[index - 1].flat.split()) > len(words)
    values = [token_value(word, first=False) for word in words]
    alone = crowd >= _CROWD and titled and below.kind == "prose" and max(values) >= _NAME_WORD
    if not listed and not alone:
        return kinds[index]
    names = NameList(authors=(Authorship(name=flat),), end=len(flat), score=NAME_THRESHOLD)
    return Feature(kind="names", names=names)


def _is_name_line(words: list[str], page: Page, index: int) -> bool:
    """Whether a line beside a line of one name is a name too, though it comes often or is rare as a name."""
    values = [token_value(word, first=False) for word in words]
    if any(word.lower() in PRIZES for word in words):
        return False
    known = (
        min(values) > 0
        and max(values) >= _NAME_WORD
        and not any(word.lower() in PLAIN_WORDS for word in words)
    )
    beside = page.blocks[index].gap == 0 or page.blocks[min(index + 1, len(page.blocks) - 1)].gap == 0
    return known and beside and not any(letter.isdigit() for word in words for letter in word)


def _is_said(title: Block, block: Block) -> bool:
    """Whether a block says a title above it again, with more after it."""
    return 20 <= len(title.flat) < len(block.flat) < 3000 and block.flat.startswith(title.flat)


def _names(flat: str) -> NameList | None:
    """The names of a byline, which may open with "by"."""
    if LABEL.match(flat) or _DAY.match(flat) or journal_issue(flat) is not None:
        return None
    flat = AUTHORS_TAIL.sub("", flat)
    inner = INNER_LABEL.match(flat)
    flat = flat[inner.end() :] if inner else flat
    dated = _DATED.match(flat)
    flat = flat[dated.end() :] if dated else flat
    if (
        _POST.fullmatch(flat)
        or _PAGES.fullmatch(flat)
        or OTHER_PEOPLE.match(flat)
        or _HONORIFIC.match(flat)
        or (len(flat) < _SHORT and HEADING.fullmatch(flat))
    ):
        return None
    by = _BY.match(flat)
    if by is not None:
        names = name_list(flat[by.end() :])
        return names if names is not None and (len(names.authors) > 1 or names.et_al) else None
    names = name_list(flat)
    if names is not None and sum(is_affiliation(author.name) for author in names.authors) * 2 >= len(
        names.authors
    ):
        return None
    label = BARE_AUTHOR_LABEL.match(flat)
    if label is None or (names is not None and names.score >= NAME_THRESHOLD):
        return names
    labelled = name_list(flat[label.end() :])
    return labelled if labelled is not None and len(labelled.authors) > 1 else names


def _feature(block: Block, count: int) -> Feature:
    flat = block.flat
    label = ABSTRACT_LABEL.match(block.text)
    if label and label.end() >= len(block.text) and not flat.startswith("--"):
        return Feature(kind="abstract")
    if label and looks_prose(block.text[label.end() :], 60):
        return Feature(kind="prose")
    if len(flat) < 1500 and (COOKIES.search(flat) or LEGAL.match(flat)):
        return Feature(kind="furniture")
    if len(flat) < 8000:
        names = _names(flat)
        if names is None and block.level == 0 and _WIDE_GAPS.search(block.text) and len(flat) < _LONGEST_ROW:
            names = _names(_WIDE_GAPS.sub(", ", block.text))
            names = names if names is not None and len(names.authors) > 1 else None
        if names is not None and names.score >= NAME_THRESHOLD and (count < 3 or len(names.authors) > 1):
            return Feature(kind="names", names=names)
    if len(flat) < 120 and HEADING.fullmatch(flat):
        return Feature(kind="heading")
    if len(flat) < _LONGEST_ROW and (journal_issue(flat) is not None or _PLACED.match(flat)):
        return Feature(kind="short")
    if _is_furniture(block, count):
        return Feature(kind="furniture")
    return Feature(kind="prose" if looks_prose(flat) else "short")


def _is_furniture(block: Block, count: int) -> bool:
    flat = block.flat
    if SOURCE.match(flat):
        return True
    if len(flat) > 260:
        return False
    if count >= 3 or not any(letter.isalpha() for letter in flat):
        return True
    timed = TIME.match(flat)
    if timed and len(flat[timed.end() :].split()) >= _SHORTEST_TIMED:
        flat = flat[timed.end() :]
    if is_furniture(flat):
        return True
    date = find_date(flat)
    return bool(len(flat) < 60 and date) or (
        len(flat) < 30 and _COUNTER.fullmatch(flat) is not None and not flat.isalpha()
    )


def is_furniture(flat: str) -> bool:
    """Whether a line is the page's own by its words ("Skip to content"), and no title that begins so."""
    match = FURNITURE.match(flat)
    if _is_menu(flat):
        return True
    return (
        match is not None
        and (len(flat.split()) <= 6 or match.end() >= 8)
        and not _is_long_title(flat, match.end())
    )


def _is_menu(flat: str) -> bool:
    """Whether a line is a menu ("Home Attend Program Call for Papers Committees Sponsors")."""
    words = flat.lower().split() if len(flat) < _LONGEST_ROW else []
    return len(words) >= _FEWEST_ENTRIES and sum(word in _MENU for word in words) * 10 >= len(words) * 7


def _is_long_title(flat: str, matched: int) -> bool:
    """Titles may begin with a word of menus ("Search-based ...", "Home energy ..."): longer than menus
    are."""
    words = flat.split()
    return len(words) >= 5 and matched < 12 and sum(word[0].isupper() for word in words) * 2 > len(words)


def looks_prose(text: str, shortest: int = 120) -> bool:
    """Whether a text is running sentences and not a title or a list of names.

    >>> looks_prose("Deep Leakage from Gradients"), looks_prose("We show that it works well. " * 8)
    (False, True)
    """
    head = text[:4000]
    wide = sum(1 for letter in head[:400] if letter > "\u2fff")
    if wide > 30:
        return len(head) >= 60 and any(mark in head for mark in "。，、！？；")
    words = head.split()
    if len(head) < shortest or len(words) < shortest // 9:
        return False
    if len(words) >= 45:
        return True
    closed = UNFOLD.sub("", text[-80:]).rstrip()
    ends = closed.endswith(_SENTENCE_END) and not (
        closed.endswith("$") and len(words) < 40
    )  # a formula in a title
    cased = sum(1 for word in words if word[0].isupper())
    return (ends and cased * 2 < len(words) + 4) or (len(words) >= 28 and cased * 3 < len(words))


def speaks_of_research(text: str) -> bool:
    """Whether a text has the turns of phrase of abstracts."""
    return RESEARCH.search(text[:6000]) is not None


def is_research_prose(text: str) -> bool:
    """Whether prose speaks as abstracts do, so that it may stand without a title."""
    return len(text) >= 200 and RESEARCH.search(text[:6000]) is not None


def is_title(block: Block, feature: Feature) -> bool:
    """Whether a block can be the title of a paper."""
    flat = block.flat
    if feature.kind not in {"short", "names", "furniture"} or not 2 <= len(flat) <= 400:
        return False
    if feature.kind == "furniture" and block.level == 0:
        return False
    if not any(letter.isalpha() for letter in flat) or flat.startswith(
        ("http://", "https://", "www.", "<http")
    ):
        return False
    if (
        is_label(flat)
        or flat.endswith((",", ";"))
        or (flat.endswith((":", ".")) and not flat.endswith("...") and len(flat.split()) < 4)
    ):
        return False
    timed = TIME.match(flat)
    if NO_TITLE.fullmatch(flat[timed.end() :] if timed else flat):
        return False
    if SESSION.fullmatch(flat[timed.end() :] if timed else flat) or (
        feature.kind == "short" and _is_address(flat)
    ):
        return False
    words = len(flat.split())
    return words <= 45 and not (words >= _LONG_CHAT and flat.endswith(".") and _CHAT.search(flat))


def is_label(flat: str) -> bool:
    """Whether a line is a label, with or without its value, other than that of a title."""
    if BARE_LABEL.fullmatch(flat):
        return True
    label = LABEL.match(flat)
    return label is not None and field_of(label) not in _TITLE_LABELS


def _is_address(flat: str) -> bool:
    """Whether a line is an institution ("Department of X, University of Y") and no title that has one."""
    if len(flat) >= 160 or ":" in flat or "?" in flat or not is_affiliation(flat):
        return False
    words = [word.strip(",.;").lower() for word in flat.split()]
    if "," not in flat:
        return len(words) <= 5 and all(word not in PLAIN_WORDS or is_affiliation(word) for word in words)
    return sum(word in PLAIN_WORDS for word in words) * 2 < len(words)
