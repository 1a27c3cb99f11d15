"""The lines around a paper's first page -> where and when it appeared.

Read are running heads and feet, the lines above the title, the notices below the abstract, and the stamp of
arXiv in the margin; a paper "under review" has no venue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.fields import find_arxiv_id, find_date, find_doi, find_year, split_venue
from kg.readers.pdf_cues import is_place
from kg.readers.references import references
from kg.text import collapse, fold
from kg.types import Reference

__all__ = ["Issue", "find_issue", "own_entry"]

_ABBREVIATED = re.compile(
    r"\b(Int|Intl|Sci|Rev|Soc|Eng|Ann|Adv|Conf|Symp|Proc|Meas|Anal|Syst|Phys|Lett|Arch|Code|Natl|Acad|Appl|Chem|"
    r"Biol|Math|Mach|Tech|Softw?|Netw|Program|Lang|Trans|Optim|Annu|Comput?|Learn|Res|Am|J|Interact|Electron)\."
    r"(?=\s[A-Z])"
)
_CUT_WORD = re.compile(r"\b([A-Z][a-z]{0,6})\.(?=,|\s[A-Z&])")
_DOT = "\u2024"  # stands for the full stop of an abbreviation while lines are looked at
_UNDER_REVIEW = re.compile(
    r"under (?:double[- ]blind )?review|submitted to|submission to|do not distribute|"
    r"preprint\b(?! arxiv)|work in progress|"
    r"confidential review copy|anonymous submission|accepted manuscript",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"arXiv:\s*(?P<id>\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\s*(?:\[(?P<category>[\w.-]+)\])?\s*"
    r"(?P<date>\d{1,2}\s+[A-Z][a-z]{2,8}\s+\d{4})?"
)
_YEAR = r"(?:19|20)\d\d"
_PUBLISHED = re.compile(
    rf"published (?:as|at|in) (?:(?:a|an) (?:conference |workshop |journal |full |short )?paper (?:at|"
    rf"in) )?(?:the )?(?P<venue>.{{3,160}}?)"
    rf"(?:\s*[(,]?\s*(?P<year>{_YEAR})\b.*)?\Z",
    re.IGNORECASE,
)
_SHORT = re.compile(
    rf"\((?P<venue>[A-Z][A-Za-z&+/-]{{1,20}}(?: [A-Z][A-Za-z]+)?)(?:\s*[’'‘]?\s*(?P<year>{_YEAR}|"
    rf"\d\d(?!\d)))\)"
)
_PROCEEDINGS = re.compile(
    rf"(?P<venue>(?:\b(?:in )?proceedings of (?:the )?|\bproc\.? (?:of (?:the )?)?)[^.;]{{5,200}}?)"
    rf"(?=,? (?:pages|pp\.|vol)|\.\s|[;(]|\.?\Z|, {_YEAR}|,? (?:january|february|march|april|may|june|"
    rf"july|august|"
    rf"september|october|november|december)\b)",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(
    rf"(?P<venue>(?:{_YEAR} |(?:the )?\d{{1,3}}(?:st|nd|rd|th) |(?:the )?(?:[A-Z][a-z]+[- ]){{0,2}}"
    rf"(?:annual |international |ieee |acm |european |joint |asian ))[^.;|]{{0,120}}?"
    rf"\b(?:conference|symposium|workshop|congress|meeting)\b[^.;|]{{0,120}}?"
    rf"(?:\([A-Z][\w’'&/ +-]{{1,30}}\)|(?=[,(|;]|\.\s|\.\Z|\Z| {_YEAR})))",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"(?P<venue>[A-Z][\w&'’., :–\u2024-]{3,110}?)[\s,.;·|]*(?:\(\d{4}\)\s*\d{1,4}\s*[:,(]|"
    r"\bvol(?:ume)?\.?\s*\d|"
    r"\b\d{1,4}\s*\((?:\d{4}|\d{1,3}(?:[-–]\d+)?)\)|"
    r"\b\d{1,4}:\d|\|\s*vol|\b\d{4},\s*\d{1,4},\s*\d)",
    re.IGNORECASE,
)
_ACRONYM = re.compile(
    rf"(?P<venue>[A-Z][A-Za-z]*[A-Z][A-Za-z&/+-]*)\s*(?:[’'‘](?P<short>\d\d)\b|(?P<year>{_YEAR}))\s*(?:,|\Z|\||:|-|–|—)"
)
_ACM_BLOCK = re.compile(
    r"\bIn (?P<venue>(?:Proceedings of )?[^.]{5,220}?)\s*\((?P<short>[^()]{2,40})\)", re.IGNORECASE
)
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|copyright)\s*(?P<year>{_YEAR})", re.IGNORECASE)
_PUBLISHED_ON = re.compile(
    rf"\bpublished(?: online)?\s*:?\s*(?:on\s+)?[^.;/]{{0,30}}?(?P<year>{_YEAR})", re.IGNORECASE
)
_DATE_LINE = re.compile(
    rf"(?:\(?(?:dated?:?|this version:?|version of|first version:?|draft:?)\s*)?(?:\d{{1,2}}(?:st|nd|rd|"
    rf"th)?\.?\s+)?"
    rf"(?:[^\W\d_]{{3,12}}\.?,?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{_YEAR}\)?\.?",
    re.IGNORECASE,
)
_HOUSES = re.compile(
    r"\A(?:association for computing machinery|acm|ieee|elsevier|springer|the authors?|the author\(s\)|"
    r"usenix)"
    r"(?:[ ,]+(?:inc|b\.?v|ltd|gmbh|llc|nature|media|association|published|all rights).{0,30})?\Z",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"(?:,?\s*\b(?:pages?|pp\.?|article)\s*[\d–-].*|\s*\d{1,4}\s*[-–:]\s*\d{1,4}\s*)\Z", re.IGNORECASE
)


_SAID = (_PUBLISHED, _ACM_BLOCK, _PROCEEDINGS, _CONFERENCE)
_LONGEST_NOTICE = 700
_FAR = 60


_OWN_ENTRY = re.compile(
    r"(?:(?:ACM|PVLDB|MLSys) Reference Format|Cite this article as|How to cite(?: this article)?|"
    r"Recommended citation|Citation)\s*:?\s*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Issue:
    """What the first page tells of the publication."""

    venue: str | None = None
    year: int | None = None
    date: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    categories: tuple[str, ...] = ()


def find_issue(around: list[str], notices: list[str], first_page: str) -> Issue:
    """``around`` are heads, feet and lines above the title, ``notices`` the remarks of the first page, in
    whose order of trust the venue is looked for; ``first_page`` is searched for identifiers."""
    issue = Issue(doi=find_doi("\n".join([*around, *notices, first_page])))
    for text in around:
        stamp = _STAMP.search(text)
        if stamp:
            issue.arxiv_id = stamp.group("id")
            issue.date = find_date(stamp.group("date") or "")
            issue.categories = (stamp.group("category"),) if stamp.group("category") else ()
            break
    issue.arxiv_id = issue.arxiv_id or _named_arxiv("\n".join([*around, *notices]))
    around = [collapse(text)[:_LONGEST_NOTICE] for text in around if text.strip()]
    notices = [collapse(text) for text in notices if text.strip()]
    lines = around + notices
    if not any(_UNDER_REVIEW.search(line) for line in lines):
        issue.venue, issue.year = _venue(around, notices)
    if issue.year is None and issue.date:
        issue.year = int(issue.date[:4])
    if issue.year is None:
        said = [match for line in lines if (match := _PUBLISHED_ON.search(line))]
        issue.year = int(said[0].group("year")) if said else None
    if issue.year is None:
        rights = [match for line in lines if (match := _COPYRIGHT.search(line))]
        issue.year = int(rights[0].group("year")) if rights else None
    if issue.year is None:
        dated = next((line for line in lines if _DATE_LINE.fullmatch(line)), "")
        issue.year = find_year(dated)
        issue.date = issue.date or find_date(dated)
    if issue.year is None:
        issue.year = next((year for line in around if (year := find_year(line))), None)
    if issue.date and issue.year and int(issue.date[:4]) != issue.year:
        issue.date = None
    return issue


def own_entry(notices: list[str], title: str) -> Reference | None:
    """The reference to the paper itself that its first page prints ("ACM Reference Format: ..."), where it
    names the same title."""
    text = "\n".join(notices)
    for match in _OWN_ENTRY.finditer(text):
        for entry in references(collapse(text[match.end() : match.end() + 3000].split("\n\n")[0]))[:1]:
            if entry.title and fold(title).startswith(fold(entry.title)[:60]):
                return entry
    return None


def _named_arxiv(text: str) -> str | None:
    return find_arxiv_id(text)


def _venue(around: list[str], notices: list[str]) -> tuple[str | None, int | None]:
    """The first venue by the surest pattern; remarks count only where they say where the paper appeared."""
    for pattern in (_PUBLISHED, _ACM_BLOCK, _PROCEEDINGS, _CONFERENCE, _JOURNAL, _ACRONYM):
        said = [line for line in notices if len(line) < _LONGEST_NOTICE] if pattern in _SAID else []
        lines = [_CUT_WORD.sub(rf"\1{_DOT}", line) for line in around]
        lines += [_ABBREVIATED.sub(rf"\1{_DOT}", line) for line in said]
        for number, line in enumerate(lines):
            match = pattern.search(line)
            if not match or (number >= len(around) and match.start() > _FAR and pattern is not _ACM_BLOCK):
                continue
            venue, year = _clean(match.group("venue").replace(_DOT, "."))
            if venue is None or _HOUSES.match(venue) or not (venue[0].isupper() or venue[0].isdigit()):
                continue
            groups = match.groupdict()
            year = _full_year(groups.get("year") or groups.get("short") or "") or year or find_year(line)
            if year is None:
                year = next(
                    (found for near in lines[number : number + 3] if (found := find_year(near))), None
                )
            return venue, year
    return None, None


def _full_year(text: str) -> int | None:
    whole = re.search(r"(?:19|20)\d\d", text)
    if whole:
        return int(whole.group())
    short = re.search(r"[’'‘]\s?(\d\d)\b|\A(\d\d)\Z", text)
    if short:
        number = int(short.group(1) or short.group(2))
        return (1900 if number >= 60 else 2000) + number
    return None


def _without_place(value: str) -> str:
    """A conference without the city and country behind its name."""
    head, comma, last = value.rpartition(",")
    if not comma or not is_place(last):
        return value
    before, comma, city = head.rpartition(",")
    while comma and len(city.split()) < 3 and city.strip()[:1].isupper():
        head = before
        before, comma, city = head.rpartition(",")
    return head


def _clean(text: str) -> tuple[str | None, int | None]:
    value = _PAGES.sub("", text.strip(" ,.;:|–—-•"))
    value = re.sub(r"\A(?:in|to appear in|accepted (?:at|to|by))\s+", "", value, flags=re.IGNORECASE)
    venue, year = split_venue(_without_place(value))
    if venue is None or len(venue) < 3 or len(venue) > 200:
        return None, year
    return venue, year
