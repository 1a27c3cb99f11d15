"""One entry of a list of papers -> title, authors, venue, year; in whatever reference style it is set.

The byline is looked for first: at the front, behind a quoted title, or behind the mark that ends the title.
What stands before or behind it is the title, what is left the venue. Emphasis, links and line ends of the
page are used where it has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.readers.fields import find_year, split_venue
from kg.readers.institutions import is_affiliation
from kg.readers.name_lists import listed_names
from kg.readers.name_words import NAME_WORDS
from kg.readers.names import NameList, names_at
from kg.readers.page import Mark
from kg.readers.pages.frames import Frame, framed
from kg.readers.pages.title_form import (
    ABBREVIATED,
    QUOTED,
    TRIM,
    TWO,
    ends_openly,
    is_titular,
    title_end,
    trimmed,
    venue_behind_title,
)
from kg.readers.pages.venues import is_venue, venue_of
from kg.types import Authorship

__all__ = ["Citation", "read_citation"]

_AFTER_NAMES = re.compile(r"\s*(?:[.,:;]|\n|–|—|-\s|\||(?=[“\"„«(\[])|\Z)")
_WITH = re.compile(
    r"\s*(?:\((?:joint(?:ly)?(?: work)? )?with:?\s+|[/,.]\s+joint(?:ly)?(?: work)? with:?\s+)", re.IGNORECASE
)
_YEAR_FIRST = re.compile(
    r"[\s.,;:]*(?:\(\s*(?P<a>(?:19|20)\d\d)[a-z]?(?:,\s*[A-Z][a-z]+(?: \d{1,2})?)?\s*\)|"
    r"\[\s*(?P<c>(?:19|20)\d\d)[a-z]?\s*\]|(?P<b>(?:19|20)\d\d)[a-z]?(?=[.,:]\s)|"
    r"\((?:in press|forthcoming|n\.d\.|submitted|to appear|accepted|"
    r"in preparation)\))[\s.,;:]*"
)
_NOTED = re.compile(r"\(((?:19|20)\d\d)[a-z]?\)[.,:]?\Z")
_BOUNDARY = re.compile(
    r"(?P<line>\n)|(?P<dot>[.?!][”\"]?\s+)|(?P<dash>\s+[–—|·•-]\s+)|"
    r"(?P<by>,?\s+[Bb]y:?\s+)|(?P<label>\s(?:Authors?|作者)\s?[:：]\s*)"
    r"|(?P<paren>\s*\()|(?P<comma>[,;:]\s+)|(?P<quote>[”\"]\s*[,.]?\s*)"
)
_EDGE_VALUE = {
    "line": 0.2,
    "label": 0.25,
    "by": 0.15,
    "dot": 0.12,
    "dash": 0.1,
    "paren": 0.0,
    "comma": 0.0,
    "quote": 0.15,
}
_EDGE_NOTE = re.compile(r"\([^()]{3,80}(?:19|20)\d\d\)")
_OPEN_END = re.compile(r"(?:[,;·&]|\band|\bund|\bet)\s*\Z")
_ISSUED = re.compile(r"[\s,(]+(?:19|20)\d\d\b")
_VOLUME = re.compile(r"[.\s]*(?:[A-Z][a-z]+\.?\s+){0,4}\d{1,4}\s*[(,:]")
_MOST_EDGES = 60
_WRAPPED = re.compile(r"(?<=\n)[“\"](?P<title>[^“”\"\n]{15,200}\n[^“”\"]{3,200})[”\"](?=[.,]?\s)")
_BAR = re.compile(r"\s+[|｜]\s+")
_ONE = re.compile(
    r"(?P<family>(?:(?:van|von|de|der|den|zu|zur|la|le)\s){0,2}[^\W\d_a-z][\w'’-]+),\s"
    r"(?P<given>[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){0,2}):\s+"
)
_OTHERS = re.compile(
    r"\b(?:Gutachter|Betreuer|Erstgutachter|Supervisors?|Advisors?|Reviewers?|Examiners?)(?:in)?\s*:"
)
_THESIS = re.compile(
    r"(?:(?:ph\.?\s?d\.?|doctoral|master.?s?|diploma|habilitation)\s?(?:thesis|dissertation)|dissertation|diplomarbeit|"
    r"masterarbeit|bachelorarbeit|habilitation(?:sschrift)?)\s*[,.:]\s*",
    re.IGNORECASE,
)
_FEWEST = 3
_FEWEST_SIGNS = 8
_CERTAIN = 1.2
_BADGE = 3
_SURE = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """``title`` is a span of the text that was read; ``sure`` is 0 to 1, how well the form fits.

    ``joint`` says that the authors are those beside the owner of the page ("with A. Ruiz and L. Wei").
    """

    title: tuple[int, int]
    authors: tuple[Authorship, ...] = ()
    venue: str | None = None
    year: int | None = None
    sure: float = 0.0
    joint: bool = False


def read_citation(text: str, marks: tuple[Mark, ...] = ()) -> Citation | None:
    """The paper that an entry names; None where no title can be told in it. Linear for short texts.

    >>> entry = "A. Ruiz and L. Wei. Pruning While Training. In Proceedings of ISCA, 2018. [pdf] [code]"
    >>> found = read_citation(entry)
    >>> entry[slice(*found.title)], [a.name for a in found.authors], found.venue, found.year
    ('Pruning While Training', ['A. Ruiz', 'L. Wei'], 'Proceedings of ISCA', 2018)
    """
    frame = framed(text)
    if frame.end - frame.start < 8:
        return None
    found = (
        _by_bars(text, frame)
        or _of_one(text, frame)
        or _with_others(text, frame)
        or _by_quotes(text, frame)
        or _authors_first(text, frame, marks)
        or _title_first(text, frame, marks)
        or _title_only(text, frame, marks)
    )
    if found is None:
        return None
    venue = found.venue or frame.venue
    return replace(found, venue=venue, year=found.year or frame.year)


def _by_bars(text: str, frame: Frame) -> Citation | None:
    """A title and its byline in a row of fields ("MLSys | The Title | A. Ruiz, L. Wei | pdf")."""
    fields: list[tuple[int, int]] = []
    start = frame.start
    for bar in _BAR.finditer(text, frame.start, frame.end):
        fields.append((start, bar.start()))
        start = bar.end()
    fields.append((start, frame.end))
    for title, byline in pairwise(fields):
        names = names_at(text, byline[0], limit=byline[1])
        if names is None or names.score < _SURE or text[names.end : byline[1]].strip(" .,*_"):
            continue
        if len(names.authors) < TWO and not names.et_al and len(fields) < _FEWEST:
            continue
        span = trimmed(text, *title)
        if span is None or len(text[slice(*span)].split()) < _FEWEST or not is_titular(text[slice(*span)]):
            continue
        venue, year = venue_of(text[byline[1] : frame.end].lstrip(" |"))
        return Citation(title=span, authors=names.authors, venue=venue, year=year, sure=0.85)
    return None


def _of_one(text: str, frame: Frame) -> Citation | None:
    """A work of one person, surname first ("Doe, Jane: The Title. Dissertation, TU Ilmtal, 2023")."""
    lead = _ONE.match(text, frame.start, frame.end)
    if lead is None or is_affiliation(lead.group()):
        return None
    name = f"{lead.group('given')} {lead.group('family')}"
    read = names_at(name, 0)
    others = _OTHERS.search(text, lead.end(), frame.end)
    end = others.start() if others else frame.end
    stop, after = title_end(text, lead.end(), end, ())
    title = trimmed(text, lead.end(), stop)
    if read is None or read.end < len(name) or title is None or not is_titular(text[slice(*title)]):
        return None
    thesis = _THESIS.match(text, after, end)
    venue, year = venue_of(text[thesis.end() if thesis else after : end])
    if year is None:
        return None
    return Citation(title=title, authors=(Authorship(name=name),), venue=venue, year=year, sure=0.8)


def _by_quotes(text: str, frame: Frame) -> Citation | None:
    """A title in quotation marks, with the names before or behind it."""
    quoted = _WRAPPED.search(text, frame.start, frame.end) or QUOTED.search(text, frame.start, frame.end)
    if quoted is None or not _is_wordy(quoted.group("title")):
        return None
    title = trimmed(text, quoted.start("title"), quoted.end("title"))
    before = text[frame.start : quoted.start()].rstrip(" ,:;(\n")
    if title is None:
        return None
    if before:
        names = listed_names(before)
        if names is None and text[: quoted.start()].endswith("\n"):
            return _with_names_behind(text, frame, title, quoted.end())
        if names is None:
            return None
        venue, year = venue_of(text[quoted.end() : frame.end])
        year = year or find_year(before[names.end :])
        return Citation(title=title, authors=names.authors, venue=venue, year=year, sure=0.9)
    return _with_names_behind(text, frame, title, quoted.end())


def _with_names_behind(text: str, frame: Frame, title: tuple[int, int], end: int) -> Citation:
    """A quoted title with the names behind it, or none."""
    start = _past(text, end, frame.end)
    names = _names(text, start, frame.end)
    if names is not None and names.score >= _SURE and _AFTER_NAMES.match(text, names.end, frame.end):
        venue, year = venue_of(text[names.end : frame.end])
        return Citation(title=title, authors=names.authors, venue=venue, year=year, sure=0.85)
    venue, year = venue_of(text[end : frame.end])
    return Citation(title=title, venue=venue, year=year, sure=0.3)


def _is_wordy(title: str) -> bool:
    """Whether quoted words can be a title: three of them, or some signs of a script without blanks."""
    return len(title.split()) >= _FEWEST or sum(1 for sign in title if sign > "\u2fff") >= _FEWEST_SIGNS


def _with_others(text: str, frame: Frame) -> Citation | None:
    """A title with the other authors only ("Pruning (with A. Ruiz and L. Wei), ISCA, 2018")."""
    match = _WITH.search(text, frame.start + 8, frame.end)
    if match is None:
        return None
    names = _names(text, match.end(), frame.end)
    title = trimmed(text, frame.start, match.start())
    if names is None or names.score < _SURE or title is None or not is_titular(text[title[0] : title[1]]):
        return None
    if not _AFTER_NAMES.match(text, names.end, frame.end) and text[names.end : names.end + 1] != ")":
        return None
    venue, year = venue_of(text[names.end : frame.end])
    return Citation(title=title, authors=names.authors, venue=venue, year=year, sure=0.8, joint=True)


def _authors_first(text: str, frame: Frame, marks: tuple[Mark, ...]) -> Citation | None:
    names = listed_names(text[frame.start : frame.end], whole=False)
    if names is None or names.score < _SURE:
        return None
    names, noted, year = _without_note(names)
    end = frame.start + names.end
    dated = _YEAR_FIRST.match(text, end, frame.end)
    if dated:
        given = dated.group("a") or dated.group("b") or dated.group("c")
        year = int(given) if given else None
        start = dated.end()
    elif (noted_year := _NOTED.search(text, max(frame.start, end - 8), end)) is not None:
        year = int(noted_year.group(1))
        start = _past(text, end, frame.end)
    elif not (
        year
        or names.et_al
        or text[end - 1] == "."
        or _AFTER_NAMES.match(text, end, frame.end)
        or _starts_mark(marks, end)
    ):
        return None
    else:
        start = _past(text, end, frame.end)
    stop, after = title_end(text, start, frame.end, marks)
    title = trimmed(text, start, stop)
    if title is None or not is_titular(text[title[0] : title[1]]):
        return None
    if len(names.authors) == 1 and not dated and _is_one_title(text, frame, names, title):
        return None
    venue, own = venue_of(text[after : frame.end])
    venue = venue or noted
    sure = min(1.0, names.score + 0.1 * bool(venue) + 0.1 * bool(year or own))
    if len(names.authors) == 1 and not (year or own or venue):
        sure -= 0.3
    return Citation(title=title, authors=names.authors, venue=venue, year=year or own, sure=sure)


def _line_end(text: str, start: int, end: int) -> int:
    """Where the line ends that a list of names is on; a line that ends with a comma goes on."""
    at = start
    while True:
        at = text.find("\n", at, end)
        if at < 0:
            return end
        if not _OPEN_END.search(text, max(start, at - 6), at):
            return at
        at += 1


def _names(text: str, start: int, end: int) -> NameList | None:
    """The names from ``start`` on, without a venue before a year that reads as one more name."""
    names = names_at(text, start, limit=_line_end(text, start, end))
    if names is not None and len(names.authors) == 1 and _VOLUME.match(text, names.end, end):
        return None
    if names is None or len(names.authors) < TWO or not _ISSUED.match(text, names.end, end):
        return names
    last = names.authors[-1].name
    words = [word.strip(".,").lower() for word in last.split()]
    if any(word in NAME_WORDS or len(word) == 1 for word in words):
        return names
    place = text.rfind(last, start, names.end)
    cut = len(text[:place].rstrip(" ,;")) if place > start else names.end
    return replace(names, authors=names.authors[:-1], end=cut)


def _without_note(names: NameList) -> tuple[NameList, str | None, int | None]:
    """The names without a venue or year that stands in brackets behind the last one, and these."""
    last = names.authors[-1]
    note = last.affiliation
    if note is None or is_affiliation(note) or not (find_year(note) or is_venue(note)):
        return names, None, None
    venue, year = split_venue(note)
    authors = (*names.authors[:-1], replace(last, affiliation=None))
    return replace(names, authors=authors), venue if venue and is_venue(note) else None, year


def _is_one_title(text: str, frame: Frame, names: NameList, title: tuple[int, int]) -> bool:
    """Whether what reads as one name and a title is a title with a colon ("Gemini: A Family of ...")."""
    between = text[frame.start + names.end : title[0]]
    short = " " not in names.authors[0].name
    return (":" in between and short) or (short and "\n" not in between)


def _title_first(text: str, frame: Frame, marks: tuple[Mark, ...]) -> Citation | None:
    """The best place where a byline begins behind a title."""
    best: tuple[float, int, int, NameList] | None = None
    for value, stop, start in sorted(_edges(text, frame, marks), key=lambda edge: -edge[0]):
        if best is not None and best[0] >= _CERTAIN:
            break
        if not (text[start].isupper() or text[start] > "\u00bf" or value >= _EDGE_VALUE["by"]):
            continue
        names = _names(text, start, frame.end)
        if names is None or names.score < _SURE:
            continue
        if not (
            _AFTER_NAMES.match(text, names.end, frame.end)
            or names.et_al
            or text[names.end : names.end + 2].strip() in {")", ""}
        ):
            continue
        title = trimmed(text, frame.start, stop)
        if title is None or not is_titular(text[title[0] : title[1]]):
            continue
        if (
            value < _EDGE_VALUE["line"]
            and len(text[title[0] : title[1]].split()) < _FEWEST
            and text[title[0]] < "\u2fff"
        ):
            continue
        rest = text[names.end : frame.end]
        total = names.score + value + 0.1 * (len(names.authors) > 1)
        total += 0.1 * bool(
            find_year(rest) or is_venue(rest.strip(TRIM + "("), opening=True) or not rest.strip(TRIM + ")")
        )
        dated = _EDGE_NOTE.match(text, start - 1) if text[start - 1] == "(" else None
        if len(names.authors) == 1 and not names.et_al and value < 0.1 and dated is None:
            total -= 0.35
        total -= 0.3 * (" " not in names.authors[0].name)
        total -= 0.25 * ends_openly(text[title[0] : title[1]])
        if best is None or total > best[0] + 0.02:
            best = total, stop, start, names
    if best is None or best[0] < 0.75:
        return None
    total, stop, _, names = best
    names, noted, noted_year = _without_note(names)
    title = trimmed(text, frame.start, stop)
    if title is None:
        return None
    title = _first_line(text, title)
    inner, inner_year, cut = venue_behind_title(text, title)
    venue, year = venue_of(text[names.end : frame.end])
    return Citation(
        title=(title[0], cut),
        authors=names.authors,
        venue=venue or noted or inner,
        year=year or noted_year or inner_year,
        sure=min(1.0, total),
    )


def _first_line(text: str, title: tuple[int, int]) -> tuple[int, int]:
    """A title of several lines without short ones behind the first, which are badges ("Research Track")."""
    lines = text[title[0] : title[1]].split("\n")
    badges = all(len(line.split()) <= _BADGE for line in lines[1:])
    if len(lines) > 1 and badges and len(lines[0].split()) > _BADGE:
        return title[0], title[0] + len(lines[0].rstrip())
    return title


def _edges(text: str, frame: Frame, marks: tuple[Mark, ...]) -> list[tuple[float, int, int]]:
    """Where a byline may begin: (how good a mark stands there, where the title ends, where the names
    begin)."""
    found: list[tuple[float, int, int]] = []
    for match in _BOUNDARY.finditer(text, frame.start + 4, frame.end):
        kind = match.lastgroup or "comma"
        if kind == "dot" and ABBREVIATED.search(text[max(0, match.start() - 8) : match.start() + 1]):
            continue
        stop = match.start() + (kind == "dot" and text[match.start()] in "?!")
        if match.end() < frame.end:
            found.append((_EDGE_VALUE[kind], stop, match.end()))
        if len(found) >= _MOST_EDGES:
            break
    for mark in marks:
        if mark.start <= frame.start + 2 and frame.start + 8 < mark.end < frame.end:
            begin = _past(text, mark.end, frame.end)
            if begin < frame.end:
                found.append((0.2, mark.end, begin))
    return found


def _title_only(text: str, frame: Frame, marks: tuple[Mark, ...]) -> Citation | None:
    """A title with a venue, a year or nothing behind it."""
    stop, after = title_end(text, frame.start, frame.end, marks)
    title = trimmed(text, frame.start, stop)
    if title is None:
        return None
    inner, inner_year, cut = venue_behind_title(text, title)
    if not is_titular(text[title[0] : cut]):
        return None
    rest = text[after : frame.end].strip(TRIM + "()")
    venue, year = venue_of(text[after : frame.end])
    if rest and not (venue or year or is_venue(rest)) and len(rest.split()) > 3:
        return None
    return Citation(title=(title[0], cut), venue=venue or inner, year=year or inner_year, sure=0.2)


def _past(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " \t\n.,;:|·•–—-)*":
        start += 1
    return start


def _starts_mark(marks: tuple[Mark, ...], place: int) -> bool:
    return any(0 <= mark.start - place <= 2 for mark in marks)
