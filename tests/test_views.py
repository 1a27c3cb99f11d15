"""A view is a part of the graph: nothing is added or changed, and what is left out is said."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cooccurrence import PROJECTIONS
from kg.errors import KGError
from kg.excerpt import excerpt
from kg.graph import build_graph
from kg.tables import Tables
from kg.verify import verify_tables
from kg.views import VIEWS, View, select, view_of
from kg.works import work_rows

Graph = nx.MultiDiGraph

KINDS = ("method", "model", "hardware", "dataset", "task", "metric")


def collection(papers: int, links: list[tuple[int, int, int, int]]) -> Graph:
    """A graph of papers that name things: (paper, thing, other thing, percent sure) each."""
    graph: Graph = nx.MultiDiGraph()
    named: dict[int, set[int]] = {}
    said: dict[tuple[int, int], set[int]] = {}
    for paper, one, other, _ in links:
        named.setdefault(one, set()).add(paper)
        named.setdefault(other, set()).add(paper)
        said.setdefault((one, other), set()).add(paper)
    for paper in range(papers):
        graph.add_node(f"p:{paper}", kind="paper", name=f"Paper {paper}", year=2015 + paper)
        graph.add_node(f"a:{paper % 3}", kind="author", name=f"Author {paper % 3}", papers=papers // 3 + 1)
        link(graph, f"a:{paper % 3}", "authored", f"p:{paper}", paper, 1.0)
    for thing, where in sorted(named.items()):
        kind = KINDS[thing % len(KINDS)]
        graph.add_node(f"e:{thing}", kind=kind, name=f"thing {thing}", papers=len(where))
    for paper, one, other, sure in links:
        for thing in (one, other):
            link(graph, f"p:{paper}", "uses", f"e:{thing}", paper, sure / 100)
        if one != other:
            link(graph, f"e:{one}", "used_for", f"e:{other}", paper, sure / 100, len(said[one, other]))
    return graph


def link(
    graph: Graph, source: str, kind: str, target: str, paper: int, sure: float, support: int = 1, **more: Any
) -> None:
    key = f"k:{source}-{kind}-{target}"
    if not graph.has_edge(source, target, key):
        shared = {"kind": kind, "support": support, "confidence": sure, "paper": f"p:{paper}"}
        graph.add_edge(source, target, key=key, **shared, **more)


GRAPHS = st.integers(1, 6).flatmap(
    lambda papers: st.builds(
        collection,
        st.just(papers),
        st.lists(
            st.tuples(
                st.integers(0, papers - 1), st.integers(0, 11), st.integers(0, 11), st.integers(0, 100)
            ),
            min_size=1,
            max_size=25,
        ),
    )
)
PARTS = st.builds(
    View,
    name=st.sampled_from([name for name in VIEWS if name not in PROJECTIONS]),
    types=st.sampled_from([(), ("method",), ("model", "dataset", "paper")]),
    min_support=st.integers(1, 3),
    min_confidence=st.sampled_from([0.0, 0.4, 0.8]),
    max_nodes=st.sampled_from([None, 1, 4, 9]),
)


def seen(graph: Graph, view: View) -> Graph:
    """The view; an empty graph where nothing is left."""
    try:
        return select(graph, view)[0]
    except KGError:
        return nx.MultiDiGraph()


def is_part(part: Graph, whole: Graph) -> bool:
    nodes = all(whole.nodes.get(node) == data for node, data in part.nodes(data=True))
    return nodes and all(
        whole.get_edge_data(source, target, key) == data
        for source, target, key, data in part.edges(keys=True, data=True)
    )


@given(GRAPHS, PARTS)
def test_a_view_is_a_part_and_the_same_twice(graph: Graph, view: View) -> None:
    before = nx.MultiDiGraph(graph)
    part = seen(graph, view)
    assert is_part(part, graph)
    assert nx.utils.graphs_equal(graph, before)
    if part:
        assert nx.utils.graphs_equal(seen(part, view), part)
    assert len(part) <= (view.max_nodes or len(graph))


@given(GRAPHS, PARTS.filter(lambda view: view.max_nodes is None), st.integers(1, 4), st.floats(0, 1))
def test_a_higher_threshold_leaves_a_part_of_a_lower_one(
    graph: Graph, view: View, support: int, confidence: float
) -> None:
    higher = View(
        name=view.name,
        types=view.types,
        min_support=max(view.least_support, support),
        min_confidence=max(view.min_confidence, confidence),
    )
    assert is_part(seen(graph, higher), seen(graph, view))


@given(GRAPHS, st.sampled_from(sorted(PROJECTIONS)), st.integers(1, 3))
def test_a_projection_of_a_projection_is_itself_and_thresholds_hold(
    graph: Graph, name: str, support: int
) -> None:
    whole = seen(graph, View(name=name, min_support=1))
    assert nx.utils.graphs_equal(seen(whole, View(name=name, min_support=1)), whole)
    part = seen(graph, View(name=name, min_support=support))
    assert is_part(part, whole)
    assert all(graph.nodes[node] == data for node, data in part.nodes(data=True))
    assert all(data["support"] >= support for *_, data in part.edges(data=True))


@given(GRAPHS, st.integers(1, 12), st.integers(1, 12))
def test_cores_lie_in_each_other(graph: Graph, one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert is_part(seen(graph, View(max_nodes=small)), seen(graph, View(max_nodes=large)))


@given(GRAPHS, st.integers(0, 3), st.integers(1, 9))
def test_around_a_node_all_hang_together_within_so_many_links(graph: Graph, hops: int, most: int) -> None:
    part = seen(graph, View(around="p:0", hops=hops, max_nodes=most))
    distance = nx.single_source_shortest_path_length(part.to_undirected(), "p:0")
    assert set(distance) == set(part)
    assert max(distance.values()) <= hops
    assert len(seen(graph, View(around="p:0", hops=hops + 1))) >= len(part)


@given(GRAPHS)
def test_what_is_left_out_adds_up(graph: Graph) -> None:
    view = View(name="papers", min_support=2, max_nodes=4)
    try:
        part, left = select(graph, view)
    except KGError:
        return
    assert [step.choice for step in left] == ["view papers", "in 2 papers or more", "the core of 4 nodes"]
    assert sum(sum(step.nodes.values()) for step in left) == len(graph) - len(part)
    assert sum(step.edges for step in left) == graph.number_of_edges() - part.number_of_edges()


@pytest.fixture
def toy(toy_tables: Tables) -> Graph:
    return build_graph(toy_tables)


def shown(graph: Graph) -> tuple[set[str], set[str]]:
    """Kinds of nodes and of edges."""
    nodes = {data["kind"] for _, data in graph.nodes(data=True)}
    return nodes, {data["kind"] for *_, data in graph.edges(data=True)}


ENTITIES = {"method", "tool", "hardware"}
ROLES = {"proposes", "compares_with", "evaluated_on", "uses"}


@pytest.mark.parametrize(
    ("name", "nodes", "edges"),
    [
        ("full", {"paper", "author", "venue", *ENTITIES},
         {"authored", "published_in", "compared_with", "runs_on", "improves", *ROLES}),
        ("concepts", ENTITIES, {"compared_with", "runs_on", "improves"}),
        ("papers", {"paper", *ENTITIES}, ROLES),
        ("authors", {"paper", "author", "venue"}, {"authored", "published_in"}),
        ("results", {"method", "tool"}, {"improves"}),
        ("coauthors", {"author"}, {"coauthor_of"}),
        ("comentions", {"tool", "hardware"}, {"mentioned_with"}),
        ("method-hardware", {"method", "hardware"}, {"on_hardware"}),
    ],
)  # fmt: skip
def test_what_each_view_holds(toy: Graph, name: str, nodes: set[str], edges: set[str]) -> None:
    assert shown(select(toy, View(name=name))[0]) == (nodes, edges)


def test_types_keep_nodes_that_nothing_links_and_views_do_not(toy: Graph) -> None:
    tools, _ = select(toy, View(types=("tool",)))
    assert sorted(data["name"] for _, data in tools.nodes(data=True)) == ["TensorRT", "cuDNN"]
    concepts, (left,) = select(toy, View(name="concepts"))
    assert "cuDNN" not in {data["name"] for _, data in concepts.nodes(data=True)}
    assert left.nodes == {"author": 3, "paper": 2, "tool": 1, "venue": 1}
    assert left.names == ("cuDNN",)


def test_support_counts_the_papers_of_names_and_of_what_is_said_of_them(toy: Graph) -> None:
    part, _ = select(toy, View(min_support=2))
    names = {data["name"] for _, data in part.nodes(data=True) if data["kind"] != "paper"}
    assert names == {"Song Han", "TensorRT", "GPU"}
    assert shown(part)[1] == {"authored", "compares_with", "evaluated_on", "uses"}


def test_evidence_stays(toy: Graph) -> None:
    part, _ = select(toy, View(name="concepts"))
    assert all(data["quote"] and data["paper"] in toy for *_, data in part.edges(data=True))


@pytest.mark.parametrize(
    ("view", "message", "hint"),
    [
        (View(around="qqq"), "nothing is called 'qqq'", "kg show"),
        (View(around="i"), r"2 nodes may be meant by 'i':\n  \S+  method, 1 papers: IOS\n  \S+  paper", "id"),
        (View(around="Song Han", name="concepts"), r"'Song Han' \(author\) is not in the view concepts", ""),
        (View(name="task-dataset"), "nothing is left", "chosen: task-dataset"),
        (View(min_support=99), "nothing is left", "in 99 papers or more"),
        (View(name="tulips"), "no view 'tulips'", "full, concepts"),
    ],
)
def test_what_cannot_be_shown(toy: Graph, view: View, message: str, hint: str) -> None:
    with pytest.raises(KGError, match=message) as caught:
        select(toy, view)
    assert hint in (caught.value.hint or "")


def test_a_name_leads_to_its_surroundings(toy: Graph) -> None:
    near, _ = select(toy, View(around="cudnn", hops=1))
    assert sorted(data["name"] for _, data in near.nodes(data=True)) == ["Faster Kernels on a GPU", "cuDNN"]
    alone, _ = select(toy, View(around="cudnn", hops=0))
    assert len(alone) == 1 and alone.number_of_edges() == 0
    kept, _ = select(toy, View(around="cudnn", min_support=2, types=("paper", "hardware")))
    assert "cuDNN" in {data["name"] for _, data in kept.nodes(data=True)}


def test_years_are_those_of_a_build_of_these_papers_alone(toy_tables: Tables) -> None:
    one, two = toy_tables.papers
    for number, year in ((0, 2019), (1, 2023)):
        toy_tables.papers[number]["year"] = year
    toy_tables.works[:] = work_rows(toy_tables.papers, toy_tables.authorships, toy_tables.documents)
    viewed = view_of(toy_tables, View(years=(2020, None)))
    assert nx.utils.graphs_equal(viewed.graph, build_graph(excerpt(toy_tables, {two["work_id"]})))
    tensorrt = next(data for _, data in viewed.graph.nodes(data=True) if data["name"] == "TensorRT")
    assert tensorrt["papers"] == 1
    assert one["work_id"] not in viewed.graph
    assert verify_tables(viewed.tables).problems == ()
    (left,) = viewed.left
    assert (left.choice, left.nodes["paper"]) == ("2020 to now", 1)
    toy_tables.papers[1]["year"] = None
    toy_tables.works[:] = work_rows(toy_tables.papers, toy_tables.authorships, toy_tables.documents)
    with pytest.raises(KGError, match="nothing is left"):
        view_of(toy_tables, View(years=(2020, 2024)))


def test_an_excerpt_of_all_works_is_the_whole(toy_tables: Tables) -> None:
    assert excerpt(toy_tables, {row["work_id"] for row in toy_tables.papers}) == toy_tables
    assert excerpt(toy_tables, set()).counts() == dict.fromkeys(toy_tables.counts(), 0)


@pytest.mark.parametrize(
    ("view", "title"),
    [
        (View(), ""),
        (View(name="comentions"), "comentions, in 2 papers or more"),
        (View(types=("model", "task"), max_nodes=2_000), "types model and task, the core of 2,000 nodes"),
        (View(around="PADE", hops=1, years=(2021, 2021)), "1 link around PADE, 2021"),
        (View(min_confidence=0.5, years=(None, 2020)), "confidence 0.5 or more, to 2020"),
    ],
)
def test_the_title_says_what_was_chosen(view: View, title: str) -> None:
    assert view.title == title
