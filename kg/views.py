"""Graph -> the part of it that one wants to see, and what was left out on the way.

A view holds nodes and edges of the graph as they are: ids, evidence, support; only the projections
(kg.cooccurrence) add edges, marked ``derived``. The same view twice is the view, and a higher threshold
leaves a part of what a lower one leaves.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.cooccurrence import PROJECTIONS, project
from kg.errors import KGError
from kg.excerpt import excerpt
from kg.graph import ROLE_EDGES, build_graph
from kg.lookup import find_nodes
from kg.tables import Tables
from kg.types import ENTITY_TYPES

__all__ = ["NODE_KINDS", "VIEWS", "Left", "View", "Viewed", "select", "view_of"]

_Edge = tuple[str, str, str, Mapping[str, Any]]

NODE_KINDS = ("paper", "author", "venue", *ENTITY_TYPES)
VIEWS = {
    "full": "everything",
    "concepts": "methods, models, datasets, ... and what is said of two of them",
    "papers": "papers with their concepts, and which cites which",
    "authors": "papers with their authors and venues",
    "results": "what was measured of what",
    "coauthors": "authors of the same papers (derived)",
    "comentions": "concepts of the same papers, at least two of them (derived)",
    "method-hardware": "methods and models, and the hardware of their papers (derived)",
    "task-dataset": "tasks, and the datasets of their papers (derived)",
}
_LEAST_SUPPORT = {"comentions": 2}  # every paper ties all it names: what one paper does is noise
_BY_ONE_PAPER = frozenset({*ROLE_EDGES.values(), "authored", "published_in", "cites"})
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The choices: a name of ``VIEWS``, kinds of nodes (all if none), thresholds (None: the view's own), a
    name and how many links around it, first and last year (None: open), how many nodes at most."""

    name: str = "full"
    types: tuple[str, ...] = ()
    min_support: int | None = None
    min_confidence: float = 0.0
    around: str | None = None
    hops: int = 2
    years: tuple[int | None, int | None] | None = None
    max_nodes: int | None = None

    @property
    def least_support(self) -> int:
        """The number of papers that must say so."""
        return _LEAST_SUPPORT.get(self.name, 1) if self.min_support is None else self.min_support

    @property
    def title(self) -> str:
        """The choices in words, "" for the whole graph.

        >>> View(name="concepts", min_support=3, years=(2019, None)).title
        'concepts, in 3 papers or more, 2019 to now'
        """
        parts = [self.name] if self.name != "full" else []
        parts += ["types " + " and ".join(self.types)] if self.types else []
        parts += [f"in {self.least_support} papers or more"] if self.least_support > 1 else []
        parts += [f"confidence {self.min_confidence:g} or more"] if self.min_confidence > 0 else []
        parts += [f"{_links(self.hops)} around {self.around}"] if self.around is not None else []
        parts += [_span(self.years)] if self.years else []
        parts += [f"the core of {self.max_nodes:,} nodes"] if self.max_nodes is not None else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What one choice left out: nodes by kind, the number of edges; of kinds that stay, the names
    in most papers."""

    choice: str
    nodes: dict[str, int]
    edges: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewed:
    """A view: its graph, the tables and the whole graph of its years, what was left out choice by choice."""

    graph: nx.MultiDiGraph[str]
    whole: nx.MultiDiGraph[str]
    tables: Tables
    left: tuple[Left, ...]


def view_of(tables: Tables, view: View) -> Viewed:
    """The view of a build. Years choose papers, and the graph is that of the papers chosen.

    An unknown or ambiguous name and a view that holds nothing are a KGError.
    """
    graph = build_graph(tables)
    left: list[Left] = []
    if view.years:
        first, last = view.years
        works = {
            node
            for node, data in graph.nodes(data=True)
            for year in [data.get("year")]
            if year is not None and (first is None or year >= first) and (last is None or year <= last)
        }
        tables, whole = excerpt(tables, works), graph
        graph = build_graph(tables)
        left.append(_left(_span(view.years), whole, graph))
    chosen, more = select(graph, view)
    return Viewed(graph=chosen, whole=graph, tables=tables, left=(*left, *more))


def select(graph: nx.MultiDiGraph[str], view: View) -> tuple[nx.MultiDiGraph[str], tuple[Left, ...]]:
    """The view of a graph but for its years, and what was left out. The graph stays as it is."""
    centre = _centre(graph, view)
    steps: list[tuple[str, Callable[[nx.MultiDiGraph[str]], nx.MultiDiGraph[str]]]] = []
    if view.name != "full":
        steps.append((f"view {view.name}", lambda given: _base(given, view.name)))
    if view.types:
        steps.append((f"types {', '.join(view.types)}", lambda given: _of_types(given, view.types, centre)))
    if view.least_support > 1 or view.min_confidence > 0:
        steps.append((_thresholds(view), lambda given: _supported(given, view, centre)))
    if centre is not None:
        steps.append((f"{_links(view.hops)} around", lambda given: _around(given, centre, view.hops)))
    if view.max_nodes is not None:
        most = view.max_nodes
        steps.append((f"the core of {most:,} nodes", lambda given: _core(given, most, centre)))
    left = []
    for choice, step in steps:
        given, graph = graph, step(graph)
        if centre is not None and centre not in graph:
            raise KGError(
                f"{given.nodes[centre]['name']!r} ({given.nodes[centre]['kind']}) is not in the {choice}",
                hint="take another view, or lower thresholds",
            )
        left.append(_left(choice, given, graph))
    if not graph:
        raise KGError(
            "nothing is left of the graph",
            hint=f"chosen: {view.title}; take fewer choices or lower thresholds",
        )
    return graph, tuple(left)


def _base(graph: nx.MultiDiGraph[str], name: str) -> nx.MultiDiGraph[str]:
    if name in PROJECTIONS:
        return project(graph, PROJECTIONS[name])
    kind = {node: data["kind"] for node, data in graph.nodes(data=True)}
    tests: dict[str, tuple[Collection[str], Callable[[_Edge], bool]]] = {
        "concepts": (ENTITY_TYPES, lambda _: True),
        "papers": (("paper", *ENTITY_TYPES), lambda edge: "paper" in (kind[edge[0]], kind[edge[1]])),
        "authors": (("paper", "author", "venue"), lambda _: True),
        "results": (("paper", *ENTITY_TYPES), lambda edge: "metric" in edge[3]),
    }
    if name not in tests:
        raise KGError(f"there is no view {name!r}", hint=f"take one of {', '.join(VIEWS)}")
    kinds, test = tests[name]
    return _without_loose(graph, {node for node in graph if kind[node] in kinds}, test)


def _of_types(
    graph: nx.MultiDiGraph[str], types: Collection[str], centre: str | None
) -> nx.MultiDiGraph[str]:
    """Nodes of some kinds, even those that nothing links; the centre stays whatever its kind."""
    nodes = (node for node, data in graph.nodes(data=True) if data["kind"] in types or node == centre)
    return _part(graph, set(nodes))


def _supported(graph: nx.MultiDiGraph[str], view: View, centre: str | None) -> nx.MultiDiGraph[str]:
    """Names in enough papers, and what enough papers say of them with enough confidence.

    What only one paper can say (its byline, its results, what it is about) counts if the names do.
    """
    least = view.least_support
    nodes = {node for node, data in graph.nodes(data=True) if data.get("papers", least) >= least}

    def said(edge: _Edge) -> bool:
        data = edge[3]
        enough: bool = data["kind"] in _BY_ONE_PAPER or "metric" in data or data.get("support", 1) >= least
        return enough and bool(data.get("confidence", 1) >= view.min_confidence)

    return _without_loose(graph, nodes | ({centre} if centre is not None else set()), said, keep=centre)


def _around(graph: nx.MultiDiGraph[str], centre: str, hops: int) -> nx.MultiDiGraph[str]:
    return _part(graph, _distances(graph, centre, hops))


def _distances(graph: nx.MultiDiGraph[str], centre: str, most: int | None = None) -> dict[str, int]:
    """How many links lead from the centre to each node within ``most``, in whatever direction."""
    return dict(nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), centre, most))


def _core(graph: nx.MultiDiGraph[str], most: int, centre: str | None) -> nx.MultiDiGraph[str]:
    """At most so many nodes: the least linked one goes until the others are few enough.

    After Batagelj and Zaversnik 2002, "Generalized Cores": a link counts its ``weight`` if it has one, else
    1; of equals the one in fewer papers goes. Around a centre the furthest go first, so all hang together.
    """
    links: dict[str, dict[str, float]] = {node: {} for node in graph}
    for source, target, data in graph.edges(data=True):
        if source != target:
            strength = max(float(data.get("weight", 1)), links[source].get(target, 0.0))
            links[source][target] = links[target][source] = strength
    far = _distances(graph, centre) if centre is not None else {}
    rank = {
        node: (-far.get(node, len(graph)) if centre is not None else 0, graph.nodes[node].get("papers", 1))
        for node in graph
    }
    degree = {node: sum(around.values()) for node, around in links.items()}
    heap = [_place(node, degree, rank) for node in graph if node != centre]
    heapq.heapify(heap)
    kept = set(graph)
    while heap and len(kept) > most:
        place = heapq.heappop(heap)
        node = place[-1]
        if node not in kept or place != _place(node, degree, rank):
            continue
        kept.discard(node)
        for other, strength in links[node].items():
            if other in kept and other != centre:
                degree[other] -= strength
                heapq.heappush(heap, _place(other, degree, rank))
    return _part(graph, kept)


def _place(
    node: str, degree: Mapping[str, float], rank: Mapping[str, tuple[int, int]]
) -> tuple[int, float, int, str]:
    """Where a node stands in the queue of those to leave out."""
    distance, papers = rank[node]
    return distance, round(degree[node], 6), papers, node


def _without_loose(
    graph: nx.MultiDiGraph[str],
    nodes: Collection[str],
    test: Callable[[_Edge], bool],
    keep: str | None = None,
) -> nx.MultiDiGraph[str]:
    """Some nodes and the edges among them that pass; nodes that lose their last edge by that go."""
    found = _part(graph, nodes, test)
    loose = [node for node in found if not found.degree(node) and graph.degree(node) and node != keep]
    found.remove_nodes_from(loose)
    return found


def _part(
    graph: nx.MultiDiGraph[str], nodes: Collection[str], test: Callable[[_Edge], bool] = lambda _: True
) -> nx.MultiDiGraph[str]:
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    part.add_nodes_from((node, dict(data)) for node, data in graph.nodes(data=True) if node in nodes)
    for edge in graph.edges(keys=True, data=True):
        source, target, key, data = edge
        if source in part and target in part and test(edge):
            part.add_edge(source, target, key=key, **data)
    return part


def _centre(graph: nx.MultiDiGraph[str], view: View) -> str | None:
    """The node that ``around`` means."""
    if view.around is None:
        return None
    found = find_nodes(graph, view.around)
    if len(found) == 1:
        return found[0].node
    listed = "".join(f"\n  {c.node}  {c.kind}, {c.papers} papers: {c.name}" for c in found[: 2 * _NAMED])
    more = f"\n  ... and {len(found) - 2 * _NAMED} more" if len(found) > 2 * _NAMED else ""
    raise KGError(
        f"{len(found)} nodes may be meant by {view.around!r}:{listed}{more}",
        hint="give a whole name or an id",
    )


def _left(choice: str, given: nx.MultiDiGraph[str], kept: nx.MultiDiGraph[str]) -> Left:
    kinds = {data["kind"] for _, data in kept.nodes(data=True)} - {"paper"}
    keys = {key for *_, key in kept.edges(keys=True)}
    gone = [(node, data) for node, data in given.nodes(data=True) if node not in kept]
    return Left(
        choice=choice,
        nodes=dict(sorted(Counter(data["kind"] for _, data in gone).items())),
        edges=sum(1 for *_, key in given.edges(keys=True) if key not in keys),
        names=_most((node, data) for node, data in gone if data["kind"] in kinds),
    )


def _most(nodes: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[str, ...]:
    named = [(-data.get("papers", 1), data["name"], node) for node, data in nodes]
    return tuple(name for _, name, _ in heapq.nsmallest(_NAMED, named))


def _thresholds(view: View) -> str:
    least, sure = view.least_support, view.min_confidence
    parts = [f"in {least} papers or more"] if least > 1 else []
    return ", ".join([*parts, *([f"confidence {sure:g} or more"] if sure > 0 else [])])


def _links(hops: int) -> str:
    return f"{hops} link{'' if hops == 1 else 's'}"


def _span(years: tuple[int | None, int | None]) -> str:
    """Years in words.

    >>> _span((2019, 2024)), _span((None, 2020)), _span((2021, 2021))
    ('2019 to 2024', 'to 2020', '2021')
    """
    first, last = years
    if first == last:
        return str(first)
    return " ".join(filter(None, (str(first or ""), "to", str(last or ("now" if first else "")))))
