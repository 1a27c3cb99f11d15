"""OpenDocument texts (ODF 1.2, as LibreOffice and Google Docs write them): paragraphs with their styles.

Tracked deletions, notes, comments and tables of contents are left out; see docx.py for the same of Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.bylines import BREAK, CLOSE, OPEN, WIDE
from kg.readers.decode import decode
from kg.readers.styled import Paragraph, papers_of, text_of_paragraphs, with_labels
from kg.readers.xmltree import Element, attribute, child, records
from kg.readers.zipped import open_zip, peek, read_member

__all__ = ["READER"]

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_NAMES = ("style", "h", "p", "table", "tracked-changes", "table-of-content")
_SKIPPED = frozenset(
    ["note", "annotation", "annotation-end", "tracked-changes", "bookmark", "object", "ruby-text"]
)
_LENGTH = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)pt")
_LONGEST = 64 * 1024 * 1024
_MAX_FAULTS = 100
_MAX_NOTES = 20


@dataclass(frozen=True, slots=True)
class _Style:
    """A style: the name people see in small letters, size in points, weight, superscript."""

    name: str = ""
    size: float = 0.0
    bold: bool = False
    raised: bool = False


@dataclass(slots=True)
class _Shown:
    marked: list[str] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)
    letters: int = 0
    strong: int = 0
    boxes: list[Element] = field(default_factory=list)


def score(raw: Raw) -> float:
    """Whether the zip container holds an OpenDocument text."""
    names = peek(raw.data)
    if "content.xml" not in names or "mimetype" not in names:
        return 0.0
    try:
        with open_zip(raw.data) as archive:
            kind = read_member(archive, "mimetype", 200).decode("ascii", "replace").strip()
    except ReadError:
        return 0.0
    return 0.97 if kind.startswith(MEDIA_TYPE) else 0.0


def read(raw: Raw) -> Parsed:
    """The paper of the document, or those that it lists; offsets point into the text that is made of it."""
    notes: list[str] = []
    styles: dict[str, _Style] = {}
    with open_zip(raw.data) as archive:
        if "styles.xml" in archive.namelist():
            common = decode(read_member(archive, "styles.xml", _LONGEST))[0]
            for record in records(common, ("style",), []):
                _learn(record.element, styles)
        source = decode(read_member(archive, "content.xml", _LONGEST))[0]
    paragraphs = with_labels(list(_paragraphs(source, styles, notes)))
    text = text_of_paragraphs(paragraphs)
    more = [f"and {len(notes) - _MAX_NOTES} more"] if len(notes) > _MAX_NOTES else []
    return Parsed(
        papers=papers_of(paragraphs, text),
        notes=(*notes[:_MAX_NOTES], *more),
        media_type=MEDIA_TYPE,
        text=text,
    )


def _learn(element: Element, styles: dict[str, _Style]) -> None:
    """Take a style in; what it does not say is its parent's, and the name too where it is automatic."""
    name = attribute(element, "name")
    parent = styles.get(attribute(element, "parent-style-name"), _Style())
    letters = child(element, "text-properties")
    size = _LENGTH.fullmatch(attribute(letters, "font-size")) if letters is not None else None
    weight = attribute(letters, "font-weight") if letters is not None else ""
    place = attribute(letters, "text-position") if letters is not None else ""
    automatic = re.fullmatch(r"[PT]\d+", name) is not None
    called = (attribute(element, "display-name") or name).replace("_20_", " ").lower()
    styles[name] = _Style(
        name=parent.name if automatic else called,
        size=float(size[1]) if size else parent.size,
        bold=weight == "bold" or weight.isdecimal() if weight else parent.bold,
        raised=place.startswith("super") or (place[:1].isdecimal() and not place.startswith("0")),
    )


def _paragraphs(source: str, styles: dict[str, _Style], notes: list[str]) -> Iterator[Paragraph]:
    row = 0
    for record in records(source, _NAMES, notes):
        element = record.element
        if len(notes) > _MAX_FAULTS:
            raise ReadError(f"XML with more than {_MAX_FAULTS} faults ({notes[0]}); save the document again")
        if element.tag == "style":
            _learn(element, styles)
        elif element.tag in ("p", "h"):
            yield from _made(element, styles)
        elif element.tag == "table":
            for line in element.iter():
                if line.tag == "table-row":
                    row += 1
                    cells = [cell for cell in line if cell.tag == "table-cell"]
                    for column, cell in enumerate(cells, 1):
                        for inner in cell.iter():
                            if inner.tag in ("p", "h"):
                                yield from (
                                    replace(one, row=row, column=column) for one in _made(inner, styles)
                                )


def _made(element: Element, styles: dict[str, _Style]) -> list[Paragraph]:
    style = styles.get(attribute(element, "style-name"), _Style())
    shown = _Shown()
    _collect(element, shown, style, styles)
    marked = re.sub(
        r" ?\n ?", BREAK, re.sub(r"[ \xa0]+", " ", "".join(shown.marked).replace(f"{CLOSE}{OPEN}", ""))
    )
    marked = marked.strip()
    text = re.sub(
        r" +", " ", re.sub(f"[{OPEN}{CLOSE}]", "", marked).replace(BREAK, "\n").replace(WIDE, " ")
    ).strip()
    level = attribute(element, "outline-level") or "1" if element.tag == "h" else ""
    made: list[Paragraph] = []
    if text:
        made.append(
            Paragraph(
                text=text,
                marked=marked,
                style=style.name,
                level=int(level) if level.isdecimal() and len(level) < 2 else 0,
                size=max(shown.sizes, key=lambda size: (shown.sizes[size], size), default=style.size),
                bold=shown.strong * 10 >= shown.letters * 9,
            )
        )
    for box in shown.boxes:
        for inner in box:
            if inner.tag in ("p", "h"):
                made += _made(inner, styles)
    return made


def _collect(element: Element, shown: _Shown, style: _Style, styles: dict[str, _Style]) -> None:
    """Walk a paragraph and its spans. The tree is at most MAX_DEPTH deep."""
    _add(element.text or "", shown, style)
    for part in element:
        if part.tag == "line-break":
            shown.marked.append("\n")
        elif part.tag == "tab":
            shown.marked.append(WIDE)
        elif part.tag == "s":
            count = attribute(part, "c")
            shown.marked.append(WIDE if count.isdecimal() and int(count[:3]) > 3 else " ")
        elif part.tag == "text-box":
            shown.boxes.append(part)
        elif part.tag not in _SKIPPED:
            own = styles.get(attribute(part, "style-name")) if part.tag == "span" else None
            _collect(part, shown, _within(own, style), styles)
        _add(part.tail or "", shown, style)


def _within(own: _Style | None, style: _Style) -> _Style:
    return style if own is None else replace(own, size=own.size or style.size, bold=own.bold or style.bold)


def _add(text: str, shown: _Shown, style: _Style) -> None:
    text = re.sub(r"[ \t\r\n]+", " ", text)
    if not text:
        return
    shown.marked.append(f"{OPEN}{text}{CLOSE}" if style.raised else text)
    if not style.raised:
        count = len(text.strip())
        shown.sizes[style.size] = shown.sizes.get(style.size, 0) + count
        shown.letters += count
        shown.strong += count * style.bold


READER = Reader(
    name="odt",
    score=score,
    read=read,
    media_types=("application/zip",),
    summary="OpenDocument texts: papers, and lists of abstracts",
)
