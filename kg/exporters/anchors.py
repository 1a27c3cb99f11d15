"""Which nodes of a large graph the forces draw, and around which of them each other one stands.

The nodes with the strongest links are drawn; every other node belongs to the one that it is nearest to, by
paths whose links are the shorter the stronger they are, within its group where there is a way.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

__all__ = ["MOST", "anchors"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST = 4_000
_ABROAD = 30.0  # times as long is a link to another group


def anchors(adjacency: Any, group: Ints) -> tuple[Ints, Any]:
    """For each node the one that it stands around, -1 for those that are drawn; and the links of these.

    ``adjacency`` is sparse, symmetric, with positive weights; links of nodes count for what they stand
    around. A graph with few nodes stays as it is. Every connected part and every group keeps one at least.
    """
    n = adjacency.shape[0]
    if n <= MOST:
        return np.full(n, -1, dtype=np.int64), adjacency
    links = adjacency.tocoo()
    within = group[links.row] == group[links.col]
    strength = np.bincount(links.row, links.data * np.where(within, 1.0, 1 / _ABROAD), n)
    part = csgraph.connected_components(adjacency, directed=False)[1]
    chosen = np.zeros(n, dtype=np.bool_)
    ranked = np.lexsort((np.arange(n), -strength))
    chosen[ranked[:MOST]] = True
    for label in (part, group):
        by_label = ranked[np.argsort(label[ranked], kind="stable")]
        chosen[by_label[np.flatnonzero(np.diff(label[by_label], prepend=-2))]] = True
    drawn = np.flatnonzero(chosen)
    length = np.where(within, 1.0, _ABROAD) / links.data
    ways = sparse.coo_matrix((length, (links.row, links.col)), shape=(n, n)).tocsr()
    nearest = csgraph.dijkstra(ways, indices=drawn, min_only=True, return_predecessors=True)[2]
    place = np.searchsorted(drawn, nearest)
    own = sparse.csr_matrix((np.ones(n), place, np.arange(n + 1)), shape=(n, len(drawn)))
    between = (own.T @ adjacency @ own).tocsr()
    between.setdiag(0)
    between.eliminate_zeros()
    between.sort_indices()
    anchor = np.where(chosen, -1, nearest).astype(np.int64)
    return anchor, between
