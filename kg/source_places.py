"""From a paper's text back to the characters of the file that it was read from.

Readers clean what they read: white space, ligatures, tags and escapes differ between a title or an abstract
and the document. Both are compared by their visible characters, so a sentence is found wherever every one of
them stands in the document in the same order; where that is not so, only the record is known.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from kg.visible import UNCLEAN, clean_text

__all__ = ["TAKEN_APART", "Papers", "PapersInMemory", "SourcePlace", "SourcePlaces"]

Row = dict[str, Any]

_MARKUP = re.compile(r"<!--.*?-->|<[^<>]*>|&#?\w{1,10};", re.DOTALL)
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\.")
TAKEN_APART = ("application/pdf", "application/vnd.", "application/epub", "application/zip", "message/")
_ENDS = (24, 12, 6)  # letters of a sentence's beginning and end that must be the same
_SLACK = 60  # letters that commands for formulas may add
_WRITTEN, _FIELDS = 2, 1000  # times that a record is longer than its text, and characters of other fields
_NEAR, _FAR = 20_000, 400_000  # characters behind a record's beginning in which its sentences are looked for
_BEGINNING = 40  # characters of an abstract by which its record is known
_STRIDE = 1 << 16  # characters between two places whose lines are remembered


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


class Papers(Protocol):
    """Rows of papers and documents, by id."""

    def rows(self, papers: Iterable[str]) -> Mapping[str, Row]: ...

    def document(self, document_id: str) -> Row | None: ...


class PapersInMemory:
    """The papers and documents of tables."""

    def __init__(self, papers: Iterable[Row], documents: Iterable[Row]) -> None:
        self._papers = {row["paper_id"]: row for row in papers}
        self._documents = {row["document_id"]: row for row in reversed(list(documents))}

    def rows(self, papers: Iterable[str]) -> Mapping[str, Row]:
        """The rows of papers."""
        return {paper: self._papers[paper] for paper in papers}

    def document(self, document_id: str) -> Row | None:
        """The row of a document."""
        return self._documents.get(document_id)


class SourcePlaces:
    """Where in the documents of a build something stands."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self._lines: dict[str, _Lines] = {}
        self._records: dict[str, tuple[int, int]] = {}
        self._last: dict[
            str, tuple[int, int]
        ] = {}  # by document the last record asked for: number, beginning

    def of(self, paper_id: str, start: int, end: int) -> SourcePlace | None:
        """The place of ``papers.text[start:end]``; None where the document holds no text."""
        paper = self._papers.rows([paper_id])[paper_id]
        document = self._papers.document(paper["document_id"])
        if document is None or not document["text"]:
            return None
        span = self._span(paper, document, start, end)
        return self._place(document, paper, span or self._record(paper, document), exact=span is not None)

    def text_of(self, paper_id: str) -> str:
        """The text of a paper's document."""
        document = self._papers.document(self._papers.rows([paper_id])[paper_id]["document_id"])
        return (document["text"] or "") if document else ""

    def in_document(self, paper_id: str, start: int, end: int) -> SourcePlace | None:
        """The place of ``documents.text[start:end]``, for what stands outside the paper's text."""
        paper = self._papers.rows([paper_id])[paper_id]
        document = self._papers.document(paper["document_id"])
        if document is None or not document["text"]:
            return None
        return self._place(document, paper, (start, end), exact=True)

    def _place(self, document: Row, paper: Row, span: tuple[int, int], *, exact: bool) -> SourcePlace:
        start, end = span
        key = document["document_id"]
        if key not in self._lines:
            self._lines[key] = _Lines(document["text"])
        line, column = self._lines[key].of(start)
        return SourcePlace(
            path=document["path"],
            record=paper["position"] + 1,
            records=document["papers"],
            start=start,
            end=end,
            line=line,
            column=column,
            own_text=not document["media_type"].startswith(TAKEN_APART),
            exact=exact,
        )

    def _span(self, paper: Row, document: Row, start: int, end: int) -> tuple[int, int] | None:
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
        begin, _ = self._record(paper, document)
        far = _FAR if document["papers"] == 1 else _NEAR
        sizes = (_WRITTEN * len(paper["text"]) + _FIELDS, _NEAR, far)
        return _found(text, document["media_type"], begin, paper["text"][start:end], sizes)

    def _record(self, paper: Row, document: Row) -> tuple[int, int]:
        """Where the record of a paper begins; records in their order are looked for behind each other."""
        key, known = paper["paper_id"], self._records
        if key not in known:
            last, start = self._last.get(document["document_id"], (paper["position"], 0))
            begin = start if last < paper["position"] else 0
            known[key] = _record(paper, document, begin)
            self._last[document["document_id"]] = (paper["position"], known[key][0])
        return known[key]


