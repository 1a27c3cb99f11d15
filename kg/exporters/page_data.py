"""A graph as the page holds it: columns instead of records, the texts of evidence apart and compressed.

Columns keep a page small: a name of an attribute stands once, not once a node. Texts stand once a paper, and
evidence refers to them by offsets, in UTF-16 units as JavaScript counts. The page reads the texts, a zlib
stream (RFC 1950) in base64, with the browser's own DecompressionStream.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.disagreement import Said, opposed
from kg.exporters.clean import clean, utf16_offsets
from kg.exporters.display import KINDS, Display, ShownEdges, ShownNode, look

__all__ = ["Texts", "edge_columns", "kinds_of", "node_columns", "outside_papers"]

Columns = dict[str, Any]

# What stands in columns of its own, or can be seen from edges.
_SHOWN = frozenset(("kind", "name", "title", "abstract", "community", "community_name"))
_SLOTS = ("metric", "value", "low", "high", "unit", "bound", "polarity", "baseline", "dataset", "hardware")
_OF_EDGES = ("support", "position", "derived", *_SLOTS)
_PACKED = 6  # of zlib's levels; the last is thrice as slow for a hundredth less
_BYLINES = frozenset(("authored", "published_in"))


class Texts:
    """The texts of evidence: of papers by number of their node, and quotes that stand in no such text.

    Papers ``outside`` the graph (a view without papers still quotes them) are numbered after the nodes.
    """

    def __init__(self, display: Display, outside: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self.number = {node.id: index for index, node in enumerate(display.nodes)}
        self.papers = {node.id: _text(node.attributes) for node in display.nodes if node.kind == "paper"}
        for paper, attributes in (outside or {}).items():
            self.number[paper] = len(self.number)
            self.papers[paper] = _text(attributes)
        self.quotes: list[str] = []
        self._offsets: dict[str, Sequence[int]] = {}
        self._known: dict[str, int] = {}

    def place(self, said_in: Any, said: Any, start: Any) -> tuple[int, int, int]:
        """Where a quote stands: paper number or -1, start, length; or -1 as start and the number of a quote.

        Without a quote, start and the last number are -1.
        """
        paper, quote = str(said_in), str(said or "")
        number = self.number.get(paper, -1)
        if not quote:
            return number, -1, -1
        text = self.papers.get(paper, ("", ""))[1]
        if not isinstance(start, int) or text[start : start + len(quote)] != quote:
            start = text.find(quote)
        if start < 0:
            return number, -1, self._quote(clean(quote))
        offsets = self._offsets_in(paper, text)
        return number, offsets[start], offsets[start + len(quote)] - offsets[start]

    def packed(self, places: Mapping[str, Any]) -> str:
        """All texts: ``papers``, a list of number, where the abstract begins, and text; ``quotes``; and
        ``places`` of sentences (kg.exporters.page_places)."""
        papers = []
        for paper, (title, text) in self.papers.items():
            if text:
                begins = len(clean(title).encode("utf-16-le")) // 2 + 2 if title else 0
                papers.append((self.number[paper], begins, clean(text)))
        packed = {"papers": papers, "quotes": self.quotes, **places}
        written = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
        return base64.b64encode(zlib.compress(written.encode("utf-8"), _PACKED)).decode("ascii")

    def _offsets_in(self, paper: str, text: str) -> Sequence[int]:
        if paper not in self._offsets:
            plain = max(text) < "\U00010000" and clean(text) == text  # as nearly all are: nothing moves
            self._offsets[paper] = range(len(text) + 1) if plain else utf16_offsets(text)
        return self._offsets[paper]

    def _quote(self, quote: str) -> int:
        if quote not in self._known:
            self._known[quote] = len(self.quotes)
            self.quotes.append(quote)
        return self._known[quote]


def _text(attributes: Mapping[str, Any]) -> tuple[str, str]:
    """Title, and the text that the page shows: title, blank line, abstract."""
    title, abstract = (str(attributes.get(name) or "") for name in ("title", "abstract"))
    parts = [part for part in (title, abstract) if clean(part)]
    return (title if len(parts) == 2 else ""), "\n\n".join(parts)


def kinds_of(display: Display) -> list[dict[str, str]]:
    """The looks of the kinds that there are, known ones first."""
    present = {node.kind for node in display.nodes}
    order = [kind for kind in KINDS if kind in present] + sorted(present - set(KINDS))
    return [
        {name: getattr(look(kind), name) for name in ("kind", "plural", "light", "dark", "shape")}
        for kind in order
    ]


def node_columns(display: Display) -> Columns:
    """Nodes: a list for each of id, kind (number), name, x, y, size, community; ``more`` holds the others."""
    number = {shown["kind"]: index for index, shown in enumerate(kinds_of(display))}
    told = _told_by_edges(display)
    return {
        "id": [node.id for node in display.nodes],
        "kind": [number[node.kind] for node in display.nodes],
        "name": [clean(str(node.attributes.get("name") or node.label)) for node in display.nodes],
        "x": [_short(node.x) for node in display.nodes],
        "y": [_short(node.y) for node in display.nodes],
        "size": [_short(node.size) for node in display.nodes],
        "community": [node.community for node in display.nodes],
        "more": _columns([_more(node, told) for node in display.nodes]),
    }


def outside_papers(outside: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Papers that are quoted and are no nodes: what the page says of them beside the quote."""
    told = ("name", "year", "doi", "arxiv_id", "url")
    return [
        {"id": paper} | {name: _plain(given[name]) for name in told if _tells(given.get(name))}
        for paper, given in outside.items()
    ]


