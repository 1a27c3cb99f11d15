"""The first pages of a PDF -> what they say of the paper: title, authors, abstract, keywords, as lines.

The title is the largest text above the abstract that is not the publisher's; the block between title and
abstract holds the authors, and is read by place and not in reading order, because it often lies over both
columns of a page whose text has begun below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.readers.pdf_cues import (
    CONTENTS,
    HEADING,
    INTRODUCTION,
    REFERENCES,
    abstract_label,
    is_address,
    is_banner,
    is_caption,
    is_heading,
    is_notice,
    keywords_label,
)
from kg.readers.pdf_layout import Line, reading_order
from kg.readers.pdf_lines import Piece
from kg.readers.pdf_names import authors_of
from kg.readers.pdf_pages import Page
from kg.text import fold
from kg.types import Authorship

__all__ = ["Front", "find_front"]

_FIRST_PAGES = 14
_LONGEST_TITLE = 400
_MAX_GROUPS = 80
_MAX_ABSTRACT_LINES = 160
_MAX_KEYWORD_LINES = 8
_MAX_LETTER_LINES = 30
_CODE = re.compile(r"[A-Z]{0,12}[\s-]?\d[\w./-]*|[A-Z]{2,12}\d*-[\w-]+")
_STOP = re.compile(r"[.!?。！？][”\"')\]]{0,2}\Z")
_ABOVE_NAME = re.compile(r"contents lists? available", re.IGNORECASE)
_BELOW_NAME = re.compile(r"\A\W*journal home ?page", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\A(?:microsoft (?:word|powerpoint)\b|untitled|document\d*\b|title\b|template|paper\b|main\b|manuscript|"
    r"slide \d|presentation|\(anonymous\)|no title|template for|pii:)|\.(?:docx?|tex|dvi|pdf|indd|qxd|"
    r"pptx?|odt|rtf|ps)\b|[\\/]\w+\.",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Front:
    """Lines as (first, last + 1) in ``lines``, the lines of the whole document; ``body`` is the first line of
    the text behind title, authors, abstract and keywords."""

    lines: list[Line]
    pages: list[int]
    title: tuple[int, int] | None = None
    abstract: tuple[int, int] | None = None
    abstract_label: int = 0
    authors: tuple[Authorship, ...] = ()
    keywords: tuple[int, int] | None = None
    body: int = 0
    banner: list[str] = field(default_factory=list)


def find_front(pages: list[Page], text_size: float, given_title: str | None) -> Front:
    """The front matter of a document whose text is printed in ``text_size`` points. ``given_title`` is that
    of the document's properties; it helps where it agrees with what is printed."""
    label = _find_label(pages)
    first = _title_page(pages)
    page = pages[first] if pages else Page([], [], 0.0, 0.0)
    edge = _upper_edge(page, label[1] if label and label[0] == first else None)
    if edge is not None and page.lines:
        page = _cut(page, edge)
        pages = [page if number == first else other for number, other in enumerate(pages)]
        label = _find_label(pages)
    front = Front([], [])
    for number, sheet in enumerate(pages):
        front.lines += sheet.lines
        front.pages += [number] * len(sheet.lines)
    if not page.lines:
        return front
    start = sum(len(sheet.lines) for sheet in pages[:first])
    block = [line for line in page.lines if edge is None or line.piece.y >= edge]
    title = _title(block, text_size, given_title)
    at = start
    if title:
        _bring_together(front.lines, title, start)
        places = [number for number, line in enumerate(front.lines) if any(line is item for item in title)]
        front.title = (min(places), max(places) + 1)
        at = front.title[1]
        lowest, highest = title[-1].piece.y, title[0].piece.y
        below = [part for line in block for part in line.parts if part.y < lowest - 0.1]
        front.authors = authors_of(_above_prose(below, page.width))
        front.banner = [line.piece.text for line in page.lines if line.piece.y > highest]
    label_at = None if label is None else sum(len(sheet.lines) for sheet in pages[: label[0]]) + label[1]
    _find_abstract(front, label_at, at)
    return front


