"""kg.open: the verbs of the command line from Python."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import pytest

import kg
from kg.api import Collection
from kg.errors import KGError


def test_a_collection_says_where_it_is(nets: Collection) -> None:
    assert repr(nets) == f"kg.open({str(nets.folder)!r})"
    assert repr(kg.open(str(nets.folder))) == repr(nets)


def test_papers_and_entities(nets: Collection) -> None:
    assert [row.paper for row in nets.papers()] == ["SlowNet", "FastNet", "TinyNet (untitled)"]
    assert [row.paper for row in nets.papers(year=(None, 2020), limit=1)] == ["SlowNet"]
    assert nets.papers(venue="nets")[0].authors == ("Ana Ruiz", "Bo Chen")
    first = nets.entities()[0]
    assert (first.name, first.papers, first.confidence) == ("SlowNet", 3, 0.9)
    assert [row.name for row in nets.entities(type="dataset", min_support=2)] == ["ImageNet"]
    assert nets.entities(type="dataset", year=2018)[0].papers == 1


def test_results_and_relations(nets: Collection) -> None:
    assert {row.value for row in nets.results()} == {"80%", "76%"}
    assert nets.results(year=2018)[0].subject == "SlowNet"
    assert {row.kind for row in nets.relations()} == {"runs_on", "compared_with", "used_for"}
    assert [row.subject for row in nets.relations("compared_with")] == ["FastNet", "TinyNet"]
    assert nets.relations("compared_with", min_confidence=0.7)[0].quote == "FastNet is compared with SlowNet."


def test_find_explain_and_graph(nets: Collection) -> None:
    assert [(one.kind, one.name) for one in nets.find("fastnet")] == [
        ("model", "FastNet"),
        ("paper", "FastNet"),
    ]
    assert nets.explain("bo chen").kind == "author"
    assert nets.explain("T4 GPU").relations[0].quote == "FastNet runs on a T4 GPU."
    assert isinstance(nets.graph(), nx.MultiDiGraph)
    with pytest.raises(KGError):
        nets.explain("nobody")


def test_names_found_are_those_of_the_graph(nets: Collection) -> None:
    graph = nets.graph()
    for node, data in graph.nodes(data=True):
        (found,) = nets.find(node)
        assert (found.kind, found.name) == (data["kind"], data["name"])


def test_importing_kg_imports_nothing_else() -> None:
    code = "import sys, kg; print(sorted({name.partition('.')[0] for name in sys.modules} & {%s}))"
    heavy = "'duckdb', 'numpy', 'pyarrow', 'networkx', 'spacy', 'click'"
    result = subprocess.run([sys.executable, "-c", code % heavy], capture_output=True, check=True, text=True)
    assert result.stdout.strip() == "[]"


def test_questions_need_neither_pyarrow_nor_networkx(nets: Collection) -> None:
    asked = "import sys, kg; kg.open(sys.argv[1]).query('uses', 'ImageNet')"
    heavy = "{'numpy', 'pyarrow', 'networkx', 'spacy'}"
    code = f"{asked}; print(sorted({{name.partition('.')[0] for name in sys.modules}} & {heavy}))"
    result = subprocess.run(
        [sys.executable, "-c", code, str(nets.folder)], capture_output=True, check=True, text=True
    )
    assert result.stdout.strip() == "[]"
