"""CSV for spreadsheets: nothing in it is calculated, and all of it comes back."""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import export
from kg.exporters.clean import one_line
from kg.exporters.csvtext import csv_line, harmless

Graph = nx.MultiDiGraph
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
FORMULAS = [
    "=1+1",
    "+A1",
    "-A1",
    "@SUM(A1)",
    '=HYPERLINK("http://x")',
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "|calc",
]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_all_nodes_and_edges_with_typed_cells(toy: Graph, tmp_path: Path) -> None:
    folder = export(toy, "csv", tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == ["edges.csv", "nodes.csv"]
    assert (folder / "nodes.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    nodes, edges = read(folder / "nodes.csv"), read(folder / "edges.csv")
    assert [row["Id"] for row in nodes] == sorted(toy)
    assert {(row["Source"], row["Target"], row["Id"]) for row in edges} == set(toy.edges(keys=True))
    (result,) = (row for row in edges if row["Kind"] == "reduces")
    assert (result["low"], result["value"], result["confidence"], result["Type"]) == (
        "5.1",
        "up to 5.1x",
        "0.8",
        "Directed",
    )


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_stand_behind_an_apostrophe(text: str, tmp_path: Path) -> None:
    graph: Graph = nx.MultiDiGraph()
    graph.add_node("e:1", kind=text, name=text, aliases=[text])
    graph.add_edge("e:1", "e:1", key="e:2", kind=text, value=text, low=-1.5)
    folder = export(graph, "csv", tmp_path)
    for row in (*read(folder / "nodes.csv"), *read(folder / "edges.csv")):
        for column, cell in row.items():
            assert not re.match(r"\s*[=+\-@|＝]", cell) or column == "low"
    assert read(folder / "edges.csv")[0]["low"] == "-1.5"


@pytest.mark.parametrize("text", ["-3.2%", "+5", "-1e-5", "3", "a=b", "2-bit", "'", ""])
def test_numbers_and_names_stay(text: str) -> None:
    assert harmless(text) == text


@given(ANY_TEXT)
def test_any_text_comes_back_as_one_harmless_line(text: str) -> None:
    graph: Graph = nx.MultiDiGraph()
    graph.add_node("e:1", kind="task", name="n", note=text)
    with tempfile.TemporaryDirectory() as folder:
        rows = read(export(graph, "csv", Path(folder)) / "nodes.csv")
    assert len(rows) == 1
    assert rows[0].get("note", "") == harmless(one_line(text))


def test_a_line_of_every_kind_of_cell() -> None:
    assert csv_line(['a "b", c', 1, 0.5, True, None, ""]) == '"a ""b"", c",1,0.5,true,,""\n'


def test_files_of_others_stay_in_the_folder(toy: Graph, tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "mine.txt").write_text("x")
    export(toy, "csv", tmp_path)
    first = (tmp_path / "csv" / "nodes.csv").read_bytes()
    export(toy, "csv", tmp_path)
    assert (tmp_path / "csv" / "nodes.csv").read_bytes() == first
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["csv", "edges.csv", "mine.txt", "nodes.csv"]
