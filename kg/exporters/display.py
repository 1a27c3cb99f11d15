"""How a graph is shown, decided once for all formats: labels, sizes, colours, positions, communities.

Colours follow Okabe and Ito, "Color Universal Design" (2008), extended by two greys and a violet; each kind
has a shape too, so that nothing rests on colour alone.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, Generic, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.batches import Batch, attributes_of
from kg.exporters.clean import one_line
from kg.exporters.columns import Types
from kg.exporters.communities import NONE, Community, find_communities, name_communities
from kg.exporters.layout import layout
from kg.exporters.ties import check_ids, column, neighbours, pulls, text_column, ties_of, weights_of
from kg.graph import GraphRows
from kg.rows import Rows

__all__ = [
    "KINDS",
    "Community",
    "Display",
    "Look",
    "ShownEdge",
    "ShownEdges",
    "ShownNode",
    "ShownNodes",
    "arrange",
    "look",
]

LABEL_LENGTH = 120
SMALLEST, LARGEST = 4.0, 100.0  # the range that Gephi's auto-scale leaves as it is, positions too

_ROOM = 500_000.0  # sum of squared sizes that fits into Gephi's 10,000 x 10,000 with space for the edges

_HELD = 200_000  # of more nodes or edges each is made when it is written, not held
_COMMUNITY = ("community", "community_name")  # decided here, even where the graph brings its own


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
class ShownNodes:
    """Some nodes, a list for each field of ``ShownNode``; ``columns`` have None where one has no value."""

    ids: Sequence[str]
    kinds: list[str]
    labels: list[str]
    x: list[float]
    y: list[float]
    sizes: list[float]
    colors: list[str]
    communities: list[int]
    columns: Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEdges:
    """Some edges, a list for each field of ``ShownEdge``; ``columns`` have None where one has no value."""

    ids: Sequence[str]
    sources: list[str]
    targets: list[str]
    kinds: list[str]
    labels: list[str]
    weights: list[float]
    columns: Mapping[str, Sequence[Any]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Display:
    """A graph arranged for showing. Nodes and edges are sorted by id; y grows upwards.

    Communities stand by number, the largest first. The types are those of nodes' and edges' attributes.
    Batches are made anew each time; so are nodes and edges of a graph that is too large to hold them.
    """

    node_batches: Callable[[], Iterator[ShownNodes]]
    edge_batches: Callable[[], Iterator[ShownEdges]]
    counts: tuple[int, int]
    communities: tuple[Community, ...]
    node_types: Types
    edge_types: Types

    @cached_property
    def nodes(self) -> Collection[ShownNode]:
        """The nodes one by one."""
        return _shown(self.counts[0], lambda: chain.from_iterable(map(_each_node, self.node_batches())))

    @cached_property
    def edges(self) -> Collection[ShownEdge]:
        """The edges one by one."""
        return _shown(self.counts[1], lambda: chain.from_iterable(map(_each_edge, self.edge_batches())))


def look(kind: str) -> Look:
    """The look of a kind; kinds that are not known are grey dots."""
    return KINDS.get(kind) or Look(kind=kind, plural=kind, light="#77787d", dark="#a6a8ae", shape="dot")


def arrange(
    graph: nx.MultiDiGraph[str] | Rows, *, places: Mapping[str, tuple[float, float]] | None = None
) -> Display:
    """Decides labels, sizes, colours, positions and communities of a graph, or of rows of one not held.

    Equal graphs give equal displays in whatever order built. Where ``places`` of nodes are given, nothing is
    laid out: they are taken, and a node without one stands at (0, 0).
    Ids that GraphML cannot take, or an edge key used twice, are an ExportError.
    """
    rows = GraphRows(graph) if isinstance(graph, nx.MultiDiGraph) else graph
    node_types, edge_types = Types(), Types()
    ids, kinds, names, papers = _names(rows, node_types)
    ties = ties_of(rows, edge_types)
    sizes = _sizes(neighbours(len(ids), ties))
    pull, ends = pulls(ties), ties.ends
    edge_count = len(ends)
    del ties
    numbers = find_communities(len(ids), ends, pull)
    if places is None:
        points = layout(sizes, ends, pull, numbers)
    else:
        points = np.array([places.get(node, (0.0, 0.0)) for node in ids], dtype=np.float64).reshape(-1, 2)
    found = name_communities(numbers, ends, pull, papers, names, kinds)
    del ends, pull, kinds, names, papers
    for community in found[:1]:
        node_types.see({"community": community.number, "community_name": community.name})

    def nodes() -> Iterator[ShownNodes]:
        start = 0
        for batch in rows.node_batches():
            part = slice(start, start := start + len(batch))
            members = [found[number] if number != NONE else None for number in numbers[part].tolist()]
            yield _nodes(batch, points[part], sizes[part], members)

    def edges() -> Iterator[ShownEdges]:
        return (_edges(batch, ids) for batch in rows.edge_batches())

    return Display(
        node_batches=nodes,
        edge_batches=edges,
        counts=(len(ids), edge_count),
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


def _names(rows: Rows, types: Types) -> tuple[list[str], list[str], list[str], NDArray[np.float64]]:
    """Ids, kinds, names and numbers of papers of the nodes, their ids checked and types of values noted."""
    ids, kinds, names, papers = list[str](), list[str](), list[str](), array("d")
    for batch in rows.node_batches():
        check_ids("node", batch.ids, ids[-1:])
        ids += batch.ids
        kinds += text_column(batch, "kind", [""] * len(batch))
        names += text_column(batch, "name", batch.ids)
        papers.extend(float(count or 1) for count in column(batch, "papers"))
        for attribute, values in batch.columns.items():
            if attribute not in _COMMUNITY:
                types.see_column(attribute, values)
    return ids, kinds, names, np.array(papers)


def _nodes(
    batch: Batch, points: NDArray[np.float64], sizes: NDArray[np.float64], members: list[Community | None]
) -> ShownNodes:
    kinds = text_column(batch, "kind", ["other"] * len(batch))
    names = text_column(batch, "name", [""] * len(batch))
    color = {kind: look(kind).light for kind in set(kinds)}
    columns = {name: values for name, values in batch.columns.items() if name not in _COMMUNITY}
    if any(members):
        columns["community"] = [member.number if member else None for member in members]
        columns["community_name"] = [member.name if member else None for member in members]
    return ShownNodes(
        ids=batch.ids,
        kinds=kinds,
        labels=[one_line(name, LABEL_LENGTH) or node for name, node in zip(names, batch.ids, strict=True)],
        x=points[:, 0].tolist(),
        y=points[:, 1].tolist(),
        sizes=sizes.tolist(),
        colors=[color[kind] for kind in kinds],
        communities=[member.number if member else NONE for member in members],
        columns=columns,
    )


def _edges(batch: Batch, ids: list[str]) -> ShownEdges:
    kinds = text_column(batch, "kind", ["related"] * len(batch))
    weights, columns = weights_of(batch)
    values = text_column(batch, "value", [""] * len(batch))
    return ShownEdges(
        ids=batch.ids,
        sources=[ids[number] for number in batch.sources.tolist()],
        targets=[ids[number] for number in batch.targets.tolist()],
        kinds=kinds,
        labels=list(map(_edge_label, kinds, values)),
        weights=weights,
        columns=columns,
    )


@lru_cache(maxsize=4096)
def _edge_label(kind: str, value: str) -> str:
    return f"{kind.replace('_', ' ')} {one_line(value, 40)}".strip()


def _each_node(batch: ShownNodes) -> Iterator[ShownNode]:
    fields = (batch.ids, batch.kinds, batch.labels, batch.x, batch.y, batch.sizes, batch.colors,
              batch.communities, attributes_of(batch.columns, len(batch.ids)))  # fmt: skip
    for node, kind, label, x, y, size, color, community, attributes in zip(*fields, strict=True):
        yield ShownNode(
            id=node,
            kind=kind,
            label=label,
            x=x,
            y=y,
            size=size,
            color=color,
            community=community,
            attributes=attributes,
        )


def _each_edge(batch: ShownEdges) -> Iterator[ShownEdge]:
    fields = (batch.ids, batch.sources, batch.targets, batch.kinds, batch.labels, batch.weights,
              attributes_of(batch.columns, len(batch.ids)))  # fmt: skip
    for edge, source, target, kind, label, weight, attributes in zip(*fields, strict=True):
        yield ShownEdge(
            id=edge,
            source=source,
            target=target,
            kind=kind,
            label=label,
            weight=weight,
            attributes=attributes,
        )


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
