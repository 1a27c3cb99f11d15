"""Discs moved so that groups of them stand apart as islands, and no two cover each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

__all__ = ["gathered", "islands", "separate"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_INK, _MOST_INK = 0.24, 0.6  # share of an island that its discs cover: with room for all, and at most
_ROOM = 16e6  # summed squares of the radii of islands that fit within 5,000 of the middle with water around
_SHORE = 0.3  # of an island's radius, water around it
_EVEN = 0.5  # 0: radial distances as the forces left them; 1: discs spread evenly from the middle out
_WIDEN = 4.0
_ROUNDS = 60
_INWARDS = np.array([0.97, 0.95])  # a step of an island to the middle; screens are wider than high
_SLACK = 0.5  # of a disc: pairs so much apart are kept in view while discs move
_TOUCH = 0.002  # of a disc, so little may two overlap
_GOLDEN_ANGLE = 2.399963229728653


def islands(points: Floats, radii: Floats, group: Ints, gap: float) -> Floats:
    """Each group as a round island of a size that fits its discs; what lies beside what is kept.

    ``points`` (n, 2) in arbitrary units, ``group`` (n,) numbers from 0; the result is in units of ``radii``.
    """
    count = np.bincount(group)
    area = np.bincount(group, (radii + gap / 2) ** 2)
    ink = min(max(_INK, float(np.sum(area)) / _ROOM), _MOST_INK)
    reach = np.sqrt(area / ink)
    middle = np.column_stack([np.bincount(group, points[:, axis]) / count for axis in (0, 1)])
    centres = gathered(middle, reach * (1 + _SHORE) + gap)
    local = _round(points - middle[group], group)
    placed: Floats = centres[group] + _fitted(local, radii + gap / 2, group, reach)
    return placed


def _round(local: Floats, group: Ints) -> Floats:
    """Groups that are longer than wide made wider, at most ``_WIDEN`` times."""
    moments = np.empty((int(group.max()) + 1, 2, 2))
    for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):
        moments[:, i, j] = np.bincount(group, local[:, i] * local[:, j])
    lengths, axes = np.linalg.eigh(moments)
    widen = np.sqrt(lengths[:, 1] / np.maximum(lengths[:, 0], lengths[:, 1] / _WIDEN**2 + 1e-12))
    across = axes[:, :, 0][group]
    part = np.sum(local * across, axis=1)
    wider: Floats = local + across * (part * (np.maximum(widen, 1.0)[group] - 1))[:, None]
    return wider


def _fitted(local: Floats, radii: Floats, group: Ints, reach: Floats) -> Floats:
    """Places around the middle of each group, within its reach, in the same directions."""
    distance = np.hypot(*local.T)
    order = np.lexsort((np.arange(len(local)), distance, group))
    sorted_group, ink = group[order], (radii**2)[order]
    first = np.searchsorted(sorted_group, np.arange(len(reach)))
    covered = np.cumsum(ink)
    before = np.concatenate([[0.0], covered])[first]
    total = np.bincount(group, radii**2)
    share = (covered - before[sorted_group] - ink / 2) / total[sorted_group]
    last = np.concatenate([first[1:], [len(local)]]) - 1
    edge = distance[order][first + (0.9 * (last - first)).astype(np.int64)]
    plain = np.minimum(distance[order] / np.maximum(edge, 1e-9)[sorted_group], 1.0)
    radial = ((1 - _EVEN) * plain + _EVEN * np.sqrt(share)) * reach[sorted_group]
    scaled = np.zeros_like(local)
    scaled[order] = local[order] * (radial / np.maximum(distance[order], 1e-9))[:, None]
    return scaled


def gathered(centres: Floats, reach: Floats) -> Floats:
    """Discs drawn to their common middle as far as they have room."""
    if len(centres) == 1:
        return np.zeros((1, 2))
    spread = max(float(np.ptp(centres, axis=0).max()), 1e-9)
    points = (centres - centres.mean(0)) * (2 * np.sqrt(float(np.sum(reach**2))) / spread)
    weight = reach**2 / np.sum(reach**2)
    for _ in range(_ROUNDS):
        middle = np.array([float(np.sum(points[:, axis] * weight)) for axis in (0, 1)])
        points = separate(middle + (points - middle) * _INWARDS, reach, 0.0, rounds=12)
    return separate(points, reach, 0.0, rounds=300)


def separate(points: Floats, radii: Floats, gap: float, rounds: int = 80) -> Floats:
    """Overlapping discs pushed apart, a bit in each round; the lighter one of a pair goes further."""
    points = points.copy()
    if len(points) < 2:
        return points
    scale = float(np.median(radii)) + gap / 2
    slack, moved = _SLACK * scale, np.inf
    weight = radii**2
    for _ in range(rounds):
        if moved > slack / 2:  # else no pair can have come close that was not near before
            first, second = _near(points, radii + (gap + slack) / 2)
            wanted, share = (
                radii[first] + radii[second] + gap,
                weight[first] / (weight[first] + weight[second]),
            )
            moved = 0.0
        between = points[second] - points[first]
        distance = np.sqrt(between[:, 0] ** 2 + between[:, 1] ** 2)
        missing = wanted - distance
        close = np.flatnonzero(missing > _TOUCH * scale)
        if not len(close):
            break
        one, other, apart = first[close], second[close], between[close]
        length = distance[close]
        if length.min() < 1e-6:
            turn = (one * _GOLDEN_ANGLE + other) % (2 * np.pi)
            on_top = length < 1e-6
            apart[on_top] = np.column_stack([np.cos(turn), np.sin(turn)])[on_top]
            length = np.where(on_top, 1.0, length)
        push = missing[close] * 0.6 / length
        back, forth = push * (1 - share[close]), push * share[close]
        step = np.empty_like(points)
        for axis in (0, 1):
            step[:, axis] = np.bincount(other, apart[:, axis] * forth, len(points))
            step[:, axis] -= np.bincount(one, apart[:, axis] * back, len(points))
        points += step
        moved += float(np.sqrt((step**2).sum(axis=1).max()))
    return points


def _near(points: Floats, radii: Floats) -> tuple[Ints, Ints]:
    """The pairs of discs that overlap, sorted. Discs of one size are looked up together: one that is large
    must not make all others look far."""
    size = np.floor(np.log2(np.maximum(radii / max(float(radii.min()), 1e-9), 1.0))).astype(np.int64)
    members = [np.flatnonzero(size == each) for each in np.unique(size).tolist()]
    trees = [cKDTree(points[some]) for some in members]
    found = [np.empty((0, 2), dtype=np.int64)]
    for number, (some, tree) in enumerate(zip(members, trees, strict=True)):
        reach = float(radii[some].max())
        found.append(some[tree.query_pairs(2 * reach, output_type="ndarray")])
        for others, smaller in zip(members[:number], trees[:number], strict=True):
            both = tree.sparse_distance_matrix(
                smaller, reach + float(radii[others].max()), output_type="ndarray"
            )
            found.append(np.column_stack([some[both["i"]], others[both["j"]]]))
    pairs = np.concatenate(found)
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    between = points[low] - points[high]
    overlap = between[:, 0] ** 2 + between[:, 1] ** 2 < (radii[low] + radii[high]) ** 2
    key = np.sort(low[overlap] * len(points) + high[overlap])
    first, second = np.divmod(key, len(points))
    return first, second
