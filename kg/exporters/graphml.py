"""GraphML 1.1 that Gephi, Gephi Lite, igraph, networkit and networkx open with labels, colours and places.

Limits: node and edge ids are NMTOKENs; GraphML has no lists, they are joined with "; "; Gephi sums parallel
edges of a GraphML file into one on import: give it GEXF. The format: http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from math import isfinite
from pathlib import Path
from typing import Any

from kg.exporters.clean import clean, one_line
from kg.exporters.columns import EDGE_NAMES, RESERVED_EDGE, RESERVED_NODE, Column
from kg.exporters.display import ShownEdge, ShownNode
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_text

__all__ = ["EXPORTER", "write"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd">
"""

_NODE = (
    ("label", "string"),
    ("kind", "string"),
    ("x", "double"),
    ("y", "double"),
    ("size", "double"),
    ("color", "string"),
)
_EDGE = (("label", "string"), ("kind", "string"), ("weight", "double"))


def write(contents: Contents, path: Path) -> None:
    """Writes the file line by line; equal contents give equal bytes."""
    display = contents.display
    node_columns = display.node_types.columns(taken=RESERVED_NODE)
    edge_columns = display.edge_types.columns(taken=RESERVED_EDGE, names=EDGE_NAMES)
    with atomic_text(path) as file:
        file.write(_HEAD)
        file.writelines(_keys("node", _NODE, node_columns))
        file.writelines(_keys("edge", _EDGE, edge_columns))
        file.write(
            f'<graph id="G" edgedefault="directed">\n<desc>{_escape(one_line(contents.heading))}</desc>\n'
        )
        file.writelines(map(partial(_node_line, _Data("n", node_columns)), display.nodes))
        file.writelines(map(partial(_edge_line, _Data("e", edge_columns)), display.edges))
        file.write("</graph>\n</graphml>\n")


def _keys(scope: str, shown: Iterable[tuple[str, str]], data: tuple[Column, ...]) -> Iterator[str]:
    for name, kind in (*shown, *((column.name, column.type) for column in data)):
        yield f'<key id="{scope[0]}_{name}" for="{scope}" attr.name="{name}" attr.type="{kind}"/>\n'


def _node_line(data: _Data, node: ShownNode) -> str:
    return (
        f'<node id="{node.id}"><data key="n_label">{_escape(node.label)}</data>'
        f'<data key="n_kind">{_escape(node.kind)}</data>'
        f'<data key="n_x">{node.x!r}</data><data key="n_y">{node.y!r}</data>'
        f'<data key="n_size">{node.size!r}</data><data key="n_color">{node.color}</data>'
        f"{data.text(node.attributes)}</node>\n"
    )


def _edge_line(data: _Data, edge: ShownEdge) -> str:
    return (
        f'<edge id="{edge.id}" source="{edge.source}" target="{edge.target}">'
        f'<data key="e_label">{_known(edge.label)}</data><data key="e_kind">{_known(edge.kind)}</data>'
        f'<data key="e_weight">{edge.weight!r}</data>{data.text(edge.attributes)}</edge>\n'
    )


class _Data:
    """Writes the data of nodes or edges; which columns rows of the same attributes need is found once."""

    def __init__(self, prefix: str, data: tuple[Column, ...]) -> None:
        self._columns = [(column, f'<data key="{prefix}_{column.name}">') for column in data]
        self._plans: dict[tuple[str, ...], list[tuple[str, Column, str]]] = {}

    def text(self, attributes: Mapping[str, Any]) -> str:
        """The data elements of one node or edge, in the order of the columns."""
        names = tuple(attributes)
        plan = self._plans.get(names)
        if plan is None:
            plan = self._plans[names] = [
                (column.attribute, column, tag) for column, tag in self._columns if column.attribute in names
            ]
        parts = []
        for attribute, column, tag in plan:
            value = attributes[attribute]
            if value.__class__ is str and column.type == "string":  # most values are: no detour for them
                plain = value.isprintable() and "&" not in value and "<" not in value and "]]>" not in value
                text = value if plain else _escape(value)
            elif value.__class__ is int and column.type == "int":
                text = str(value)
            elif value.__class__ is float and column.type == "double" and isfinite(value):
                text = repr(value)
            else:
                text = _escape(column.text(attributes) or "")
            if text:
                parts.append(f"{tag}{text}</data>")
        return "".join(parts)


def _escape(text: str) -> str:
    """Character data. ``>`` stays: Gephi drops a blank that stands alone between two entities."""
    text = clean(text)
    if "&" in text or "<" in text or "]]>" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")
    return text


_known = lru_cache(maxsize=4096)(_escape)  # kinds and labels of edges are few


EXPORTER = Exporter(
    name="graphml", filename="graph.graphml", about="Gephi, igraph, networkx, yEd, Cytoscape", write=write
)
