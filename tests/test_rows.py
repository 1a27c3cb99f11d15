"""Rows of tables and of a graph: the same nodes and edges, the same files, in order of id."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg import rows as rows_module
from kg import statements, table_nodes
from kg.exporters import Contents, display, export
from kg.graph import GraphRows, build_graph
from kg.rows import TableRows
from kg.tables import SORT_KEYS, Row, Tables


def changed(tables: Tables, **changes: list[Row]) -> Tables:
    return Tables.from_rows({name: getattr(tables, name) for name in SORT_KEYS} | changes)


def test_rows_of_tables_and_of_their_graph_are_the_same(toy_tables: Tables) -> None:
    rows, graph = TableRows(toy_tables), build_graph(toy_tables)
    of_graph = GraphRows(graph)
    assert list(rows.nodes()) == list(of_graph.nodes())
    assert list(rows.edges()) == list(of_graph.edges())
    assert rows.counts() == of_graph.counts() == (len(graph), graph.number_of_edges())
    keys = [row[0] for row in rows.edges()]
    assert keys == sorted(set(keys))


def test_rows_can_be_read_again(toy_tables: Tables) -> None:
    rows = TableRows(toy_tables)
    assert list(rows.edges()) == list(rows.edges())
    (first, *_) = rows.edges()
    first[3]["kind"] = "spoilt"
    assert next(iter(rows.edges()))[3]["kind"] != "spoilt"


def test_batches_say_what_the_rows_say(toy_tables: Tables) -> None:
    for rows in (TableRows(toy_tables), GraphRows(build_graph(toy_tables))):
        ids = [node for node, _ in rows.nodes()]
        assert ids == [node for batch in rows.node_batches() for node in batch.ids]
        edges = [
            (key, ids[source], ids[target], attributes)
            for batch in rows.edge_batches()
            for key, source, target, attributes in zip(
                batch.ids, batch.sources, batch.targets, batch.attributes(), strict=True
            )
        ]
        assert edges == list(rows.edges())


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("prefix", ["a:", "e:", "m:", "r:", "z:"])
def test_batches_of_any_size_are_the_same_rows(
    size: int, prefix: str, toy_tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = toy_tables.results[0]
    results = [result | {"result_id": f"{prefix}{number:016x}"} for number in range(0, 2**64, 2**60)]
    tables = changed(toy_tables, results=results)
    whole = list(TableRows(tables).edges()), list(TableRows(tables).nodes())
    assert [row[0] for row in whole[0]] == sorted(row[0] for row in whole[0])
    for module in (rows_module, statements, table_nodes):
        monkeypatch.setattr(module, "BATCH", size)
    rows = TableRows(tables)
    assert (list(rows.edges()), list(rows.nodes())) == whole
    assert max(len(batch) for batch in rows.edge_batches()) <= 2 * size


def test_results_of_any_id_stand_in_order(toy_tables: Tables) -> None:
    result = toy_tables.results[0]
    results = [result | {"result_id": name} for name in ("a:0", "m:1", "zz:2")]
    keys = [row[0] for row in TableRows(changed(toy_tables, results=results)).edges()]
    assert keys == sorted(keys) and {"ea:0", "em:1", "ezz:2"} <= set(keys)


@pytest.mark.parametrize(
    "name", ["graphml", "gexf", "html", "csv", "neo4j", "cytoscape", "json", "ttl", "jsonld"]
)
def test_large_graphs_are_written_as_small_ones_are(
    name: str, toy_tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = build_graph(toy_tables)
    small = export(Contents(graph=graph, tables=toy_tables), name, tmp_path / "small")
    monkeypatch.setattr(display, "_HELD", 0)
    contents = Contents(tables=toy_tables)
    large = export(contents, name, tmp_path / "large")
    if name in ("graphml", "gexf", "csv"):
        assert "graph" not in contents.__dict__, "no graph was built"
    for one, other in zip(files(small), files(large), strict=True):
        assert one.read_bytes().replace(b" of 2 papers", b"") == other.read_bytes().replace(
            b" of 2 papers", b""
        )


def files(path: Path) -> list[Path]:
    return sorted(path.iterdir()) if path.is_dir() else [path]


def structured(toy_tables: Tables, papers: list[dict[str, Any]]) -> tuple[Tables, str]:
    """The toy's two papers as records of a JSON file that holds these objects."""
    text = "\n".join(json.dumps(paper) for paper in papers)
    records = []
    for row in toy_tables.papers:
        number = row["position"]
        records.append(row | {"title": papers[number]["title"], "title_start": None, "abstract_start": None})
    documents = [toy_tables.documents[0] | {"text": text}]
    return changed(toy_tables, papers=records, documents=documents), text


def test_an_author_is_found_in_the_paper_s_own_record(toy_tables: Tables) -> None:
    papers = [
        {"title": 'The "first"', "authors": ["Yaoyao Ding", "Song Han"]},
        {"title": "The second", "authors": ["Song Han", "Jürgen Preußer"]},
    ]
    tables, text = structured(toy_tables, papers)
    second = next(row["work_id"] for row in tables.papers if row["position"] == 1)
    places = {
        (data["quote"], data["paper"] == second): data.get("start")
        for _, _, _, data in TableRows(tables).edges()
        if data["kind"] == "authored"
    }
    assert places["Song Han", False] == text.index("Song Han")
    assert places["Song Han", True] == text.rindex("Song Han")
    assert places["Jürgen Preußer", True] is None, "JSON spells it otherwise"


def test_rows_of_a_graph_take_any_order() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("b", "a", key="2")
    graph.add_edge("a", "b", key="1", kind="x")
    rows = GraphRows(graph)
    assert [node for node, _ in rows.nodes()] == ["a", "b"]
    assert list(rows.edges()) == [("1", "a", "b", {"kind": "x"}), ("2", "b", "a", {})]
