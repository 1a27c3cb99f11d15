"""Word documents (Office Open XML, ECMA-376): paragraphs with their styles, tables, text boxes.

Tracked deletions, moved-away text, comments, notes, headers, footers and hidden text are left out. What the
file says of itself (core properties) is not trusted: templates keep their author and title for years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.bylines import BREAK, CLOSE, OPEN, WIDE
from kg.readers.decode import decode
from kg.readers.styled import Paragraph, papers_of, text_of_paragraphs, with_labels
from kg.readers.xmltree import Element, attribute, child, children, parse, records
from kg.readers.zipped import member_names, open_zip, peek, read_member

__all__ = ["READER"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCUMENT = re.compile(r"word/document\d*\.xml")
_LEVELS = frozenset("012345678")  # a ninth is body text
_SKIPPED = frozenset(
    [
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "Fallback",
        "rPrChange",
        "pPrChange",
        "rPr",
        "pPr",
    ]
)
_PLAIN = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "cr": "\n"}
_BEFORE = {"sup": "^", "sub": "_", "den": "/"}  # of formulas
_HEADING = re.compile(r"heading (\d)")
_LONGEST = 64 * 1024 * 1024
_MAX_PARAGRAPHS = 500_000
_MAX_FAULTS = 100
_MAX_NOTES = 20


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its name in small letters, heading level, size in points, weight."""

    name: str = ""
    level: int = 0
    size: float = 0.0
    bold: bool = False


@dataclass(slots=True)
class _Text:
    """What a paragraph shows: plain and marked text, and how many letters are of which size and bold."""

    plain: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)
    letters: int = 0
    strong: int = 0
    boxes: list[Element] = field(default_factory=list)


def score(raw: Raw) -> float:
    """Whether the zip container holds a Word document."""
    names = peek(raw.data)
    return 0.97 if any(_DOCUMENT.fullmatch(name) for name in names) else 0.0


def read(raw: Raw) -> Parsed:
    """The paper of the document, or those that it lists; offsets point into the text that is made of it."""
    notes: list[str] = []
    with open_zip(raw.data) as archive:
        names = member_names(archive)
        main = next(
            (name for name in ("word/document.xml", *names) if name in names and _DOCUMENT.fullmatch(name)),
            None,
        )
        if main is None:
            raise ReadError("a zip without word/document.xml; save it again as .docx")
        styles = (
            _styles(read_member(archive, "word/styles.xml", _LONGEST)) if "word/styles.xml" in names else {}
        )
        source = decode(read_member(archive, main, _LONGEST))[0]
    paragraphs = with_labels(list(_paragraphs(source, styles, notes)))
    text = text_of_paragraphs(paragraphs)
    return Parsed(papers=papers_of(paragraphs, text), notes=_few(notes), media_type=MEDIA_TYPE, text=text)


def _few(notes: list[str]) -> tuple[str, ...]:
    more = len(notes) - _MAX_NOTES
    return (*notes[:_MAX_NOTES], *([f"and {more} more"] if more > 0 else []))


def _styles(data: bytes) -> dict[str, _Style]:
    """Style id -> style, with what it takes from the style it is based on; none where the part is broken."""
    try:
        root = parse(decode(data)[0])
    except ReadError:
        return {}
    default = child(root, "docDefaults", "rPrDefault", "rPr")
    base = _Style(size=_size(default))
    given = {attribute(style, "styleId"): style for style in children(root, "style")}
    known: dict[str, _Style] = {"": base}
    for name in given:
        _resolve(name, given, known, base)
    for name, style in given.items():
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
            known[""] = known.get(name, base)
    return known


def _resolve(name: str, given: dict[str, Element], known: dict[str, _Style], base: _Style) -> None:
    chain: list[str] = []
    while name in given and name not in known and name not in chain and len(chain) < 50:
        chain.append(name)
        based = child(given[name], "basedOn")
        name = attribute(based, "val") if based is not None else ""
    parent = known.get(name, base) if name else base
    for each in reversed(chain):
        style = given[each]
        named = child(style, "name")
        letters = child(style, "rPr")
        level = child(style, "pPr", "outlineLvl")
        called = (attribute(named, "val") if named is not None else each).lower()
        heading = _HEADING.match(called)
        outline = attribute(level, "val") if level is not None else ""
        parent = _Style(
            called,
            int(heading[1]) if heading else int(outline) + 1 if outline in _LEVELS else parent.level,
            _size(letters) or parent.size,
            _is_on(letters, "b", parent.bold),
        )
        known[each] = parent


def _size(letters: Element | None) -> float:
    value = child(letters, "sz")
    text = attribute(value, "val") if value is not None else ""
    return int(text) / 2 if text.isdecimal() and len(text) < 5 else 0.0


def _is_on(letters: Element | None, name: str, default: bool) -> bool:
    value = child(letters, name)
    return default if value is None else attribute(value, "val") not in ("0", "false", "off", "none")


