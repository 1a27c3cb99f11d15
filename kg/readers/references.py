"""The reference list of a paper, as text -> References.

An entry begins where its label stands ("[12]", "(3)", "4.", "[LC98]"), or, in lists without labels, at a
paragraph or line that opens with a name; inside an entry the year, quotation marks and full stops tell the
byline from the title. What an entry does not say for certain stays None: a citation with half a title would
never find its paper, but one with a wrong title would find another one.
"""

from __future__ import annotations

import re

from kg.readers.fields import find_arxiv_id, find_doi, find_urls
from kg.readers.reference_names import Byline, byline_at
from kg.text import collapse
from kg.types import Reference

__all__ = ["references"]

_MAX_ENTRIES = 5000
_MAX_ENTRY = 3000
_FIRST_NAMES = 200
_BULLET = re.compile(r"\s*[•·▪*–—-]\s+(?=\S)")
_LABELS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^[ \t]*\[\s*(\d{1,4})\s*\][ \t]*",
        r"^[ \t]*\((\d{1,4})\)[ \t]*",
        r"^[ \t]*(\d{1,4})[.．、][ \t]+",
        r"^[ \t]*(\d{1,4})[ \t]+(?=[^\W\d_])",
        r"^[ \t]*【(\d{1,4})】[ \t]*",
    )
)
_TAGS = re.compile(r"^[ \t]*\[([A-Z][^\[\]\n]{1,40})\][ \t]*", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_YEAR = re.compile(r"(?<![\d.:/-])((?:18|19|20)\d\d)[a-z]?(?![\d/]|\.\d|[-–]\d{1,4}\b)")
_YEAR_NEXT = re.compile(
    r"[\s.,:]*[(\[]?\s*((?:18|19|20)\d\d)[a-z]?(?:,\s*[A-Z][a-z]{2,8}\.?(?:\s\d{1,2})?(?:[-–]\d{1,2})?)?\s*"
    r"(?:[)\]]\s*[.:,]?|[.:,])\s+"
)
_UNDATED = re.compile(r"[\s.,]*\(?(?:n\.\s?d\.|forthcoming|in press|to appear)\)?[.,:]?\s+", re.IGNORECASE)
_QUOTED = re.compile(
    r"[“„«]([^“”„«»]{6,400}?)[”“»]|``(.{6,400}?)''|(?<!\w)\"([^\"]{6,400})\"|(?<!\w)‘([^‘]{12,400}?)’(?!\w)"
)
_ADDRESS = re.compile(
    r"(?:\burl\s*:?\s*|\bavailable (?:at|from|online)\s*:?\s*|\bdoi\s*:?\s*|\[online\][.,]?\s*)*"
    r"(?:https?\s?://\s?\S+|www\.\S+|\bdoi\.org/\S+|\b10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
_ACCESSED = re.compile(r"[(\[]?\b(?:last )?(?:accessed|retrieved|visited)\b.{0,40}", re.IGNORECASE)
_MEDIUM = re.compile(r"\s*\[(?:[A-Z]{1,2}(?:/OL)?|online|Online)\]")
_SENTENCE = re.compile(
    r"(?<!\b[A-Z])(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<!\bSt)(?<!\bNo)(?<!\bvol)(?<!\bDr)(?<!\bvia)"
    r"(?:[?!]|\.)[”\"'’]?(?=\s+(?:[A-Z\"“(\[0-9À-ÞА-Я]|arXiv|bioRxiv|medRxiv|in\b|e[A-Z])|\s*\Z)"
    r"|。|\s*//|(?<=\w)\.(?=In:?\s)"
)
_COMMA_END = re.compile(
    r",\s+(?=in\s?:|in\s+(?:Proc|Adv|Int|[A-Z])|[A-Z][^,.]{0,20}\.[^,]{0,60}\d|[A-Z][^,]{2,90}?\s\d{1,4}\s*[(,:]|"
    r"(?:arXiv|CoRR|Ph\.?\s?D|Tech|Master|Proc\b|Proceedings|Journal|IEEE|ACM)\b|(?:18|19|20)\d\d\b|"
    r"[A-Z][\w ]+,\s+(?:19|20)\d\d)"
)
_NO_TITLE = re.compile(
    r"(?:in\b|in:|proc\b|proceedings|arxiv|corr\b|https?:|doi|ibid|op\. cit|phys\.|j\.\s|nature\s+\d|"
    r"science\s+\d|"
    r"ph\.?d\.? thesis|unpublished|private communication|see\s|vol\b|pp\b|press\b|[A-Z]{1,5}\s\d{1,4}\s*\()",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*(?:,|;|and\s|&\s)|\s+/?[A-Z]")
_LIST_END = re.compile(r"(?<![\s.][A-Z])\.\s|\s?\((?:19|20)\d\d|:\s")
_NAME_PARTS = re.compile(r"\s*[,;]\s*(?:(?:and|&)\s)?|\s(?:and|&)\s")
_NAME_PIECE = re.compile(
    r"/?[^\W\da-z_][^\s\d]*(?:\s(?:[^\W\da-z_][^\s\d]*|van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|el|al|bin|ibn))"
    r"{1,4}"
)
_VENUE_WORD = re.compile(
    r"\A(?:in|arxiv|corr|proc|advances|nature|science)\b|\b(?:journal|transactions|proceedings|conference|letters|review|"
    r"ieee|acm|trans|press)\b",
    re.IGNORECASE,
)
_JOURNAL_ONLY = re.compile(r"(?:[A-Z][\w&-]*\.?\s+){1,7}(?:[A-Z]\s)?\d{1,4}\s*[,(:]")
_INITIAL_LEFT = re.compile(r"\A[\s.,;:)\]]+")


def references(text: str, start: int = 0) -> tuple[Reference, ...]:
    """The entries of a reference list, in its order; ``start`` is where ``text`` begins in the document.

    ``text`` is what stands below the heading "References": lines or paragraphs, entries parted by line ends
    or empty lines, line-end hyphens joined. Offsets of an entry are those of its text in the document.
    """
    found = []
    for begin, body, end in _entries(text)[:_MAX_ENTRIES]:
        reference = _reference(text[body : min(end, body + _MAX_ENTRY)], start + begin, start + end)
        if reference is not None:
            found.append(reference)
    return tuple(found)


def _entries(text: str) -> list[tuple[int, int, int]]:
    """(start, start behind the label, end) of every entry."""
    starts = _labelled(text)
    if starts is None:
        starts = [(begin, begin) for begin in _unlabelled(text)]
    entries = []
    edges = [begin for begin, _ in starts[1:]] + [len(text)]
    for (first, behind), edge in zip(starts, edges, strict=True):
        raw = text[first:edge]
        end = first + len(raw.rstrip())
        begin = first + len(raw) - len(raw.lstrip())
        bullet = _BULLET.match(text, max(behind, begin))
        body = bullet.end() if bullet else max(behind, begin)
        if end > body:
            entries.append((begin, body, end))
    return entries


def _labelled(text: str) -> list[tuple[int, int]] | None:
    """Where labels stand and end; numbers must grow from one to the next."""
    for pattern in _LABELS:
        matches: list[re.Match[str]] = []
        last = 0
        for match in pattern.finditer(text):
            number = int(match.group(1))
            if last < number <= last + 3 or (not matches and number < 2000):
                matches.append(match)
                last = number
        lines = max(1, text.count("\n") + 1)
        if matches and (len(matches) > 1 or lines < 6) and matches[0].start() < 400:
            return [(match.start(), match.end()) for match in matches]
    tags = list(_TAGS.finditer(text))
    if len(tags) > 1 and tags[0].start() < 200:
        return [(match.start(), match.end()) for match in tags]
    return None


def _unlabelled(text: str) -> list[int]:
    """Paragraphs where empty lines part them; else lines, each with those that only continue it."""
    paragraphs = [0, *(match.end() for match in _PARAGRAPH.finditer(text))]
    if len(paragraphs) > 1:
        return paragraphs
    starts = [0]
    position = 0
    lines = text.splitlines(keepends=True)
    complete = sum(1 for line in lines if _YEAR.search(line)) * 4 >= 3 * len(lines)
    for number, line in enumerate(lines):
        if number:
            ended = (
                lines[number - 1].rstrip().endswith((".", ")", "]"))
                or lines[number - 1].rstrip()[-1:].isdigit()
            )
            opens = byline_at(line[:_FIRST_NAMES].strip()) is not None
            if complete or (ended and opens):
                starts.append(position)
        position += len(line)
    return starts


def _reference(entry: str, begin: int, end: int) -> Reference | None:
    """What an entry says; None where it says nothing of a work."""
    flat = collapse(entry)
    if sum(c.isalpha() for c in flat) < 8:
        return None
    tight = re.sub(r"(?<=[/.])\s(?=\d|\w+/)", "", flat) if "doi" in flat.lower() or "http" in flat else flat
    doi = find_doi(flat) or find_doi(tight)
    arxiv = find_arxiv_id(flat)
    url = next((u for u in find_urls(flat) if "doi.org" not in u and "arxiv.org" not in u), None)
    plain = collapse(_ACCESSED.sub(" ", _ADDRESS.sub(" ", flat)))
    byline = _whole_list(plain, byline_at(plain))
    title, near_year, names = _title_and_byline(plain, byline)
    return Reference(
        title=title,
        authors=names,
        year=near_year or _year(plain, title),
        doi=doi,
        arxiv_id=arxiv,
        url=url,
        start=begin,
        end=end,
    )


def _title_and_byline(text: str, byline: Byline | None) -> tuple[str | None, int | None, tuple[str, ...]]:
    """The title, the year where it stands between byline and title, and the names."""
    names = byline.names if byline else ()
    position = byline.end if byline else 0
    quoted = _QUOTED.search(text)
    if quoted and (byline is None or quoted.start() < position + 60):
        title = _clean(next(group for group in quoted.groups() if group))
        return title, None, names or _corporate(text[: quoted.start()])
    dated = _YEAR_NEXT.match(text, position) or _UNDATED.match(text, position)
    if dated is None and byline is None:
        dated, names = _after_corporate(text)
        position = dated.end() if dated else 0
    if dated is not None:
        year = int(dated.group(1)) if dated.re is _YEAR_NEXT else None
        return _until_sentence(text[dated.end() :]), year, names
    if byline is None:
        return None, None, ()
    rest = text[position:]
    mark = rest.lstrip()[:1]
    rest = _INITIAL_LEFT.sub("", rest)
    if _JOURNAL_ONLY.match(rest):
        return None, None, names
    if mark == "," or (mark not in {":", "."} and not text[:position].endswith(".")):
        return _until_comma(rest), None, names
    return _until_sentence(rest), None, names


def _whole_list(text: str, byline: Byline | None) -> Byline | None:
    """The byline with the names behind one that was not known for a name, up to the full stop or the year."""
    if byline is None or not _GOES_ON.match(text, byline.end):
        return byline
    stop = _LIST_END.search(text, byline.end)
    if stop is None:
        return byline
    pieces = [piece.strip() for piece in _NAME_PARTS.split(text[byline.end : stop.start()]) if piece.strip()]
    if not pieces or any(not _NAME_PIECE.fullmatch(piece) for piece in pieces):
        return byline
    return Byline((*byline.names, *pieces), stop.start(), byline.initials)


def _after_corporate(text: str) -> tuple[re.Match[str] | None, tuple[str, ...]]:
    """ "OpenAI. 2023. GPT-4 technical report": an author that is no person, before the year."""
    year = _YEAR.search(text[:120])
    if year is None:
        return None, ()
    head = text[: year.start()].rstrip(" (.,[")
    dated = _YEAR_NEXT.match(text, len(head))
    if dated is None or not 0 < len(head.split()) <= 8 or ". " in head:
        return None, ()
    return dated, (head,)


def _corporate(text: str) -> tuple[str, ...]:
    head = text.strip(" ,.:;")
    return (head,) if 0 < len(head.split()) <= 6 and head[:1].isupper() and not _YEAR.search(head) else ()


def _until_sentence(text: str) -> str | None:
    medium = _MEDIUM.search(text, 4)
    match = _SENTENCE.search(text, 4)
    if match is not None and text[match.start()] in "?!":
        match = _after_question(text, match)
    if medium and (match is None or medium.start() < match.start()):
        return _clean(text[: medium.start()])
    end = len(text) if match is None else match.end() if text[match.start()] in "?!" else match.start()
    return _clean(text[:end])


def _after_question(text: str, mark: re.Match[str]) -> re.Match[str]:
    """The end of a title that goes on behind a question ("Better safe than sorry? Overreaction of "
    "models")."""
    following = _SENTENCE.search(text, mark.end() + 2)
    if following is None or not text[following.end() :].strip():
        return mark
    between = text[mark.end() : following.start()].strip()
    if any(c.isdigit() for c in between) or _VENUE_WORD.search(between) or len(between.split()) < 2:
        return mark
    return following


def _until_comma(text: str) -> str | None:
    """The title of an entry in which commas part everything."""
    match = _COMMA_END.search(text)
    stop = _SENTENCE.search(text, 4)
    if match and (stop is None or match.start() < stop.start()):
        return _clean(text[: match.start()])
    return _clean(text[: stop.start()]) if stop else None


def _clean(title: str) -> str | None:
    """A title without the marks around it; None for what can be none."""
    title = _MEDIUM.sub("", collapse(title)).strip(" ,.;:“”\"'")
    letters = sum(c.isalpha() for c in title)
    if letters < 5 or len(title) > 400 or _NO_TITLE.match(title):
        return None
    return title if " " in title or letters > 7 or title[:1] > "\u2fff" else None


def _year(text: str, title: str | None) -> int | None:
    """The last year of an entry that does not stand in its title."""
    rest = text.replace(title, " ", 1) if title else text
    rest = re.sub(r"arXiv[:\s.]*\d{4}\.\d{4,5}", " ", rest, flags=re.IGNORECASE)
    bracketed = re.findall(r"\(\s*(?:[A-Z][a-z]{2,8}\.?\s+)?((?:18|19|20)\d\d)[a-z]?\s*\)", rest)
    years = bracketed or [match.group(1) for match in _YEAR.finditer(rest)]
    return int(years[-1]) if years else None
