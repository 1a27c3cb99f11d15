"""Graph -> graph of who or what stands together in papers: edges that no paper states but papers show.

Each edge is marked ``derived`` and carries ``support``, ``papers`` (the ids of the papers it rests on), the
surest of them as ``paper`` and, where one sentence there names both ends, that sentence. ``weight`` is
normalised. Co-authors: 1 / (authors - 1) summed over their papers (Newman 2001, "Scientific collaboration
networks. II"), so that a long byline ties no closer than a short one. Co-occurrence: the cosine
``together / sqrt(one * other)`` of Salton and McGill 1983, between 0 and 1; van Eck and Waltman 2009, "How to
normalize cooccurrence data?", compare it with others.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import networkx as nx

from kg.graph import ROLE_EDGES, supported
from kg.ids import make_id

__all__ = ["LONGEST", "PROJECTIONS", "Projection", "project"]

LONGEST = 300  # papers that name more are left out: their pairs say little and are too many
_ROLES = frozenset(ROLE_EDGES.values())
_ROLES_IN_EARNEST = _ROLES - {ROLE_EDGES["mentioned"]}
_PLACE = ("start", "end", "quote", "offsets_in")


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Which nodes are linked by an edge of which kind: ``from_kinds`` to ``to_kinds``, or all among
    themselves where ``to_kinds`` is empty; ``links`` are the kinds of edges that tie them to a paper.

    Edges among themselves have no direction of their own: they lead from the lower id to the higher one.
    """

    kind: str
    links: frozenset[str]
    from_kinds: frozenset[str] = frozenset()
    to_kinds: frozenset[str] = frozenset()


PROJECTIONS: dict[str, Projection] = {
    "coauthors": Projection(kind="coauthor_of", links=frozenset({"authored"})),
    "comentions": Projection(kind="mentioned_with", links=_ROLES),
    "method-hardware": Projection(
        kind="on_hardware",
        links=_ROLES_IN_EARNEST,
        from_kinds=frozenset({"method", "model"}),
        to_kinds=frozenset({"hardware"}),
    ),
    "task-dataset": Projection(
        kind="on_dataset",
        links=_ROLES_IN_EARNEST,
        from_kinds=frozenset({"task"}),
        to_kinds=frozenset({"dataset"}),
    ),
}


@dataclass(slots=True)
class _Pair:
    """What is known of two nodes while papers are counted."""

    papers: list[str] = field(default_factory=list)
    share: float = 0.0
    surest: tuple[float, bool] = (-1.0, False)
    evidence: dict[str, Any] = field(default_factory=dict)


def project(graph: nx.MultiDiGraph[str], projection: Projection) -> nx.MultiDiGraph[str]:
    """The nodes that papers tie together, with an edge for each pair; attributes of nodes stay as they are.

    Edges of the projection that the graph holds already stay, so a projection of a projection is itself.
    """
    pairs: dict[tuple[str, str], _Pair] = defaultdict(_Pair)
    papers_of: dict[str, int] = defaultdict(int)
    for paper, tied in _tied(graph, projection.links):
        for node in tied:
            papers_of[node] += 1
        for source, target in _pairs(graph, tied, projection):
            _count(pairs[source, target], paper, len(tied), tied[source], tied[target])
    found: dict[str, tuple[str, str, dict[str, Any]]] = {
        key: (source, target, data)
        for source, target, key, data in graph.edges(keys=True, data=True)
        if data["kind"] == projection.kind
    }
    for (source, target), pair in pairs.items():
        together = len(pair.papers)
        cosine = together / math.sqrt(papers_of[source] * papers_of[target])
        weight = pair.share if projection.kind == "coauthor_of" else cosine
        found[make_id("ed", source, projection.kind, target)] = (
            source,
            target,
            {
                "kind": projection.kind,
                "support": together,
                "confidence": supported(pair.surest[0], together),
                "weight": round(weight, 4),
                "derived": True,
                "papers": sorted(pair.papers),
                **pair.evidence,
            },
        )
    ends = {node for source, target, _ in found.values() for node in (source, target)}
    projected: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    projected.add_nodes_from((node, dict(graph.nodes[node])) for node in sorted(ends))
    for key, (source, target, data) in sorted(found.items()):
        projected.add_edge(source, target, key=key, **data)
    return projected


def _tied(
    graph: nx.MultiDiGraph[str], links: frozenset[str]
) -> Iterator[tuple[str, dict[str, Mapping[str, Any]]]]:
    """Each paper with the nodes it is tied to and the surest edge to each; the nodes in the order of ids."""
    for paper in sorted(node for node, data in graph.nodes(data=True) if data["kind"] == "paper"):
        edges = [
            (other, key, data)
            for source, target, key, data in (
                *graph.in_edges(paper, keys=True, data=True),
                *graph.out_edges(paper, keys=True, data=True),
            )
            if data["kind"] in links
            for other in [source if target == paper else target]
        ]
        edges.sort(key=lambda edge: (edge[0], edge[2]["confidence"], edge[1]))
        tied = {other: data for other, _, data in edges}
        if len(tied) <= LONGEST:
            yield paper, tied


def _pairs(
    graph: nx.MultiDiGraph[str], tied: Mapping[str, Any], projection: Projection
) -> Iterator[tuple[str, str]]:
    if not projection.to_kinds:
        yield from combinations(tied, 2)
        return
    kind = {node: graph.nodes[node]["kind"] for node in tied}
    for source in tied:
        if kind[source] in projection.from_kinds:
            yield from ((source, target) for target in tied if kind[target] in projection.to_kinds)


def _count(pair: _Pair, paper: str, tied: int, one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    """Adds a paper; it becomes the evidence where it is surer, or as sure and says it in one sentence."""
    pair.papers.append(paper)
    pair.share += 1 / (tied - 1)
    sure = min(one["confidence"], other["confidence"])
    if sure < pair.surest[0]:
        return
    place = {name: one[name] for name in _PLACE if name in one}
    together = "start" in place and place == {name: other[name] for name in _PLACE if name in other}
    if (sure, together) > pair.surest:
        pair.surest = sure, together
        pair.evidence = {"paper": paper, **(place if together else {})}
