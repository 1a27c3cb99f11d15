"""How a graph is shown, decided once for all formats: labels, sizes, colours, positions, communities.

Colours follow Okabe and Ito, "Color Universal Design" (2008), extended by two greys and a violet; each kind
has a shape too, so that nothing rests on colour alone.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.errors import ExportError
from kg.exporters.clean import one_line
from kg.exporters.columns import Types
from kg.exporters.communities import NONE, Community, find_communities, name_communities
from kg.exporters.layout import layout
from kg.graph import GraphRows
from kg.rows import EdgeRow, Rows

__all__ = ["KINDS", "Community", "Display", "Look", "ShownEdge", "ShownNode", "arrange", "look"]

LABEL_LENGTH = 120
SMALLEST, LARGEST = 4.0, 100.0  # the range that Gephi's auto-scale leaves as it is, positions too

_ROOM = 500_000.0  # sum of squared sizes that fits into Gephi's 10,000 x 10,000 with space for the edges

_HELD = 200_000  # of more nodes or edges each is made when it is written, not held
_COMMUNITY = ("community", "community_name")  # decided here, even where the graph brings its own
_NMTOKEN = re.compile(r"[\w.\-:·]+")
# Attraction in layout and communities: what a paper is about shapes them, who published it hardly does.
_PULL = {"authored": 1.0, "published_in": 0.1, "mentions": 0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How nodes of one kind look: its name for many, colours on light and dark ground, a shape of vis."""

    kind: str
    plural: str
    light: str
    dark: str
    shape: str


