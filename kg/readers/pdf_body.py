"""The lines of a paper -> its text, with the spans of title and abstract, the sections and the references.

Footnotes, captions and the rows of tables are put behind the running text, so that a paragraph goes on over
the foot of a column; nothing of the document's text is lost, but the body of the paper leaves them out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kg.readers.pdf_cues import (
    CONTENTS,
    REFERENCES,
    is_acknowledgement,
    is_caption,
    is_heading,
    keywords_label,
)
from kg.readers.pdf_flow import Flow, flow, line_pitches, vocabulary
from kg.readers.pdf_front import Front
from kg.readers.pdf_layout import Line
from kg.readers.references import references
from kg.text import collapse
from kg.types import Reference

__all__ = ["Text", "full_text"]

_SMALL = 0.93
_LABEL = re.compile(r"(?:\[\s*(\d{1,4})\s*\]|\((\d{1,4})\)|(\d{1,4})\.(?=\s))")
_TAG = re.compile(r"\[[A-Z][\w+*.,& -]{1,30}\]")
_MARK_ENDS = "*†‡§¶‖∗⋆★✉⁎#¹²³⁴⁵⁶⁷⁸⁹⁰ "
_DISPLAY = 0.55
_Run = tuple[str, tuple[int, int], int]
_DOTS = re.compile(r"(?:\s?\.){4,}\s*(?:\d{1,4}|[ivxl]+)?\Z")


@dataclass(slots=True)
class Text:
    """The text of a document and what was found where in it; ``notices`` are the remarks of its first "
    "page."""

    front: Front
    text: str
    title: tuple[int, int] | None
    abstract: tuple[int, int] | None
    keywords: str | None
    body: str
    references: tuple[Reference, ...]
    notices: list[str]
    opening: str


def full_text(front: Front, text_size: float) -> Text:
    """The text of the lines of a document whose running text is printed in ``text_size`` points."""
    roles = _roles(front, text_size)
    order = [i for i, role in enumerate(roles) if role != "aside"]
    order += [i for i, role in enumerate(roles) if role == "aside"]
    lines = [front.lines[i] for i in order]
    named = [roles[i] for i in order]
    breaks = _breaks(lines, named)
    found = flow(lines, breaks, vocabulary(front.lines), line_pitches(front.lines))
    place = {index: position for position, index in enumerate(order)}
    first_page = front.pages[front.title[0]] if front.title else 0
    notices = [
        found.text[slice(*span)]
        for role, span, index in _runs(found, named, order, front.pages)
        if role in {"front", "notice", "aside"} and front.pages[index] <= first_page
    ]
    notices = [paragraph for notice in notices for paragraph in notice.split("\n\n")]
    return Text(
        front=front,
        text=found.text,
        title=_span(found, front.title, place, marks=True),
        abstract=_span(found, front.abstract, place, cut=front.abstract_label),
        keywords=_keywords(found, front, place),
        body=_body(found, _runs(found, named, order, front.pages)),
        references=_references(found, _runs(found, named, order, front.pages)),
        notices=notices,
        opening="\n".join(notices),
    )


