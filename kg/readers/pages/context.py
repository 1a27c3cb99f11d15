"""What a page says of all its papers: the conference whose programme it is, the volume, the year of a
list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.readers.fields import find_arxiv_id, find_date, find_doi, find_year, split_venue
from kg.readers.labelled import LABEL, field_of
from kg.readers.page import Page
from kg.readers.pages.features import Feature, is_furniture
from kg.readers.pages.found import Found
from kg.readers.pages.sections import sections
from kg.text import collapse

__all__ = ["page_venue", "with_context", "with_links"]

_ACRONYM_YEAR = re.compile(
    r"(?<![\w/.-])(?P<venue>(?:(?:IEEE/ACM|ACM/IEEE|IEEE|ACM|USENIX|EuroSys|International|"
    r"VLDB|ACM SIGMOD|SIG[A-Z]+)\s+)?"
    r"(?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:[-+&][A-Z]{1,4})?|S&P|Interspeech|Eurosys|"
    r"Middleware|Usenix)(?:[ /-](?:[A-Z]{2,8}|Security|Micro|Findings))?)"
    r"(?:\s*[-:,]?\s*(?P<year>(?:19|20)\d\d)|\s?['’](?P<short>\d\d))(?![\d/.]*\d)"
)
_PROCEEDINGS = re.compile(
    r"(?:the\s)?proceedings (?:of|from)\s(?:the\s)?[^|•·\n]{6,200}|"
    r"(?:advances in neural information processing systems|findings of)[^|•·\n]{0,100}",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?:the\s)?(?:\d{1,3}(?:st|nd|rd|th)|(?:[A-Z][a-z]+[- ]?)?(?:First|Second|Third|"
    r"Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)|(?:19|20)\d\d|annual|international|"
    r"ieee|acm|usenix)"
    r"\s[^|•·\n.]{0,80}?(?:conference|symposium|workshop|meeting|congress|colloquium)\b[^|•·\n]{0,120}",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"(?:(?:the\s)?(?:[A-Z][\w&-]*\s){0,4}(?:Journal|Transactions|Letters|Magazine|Annals|"
    r"Bulletin|Review)\b(?:\s(?:of|on|for|in)\s(?:the\s)?[A-Z][^|•·\n:;()]{2,80}?|"
    r"(?:\s[A-Z]\w+){0,3})?)"
    r"(?=\s*[,:;(–—-]?\s*(?:vol(?:ume)?\.?|issue|no\.)\s*\d)",
)
_NO_PROGRAMME = re.compile(
    r"\b(?:call for|posts? from|digest|newsletter|week|reading (?:list|group)|awesome|"
    r"search|my |our |favou?rite|blog|deadline|"
    r"submission|feed|recent|trending|daily)\b",
    re.IGNORECASE,
)
_LONG_NAME = re.compile(
    r"\W*((?:[A-Z][\w-]*|and|of|on|for|in|the|&)(?:[ ,]+(?:[A-Z][\w-]*|and|of|on|for|in|"
    r"the|&)){2,14})\s*[–—:(-]\s*"
)
_NAMED_YEAR = re.compile(
    r"(?P<venue>(?:[A-Z][\w&-]*\s){0,5}(?:Symposium|Conference|Workshop|Summit|Congress|"
    r"Meeting)s?(?:\s(?:on|for|of)\s(?:[A-Z&][\w&-]*,?\s|and\s|the\s|in\s|of\s|"
    r"for\s){1,9})?)[\s,(]*(?P<year>(?:19|20)\d\d)(?!\d)"
)
_EAST = re.compile(
    r"[\u4e00-\u9fff\u30a0-\u30ff]{2,20}(?:学会誌|論文誌|学会論文誌|学报|会誌|杂志|学刊)"
    r"|[\uac00-\ud7af ]{2,20}(?:논문지|학회지)"
)
_NAMED = re.compile(
    r"(?:(?:the\s)?(?:international\s|european\s)?journal\s(?:of|for|on)\s|revista\s|"
    r"revue\s|zeitschrift\s(?:für|der)\s|rivista\s|(?:ال)?مجلة\s|журнал\s|вестник\s|"
    r"annals of\s|"
    r"transactions on\s|frontiers in\s|jahrbuch\s|archiv für\s|plos\s(?!\.)|"
    r"nature\s(?:communications|methods|[A-Z]\w+)|(?-i:[A-Z]{3,8})(?=\s(?:volume|"
    r"vol\.)\s\d))[^|·:;()\n]{0,90}",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"(?:\bv(?:ol(?:ume)?)?\b\.?|\bno\.?|\bissue|heft|jahrgang|bd\.|مجلد|عدد|том|núm|cilt|"
    r"\d+ ?[巻卷])[^\n]{0,40}?(?<!\d)((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_BARE = re.compile(r"[A-Z][A-Za-z]{0,6}[A-Z]{2,6}[A-Za-z]{0,4}")
_CHOSEN = re.compile(r"\((20\d\d)\)\s*\Z")
_VOLUME_LINE = re.compile(
    r"(?:volume|vol\.?)\s\d{1,4}(?:,? (?:issue|no\.?|"
    r"part)\s\d{1,3}(?:[–-]\d+)?)?\W*(?:[A-Z][a-z]+ )?(?:(?:19|20)\d\d)?\W*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*<https?://[^<>\s]*>")
_CAPITALS = re.compile(r"[A-Z][\w-]+(?::? (?:[A-Z][\w-]+|and|of|in|for|on|the|&)){1,10}")
_SITE_WORDS = re.compile(
    r"\b(?:skip|journals|books|account|help|sign|my|search|browse|link|log|menu|home|online library|"
    r"digital library|"
    r"sciencedirect|xplore|springerlink)\b",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b(?:arxiv|google scholar|semantic scholar|github|dblp|papers with code|hugging ?face|researchgate)\b",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s[|·–—-]\s|(?<=\)):\s|\s/\s|:\s(?=Vol)")
_ISSUE_START = re.compile(
    r"(?:vol(?:ume|umen|\.)?|№|no?\.|bd\.|band|heft|jahrgang|том|выпуск|вип\.|núm\.?|número|tomo|cilt|sayı|tome|"
    r"numéro|issue)\s?\d",
    re.IGNORECASE,
)
_ISSUE_ONLY = re.compile(
    r"(?:(?:vol(?:ume|umen|\.)?|№|n[or]?[.º°]|bd\.|band|heft|jahrgang|том|выпуск|вип\.|núm\.?|número|tomo|cilt|"
    r"sayı|tome|numéro|issue)\s?\d{1,4}(?:[–/-]\d{1,4})?[,.\s]{0,3}){1,3}"
    r"(?:\(?(?:[^\W\d_]{3,12}\.?\s)?(?:19|20)\d\d\)?)?",
    re.IGNORECASE,
)
_NEW_ISSUE = re.compile(
    r"(?:[^:|]{3,40}:\s)?(?P<name>[A-Z][^,|:(]{3,100}(?::\s[A-Z][^,|:(]{3,60})?),\s(?P<issue>vol(?:ume|\.)?\s\d[^|]{0,60})",
    re.IGNORECASE,
)
_EVENT_YEAR = re.compile(
    r"(?P<venue>[A-Z][\w&-]*(?:\s(?:[A-Z][\w&-]*|on|of|for|and|in)){0,6})[\s,'’-]{1,2}(?P<year>(?:19|20)\d\d)"
)
_NO_EVENT = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter|jan\w*|feb\w*|march|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|"
    r"dec\w*|papers?|publications?|publikationen|schedule|awards?|course|class|news|program(?:me)?|copyright|"
    r"accepted|posters?|talks?|lectures?|readings?|seminar|group|lab|since|best|top|theses|slides|notes)\b",
    re.IGNORECASE,
)
_HELD_AT = re.compile(
    r"(?P<name>[^|•·\n:]{0,120}\bworkshop\b[^|•·\n:@]{0,120}?)\s(?:@|at)\s\Z", re.IGNORECASE
)
_SHORT_FIRST = re.compile(r"([A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:[-’' ]?\d{1,4})?:\s")
_BIBLIOGRAPHY = re.compile(r"dblp\s*[:|–-]\s*", re.IGNORECASE)
_LONG_VALUE = 40
_EVENT_WORDS = re.compile(r"(?:Conference|Symposium|Workshop|Congress|Meeting) on .{4,}")
_DAILY = re.compile(r"\b(?:daily|today.s|new submissions|papers of the day)\b|日报|每日|速递", re.IGNORECASE)
_SHORT_LINE = 60
_TWO = 2
_SHORTEST_NAME = 8
_TOP = 14
_LONGEST = 220
_BEHIND = 400
_CENTURY = 60
_MOST_LINKS = 40
_DATED = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|"
    r"dec)[a-z]*\.?\b[^\n]{0,30}\b((?:19|20)\d\d)\b|\b\d{1,2}[^\n]{0,20}\s((?:19|"
    r"20)\d\d)\b",
    re.IGNORECASE,
)


def with_context(page: Page, kinds: list[Feature], records: Sequence[Found]) -> list[Found]:
    """The records with venue and year filled in from their section's heading and from the page."""
    if not records:
        return []
    venue, year = page_venue(page, kinds, min(record.extent[0] for record in records))
    told = _labelled([block.flat for block in page.blocks[: 2 * _TOP]])[0] is not None
    spans = [
        (page.blocks[part.first].start, page.blocks[part.last - 1].end, part)
        for part in sections(page, kinds)
        if part.year or part.venue
    ]
    if all(record.venue for record in records) and all(record.year for record in records):
        return list(records)
    filled = []
    at = 0
    for record in records:
        if record.title is None:
            filled.append(record)
            continue
        while at < len(spans) and spans[at][1] <= record.extent[0]:
            at += 1
        part = (
            spans[at][2]
            if at < len(spans) and spans[at][0] <= record.extent[1] and spans[at][0] <= record.extent[0]
            else None
        )
        own = record
        if part is not None:
            named = None if told else part.venue
            own = replace(own, venue=own.venue or named, year=own.year or part.year)
            if named and own.venue == named and own.year is None:
                own = replace(own, year=year)
        if own.venue is None and venue:
            agree = year is None or own.year is None or own.year == year
            own = replace(own, venue=venue if agree else None, year=own.year or year)
        elif own.year is None and venue and own.venue and (own.venue in venue or venue in own.venue):
            own = replace(own, year=year)
        elif own.year is None and own.venue:
            own = replace(own, year=_year_of_event(page, own.venue))
        filled.append(own)
    day = _day(page) if all(own.year is None and own.arxiv_id is None for own in filled) else None
    return [replace(own, year=day) for own in filled] if day else filled


