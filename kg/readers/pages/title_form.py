"""Where a title in an entry ends, what stands in brackets behind it, and whether a text has a title's
form."""

from __future__ import annotations

import re

from kg.readers.fields import find_year, split_venue
from kg.readers.institutions import is_affiliation
from kg.readers.names import names_at
from kg.readers.page import Mark
from kg.readers.pages.venues import is_venue, is_venue_line
from kg.readers.plain_words import PLAIN_WORDS

__all__ = [
    "ABBREVIATED",
    "QUOTED",
    "TRIM",
    "TWO",
    "ends_openly",
    "is_titular",
    "title_end",
    "trimmed",
    "venue_behind_title",
]

QUOTED = re.compile(r"[“\"„«「『](?P<title>[^“”\"„«»」』\n]{6,400})[”\"“»」』]")
_SENTENCE = re.compile(r"(?P<end>[.?!])[”\"’']?\s+(?=[^\Wa-z_]|[\[(“\"]|in\s|https?:|arXiv)|(?P<line>\n)")
ABBREVIATED = re.compile(
    r"(?:\b(?:vs|e\.g|i\.e|etc|cf|al|St|Dr|No|Vol|Inc|Jr|approx|resp|Fig|Eq|Mr|Mrs)|(?:^|"
    r"[\s(])[A-Z](?:\.[A-Z])*)\.\Z"
)
_IN = re.compile(
    r"[,.;]?\s+(?:in|at)[:\s]\s*(?=(?:the\s)?(?:\d{1,3}(?:st|nd|rd|th)\b|proc|"
    r"(?-i:[A-Z][A-Za-z&/ -]{1,24})(?=\s?['’]\d\d|\s\(?(?:19|20)\d\d)|advances|"
    r"international|ieee|acm|annual))",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[,;]\s+|\s[|·•–—-]\s+|\s*\((?=[^()]{2,80}\))")
_EMOJI = re.compile(r"[\s\u2b50\u2605\u2606\u2728\U0001f300-\U0001faff\ufe0f]+\Z")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SHORT_YEAR = re.compile(r"[A-Za-z]\s?['’]\d\d\b")
_MEDIUM = re.compile(r"\s*\[(?:[JCDMNRSPAZ]|[JCDMNREB]{1,2}/OL)\]\.?\s*\Z")
TWO = 2
_NO_TITLE = re.compile(
    r"(?:(?:program(?:me)?|technical|organi[sz]ing|steering|general|publicity|finance|"
    r"local|web|workshop|session|area|track|tutorial)?\s*"
    r"(?:committees?|(?:co-?)?chairs?|organi[sz]ers?|editors?(?:[- ]in[- ]chief)?|"
    r"reviewers?|members|speakers?|panel(?:ists?)?|advisors?|supervisors?|"
    r"students?|faculty|staff|alumni|contact|authors?|people|team|moderators?|"
    r"instructors?|lecturers?|with|collaborators?|presenters?|keynote|thanks)"
    r"\b.{0,30})\Z",
    re.IGNORECASE,
)
_VOLUME_TITLE = re.compile(
    r"(?:in:?\s)?(?:the\s)?proceedings of\b|journal of\b|transactions on\b|"
    r"advances in neural information|all times\b|refereeing\b|reviewing\b",
    re.IGNORECASE,
)
TRIM = ' \t\n.,;:|·•-–—*_“”"«»„「」『』‘'
_BEHIND = re.compile(r"[\s,.;–—-]*[(\[【]\s*(?P<in>[^()\[\]\n]{2,80})\s*[)\]】]\s*\Z")


def title_end(text: str, start: int, end: int, marks: tuple[Mark, ...]) -> tuple[int, int]:
    """Where the title that begins at ``start`` ends, and where what follows it begins."""
    quoted = QUOTED.match(text, start, end)
    if quoted:
        return quoted.end(), quoted.end()
    for mark in marks:
        opened = mark.start <= start + 1 <= mark.end and mark.end <= end
        if opened and mark.end - start >= 10 and len(text[start : mark.end].split()) >= 2:
            return mark.end, mark.end
    ends = []
    for sentence in _SENTENCE.finditer(text, start + 4, end):
        if sentence.group("end") in {"?", "!"} and _goes_on(text, sentence.end(), end):
            continue
        if sentence.group("line") or not ABBREVIATED.search(
            text[max(start, sentence.start() - 12) : sentence.start() + 1]
        ):
            ends.append((sentence.start() + (sentence.group("end") in {"?", "!"}), sentence.end()))
            break
    placed = _IN.search(text, start + 4, end)
    if placed:
        ends.append((placed.start(), placed.start()))
    for mark in marks:
        if (
            mark.kind == "italic"
            and start + 10 < mark.start < end
            and text[mark.start - 2 : mark.start].strip(" ,.;(") == ""
        ):
            ends.append((mark.start, mark.start))
            break
    for comma in _COMMA.finditer(text, start + 4, end):
        if is_venue(text[comma.end() : min(end, comma.end() + 120)], opening=True):
            ends.append((comma.start(), comma.end()))
            break
    return min(ends, default=(end, end))


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether what follows a question is the second half of the title: a sentence that is no venue."""
    following = _SENTENCE.search(text, start, end)
    if following is None or following.group("line"):
        return False
    part = text[start : following.start()]
    return not is_venue(part, opening=True) and len(part.split()) > TWO


def ends_openly(title: str) -> bool:
    """Whether a title that ends here would break off ("Learning with", "A, B, and")."""
    last = title.rsplit(maxsplit=1)[-1].strip(".,").lower() if title.split() else ""
    return last in {
        "and",
        "of",
        "for",
        "with",
        "in",
        "on",
        "the",
        "a",
        "via",
        "to",
        "from",
        "by",
        "using",
    } or title.endswith("&")


def venue_behind_title(text: str, title: tuple[int, int]) -> tuple[str | None, int | None, int]:
    """Venue and year in brackets at the end of a title ("... (ISCA 2020)"), and where the title itself
    ends."""
    venue: str | None = None
    year: int | None = None
    cut = title[1]
    for _ in range(3):
        match = _BEHIND.search(text, max(title[0], cut - 100), cut)
        if match is None or match.start() <= title[0] + 6:
            break
        value = match.group("in")
        if not (
            _is_issue(value) or re.fullmatch(r"(?:[A-Z][a-z]{2,8}\.? )?(?:19|20)\d\d(?:[./-]\d\d?)*", value)
        ):
            break
        named, own = split_venue(value)
        venue, year, cut = venue or (named if _is_issue(value) else None), year or own, match.start()
    if venue is None:
        for comma in _COMMA.finditer(text, title[0] + 8, cut):
            tail = text[comma.end() : cut]
            if (
                len(tail) < 60
                and is_venue(tail, opening=True)
                and (find_year(tail) or _SHORT_YEAR.search(tail))
            ):
                venue, year = split_venue(tail)
                cut = comma.start()
                break
    return venue, year, len(text[:cut].rstrip(" .,;:–—-"))


def _is_issue(value: str) -> bool:
    """Whether what stands in brackets is a venue or a year and no part of a title."""
    return (is_venue(value) and find_year(value) is not None) or is_venue_line(value)


def is_titular(title: str) -> bool:
    """Whether a text has the form of a title: words, no address, no list of institutions."""
    words = _WORD.findall(title)
    wide = sum(1 for letter in title if letter > "\u2fff")
    if len(title) > 400 or not (len(words) >= 2 or wide >= 5 or (words and len(title) >= 8)):
        return False
    if len(words) <= 6:
        names = names_at(title, 0)
        if (
            names is not None
            and names.score >= 0.6
            and not title[names.end :].strip(TRIM)
            and " " in names.authors[0].name
        ):
            return False
    if "http" in title or "@" in title or title.lower().startswith(("www.", "see ", "click ")):
        return False
    if (
        is_affiliation(title)
        and len(words) <= 8
        and not any(
            word.lower() in PLAIN_WORDS
            and not is_affiliation(word)
            and word.lower() not in {"of", "and", "for", "the"}
            for word in words
        )
    ):
        return False
    if _VOLUME_TITLE.match(title):
        return False
    return not (_NO_TITLE.match(title) or (is_venue(title, opening=True) and len(words) <= 4))


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    raw = text[start:end]
    lead = len(raw) - len(raw.lstrip(TRIM + ")"))
    kept = _MEDIUM.sub("", _EMOJI.sub("", raw)).rstrip(' \t\n,;:|·•–—-*_“”"«»„「」『』')
    stopped = kept.endswith(".") and not kept.endswith("...")
    if stopped and not ABBREVIATED.search(kept[-8:]):
        kept = kept[:-1]
    if kept.endswith(("(", "[")):
        kept = kept[:-1].rstrip()
    return (start + lead, start + len(kept)) if len(kept) > lead else None
