"""What the fields of a bibliographic record say, whatever the format calls them -> Paper.

BibTeX, tagged files and tables all end here, so that titles, dates, identifiers and venues come out alike.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.entities import html5
from urllib.parse import unquote

from kg.readers.fields import find_arxiv_id, find_date, find_urls
from kg.text import collapse
from kg.types import Authorship, Paper, Reference

__all__ = [
    "MAX_NOTES",
    "Citation",
    "bounded_notes",
    "clean_doi",
    "is_front_matter",
    "left_out",
    "paper_from_citation",
    "plain_block",
    "plain_line",
    "split_keywords",
    "venue_name",
    "when",
]

MAX_NOTES = 20
_LONGEST_VENUE = 800
_INLINE = (
    "italic|i|b|bold|em|strong|sub|sup|inf|scp?|span|u|tt|font|a|monospace|xref|ext-link|inline-formula|"
    "tex-math"
)
_BLOCK = "p|sec|title|div|br|li|ul|ol|h[1-6]|abstract|label|list|list-item"
_TAG = re.compile(
    rf"</?(?:[a-z]{{2,6}}:)?(?:({_BLOCK})|{_INLINE})\b[^<>]{{0,300}}>|</?(?:mml:|m:)?math\b[^<>]{{0,300}}>|</?mml:[^<>]{{1,300}}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_PARAGRAPH = re.compile(r"(?:[ \t\r]*\n){2,}[ \t]*|\x0b|\u2029")
_LABEL = re.compile(
    r"\A\W{0,3}(?:(?:abstract|summary|résumé|zusammenfassung|resumen|riassunto|resumo|аннотация|摘\s?要|초록|要旨)"
    r"\s*(?:[.:：]+\s*|\s*[—–]\s*|-\s*(?=[A-Z])|\n\s*|\]\s*)|(?-i:ABSTRACT)\s+(?=\S)|(?-i:Abstract(?=[A-Z][a-z]))"
    r"|(?-i:Abstract)\s+(?!(?:interpretation|syntax|argumentation|algebra|machines?|data|reasoning|state)\b)"
    r"(?=(?-i:[A-Z][a-z]*[\s,]+[a-z0-9]|[A-Z]{4,}|Background|Objectives?|Aims?|Purpose|Introduction)))",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(
    r"\W*+(?:(?:no abstract(?: is| was)?(?: available| provided| entered)?|(?:abstract )?not available"
    r"|abstract unavailable|n\.?/?a\.?|none|null|nan|no title(?: available)?|untitled)\W*+)?\Z",
    re.IGNORECASE,
)  # fmt: skip
_NO_STOP = re.compile(
    r"(?:\b(?:al|vs|etc|inc|jr|sr|dr|st|vol|eds?|co|ltd|corp)|\.\w{1,3}|\.)\.\Z", re.IGNORECASE
)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,9}/\S{1,400}")
_DOI_LINK = re.compile(r"doi\.org/|/doi/(?:abs/|full/|pdf/|epdf/|book/)?(?=10\.)", re.IGNORECASE)
_DOI_TAIL = re.compile(r"(?:/(?:full|pdf|abstract|epdf|summary|meta))?(?:[?#].*)?\Z")
_OLD_ARXIV = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?=v\d+\Z|\Z)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(3[01]|[12]\d|0[1-9])?(?!\d)")
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_YEAR_FIRST = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)[\s,/-]{{1,3}}({_MONTH})[a-z]{{0,6}}\.?[\s/-]{{1,2}}(3[01]|[12]\d|0?[1-9])(?![\d–-])",
    re.IGNORECASE,
)
_DASHED = re.compile(
    rf"(?<!\d)(3[01]|[12]\d|0?[1-9])-({_MONTH})[a-z]{{0,6}}-((?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_MONTHS = {name: number for number, name in enumerate(_MONTH.split("|"), 1)}
_ANY_YEAR = r"(?:19[5-9]\d|20\d\d)"
_VENUE_YEAR = re.compile(rf"(?<![\d.,/])(?<!\d[-–]){_ANY_YEAR}(?![\d%x×]|[-–/]\d)")
_VENUE_YEAR_FIRST = re.compile(
    rf"\A(?:{_ANY_YEAR}|\({_ANY_YEAR}\)|\[{_ANY_YEAR}\])(?:\s*[,:–-]\s+|\s+)(?=\S)"
)
_VENUE_YEAR_LAST = re.compile(
    rf"[\s,;:–—-]*(?:(?<![\w.,/])(?<!\d[-–])(?<!the ){_ANY_YEAR}|\({_ANY_YEAR}\)|\[{_ANY_YEAR}\]|"
    r"(?<=[\s\w])['’`]\s?\d\d)\.?(?:\s+\(?(?:poster|oral|spotlight|talk|highlight|conference|"
    r"(?:notable[ -])?top[ -]\d+%|main(?: track)?|accept\w*)\)?){0,3}\Z",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(
    r"\W*(?:(?:half[ -]?)?title pages?(?: [ivx]+)?|copyright(?: notice| page)?|(?:table of )?contents|toc|"
    r"(?:front|back) (?:cover|matter)|cover(?: \d| page)?|inside (?:front|back) cover|"
    r"(?:author|subject|keyword)s?['’]? index|(?:list of )?(?:reviewers|referees|sponsors|committees?)|"
    r"(?:organi[sz]ing|program(?:me)?|steering|technical program(?:me)?) committees?|editorial board|"
    r"masthead|blank page|spine|colophon|conference (?:organi[sz]ation|committees?|information)|"
    r"call for papers|\w[\w .-]{0,60} (?:publication information|society information|"
    r"information for authors)|publication information)\W*",
    re.IGNORECASE,
)
_ADDRESSES = ("://", "www.", ".com/", ".org/", ".co/")
_COMMA = re.compile(r"[\s)]*,")
_VENUE_DATE = re.compile(
    rf"[\s,(]+(?:\d{{1,2}}(?:\s?[-–]+\s?\d{{1,2}})?\s)?(?:{_MONTH})[a-z]{{0,6}}\.?(?:\s+\d{{1,2}})?"
    rf"(?:\s?[-–]+\s?(?:(?:{_MONTH})[a-z]{{0,6}}\.?\s+)?\d{{1,2}})?[\s,)]*\Z",
    re.IGNORECASE,
)
_VENUE_ARXIV = re.compile(
    r"\s*(?:\(?arXiv\s*:\s*\S+(?:\s*\[[^\]]{0,60}\])?\)?|\babs/\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"\.\s.*\b[A-Z][a-z]{0,6}\.\Z")  # "Phys. Rev. Lett." and not "In Proc. ISCA."
_LANGUAGE = re.compile(r"[^\W\d_][^\n;,|]{1,30}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The fields of a record as printed, but for LaTeX, which is text already.

    ``dates`` come best first; ``arxiv`` is known to be an arXiv identifier; ``links`` are addresses,
    ``hints`` other texts that may name an identifier (a note, a journal reference).
    """

    title: str = ""
    abstract: str = ""
    authors: tuple[Authorship, ...] = ()
    venue: str = ""
    dates: tuple[str, ...] = ()
    doi: str = ""
    arxiv: str = ""
    links: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    references: tuple[Reference, ...] = ()


