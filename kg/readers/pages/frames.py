"""What stands around an entry of a list: numbers, times, tags of the venue before it, links and awards
behind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.fields import find_year, split_venue
from kg.readers.names import names_at
from kg.readers.pages.interface import PREFIX
from kg.readers.pages.venues import is_venue

__all__ = ["Frame", "framed"]

_NUMBER = re.compile(
    r"\s*(?:[•▪▸◦‣*–-]\s+|(?:【\d{1,4}】|\[\s?[A-Z]{0,4}-?\d{1,4}[a-z]?\s?\]|\(\d{1,4}\)|"
    r"#\d{1,4}|[A-Z]{1,3}-?\d{1,4}[.:)]|\d{1,4}[.)](?!\d))\s*"
    r"|\d{1,3}\s+(?=[A-Z“\"]))",
)
_PRIZE = re.compile(
    r"\s*(?:best|outstanding|distinguished|honou?rable|runner[- ]up|spotlight|"
    r"oral)\b[^\n:]{0,40}?(?:[\U0001f300-\U0001faff\u2b50\u2605]+\s*|\n|award\s*[:|"
    r"–—-]\s*)|\s*(?:runner[- ]up|best (?:student )?paper(?: award)?)\s+(?=[A-Z][\w-]+ )",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\s*[A-Z][a-z]{2,14}(?: [a-z]{2,12})?:\s+(?=[“\"])")
_TIME = re.compile(
    r"\s*\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:[-–—]|"
    r"to)\s?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?)?(?:\s+[A-Z]{2,4}(?=\s*[:|–—-]))?\s*[:|"
    r"–—-]?\s*",
    re.IGNORECASE,
)
_DAY = re.compile(r"\s*(?:\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\s*[:|–—-]?\s+(?=\S)")
_PLACE = re.compile(r"(?:\S+ ?){1,6}\n(?=\S)")
_TAG = re.compile(
    r"\s*(?:[\[(【]\s*(?P<in>[^\[\]()【】\n]{2,60}?)\s*[\])】]\s*[:\-–—|]?\s*|(?P<date>(?:19|"
    r"20)\d\d(?:[./-]\d\d?){0,2})\s*(?:[:|·–—-]|\n)\s*"
    r"|(?P<out>[A-Z][\w&+/ -]{1,30}?[ '’-]{1,2}(?:(?:19|20)\d\d|(?<=['’])\d\d))\s*(?:[:|–—]|\s-|\n)\s*)"
)
_LINK_WORD = (
    r"(?:full[ -]?)?(?:paper|pdf|slides?|poster|video|talk|code|source|abstract|abs|"
    r"bib(?:tex)?|bib|arxiv|doi|project(?: page)?|"
    r"page|website|web ?site|open ?review|html|link|demo|data(?:set)?s?|"
    r"supp(?:lement(?:ary|al)?)?(?: material)?|github|"
    r"preprint|cite|blog(?: post)?|news|press|media|appendix|publisher|ps|url|official|"
    r"homepage|model|weights|artifact|"
    r"论文|代码|链接|项目|主页|presentation|recording|tutorial|colab|hf|hugging ?face|twitter|"
    r"software|review|summary|tl;?dr|"
    r"star|stars|pytorch|tensorflow|official code|full text|read more|more|details|share|"
    r"export|download|show abstract)"
)
_LINKS = re.compile(
    rf"[\s|·•/,;.]*(?:[\[({{]\s*{_LINK_WORD}(?:\s*[|"
    rf",/·•&]\s*{_LINK_WORD}){{0,8}}\s*[\])}}]|(?<=[\s|·•/,;.\])]){_LINK_WORD}(?=[\s|"
    rf"·•/,;.\[]|\Z)|"
    r"https?://[^\s\])]{1,500}|doi:\s?10\.\S{1,200}|[\[(]\s*[\])])[\s|·•/,;.]*\Z",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[A-Z][A-Za-z]{0,6}[A-Z]{1,4}[A-Za-z]{0,4}(?: (?:Findings|Workshops?|Demos?|Main))?")
_PREPRINT = re.compile(r"[.,]\s+arXiv[.\s]*")
_AWARD = re.compile(
    r"(?<![^\W_])[\s,;.|–—-]*[\[(]?\s*(?:[★☆🏆🎉🔥✨]\s*)*(?:(?:best|outstanding|"
    r"distinguished|honou?rable|test[- ]of[- ]time|spotlight|oral\b|"
    r"highlight|runner[- ]up|top picks?)[^\[\]()\n]{0,50}|"
    r"(?:\d{1,3}% )?acceptance rate[^\[\]()\n]{0,30}|to appear|in press|"
    r"under review|accepted|equal contribution|invited(?: paper)?|extended abstract|"
    r"poster|short paper|demo)[\])]?\.?\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the text between numbers, tags and links, and what the tags said."""

    start: int
    end: int
    venue: str | None
    year: int | None


def framed(text: str) -> Frame:
    """The part of an entry without what stands around it, and venue and year that the tags before it name."""
    start, end = 0, len(text.rstrip())
    for form in (PREFIX, _ROLE, _PRIZE, _DAY, _TIME, _NUMBER, _TIME, PREFIX):
        lead = form.match(text, start)
        if lead and form is _TIME:
            placed = _PLACE.match(text, lead.end())
            lead = placed if placed is not None and names_at(text, placed.end()) is None else lead
        start = lead.end() if lead and lead.end() < end else start
    start, venue, year = _past_tags(text, start, end)
    return Frame(start, _before_links(text, start, end), venue, year)


def _past_tags(text: str, start: int, end: int) -> tuple[int, str | None, int | None]:
    """Where the entry begins behind its tags ("[ISCA 2018] ..."), and what they say."""
    venue: str | None = None
    year: int | None = None
    for _ in range(3):
        tag = _TAG.match(text, start, end)
        if tag is None or end - tag.end() < 8:
            break
        value = tag.group("in") or tag.group("out") or ""
        if tag.group("date"):
            year = year or int(tag.group("date")[:4])
        elif re.fullmatch(_LINK_WORD, value, re.IGNORECASE):
            pass
        elif re.fullmatch(r"(?:19|20)\d\d(?:[./-]\d\d?){0,2}", value):
            year = year or int(value[:4])
        elif (
            is_venue(value)
            or find_year(value)
            or (value.isupper() and " " not in value)
            or _SHORT.fullmatch(value)
        ):
            named, own = split_venue(value)
            venue, year = venue or named, year or own
        elif (
            tag.group("in")
            and text[start : tag.end()].strip().startswith("[")
            and len(value) < 40
            and not names_at(value, 0)
        ):
            pass
        else:
            break
        start = tag.end()
    return start, venue, year


def _before_links(text: str, start: int, end: int) -> int:
    """Where the entry ends before its links and prizes ("... [pdf] [code] Best paper award")."""
    for _ in range(14):
        link = _LINKS.search(text, max(start + 1, end - 600), end) or _AWARD.search(
            text, max(start + 1, end - 90), end
        )
        if link is None or link.start() <= start or _PREPRINT.fullmatch(text, link.start(), link.end()):
            break
        end = link.start() + (1 if text[link.start()] in '.)”"?!' and link.start() < end else 0)
        if link.start() + 1 == end and link.end() - link.start() <= 1:
            break
    return end
