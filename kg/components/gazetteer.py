"""Finds known names: a trie over the units of thousands of entries, and patterns for families of versions.

The entries are data, one file a type (``gazetteers/model.jsonl``), one JSON object a line: ``{"name",
"type", "source", "docs", "precision"}``; ``precision`` is the share of the annotated texts with that form
in which it is an entity of that type (absent for curated names). An entry with ``"regex": true`` is a
regular expression, matched case-sensitively at word boundaries. Case, plurals and hyphens: see forms.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from kg.components.annotations import register
from kg.components.data import data_path
from kg.components.doctext import text_of
from kg.components.forms import form_key, keyed_units, strong_case, unit_key
from kg.errors import PipelineError

__all__ = [
    "PRIOR",
    "Entry",
    "Gazetteer",
    "Match",
    "Trie",
    "make_gazetteer",
    "read_entries",
    "read_folder",
    "write_entries",
]

register()

_MOST_WORDS = 200_000
PRIOR = 0.6
"""Precision of a curated name before the annotations have said anything about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A known name; ``precision`` is None where nothing was measured."""

    name: str
    type: str
    source: str
    docs: int = 0
    precision: float | None = None
    regex: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """An occurrence: offsets in code points."""

    start: int
    end: int
    entry: Entry


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    entry: Entry | None = None


class Trie:
    """Entries by the keys of their units.

    >>> trie = Trie([Entry(name="graph neural network", type="model", source="curated")])
    >>> text = "Graph-Neural Networks"
    >>> [(text[m.start : m.end], m.entry.type) for m in trie.find(text)]
    [('Graph-Neural Networks', 'model')]
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._root = _Node()
        patterns: dict[str, Entry] = {}
        for entry in entries:
            if entry.regex:
                patterns[f"p{len(patterns)}"] = entry
            else:
                self._add(entry)
        self._patterns = patterns
        joined = "|".join(f"(?P<{key}>{entry.name})" for key, entry in patterns.items())
        self._openings = _Openings(self._root)
        self._regex = re.compile(rf"(?<![\w\-])(?:{joined})(?!\w)") if joined else None

    def _add(self, entry: Entry) -> None:
        key = form_key(entry.name)
        node = self._root
        for unit in key:
            node = node.children.setdefault(unit, _Node())
        if key and node.entry is None:
            node.entry = entry

    def find(self, text: str, *, nested: bool = False) -> list[Match]:
        """The longest match at each place, left to right; with ``nested`` every match."""
        found = list(self._find_names(text, nested))
        if self._regex is not None:
            for match in self._regex.finditer(text):
                found.append(Match(match.start(), match.end(), self._patterns[str(match.lastgroup)]))
        found.sort(key=lambda match: (match.start, -match.end))
        return found if nested else _longest(found)

    def _find_names(self, text: str, nested: bool) -> Iterator[Match]:
        spans, words, keys = keyed_units(text)
        count = len(keys)
        openings = self._openings
        for first, word in enumerate(words):
            opening = openings[word]
            if opening is None:
                continue
            single, node = opening
            begin = spans[first][0]
            if single is not None:
                yield Match(begin, spans[first][1], single)
            position = first
            longest: Match | None = None
            while node is not None:
                if node.entry is not None:
                    longest = Match(begin, spans[position][1], node.entry)
                    if nested:
                        yield longest
                position += 1
                if position >= count:
                    break
                node = node.children.get(keys[position])
            if longest is not None and not nested:
                yield longest


class _Openings(dict[str, tuple[Entry | None, _Node | None] | None]):
    """What may begin with a word: the entry of the capitalised word alone, and the names whose first unit it
    is; None if there is neither."""

    def __init__(self, root: _Node) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, word: str) -> tuple[Entry | None, _Node | None] | None:
        if len(self) >= _MOST_WORDS:
            self.clear()
        names = self._root.children
        capital = _capitalised(word)
        single = names.get(capital) if capital is not None else None
        node = names.get(unit_key(word))
        entry = single.entry if single is not None else None
        opening = self[word] = None if entry is None and node is None else (entry, node)
        return opening


def _capitalised(word: str) -> str | None:
    """The key of a capitalised single word, as form_key gives it; None for any other word."""
    return unit_key(word).capitalize() if word[:1].isupper() and not strong_case(word) else None


def _longest(matches: list[Match]) -> list[Match]:
    """Of matches sorted by start and falling end: those that begin behind the last one kept."""
    kept: list[Match] = []
    end = 0
    for match in matches:
        if match.start >= end:
            kept.append(match)
            end = match.end
    return kept


@Language.factory("kg_gazetteer", assigns=["doc.spans"], default_config={"folder": "en_research/gazetteers"})
def make_gazetteer(nlp: Language, name: str, folder: str) -> Gazetteer:
    """``folder``: the JSON-lines files with the entries, absolute or among the installed pipelines."""
    return Gazetteer(read_folder(data_path(folder)))


class Gazetteer:
    """Writes ``doc.spans["gazetteer"]``, and each span's score and extractor in the group's ``attrs``.

    Entries with a measured precision count as extractor ``gazetteer``, others as ``curated``.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)
        self.trie = Trie(self.entries)

    def __call__(self, doc: Doc) -> Doc:
        group = SpanGroup(doc, name="gazetteer")
        scores: list[float] = []
        extractors: list[str] = []
        for match in self.trie.find(text_of(doc)):
            span = doc.char_span(match.start, match.end, label=match.entry.type)
            if span is not None:
                group.append(span)
                precision = match.entry.precision
                scores.append(PRIOR if precision is None else precision)
                extractors.append("curated" if precision is None else "gazetteer")
        group.attrs.update(scores=scores, extractors=extractors)
        doc.spans["gazetteer"] = group
        return doc


def read_folder(folder: Path) -> list[Entry]:
    """The entries of every file of a folder, the surest first: of two with one key the first counts."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise PipelineError(f"{folder}: no gazetteer (*.jsonl) in this folder", hint="reinstall kg-builder")
    entries = [entry for file in files for entry in read_entries(file)]
    return sorted(entries, key=lambda entry: -(PRIOR if entry.precision is None else entry.precision))


def read_entries(path: Path) -> list[Entry]:
    """The entries of one file; a line that is none is a PipelineError that names it."""
    entries = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                entries.append(Entry(**json.loads(line)))
            except (ValueError, TypeError) as error:
                raise PipelineError(
                    f"{path}:{number}: not an entry of a gazetteer ({error})",
                    hint='an entry is {"name": ..., "type": ..., "source": ...}',
                ) from error
    return entries


def write_entries(path: Path, entries: Iterable[Entry]) -> None:
    """One JSON object a line, fields at their default left out."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entry in entries:
            row: dict[str, Any] = {"name": entry.name, "type": entry.type, "source": entry.source}
            if entry.docs:
                row["docs"] = entry.docs
            if entry.precision is not None:
                row["precision"] = entry.precision
            if entry.regex:
                row["regex"] = True
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
