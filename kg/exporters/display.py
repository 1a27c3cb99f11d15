"""How a graph is shown, decided once and shared by all formats: labels, sizes, colours, positions.

Colours follow Okabe and Ito, "Color Universal Design" (2008), extended by two greys and a violet; each kind
has a shape too, so that nothing rests on colour alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.errors import ExportError
from kg.exporters.clean import one_line
from kg.exporters.layout import layout

__all__ = ["KINDS", "Display", "Look", "ShownEdge", "ShownNode", "arrange", "look"]

LABEL_LENGTH = 120
SMALLEST, LARGEST = 4.0, 100.0  # the range that Gephi's auto-scale leaves as it is, positions too

_ROOM = 500_000.0  # sum of squared sizes that fits into Gephi's 10,000 x 10,000 with space for the edges

_NMTOKEN = re.compile(r"[\w.\-:·]+")
# Attraction in the layout: what a paper is about shapes the picture, who published it hardly does.
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
    """A node as every format draws it; ``attributes`` are the graph's own."""

    id: str
    kind: str
    label: str
    x: float
    y: float
    size: float
    color: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEdge:
    """An edge as every format draws it; ``weight`` is the number of papers that say so."""

    id: str
    source: str
    target: str
    kind: str
    label: str
    weight: float
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """A graph arranged for showing. Nodes and edges are sorted by id; y grows upwards."""

    nodes: tuple[ShownNode, ...]
    edges: tuple[ShownEdge, ...]


def look(kind: str) -> Look:
    """The look of a kind; kinds that are not known are grey dots."""
    return KINDS.get(kind) or Look(kind=kind, plural=kind, light="#77787d", dark="#a6a8ae", shape="dot")


def arrange(graph: nx.MultiDiGraph[str]) -> Display:
    """Decides labels, sizes, colours and positions; equal graphs give equal displays in whatever order built.

    Ids that GraphML cannot take, or an edge key used twice, are an ExportError.
    """
    ids = sorted(graph.nodes)
    number = {node: index for index, node in enumerate(ids)}
    edges = sorted(
        (_edge(source, target, key, data) for source, target, key, data in graph.edges(keys=True, data=True)),
        key=lambda edge: edge.id,
    )
    _check_ids(ids, edges)
    ends = np.array([(number[e.source], number[e.target]) for e in edges], dtype=np.int64).reshape(-1, 2)
    sizes = _sizes(_neighbours(len(ids), edges, ends))
    pull = np.array([_PULL.get(e.kind, 1.0) * (1 + math.log(e.weight)) for e in edges], dtype=np.float64)
    points = layout(sizes, ends, pull)
    nodes = (
        _node(node, graph.nodes[node], points[index].tolist(), float(sizes[index]))
        for index, node in enumerate(ids)
    )
    return Display(nodes=tuple(nodes), edges=tuple(edges))


def _node(node: str, attributes: Mapping[str, Any], point: list[float], size: float) -> ShownNode:
    kind = str(attributes.get("kind", "other"))
    return ShownNode(
        id=node,
        kind=kind,
        label=one_line(str(attributes.get("name", "")), LABEL_LENGTH) or node,
        x=point[0],
        y=point[1],
        size=size,
        color=look(kind).light,
        attributes=attributes,
    )


def _edge(source: str, target: str, key: str, attributes: Mapping[str, Any]) -> ShownEdge:
    kind = str(attributes.get("kind", "related"))
    value = one_line(str(attributes.get("value", "")), 40)
    return ShownEdge(
        id=key,
        source=source,
        target=target,
        kind=kind,
        label=f"{kind.replace('_', ' ')} {value}".strip(),
        weight=float(max(attributes.get("support", 1), 1)),
        attributes=attributes,
    )


def _check_ids(nodes: list[str], edges: list[ShownEdge]) -> None:
    seen: set[str] = set()
    for what, name in (*(("node", node) for node in nodes), *(("edge", edge.id) for edge in edges)):
        if not isinstance(name, str) or not _NMTOKEN.fullmatch(name):
            raise ExportError(
                f"{what} id {name!r} is no NMTOKEN",
                hint="use only letters, digits and . - _ : as kg.ids does",
            )
        if what == "edge" and name in seen:
            raise ExportError(f"edge id {name!r} is used twice", hint="key every edge by an id of its own")
        seen.add(name)


def _neighbours(n: int, edges: list[ShownEdge], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many other nodes each node is linked to; a paper does not grow with the length of its byline."""
    pairs = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    count = np.bincount(pairs.ravel(), minlength=n)
    bylines = [index for index, edge in enumerate(edges) if edge.kind == "authored"]
    return count - np.bincount(ends[bylines, 1], minlength=n)


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
