"""The strongest part of a graph that is too large to be looked at as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.batches import attributes_of
from kg.exporters.display import Display, ShownEdges, ShownNodes

__all__ = ["strongest"]


def strongest(display: Display, most: int) -> tuple[Display, dict[str, dict[str, Any]]]:
    """The ``most`` most connected nodes with the edges between them, as they lie in the whole, and the
    attributes of papers that these edges quote and that are not among the nodes, by id.

    Half of the places are for papers, which else would take all, unless one half is not used up. Of nodes
    with equally many edges the first by id are taken.
    """
    kept = _most_connected(display, most)
    nodes: list[ShownNodes] = []
    start = 0
    for batch in display.node_batches():
        part = kept[start : start + len(batch.ids)].tolist()
        nodes.append(_nodes(batch, part))
        start += len(batch.ids)
    known = {node for batch in nodes for node in batch.ids}
    edges = [_edges(batch, known) for batch in display.edge_batches()]
    quoted = {paper for batch in edges for paper in batch.columns.get("paper") or () if paper is not None}
    cut = replace(
        display,
        node_batches=lambda: iter(nodes),
        edge_batches=lambda: iter(edges),
        counts=(len(known), sum(len(batch.ids) for batch in edges)),
    )
    return cut, _outside(display, quoted - known)


def _most_connected(display: Display, most: int) -> NDArray[np.bool_]:
    """For each node whether it is one of them."""
    ids = [node for batch in display.node_batches() for node in batch.ids]
    papers = np.array(
        [kind == "paper" for batch in display.node_batches() for kind in batch.kinds], dtype=bool
    )
    number = {node: place for place, node in enumerate(ids)}
    edges = np.zeros(len(ids), dtype=np.int64)
    for batch in display.edge_batches():
        ends = np.fromiter((number[node] for node in (*batch.sources, *batch.targets)), dtype=np.int64)
        edges += np.bincount(ends, minlength=len(ids))
    order = np.argsort(-edges, kind="stable")
    of_papers, of_others = order[papers[order]], order[~papers[order]]
    half = max(most // 2, most - len(of_others))
    kept = np.zeros(len(ids), dtype=bool)
    kept[of_papers[:half]] = True
    kept[of_others[: most - min(half, len(of_papers))]] = True
    return kept


def _nodes(batch: ShownNodes, kept: Sequence[bool]) -> ShownNodes:
    def of(values: Sequence[Any]) -> list[Any]:
        return list(compress(values, kept))

    return ShownNodes(
        ids=of(batch.ids),
        kinds=of(batch.kinds),
        labels=of(batch.labels),
        x=of(batch.x),
        y=of(batch.y),
        sizes=of(batch.sizes),
        colors=of(batch.colors),
        communities=of(batch.communities),
        columns=_columns(batch.columns, kept),
    )


def _edges(batch: ShownEdges, known: set[str]) -> ShownEdges:
    kept = [
        source in known and target in known
        for source, target in zip(batch.sources, batch.targets, strict=True)
    ]

    def of(values: Sequence[Any]) -> list[Any]:
        return list(compress(values, kept))

    return ShownEdges(
        ids=of(batch.ids),
        sources=of(batch.sources),
        targets=of(batch.targets),
        kinds=of(batch.kinds),
        labels=of(batch.labels),
        weights=of(batch.weights),
        columns=_columns(batch.columns, kept),
    )


def _columns(columns: Mapping[str, Sequence[Any]], kept: Sequence[bool]) -> dict[str, list[Any]]:
    if not any(kept):
        return {}
    return {name: list(compress(values, kept)) for name, values in columns.items()}


def _outside(display: Display, papers: set[str]) -> dict[str, dict[str, Any]]:
    found = {}
    for batch in display.node_batches():
        if not papers.isdisjoint(batch.ids):
            given = attributes_of(batch.columns, len(batch.ids))
            for node, attributes in zip(batch.ids, given, strict=True):
                if node in papers:
                    found[node] = attributes
    return dict(sorted(found.items()))
