"""Positions: what every reader relies on, for every size and shape of graph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters.layout import REACH, layout

EMPTY = np.zeros((0, 2), dtype=np.int64)


def two_communities(size: int) -> np.ndarray:
    draw = np.random.default_rng(3)
    inside = draw.integers(0, size, (size * 4, 2))
    return np.concatenate([inside, inside + size, [[0, size]]])


@pytest.mark.parametrize("n", [0, 1, 2, 3, 40])
def test_graphs_without_edges_have_a_place_for_each_node(n: int) -> None:
    points = layout(np.full(n, 4.0), EMPTY)
    assert points.shape == (n, 2)
    assert len({tuple(point) for point in points.tolist()}) == n


def test_two_linked_nodes_are_far_enough_apart_to_be_seen() -> None:
    points = layout(np.array([4.0, 4.0]), np.array([[0, 1]]))
    assert np.hypot(*(points[0] - points[1])) > 100


@given(
    st.integers(1, 40).flatmap(
        lambda n: st.tuples(
            st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=80)
        )
    )
)
def test_positions_are_finite_distinct_and_within_reach(graph: tuple[int, list[tuple[int, int]]]) -> None:
    n, edges = graph
    points = layout(np.linspace(4, 100, n), np.array(edges, dtype=np.int64).reshape(-1, 2))
    assert np.isfinite(points).all()
    assert np.abs(points).max() <= REACH
    assert len({tuple(point) for point in points.tolist()}) == n


def test_order_direction_and_loops_of_edges_do_not_matter() -> None:
    edges = two_communities(30)
    radii = np.linspace(4, 60, 60)
    weights = np.linspace(1, 3, len(edges))
    order = np.random.default_rng(1).permutation(len(edges))
    other = np.concatenate([edges[order][:, ::-1], [[7, 7]]])
    same = layout(radii, other, np.concatenate([weights[order], [5.0]]))
    assert np.array_equal(layout(radii, edges, weights), same)


def test_communities_are_apart() -> None:
    points = layout(np.full(120, 6.0), two_communities(60))
    left, right = points[:60], points[60:]
    between = np.hypot(*(left.mean(0) - right.mean(0)))
    within = max(np.hypot(*(part - part.mean(0)).T).mean() for part in (left, right))
    assert between > within


def test_discs_hardly_overlap() -> None:
    edges = two_communities(80)
    radii = np.random.default_rng(2).uniform(4, 60, 160)
    points = layout(radii, edges)
    distance = np.hypot(*(points[:, None] - points[None, :]).transpose(2, 0, 1))
    overlaps = np.triu(distance < 0.9 * (radii[:, None] + radii[None, :]), 1).sum()
    assert overlaps <= 2


def test_a_crowd_of_large_discs_stays_within_reach() -> None:
    points = layout(np.full(2_000, 100.0), EMPTY)
    assert 0.9 * REACH < np.abs(points).max() <= REACH
    assert len(np.unique(points, axis=0)) == 2_000


def test_leaves_stand_around_their_hub_and_do_not_drive_it_away() -> None:
    community = two_communities(30)[:-1]
    community = community[community.max(1) < 30]
    leaves = np.column_stack([np.full(80, 30), np.arange(31, 111)])
    points = layout(np.full(111, 5.0), np.concatenate([community, [[0, 30], [1, 30]], leaves]))
    hub, others = points[30], points[:30]
    around = np.hypot(*(points[31:] - hub).T)
    assert around.max() < 20 * 5
    spread = np.hypot(*(others - others.mean(0)).T).max()
    assert np.hypot(*(hub - others.mean(0))) < 3 * (spread + around.max())


def test_a_pair_and_a_star_of_their_own_are_laid_out() -> None:
    points = layout(np.full(6, 4.0), np.array([[0, 1], [2, 3], [2, 4], [2, 5]]))
    assert len(np.unique(points, axis=0)) == 6
    assert np.hypot(*(points[3:] - points[2]).T).max() < np.hypot(*(points[0] - points[2]))
