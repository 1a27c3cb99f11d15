"""Positions for the nodes of a graph: ForceAtlas2 with repulsion on a grid, seeded, near linear in its size.

Sources: Jacomy et al. 2014, "ForceAtlas2" (forces, adaptive speed); Hockney and Eastwood 1988, "Computer
Simulation Using Particles" (cloud-in-cell grids); Brandes and Pich 2007, "Eigensolver Methods for Progressive
Multidimensional Scaling" (pivot MDS, the start); Vogel 1979, "A better way to construct the sunflower head"
(leaves around their hub). Repulsion in ForceAtlas2 is ``mass_i * mass_j / distance``: the field of a log
potential, so the sum over all pairs is a convolution of the mass grid with ``(x, y) / (x² + y²)``, one
forward and two inverse Fourier transforms a step.

Nothing here calls BLAS on more than a 50 x 50 matrix, so the number of threads does not change a digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import fft, sparse
from scipy.sparse import csgraph
from scipy.spatial import cKDTree

__all__ = ["REACH", "layout"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

REACH = 4900.0  # Gephi clips coordinates at 5,000
_LEAST_REACH = 400.0  # of a graph with few nodes, so that they are apart on every screen
_INK = 0.10  # share of the drawing that discs cover
_PIVOTS = 50
_STEPS = 300
_SMALL = 12  # components up to this size are drawn as a circle
_SCALING = 2.0
_GRAVITY = 8.0  # keeps what hangs by one thread near the rest
_GOLDEN_ANGLE = 2.399963229728653


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kernel:
    """Fourier transforms of ``x / (x² + y²)`` and ``y / (x² + y²)`` on a padded grid of ``2 * cells``."""

    cells: int
    x: NDArray[np.complex128]
    y: NDArray[np.complex128]


def layout(
    radii: Floats, edges: Ints, weights: Floats | None = None, *, seed: int = 1, gap: float = 6.0
) -> Floats:
    """Positions of ``len(radii)`` discs, shape (n, 2), rounded to a tenth.

    ``edges`` has shape (m, 2) and holds node numbers, ``weights`` shape (m,) and positive; direction, loops
    and order of the edges do not matter. Discs hardly overlap unless more than ``REACH`` would be needed; the
    largest component stands above, the others in rows below it. All positions differ, |x| and |y| are at most
    ``REACH``, and the centroid is at 0.
    """
    n = len(radii)
    if n == 0:
        return np.zeros((0, 2))
    adjacency = _adjacency(n, edges, weights)
    hub = _hubs(adjacency)
    core = np.flatnonzero(hub < 0)
    wide = _with_leaves(radii, hub, gap)[core]
    points = np.zeros((n, 2))
    points[core] = _core(adjacency[core][:, core].tocsr(), wide, seed, gap)
    _place_leaves(points, radii, hub, gap)
    points -= points.mean(0)
    reach = float(np.abs(points).max())
    if reach > REACH:
        points *= REACH / reach
    elif 0 < reach < _LEAST_REACH:
        points *= _LEAST_REACH / reach
    return _distinct(np.round(points, 1))


def _core(adjacency: Any, radii: Floats, seed: int, gap: float) -> Floats:
    """Positions of the nodes that more than one edge holds."""
    _, component = csgraph.connected_components(adjacency, directed=False)
    points = _raw(adjacency, component, np.random.default_rng(seed))
    points = _to_scale(points, radii, component)
    points = _separate(points, radii, gap)
    return _pack(points, radii, component, gap * 4)


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


def _with_leaves(radii: Floats, hub: Ints, gap: float) -> Floats:
    """The radius of the disc that a node and the leaves around it need."""
    leaves = np.flatnonzero(hub >= 0)
    area = np.bincount(hub[leaves], _cell(radii[leaves], gap), len(radii))
    widest = np.zeros(len(radii))
    np.maximum.at(widest, hub[leaves], 2 * radii[leaves] + gap)
    return np.where(area > 0, np.sqrt((radii + gap) ** 2 + area) + widest / 2, radii)


def _cell(radii: Floats, gap: float) -> Floats:
    """The share of a sunflower, as a squared radius, that a leaf takes."""
    cell: Floats = 1.5 * (radii + gap / 2) ** 2
    return cell


def _place_leaves(points: Floats, radii: Floats, hub: Ints, gap: float) -> None:
    """Leaves around their hub as the seeds of a sunflower (Vogel 1979), the large ones inside."""
    leaves = np.flatnonzero(hub >= 0)
    order = leaves[np.lexsort((leaves, -radii[leaves], hub[leaves]))]
    inner, turn, current = 0.0, 0, -1
    for leaf in order:
        if hub[leaf] != current:
            current, turn = int(hub[leaf]), 0
            inner = float((radii[current] + gap) ** 2)
        cell = float(_cell(radii[leaf : leaf + 1], gap)[0])
        distance = np.sqrt(inner + cell / 2) + radii[leaf] / 2
        angle = turn * _GOLDEN_ANGLE + current
        points[leaf] = points[current] + distance * np.array([np.cos(angle), np.sin(angle)])
        inner, turn = inner + cell, turn + 1


def _adjacency(n: int, edges: Ints, weights: Floats | None) -> Any:
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


def _raw(adjacency: Any, component: NDArray[np.int32], rng: np.random.Generator) -> Floats:
    """Each component laid out for itself; small ones as circles, in arbitrary units."""
    points = np.zeros((adjacency.shape[0], 2))
    for label, size in enumerate(np.bincount(component)):
        members = np.flatnonzero(component == label)
        if size > _SMALL:
            part = adjacency[members][:, members].tocsr()
            points[members] = _lying(_force_atlas(part, _pivot_mds(part, rng)))
        elif size > 1:
            turn = np.arange(size) * (2 * np.pi / size)
            points[members] = np.column_stack([np.cos(turn), np.sin(turn)]) * size
    return points


def _lying(points: Floats) -> Floats:
    """Turned so that the long side lies flat, as screens do."""
    centred = points - points.mean(0)
    xx, yy, xy = (float(np.sum(centred[:, i] * centred[:, j])) for i, j in ((0, 0), (1, 1), (0, 1)))
    angle = np.arctan2(2 * xy, xx - yy) / 2
    x, y = centred.T
    return np.column_stack([x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)])


def _pivot_mds(adjacency: Any, rng: np.random.Generator) -> Floats:
    """Start positions of a connected graph: distances from pivots that are far apart, two leading axes."""
    n = adjacency.shape[0]
    pivots = min(_PIVOTS, n)
    distances = np.empty((n, pivots))
    nearest = np.full(n, np.inf)
    current = int(np.argmax(np.asarray(adjacency.sum(1)).ravel()))
    for column in range(pivots):
        distances[:, column] = csgraph.dijkstra(adjacency, unweighted=True, indices=[current])[0]
        nearest = np.minimum(nearest, distances[:, column])
        current = int(np.argmax(nearest))
    squares = distances**2
    centred = -0.5 * (squares - squares.mean(0) - squares.mean(1)[:, None] + squares.mean())
    _, vectors = np.linalg.eigh(np.einsum("ni,nj->ij", centred, centred))
    axes = vectors[:, [-1, -2]]
    axes = axes * np.sign(axes[np.abs(axes).argmax(0), [0, 1]])
    points = np.einsum("ni,ij->nj", centred, axes)
    spread = points.std(0)
    jittered: Floats = points / np.where(spread > 0, spread, 1.0) + rng.normal(0, 0.03, points.shape)
    return jittered


def _force_atlas(adjacency: Any, start: Floats) -> Floats:
    """ForceAtlas2 on a connected graph; the pull on a node is divided by the root of its mass."""
    n = len(start)
    mass = np.asarray((adjacency > 0).sum(1), dtype=np.float64).ravel() + 1.0
    pull = np.asarray(adjacency.sum(1), dtype=np.float64).ravel()
    drag = np.sqrt(mass.mean() / mass)[:, None]  # or hubs swallow their neighbours
    kernel = _kernel(128 if n < 3_000 else 256 if n < 30_000 else 512)
    points: Floats = start * (np.sqrt(n) * 3.0 / max(float(start.std()), 1e-9))
    speed, efficiency, former = 1.0, 1.0, np.zeros((n, 2))
    for _ in range(_STEPS):
        attraction: Floats = (adjacency @ points - pull[:, None] * points) * drag
        force = _SCALING * _repulsion(points, mass, kernel) + attraction
        outward = points - points.mean(0)
        force -= _GRAVITY * mass[:, None] * outward / (np.hypot(*outward.T) + 1e-9)[:, None]
        swing = np.hypot(*(force - former).T)
        traction = float((mass * np.hypot(*(force + former).T)).sum()) / 2
        speed, efficiency = _adapt(speed, efficiency, float((mass * swing).sum()) + 1e-9, traction, n)
        former = force
        points = points + force * (speed / (1 + np.sqrt(speed * swing)))[:, None]
    return points


def _adapt(speed: float, efficiency: float, swing: float, traction: float, n: int) -> tuple[float, float]:
    """The global speed of ForceAtlas2 after a step: up while nodes go one way, down when they swing."""
    root = float(np.sqrt(n))
    jitter = min(max(0.05 * traction / n**1.5, 0.05 + 0.05 * float(np.sqrt(0.05 * root))), 10.0)
    if traction / swing < 0.5:
        efficiency = max(efficiency * 0.5, 0.05)
    target = jitter * efficiency * traction / swing
    if swing > jitter * traction:
        efficiency = max(efficiency * 0.7, 0.05)
    elif speed < 1000:
        efficiency = min(efficiency * 1.3, 1.0)
    return speed + min(target - speed, 0.5 * speed), efficiency


def _kernel(cells: int) -> _Kernel:
    axis = np.arange(2 * cells, dtype=np.float64)
    axis = np.where(axis < cells, axis, axis - 2 * cells)
    x, y = np.meshgrid(axis, axis, indexing="ij")
    square = x * x + y * y + 0.5
    return _Kernel(cells=cells, x=fft.rfft2(x / square), y=fft.rfft2(y / square))


def _repulsion(points: Floats, mass: Floats, kernel: _Kernel) -> Floats:
    """For each node ``mass_i * sum(mass_j * d / |d|²)`` over all others, by way of the grid."""
    cells, padded = kernel.cells, (2 * kernel.cells, 2 * kernel.cells)
    low = points.min(0)
    width = max(float((points.max(0) - low).max()), 1e-6) / (cells - 3)
    place = (points - low) / width + 1
    cell = np.floor(place).astype(np.int64)
    part = place - cell
    corners = [
        ((part[:, 0] if i else 1 - part[:, 0]) * (part[:, 1] if j else 1 - part[:, 1]), i, j)
        for i in (0, 1)
        for j in (0, 1)
    ]
    shares = [(share, (cell[:, 0] + i) * cells + cell[:, 1] + j) for share, i, j in corners]
    grid = np.zeros(cells * cells)
    for share, index in shares:
        grid += np.bincount(index, share * mass, cells * cells)
    spectrum = fft.rfft2(grid.reshape(cells, cells), s=padded)
    force = np.zeros((len(points), 2))
    for axis, field in enumerate((kernel.x, kernel.y)):
        values = fft.irfft2(spectrum * field, s=padded)[:cells, :cells].ravel()
        for share, index in shares:
            force[:, axis] += share * values[index]
    scaled: Floats = force * (mass / width)[:, None]
    return scaled


def _to_scale(points: Floats, radii: Floats, component: NDArray[np.int32]) -> Floats:
    """Stretched until the discs cover ``_INK`` of the box that holds the largest component's middle."""
    main = component == np.bincount(component).argmax()
    if main.sum() <= 2:
        return np.asarray(points * (radii.max() * 4), dtype=np.float64)
    low, high = np.percentile(points[main], [2, 98], axis=0)
    box = float(np.prod(np.maximum(high - low, 1e-9)))
    area = float(np.sum(np.pi * (radii + 3) ** 2)) / _INK
    scaled: Floats = points * np.sqrt(area / box)
    return scaled