def _day(page: Page) -> int | None:
    """The year of the day whose new papers a page lists ("Daily Papers", "May 14, 2026")."""
    tops = [*page.about, *(block.flat for block in page.blocks[: 2 * _TOP])]
    if not any(_DAILY.search(text) for text in tops if len(text) < _LONGEST):
        return None
    date = next((found for text in tops if len(text) < _SHORT_LINE and (found := find_date(text))), None)
    return int(date[:4]) if date else None


def _year_of_event(page: Page, venue: str) -> int | None:
    """The year in the line at the top that names the event of the proceedings: "Volume 305: Conference on
    Robot Learning, 27-30 September 2025"."""
    words = _EVENT_WORDS.search(venue)
    if words is None:
        return None
    for block in page.blocks[:_TOP]:
        if words.group() in block.flat and len(block.flat) <= _LONGEST:
            year = find_year(block.flat)
            if year:
                return year
    return None


def with_links(page: Page, records: Sequence[Found]) -> list[Found]:
    """The records with the identifiers that their links lead to."""
    if not page.marks or all(record.arxiv_id or record.doi for record in records):
        return list(records)
    filled = []
    starts = [mark.start for mark in page.marks]
    for number, record in enumerate(records):
        begin = min(span[0] for span in (record.title, record.extent) if span)
        end = (
            record.extent[1]
            if number + 1 == len(records)
            else max(record.extent[1], min(records[number + 1].extent[0], record.extent[1] + _BEHIND))
        )
        links = [
            mark for mark in page.marks[bisect_left(starts, begin) : bisect_left(starts, end)] if mark.href
        ]
        if record.abstract is not None:
            links = [mark for mark in links if not record.abstract[0] <= mark.start < record.abstract[1]]
        hrefs = " ".join(mark.href for mark in links[:_MOST_LINKS])
        titled = next(
            (
                mark.href
                for mark in links
                if record.title and mark.start < record.title[1] and mark.href.startswith("http")
            ),
            None,
        )
        filled.append(
            replace(
                record,
                doi=record.doi or find_doi(hrefs),
                arxiv_id=record.arxiv_id or find_arxiv_id(hrefs),
                url=record.url or titled,
            )
        )
    return filled