KINDS: dict[str, Look] = {
    kind: Look(kind=kind, plural=plural, light=light, dark=dark, shape=shape)
    for kind, plural, light, dark, shape in (
        ("paper", "papers", "#0072b2", "#4aa8e8", "square"),
        ("author", "authors", "#8c8f96", "#8f939c", "dot"),
        ("venue", "venues", "#4d4d57", "#c9ccd6", "hexagon"),
        ("method", "methods", "#009e73", "#2cc295", "dot"),
        ("model", "models", "#d55e00", "#f0823a", "diamond"),
        ("hardware", "hardware", "#e69f00", "#f2b632", "hexagon"),
        ("dataset", "datasets", "#56b4e9", "#8fd0f7", "triangleDown"),
        ("metric", "metrics", "#cc79a7", "#e59cc4", "triangle"),
        ("task", "tasks", "#7a56b3", "#ab8ae0", "star"),
        ("tool", "tools", "#a89a0c", "#e6d94a", "square"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNode:
    """A node as every format draws it; ``community`` is -1 where there is none.

    ``attributes`` are the graph's own, and ``community`` and ``community_name`` where there is one.
    """

    id: str
    kind: str
    label: str
    x: float
    y: float
    size: float
    color: str
    community: int
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEdge:
    """An edge as every format draws it; ``weight`` is the number of papers that say so, or the graph's own.

    ``attributes`` are the graph's own, less a ``weight`` that is shown.
    """

    id: str
    source: str
    target: str
    kind: str
    label: str
    weight: float
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """A graph arranged for showing. Nodes and edges are sorted by id; y grows upwards.

    Communities stand by number, the largest first. The types are those of nodes' and edges' attributes.
    """

    nodes: Collection[ShownNode]
    edges: Collection[ShownEdge]
    communities: tuple[Community, ...] = ()
    node_types: Types = field(default_factory=Types, compare=False)
    edge_types: Types = field(default_factory=Types, compare=False)


def look(kind: str) -> Look:
    """The look of a kind; kinds that are not known are grey dots."""
    return KINDS.get(kind) or Look(kind=kind, plural=kind, light="#77787d", dark="#a6a8ae", shape="dot")


def arrange(graph: nx.MultiDiGraph[str] | Rows) -> Display:
    """Decides labels, sizes, colours, positions and communities of a graph, or of rows of one not held.

    Equal graphs give equal displays in whatever order built.
    Ids that GraphML cannot take, or an edge key used twice, are an ExportError.
    """
    rows = GraphRows(graph) if isinstance(graph, nx.MultiDiGraph) else graph
    kinds: dict[str, str] = {}
    names, papers = list[str](), list[float]()
    node_types, edge_types = Types(), Types()
    for node, data in rows.nodes():
        kinds[node] = str(data.get("kind", ""))
        names.append(str(data.get("name", node)))
        papers.append(float(data.get("papers") or 1))
        node_types.see(_own(data))
    ties = _ties(rows, {node: index for index, node in enumerate(kinds)}, edge_types)
    _check_ids("node", kinds)
    sizes = _sizes(_neighbours(len(kinds), ties))
    pull = _pulls(ties)
    numbers = find_communities(len(kinds), ties.ends, pull)
    points = layout(sizes, ties.ends, pull, numbers)
    found = name_communities(numbers, ties.ends, pull, np.array(papers), names, list(kinds.values()))
    for community in found[:1]:
        node_types.see({"community": community.number, "community_name": community.name})
    del names, papers

    def nodes() -> Iterator[ShownNode]:
        for index, (node, data) in enumerate(rows.nodes()):
            member = found[int(numbers[index])] if numbers[index] != NONE else None
            yield _node(node, data, points[index].tolist(), float(sizes[index]), member)

    def edges() -> Iterator[ShownEdge]:
        return map(_edge, rows.edges())

    return Display(
        nodes=_shown(len(kinds), nodes),
        edges=_shown(len(ties.ends), edges),
        communities=found,
        node_types=node_types,
        edge_types=edge_types,
    )


Item = TypeVar("Item")


class _Made(Collection[Item], Generic[Item]):
    """Nodes or edges that are made anew each time one goes through them."""

    def __init__(self, count: int, make: Callable[[], Iterator[Item]]) -> None:
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Item]:
        return self._make()

    def __contains__(self, item: object) -> bool:
        return any(item == each for each in self)


def _shown(count: int, make: Callable[[], Iterator[Item]]) -> Collection[Item]:
    return _Made(count, make) if count > _HELD else tuple(make())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ties:
    """Edges as numbers: their nodes, shape (m, 2), weights, whether derived, shape (m,), and their kinds."""

    ends: NDArray[np.int64]
    weights: NDArray[np.float64]
    derived: NDArray[np.bool_]
    kinds: list[str]


def _ties(rows: Rows, number: Mapping[str, int], types: Types) -> _Ties:
    """The edges of rows as numbers, their ids checked and the types of their values noted."""
    ends, weights, derived, kinds = array("q"), array("d"), array("b"), list[str]()

    def read() -> Iterator[str]:
        for key, source, target, data in rows.edges():
            ends.extend((number[source], number[target]))
            weight, own = _weight(data)
            weights.append(weight)
            derived.append(bool(data.get("derived")))
            kinds.append(str(data.get("kind", "related")))
            types.see({name: value for name, value in data.items() if name != "weight"} if own else data)
            yield key

    _check_ids("edge", read())
    return _Ties(
        ends=np.frombuffer(ends, dtype=np.int64).reshape(-1, 2),
        weights=np.frombuffer(weights),
        derived=np.frombuffer(derived, dtype=np.bool_),
        kinds=kinds,
    )


def _weight(attributes: Mapping[str, Any]) -> tuple[float, bool]:
    """An edge's weight: its own, else the number of papers that say so; and whether it is its own."""
    weight = attributes.get("weight")
    if isinstance(weight, (int, float)) and 0 < weight < math.inf:
        return float(weight), True
    return float(max(attributes.get("support", 1), 1)), False


def _own(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes but for communities, which are decided here."""
    return {name: value for name, value in attributes.items() if name not in _COMMUNITY}


def _node(
    node: str, attributes: Mapping[str, Any], point: list[float], size: float, community: Community | None
) -> ShownNode:
    kind = str(attributes.get("kind", "other"))
    own = _own(attributes)
    member = {"community": community.number, "community_name": community.name} if community else {}
    return ShownNode(
        id=node,
        kind=kind,
        label=one_line(str(attributes.get("name", "")), LABEL_LENGTH) or node,
        x=point[0],
        y=point[1],
        size=size,
        color=look(kind).light,
        community=community.number if community else NONE,
        attributes=own | member,
    )


def _edge(row: EdgeRow) -> ShownEdge:
    key, source, target, attributes = row
    kind = str(attributes.get("kind", "related"))
    value = one_line(str(attributes["value"]), 40) if "value" in attributes else ""
    weight, own = _weight(attributes)
    return ShownEdge(
        id=key,
        source=source,
        target=target,
        kind=kind,
        label=f"{kind.replace('_', ' ')} {value}".strip(),
        weight=weight,
        attributes={k: v for k, v in attributes.items() if k != "weight"} if own else attributes,
    )


def _pulls(ties: _Ties) -> NDArray[np.float64]:
    """How strongly each edge pulls in the layout and ties in communities.

    Weights of derived edges are normalised already: they pull by their share of the mean weight.
    """
    derived = ties.weights[ties.derived]
    mean = float(derived.sum()) / len(derived) if len(derived) else 1.0
    pulls = (
        max(weight / mean, 0.01) if own else _PULL.get(kind, 1.0) * (1 + math.log(max(weight, 1.0)))
        for kind, weight, own in zip(ties.kinds, ties.weights.tolist(), ties.derived.tolist(), strict=True)
    )
    return np.fromiter(pulls, dtype=np.float64, count=len(ties.kinds))


def _check_ids(what: str, ids: Iterable[str]) -> None:
    """Ids are sorted: one that is used twice follows itself."""
    former = None
    for name in ids:
        if not isinstance(name, str) or not _NMTOKEN.fullmatch(name):
            raise ExportError(
                f"{what} id {name!r} is no NMTOKEN",
                hint="use only letters, digits and . - _ : as kg.ids does",
            )
        if name == former:
            raise ExportError(f"{what} id {name!r} is used twice", hint="key every edge by an id of its own")
        former = name


def _neighbours(n: int, ties: _Ties) -> NDArray[np.int64]:
    """How many other nodes each node is linked to; a paper does not grow with the length of its byline."""
    pairs = np.unique(np.sort(ties.ends[ties.ends[:, 0] != ties.ends[:, 1]], axis=1), axis=0)
    count = np.bincount(pairs.ravel(), minlength=n)
    bylines = [index for index, kind in enumerate(ties.kinds) if kind == "authored"]
    return count - np.bincount(ties.ends[bylines, 1], minlength=n)


def _sizes(neighbours: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sizes of exactly 4 to 100 by the number of neighbours; the more nodes, the fewer of them are large."""
    sizes = np.full(len(neighbours), SMALLEST)
    for power in (0.5, 0.75, 1.0, 1.5, 2.0, 3.0):
        score = neighbours.astype(np.float64) ** power
        span = float(np.ptp(score)) if len(score) else 0.0
        if span > 0:
            sizes = np.round(SMALLEST + (score - score.min()) / span * (LARGEST - SMALLEST), 2)
        if float(np.sum(sizes**2)) < _ROOM:
            break
    return sizes
