"""GEXF: what Gephi needs to keep parallel edges apart."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

from kg.exporters import arrange
from kg.exporters.gexf import EXPORTER

NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


@pytest.fixture
def written(toy: nx.MultiDiGraph, tmp_path: Path) -> Path:
    toy.add_node("e:odd", kind="task", name='a "<b>" & \u202e c\nd', aliases=["x", "y"])
    path = tmp_path / EXPORTER.filename
    EXPORTER.write(arrange(toy), path, heading="A <heading>")
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