def paper_from_citation(citation: Citation, text: str = "", start: int = 0, end: int = 0) -> Paper | None:
    """The paper of a record; None where it has neither title nor abstract.

    ``text[start:end]`` is the record in the document: where it holds title or abstract letter by letter, the
    paper gets their offsets.
    """
    title, abstract = _title(citation.title), _abstract(citation.abstract)
    if title is None and abstract is None:
        return None
    year, date = when(citation.dates)
    links = [address for link in citation.links for address in find_urls(link.replace("\\_", "_"))]
    doi = clean_doi(citation.doi) or _doi_of_links(links) or _doi_of_hints(citation.hints)
    title_at, abstract_at = _found(text, title, start, end), _found(text, abstract, start, end)
    return Paper(
        paper_id="",
        document_id="",
        position=0,
        title=title,
        authors=citation.authors,
        venue=venue_name(citation.venue),
        year=year,
        date=date,
        doi=doi,
        arxiv_id=_arxiv(citation, doi, links),
        url=links[0] if links else None,
        urls=tuple(dict.fromkeys((*links, *_shown(abstract or "")))),
        categories=citation.categories,
        keywords=citation.keywords,
        language=citation.language.strip() if _LANGUAGE.match(citation.language.strip()) else None,
        abstract=abstract,
        references=citation.references,
        title_start=title_at[0],
        title_end=title_at[1],
        abstract_start=abstract_at[0],
        abstract_end=abstract_at[1],
    )


def _shown(text: str) -> tuple[str, ...]:
    """The addresses in a text; most have none, which is seen at a glance."""
    return find_urls(text) if any(sign in text for sign in _ADDRESSES) else ()


def bounded_notes(faults: Sequence[tuple[int, str]], text: str) -> tuple[str, ...]:
    """(offset, what is wrong there) -> "line 41: what is wrong", the first twenty of them."""
    notes, line, at = [], 1, 0
    for offset, problem in faults[:MAX_NOTES]:
        line, at = line + text.count("\n", at, offset), max(at, offset)
        notes.append(f"line {line}: {problem}")
    return (*notes, *([f"and {len(faults) - len(notes)} more"] if len(faults) > len(notes) else []))


