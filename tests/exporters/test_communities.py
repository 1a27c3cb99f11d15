"""Communities: what hangs together is together, numbers and names are stable, exports carry both."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import arrange, export
from kg.exporters.communities import NONE, find_communities, name_communities
from kg.ids import make_id

Graph = nx.MultiDiGraph

PAIRS = st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29), st.integers(1, 9)), max_size=90)


def cliques(count: int, size: int) -> np.ndarray:
    """Cliques in a ring, each linked to the next by one edge."""
    inside = [(c * size + i, c * size + j) for c in range(count) for i in range(size) for j in range(i)]
    between = [(c * size, (c + 1) % count * size + 1) for c in range(count)]
    return np.array(inside + between, dtype=np.int64)


def find(n: int, ends: np.ndarray, weights: np.ndarray | None = None) -> list[int]:
    return find_communities(n, ends, np.ones(len(ends)) if weights is None else weights).tolist()


def test_each_clique_is_a_community() -> None:
    labels = find(40, cliques(5, 8))
    assert sorted(labels) == sorted(list(range(5)) * 8)
    assert all(len(set(labels[start : start + 8])) == 1 for start in range(0, 40, 8))


def test_the_largest_comes_first_and_what_is_alone_has_none() -> None:
    small, large = cliques(1, 4)[:-1], cliques(1, 7)[:-1] + 4
    labels = find(14, np.concatenate([small, large, [[11, 12]]]))
    assert labels == [1] * 4 + [0] * 7 + [NONE] * 3
    assert find(3, np.zeros((0, 2), dtype=np.int64)) == [NONE] * 3
    assert find(0, np.zeros((0, 2), dtype=np.int64)) == []


def test_leaves_go_with_their_only_neighbour() -> None:
    ends = np.concatenate([cliques(3, 6), [[0, 18], [6, 19], [20, 12]]])
    labels = find(21, ends)
    assert (labels[18], labels[19], labels[20]) == (labels[0], labels[6], labels[12])


def test_weight_decides_where_a_node_between_two_goes() -> None:
    ends = np.concatenate([cliques(2, 6)[:-2], [[12, 0], [12, 6], [12, 7]]])
    weights = np.ones(len(ends))
    assert find(13, ends)[12] == find(13, ends)[6]
    weights[-3] = 9
    assert find(13, ends, weights)[12] == find(13, ends, weights)[0]


@given(PAIRS)
def test_numbers_count_down_by_size_and_every_community_hangs_together(
    edges: list[tuple[int, int, int]],
) -> None:
    ends = np.array([(a, b) for a, b, _ in edges], dtype=np.int64).reshape(-1, 2)
    labels = find_communities(30, ends, np.array([w for *_, w in edges], dtype=np.float64))
    sizes = np.bincount(labels[labels != NONE])
    assert (sizes >= 3).all() and (np.diff(sizes) <= 0).all()
    graph = nx.Graph([tuple(pair) for pair in ends.tolist()])
    for number in range(len(sizes)):
        assert nx.is_connected(graph.subgraph(np.flatnonzero(labels == number).tolist()))


@given(PAIRS, st.randoms(use_true_random=False))
def test_order_direction_and_loops_of_edges_do_not_matter(
    edges: list[tuple[int, int, int]], draw: object
) -> None:
    def run(rows: list[tuple[int, int, float]]) -> list[int]:
        ends = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2)
        return find(30, ends, np.array([row[2] for row in rows], dtype=np.float64))

    rows = [(a, b, w / 7) for a, b, w in edges]
    other = [(b, a, w) for a, b, w in rows] + [(3, 3, 5.0)]
    draw.shuffle(other)  # type: ignore[attr-defined]
    assert run(rows) == run(other)


def names_of(names: list[str], kinds: list[str], papers: list[int] | None = None) -> str:
    """The name of one clique of such members."""
    n = len(names)
    ends = np.array([(i, j) for i in range(n) for j in range(i)], dtype=np.int64)
    weights, counts = np.ones(len(ends)), np.array(papers or [1] * n, dtype=np.float64)
    (found,) = name_communities(np.zeros(n, dtype=np.int64), ends, weights, counts, names, kinds)
    assert (found.number, found.size) == (0, n)
    return found.name


def test_a_community_is_named_after_what_it_is_about() -> None:
    names = ["A paper about inference", "Ada Lovelace", "TensorRT", "GPU", "CNN inference", "latency", "P4"]
    kinds = ["paper", "author", "tool", "hardware", "task", "metric", "hardware"]
    assert names_of(names, kinds, [1, 9, 7, 5, 3, 30, 1]) == "TensorRT · GPU · CNN inference"


@pytest.mark.parametrize(
    ("kinds", "name"),
    [
        (["author"] * 4, "one · two · three"),
        (["author", "author", "metric", "author"], "three"),
        (["paper", "author", "venue", "author"], "three"),
        (["author", "paper", "author", "paper"], "two · four"),
    ],
)
def test_a_community_without_things_is_named_after_what_tells_most(kinds: list[str], name: str) -> None:
    assert names_of(["one", "two", "three", "four"], kinds) == name


def test_names_are_one_line_short_and_not_repeated() -> None:
    name = names_of(["GPU", "gpu", "a\nb\u202e", "long " * 40, ""], ["tool"] * 5)
    assert name.startswith("GPU · a b · long long") and len(name) < 60
    assert names_of(["", "\u202e", ""], ["tool"] * 3) == "community 0"


def test_a_thing_that_all_speak_of_names_no_community_and_no_two_are_named_alike() -> None:
    ends = np.concatenate([cliques(2, 5)[:-2], [[10, node] for node in range(10)]])
    labels = np.array([0] * 5 + [1] * 5 + [0])
    names = ["x", "x", "x", "x", "x"] * 2 + ["everywhere"]
    papers = np.array([6.0] * 10 + [7.0])
    first, second = name_communities(labels, ends, np.ones(len(ends)), papers, names, ["task"] * 11)
    assert (first.name, first.size) == ("x · everywhere", 6)
    assert second.name == "x"
    labels[10] = NONE
    found = name_communities(labels, ends, np.ones(len(ends)), papers, names, ["task"] * 11)
    assert [community.name for community in found] == ["x", "x (1)"]


def test_the_display_knows_communities_and_exports_carry_them(
    make_random: Callable[[int], Graph], tmp_path: Path
) -> None:
    graph = make_random(300)
    display = arrange(graph)
    members = [node.community for node in display.nodes]
    assert [community.number for community in display.communities] == list(range(max(members) + 1))
    assert all(community.size == members.count(community.number) for community in display.communities)
    read = nx.read_graphml(export(graph, "graphml", tmp_path), force_multigraph=True)
    for node in display.nodes:
        name = display.communities[node.community].name if node.community != NONE else None
        assert read.nodes[node.id].get("community") == (None if name is None else node.community)
        assert read.nodes[node.id].get("community_name") == name
    assert 'title="community_name" type="string"' in export(graph, "gexf", tmp_path).read_text("utf-8")


def test_what_a_graph_itself_calls_a_community_does_not_get_in_the_way() -> None:
    graph: Graph = nx.MultiDiGraph()
    graph.add_node("e:1", kind="task", name="one", community="other")
    (node,) = arrange(graph).nodes
    assert node.community == NONE
    assert dict(node.attributes) == {"kind": "task", "name": "one"}


def test_hash_seeds_and_order_of_insertion_do_not_matter() -> None:
    code = (
        "import networkx as nx, random\n"
        "from kg.exporters import arrange\n"
        "ids = [f'e:{i}' for i in range(120)]\n"
        "edges = [(ids[i], ids[(i * 7 + k * k) % 40 + i // 40 * 40], f'r:{i}.{k}') for i in range(120)"
        " for k in range(4)]\n"
        "import sys; random.Random(int(sys.argv[1])).shuffle(edges)\n"
        "g = nx.MultiDiGraph()\n"
        "[g.add_edge(a, b, key=k, kind='uses') for a, b, k in edges]\n"
        "print([(n.id, n.community) for n in arrange(g).nodes])\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, seed],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1 and len(outputs.pop()) > 1_000


def test_equal_names_of_different_things(make_random: Callable[[int], Graph]) -> None:
    graph: Graph = nx.MultiDiGraph()
    for kind in ("model", "tool", "task"):
        graph.add_node(make_id("e", kind), kind=kind, name="Hydra")
    nodes = sorted(graph.nodes)
    for number, (source, target) in enumerate(pairwise(nodes)):
        graph.add_edge(source, target, key=f"r:{number}", kind="part_of")
    assert [community.name for community in arrange(graph).communities] == ["Hydra"]
