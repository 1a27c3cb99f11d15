"""The edges that are read for one node are those that the graph has there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.build import build
from kg.database import Database
from kg.edges import Edge, Edges
from kg.graph import build_graph
from kg.stored_nodes import StoredNodes
from kg.stored_papers import StoredPapers
from kg.tables import Tables

Open = Callable[[Tables], Database]
TOY = Path(__file__).parent / "toy_corpus"

_PAIR = """@article{a, title={Nimble: a fast scheduler}, author={Woosuk Kwon and Gyeong-In Yu}, year=2020,
  doi={10.1/n}, journal={NeurIPS}, abstract={We propose Nimble. It runs on GPUs and outperforms TensorRT.}}
@article{b, title={Nimble: a fast scheduler}, author={W. Kwon and G. Yu}, year=2021, doi={10.1/n},
  journal={Proc. NeurIPS}, abstract={Nimble is faster than TensorRT on GPUs. We use Nimble on CIFAR-10.}}
@article{c, author={Song Han}, abstract={We propose RandBET and compare RandBET with TensorRT on CIFAR-10.}}
"""


def _of_graph(tables: Tables) -> dict[str, list[tuple[Any, ...]]]:
    graph = build_graph(tables)
    names = ("kind", "paper", "start", "end", "quote", "confidence", "support", "offsets_in")
    found: dict[str, list[tuple[Any, ...]]] = {node: [] for node in graph}
    for source, target, data in graph.edges(data=True):
        row = (source, target, *(data.get(name) for name in names))
        for node in {source, target}:
            found[node].append(row)
    return {node: sorted(rows, key=repr) for node, rows in found.items()}


def _row(edge: Edge) -> tuple[Any, ...]:
    return (
        edge.source, edge.target, edge.kind, edge.work, edge.start, edge.end, edge.quote, edge.confidence,
        edge.support, edge.offsets_in,
    )  # fmt: skip


def _agree(tables: Tables, database: Database) -> int:
    nodes = StoredNodes(database)
    edges = Edges(database, nodes, StoredPapers(database))
    expected = _of_graph(tables)
    for node, rows in expected.items():
        found = [*edges.at(node), *edges.of_results(node)]
        assert sorted(map(_row, found), key=repr) == rows
    graph = build_graph(tables)
    for node, data in graph.nodes(data=True):
        known = nodes.node(node)
        assert known is not None
        assert {name: value for name, value in known.items() if name != "spelt"} == {
            name: value for name, value in data.items() if name != "title"
        }
        assert nodes.named([node]) == {node: (data["kind"], data["name"])}
    return sum(map(len, expected.values()))


def test_the_toy_collection(toy_tables: Tables, database_of: Open) -> None:
    assert _agree(toy_tables, database_of(toy_tables)) > 20


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents of several kinds, records of one work and a paper without a title."""
    folder = tmp_path_factory.mktemp("edges")
    (folder / "pair.bib").write_text(_PAIR, encoding="utf-8")
    build([str(TOY), str(folder / "pair.bib")], folder / "out", pipeline="fast", formats=())
    return folder / "out"


def test_a_build(built: Path) -> None:
    tables = Tables.read(built / "tables")
    assert len(tables.works) < len(tables.papers)
    assert _agree(tables, Database(built)) > 50


def test_bylines_may_stay_where_they_are(built: Path) -> None:
    database = Database(built)
    nodes = StoredNodes(database)
    author = nodes.find("Song Han")[0].node
    for edge in Edges(database, nodes, StoredPapers(database), bylines=False).at(author):
        assert (edge.quote, edge.start, edge.end) == ("Song Han", None, None)


def test_many_names(toy_tables: Tables, database_of: Open) -> None:
    """Narrowed down or not, a name means the same."""
    from kg.lookup import find_nodes

    graph = build_graph(toy_tables)
    nodes = StoredNodes(database_of(toy_tables))
    for name in ("gpus", "i", "preusser", "PREUẞER", "inter-operator", "kernels on", "ding", "a gpu", "cnn"):
        assert nodes.find(name) == find_nodes(graph, name), name