def _bring_together(lines: list[Line], title: list[Line], start: int) -> None:
    """Puts the lines of the title behind each other, where a column was taken to begin among them."""
    places = [
        number for number, line in enumerate(lines[start:], start) if any(line is item for item in title)
    ]
    if places[-1] - places[0] + 1 == len(title):
        return
    rest = [line for line in lines[places[0] : places[-1] + 1] if not any(line is item for item in title)]
    lines[places[0] : places[-1] + 1] = title + rest


def _title_page(pages: list[Page]) -> int:
    """The first page with text."""
    return next((number for number, page in enumerate(pages[:_FIRST_PAGES]) if page.lines), 0)


def _find_label(pages: list[Page]) -> tuple[int, int] | None:
    """The page and line of the label "Abstract"; the text's beginning ends the search."""
    for number, page in enumerate(pages[:_FIRST_PAGES]):
        for index, line in enumerate(page.lines):
            if abstract_label(line.piece.text, bold_first=_bold_first(line)) is not None:
                return number, index
            if INTRODUCTION.fullmatch(line.piece.text) and number > 0 and line.piece.size > 0:
                return None
            if REFERENCES.fullmatch(line.piece.text):
                return None
    return None


def _bold_first(line: Line) -> bool:
    words = line.piece.words
    return len(words) > 1 and words[0].bold and not words[1].bold


def _upper_edge(page: Page, index: int | None) -> float | None:
    """The height above which the page holds title and authors only."""
    if index is None:
        for line in page.lines:
            if INTRODUCTION.fullmatch(line.piece.text):
                return line.piece.y + 0.9 * line.piece.size if line.piece.x0 < 0.5 * page.width else None
        return None
    line = page.lines[index]
    return line.piece.y + 0.9 * line.piece.size


def _cut(page: Page, edge: float) -> Page:
    """The page with all that stands above ``edge`` before the rest."""
    above: list[Piece] = []
    below: list[Piece] = []
    for line in page.lines:
        for part in line.parts:
            (above if part.y >= edge else below).append(part)
    lines = reading_order(above, page.width)
    last = lines[-1].column + 1 if lines else 0
    for line in reading_order(below, page.width):
        line.column += last
        lines.append(line)
    return Page(lines, page.around, page.width, page.height)


def _title(block: list[Line], text_size: float, given: str | None) -> list[Line] | None:
    """The lines of the title: the largest run of lines that is not the publisher's."""
    groups = _groups(sorted(block, key=lambda line: -line.piece.y))[:_MAX_GROUPS]
    wanted = fold(given) if given and not _FILE_NAME.search(given) else ""
    if wanted:
        for group in groups:
            said = fold(" ".join(line.piece.text for line in group))
            if len(said) > 8 and (said == wanted or _without_marks(said) == _without_marks(wanted)):
                return group
    best: tuple[float, list[Line]] | None = None
    phrase = any(
        sum(len(line.piece.text.split()) for line in group) > 3 and group[0].piece.size > 1.25 * text_size
        for group in groups
        if not is_banner(group[0].piece.text)
    )
    for place, group in enumerate(groups):
        text = " ".join(line.piece.text for line in group)
        letters = sum(c.isalpha() for c in text)
        if letters < 3 or len(text) > _LONGEST_TITLE or abstract_label(group[0].piece.text) is not None:
            continue
        size = max(line.piece.size for line in group)
        if is_caption(text) or REFERENCES.fullmatch(text) or "@" in text or _CODE.fullmatch(text):
            continue
        if CONTENTS.fullmatch(text) or _is_masthead(groups, place):
            continue
        if is_notice(text) and size < 1.15 * text_size:
            continue
        worth = size / max(text_size, 1.0) + (0.12 if group[0].piece.bold else 0.0) - 0.03 * place
        words = len(text.split())
        if is_banner(text):
            worth -= 0.45 if words > 6 else 2.0
        if words < 3:
            worth -= 1.2 if phrase else 0.25
        if authors_of([part for line in group for part in line.parts]):
            worth -= 0.5 if size < 1.15 * text_size else 0.2
        if best is None or worth > best[0]:
            best = (worth, group)
    return best[1] if best and best[0] > 0.7 else None


def _is_masthead(groups: list[list[Line]], place: int) -> bool:
    """Whether a group is the name of the journal, in the large letters that a masthead has."""
    above = groups[place - 1][-1].piece.text if place else ""
    below = groups[place + 1][0].piece.text if place + 1 < len(groups) else ""
    return _ABOVE_NAME.search(above) is not None or _BELOW_NAME.search(below) is not None