def page_venue(page: Page, kinds: list[Feature], before: int) -> tuple[str | None, int | None]:
    """Venue and year of the page as a whole: from its title and what stands above the first record."""
    tops = [
        (block, kinds[index].kind)
        for index, block in enumerate(page.blocks[: 2 * _TOP])
        if (block.start < before or block.level == 1)
        and (block.level or index < _TOP or LABEL.match(block.flat))
    ]
    told = _labelled([block.flat for block, _ in tops])
    texts = [
        *page.about,
        *(block.flat for block, _ in tops if block.level in {1, 2}),
        *(block.flat for block, kind in tops if block.level not in {1, 2} and kind != "prose"),
    ]
    texts = [text for text in texts if len(text) <= _LONGEST and not _NO_PROGRAMME.search(text)]
    if any(_SITE.search(text) for text in page.about):
        return _of_bibliography(page)
    venue, year = told if told[0] else _of_volume(_issue_texts(page))
    if venue is None:
        venue, year = _first(texts)
    if venue is None:
        venue, year = _of_title([text for text in page.about if not _NO_PROGRAMME.search(text)])
    if venue is None:
        venue, year = _by_volume(page, kinds)
    year = year or told[1]
    if venue and year is None:
        dated = next((match for text in texts if (match := _DATED.search(text))), None)
        issued = next((date for text in texts if (date := find_date(text))), None)
        year = int(dated.group(1) or dated.group(2)) if dated else int(issued[:4]) if issued else None
    return venue, year