def _roles(front: Front, text_size: float) -> list[str]:
    """What each line is: title, front, abstract, keywords, notice, body, heading, acknowledgement,
    references, appendix or aside."""
    roles: list[str] = []
    part = "body"
    heading_style: tuple[float, bool] | None = None
    caption: Line | None = None
    lines = front.lines
    for index, line in enumerate(lines):
        fixed = _fixed_role(front, index)
        if fixed:
            aside = fixed == "abstract" and _is_small(line, _abstract_size(front))
            roles.append("aside" if aside else fixed)
            continue
        piece = line.piece
        stands_out = piece.bold or _largest(line) > 1.06 * text_size or piece.text.isupper()
        heading = is_heading(piece.text, stands_out=stands_out) and len(line.parts) < 3
        if REFERENCES.fullmatch(piece.text) and (stands_out or piece.text[0].isupper()):
            part, heading_style, caption = "references", (round(piece.size, 1), piece.bold), None
            roles.append("refhead")
            continue
        if part == "references":
            if (
                heading
                and heading_style == (round(piece.size, 1), piece.bold)
                and not re.search(r"\d{4}", piece.text)
            ):
                part = "appendix"
            roles.append("references" if part == "references" else part)
            continue
        if part == "appendix":
            roles.append(part)
            continue
        caption = _caption_goes_on(caption, line) if caption is not None else None
        if is_caption(piece.text) and not heading:
            caption = line
        if caption is not None or (not heading and _is_aside(line, text_size)):
            roles.append("aside")
            continue
        contents = CONTENTS.fullmatch(piece.text) is not None
        if contents or (part == "notice" and not (heading and stands_out and not piece.text[-1:].isdigit())):
            part = "notice"
            roles.append(part)
            continue
        if heading:
            part = "acknowledgement" if is_acknowledgement(piece.text) else "body"
        roles.append("heading" if heading and part == "body" else part)
    return roles


def _fixed_role(front: Front, index: int) -> str:
    for span, role in ((front.title, "title"), (front.abstract, "abstract"), (front.keywords, "keywords")):
        if span and span[0] <= index < span[1]:
            return role
    if index < front.body:
        return "front" if not front.abstract or index < front.abstract[0] else "notice"
    return ""


