"""Who and what stands together in papers: counted, weighed, and traced to the papers."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cooccurrence import LONGEST, PROJECTIONS, project
from kg.graph import supported

Graph = nx.MultiDiGraph


def graph_of(papers: dict[str, list[str]], kind: str = "author", **edge: Any) -> Graph:
    """Papers with what stands in them."""
    graph: Graph = nx.MultiDiGraph()
    counts = Counter(name for names in papers.values() for name in set(names))
    graph.add_nodes_from((f"p:{paper}", {"kind": "paper", "name": paper}) for paper in papers)
    graph.add_nodes_from(
        (f"n:{name}", {"kind": kind, "name": name, "papers": number}) for name, number in counts.items()
    )
    for paper, names in papers.items():
        for name in names:
            if kind == "author":
                ends, link = (f"n:{name}", f"p:{paper}"), "authored"
            else:
                ends, link = (f"p:{paper}", f"n:{name}"), "uses"
            given = {"kind": link, "support": 1, "confidence": 1.0, "paper": f"p:{paper}", **edge}
            graph.add_edge(*ends, key=f"k:{paper}-{name}", **given)
    return graph


def tied(graph: Graph) -> dict[str, dict[str, Any]]:
    return {
        f"{source[2:]}-{target[2:]}": data
        for source, target, data in graph.edges(data=True)
        if data["derived"]
    }


def test_coauthors_with_newmans_weights_and_their_papers() -> None:
    graph = graph_of({"x": ["ann", "bob"], "y": ["ann", "bob", "cy"], "z": ["dan"]})
    found = tied(project(graph, PROJECTIONS["coauthors"]))
    assert set(found) == {"ann-bob", "ann-cy", "bob-cy"}
    assert found["ann-bob"] == {
        "kind": "coauthor_of",
        "support": 2,
        "confidence": 1.0,
        "weight": 1.5,
        "derived": True,
        "papers": ["p:x", "p:y"],
        "paper": "p:x",
    }
    assert found["bob-cy"]["weight"] == 0.5


def test_comentions_with_the_cosine() -> None:
    graph = graph_of({"x": ["a", "b"], "y": ["a", "b"], "z": ["a", "c"], "w": ["a"]}, "task", confidence=0.5)
    found = tied(project(graph, PROJECTIONS["comentions"]))
    assert found["a-b"]["weight"] == round(2 / math.sqrt(4 * 2), 4)
    assert (found["a-c"]["weight"], found["a-c"]["support"]) == (0.5, 1)
    assert found["a-b"]["confidence"] == supported(0.5, 2)


def test_a_sentence_that_names_both_is_the_evidence() -> None:
    graph = graph_of({"x": ["a", "b"], "y": ["a", "b"]}, "task", confidence=0.6)
    for name in "ab":
        place = {"start": 3, "end": 9, "quote": "a on b", "offsets_in": "paper"}
        graph.edges["p:y", f"n:{name}", f"k:y-{name}"].update(place)
        graph.edges["p:x", f"n:{name}", f"k:x-{name}"].update(place | {"start": ord(name)})
    (edge,) = tied(project(graph, PROJECTIONS["comentions"])).values()
    assert (edge["paper"], edge["start"], edge["end"]) == ("p:y", 3, 9)
    assert (edge["quote"], edge["offsets_in"]) == ("a on b", "paper")
    graph.edges["p:x", "n:a", "k:x-a"]["confidence"] = graph.edges["p:x", "n:b", "k:x-b"]["confidence"] = 0.9
    (edge,) = tied(project(graph, PROJECTIONS["comentions"])).values()
    assert edge["paper"] == "p:x" and "quote" not in edge
    assert edge["confidence"] == supported(0.9, 2)


@pytest.mark.parametrize("name", ["method-hardware", "task-dataset"])
def test_two_kinds_are_linked_in_one_direction_and_not_by_mere_mentions(name: str) -> None:
    graph = graph_of({"x": ["m", "o", "h", "d", "t"], "y": ["m", "h", "d", "t"]}, "method")
    kinds = {"m": "method", "o": "model", "h": "hardware", "d": "dataset", "t": "task"}
    for short, kind in kinds.items():
        graph.nodes[f"n:{short}"]["kind"] = kind
    for short in "hd":
        graph.edges["p:y", f"n:{short}", f"k:y-{short}"]["kind"] = "mentions"
    found = tied(project(graph, PROJECTIONS[name]))
    assert set(found) == ({"m-h", "o-h"} if name == "method-hardware" else {"t-d"})
    assert all(edge["papers"] == ["p:x"] for edge in found.values())


def test_a_paper_that_names_hundreds_ties_none() -> None:
    names = [f"{number:03}" for number in range(LONGEST + 1)]
    assert not project(graph_of({"x": names}), PROJECTIONS["coauthors"])
    assert len(project(graph_of({"x": names[1:]}), PROJECTIONS["coauthors"])) == LONGEST


@given(
    st.dictionaries(
        st.sampled_from("uvwxyz"), st.lists(st.sampled_from("abcdef"), unique=True, max_size=6), min_size=1
    ),
    st.sampled_from(["author", "task"]),
)
def test_pairs_are_counted_once_a_paper_whatever_the_order(papers: dict[str, list[str]], kind: str) -> None:
    projection = PROJECTIONS["coauthors" if kind == "author" else "comentions"]
    graph = graph_of(papers, kind)
    found = project(graph, projection)
    counts = Counter(pair for names in papers.values() for pair in itertools.combinations(sorted(names), 2))
    assert {name: data["support"] for name, data in tied(found).items()} == {
        f"{one}-{other}": number for (one, other), number in counts.items()
    }
    assert all(len(data["papers"]) == data["support"] for data in tied(found).values())
    other: Graph = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for source, target, key, data in reversed(list(graph.edges(keys=True, data=True))):
        other.add_edge(source, target, key=key, **data)
    again = project(other, projection)
    assert list(again.edges(keys=True, data=True)) == list(found.edges(keys=True, data=True))
    weights = [data["weight"] for data in tied(found).values()]
    assert all(0 < weight <= (len(papers) if kind == "author" else 1) for weight in weights)