def _of_bibliography(page: Page) -> tuple[str | None, int | None]:
    """The volume that a bibliography's page is about ("dblp: EuroSys 2024"); none for other lists."""
    for text in page.about:
        lead = _BIBLIOGRAPHY.match(text)
        value = text[lead.end() :].strip() if lead else ""
        event = _ACRONYM_YEAR.match(value) or _EVENT_YEAR.match(value)
        if event is not None and not _NO_EVENT.search(event.group("venue")):
            return collapse(event.group("venue")), find_year(value)
        journal = _ISSUE_START.search(value)
        if journal is not None and journal.start() > _SHORTEST_NAME:
            return collapse(value[: journal.start()]).strip(" ,;:"), find_year(value)
    return None, None


def _by_volume(page: Page, kinds: list[Feature]) -> tuple[str | None, int | None]:
    """The journal of an issue's page: the first line above one that is nothing but "Volume 12"."""
    for index, block in enumerate(page.blocks[: 2 * _TOP]):
        if _VOLUME_LINE.fullmatch(block.flat):
            issued = " ".join(other.flat for other in page.blocks[index : index + 3])
            named = next(
                (
                    _ADDRESS.sub("", other.flat)
                    for other, kind in zip(page.blocks[:index], kinds, strict=False)
                    if kind.kind == "short"
                    and _CAPITALS.fullmatch(_ADDRESS.sub("", other.flat))
                    and not is_furniture(other.flat)
                    and not _SITE_WORDS.search(other.flat)
                ),
                None,
            )
            return named, find_year(issued) if named else None
    return None, None


def _labelled(texts: list[str]) -> tuple[str | None, int | None]:
    """Venue and year that the page's own data name by labels ("Venue: NAACL", "Year: 2019")."""
    venue: str | None = None
    year: int | None = None
    for text in texts:
        label = LABEL.match(text) if len(text) < _LONGEST else None
        if label is None:
            continue
        if field_of(label) == "venue" and venue is None:
            value = text[label.end() :]
            venue, own = _first([value]) if len(value) > _LONG_VALUE else (None, None)
            venue, own = (venue, own) if venue else split_venue(value)
            year = year or own
        elif field_of(label) == "year":
            year = year or find_year(text[label.end() :])
    return venue, year


def _of_volume(texts: list[str]) -> tuple[str | None, int | None]:
    """The journal that stands by the number of an issue: "Vol. 14 No. 1 (2025): Journal of X", "Volume 26
    Issue 2 | Journal of X | Publisher"."""
    for text in texts:
        alert = _NEW_ISSUE.fullmatch(text)
        if alert is not None and _is_journal(alert.group("name")):
            return collapse(alert.group("name")), find_year(alert.group("issue"))
        pieces = [piece.strip() for piece in _PIECES.split(text)]
        at = next((number for number, piece in enumerate(pieces) if _ISSUE_ONLY.fullmatch(piece)), None)
        if at is None or len(pieces) < _TWO:
            continue
        named = next((piece for piece in (*pieces[at + 1 :], *pieces[:at][::-1]) if _is_journal(piece)), None)
        if named is None:
            continue
        years = [find_year(piece) for piece in (pieces[at], *texts) if _ISSUE_START.match(piece)]
        return collapse(named), next((year for year in years if year), None)
    return None, None