def left_out(kinds: Iterable[str]) -> tuple[str, ...]:
    """A note on the records that are no literature, by what they are.

    >>> left_out(["patent", "dataset", "patent"])
    ('left out, being no papers: 1 dataset, 2 patent',)
    """
    listed = sorted(kinds)
    if not listed:
        return ()
    counted = ", ".join(f"{listed.count(kind)} {kind}" for kind in dict.fromkeys(listed))
    return (f"left out, being no papers: {counted}",)


def plain_line(text: str) -> str:
    """A text on one line, without tags and entities.

    >>> plain_line("CO<sub>2</sub> &amp; <i>E. coli</i> if a < b")
    'CO2 & E. coli if a < b'
    """
    return collapse(_unmarked(text))


def plain_block(text: str) -> str:
    """A text in paragraphs, an empty line between them; single line breaks are the width of a page."""
    text = _unmarked(text)
    if "\n" not in text and "\x0b" not in text and "\u2029" not in text:
        return collapse(text)
    paragraphs = (collapse(part) for part in _PARAGRAPH.split(text))
    return "\n\n".join(part for part in paragraphs if part)


def clean_doi(text: str) -> str | None:
    """The DOI in a field that holds one, in lower case; brackets and angles may be part of it.

    >>> clean_doi("https://doi.org/10.1002/(SICI)1096-987X(199803)19:4<377::AID-JCC1>3.0.CO;2-P.")
    '10.1002/(sici)1096-987x(199803)19:4<377::aid-jcc1>3.0.co;2-p'
    """
    text = html.unescape(text) if "&" in text else text
    match = _DOI.search(unquote(text) if "%2" in text else text)
    if match is None:
        return None
    doi = match.group().rstrip(".,;:'\"]}")
    while doi.endswith((")", ">")) and doi.count("(") + doi.count("<") < doi.count(")") + doi.count(">"):
        doi = doi[:-1].rstrip(".,;")
    return doi.lower()


def split_keywords(text: str) -> tuple[str, ...]:
    """Keywords of a text that lists them by semicolons, lines, or else by commas.

    >>> split_keywords("pruning; *sparse training, dense inference")
    ('pruning', 'sparse training, dense inference')
    """
    parts = (
        re.split(r"\s*[;；\n|]\s*", text.strip())
        if re.search(r"[;；\n|]", text)
        else re.split(r"\s*[,，、]\s*", text)
    )
    words = (collapse(part).strip(" *.,") for part in parts)
    return tuple(dict.fromkeys(word for word in words if word))


def venue_name(text: str) -> str | None:
    """The name of a venue without year, dates and arXiv numbers.

    >>> venue_name("Advances in X 30: Annual Conference 2017, December 4-9, 2017, Long Beach, CA, {USA}")
    'Advances in X 30: Annual Conference'
    >>> venue_name("2019 Conference on Y - Y '19"), venue_name("arXiv:2005.14165 [cs]")
    ('Conference on Y - Y', 'arXiv')

    A year in the middle stays, as printed: ``kg.text.venue_key`` passes over it.

    >>> venue_name("Proceedings of the 2019 Conference on Y (Y 2019)")
    'Proceedings of the 2019 Conference on Y (Y 2019)'
    """
    whole = plain_line(text).strip(" ,;:")
    whole = whole if _ABBREVIATED.search(whole) else whole.strip(".")
    if not whole or whole.isdigit() or _NO_TEXT.match(whole):
        return None
    if len(whole) > _LONGEST_VENUE:
        return whole
    name = _VENUE_ARXIV.sub("", whole) if "rxiv" in whole.lower() or "abs/" in whole else whole
    if not name.strip():
        return "arXiv"
    name = _VENUE_YEAR_FIRST.sub("", name)
    match = next(
        (one for one in _VENUE_YEAR.finditer(name) if one.start() > 3 and _COMMA.match(name, one.end())), None
    )
    if match:  # place and days stand behind it
        inside = name.count("(", 0, match.start()) > name.count(")", 0, match.start())
        name = f"{name[: match.end()]})" if inside else name[: match.start()]
    for _ in range(2):  # "May 2019", "2019 May"
        name = _VENUE_DATE.sub("", _VENUE_YEAR_LAST.sub("", name.rstrip(" ,;:")))
    if name == whole:
        return whole.strip(" ,;:-–—'’") or whole
    name = re.sub(r"\(\s*\)|\[\s*\]", " ", name)
    name = re.sub(r"\s+([,.;:)])", r"\1", re.sub(r"([(\[])\s+", r"\1", collapse(name)))
    return name.strip(" ,;:-–—'’") or whole


