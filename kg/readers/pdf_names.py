"""The block between a paper's title and its abstract -> its authors.

Names are told from institutions by words and by how they are printed: the names of a paper share size and
weight. Cells of a grid are read row by row. Raised affiliation marks are left out before names are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.readers.name_lists import name_list
from kg.readers.pdf_cues import is_address
from kg.readers.pdf_lines import Piece
from kg.text import collapse
from kg.types import Authorship

__all__ = ["authors_of"]

_CELL_GAP = 0.62
_MAX_ROWS = 200
_LEAST_SCORE = 0.45
_ORCID = re.compile(r"[\[(]?(?<!\d)(\d{4}[-−–]\d{4}[-−–]\d{4}[-−–]\d{3}[\dX])\b[\])]?")
_MEMBER = re.compile(
    r",?\s*\b(?:(?:graduate )?student |senior |life |associate |fellow )?(?:member|fellow)\b\s*,?\s*"
    r"(?:IEEE|ACM|AIAA|OSA|SPIE)?(?=\s*,|\s+and\b|\s*\Z|\s*;)"
    r"|,\s*(?:Ph\.?\s?D\.?|M\.?D\.?|M\.?Sc\.?|B\.?Sc\.?|Dr\.?|MPH|MBBS|FRCP|RN|DDS|MBA)(?=\s*[,;&]|\s+and\b|\s*\Z)",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"\s*(?:by|authors?|written by|von|par|por|作者)\s*[:：]?\s+(?=\S)", re.IGNORECASE)
_HONORIFIC = re.compile(
    r"(?:(?<=\A)|(?<=[,;&]\s)|(?<=and\s))(?:Prof(?:essor)?\.?|Dr\.?(?:-Ing\.?)?|Mr\.?|Ms\.?|Mrs\.?)\s+(?=[A-Z])"
)
_MARKS = re.compile(r"[*†‡§¶‖∥∗⋆★✉⁎#♯♭♮◇♢♡♠♣⊥△▽]+|(?<=[^\W\d_])\d{1,2}(?:\s?,\s?\d{1,2})*(?=[\s,;]|\Z)")
_ANONYMOUS = re.compile(r"anonymous|authors? (?:names? )?(?:withheld|omitted)|double[- ]blind", re.IGNORECASE)
_CORPORATE = re.compile(
    r"(?:The )?[A-Z][\w&.-]*(?: [A-Z\d][\w&.-]*){0,5} (?:Collaboration|Consortium|Team|Working Group)"
)
_SEPARATED = re.compile(r"[,;&·•|]|\s(?:and|und|et|y|e)\s")
_CAPITALS = re.compile(r"[^\W\d_]{2,}")
_HALF = re.compile(r"(?:,|\sand|&)\s*[^\s,&]+\Z")
_RANK = re.compile(
    r"\b(?:(?:graduate )?student |senior |life |associate )?(?:member|fellow)\b,?\s*(?:IEEE)?", re.IGNORECASE
)
_LAST_WORD = re.compile(r"[^\W\da-z_][^\W\d_]+")
_WORDY = re.compile(r"[^\W\d_]['’.\w-]*")


@dataclass(slots=True)
class _Cell:
    text: str
    size: float
    bold: bool


def authors_of(parts: list[Piece]) -> tuple[Authorship, ...]:
    """The authors named in the pieces of the block, in the order in which they are printed."""
    rows = [_cells(row) for row in _rows(parts)[:_MAX_ROWS]]
    if any(_ANONYMOUS.search(cell.text) for row in rows for cell in row):
        return ()
    found: list[Authorship] = []
    style: _Cell | None = None
    index = 0
    while index < len(rows):
        row = rows[index]
        if style is None or _same_style(row[0], style):
            many, used = _run(rows, index)
            if many:
                found += many
                style = style or row[0]
                index += used
                continue
        for cell in row:
            if style is not None and not _same_style(cell, style):
                continue
            names = _names(cell.text)
            if names:
                found += names
                style = style or cell
        index += 1
    return _once(found)


def _once(found: list[Authorship]) -> tuple[Authorship, ...]:
    names: dict[str, Authorship] = {}
    capitals = all(author.name.isupper() for author in found)
    for author in found:
        shown = replace(author, name=_without_capitals(author.name)) if capitals else author
        names.setdefault(author.name.casefold(), shown)
    return tuple(names.values())


def _without_capitals(name: str) -> str:
    """A name that was printed in capitals, as it is written.

    >>> _without_capitals("BEN A. O'NEIL")
    "Ben A. O'Neil"
    """
    return _CAPITALS.sub(lambda match: match.group()[0] + match.group()[1:].lower(), name)


def _without_leading_capitals(text: str) -> str:
    """Names in capitals before an institution that is not ("BEN TROVATO, Inria, France")."""
    pieces = re.split(r"((?:,|;|\band\b)\s*)", text)
    return "".join(
        _without_capitals(piece) if piece.isupper() and len(piece) > 5 else piece for piece in pieces
    )


def _same_style(cell: _Cell, style: _Cell) -> bool:
    return abs(cell.size - style.size) <= 0.05 * style.size and cell.bold == style.bold


def _rows(parts: list[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for part in sorted(parts, key=lambda item: (-item.y, item.x0)):
        if rows and abs(rows[-1][0].y - part.y) <= 0.35 * part.size:
            rows[-1].append(part)
        else:
            rows.append([part])
    return [sorted(row, key=lambda item: item.x0) for row in rows]


def _cells(row: list[Piece]) -> list[_Cell]:
    """The cells of a row; a gap is wider than a blank where nothing else parts the names."""
    cells: list[_Cell] = []
    for part in row:
        texts = [part.plain]
        if not _SEPARATED.search(part.plain):
            texts = _split_wide(part)
        cells += [_Cell(text, part.size, part.bold) for text in texts if text]
    return cells or [_Cell("", row[0].size, row[0].bold)]


def _split_wide(part: Piece) -> list[str]:
    texts: list[str] = [""]
    before: float | None = None
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(part.words) if not b.glued)
    usual = gaps[len(gaps) // 3] if gaps else 0.0
    for word, up in zip(part.words, part.raised, strict=True):
        if not up:
            gap = 0.0 if before is None else word.x0 - before
            if gap > _CELL_GAP * part.size or (gap > 0.45 * part.size and gap > 1.5 * usual):
                texts.append(word.text)
            else:
                texts[-1] += ("" if word.glued and gap < 0.25 * part.size else " ") + word.text
        before = word.x1
    return [collapse(text) for text in texts]


def _run(rows: list[list[_Cell]], index: int) -> tuple[list[Authorship], int]:
    """A byline over several rows, one cell each: its names and how many rows it takes."""
    best: tuple[list[Authorship], int] = ([], 0)
    text = ""
    for used, row in enumerate(rows[index : index + 40], 1):
        if len(row) > 1 and not _SEPARATED.search(" ".join(cell.text for cell in row)):
            break
        if not _same_style(row[0], rows[index][0]):
            break
        line = ", ".join(cell.text for cell in row)
        if used > 1 and not (
            text.endswith((",", " and", " &", ";", "-", "·")) or line.startswith(("and ", "& ", ","))
        ):
            listed = _SEPARATED.search(text) is not None
            goes_on = _SEPARATED.search(line) or _HALF.search(text) or _LAST_WORD.fullmatch(line)
            grouped = ";" in text and ";" in line  # names with their places, parted by semicolons
            if not grouped and not (listed and goes_on and not is_address(_RANK.sub("", line))):
                break
        text = text[:-1] + line if text.endswith("-") and line[:1].islower() else collapse(f"{text} {line}")
        names = _names(text)
        if names:
            best = (names, used)
    return best


def _names(text: str) -> list[Authorship]:
    """The names of a text that holds nothing else but marks and remarks of membership; [] for others."""
    orcids = _ORCID.findall(text)
    clean = _PREFIX.sub("", _MEMBER.sub("", _ORCID.sub("", text)))
    clean = collapse(_MARKS.sub(" ", _HONORIFIC.sub("", clean)))
    clean = re.sub(r"\s+([,;])", r"\1", re.sub(r"(?:,\s*){2,}", ", ", clean)).strip(" ,;.·•|-–")
    clean = re.sub(r"(?:,|;)?\s+(?:and|&)\Z", "", clean)
    if not clean or len(clean) > 6000 or "@" in clean:
        return []
    named = clean.split(",")[0]
    if named.isupper() and " " in named:
        clean = _without_capitals(clean) if clean.isupper() else _without_leading_capitals(clean)
    if _CORPORATE.fullmatch(clean):
        return [Authorship(name=clean)]
    if is_address(clean):
        return _beside_place(clean)
    found = name_list(clean)
    if found is not None and found.score >= _LEAST_SCORE and found.venue is None:
        people = [author for author in found.authors if _is_person(author.name)]
        single = len(found.authors) == 1 and " " not in found.authors[0].name and not _is_east(clean)
        if len(people) == len(found.authors) and not single:
            return _with_orcids(people, orcids)
    return []


def _beside_place(text: str) -> list[Authorship]:
    """Names that stand in one row before their institution ("Ana Ruiz and Li Wei, ETH Zurich; ...")."""
    people: list[Authorship] = []
    for group in re.split(r"\s*;\s*", text):
        pieces = group.split(",")
        cut = next((number for number, piece in enumerate(pieces) if is_address(piece)), 0)
        named = ",".join(pieces[:cut]).strip()
        found = name_list(named) if named else None
        if found is None or found.score < _LEAST_SCORE or not all(_is_person(a.name) for a in found.authors):
            return []
        if any(" " not in author.name for author in found.authors):
            return []
        place = collapse(",".join(pieces[cut:]))
        people += [Authorship(name=author.name, affiliation=place) for author in found.authors]
    return people


def _is_person(name: str) -> bool:
    return not is_address(name) and bool(_WORDY.match(name))


def _is_east(text: str) -> bool:
    return "\u3000" <= text[:1] <= "\ud7af"


def _with_orcids(people: list[Authorship], orcids: list[str]) -> list[Authorship]:
    if len(orcids) != len(people):
        return people
    return [
        Authorship(name=author.name, affiliation=author.affiliation, orcid=re.sub("[−–]", "-", orcid))
        for author, orcid in zip(people, orcids, strict=True)
    ]