def _abstract_size(front: Front) -> float:
    first, last = front.abstract or (0, 0)
    sizes = sorted(line.piece.size for line in front.lines[first:last])
    return sizes[len(sizes) // 2] if sizes else 0.0


def _largest(line: Line) -> float:
    return max(word.size for word in line.piece.words)


def _is_small(line: Line, size: float) -> bool:
    return line.piece.size < _SMALL * size and _largest(line) < _SMALL * size


def _is_aside(line: Line, text_size: float) -> bool:
    """Footnotes and table rows: small print, or cells far apart."""
    if _is_small(line, text_size) or _DOTS.search(line.piece.text):
        return True
    return len(line.parts) > 2 and max(len(part.text) for part in line.parts) < 40


def _caption_goes_on(caption: Line, line: Line) -> Line | None:
    above, below = caption.piece, line.piece
    near = caption.column == line.column and 0 < above.y - below.y < 1.45 * above.size
    return line if near and abs(above.size - below.size) < 0.06 * above.size else None


def _breaks(lines: list[Line], roles: list[str]) -> dict[int, bool]:
    """Where a paragraph certainly ends before a line (True) or goes on (False)."""
    breaks: dict[int, bool] = {}
    for index in range(1, len(lines)):
        same = roles[index] == roles[index - 1]
        if not same or roles[index] in {"heading", "refhead"}:
            breaks[index] = True
        elif roles[index] in {"title", "keywords"}:
            breaks[index] = False
        elif roles[index] == "front" and not _is_running(lines[index - 1], lines[index]):
            breaks[index] = True
    start = 0
    while start < len(lines):
        if roles[start] != "references":
            start += 1
            continue
        stop = start
        while stop < len(lines) and roles[stop] == "references":
            stop += 1
        entries = _entries(lines[start:stop])
        for index in range(start + 1, stop):
            breaks[index] = index - start in entries
        start = stop
    return breaks


def _is_running(above: Line, below: Line) -> bool:
    """Whether two lines above the abstract are running text and not names and addresses."""
    words = above.piece.text.split()
    small = sum(1 for word in words if word[:1].islower())
    return len(words) > 5 and small * 3 >= len(words) and above.piece.bold == below.piece.bold


def _entries(lines: list[Line]) -> set[int]:
    """The lines of a reference list at which an entry begins: labels, else the edge that hangs out."""
    for pattern in (_LABEL, _TAG):
        labelled = [index for index, line in enumerate(lines) if pattern.match(line.piece.text)]
        if len(labelled) > 1 and labelled[0] < 4 and len(labelled) * 14 >= len(lines):
            return set(labelled)
    edges = [line.piece.x0 - line.left for line in lines]
    size = lines[0].piece.size if lines else 10.0
    out = {index for index, edge in enumerate(edges) if edge <= 0.4 * size}
    if 0 < len(out) < 0.85 * len(lines):
        if len(out) > 0.6 * len(lines) and edges[0] > 0.4 * size:
            return set(range(len(lines))) - out
        return out
    found = {0}
    pitch = _common_pitch(lines)
    for index in range(1, len(lines)):
        above, below = lines[index - 1], lines[index]
        gap = above.piece.y - below.piece.y
        short = above.piece.x1 < above.right - 0.12 * (above.right - above.left)
        ended = above.piece.text.endswith((".", "]", ")")) or above.piece.text[-1:].isdigit()
        if gap > 1.25 * pitch or (short and ended and below.piece.text[:1].isupper()):
            found.add(index)
    return found


def _common_pitch(lines: list[Line]) -> float:
    gaps = sorted(
        a.piece.y - b.piece.y for a, b in pairwise(lines) if a.column == b.column and a.piece.y > b.piece.y
    )
    return gaps[len(gaps) // 3] if gaps else 12.0


def _runs(found: Flow, roles: list[str], order: list[int], pages: list[int]) -> list[_Run]:
    """Runs of lines of one role: the role, the span of their text, the number of the first line."""
    runs: list[_Run] = []
    for role, (start, end), index in zip(roles, found.spans, order, strict=True):
        if runs and runs[-1][0] == role and (role != "aside" or pages[index] == pages[runs[-1][2]]):
            runs[-1] = (role, (runs[-1][1][0], end), runs[-1][2])
        else:
            runs.append((role, (start, end), index))
    return runs


def _span(
    found: Flow, lines: tuple[int, int] | None, place: dict[int, int], *, cut: int = 0, marks: bool = False
) -> tuple[int, int] | None:
    """The span of lines in the text, without blanks and, for titles, footnote marks at its ends."""
    if lines is None:
        return None
    base = found.spans[place[lines[0]]][0]
    start, end = base + cut, _contiguous_end(found, lines, place)
    text = found.text[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    while marks and end > start and found.text[end - 1] in _MARK_ENDS:
        end -= 1
    return (start, end) if end > start else None


def _contiguous_end(found: Flow, lines: tuple[int, int], place: dict[int, int]) -> int:
    """Where the run of text that begins with the first of the lines ends; asides among them stand "
    "elsewhere."""
    position = place[lines[0]]
    end = found.spans[position][1]
    for index in range(lines[0] + 1, lines[1]):
        if place[index] == position + 1:
            position += 1
            end = found.spans[position][1]
    return end


def _keywords(found: Flow, front: Front, place: dict[int, int]) -> str | None:
    span = _span(found, front.keywords, place)
    if span is None or front.keywords is None:
        return None
    text = found.text[slice(*span)]
    text = collapse(text[keywords_label(text) or 0 :])
    if not re.search(r"[,;·•、，；]", text):  # one keyword a line
        lines = [front.lines[index].piece.text for index in range(*front.keywords)]
        lines[0] = lines[0][keywords_label(lines[0]) or 0 :]
        text = "; ".join(line for line in lines if line)
    return text


def _body(found: Flow, runs: list[_Run]) -> str:
    """Headings and paragraphs of the sections, without formulas that stand alone."""
    kept: list[str] = []
    texts = [found.text[slice(*span)] for role, span, _ in runs if role in {"body", "heading"}]
    for text in texts:
        for paragraph in text.split("\n\n"):
            shown = sum(1 for c in paragraph if not c.isspace())
            letters = sum(1 for c in paragraph if c.isalpha())
            words = paragraph.split()
            if shown and letters >= _DISPLAY * shown and letters > 1.9 * len(words):
                kept.append(paragraph)
    return "\n\n".join(kept)


def _references(found: Flow, runs: list[_Run]) -> tuple[Reference, ...]:
    entries: tuple[Reference, ...] = ()
    for role, (start, end), _ in runs:
        if role == "references":
            entries += references(found.text[start:end], start)
    return entries