def when(texts: Iterable[str]) -> tuple[int | None, str | None]:
    """The year and, where one is complete, the date (YYYY-MM-DD) of texts, of which the first counts most.

    >>> when(["2019//"]), when(["2018 Mar 1"]), when(["SEP 2018", "20180905"])
    ((2019, None), (2018, '2018-03-01'), (2018, '2018-09-05'))
    """
    year: int | None = None
    date: str | None = None
    for text in texts:
        found = _complete(text)
        if found and date is None and (year is None or abs(year - int(found[:4])) <= 1):
            date = found
        if year is None:
            match = None if found else _YEAR.search(text)
            compact = None if found or match else _COMPACT.search(text)
            year = (
                int(found[:4])
                if found
                else int(match.group())
                if match
                else int(compact[1])
                if compact
                else None
            )
    return year, date


def _complete(text: str) -> str | None:
    """The first complete and possible date of a text."""
    if len(text) < 8:
        return None
    compact = _COMPACT.search(text)
    words = _YEAR_FIRST.search(text)
    dashed = _DASHED.search(text)
    if compact and compact[3]:
        parts = int(compact[1]), int(compact[2]), int(compact[3])
    elif words:
        parts = int(words[1]), _MONTHS[words[2].lower()], int(words[3])
    elif dashed:
        parts = int(dashed[3]), _MONTHS[dashed[2].lower()], int(dashed[1])
    else:
        found = find_date(text)
        if found is None:
            return None
        parts = int(found[:4]), int(found[5:7]), int(found[8:])
    try:
        return datetime.date(*parts).isoformat()
    except ValueError:
        return None


def _unmarked(text: str) -> str:
    """The text without tags and entities; block tags end a paragraph."""
    if "&" in text:
        for _ in range(2):  # &amp;lt; is what two programs in a row make of <
            text = _ENTITY.sub(_character, text)
    if "<" not in text:
        return text
    return _TAG.sub(lambda match: "\n\n" if match[1] else "", text)


def _character(match: re.Match[str]) -> str:
    """The character of an entity; what is none by its whole name stays as it is."""
    entity = match.group()
    return html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)


def _title(text: str) -> str | None:
    title = plain_line(text)
    if not title or _NO_TEXT.match(title):
        return None
    title = title[:-1] if title.endswith("].") else title
    if title[0] == "[" and title[-1] == "]" and "]" not in title[:-1]:
        title = title[1:-1].strip()
    if title.endswith(".") and not _NO_STOP.search(title):
        title = title[:-1].rstrip()
    return title or None


def _abstract(text: str) -> str | None:
    marked = _unmarked(text).strip()
    if marked[:1] == "[" and marked[-1:] == "]" and "]" not in marked[:-1]:
        marked = marked[1:-1]
    abstract = plain_block(_LABEL.sub("", marked, count=1))
    return None if not abstract or _NO_TEXT.match(abstract) else abstract


def is_front_matter(title: str) -> bool:
    """Whether a record without authors is a leaf of a volume and no paper.

    >>> is_front_matter("[Title page]"), is_front_matter("Copyright law")
    (True, False)
    """
    return _FRONT_MATTER.fullmatch(title) is not None


def _found(text: str, value: str | None, start: int, end: int) -> tuple[int, int] | tuple[None, None]:
    at = text.find(value, start, end) if value else -1
    return (at, at + len(value)) if value and at >= 0 else (None, None)


def _doi_of_links(links: Iterable[str]) -> str | None:
    return next((clean_doi(_DOI_TAIL.sub("", link)) for link in links if _DOI_LINK.search(link)), None)


def _doi_of_hints(hints: Iterable[str]) -> str | None:
    named = (
        re.search(r"\bdoi\b\s*[:=]?\s*(10\.\S+)", hint, re.IGNORECASE) for hint in hints if "10." in hint
    )
    return next((clean_doi(match[1]) for match in named if match), None)


def _arxiv(citation: Citation, doi: str | None, links: Sequence[str]) -> str | None:
    given = _OLD_ARXIV.match(re.sub(r"\A\s*arxiv\s*:\s*", "", citation.arxiv.strip(), flags=re.IGNORECASE))
    if given:
        return given.group()
    texts = (citation.arxiv, citation.venue, *links, *citation.hints, f"{doi or ''}")
    found = next((found for text in texts if "rxiv" in text.lower() and (found := find_arxiv_id(text))), None)
    if found:
        return found
    corr = re.match(r"(?:CoRR,?\s+)?abs/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", citation.venue)
    return corr[1] if corr else None
