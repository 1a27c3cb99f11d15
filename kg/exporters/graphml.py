"""GraphML 1.1 that Gephi, Gephi Lite, igraph, networkit and networkx open with labels, colours and places.

Limits: node and edge ids are NMTOKENs; GraphML has no lists, they are joined with "; "; Gephi sums parallel
edges of a GraphML file into one on import: give it GEXF. The format: http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kg.exporters.clean import clean, one_line
from kg.exporters.columns import EDGE_NAMES, RESERVED_EDGE, RESERVED_NODE, Column, columns
from kg.exporters.display import ShownEdge, ShownNode
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_text

__all__ = ["EXPORTER", "write"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd">
"""

_NODE: tuple[tuple[str, str, Callable[[ShownNode], str]], ...] = (
    ("label", "string", lambda node: node.label),
    ("kind", "string", lambda node: node.kind),
    ("x", "double", lambda node: repr(node.x)),
    ("y", "double", lambda node: repr(node.y)),
    ("size", "double", lambda node: repr(node.size)),
    ("color", "string", lambda node: node.color),
)
_EDGE: tuple[tuple[str, str, Callable[[ShownEdge], str]], ...] = (
    ("label", "string", lambda edge: edge.label),
    ("kind", "string", lambda edge: edge.kind),
    ("weight", "double", lambda edge: repr(edge.weight)),
)


def write(contents: Contents, path: Path) -> None:
    """Writes the file line by line; equal contents give equal bytes."""
    display = contents.display
    node_columns = columns((node.attributes for node in display.nodes), taken=RESERVED_NODE)
    edge_columns = columns(
        (edge.attributes for edge in display.edges),
        taken=RESERVED_EDGE,
        names=EDGE_NAMES,
    )
    with atomic_text(path) as file:
        file.write(_HEAD)
        file.writelines(_keys("node", [(name, kind) for name, kind, _ in _NODE], node_columns))
        file.writelines(_keys("edge", [(name, kind) for name, kind, _ in _EDGE], edge_columns))
        file.write(
            f'<graph id="G" edgedefault="directed">\n<desc>{_escape(one_line(contents.heading))}</desc>\n'
        )
        file.writelines(_node_line(node, node_columns) for node in display.nodes)
        file.writelines(_edge_line(edge, edge_columns) for edge in display.edges)
        file.write("</graph>\n</graphml>\n")


def _keys(scope: str, shown: list[tuple[str, str]], data: tuple[Column, ...]) -> Iterator[str]:
    for name, kind in (*shown, *((column.name, column.type) for column in data)):
        yield f'<key id="{scope[0]}_{name}" for="{scope}" attr.name="{name}" attr.type="{kind}"/>\n'


def _node_line(node: ShownNode, data: tuple[Column, ...]) -> str:
    shown = "".join(f'<data key="n_{name}">{_escape(text(node))}</data>' for name, _, text in _NODE)
    return f'<node id="{node.id}">{shown}{_data("n", data, node)}</node>\n'


def _edge_line(edge: ShownEdge, data: tuple[Column, ...]) -> str:
    shown = "".join(f'<data key="e_{name}">{_escape(text(edge))}</data>' for name, _, text in _EDGE)
    ends = f'source="{edge.source}" target="{edge.target}"'
    return f'<edge id="{edge.id}" {ends}>{shown}{_data("e", data, edge)}</edge>\n'


def _data(prefix: str, data: tuple[Column, ...], item: ShownNode | ShownEdge) -> str:
    return "".join(
        f'<data key="{prefix}_{column.name}">{_escape(text)}</data>'
        for column in data
        if (text := column.text(item.attributes)) is not None
    )


def _escape(text: str) -> str:
    """Character data. ``>`` stays: Gephi drops a blank that stands alone between two entities."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")


EXPORTER = Exporter(
    name="graphml", filename="graph.graphml", about="Gephi, igraph, networkx, yEd, Cytoscape", write=write
)
