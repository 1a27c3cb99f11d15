"""GEXF: what Gephi needs to keep parallel edges apart."""

from __future__ import annotations

import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import Contents
from kg.exporters.clean import one_line
from kg.exporters.gexf import EXPORTER

NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


@pytest.fixture
def written(toy: nx.MultiDiGraph, tmp_path: Path) -> Path:
    toy.add_node("e:odd", kind="task", name='a "<b>" & \u202e c\nd', aliases=["x", "y"])
    path = tmp_path / EXPORTER.filename
    EXPORTER.write(Contents(graph=toy, heading="A <heading>"), path)
    return path


def test_networkx_reads_all(written: Path, toy: nx.MultiDiGraph) -> None:
    graph = nx.read_gexf(written, version="1.3")
    assert set(graph) == set(toy)
    assert graph.number_of_edges() == toy.number_of_edges()
    assert graph.nodes["e:odd"]["label"] == 'a "<b>" & c d'
    assert graph.nodes["e:odd"]["aliases"] == "x; y"


def test_every_node_is_drawn_and_every_edge_has_its_kind(written: Path, toy: nx.MultiDiGraph) -> None:
    root = ET.parse(written).getroot()
    assert root.attrib["version"] == "1.3"
    for node in root.findall(".//g:node", NS):
        assert {child.tag.split("}")[1] for child in node} == {"attvalues", "color", "position", "size"}
    kinds = sorted(edge.attrib["kind"] for edge in root.findall(".//g:edge", NS))
    assert kinds == sorted(data["kind"] for *_, data in toy.edges(data=True))


ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)


def test_networkx_gets_typed_values_and_the_evidence(written: Path, toy: nx.MultiDiGraph) -> None:
    graph = nx.read_gexf(written, version="1.3")
    (edge,) = (data for *_, data in graph.edges(data=True) if data["label"].startswith("reduces"))
    assert (edge["low"], edge["value"], edge["support"], edge["confidence"]) == (5.1, "up to 5.1x", 1, 0.8)
    assert edge["evidence"].startswith("Compared with SpAtten") and edge["baseline"] == "SpAtten"
    assert edge["evidence_end"] - edge["evidence_start"] == len(edge["evidence"])
    untitled = next(data for _, data in graph.nodes(data=True) if data["label"] == "Hydraulis (untitled)")
    assert untitled["derived_name"] is True and untitled["kind"] == "paper"
    assert "title" not in untitled and "year" not in untitled


def test_parallel_edges_stay_apart_with_their_ids(written: Path, toy: nx.MultiDiGraph) -> None:
    graph = nx.read_gexf(written, version="1.3")
    assert graph.is_multigraph() and graph.is_directed()
    wanted = {(source, target, key) for source, target, key in toy.edges(keys=True)}
    assert {(a, b, data["id"]) for a, b, data in graph.edges(data=True)} == wanted
    assert max(map(len, (graph.get_edge_data(a, b) for a, b in graph.edges()))) == 2


def test_places_colours_and_sizes_are_those_of_the_display(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    contents = Contents(graph=toy)
    display = contents.display
    EXPORTER.write(contents, tmp_path / "g.gexf")
    graph = nx.read_gexf(tmp_path / "g.gexf", version="1.3")
    for node in display.nodes:
        viz = graph.nodes[node.id]["viz"]
        assert (viz["position"]["x"], viz["position"]["y"], viz["size"]) == (node.x, node.y, node.size)
        assert "#{r:02x}{g:02x}{b:02x}".format(**viz["color"]) == node.color
    for edge in ET.parse(tmp_path / "g.gexf").getroot().findall(".//g:edge", NS):
        assert float(edge.attrib["weight"]) > 0


def test_every_value_stands_in_a_declared_column(written: Path) -> None:
    root = ET.parse(written).getroot()
    for scope in ("node", "edge"):
        declared = [
            item.attrib["id"] for item in root.findall(f".//g:attributes[@class='{scope}']/g:attribute", NS)
        ]
        assert len(declared) == len(set(declared))
        kinds = root.findall(f".//g:attributes[@class='{scope}']/g:attribute", NS)
        known = {"integer", "long", "double", "boolean", "string"}  # of gexf.xsd
        assert {item.attrib["type"] for item in kinds} <= known
        used = {item.attrib["for"] for item in root.findall(f".//g:{scope}//g:attvalue", NS)}
        assert used <= set(declared) and "kind" in used


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_comes_back_as_one_line(name: str, heading: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("e:1", kind="task", name=name, note=name)
    graph.add_edge("e:1", "e:1", key="e:2", kind="mentions", quote=name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "g.gexf"
        EXPORTER.write(Contents(graph=graph, heading=heading), path)
        root = ET.parse(path).getroot()
    title = root.find(".//g:title", NS)
    assert title is not None and (title.text or "") == one_line(heading)
    wanted = [one_line(name)] if one_line(name) else []
    for column in ("note", "evidence"):
        found = [
            item.attrib["value"]
            for item in root.iter(f"{{{NS['g']}}}attvalue")
            if item.attrib["for"] == column
        ]
        assert [text for text in found if text] == wanted


@given(
    st.lists(
        st.one_of(st.booleans(), st.integers(-(2**70), 2**70), st.floats(), ANY_TEXT, st.none()),
        min_size=1,
        max_size=4,
    )
)
def test_values_of_any_type_can_be_read_by_others(values: list[Any]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, value in enumerate(values):
        graph.add_node(f"e:{number}", kind="task", name=f"n{number}", odd=value)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "g.gexf"
        EXPORTER.write(Contents(graph=graph), path)
        read = nx.read_gexf(path, version="1.3")
    for number, value in enumerate(values):
        found = read.nodes[f"e:{number}"].get("odd")
        if found is not None and type(found) is type(value) and not isinstance(value, str):
            assert found == value


def test_an_empty_graph_and_equal_graphs(
    make_random: Callable[[int], nx.MultiDiGraph], tmp_path: Path
) -> None:
    EXPORTER.write(Contents(graph=nx.MultiDiGraph()), tmp_path / "empty.gexf")
    assert len(nx.read_gexf(tmp_path / "empty.gexf", version="1.3")) == 0
    for name in ("one", "two"):
        EXPORTER.write(Contents(graph=make_random(60)), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_years_are_timestamps_only_on_request(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    EXPORTER.write(Contents(graph=toy), tmp_path / "static.gexf")
    assert b"timestamp" not in (tmp_path / "static.gexf").read_bytes()
    EXPORTER.write(Contents(graph=toy, dynamic=True), tmp_path / "dynamic.gexf")
    root = ET.parse(tmp_path / "dynamic.gexf").getroot()
    graph = root.find("g:graph", NS)
    assert graph is not None
    assert [graph.attrib[name] for name in ("mode", "timerepresentation", "timeformat")] == [
        "dynamic",
        "timestamp",
        "date",
    ]
    years = {
        item.attrib["label"]: [int(spell.attrib["timestamp"][:4]) for spell in item.findall(".//g:spell", NS)]
        for item in root.findall(".//g:node", NS)
    }
    assert years["PADE"] == [2024, 2025], "a model of two papers"
    assert years["Yang Wang"] == [2025] and years["Hydraulis (untitled)"] == []
    (edge,) = root.findall(".//g:edge[@kind='reduces']", NS)
    assert [spell.attrib["timestamp"] for spell in edge.findall(".//g:spell", NS)] == ["2025-01-01"]
    assert len(nx.read_gexf(tmp_path / "dynamic.gexf", version="1.3")) == len(toy)
