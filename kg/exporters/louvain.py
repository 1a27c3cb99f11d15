"""Louvain for large graphs: all nodes of a part of the graph move at once, so that numpy does the work.

Blondel et al. 2008, "Fast unfolding of communities in large networks"; that many nodes may move at once is
from Lu et al. 2015, "Parallel heuristics for scalable community detection". A part is an eighth of the nodes,
drawn with a seed: neighbours that would only swap places are seldom in the same one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

__all__ = ["louvain"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PARTS = 8  # of the nodes, one after the other
_ROUNDS = 12  # at most, on a level
_SETTLED = 0.002  # of the nodes moving in a round: the level is done
_GAIN = 1e-9


def louvain(adjacency: Any, *, seed: int = 1) -> Ints:
    """For each node the number of its group, from 0.

    ``adjacency`` is sparse and symmetric with positive weights; a node's own weight stands on the diagonal,
    twice what an edge to itself weighs.
    """
    draw = np.random.default_rng(seed)
    label = np.arange(adjacency.shape[0], dtype=np.int64)
    matrix = adjacency.tocsr()
    while True:
        found = _level(matrix, draw)
        _, found = np.unique(found, return_inverse=True)
        count = int(found.max()) + 1 if len(found) else 0
        if count == matrix.shape[0]:
            return label
        label = found[label]
        groups = _belonging(found, count)
        matrix = (groups.T @ matrix @ groups).tocsr()
        matrix.sort_indices()


def _level(matrix: Any, draw: np.random.Generator) -> Ints:
    """Groups of nodes after moving each where modularity gains most, until hardly one moves."""
    n = matrix.shape[0]
    strength = np.asarray(matrix.sum(1), dtype=np.float64).ravel()
    total = float(strength.sum()) or 1.0
    label = np.arange(n, dtype=np.int64)
    parts = np.array_split(draw.permutation(n), _PARTS if n >= 4 * _PARTS else max(n, 1))
    links = [_links(matrix, np.sort(part)) for part in parts]
    weight = strength.copy()  # of each group
    for _ in range(_ROUNDS):
        moved = sum(_move(*some, label, weight, strength, total) for some in links)
        if moved <= _SETTLED * n:
            break
    return label


def _links(matrix: Any, part: Ints) -> tuple[Ints, Ints, Ints, Floats]:
    """The links of some nodes to others: the nodes, and for each link the place among them of one end, the
    other end, the weight."""
    rows = matrix[part].tocoo()
    proper = part[rows.row] != rows.col
    return part, rows.row[proper].astype(np.int64), rows.col[proper].astype(np.int64), rows.data[proper]


def _move(
    part: Ints,
    row: Ints,
    column: Ints,
    link: Floats,
    label: Ints,
    weight: Floats,
    strength: Floats,
    total: float,
) -> int:
    """Moves nodes into the groups of their neighbours; the number that moved."""
    n = len(label)
    key = row * n + label[column]
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    if not len(first):
        return 0
    inside = np.add.reduceat(link[order], first)
    at, group = np.divmod(key[first], n)
    own = label[part]
    pull = strength[part]
    beside = weight[group] - np.where(group == own[at], pull[at], 0.0)
    gain = inside - pull[at] * beside / total
    stay = -pull * (weight[own] - pull) / total  # in its own group without a link there
    mine = group == own[at]
    stay[at[mine]] = gain[mine]
    ranked = np.lexsort((group, -gain, at))
    best = ranked[np.flatnonzero(np.diff(at[ranked], prepend=-1))]
    better = best[gain[best] > stay[at[best]] + _GAIN * total]
    nodes = part[at[better]]
    np.subtract.at(weight, label[nodes], strength[nodes])
    label[nodes] = group[better]
    np.add.at(weight, label[nodes], strength[nodes])
    return len(nodes)


def _belonging(label: Ints, count: int) -> Any:
    """A matrix of one row a node, with a 1 in the column of its group."""
    n = len(label)
    return sparse.csr_matrix((np.ones(n), label, np.arange(n + 1)), shape=(n, count))
