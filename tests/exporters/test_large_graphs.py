"""What is done otherwise for a large graph: communities of many at once, few nodes drawn, the rest around."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse
from scipy.spatial import cKDTree

from kg.exporters import anchors as anchors_module
from kg.exporters.anchors import anchors
from kg.exporters.islands import separate
from kg.exporters.layout import REACH, layout
from kg.exporters.louvain import louvain
from kg.exporters.together import together


def planted(groups: int, size: int, seed: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Edges and group numbers: three edges a node within its group, one for five nodes to another."""
    draw = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), size)
    source = np.repeat(np.arange(groups * size), 3)
    inside = np.column_stack([source, group[source] * size + draw.integers(0, size, len(source))])
    return np.concatenate([inside, draw.integers(0, groups * size, (groups * size // 5, 2))]), group


def matrix(n: int, edges: np.ndarray) -> sparse.csr_matrix:
    proper = edges[edges[:, 0] != edges[:, 1]]
    both = np.concatenate([proper, proper[:, ::-1]])
    return sparse.coo_matrix((np.ones(len(both)), both.T), shape=(n, n)).tocsr()


@pytest.mark.parametrize(("groups", "size"), [(4, 10), (12, 50), (30, 100)])
def test_louvain_is_about_as_good_as_networkx(groups: int, size: int) -> None:
    edges, _ = planted(groups, size)
    n = groups * size
    label = louvain(matrix(n, edges))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n))
    for one, other in edges[edges[:, 0] != edges[:, 1]].tolist():
        weight = graph.get_edge_data(one, other, {"weight": 0})["weight"]
        graph.add_edge(one, other, weight=weight + 1)
    found = [set(np.flatnonzero(label == number).tolist()) for number in range(label.max() + 1)]
    reference = nx.community.louvain_communities(graph, seed=1)
    modularity = nx.community.modularity
    assert modularity(graph, found) > modularity(graph, reference) - 0.02


def test_louvain_leaves_what_has_no_links_alone() -> None:
    assert louvain(matrix(4, np.zeros((0, 2), dtype=np.int64))).tolist() == [0, 1, 2, 3]
    assert louvain(matrix(0, np.zeros((0, 2), dtype=np.int64))).tolist() == []


def test_a_large_graph_keeps_its_strongest_and_one_of_every_part_and_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(anchors_module, "MOST", 30)
    edges, group = planted(5, 40)
    edges = np.concatenate([edges, [[200, 201], [201, 202]]])  # a part of its own
    group = np.concatenate([group, [-1, -1, -1]])
    links = matrix(203, edges)
    anchor, between = anchors(links, group)
    drawn = np.flatnonzero(anchor < 0)
    assert 30 <= len(drawn) <= 36 and between.shape == (len(drawn), len(drawn))
    assert set(group[drawn]) == set(group)
    others = np.flatnonzero(anchor >= 0)
    assert np.isin(anchor[others], drawn).all()
    assert (group[anchor[others]] == group[others]).mean() > 0.95
    assert (abs(between - between.T) > 1e-9).nnz == 0 and not between.diagonal().any()


def test_a_small_graph_is_drawn_as_it_is() -> None:
    links = matrix(40, planted(4, 10)[0])
    anchor, between = anchors(links, np.zeros(40, dtype=np.int64))
    assert (anchor == -1).all() and between is links


def test_the_nodes_of_a_large_graph_stand_with_their_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchors_module, "MOST", 60)
    edges, group = planted(6, 80)
    edges = np.concatenate([edges, np.column_stack([np.arange(480), np.arange(480, 960)])])  # a leaf each
    group = np.tile(group, 2)
    radii = np.random.default_rng(1).uniform(4, 12, 960)
    points = layout(radii, edges, None, group)
    assert np.abs(points).max() <= REACH and len(np.unique(points, axis=0)) == 960
    _, nearest = cKDTree(points).query(points, k=[2, 3, 4, 5, 6])
    assert (group[np.asarray(nearest)] == group[:, None]).mean() > 0.95
    order = np.random.default_rng(2).permutation(len(edges))
    assert np.array_equal(points, layout(radii, edges[order][:, ::-1], None, group))


def test_one_large_disc_among_small_ones_is_cleared() -> None:
    draw = np.random.default_rng(3)
    points = draw.uniform(-100, 100, (200, 2))
    radii = np.concatenate([[80.0], np.full(199, 3.0)])
    apart = separate(points, radii, 1.0, rounds=300)
    one, other = np.triu_indices(200, 1)
    distance = np.hypot(*(apart[one] - apart[other]).T)
    assert (distance > radii[one] + radii[other] + 1.0 - 0.1).all()


def test_text_of_rows_from_columns() -> None:
    assert together("<", ["a", "b"], "=", ["1", "2"], ">\n") == "<a=1>\n<b=2>\n"
