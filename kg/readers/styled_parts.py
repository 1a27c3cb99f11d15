"""The parts of a paper in a document of styled paragraphs: its title, byline, abstract, keywords and body.

Styles and setting are trusted first (the style "Title", the largest letters), words second ("Abstract").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.bylines import BLOCK, BREAK, CLOSE, MAIL, OPEN, Byline, read_byline
from kg.readers.institutions import is_affiliation
from kg.readers.name_lists import name_list
from kg.text import collapse
from kg.types import Authorship

__all__ = [
    "ABSTRACT",
    "FIRST",
    "REFERENCES",
    "SECTION",
    "Paragraph",
    "Placed",
    "abstract_at",
    "authors_of",
    "body_of",
    "is_abstract",
    "is_title_style",
    "keywords_of",
    "title_at",
]

ABSTRACT = re.compile(
    r"(?:\d{1,2}[.)]?\s+)?(?:abstract|summary|resumen|résumé|resumo|zusammenfassung|riassunto|摘\s?要|要旨|аннотация)"
    r"(?:\s*[:：.—–-]+\s*|\s*\n\s*|\s*\Z|\s+(?=[A-Z]))",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(
    r"(?:key\s?-?words?(?:\s*(?:and|&)\s*phrases)?|index\s+terms|palabras\s+clave|mots[- ]cl[ée]s"
    r"|schlüsselwörter|关键词|キーワード|ключевые\s+слова)\s*(?:[:：.—–-]+\s*|\n|\Z)",
    re.IGNORECASE,
)
REFERENCES = re.compile(
    r"(?:\d{1,2}\.?\s+|[ivx]{1,4}\.\s+)?(?:references|bibliography|works cited|literature cited"
    r"|literatur(?:verzeichnis)?|références|referencias|referências|参考文献|список литературы)\s*:?",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:acknowledge?ments?|funding|author contributions?|conflicts? of interest"
    r"|data availability(?: statement)?|declaration of .{0,60}|supplementary (?:material|information)s?"
    r"|ethics statement)\s*[.:]?",
    re.IGNORECASE,
)
_STRUCTURED = re.compile(
    r"(?:background|introduction|objectives?|aims?|purpose|context|motivation|problem"
    r"|materials and methods|methods?"
    r"|methodology|design|approach|results?|findings|discussion|conclusions?|significance|implications)"
    r"(?: (?:and|&) (?:aims?|objectives?|purpose|methods?|discussion|conclusions?|results?|findings))?",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:fig(?:ure|\.)|table|tab\.|scheme|algorithm|listing)\s*\d", re.IGNORECASE)
SECTION = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.)\s+\S.{1,100}|introduction|background|methods?|results|conclusions?",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:journal|proceedings|transactions|vol(?:ume)?\.?\s*\d|article|research article"
    r"|original (?:article|paper|research)|review(?: article)?|technical (?:report|note)|submitted|received"
    r"|accepted|published|doi|issn|isbn|©|copyright|https?://|draft|confidential|page\b|type of the paper"
    r"|full paper|short paper|manuscript)\b",
    re.IGNORECASE,
)
_TITLE_STYLES = (
    "title",
    "papertitle",
    "paper title",
    "mdpi_1.2_title",
    "els-title",
    "document title",
    "article title",
)
_AUTHOR_STYLES = (
    "author",
    "authors",
    "author names",
    "mdpi_1.3_authornames",
    "els-author",
    "author name",
    "byline",
)
_PLACE_STYLES = (
    "affiliation",
    "address",
    "institute",
    "institution",
    "mdpi_1.6_affiliation",
    "els-affiliation",
)
FIRST = 30
_LONGEST_TITLE = 400
_LONGEST_BYLINE = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """``text`` is what is read, ``marked`` the same with superscripts between OPEN and CLOSE and line ends as
    BREAK. ``style`` is its style's name in small letters, ``level`` 1 to 9 for headings, ``size`` in points
    (0: not told), ``row`` and ``column`` count from 1 within tables."""

    text: str
    marked: str = ""
    style: str = ""
    level: int = 0
    size: float = 0.0
    bold: bool = False
    centred: bool = False
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph and where its text starts in the document's text."""

    paragraph: Paragraph
    start: int

    @property
    def text(self) -> str:
        return self.paragraph.text


def is_title_style(paragraph: Paragraph) -> bool:
    return paragraph.style in _TITLE_STYLES


