"""Positions for the nodes of a graph: forces, groups of nodes as islands, few overlaps; seeded, near linear.

Forces draw each connected part (kg.exporters.forces), links between groups count little, so that groups
come to lie beside those they have to do with; then each group becomes an island (kg.exporters.islands).
Leaves stand around their hub as Vogel 1979, "A better way to construct the sunflower head", has it. Of a
large graph the forces draw the nodes that are linked most, each with room for all that are nearest to it:
those stand around it as leaves do, with their own leaves around them.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from kg.exporters.anchors import anchors
from kg.exporters.forces import drawn
from kg.exporters.islands import islands, separate

__all__ = ["REACH", "layout"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

REACH = 4900.0  # Gephi clips coordinates at 5,000
_LEAST_REACH = 400.0  # of a graph with few nodes, so that they are apart on every screen
_INK = 0.10  # share of the drawing that discs cover
_ROOMY = 20_000  # nodes; more of them stand closer
_SMALL = 12  # components up to this size are drawn as a circle
_GOLDEN_ANGLE = 2.399963229728653


def layout(
    radii: Floats,
    edges: NDArray[np.int32] | Ints,
    weights: Floats | None = None,
    groups: Ints | None = None,
    *,
    seed: int = 1,
    gap: float = 6.0,
) -> Floats:
    """Positions of ``len(radii)`` discs, shape (n, 2), rounded to a tenth.

    ``edges`` has shape (m, 2) and holds node numbers, ``weights`` shape (m,) and positive; direction, loops
    and order of the edges do not matter. ``groups``, shape (n,), are numbers of the groups that are to stand
    apart, -1 for nodes of none. Discs hardly overlap unless more than ``REACH`` would be needed; the
    largest component stands above, the others in rows below it. All positions differ, |x| and |y| are at most
    ``REACH``, and the centroid is at 0.
    """
    n = len(radii)
    if n == 0:
        return np.zeros((0, 2))
    gap *= min(1.0, float(np.sqrt(_ROOMY / n)))
    adjacency = _adjacency(n, edges, weights)
    group = np.zeros(n, dtype=np.int64) if groups is None else np.asarray(groups, dtype=np.int64)
    hub = _hubs(adjacency)
    core = np.flatnonzero(hub < 0)
    links, wide = adjacency[core][:, core].tocsr(), _with_others(radii, hub, gap)
    del adjacency
    anchor = np.full(n, -1, dtype=np.int64)
    anchor[core], links = anchors(links, group[core])
    anchor[core] = np.where(anchor[core] >= 0, core[anchor[core]], -1)
    drawn_ones = core[anchor[core] < 0]
    points = np.zeros((n, 2))
    room = _with_others(wide, anchor, gap)[drawn_ones]
    points[drawn_ones] = _core(links, room, group[drawn_ones], seed, gap)
    _place_around(points, wide, anchor, gap)
    _place_around(points, radii, hub, gap)
    points -= points.mean(0)
    reach = float(np.abs(points).max())
    if reach > REACH:
        points *= REACH / reach
    elif 0 < reach < _LEAST_REACH:
        points *= _LEAST_REACH / reach
    return _distinct(np.round(points, 1))


def _core(adjacency: Any, radii: Floats, group: Ints, seed: int, gap: float) -> Floats:
    """Positions of the nodes that more than one edge holds: each component for itself, small ones rings."""
    _, component = csgraph.connected_components(adjacency, directed=False)
    points, rng = np.zeros((len(radii), 2)), np.random.default_rng(seed)
    order = np.argsort(component, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(component[order])) + 1):
        if len(members) > _SMALL:
            part = adjacency[members][:, members].tocsr()
            points[members] = _component(part, radii[members], group[members], rng, gap)
        elif len(members) > 1:
            turn = np.arange(len(members)) * (2 * np.pi / len(members))
            around = float(np.sum(2 * radii[members] + 2 * gap)) / np.pi
            points[members] = np.column_stack([np.cos(turn), np.sin(turn)]) * around
    return _pack(points, radii, component, gap * 4)


def _component(adjacency: Any, radii: Floats, group: Ints, rng: np.random.Generator, gap: float) -> Floats:
    """Positions of a connected graph, its groups apart."""
    alone = group.max() + 1 + np.arange(len(group))
    _, own = np.unique(np.where(group < 0, alone, group), return_inverse=True)
    points = _lying(drawn(adjacency, own, rng))
    placed = islands(points, radii, own, gap) if own.any() else _to_scale(points, radii)
    return separate(placed, radii, gap)


def _hubs(adjacency: Any) -> Ints:
    """For each node with one neighbour, that neighbour, if it has others; -1 for all other nodes.

    Such leaves (an author of one paper, a thing that one paper mentions) say nothing about the structure; in
    the forces they would drive the hub out of the picture.
    """
    neighbours = np.diff(adjacency.indptr)
    hub = np.full(adjacency.shape[0], -1, dtype=np.int64)
    leaves = np.flatnonzero(neighbours == 1)
    only = adjacency.indices[adjacency.indptr[leaves]]
    belongs = neighbours[only] > 1
    hub[leaves[belongs]] = only[belongs]
    return hub


def _with_others(radii: Floats, hub: Ints, gap: float) -> Floats:
    """The radius of the disc that a node and those around it need."""
    others = np.flatnonzero(hub >= 0)
    area = np.bincount(hub[others], _cell(radii[others], gap), len(radii))
    widest = np.zeros(len(radii))
    np.maximum.at(widest, hub[others], 2 * radii[others] + gap)
    return np.where(area > 0, np.sqrt((radii + gap) ** 2 + area) + widest / 2, radii)


def _cell(radii: Floats, gap: float) -> Floats:
    """The share of a sunflower, as a squared radius, that a disc takes."""
    cell: Floats = 1.5 * (radii + gap / 2) ** 2
    return cell


def _place_around(points: Floats, radii: Floats, hub: Ints, gap: float) -> None:
    """Discs around their hub as the seeds of a sunflower (Vogel 1979), the large ones inside."""
    others = np.flatnonzero(hub >= 0)
    if not len(others):
        return
    order = others[np.lexsort((others, -radii[others], hub[others]))]
    centre = hub[order]
    first = np.flatnonzero(np.diff(centre, prepend=-1))
    run = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(order))))
    cell = _cell(radii[order], gap)
    before = np.cumsum(cell) - cell
    inner = (radii[centre] + gap) ** 2 + before - before[first][run]
    distance = np.sqrt(inner + cell / 2) + radii[order] / 2
    angle = (np.arange(len(order)) - first[run]) * _GOLDEN_ANGLE + centre
    points[order] = points[centre] + distance[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])


def _adjacency(n: int, edges: NDArray[np.int32] | Ints, weights: Floats | None) -> Any:
    """A symmetric sparse matrix of weights; parallel edges add up, loops are left out."""
    ends = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    weight = np.ones(len(ends)) if weights is None else np.asarray(weights, dtype=np.float64)
    proper = ends[:, 0] != ends[:, 1]
    low, high, weight = ends[proper].min(1), ends[proper].max(1), weight[proper]
    order = np.lexsort((weight, high, low))  # sums of floats depend on their order
    low, high, weight = low[order], high[order], weight[order]
    matrix = sparse.coo_matrix(
        (np.concatenate([weight, weight]), (np.concatenate([low, high]), np.concatenate([high, low]))),
        shape=(n, n),
    )
    return matrix.tocsr()


def _lying(points: Floats) -> Floats:
    """Turned so that the long side lies flat, as screens do."""
    centred = points - points.mean(0)
    xx, yy, xy = (float(np.sum(centred[:, i] * centred[:, j])) for i, j in ((0, 0), (1, 1), (0, 1)))
    angle = np.arctan2(2 * xy, xx - yy) / 2
    x, y = centred.T
    return np.column_stack([x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)])


def _to_scale(points: Floats, radii: Floats) -> Floats:
    """Stretched until the discs cover ``_INK`` of the box that holds the middle."""
    low, high = np.percentile(points, [2, 98], axis=0)
    box = float(np.prod(np.maximum(high - low, 1e-9)))
    area = float(np.sum(np.pi * (radii + 3) ** 2)) / _INK
    scaled: Floats = points * np.sqrt(area / box)
    return scaled


def _pack(points: Floats, radii: Floats, component: NDArray[np.int32], gap: float) -> Floats:
    """The largest component stays, the others stand in rows under it, biggest first."""
    points = points.copy()
    sizes = np.bincount(component)
    order = np.argsort(-sizes, kind="stable")
    main = component == order[0]
    low, high = points[main].min(0), points[main].max(0)
    members = np.split(np.argsort(component, kind="stable"), np.cumsum(sizes)[:-1])
    others = [members[label] for label in order[1:]]
    boxes = [np.ptp(points[ix], axis=0) + 2 * radii[ix].max() + gap for ix in others]
    total = float(sum(box[0] * box[1] for box in boxes))
    width = max(float(high[0] - low[0]), np.sqrt(total) * 1.2, gap * 4)
    left = (low[0] + high[0] - width) / 2
    x, y, row = left, low[1] - gap * 2, 0.0
    for ix, box in zip(others, boxes, strict=True):
        if x + box[0] > left + width and x > left:
            x, y, row = left, y - row, 0.0
        middle = (points[ix].min(0) + points[ix].max(0)) / 2
        points[ix] += np.array([x + box[0] / 2, y - box[1] / 2]) - middle
        x += box[0]
        row = max(row, float(box[1]))
    return points


def _distinct(points: Floats) -> Floats:
    """Points that rounding made one are moved by tenths, inwards of ``REACH``, until all differ."""
    order = np.lexsort((points[:, 1], points[:, 0]))
    again = (np.diff(points[order], axis=0) == 0).all(axis=1)
    if again.any():
        taken = set(map(tuple, points.tolist()))
        for index in np.sort(order[1:][again]).tolist():  # the first of each spot stays
            points[index] = _free(taken, *points[index].tolist())
    points += 0.0  # no negative zero
    return points


def _free(taken: set[tuple[float, ...]], x: float, y: float) -> tuple[float, float]:
    """A spot near one that is taken; it is taken then."""
    step, spot = 0, (x, y)
    while spot in taken:
        step += 1
        shift, turn = 0.1 * math.sqrt(step), step * _GOLDEN_ANGLE
        spot = (
            round(min(max(x + shift * math.cos(turn), -REACH), REACH), 1),
            round(min(max(y + shift * math.sin(turn), -REACH), REACH), 1),
        )
    taken.add(spot)
    return spot
