"""Cytoscape JSON (cyjs) with places: Cytoscape opens it, cytoscape.js takes its ``elements`` as they are.

Limits: one type a column, so lists are joined with "; ". https://js.cytoscape.org/#notation/elements-json and
https://manual.cytoscape.org/en/stable/Supported_Network_File_Formats.html#cytoscape-js-json
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.exporters.clean import one_line
from kg.exporters.columns import EDGE_NAMES, Column, columns
from kg.exporters.display import ShownEdge, ShownNode
from kg.exporters.jsontext import json_text
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_text

__all__ = ["EXPORTER", "write"]

_NODE = frozenset({"id", "label", "kind", "color", "size", "suid", "shared_name", "selected", "parent"})
_EDGE = frozenset({"id", "label", "kind", "source", "target", "weight", "interaction", "suid", "selected"})


def write(contents: Contents, path: Path) -> None:
    """Writes the file element by element; equal contents give equal bytes."""
    display = contents.display
    node_columns = columns((node.attributes for node in display.nodes), taken=_NODE)
    edge_columns = columns((edge.attributes for edge in display.edges), taken=_EDGE, names=EDGE_NAMES)
    head = {"format_version": "1.0", "generated_by": "kg", "target_cytoscapejs_version": "~3.0"}
    with atomic_text(path) as file:
        file.write(f'{json_text(head)[:-1]}, "data": {json_text({"name": one_line(contents.heading)})},\n')
        file.write('"elements": {"nodes": [')
        for number, node in enumerate(display.nodes):
            file.write((",\n" if number else "\n") + json_text(_node(node, node_columns)))
        file.write('\n],\n"edges": [')
        for number, edge in enumerate(display.edges):
            file.write((",\n" if number else "\n") + json_text(_edge(edge, edge_columns)))
        file.write("\n]}}\n")


def _node(node: ShownNode, data: tuple[Column, ...]) -> dict[str, Any]:
    """An element; y grows downwards there."""
    shown = {"id": node.id, "label": node.label, "kind": node.kind, "color": node.color, "size": node.size}
    values = {column.name: value for column in data if (value := column.value(node.attributes)) is not None}
    return {"data": shown | values, "position": {"x": node.x, "y": 0.0 - node.y}}


def _edge(edge: ShownEdge, data: tuple[Column, ...]) -> dict[str, Any]:
    shown = {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "interaction": edge.kind,
        "label": edge.label,
        "kind": edge.kind,
        "weight": edge.weight,
    }
    return {"data": shown | {c.name: v for c in data if (v := c.value(edge.attributes)) is not None}}


EXPORTER = Exporter(
    name="cytoscape", filename="graph.cyjs", about="Cytoscape and cytoscape.js, with places", write=write
)
