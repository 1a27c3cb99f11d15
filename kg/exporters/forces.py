"""Forces on a connected graph: ForceAtlas2 with repulsion on a grid, from a start by pivot MDS.

Sources: Jacomy et al. 2014, "ForceAtlas2" (forces, adaptive speed); Hockney and Eastwood 1988, "Computer
Simulation Using Particles" (cloud-in-cell grids); Brandes and Pich 2007, "Eigensolver Methods for Progressive
Multidimensional Scaling" (pivot MDS, the start). Repulsion in ForceAtlas2 is ``mass_i * mass_j / distance``:
the field of a log potential, so the sum over all pairs is a convolution of the mass grid with
``(x, y) / (x² + y²)``, one forward and two inverse Fourier transforms a step.

Nothing here calls BLAS on more than a 50 x 50 matrix, so the number of threads does not change a digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import fft, sparse
from scipy.sparse import csgraph

from kg.exporters.islands import gathered

__all__ = ["drawn"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PIVOTS = 50
_STEPS, _STEPS_WITHIN = 150, 60
_ROOM = 3.0  # between the middles of groups, in their own sizes
_BETWEEN = 0.1  # of the weight of a link, where it leads to another group
_SCALING = 2.0
_GRAVITY = 8.0  # keeps what hangs by one thread near the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kernel:
    """Fourier transforms of ``x / (x² + y²)`` and ``y / (x² + y²)`` on a padded grid of ``2 * cells``."""

    cells: int
    x: NDArray[np.complex128]
    y: NDArray[np.complex128]


def drawn(adjacency: Any, group: Ints, rng: np.random.Generator) -> Floats:
    """Positions of the nodes of a connected graph, in arbitrary units; ``adjacency`` is sparse, symmetric.

    Links between groups (numbers from 0, shape (n,)) count little, so that groups come to lie beside those
    they have to do with. Then each group finds its own shape around its middle.
    """
    links, shape = adjacency.tocoo(), adjacency.shape
    within = group[links.row] == group[links.col]
    one = np.zeros(len(group), dtype=np.int64)
    weight = links.data * np.where(within, 1.0, _BETWEEN)
    weaker = sparse.coo_matrix((weight, (links.row, links.col)), shape=shape).tocsr()
    start = _pivot_mds(adjacency, rng)
    points = _force_atlas(weaker, start * (np.sqrt(len(start)) * 3.0 / max(start.std(), 1e-9)), one, _STEPS)
    if within.all():
        return points
    own = (links.data[within], (links.row[within], links.col[within]))
    apart = _spread(points, _mass(adjacency), group)
    return _force_atlas(sparse.coo_matrix(own, shape=shape).tocsr(), apart, group, _STEPS_WITHIN)


def _spread(points: Floats, mass: Floats, group: Ints) -> Floats:
    """Groups moved so far from each other that they hardly feel each other's shape."""
    count = np.bincount(group)
    middle = np.column_stack([np.bincount(group, points[:, axis]) / count for axis in (0, 1)])
    local = points - middle[group]
    size = np.sqrt(np.bincount(group, np.sum(local**2, axis=1)) / count)
    reach = float(points.std()) * np.sqrt(np.bincount(group, mass) / np.sum(mass))
    centres = gathered(middle, reach * _ROOM)
    spread: Floats = centres[group] + local * (reach / np.maximum(size, 1e-9))[group, None]
    return spread


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


def _force_atlas(adjacency: Any, start: Floats, group: Ints, steps: int) -> Floats:
    """ForceAtlas2. Groups stay where they are.

    Each group has gravity of its own, and what all others do to it on the whole is taken off.
    """
    n = len(start)
    mass = _mass(adjacency)
    share = mass / np.bincount(group, mass)[group]
    pull = np.asarray(adjacency.sum(1), dtype=np.float64).ravel()
    # One group: the pull on a node is divided by the root of its mass, or hubs swallow their neighbours.
    drag = np.sqrt(mass.mean() / mass)[:, None] if not group.any() else 1.0
    kernel = _kernel(128 if n < 5_000 else 256 if n < 30_000 else 512)
    points = start
    speed, efficiency, former = 1.0, 1.0, np.zeros((n, 2))
    for _ in range(steps):
        force = _SCALING * _repulsion(points, mass, kernel)
        force -= mass[:, None] * _sums(force, group) / np.bincount(group, mass)[group, None]
        force += (adjacency @ points - pull[:, None] * points) * drag
        outward = points - _sums(points * share[:, None], group)
        force -= _GRAVITY * mass[:, None] * outward / (np.hypot(*outward.T) + 1e-9)[:, None]
        swing = np.hypot(*(force - former).T)
        traction = float((mass * np.hypot(*(force + former).T)).sum()) / 2
        speed, efficiency = _adapt(speed, efficiency, float((mass * swing).sum()) + 1e-9, traction, n)
        former = force
        points = points + force * (speed / (1 + np.sqrt(speed * swing)))[:, None]
    return points


def _mass(adjacency: Any) -> Floats:
    """One more than the number of neighbours."""
    return np.asarray((adjacency > 0).sum(1), dtype=np.float64).ravel() + 1.0


def _sums(values: Floats, group: Ints) -> Floats:
    """For each row the sum of its group's rows."""
    return np.column_stack([np.bincount(group, values[:, axis])[group] for axis in (0, 1)])


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