class _Lines:
    """Lines and columns of a text: line breaks are counted once, as far as anybody asks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._before = [0]  # line breaks before each multiple of _STRIDE

    def of(self, start: int) -> tuple[int, int]:
        """The line and column of a character, from 1."""
        stride = start // _STRIDE
        for known in range(len(self._before), stride + 1):
            breaks = self._text.count("\n", (known - 1) * _STRIDE, known * _STRIDE)
            self._before.append(self._before[-1] + breaks)
        line = self._before[stride] + self._text.count("\n", stride * _STRIDE, start) + 1
        return line, start - self._text.rfind("\n", 0, start)


def _record(paper: Row, document: Row, behind: int) -> tuple[int, int]:
    """Where the record of a paper begins, as far as its title or its abstract's first words tell: not far
    behind a place, else anywhere."""
    known = [paper[name] for name in ("title_start", "abstract_start") if paper[name] is not None]
    if known:
        return min(known), min(known)
    text, title = document["text"], paper["title"] or ""
    for value in (title, (paper["abstract"] or "")[:_BEGINNING]):
        for start, stop in ((behind, behind + _NEAR), (0, len(text))):
            for each in _written(value):
                at = text.find(each, start, stop) if each else -1
                if at >= 0:
                    return at, at + len(each)
    if document["papers"] > 1:
        return 0, 0
    return _aligned(text[:_FAR], document["media_type"], 0, title, 0, len(title)) or (0, 0)


def _written(text: str) -> Iterable[str]:
    """A text as it is, and as JSON writes it."""
    return dict.fromkeys((text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]))


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
    letters, kept = _letters(visible)
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


@lru_cache(maxsize=4)
def _letters(visible: str) -> tuple[str, list[int]]:
    """The letters and digits, and where they stand."""
    kept = [number for number, char in enumerate(visible) if char.isalnum()]
    return "".join([visible[number] for number in kept]), kept


def _found(
    text: str, media_type: str, begin: int, quote: str, sizes: tuple[int, ...]
) -> tuple[int, int] | None:
    """A sentence behind the beginning of its record, within so many characters, else as many before it."""
    for each in _written(quote):
        at = text.find(each, begin, begin + _FAR)
        if at >= 0:
            return at, at + len(each)
    windows = [(begin, size) for size in sizes]
    for first, size in dict.fromkeys([*windows, (max(begin - sizes[-1], 0), sizes[-1])]):
        span = _aligned(text[first : first + size], media_type, first, quote, 0, len(quote))
        if span is not None:
            return span
    return None


def _solid(text: str) -> str:
    """The visible characters without blanks."""
    return "".join(clean_text(text).split())


@lru_cache(maxsize=4)  # sentences of one field are asked for one after the other
def _visible(raw: str, media_type: str) -> tuple[str, list[tuple[int, int]]]:
    """The visible characters of a raw text without blanks, and where in it each of them stands."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for text, start, end in _pieces(raw, media_type):
        plain = end - start == len(text)
        visible = "".join(text.split()) if plain else _solid(text)
        characters.append(visible)
        if plain:
            places += [(at, at + 1) for at, char in enumerate(text, start) if not char.isspace()]
        else:
            places += [(start, end)] * len(visible)
    return "".join(characters), places


def _pieces(raw: str, media_type: str) -> Iterator[tuple[str, int, int]]:
    """Text that stays as it is, and what is read otherwise (as one character or none), with its place: tags,
    entities, escapes and what readers clean away. A piece as long as what is written there stays."""
    special = (
        _MARKUP if "html" in media_type or "xml" in media_type else _ESCAPE if "json" in media_type else None
    )
    end = 0
    for match in special.finditer(raw) if special else ():
        yield from _plain(raw, end, match.start())
        yield _read(match[0]), match.start(), match.end()
        end = match.end()
    yield from _plain(raw, end, len(raw))


def _plain(raw: str, start: int, stop: int) -> Iterator[tuple[str, int, int]]:
    for match in UNCLEAN.finditer(raw, start, stop):
        if start < match.start():
            yield raw[start : match.start()], start, match.start()
        yield _solid(match[0]), match.start(), match.end()
        start = match.end()
    if start < stop:
        yield raw[start:stop], start, stop


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
