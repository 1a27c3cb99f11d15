"""How long layout and communities take, how far communities stand apart, how many discs overlap.

    .venv/bin/python benchmarks/bench_layout.py [NODES... | DIR...]

A number makes a graph of planted communities with three edges a node (a fifth of them between communities,
sizes and degrees skewed); a folder is what `kg build` wrote. Prints a line each: nodes, edges, CPU seconds of
communities and of layout, communities found, overlapping pairs for 100 nodes, of the ten nearest nodes the
share of the same community, and the share of all edges that lead out of their community.

Measured on a busy two-core machine (nodes / edges: CPU s of communities and layout, overlaps, nearest):
planted 1,000 / 3,000: 0.1 and 2.0, 0.00, 0.996; 5,000 / 15,000: 1.3 and 6.8, 1.58, 1.000; 20,000 / 60,000:
10.1 and 7.8, 0.14, 1.000. Builds of arXiv abstracts with the pipeline "fast", 300 papers, 4,240 / 6,135:
0.1 and 1.2, 0.00, 0.992; 2,000 papers, 24,120 / 41,703: 1.8 and 5.5, 0.10, 0.999; 8,000 papers,
80,151 / 165,042: 10.0 and 23.1, 1.73, 0.999. Before groups stood apart: 0.777 (300) and 0.605 (2,000).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from kg.exporters.communities import NONE, find_communities
from kg.exporters.layout import layout

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def planted(n: int, seed: int = 7) -> tuple[Floats, Ints, Floats]:
    """Radii, edges and weights of a graph of communities."""
    draw = np.random.default_rng(seed)
    count = max(3, int(np.sqrt(n) / 3))
    community = draw.choice(count, n, p=draw.dirichlet(np.full(count, 1.5)))
    order = np.argsort(community, kind="stable")
    first = np.searchsorted(community[order], np.arange(count))
    size = np.maximum(np.bincount(community, minlength=count), 1)
    source = draw.integers(0, n, 3 * n)
    rank = (draw.random(3 * n) ** 2 * size[community[source]]).astype(np.int64)
    target = order[first[community[source]] + rank]
    out = draw.random(3 * n) < 0.2
    target[out] = draw.integers(0, n, int(out.sum()))
    ends = np.column_stack([source, target])
    degree = np.bincount(ends.ravel(), minlength=n).astype(np.float64)
    return 4 + 96 * (degree / degree.max()) ** 2, ends, np.ones(3 * n)


def built(folder: Path) -> tuple[Floats, Ints, Floats]:
    """Radii, edges and weights of a build."""
    from kg.exporters import arrange
    from kg.graph import build_graph
    from kg.tables import Tables

    display = arrange(build_graph(Tables.read(folder / "tables")))
    number = {node.id: index for index, node in enumerate(display.nodes)}
    ends = np.array([(number[edge.source], number[edge.target]) for edge in display.edges], dtype=np.int64)
    radii = np.array([node.size for node in display.nodes])
    return radii, ends, np.array([edge.weight for edge in display.edges])


def overlaps(points: Floats, radii: Floats) -> int:
    """Pairs of discs that cover more than a twentieth of their radii."""
    near = cKDTree(points).query_pairs(float(2 * np.percentile(radii, 99.9)), output_type="ndarray")
    first, second = near.T
    distance = np.hypot(*(points[first] - points[second]).T)
    return int((distance < 0.95 * (radii[first] + radii[second])).sum())


def measure(name: str) -> str:
    """One line of figures."""
    radii, ends, weights = built(Path(name)) if not name.isdigit() else planted(int(name))
    started = time.process_time()
    groups = find_communities(len(radii), ends, weights)
    found = time.process_time()
    points = layout(radii, ends, weights, groups)
    placed = time.process_time()
    _, nearest = cKDTree(points).query(points, k=min(11, len(points)))
    same = float((groups[nearest[:, 1:]] == groups[:, None]).mean())
    leading_out = float((groups[ends[:, 0]] != groups[ends[:, 1]]).mean())
    covered = 100 * overlaps(points, radii) / len(radii)
    return (
        f"{len(radii):7} nodes {len(ends):7} edges  communities {found - started:5.1f} s  "
        f"layout {placed - found:5.1f} s  found {len(set(groups.tolist()) - {NONE}):4}  "
        f"overlaps {covered:5.2f}  nearest {same:.3f}  out {leading_out:.2f}"
    )


def main() -> None:
    """Measures each size or build given on the command line."""
    for name in sys.argv[1:] or ["1000", "5000", "20000"]:
        print(measure(name), flush=True)


if __name__ == "__main__":
    main()