def _separate(points: Floats, radii: Floats, gap: float, rounds: int = 80) -> Floats:
    """Overlapping discs pushed apart, a bit in each round; the lighter one of a pair goes further."""
    points = points.copy()
    widest = float(radii.max() if len(radii) < 3_000 else np.percentile(radii, 99))
    for _ in range(rounds):
        pairs = cKDTree(points).query_pairs(2 * widest + gap, output_type="ndarray")
        first, second = pairs[np.lexsort(pairs.T[::-1])].T
        between = points[second] - points[first]
        distance = np.hypot(*between.T)
        missing = radii[first] + radii[second] + gap - distance
        close = missing > 0
        if not close.any():
            break
        first, second, missing = first[close], second[close], missing[close]
        turn = (first * _GOLDEN_ANGLE + second) % (2 * np.pi)
        apart = np.where(
            distance[close, None] < 1e-6,
            np.column_stack([np.cos(turn), np.sin(turn)]),
            between[close] / np.maximum(distance[close, None], 1e-6),
        )
        heavy = radii[first] ** 2 / (radii[first] ** 2 + radii[second] ** 2)
        step = apart * (missing * 0.6)[:, None]
        np.add.at(points, first, -step * (1 - heavy)[:, None])
        np.add.at(points, second, step * heavy[:, None])
    return points


def _pack(points: Floats, radii: Floats, component: NDArray[np.int32], gap: float) -> Floats:
    """The largest component stays, the others stand in rows under it, biggest first."""
    points = points.copy()
    sizes = np.bincount(component)
    order = np.argsort(-sizes, kind="stable")
    main = component == order[0]
    low, high = points[main].min(0), points[main].max(0)
    others = [np.flatnonzero(component == label) for label in order[1:]]
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
    taken: set[tuple[float, float]] = set()
    for index, (x, y) in enumerate(points):
        spot, step = (float(x), float(y)), 0
        while spot in taken:
            step += 1
            shift = 0.1 * np.sqrt(step)
            turn = step * _GOLDEN_ANGLE
            spot = (
                round(float(np.clip(x + shift * np.cos(turn), -REACH, REACH)), 1),
                round(float(np.clip(y + shift * np.sin(turn), -REACH, REACH)), 1),
            )
        taken.add(spot)
        points[index] = spot
    points += 0.0  # no negative zero
    return points
