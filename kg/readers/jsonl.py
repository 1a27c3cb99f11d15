"""JSON of all origins: a record, lists of them, lines of them, the answers of services, with records
wherever they stand.

Which objects are papers, record_kinds.py tells by their structure; a record that is broken or no paper
costs itself and is reported by its place. Titles and abstracts have no plain span in the document
(escapes), so their offsets are None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.json_tables import rows
from kg.readers.json_values import OPENING, Item, JsonText
from kg.readers.record_kinds import Skipped, interpret
from kg.types import Paper

__all__ = ["READER"]

_MAX_NOTES = 20
_MAX_BARE = 100_000
_MAX_NODES = 2_000_000
_HEAD = 8192
_OBJECT = re.compile(r"\s*(?:\[\s*){0,9}\{\s*(?:\"(?:[^\"\\\n]|\\.){0,200}\"\s*:|\}\s*(?:[,\]\n]|\Z))")
_VALUES = re.compile(
    r"\s*\[\s*(?:\]|(?:\"(?:[^\"\\\n]|\\.){0,4000}\"|-?\d[\d.eE+-]{0,40}|true|false|null|\[)\s*(?:[,\]\"\[\d-]|\Z))"
)
_COMMENTED = re.compile(
    r"\s*(?:(?://[^\n]{0,400}\n|/\*[^*]{0,2000}\*/|#[^\n]{0,400}\n)\s*){1,20}[\[{]\s*[\"{\[\]}/\w]"
)
_LIKE_JSON = re.compile(r"\s*(?:\[\s*)?\{\s*(?:'[^'\n]{0,80}'\s*:|//|/\*|[A-Za-z_]\w{0,40}\s*:\s*[\"'\[{\d])")
_ENDINGS = frozenset({".json", ".jsonl", ".ndjson", ".jsonld", ".json5", ".jsonc", ".geojson"})
# what is cited, recommended or edited by a record is not what it is
_LISTS = frozenset(
    [
        "papers", "results", "records", "items", "entries", "works", "documents", "publications", "hits",
        "articles", "docs", "data", "result", "bibliography", "collection", "publication_list",
    ]
)  # fmt: skip
_ASIDE = frozenset({"facets", "aggregations", "editors", "relatedIdentifiers", "query", "@context"})


def score(raw: Raw) -> float:
    """By the first characters: the opening of an object or of a list, and what follows it there."""
    head = raw.text[:_HEAD]
    opening = OPENING.match(head)
    at = opening.end() if opening else 0
    named = raw.suffix in _ENDINGS
    if _OBJECT.match(head, at):
        return 0.96
    if _VALUES.match(head, at):
        return 0.9 if named or not re.match(r"\s*\[\d{1,3}\]", head) else 0.0
    if _COMMENTED.match(head, at) or _LIKE_JSON.match(head, at):
        return 0.9 if named else 0.5
    return 0.5 if named and head[at : at + 1] in ("[", "{") else 0.0


@dataclass(slots=True)
class _Collected:
    papers: list[Paper] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    faults_in_all: int = 0
    others_in_all: int = 0
    values: int = 0


def read(raw: Raw) -> Parsed:
    """Every paper; notes name the places that hold none. A ReadError where nothing is JSON."""
    text = JsonText(raw.text)
    found = _Collected()
    names: dict[str, None] = {}
    for item in text.items():
        if item.problem:
            found.faults_in_all += 1
            if len(found.faults) < _MAX_NOTES:
                found.faults.append(f"{text.place(item)}: {item.problem}")
            continue
        found.values += not item.number and not item.rest
        _collect(text, item, found)
        if not found.papers and isinstance(item.value, dict) and len(names) < 8:
            names.update(dict.fromkeys(list(item.value)[:8]))
    if (
        found.faults
        and not found.papers
        and not found.values
        and not found.others_in_all
        and not found.skipped
    ):
        raise ReadError(f"{found.faults[0]}; {_advice(raw.text, found.faults[0])}")
    media_type = "application/jsonl" if found.values > 1 else "application/json"
    return Parsed(papers=tuple(found.papers), notes=_notes(found, list(names)), media_type=media_type)


def _collect(text: JsonText, item: Item, found: _Collected) -> None:
    """The papers in one value."""
    before = len(found.papers), found.skipped.total()
    for record in _records(item.value, rest=item.rest):
        if isinstance(record, Paper):
            found.papers.append(record)
        else:
            found.skipped[_short(record)] += 1
    if item.rest or (len(found.papers), found.skipped.total()) != before or item.value in ([], {}, None):
        return
    if isinstance(item.value, dict) and any(item.value.get(key) == [] for key in _LISTS):
        return  # an answer without a hit
    found.others_in_all += 1
    if len(found.others) < _MAX_NOTES:
        found.others.append(f"{text.place(item)}: no record with a title, abstract or text")


def _records(value: Any, *, rest: bool) -> Iterator[Paper | Skipped]:
    """The papers in a value, wherever they stand, in the order of the document; nothing inside a paper is
    one.

    ``rest``: the value is part of an object, of which some is missing, so it is no paper itself.
    """
    pending: list[Any] = [value]
    outer: list[Any] = value if isinstance(value, list) else [value]
    bare = {id(each) for each in outer[:_MAX_BARE]}
    outermost = rest
    nodes = 0
    while pending and nodes < _MAX_NODES:
        nodes += 1
        current = pending.pop()
        if isinstance(current, list):
            pending += reversed(current)
            continue
        if not isinstance(current, Mapping):
            continue
        table = rows(current)
        if table is not None:
            pending += reversed(list(table))
            continue
        listed = _listed(current)
        record = None if listed else interpret(current, bare=id(current) in bare)
        if record is None:
            inner = [current[key] for key in listed] if listed else _inside(current)
            pending += reversed(inner)
        elif not outermost:
            yield record
        outermost = False


def _inside(value: Mapping[str, Any]) -> list[Any]:
    return [inner for key, inner in value.items() if isinstance(inner, dict | list) and key not in _ASIDE]


def _listed(value: Mapping[str, Any]) -> list[str]:
    """The names of the lists of papers that an object holds, which it may describe like a paper itself (a
    list of publications has a title, too)."""
    found = []
    for key in value.keys() & _LISTS:
        inner = value[key]
        if isinstance(inner, list) and len(inner) > 0 and all(isinstance(each, dict) for each in inner[:3]):
            papers = [interpret(each) for each in inner[:3]]
            if any(isinstance(paper, Paper) and (paper.authors or paper.abstract) for paper in papers):
                found.append(key)
    if not found or any(
        value.get(key) for key in ("abstract", "doi", "DOI", "externalIds", "abstract_inverted_index")
    ):
        return []
    return [key for key in value if key in found]


def _short(word: str) -> str:
    return re.sub(r"\s+", " ", word)[:40]


def _notes(found: _Collected, names: list[str]) -> tuple[str, ...]:
    notes = list(found.faults)
    if found.papers or found.faults or found.skipped or found.values > 1:
        notes += found.others
    elif found.others_in_all:
        shown = ", ".join(_short(name) for name in names[:6])
        notes.append(
            f"JSON without a paper: no object has a title with authors, an abstract, a venue or a DOI"
            f"{f' (there are: {shown})' if shown else ''}"
        )
    more = found.faults_in_all + found.others_in_all - len(found.faults) - len(found.others)
    notes, dropped = notes[:_MAX_NOTES], len(notes[_MAX_NOTES:])
    if found.skipped:
        told = ", ".join(f"{kind} ({count})" for kind, count in found.skipped.most_common(6))
        notes.append(f"left out, being no papers: {told}")
    if more + dropped > 0 and (found.papers or found.faults):
        notes.append(f"and {more + dropped} more")
    return tuple(notes)


def _advice(text: str, fault: str) -> str:
    if "comment" in fault:
        return "JSON has no comments: take them out, or save the file without them"
    if "nested" in fault:
        return "give one record a line"
    if re.match(r"[\s\[\ufeff]*\{\s*'", text[:400]):
        return "names and texts stand in single quotes, as Python prints them: write the file with json.dumps"
    return "correct it, or give one record a line"


READER = Reader(
    name="jsonl",
    score=score,
    read=read,
    summary="JSON and JSON lines: OpenAlex, Crossref, Semantic Scholar, DataCite, Zotero, CSL and others",
)