def _issue_texts(page: Page) -> list[str]:
    """The title of the page and the first lines of its top blocks, where the number of an issue may stand."""
    tops = (block.text.splitlines()[0] for block in page.blocks[:_TOP] if block.text)
    return [text for text in (*page.about, *tops) if len(text) <= _LONGEST]


def _is_journal(text: str) -> bool:
    """Whether what stands beside the number of an issue can be the name of the journal."""
    return (
        len(text) >= _SHORTEST_NAME
        and not any(letter.isdigit() for letter in text)
        and not _SITE_WORDS.search(text)
        and not is_furniture(text)
    )


def _of_title(texts: list[str]) -> tuple[str | None, int | None]:
    """The event that a page's title names with its year, as in "Benelearn 2024 | Posters"."""
    for text in texts:
        pieces = [piece.strip() for piece in _PIECES.split(text)]
        if len(pieces) < _TWO:
            continue
        for piece in (pieces[0], pieces[-1]):
            match = _EVENT_YEAR.fullmatch(piece)
            if match is not None and not _NO_EVENT.search(match.group("venue")):
                return collapse(match.group("venue")), int(match.group("year"))
    return None, None


def _first(texts: list[str]) -> tuple[str | None, int | None]:
    """The surest form first: an acronym with its year, proceedings, a numbered event, a journal's issue."""
    for text in texts:
        match = _ACRONYM_YEAR.search(text)
        if match:
            return _by_acronym(text, match)
    for text in texts:
        match = _NAMED_YEAR.search(text)
        if match and len(match.group("venue").split()) > 1 and not _PROCEEDINGS.search(text):
            return collapse(match.group("venue")).strip(" ,("), int(match.group("year"))
    found = _by_name(texts)
    if not found:
        return _bare(texts)
    dated = next((issue for issue in found if issue[1]), None)
    issued = next((int(match.group(1)) for text in texts if (match := _ISSUED.search(text))), None)
    return dated or (found[0][0], issued)


def _by_acronym(text: str, match: re.Match[str]) -> tuple[str, int]:
    """An acronym with a year, with the long name of the event where the same text gives it."""
    acronym, short = match.group("venue"), match.group("short")
    year = int(match.group("year") or 0) or (1900 if int(short) >= _CENTURY else 2000) + int(short)
    whole = _PROCEEDINGS.search(text) or _EVENT.search(text)
    if whole and whole.start() <= match.start() and whole.end() >= match.end():
        named, _ = split_venue(_cut(whole.group()))
        if named:
            return (named if acronym in named else f"{named} ({acronym})"), year
    held = _HELD_AT.match(text[: match.start()])
    if held is not None:
        return f"{collapse(held.group('name'))} @ {acronym}", year
    lead = _LONG_NAME.fullmatch(text[: match.start()])
    return (f"{lead.group(1)} ({acronym})" if lead else acronym), year


def _by_name(texts: list[str]) -> list[tuple[str, int | None]]:
    """Proceedings, events and journals that the texts name, the surer forms first."""
    found: list[tuple[str, int | None]] = []
    pieces = [piece.strip() for text in texts for piece in re.split(r"\s[|·–—]\s", text)]
    for form in (_PROCEEDINGS, _EVENT, _JOURNAL, _EAST, _NAMED):
        for text in pieces if form is _NAMED else texts:
            match = form.match(text) if form is _NAMED else form.search(text)
            named, year = split_venue(_cut(match.group())) if match else (None, None)
            short = _SHORT_FIRST.match(text) if match and match.start() else None
            named = f"{named} ({short.group(1)})" if named and short else named
            if named and (len(named.split()) >= 2 or form is _EAST):
                found.append((named, year or find_year(text)))
    return found


def _bare(texts: list[str]) -> tuple[str | None, int | None]:
    """An acronym as the first line of a page that has a choice of years ("ICLR", "Select Year: (2025)")."""
    acronym = next((text for text in texts[:3] if _BARE.fullmatch(text)), None)
    year = next((match for text in texts if (match := _CHOSEN.search(text))), None)
    return (acronym, int(year.group(1))) if acronym and year else (None, None)


def _cut(text: str) -> str:
    """The name without the place and the days behind it."""
    return collapse(
        re.split(
            r"\s[–—|-]\s|;|:\s|,\s(?=[A-Z][\w .]+,\s[A-Z])|,\s(?=\d)|,\s(?=(?:pmlr|volume|vol\.)\b)",
            text,
            maxsplit=1,
        )[0]
    )
