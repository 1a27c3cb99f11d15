"""What two things have to do with each other: every edge and result between them, each with its sentence.

Where there is none, what connects them at one hop. Behind ``kg explain DIR A B``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.explain import Explainer, Form, ShownEdge, ShownResult
from kg.lookup import Candidate

__all__ = ["Bridge", "Connection", "connect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """A third thing that both have to do with: the surest edge to each, seen from the two things."""

    node: str
    kind: str
    name: str
    first: ShownEdge
    second: ShownEdge


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Two things. ``edges`` are seen from the first one, a relation once for each paper that says so;
    ``bridges`` only where there are no edges and no results, ``more_bridges`` how many are left out."""

    one: Candidate
    other: Candidate
    forms_of_one: tuple[Form, ...]
    forms_of_other: tuple[Form, ...]
    edges: tuple[ShownEdge, ...]
    results: tuple[ShownResult, ...]
    bridges: tuple[Bridge, ...]
    more_bridges: int


def connect(
    explainer: Explainer,
    one: Candidate,
    other: Candidate,
    *,
    min_confidence: float = 0.0,
    min_support: int = 1,
    most: int = 10,
) -> Connection:
    """What is said of two nodes, at least so surely and by so many papers; at most so many bridges."""
    edges = [
        each
        for edge in explainer.edges_of(one.node)
        if edge.other == other.node and edge.confidence >= min_confidence and edge.support >= min_support
        for each in explainer.said_by(one.node, edge)
    ]
    results = [
        result
        for result in explainer.results_of(one.node, other.node)
        if result.confidence >= min_confidence and min_support <= 1
    ]
    bridges: list[Bridge] = []
    if not edges and not results:
        bridges = _bridges(explainer, one.node, other.node, min_confidence, min_support)
    return Connection(
        one=one,
        other=other,
        forms_of_one=explainer.forms_of(one.node),
        forms_of_other=explainer.forms_of(other.node),
        edges=tuple(edges),
        results=tuple(results),
        bridges=tuple(bridges[:most]),
        more_bridges=max(len(bridges) - most, 0),
    )


def _bridges(
    explainer: Explainer, one: str, other: str, min_confidence: float, min_support: int
) -> list[Bridge]:
    """The things next to both, the surest first."""

    def surest(edges: Iterable[ShownEdge]) -> dict[str, ShownEdge]:
        found: dict[str, ShownEdge] = {}
        for edge in edges:
            enough = edge.confidence >= min_confidence and edge.support >= min_support
            if enough and (edge.other not in found or _rank(edge) < _rank(found[edge.other])):
                found[edge.other] = edge
        return found

    near_one = surest(explainer.edges_of(one, results=True))
    near_other = surest(explainer.edges_of(other, results=True))
    found = [
        Bridge(
            node=node,
            kind=near_one[node].other_kind,
            name=near_one[node].other_name,
            first=near_one[node],
            second=near_other[node],
        )
        for node in near_one.keys() & near_other.keys()
    ]
    return sorted(found, key=_rank_of_bridge)


def _rank_of_bridge(bridge: Bridge) -> tuple[float, int, str, str]:
    """As sure as the less sure of its two edges."""
    edges = (bridge.first, bridge.second)
    confidence, support = min(edge.confidence for edge in edges), min(edge.support for edge in edges)
    return -confidence, -support, bridge.name, bridge.node


def _rank(edge: ShownEdge) -> tuple[float, int, str]:
    return -edge.confidence, -edge.support, edge.kind
