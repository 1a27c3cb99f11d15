"""GraphML read back by other people's parsers."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import Contents, export
from kg.exporters.clean import clean

Graph = nx.MultiDiGraph
NS = "{http://graphml.graphdrawing.org/xmlns}"
NASTY = [
    "Attention <is> All & \"You\" Need ]]> 'x'",
    '</data><script>alert(1)</script>',
    "Form\x0cfeed and \x00nul and \x1b[31mescape",
    "نموذج اللغة \u202eevil\u202c العربية",
    "Emoji 😀 and a lone surrogate \ud83d end",
    "p < q > & r {{ template }}",
    "Two\nLines and a\ttab \u2028 here",
    "__proto__",
    "None",
    "   ",
]  # fmt: skip


@pytest.fixture
def written(toy: Graph, tmp_path: Path) -> Path:
    for number, name in enumerate(NASTY):
        toy.add_node(f"e:nasty{number}", kind="task", name=name, aliases=[name, "b"])
    return export(Contents(graph=toy, heading="A <heading> & more"), "graphml", tmp_path)


def columns_of(path: Path, scope: str) -> dict[str, str]:
    keys = ET.parse(path).getroot().findall(f"{NS}key")
    return {key.attrib["attr.name"]: key.attrib["attr.type"] for key in keys if key.attrib["for"] == scope}


def test_networkx_reads_all_with_types(written: Path, toy: Graph) -> None:
    graph = nx.read_graphml(written, force_multigraph=True)
    assert set(graph) == set(toy)
    assert {key for *_, key in graph.edges(keys=True)} == {key for *_, key in toy.edges(keys=True)}
    node = next(data for _, data in graph.nodes(data=True) if data["label"] == "PADE")
    assert (node["kind"], node["papers"], node["aliases"]) == ("model", 2, "PADE accelerator")
    (edge,) = (data for *_, data in graph.edges(data=True) if data["kind"] == "reduces")
    assert (edge["value"], edge["low"], edge["baseline"]) == ("up to 5.1x", 5.1, "SpAtten")
    assert edge["evidence"] == "Compared with SpAtten, PADE reduces energy by up to 5.1x on Dolly."
    assert edge["label"] == "reduces up to 5.1x"
    text = toy.nodes[edge["evidence_paper"]]
    joined = f"{text['title']}\n\n{text['abstract']}"
    assert joined[edge["evidence_start"] : edge["evidence_end"]] == edge["evidence"]


def test_igraph_and_networkit_read_all(written: Path, toy: Graph) -> None:
    igraph = pytest.importorskip("igraph")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = igraph.Graph.Read_GraphML(str(written))
    assert (graph.vcount(), graph.ecount()) == (len(toy), toy.number_of_edges())
    assert all(graph.vs["label"])
    # networkit loads libraries of its own: in a process of its own it cannot disturb the others
    pytest.importorskip("networkit")
    code = "import sys, networkit as nk; g = nk.readGraph(sys.argv[1], nk.Format.GraphML); "
    code += "print(g.numberOfNodes(), g.numberOfEdges())"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(written)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-2:] == [str(len(toy)), str(toy.number_of_edges())]


def test_display_columns_are_those_that_gephi_takes(written: Path) -> None:
    nodes, edges = columns_of(written, "node"), columns_of(written, "edge")
    assert list(nodes)[:6] == ["label", "kind", "x", "y", "size", "color"]
    assert [nodes[name] for name in ("label", "x", "y", "size", "color")] == [
        "string",
        "double",
        "double",
        "double",
        "string",
    ]
    assert (edges["weight"], edges["label"], edges["kind"]) == ("double", "string", "string")
    assert (edges["support"], edges["confidence"], edges["evidence_start"]) == ("int", "double", "int")
    assert written.read_bytes().startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    for node in ET.parse(written).getroot().iter(f"{NS}node"):
        data = {item.attrib["key"]: item.text or "" for item in node}
        assert re.fullmatch(r"#[0-9a-f]{6}", data["n_color"]) and data["n_label"].strip()


def test_hostile_names_come_back_as_text(written: Path) -> None:
    graph = nx.read_graphml(written, force_multigraph=True)
    for number, name in enumerate(NASTY):
        assert graph.nodes[f"e:nasty{number}"]["name"] == clean(name)


def test_a_lone_greater_than_is_not_escaped(written: Path) -> None:
    assert "p &lt; q > &amp; r" in written.read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("xmllint"), reason="xmllint is not installed")
def test_xmllint_finds_it_well_formed(written: Path) -> None:
    subprocess.run(["xmllint", "--nonet", "--noout", str(written)], check=True)


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
def test_any_text_comes_back_but_for_forbidden_characters(text: str) -> None:
    graph: Graph = nx.MultiDiGraph()
    graph.add_node("e:1", kind="task", name=text, note=text)
    graph.add_edge("e:1", "e:1", key="e:2", kind="mentions", quote=text)

    with tempfile.TemporaryDirectory() as folder:
        path = export(graph, "graphml", Path(folder))
        root = ET.parse(path).getroot()
    for name, scope in (("n_note", "node"), ("e_evidence", "edge")):
        found = [item.text for item in root.iter(f"{NS}data") if item.attrib["key"] == name]
        assert found == ([clean(text)] if clean(text) else []), scope


def test_equal_graphs_give_equal_bytes(make_random: Callable[[int], Graph], tmp_path: Path) -> None:
    graph = make_random(120)
    other: Graph = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for source, target, key, data in reversed(list(graph.edges(keys=True, data=True))):
        other.add_edge(source, target, key=key, **dict(reversed(data.items())))
    files = [
        [export(each, name, tmp_path / str(number)).read_bytes() for name in ("graphml", "html")]
        for number, each in enumerate((graph, other))
    ]
    assert files[0] == files[1]


def test_an_empty_graph_is_a_valid_file(tmp_path: Path) -> None:
    path = export(nx.MultiDiGraph(), "graphml", tmp_path)
    assert len(nx.read_graphml(path)) == 0


def test_a_failed_export_leaves_the_old_file(toy: Graph, tmp_path: Path) -> None:
    path = export(toy, "graphml", tmp_path)
    before = path.read_bytes()

    class Unprintable:
        def __str__(self) -> str:
            raise RuntimeError("no text")

    toy.add_node("e:odd", kind="task", name="odd", odd=Unprintable())
    with pytest.raises(RuntimeError):
        export(toy, "graphml", tmp_path)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == [path.name]