def _paragraphs(source: str, styles: dict[str, _Style], notes: list[str]) -> Iterator[Paragraph]:
    row = count = 0
    for record in records(source, ("p", "tbl"), notes):
        element = record.element
        if element.tag == "p":
            made = _made(element, styles)
        else:
            made = []
            for line in children(element, "tr"):
                row += 1
                made += _cells(line, styles, row)
        if len(notes) > _MAX_FAULTS:
            raise ReadError(f"XML with more than {_MAX_FAULTS} faults ({notes[0]}); save the document again")
        for paragraph in made:
            count += 1
            if count > _MAX_PARAGRAPHS:
                notes.append(f"more than {_MAX_PARAGRAPHS} paragraphs; the rest was left out")
                return
            yield paragraph


def _cells(line: Element, styles: dict[str, _Style], row: int) -> list[Paragraph]:
    made: list[Paragraph] = []
    cells = [cell for cell in line.iter() if cell.tag == "tc"]
    nested = {id(inner) for cell in cells for inner in cell.iter() if inner.tag == "tc" and inner is not cell}
    for column, cell in enumerate((cell for cell in cells if id(cell) not in nested), 1):
        boxed = {
            id(inner)
            for box in cell.iter()
            if box.tag == "txbxContent"
            for inner in box.iter()
            if inner.tag == "p"
        }
        for element in cell.iter():
            if element.tag == "p" and id(element) not in boxed:
                made += _made(element, styles, row, column)
    return made


def _made(element: Element, styles: dict[str, _Style], row: int = 0, column: int = 0) -> list[Paragraph]:
    """The paragraph of an element, and behind it those of the text boxes that hang on it."""
    settings = child(element, "pPr")
    named = child(settings, "pStyle")
    style = styles.get(attribute(named, "val") if named is not None else "", _Style())
    outline = child(settings, "outlineLvl")
    level = attribute(outline, "val") if outline is not None else ""
    aligned = child(settings, "jc")
    shown = _Text()
    _collect(element, shown, style)
    made: list[Paragraph] = []
    text = _tidy("".join(shown.plain))
    if text:
        made.append(
            Paragraph(
                text=text,
                marked=_tidy_marked("".join(shown.marked)),
                style=style.name,
                level=int(level) + 1 if level in _LEVELS else style.level,
                size=max(shown.sizes, key=lambda size: (shown.sizes[size], size), default=style.size),
                bold=shown.strong * 10 >= shown.letters * 9,
                centred=aligned is not None and attribute(aligned, "val") == "center",
                row=row,
                column=column,
            )
        )
    for box in shown.boxes:
        for inner in box.iter():
            if inner.tag == "p":
                made += _made(inner, styles, row, column)
    return made


def _collect(element: Element, shown: _Text, style: _Style) -> None:
    """Walk a paragraph: runs with their letters, text boxes put aside. The tree is at most MAX_DEPTH deep."""
    for part in element:
        if part.tag in _SKIPPED:
            continue
        if part.tag in ("drawing", "pict", "object", "AlternateContent"):
            box = next((inner for inner in part.iter() if inner.tag == "txbxContent"), None)
            if box is not None:
                shown.boxes.append(box)
        elif part.tag == "r":
            _run(part, shown, style)
        elif part.tag in _BEFORE:
            shown.plain.append(_BEFORE[part.tag])
            shown.marked.append(_BEFORE[part.tag])
            _collect(part, shown, style)
        else:
            _collect(part, shown, style)


def _run(run: Element, shown: _Text, style: _Style) -> None:
    letters = child(run, "rPr")
    if letters is not None and _is_on(letters, "vanish", default=False):
        return
    text = ""
    for part in run:
        if part.tag == "t":
            text += part.text or ""
        elif part.tag == "br":
            text += "\n"
        elif part.tag in _PLAIN:
            text += _PLAIN[part.tag]
        elif part.tag in ("drawing", "pict", "object", "AlternateContent"):
            box = next((inner for inner in part.iter() if inner.tag == "txbxContent"), None)
            if box is not None:
                shown.boxes.append(box)
    if not text:
        return
    raised = child(letters, "vertAlign")
    mark = raised is not None and attribute(raised, "val") == "superscript"
    shown.plain.append(text)
    shown.marked.append(f"{OPEN}{text}{CLOSE}" if mark else text)
    if not mark:
        size = _size(letters) or style.size
        shown.sizes[size] = shown.sizes.get(size, 0) + len(text.strip())
        shown.letters += len(text.strip())
        shown.strong += len(text.strip()) * _is_on(letters, "b", style.bold)


def _tidy(text: str) -> str:
    """Tabs as blanks, blanks once, no empty lines."""
    text = re.sub(r"[ \t\xa0\u2007\u202f]+", " ", text)
    return re.sub(r" ?\n[ \n]*", "\n", text).strip()


def _tidy_marked(text: str) -> str:
    text = text.replace(f"{CLOSE}{OPEN}", "")
    return re.sub(r" ?\n ?", BREAK, re.sub(r"[ \xa0]+", " ", re.sub(r"\t+", WIDE, text))).strip()


READER = Reader(
    name="docx",
    score=score,
    read=read,
    media_types=("application/zip",),
    summary="Word documents: papers, and lists of abstracts",
)