def edge_columns(display: Display, texts: Texts) -> Columns:
    """Edges: lists for ends (node numbers), kind (number in ``kinds``), confidence, place of evidence."""
    names: list[str] = []
    found: dict[str, list[Any]] = {
        name: [] for name in ("from", "to", "confidence", "paper", "start", "length")
    }
    more: defaultdict[str, list[tuple[int, Any]]] = defaultdict(list)
    against = _against(display)
    for edges in display.edge_batches():
        begin, none = len(names), [None] * len(edges.kinds)
        names += edges.kinds
        found["from"] += [texts.number[node] for node in edges.sources]
        found["to"] += [texts.number[node] for node in edges.targets]
        found["confidence"] += map(_confidence, edges.columns.get("confidence") or none)
        # a byline's quote says no more than the edge, so it stays out
        given = (edges.columns.get(name) or none for name in ("paper", "quote", "start"))
        for kind, paper, quote, start in zip(edges.kinds, *given, strict=True):
            place = texts.place(paper, None if kind in _BYLINES else quote, start)
            for name, each in zip(("paper", "start", "length"), place, strict=True):
                found[name].append(each)
        for name in _OF_EDGES:
            values = edges.columns.get(name) or ()
            taken = (1,) if name == "support" else ()  # as nearly all: the page takes it for granted
            some = [(at, value) for at, value in enumerate(values, begin) if value is not None]
            more[name] += [(at, _plain(each)) for at, each in some if _tells(each) and each not in taken]
    more["against"] += sorted(against.items())
    kinds = sorted(set(names))
    number = {kind: index for index, kind in enumerate(kinds)}
    return {
        "kinds": kinds,
        **{name: found[name] for name in ("from", "to")},
        "kind": [number[kind] for kind in names],
        **{name: found[name] for name in ("confidence", "paper", "start", "length")},
        "more": {name: dict(_column(more[name], len(names))) for name in sorted(more) if more[name]},
    }


def _against(display: Display) -> dict[int, list[int]]:
    """For edges that another paper contradicts (kg.disagreement): the numbers of the edges that do."""
    nodes = {node.id: node for node in display.nodes}
    claims: dict[int, Said] = {}
    begin = 0
    for edges in display.edge_batches():
        for at, value in enumerate(edges.columns.get("value") or ()):
            if value is not None:
                claims[begin + at] = _said(edges, at, nodes)
        begin += len(edges.kinds)
    numbers, said = list(claims), list(claims.values())
    found: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in opposed(said):
        if said[one].paper != said[other].paper:
            found[numbers[one]].append(numbers[other])
            found[numbers[other]].append(numbers[one])
    return {index: sorted(others) for index, others in found.items()}


def _said(edges: ShownEdges, at: int, nodes: Mapping[str, ShownNode]) -> Said:
    """A claim without a paper or a subject of its own is held against none."""
    given = {name: values[at] for name, values in edges.columns.items()}
    source, target = edges.sources[at], nodes[edges.targets[at]]
    own = nodes[source].kind != "paper" and given.get("paper")
    metric = given.get("metric") or (target.attributes.get("name") if target.kind == "metric" else "")
    low, high = (given.get(name) for name in ("low", "high"))
    return Said(
        subject=source if own else "",
        metric=str(metric or ""),
        unit=str(given.get("unit") or ""),
        conditions=(
            str(given.get("dataset") or ""),
            str(given.get("hardware") or ""),
            str(given.get("baseline") or ""),
        ),
        predicate=edges.kinds[at],
        polarity=str(given.get("polarity") or ""),
        low=low if isinstance(low, int | float) else None,
        high=high if isinstance(high, int | float) else None,
        bound=str(given.get("bound") or ""),
        paper=str(given.get("paper") or ""),
        sentence=given.get("start"),
    )


def _told_by_edges(display: Display) -> dict[str, set[str]]:
    """Papers whose ``authors`` or ``venue`` are nodes too."""
    told: dict[str, set[str]] = {"authors": set(), "venue": set()}
    for edges in display.edge_batches():
        for kind, source, target in zip(edges.kinds, edges.sources, edges.targets, strict=True):
            if kind == "authored":
                told["authors"].add(target)
            elif kind == "published_in":
                told["venue"].add(source)
    return told


def _more(node: ShownNode, told: Mapping[str, set[str]]) -> dict[str, Any]:
    return {
        name: _plain(value)
        for name, value in node.attributes.items()
        if name not in _SHOWN and _tells(value) and node.id not in told.get(name, ())
    }


def _columns(rows: list[dict[str, Any]]) -> Columns:
    """Attribute -> a list for all rows where most have it, otherwise the numbers of rows and their values."""
    found: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for index, row in enumerate(rows):
        for name, value in row.items():
            found[name].append((index, value))
    return {name: dict(_column(found[name], len(rows))) for name in sorted(found)}


def _column(values: list[tuple[int, Any]], rows: int) -> Iterator[tuple[str, Any]]:
    if len(values) * 2 > rows:
        known = dict(values)
        yield "all", [known.get(index) for index in range(rows)]
    else:
        yield "at", [index for index, _ in values]
        yield "of", [value for _, value in values]


def _confidence(value: Any) -> Any:
    return _short(round(float(value), 3)) if isinstance(value, int | float) and math.isfinite(value) else None


def _short(value: float) -> float | int:
    """JSON writes 3 shorter than 3.0."""
    return int(value) if float(value).is_integer() else value


def _tells(value: Any) -> bool:
    """Whether a value says something: no None, empty text or list, no NaN or infinity, which JSON lacks."""
    return math.isfinite(value) if isinstance(value, float) else value not in (None, "", [], ())


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return _short(value)
    if isinstance(value, bool | int):
        return value
    return [clean(str(item)) for item in value] if isinstance(value, list | tuple) else clean(str(value))
