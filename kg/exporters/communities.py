"""Groups of nodes that are linked more among themselves than to others, and names for them.

Blondel et al. 2008, "Fast unfolding of communities in large networks" (Louvain: kg.exporters.louvain), on the
simple undirected graph, seeded. A node with one neighbour always goes with it at the best modularity, so such
leaves are folded into their neighbour first. Louvain may return groups that hang together only by a node that
has left (Traag et al. 2019, "From Louvain to Leiden"): such groups are taken apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from kg.exporters.clean import one_line
from kg.exporters.louvain import louvain
from kg.text import fold

__all__ = ["NONE", "Community", "find_communities", "name_communities"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ends = NDArray[np.int32] | Ints  # nodes of edges go by few or by many bits

NONE = -1  # the number of nodes that are in no community
_SMALLEST = 3  # two linked nodes are no community
_NAMES = 3
_NAME_LENGTH = 40
# What a community is named after: what its papers are about, before what they measure and who wrote them.
_TELLING = {"metric": 1, "venue": 2, "paper": 3, "author": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A group of nodes: its number, its strongest members' names, how many members it has."""

    number: int
    name: str
    size: int


def find_communities(n: int, ends: Ends, weights: Floats, *, seed: int = 1) -> Ints:
    """The number of each node's community, shape (n,); 0 is the largest, ``NONE`` stands for none.

    ``ends`` has shape (m, 2) and holds node numbers, ``weights`` shape (m,) and positive. Direction, loops
    and order of the edges do not matter; parallel edges add up.
    """
    low, high, weight = _simple(ends, weights)
    hub = _hubs(n, low, high)
    here = np.flatnonzero(hub < 0)
    place = np.full(n, -1, dtype=np.int64)
    place[here] = np.arange(len(here))
    one, other = (place[np.where(hub[side] < 0, side, hub[side])] for side in (low, high))
    twice = (np.concatenate([weight] * 2), (np.concatenate([one, other]), np.concatenate([other, one])))
    label = np.full(n, NONE, dtype=np.int64)
    label[here] = louvain(sparse.coo_matrix(twice, shape=(len(here), len(here))).tocsr(), seed=seed)
    label[hub >= 0] = label[hub[hub >= 0]]
    return _by_size(_connected(label, low, high))


def name_communities(
    labels: Ints, ends: Ends, weights: Floats, papers: Floats, names: Sequence[str], kinds: Sequence[str]
) -> tuple[Community, ...]:
    """The communities by number, each named after its strongest members. No two are named alike.

    A member is strong by the number of ``papers`` (shape (n,)) that have it, less the share of its links that
    lead to other communities, then by the weight of its links inside. Things name a community before metrics,
    venues, papers and authors do.
    """
    within = labels[ends[:, 0]] == labels[ends[:, 1]]
    total = _strength(len(labels), ends, weights)
    inside = _strength(len(labels), ends[within], weights[within])
    score = np.round(papers * inside / np.maximum(total, 1e-12), 6)
    telling = np.array([_TELLING.get(kind, 0) for kind in kinds], dtype=np.int64)
    order = np.lexsort((np.arange(len(labels)), -np.round(inside, 6), -score, telling, labels))
    members: dict[int, list[int]] = defaultdict(list)
    for node in order.tolist():
        members[int(labels[node])].append(node)
    found, taken = [], set[str]()
    for number in sorted(set(members) - {NONE}):
        name = _name(members[number], names, telling) or f"community {number}"
        if name in taken:
            name = f"{name} ({number})"
        taken.add(name)
        found.append(Community(number=number, name=name, size=len(members[number])))
    return tuple(found)


def _simple(ends: Ends, weights: Floats) -> tuple[Ints, Ints, Floats]:
    """Each linked pair once, sorted, lower number first, with its summed weight."""
    ends = np.asarray(ends, dtype=np.int64).reshape(-1, 2)
    proper = ends[:, 0] != ends[:, 1]
    low, high, weight = ends[proper].min(1), ends[proper].max(1), weights[proper]
    order = np.lexsort((weight, high, low))  # sums of floats depend on their order
    low, high, weight = low[order], high[order], weight[order]
    first = np.flatnonzero(np.diff(low, prepend=-1) | np.diff(high, prepend=-1))
    summed = np.add.reduceat(weight, first) if len(first) else weight
    return low[first], high[first], summed


def _hubs(n: int, low: Ints, high: Ints) -> Ints:
    """For each node with one neighbour, that neighbour, if it has others; -1 for all other nodes."""
    degree = np.bincount(low, minlength=n) + np.bincount(high, minlength=n)
    hub = np.full(n, -1, dtype=np.int64)
    for one, other in ((low, high), (high, low)):
        leaves = (degree[one] == 1) & (degree[other] > 1)
        hub[one[leaves]] = other[leaves]
    return hub


def _connected(label: Ints, low: Ints, high: Ints) -> Ints:
    """The labels with every group taken apart into what hangs together."""
    within = label[low] == label[high]
    low, high = low[within], high[within]
    matrix = sparse.coo_matrix((np.ones(len(low)), (low, high)), shape=(len(label), len(label)))
    return np.asarray(csgraph.connected_components(matrix, directed=False)[1], dtype=np.int64)


def _by_size(label: Ints) -> Ints:
    """Numbered from the largest group, then by first member; groups that are too small are none."""
    if not len(label):
        return label
    _, first, group, sizes = np.unique(label, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(sizes), dtype=np.int64)
    number[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    numbered: Ints = np.where(sizes < _SMALLEST, NONE, number)[group]
    return numbered


def _strength(n: int, ends: Ends, weights: Floats) -> Floats:
    """The summed weight of each node's edges to others."""
    proper = ends[:, 0] != ends[:, 1]
    ends, weights = ends[proper], weights[proper]
    strength: Floats = np.zeros(n)
    for side in (0, 1):
        strength += np.bincount(ends[:, side], weights, n)
    return strength


def _name(members: list[int], names: Sequence[str], telling: Ints) -> str:
    """The names of the first members of the kind that tells most; members stand strongest first."""
    chosen: dict[str, str] = {}
    for node in members:
        if telling[node] != telling[members[0]] or len(chosen) == _NAMES:
            break
        if name := one_line(names[node], _NAME_LENGTH):
            chosen.setdefault(fold(name), name)
    return " · ".join(chosen.values())