def title_at(placed: list[Placed], limit: int) -> tuple[int, int] | None:
    """First and last paragraph of the title: by its style, else the largest letters, else a heading."""
    front = placed[: max(1, min(limit, FIRST))]
    for index, one in enumerate(placed[:FIRST]):
        if is_title_style(one.paragraph) and _fits_title(one):
            end = index
            while end + 1 < len(placed) and placed[end + 1].paragraph.style in ("subtitle", *_TITLE_STYLES):
                end += 1
            return index, end
    fitting = [index for index, one in enumerate(front) if _fits_title(one)]
    if not fitting:
        return None
    sizes = {index: front[index].paragraph.size for index in fitting}
    largest = max(sizes.values())
    usual = sorted(one.paragraph.size for one in placed)[len(placed) // 2]
    if largest > usual:
        first = next(index for index in fitting if sizes[index] == largest)
        end = first
        while end + 1 in sizes and sizes[end + 1] == largest and not _looks_byline(front[end + 1].text):
            end += 1
        return first, end
    heading = next((index for index in fitting if front[index].paragraph.level == 1), None)
    strong = next((index for index in fitting[:4] if front[index].paragraph.bold), None)
    chosen = next(index for index in (heading, strong, fitting[0]) if index is not None)
    return chosen, chosen


def _fits_title(one: Placed) -> bool:
    text = one.text.strip()
    if not 8 <= len(text) <= _LONGEST_TITLE or (one.paragraph.row > 1 and one.paragraph.column > 1):
        return False
    if _FURNITURE.match(text) or MAIL.search(text) or ABSTRACT.match(text) or _KEYWORDS.match(text):
        return False
    return len(text.split()) > 1 and not SECTION.fullmatch(text) and not _looks_byline(text)


def _looks_byline(text: str) -> bool:
    found = name_list(text) if len(text) < 400 else None
    return found is not None and found.score >= (0.75 if len(found.authors) < 2 else 0.6)


def is_abstract(paragraph: Paragraph) -> bool:
    """Whether an abstract begins here, in its own style or behind the word."""
    style = paragraph.style
    if style in (
        "abstract",
        "abstracttitle",
        "abstract title",
        "mdpi_1.7abstract_at",
        "els-abstract-text",
        "els-abstract-head",
    ):
        return True
    return ABSTRACT.match(paragraph.text) is not None and (
        len(paragraph.text) > 60 or ABSTRACT.fullmatch(paragraph.text) is not None
    )


def abstract_at(placed: list[Placed], label: int) -> tuple[tuple[int, int, str] | None, int]:
    """The abstract that begins at a paragraph, as (start, end, text), and the paragraph behind it."""
    one = placed[label]
    opened = ABSTRACT.match(one.text)
    start = one.start + (opened.end() if opened else 0)
    parts = [one.text[opened.end() if opened else 0 :].strip()]
    index = label + 1
    styled = one.paragraph.style if "abstract" in one.paragraph.style and parts[0] else ""
    pending = ""  # the part of a structured abstract that the next paragraph is
    seen: list[str] = []
    while index < len(placed):
        following = placed[index]
        name = following.text.strip(" :.\n")
        above = 0 < following.paragraph.level <= one.paragraph.level
        again = name.lower() in seen or (seen and name.lower() == "introduction")
        if _STRUCTURED.fullmatch(name) and not above and not again and (seen or not any(parts)):
            seen.append(name.lower())
            pending = f"{name.capitalize() if name.isupper() else name}: "
            index += 1
            continue
        if _KEYWORDS.match(following.text) or following.paragraph.level or SECTION.fullmatch(following.text):
            break
        if any(parts) and styled and following.paragraph.style != styled:
            break
        if any(parts) and (not styled and _closes(following, placed[index - 1])):
            break
        parts.append(f"{pending}{following.text.strip()}")
        pending = ""
        index += 1
        if sum(map(len, parts)) > 6_000:
            break
    kept = [collapse(part) for part in parts if part]
    if not kept:
        return None, index
    if len(kept) == 1 and not seen:
        raw = next(part for part in parts if part)
        begin = start if parts[0] else placed[label + 1].start
        begin += (
            len(one.text[opened.end() :]) - len(one.text[opened.end() :].lstrip())
            if parts[0] and opened
            else 0
        )
        return (begin, begin + len(raw), kept[0]), index
    return (start, start, "\n\n".join(kept)), index


def _closes(one: Placed, before: Placed) -> bool:
    """Whether a paragraph cannot belong to the abstract before it."""
    text = one.text
    if one.paragraph.bold and len(text) < 120 and not text.endswith("."):
        return True
    if one.paragraph.row != before.paragraph.row or _THANKS.fullmatch(text) or REFERENCES.fullmatch(text):
        return True
    headed = len(text) < 80 and text[:1].isupper() and not text.rstrip().endswith((".", "!", "?", ":", "。"))
    return headed or (len(text) < 60 and text.isupper())


def authors_of(front: list[Placed]) -> tuple[Authorship, ...]:
    """The byline between title and abstract: by style, else the first paragraphs that are lists of names."""
    styled = [one for one in front if one.paragraph.style in _AUTHOR_STYLES]
    chosen = styled or [one for one in front if one.paragraph.style not in ("subtitle", "date")]
    blocks: list[str] = []
    if any(one.paragraph.row for one in chosen):
        cells: dict[tuple[int, int], list[str]] = {}
        for one in chosen:
            cells.setdefault((one.paragraph.row, one.paragraph.column), []).append(_marked(one))
        blocks = [BREAK.join(texts) for texts in cells.values()]
    elif styled:
        places = [
            one for one in front if one.paragraph.style in _PLACE_STYLES or _marked(one).startswith(OPEN)
        ]
        places = [one for one in places if one not in styled]
        blocks = [_marked(one) for one in styled] + [
            _marked(one) for one in places if _marked(one).startswith(OPEN)
        ]
        if places and not any(_marked(one).startswith(OPEN) for one in places) and len(styled) == 1:
            blocks = [BREAK.join([*blocks, *(_marked(one) for one in places)])]
    else:
        begun = False
        lines: list[str] = []
        for one in chosen:
            text = one.text
            if not begun and not _looks_byline(_first_line(text)):
                continue
            if (
                len(text) > _LONGEST_BYLINE
                or _KEYWORDS.match(text)
                or (len(text) > 250 and not is_affiliation(text))
            ):
                break
            begun = True
            lines.append(_marked(one))
        blocks = [BREAK.join(lines)] if lines else []
    byline = Byline()
    read_byline(byline, BLOCK.join(blocks))
    return byline.authors()


def _first_line(text: str) -> str:
    return re.sub(r"(?<=[^\W\d_])[\d*†‡,]+(?=[\s,;]|\Z)", ",", text.split("\n", maxsplit=1)[0]).strip(" ,;")


def _marked(one: Placed) -> str:
    """The paragraph as a byline's text; bare digits behind names count as marks where none is set."""
    text = one.paragraph.marked or one.text
    text = text.replace("\n", BREAK)
    if OPEN not in text:
        text = re.sub(r"(?<=[^\W\d_])(\d(?:,\d)*\*?)(?=[,;\s]|\Z)", rf"{OPEN}\1{CLOSE}", text)
        text = re.sub(rf"(\A|{BREAK})(\d)\s?(?=[A-Z])", rf"\1{OPEN}\2{CLOSE}", text)
    return text


def keywords_of(placed: list[Placed]) -> tuple[str, ...]:
    for index, one in enumerate(placed):
        match = _KEYWORDS.match(one.text)
        if match:
            rest = one.text[match.end() :].strip()
            if not rest and index + 1 < len(placed):
                rest = placed[index + 1].text
            words = [collapse(word).strip(" .") for word in re.split(r"\s*[;·•\n；、]\s*|,\s+|，", rest)]
            return tuple(dict.fromkeys(word for word in words if 0 < len(word) < 100))
    return ()


def body_of(placed: list[Placed]) -> tuple[str | None, list[Placed]]:
    """The running text, and the paragraphs of the reference list."""
    parts: list[str] = []
    listed: list[Placed] = []
    where = "text"
    labelled = False
    for one in placed:
        text, paragraph = one.text.strip(), one.paragraph
        listed_words, labelled = labelled, _KEYWORDS.fullmatch(text) is not None
        if listed_words or labelled:
            continue
        short = len(text) < 120
        headed = short and (
            paragraph.level > 0 or paragraph.bold or text.isupper() or SECTION.fullmatch(text)
        )
        if paragraph.row:
            continue
        if short and REFERENCES.fullmatch(text):
            where = "references"
        elif short and _THANKS.fullmatch(text):
            where = "thanks"
        elif headed and where != "references" and not _KEYWORDS.match(text):
            where = "text"
            parts.append(collapse(text))
        elif where == "references":
            if paragraph.level and headed:
                where = "text"
            else:
                listed.append(one)
        elif where == "text" and not (
            "caption" in paragraph.style
            or (_CAPTION.match(text) and len(text) < 600)
            or _KEYWORDS.match(text)
        ):
            parts.append(collapse(text))
    return "\n\n".join(parts) or None, listed
