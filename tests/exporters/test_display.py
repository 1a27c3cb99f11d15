"""Labels, sizes and colours, decided once."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import pytest

from kg.errors import ExportError
from kg.exporters import Contents, arrange
from kg.exporters.display import KINDS, look
from kg.types import ENTITY_TYPES

Graph = nx.MultiDiGraph


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_kind_has_a_look_of_its_own() -> None:
    assert set(KINDS) == {"paper", "author", "venue", *ENTITY_TYPES}
    assert len({(kind.shape, kind.light) for kind in KINDS.values()}) == len(KINDS)
    assert look("protein").shape == "dot"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_colours_can_be_seen_on_their_ground(kind: str) -> None:
    assert contrast(KINDS[kind].light, "#fafaf8") > 2
    assert contrast(KINDS[kind].dark, "#14151a") > 4.5


def test_sizes_are_those_that_gephi_keeps(toy: Graph, make_random: Callable[[int], Graph]) -> None:
    for graph in (toy, make_random(300)):
        sizes = [node.size for node in arrange(graph).nodes]
        assert (min(sizes), max(sizes)) == (4, 100)


def test_a_hub_is_larger_and_parallel_edges_count_once(toy: Graph) -> None:
    size = {node.label: node.size for node in arrange(toy).nodes}
    assert size["PADE: A Predictor-Free Sparse Attention Accelerator"] == 100
    assert size["PADE"] > size["Dolly"] == 4


def test_a_long_byline_does_not_make_a_paper_large(toy: Graph) -> None:
    paper = next(node for node, data in toy.nodes(data=True) if data["name"].startswith("Hydraulis (un"))
    before = {node.id: node.size for node in arrange(toy).nodes}
    for number in range(40):
        toy.add_node(f"a:{number}", kind="author", name=f"Author {number}")
        toy.add_edge(f"a:{number}", paper, key=f"e:{number}", kind="authored")
    after = {node.id: node.size for node in arrange(toy).nodes}
    assert after[paper] <= before[paper] + 1


def test_labels_are_never_empty_and_one_line(toy: Graph) -> None:
    toy.add_node("e:blank", kind="task", name=" \u202e ")
    toy.add_node("e:lines", kind="task", name="two\nlines" + " long" * 60)
    label = {node.id: node.label for node in arrange(toy).nodes}
    assert label["e:blank"] == "e:blank"
    assert label["e:lines"].startswith("two lines long") and len(label["e:lines"]) <= 120


def test_empty_and_tiny_graphs() -> None:
    graph: Graph = nx.MultiDiGraph()
    assert arrange(graph).nodes == ()
    graph.add_node("e:1", kind="task", name="one")
    (node,) = arrange(graph).nodes
    assert (node.x, node.y, node.size) == (0, 0, 4)


def test_ids_that_no_format_takes_are_refused(toy: Graph) -> None:
    bad = toy.copy()
    bad.add_node("two words", kind="task", name="x")
    with pytest.raises(ExportError, match="NMTOKEN"):
        arrange(bad)
    twice = toy.copy()
    for _ in range(2):
        twice.add_node("e:new", kind="task", name="x")
    nodes = sorted(twice.nodes)
    twice.add_edge(nodes[0], nodes[1], key="e:same", kind="mentions")
    twice.add_edge(nodes[1], nodes[0], key="e:same", kind="mentions")
    with pytest.raises(ExportError, match="used twice"):
        arrange(twice)


def test_the_order_of_insertion_does_not_matter(make_random: Callable[[int], Graph]) -> None:
    graph = make_random(150)
    other: Graph = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for source, target, key, data in reversed(list(graph.edges(keys=True, data=True))):
        other.add_edge(source, target, key=key, **data)
    one, two = arrange(other), arrange(graph)
    assert one.nodes == two.nodes and one.edges == two.edges and one.communities == two.communities


def test_an_edge_shows_its_own_weight_or_the_papers_that_say_so() -> None:
    graph: Graph = nx.MultiDiGraph()
    for number, attributes in enumerate(
        ({"support": 3}, {"weight": 0.25, "support": 2}, {"weight": -1.0}, {"weight": "heavy"}, {})
    ):
        graph.add_edge(f"e:{number}", "e:x", key=f"r:{number}", kind="uses", **attributes)
    edges = arrange(graph).edges
    assert [edge.weight for edge in edges] == [3, 0.25, 1, 1, 1]
    assert dict(edges[1].attributes) == {"kind": "uses", "support": 2}
    assert edges[3].attributes["weight"] == "heavy"


def test_the_papers_of_evidence_outside_a_view_are_known(toy: Graph) -> None:
    part = toy.edge_subgraph(
        [
            edge
            for edge in toy.edges(keys=True)
            if toy.nodes[edge[0]]["kind"] != "paper" and toy.nodes[edge[1]]["kind"] != "paper"
        ]
    )
    (paper,) = Contents(graph=part, whole=toy).papers_outside.values()
    assert paper["title"] == "PADE: A Predictor-Free Sparse Attention Accelerator"
    assert Contents(graph=toy, whole=toy).papers_outside == {}
    assert Contents(graph=part).papers_outside == {}
