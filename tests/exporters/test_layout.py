"""Positions: what every reader relies on, for every size and shape of graph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters.islands import islands, separate
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


def grouped(groups: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Edges and group numbers: communities with as many links out as most real ones have."""
    draw = np.random.default_rng(5)
    group = np.repeat(np.arange(groups), size)
    inside = (
        draw.integers(0, size, (groups * size * 3, 2))
        + np.repeat(np.arange(groups), size * 3)[:, None] * size
    )
    between = draw.integers(0, groups * size, (groups * size, 2))
    return np.concatenate([inside, between]), group


def test_groups_are_islands_with_water_between() -> None:
    edges, group = grouped(6, 40)
    points = layout(np.full(240, 5.0), edges, None, group)
    distance = np.hypot(*(points[:, None] - points[None, :]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1)[:, :5]
    assert (group[nearest] == group[:, None]).mean() > 0.97
    middle = np.array([points[group == number].mean(0) for number in range(6)])
    reach = [np.hypot(*(points[group == number] - middle[number]).T).max() for number in range(6)]
    for one in range(6):
        for other in range(one):
            assert np.hypot(*(middle[one] - middle[other])) > reach[one] + reach[other]


def test_groups_that_are_linked_lie_side_by_side() -> None:
    draw = np.random.default_rng(8)
    ring = [draw.integers(0, 30, (150, 2)) + 30 * number for number in range(8)]
    ring += [
        np.column_stack(
            [draw.integers(0, 30, 25) + 30 * number, draw.integers(0, 30, 25) + 30 * ((number + 1) % 8)]
        )
        for number in range(8)
    ]
    points = layout(np.full(240, 5.0), np.concatenate(ring), None, np.repeat(np.arange(8), 30))
    middle = points.reshape(8, 30, 2).mean(1)
    gap = [np.hypot(*(middle[number] - middle[(number + 1) % 8])) for number in range(8)]
    across = [np.hypot(*(middle[number] - middle[(number + 4) % 8])) for number in range(8)]
    assert np.mean(gap) < 0.75 * np.mean(across)


def test_a_hub_stands_within_its_group() -> None:
    edges, group = grouped(4, 60)
    star = np.column_stack([np.zeros(59, dtype=np.int64), np.arange(1, 60)])
    points = layout(np.full(240, 5.0), np.concatenate([edges, star]), None, group)
    own = points[:60]
    assert np.hypot(*(own[0] - own.mean(0))) < 0.6 * np.hypot(*(own - own.mean(0)).T).max()


@given(
    st.integers(2, 40).flatmap(
        lambda n: st.tuples(
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=80),
            st.lists(st.integers(-1, 3), min_size=n, max_size=n),
        )
    )
)
def test_any_groups_give_places(case: tuple[list[tuple[int, int]], list[int]]) -> None:
    edges, groups = case
    n = len(groups)
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    points = layout(np.linspace(4, 100, n), ends, None, np.array(groups))
    assert np.isfinite(points).all()
    assert np.abs(points).max() <= REACH
    assert len({tuple(point) for point in points.tolist()}) == n


def test_an_island_of_points_in_one_place_or_on_a_line() -> None:
    points = np.concatenate([np.zeros((5, 2)), np.column_stack([np.arange(5.0), np.zeros(5)]), [[9.0, 9.0]]])
    group = np.array([0] * 5 + [1] * 5 + [2])
    placed = islands(points, np.full(11, 4.0), group, 6.0)
    assert np.isfinite(placed).all()
    assert np.hypot(*(placed[:5].mean(0) - placed[5:10].mean(0))) > 20


def test_separated_discs_do_not_touch_and_single_ones_stay() -> None:
    points = np.array([[0.0, 0.0], [1.0, 0.0], [500.0, 0.0]])
    apart = separate(points, np.array([20.0, 5.0, 5.0]), 2.0)
    assert np.hypot(*(apart[1] - apart[0])) >= 26.9
    assert np.array_equal(apart[2], points[2])
    assert np.hypot(*apart[0]) < np.hypot(*(apart[1] - points[1]))
