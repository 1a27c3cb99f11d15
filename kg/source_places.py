"""From a paper's text back to the characters of the file that it was read from.

Readers clean what they read: white space, ligatures, tags and escapes differ between a title or an abstract
and the document. Both are compared by their visible characters, so a sentence is found wherever every one of
them stands in the document in the same order; where that is not so, only the record is known.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.readers.clean import clean_text
from kg.tables import Row, Tables

__all__ = ["TAKEN_APART", "SourcePlace", "SourcePlaces"]

_MARKUP = re.compile(r"<!--.*?-->|<[^<>]*>|&#?\w{1,10};", re.DOTALL)
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\.")
TAKEN_APART = ("application/pdf", "application/vnd.", "application/epub", "application/zip", "message/")
_ENDS = (24, 12, 6)  # letters of a sentence's beginning and end that must be the same
_SLACK = 60  # letters that commands for formulas may add
_FAR = 400_000  # characters behind a record's beginning in which its sentences are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlace:
    """Where something stands: a file, and code points of its text (of the text made of it where ``own_text``
    is false: a PDF). ``line`` and ``column`` count from 1, ``record`` too: the paper's place among those of
    the file. ``exact``: the very characters, as the file writes them; else the record that they were read
    from."""

    path: str
    record: int
    records: int
    start: int
    end: int
    line: int
    column: int
    own_text: bool
    exact: bool


class SourcePlaces:
    """The documents of a build."""

    def __init__(self, tables: Tables) -> None:
        self._documents = {row["document_id"]: row for row in reversed(tables.documents)}
        self._papers = {row["paper_id"]: row for row in tables.papers}

    def of(self, paper_id: str, start: int, end: int) -> SourcePlace | None:
        """The place of ``papers.text[start:end]``; None where the document holds no text."""
        paper = self._papers[paper_id]
        document = self._documents.get(paper["document_id"])
        if document is None or not document["text"]:
            return None
        span = _span(paper, document, start, end)
        return _place(
            document,
            paper,
            span or _record(paper, document["text"], document["media_type"]),
            exact=span is not None,
        )

    def text_of(self, paper_id: str) -> str:
        """The text of a paper's document."""
        document = self._documents.get(self._papers[paper_id]["document_id"])
        return (document["text"] or "") if document else ""

    def in_document(self, paper_id: str, start: int, end: int) -> SourcePlace | None:
        """The place of ``documents.text[start:end]``, for what stands outside the paper's text."""
        paper = self._papers[paper_id]
        document = self._documents.get(paper["document_id"])
        if document is None or not document["text"]:
            return None
        return _place(document, paper, (start, end), exact=True)


def _place(document: Row, paper: Row, span: tuple[int, int], *, exact: bool) -> SourcePlace:
    text, (start, end) = document["text"], span
    return SourcePlace(
        path=document["path"],
        record=paper["position"] + 1,
        records=document["papers"],
        start=start,
        end=end,
        line=text.count("\n", 0, start) + 1,
        column=start - text.rfind("\n", 0, start),
        own_text=not document["media_type"].startswith(TAKEN_APART),
        exact=exact,
    )


def _span(paper: Row, document: Row, start: int, end: int) -> tuple[int, int] | None:
    """The span in the document of a span of the paper's text."""
    text: str = document["text"]
    title, abstract = paper["title"] or "", paper["abstract"] or ""
    behind = len(title) + 2 if title else 0
    for part, value, offset in (("title", title, 0), ("abstract", abstract, behind)):
        first, last = paper[f"{part}_start"], paper[f"{part}_end"]
        if value and first is not None and offset <= start and end <= offset + len(value):
            at, stop = start - offset, end - offset
            if text[first:last] == value:
                return first + at, first + stop
            return _aligned(text[first:last], document["media_type"], first, value, at, stop)
    begin, _ = _record(paper, text, document["media_type"])
    return _found(text, document["media_type"], begin, paper["text"][start:end])


