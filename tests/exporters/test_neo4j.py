"""Neo4j: the files have the form of the bulk import, the command names them all, lists stay lists."""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import export
from kg.exporters.clean import clean

Graph = nx.MultiDiGraph
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_file_a_kind_and_every_id_is_known(toy: Graph, tmp_path: Path) -> None:
    folder = export(toy, "neo4j", tmp_path)
    nodes = [row for path in sorted(folder.glob("nodes-*.csv")) for row in read(path)]
    edges = [row for path in sorted(folder.glob("edges-*.csv")) for row in read(path)]
    assert sorted(row["id:ID"] for row in nodes) == sorted(toy)
    assert {(row[":START_ID"], row[":END_ID"], row["id:string"]) for row in edges} == set(
        toy.edges(keys=True)
    )
    (pade,) = (row for row in read(folder / "nodes-Model.csv") if row["name:string"] == "PADE")
    assert (pade[":LABEL"], pade["aliases:string[]"], pade["papers:long"]) == (
        "Thing\x1fModel",
        "PADE accelerator",
        "2",
    )
    (result,) = read(folder / "edges-REDUCES.csv")
    assert (result[":TYPE"], result["low:double"], result["support:long"]) == ("REDUCES", "5.1", "1")
    (attention,) = read(folder / "nodes-Method.csv")
    assert attention["aliases:string[]"].split("\x1f") == ["DSA", "sparse attention"]


def test_the_command_names_every_file(toy: Graph, tmp_path: Path) -> None:
    folder = export(toy, "neo4j", tmp_path)
    command = (folder / "README.txt").read_text(encoding="utf-8")
    named = set(re.findall(r"=((?:nodes|edges)-\w+\.csv)", command))
    assert named == {path.name for path in folder.glob("*.csv")}
    constraints = (folder / "constraints.cypher").read_text(encoding="utf-8")
    assert "FOR (n:Thing) REQUIRE n.id IS UNIQUE" in constraints and "FOR (n:Dataset)" in constraints


def test_files_of_kinds_that_are_gone_are_removed(toy: Graph, tmp_path: Path) -> None:
    folder = export(toy, "neo4j", tmp_path)
    (folder / "mine.csv").write_text("x")
    graph: Graph = nx.MultiDiGraph()
    graph.add_node("e:1", kind="task", name="=cmd()")
    export(graph, "neo4j", tmp_path)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["README.txt", "constraints.cypher", "mine.csv", "nodes-Task.csv"]
    assert read(folder / "nodes-Task.csv")[0]["name:string"] == "=cmd()", "data stays as it is"


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_comes_back_and_no_kind_leaves_the_folder(kind: str, text: str) -> None:
    graph: Graph = nx.MultiDiGraph()
    graph.add_node("e:1", kind=kind, name="n", note=text, aliases=[text, "b"])
    graph.add_edge("e:1", "e:1", key="e:2", kind=kind)
    with tempfile.TemporaryDirectory() as name:
        folder = export(graph, "neo4j", Path(name))
        assert all(
            re.fullmatch(r"(?:nodes|edges)-[A-Za-z0-9_]+\.csv|README.txt|constraints.cypher", p.name)
            for p in folder.iterdir()
        )
        (path,) = folder.glob("nodes-*.csv")
        (row,) = read(path)
    assert row.get("note:string", "") == clean(text)
    assert row["aliases:string[]"].split("\x1f") == [part for part in (clean(text), "b") if part]


def test_equal_graphs_are_equal_bytes(toy: Graph, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(toy, "neo4j", tmp_path / name)
    for path in (tmp_path / "one" / "neo4j").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / "neo4j" / path.name).read_bytes()