def _without_marks(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Runs of lines of one size and weight that stand close below each other."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups:
            above = groups[-1][-1].piece
            piece = line.piece
            tall = max(word.size for word in above.words), max(word.size for word in piece.words)
            near = abs(above.size - piece.size) <= 0.06 * above.size or (
                abs(tall[0] - tall[1]) <= 0.03 * tall[0] and above.text.isupper() and piece.text.isupper()
            )
            alike = near and above.bold == piece.bold
            wrapped = (
                above.x1 - above.x0 > 0.6 * (lines[0].right - lines[0].left) and above.x1 - above.x0 > 200
            )
            if alike and above.y - piece.y <= (2.7 if wrapped else 1.75) * above.size:
                groups[-1].append(line)
                continue
        groups.append([line])
    return groups


def _above_prose(parts: list[Piece], width: float) -> list[Piece]:
    """The pieces down to the first lines of running text, or to keywords and notices."""
    ordered = sorted(parts, key=lambda part: -part.y)
    for index, part in enumerate(ordered):
        ends = INTRODUCTION.fullmatch(part.text) or (is_notice(part.text) and not is_address(part.text))
        if keywords_label(part.text) is not None or ends or re.match(r"\d\.?\s+[A-Z]", part.text):
            return ordered[:index]
        following = ordered[index + 1] if index + 1 < len(ordered) else None
        if _is_prose(part, width) and following is not None and _is_prose(following, width, last=True):
            return ordered[:index]
    return ordered


def _is_prose(part: Piece, width: float, *, last: bool = False) -> bool:
    words = part.text.split()
    small = sum(1 for word in words if word[:1].islower() and word.isalpha())
    wide = part.x1 - part.x0 > 0.3 * width
    return wide and small * 2 >= len(words) and (last or len(words) > 5) and "@" not in part.text


def _find_abstract(front: Front, label: int | None, at: int) -> None:
    """Abstract, keywords, and where the text begins."""
    lines = front.lines
    if label is not None:
        cut = abstract_label(lines[label].piece.text, bold_first=_bold_first(lines[label])) or 0
        alone = cut >= len(lines[label].piece.text)
        first = label + 1 if alone else label
        front.abstract_label = 0 if alone else cut
        front.abstract = _abstract_lines(front, first)
    else:
        front.abstract = _unlabelled(front, at)
    if front.abstract and front.abstract[0] >= front.abstract[1]:
        front.abstract = None
    end = front.abstract[1] if front.abstract else label + 1 if label is not None else at
    front.body = end
    begin = front.title[1] if front.title else 0
    for index in range(begin, min(len(lines), end + 60)):
        text = lines[index].piece.text
        if keywords_label(text) is not None:
            front.keywords = (index, _keywords_end(lines, index))
            front.body = max(front.body, front.keywords[1])
            break
        if INTRODUCTION.fullmatch(text):
            break
    for index in range(end, min(len(lines), end + 80)):
        if INTRODUCTION.fullmatch(lines[index].piece.text):
            front.body = index
            break


def _abstract_lines(front: Front, first: int) -> tuple[int, int]:
    """From ``first`` to the line before the next heading, label, notice or change of print."""
    lines = front.lines
    if first >= len(lines):
        return first, first
    size = lines[first].piece.size
    bold = lines[first].piece.bold
    if first + 1 < len(lines) and lines[first + 1].column == lines[first].column:
        bold = lines[first + 1].piece.bold
        size = lines[first + 1].piece.size if abs(lines[first + 1].piece.size - size) < 2 else size
    index = first
    while index < len(lines) and index - first < _MAX_ABSTRACT_LINES:
        piece = lines[index].piece
        text = piece.text
        if index > first or front.abstract_label == 0:
            stands_out = (piece.bold and not bold) or piece.size > 1.1 * size
            if keywords_label(text) is not None or INTRODUCTION.fullmatch(text) or REFERENCES.fullmatch(text):
                break
            goes_on = index > first and not _STOP.search(lines[index - 1].piece.text)
            if (is_notice(text) and not goes_on) or (
                index > first and abstract_label(text, bold_first=_bold_first(lines[index]))
            ):
                break
            if stands_out and is_heading(text, stands_out=True) and not _is_part_label(text):
                break
            if is_caption(text):
                break
        if index > first:
            above = lines[index - 1]
            if bold and not piece.bold and above.piece.bold and _STOP.search(above.piece.text):
                break
            if abs(piece.size - size) > 0.07 * size and abs(above.piece.size - size) <= 0.07 * size:
                break
            if _STOP.search(above.piece.text) and _is_elsewhere(above, lines[index]):
                break
        index += 1
    return first, index


def _is_part_label(text: str) -> bool:
    """The labels inside a structured abstract ("Background: ...")."""
    return (
        re.match(
            r"(?:background|objectives?|aims?|purpose|methods?|results?|conclusions?|findings|design|setting|"
            r"introduction|significance|materials and methods|main outcome|interpretation|discussion|"
            r"importance)"
            r"\b.{0,25}?(?:[:.—–-]|\Z)",
            text,
            re.IGNORECASE,
        )
        is not None
    )


def _is_elsewhere(above: Line, below: Line) -> bool:
    """Whether a line stands far below the one before it, or in a column of another width."""
    if above.column == below.column:
        return above.piece.y - below.piece.y > 2.6 * above.piece.size
    wide, narrow = above.right - above.left, below.right - below.left
    return abs(wide - narrow) > 0.15 * max(wide, narrow) or below.piece.y < above.piece.y


def _unlabelled(front: Front, at: int) -> tuple[int, int] | None:
    """The paragraph before the first heading, where no label stands before it. In letters without headings it
    is the one that is set narrower or smaller than the columns below it."""
    lines = front.lines
    if front.title is None:
        return None
    page = front.pages[front.title[0]]
    stop = next(
        (
            index
            for index in range(at, min(len(lines), at + 120))
            if INTRODUCTION.fullmatch(lines[index].piece.text)
            or keywords_label(lines[index].piece.text) is not None
            or (lines[index].piece.bold and HEADING.fullmatch(lines[index].piece.text))
        ),
        None,
    )
    letter = stop is None or front.pages[stop] > page + 1
    if stop is None or letter:
        stop = next((n for n in range(at, len(lines)) if front.pages[n] > page), len(lines))
    first = next(
        (
            index
            for index in range(at, stop - 1)
            if _prose_line(lines[index]) and _prose_line(lines[index + 1], last=index + 2 >= stop)
        ),
        None,
    )
    if first is None:
        return None
    found = _abstract_lines(front, first)
    if letter and not _is_set_apart(lines, found, stop):
        return None
    return found


def _is_set_apart(lines: list[Line], found: tuple[int, int], stop: int) -> bool:
    """Whether a few lines are followed by text in narrower columns and larger print, on one page."""
    if not 1 < found[1] - found[0] < _MAX_LETTER_LINES or found[1] + 3 >= stop:
        return False
    inside, below = lines[found[0]], lines[found[1] + 2]
    narrower = below.right - below.left < 0.75 * (inside.right - inside.left)
    return narrower and below.piece.size > 0.98 * inside.piece.size and below.piece.y < inside.piece.y


def _prose_line(line: Line, *, last: bool = False) -> bool:
    words = line.piece.text.split()
    small = sum(1 for word in words if word[:1].islower())
    return (
        len(words) > (0 if last else 5) and small * 2 >= len(words) and not is_address(line.piece.text[:40])
    )


def _keywords_end(lines: list[Line], index: int) -> int:
    """The line behind the keywords that begin in line ``index``."""
    size = lines[index].piece.size
    end = index + 1
    label = keywords_label(lines[index].piece.text) or 0
    alone = label >= len(lines[index].piece.text)
    while end < len(lines) and end - index < _MAX_KEYWORD_LINES:
        above, piece = lines[end - 1], lines[end].piece
        text = piece.text
        if is_notice(text) or INTRODUCTION.fullmatch(text) or abstract_label(text) is not None:
            break
        far = lines[end].column != above.column or above.piece.y - piece.y > 1.6 * above.piece.size
        first = alone and end == index + 1
        if not first and (
            far or abs(piece.size - size) > 0.07 * size or is_heading(text, stands_out=piece.bold)
        ):
            break
        if first:
            size = piece.size
        end += 1
    return end