def _record(paper: Row, text: str, media_type: str) -> tuple[int, int]:
    """Where the record of a paper begins, as far as its title or abstract tells."""
    known = [paper[name] for name in ("title_start", "abstract_start") if paper[name] is not None]
    if known:
        return min(known), min(known)
    title = paper["title"] or ""
    for each in dict.fromkeys((title, json.dumps(title)[1:-1], json.dumps(title, ensure_ascii=False)[1:-1])):
        at = text.find(each) if each else -1
        if at >= 0:
            return at, at + len(each)
    return _aligned(text[:_FAR], media_type, 0, title, 0, len(title)) or (0, 0)


def _aligned(
    raw: str, media_type: str, offset: int, value: str, start: int, end: int
) -> tuple[int, int] | None:
    """A span of ``value`` in the raw text that it was cleaned from."""
    visible, places = _visible(raw, media_type)
    wanted = _solid(value[start:end])
    whole, before = _solid(value), len(_solid(value[:start]))
    at = before if visible == whole else visible.find(wanted)
    if not wanted:
        return None
    if at >= 0:
        first, last = places[at], places[at + len(wanted) - 1]
        return offset + first[0], offset + last[1]
    span = _by_its_ends(visible, places, wanted)
    return (offset + span[0], offset + span[1]) if span else None


def _by_its_ends(visible: str, places: list[tuple[int, int]], wanted: str) -> tuple[int, int] | None:
    """A sentence whose formulas or accents are written otherwise: by the letters that it begins and ends
    with, where these stand about as far apart."""
    kept = [number for number, char in enumerate(visible) if char.isalnum()]
    letters = "".join(visible[number] for number in kept)
    own = "".join(filter(str.isalnum, wanted))
    for size in _ENDS:
        head, tail = own[:size], own[-size:]
        at = letters.find(head) if 2 * size <= len(own) else -1
        while at >= 0:
            end = letters.find(tail, at, at + 2 * len(own) + _SLACK)
            if end >= 0 and end + size - at >= len(own) // 2:
                last = kept[end + size - 1]
                if visible[last + 1 : last + 2] == wanted[-1]:  # the full stop
                    last += 1
                return places[kept[at]][0], places[last][1]
            at = letters.find(head, at + 1)
    return None


def _found(text: str, media_type: str, begin: int, quote: str) -> tuple[int, int] | None:
    """A sentence behind the beginning of its record, else anywhere near it."""
    at = text.find(quote, begin, begin + _FAR)
    if at >= 0:
        return at, at + len(quote)
    for first in dict.fromkeys((begin, max(begin - _FAR, 0))):
        span = _aligned(text[first : first + _FAR], media_type, first, quote, 0, len(quote))
        if span is not None:
            return span
    return None


def _solid(text: str) -> str:
    """The visible characters without blanks."""
    return "".join(clean_text(text).split())


def _visible(raw: str, media_type: str) -> tuple[str, list[tuple[int, int]]]:
    """The visible characters of a raw text without blanks, and where in it each of them stands."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for text, start, end in _pieces(raw, media_type):
        plain = len(text) == 1 and text.isascii() and text.isprintable()
        visible = text.strip() if plain else _solid(text)
        characters.append(visible)
        places += [(start, end)] * len(visible)
    return "".join(characters), places


def _pieces(raw: str, media_type: str) -> Iterator[tuple[str, int, int]]:
    """What is read as one character or as none, with its place: tags, entities and escapes are one piece."""
    special = (
        _MARKUP if "html" in media_type or "xml" in media_type else _ESCAPE if "json" in media_type else None
    )
    end = 0
    for match in special.finditer(raw) if special else ():
        for at in range(end, match.start()):
            yield raw[at], at, at + 1
        yield _read(match[0]), match.start(), match.end()
        end = match.end()
    for at in range(end, len(raw)):
        yield raw[at], at, at + 1


def _read(piece: str) -> str:
    """A tag, an entity or an escape as the text that it stands for.

    >>> _read("<b>"), _read("&amp;"), _read("\\\\u00e9"), _read("\\\\n")
    ('', '&', 'é', '\\n')
    """
    if piece.startswith("<"):
        return ""
    if piece.startswith("&"):
        return html.unescape(piece)
    try:
        return str(json.loads(f'"{piece}"'))
    except ValueError:
        return piece
