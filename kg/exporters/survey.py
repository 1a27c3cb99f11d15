"""What a report needs of a graph, read once from its rows: papers, things, who names what, numeric claims.

Every text is made one clean line here, so that what draws and writes need not think of it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.exporters.clean import one_line
from kg.exporters.links import arxiv_url, doi_url, web_url
from kg.rows import ROLE_EDGES, Rows
from kg.text import normal_form

__all__ = ["Claim", "Survey", "Thing", "Work", "survey"]

_NAME, _QUOTE = 160, 700  # characters: longer ones are cut, the graph has them whole
_BESIDE = frozenset({"paper", "author", "venue"})  # kinds of nodes that are not what papers speak of
_ROLES = frozenset(ROLE_EDGES.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A paper: its name, year and date where known, and a web address of its own if it has one."""

    id: str
    name: str
    year: int | None = None
    date: str = ""
    venue: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A method, model, dataset, ... and how often it is named."""

    id: str
    kind: str
    name: str
    papers: int
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A numeric result with its sentence; slots that the sentence leaves open are "".

    ``metric_key`` is the same for the spellings of one metric.
    """

    id: str
    metric_key: str
    metric: str
    kind: str
    value: str
    low: float | None
    high: float | None
    unit: str
    bound: str
    polarity: str
    subject: str
    baseline: str
    dataset: str
    hardware: str
    quote: str
    paper: Work | None
    confidence: float

    @property
    def middle(self) -> float | None:
        """Where the claim stands on an axis; None where the value is no finite number."""
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(end / len(ends) for end in ends) if ends else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Works and things by id, nodes by kind, the number of edges, the claims in the order of their ids.

    ``ties``: for each work the things it names, True where it does more than mention them.
    """

    works: Mapping[str, Work]
    things: Mapping[str, Thing]
    kinds: Mapping[str, int]
    edges: int
    ties: Mapping[str, Mapping[str, bool]]
    claims: tuple[Claim, ...]


def survey(rows: Rows, outside: Mapping[str, Mapping[str, Any]] | None = None) -> Survey:
    """Goes through the rows once. Papers ``outside`` the graph are only named by claims, never counted."""
    works: dict[str, Work] = {}
    things: dict[str, Thing] = {}
    names: dict[str, str] = {}
    kinds: Counter[str] = Counter()
    for node, data in rows.nodes():
        kind = str(data.get("kind", "other"))
        kinds[kind] += 1
        names[node] = _line(data.get("name")) or node
        if kind == "paper":
            works[node] = _work(node, data)
        elif kind not in _BESIDE:
            counts = (int(data.get(name) or 0) for name in ("papers", "mentions"))
            papers, mentions = counts
            things[node] = Thing(id=node, kind=kind, name=names[node], papers=papers, mentions=mentions)
    quoted = works | {node: _work(node, data) for node, data in (outside or {}).items()}
    ties: dict[str, dict[str, bool]] = {work: {} for work in works}
    claims, edges = list[Claim](), 0
    for key, source, target, data in rows.edges():
        edges += 1
        if "metric" in data or "value" in data:
            measured = things.get(target)
            metric = measured.name if measured and measured.kind == "metric" else _line(data.get("metric"))
            subject = "" if source in works else names.get(source, "")
            claims.append(_claim(key, data, metric, subject, quoted.get(str(data.get("paper")))))
        elif data.get("kind") in _ROLES and source in works and target in things:
            earnest = data["kind"] != ROLE_EDGES["mentioned"]
            ties[source][target] = ties[source].get(target, False) or earnest
    return Survey(
        works=works,
        things=things,
        kinds=dict(sorted(kinds.items())),
        edges=edges,
        ties=ties,
        claims=tuple(claims),
    )


def _line(value: Any, limit: int = _NAME) -> str:
    return "" if value is None else one_line(str(value), limit)


def _work(node: str, data: Mapping[str, Any]) -> Work:
    year = data.get("year")
    address = doi_url(data.get("doi")) or arxiv_url(data.get("arxiv_id")) or web_url(data.get("url"))
    return Work(
        id=node,
        name=_line(data.get("name")) or node,
        year=year if isinstance(year, int) else None,
        date=_line(data.get("date")),
        venue=_line(data.get("venue")),
        url=address,
    )


def _claim(key: str, data: Mapping[str, Any], metric: str, subject: str, paper: Work | None) -> Claim:
    low, high = _number(data.get("low")), _number(data.get("high"))
    slots = {name: _line(data.get(name)) for name in ("value", "unit", "bound", "polarity")}
    others = {name: _line(data.get(name)) for name in ("baseline", "dataset", "hardware")}
    return Claim(
        id=key,
        metric_key=normal_form(metric),
        metric=metric,
        kind=str(data.get("kind", "")),
        low=low,
        high=high,
        subject=subject,
        quote=_line(data.get("quote"), _QUOTE),
        paper=paper,
        confidence=_number(data.get("confidence")) or 0.0,
        **slots,
        **others,
    )


def _number(value: Any) -> float | None:
    """A finite number, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
