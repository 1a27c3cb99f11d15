"""GraphML 1.1 that Gephi, Gephi Lite, igraph, networkit and networkx open with labels, colours and places.

Limits: node and edge ids are NMTOKENs; GraphML has no lists, they are joined with "; "; Gephi sums parallel
edges of a GraphML file into one on import: give it GEXF. The format: http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.exporters.clean import clean, one_line
from kg.exporters.columns import EDGE_NAMES, RESERVED_EDGE, RESERVED_NODE, Column
from kg.exporters.display import ShownEdges, ShownNodes
from kg.exporters.plugin import Contents, Exporter
from kg.exporters.together import filled, together
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
        for nodes in display.node_batches():
            file.write(_node_lines(nodes, node_columns))
        for edges in display.edge_batches():
            file.write(_edge_lines(edges, edge_columns))
        file.write("</graph>\n</graphml>\n")


def _keys(scope: str, shown: Iterable[tuple[str, str]], data: tuple[Column, ...]) -> Iterator[str]:
    for name, kind in (*shown, *((column.name, column.type) for column in data)):
        yield f'<key id="{scope[0]}_{name}" for="{scope}" attr.name="{name}" attr.type="{kind}"/>\n'


def _node_lines(nodes: ShownNodes, columns: tuple[Column, ...]) -> str:
    return together(
        *('<node id="', nodes.ids, '">'),
        *('<data key="n_label">', list(map(_escape, nodes.labels)), "</data>"),
        *('<data key="n_kind">', list(map(_known, nodes.kinds)), "</data>"),
        *('<data key="n_x">', list(map(repr, nodes.x)), "</data>"),
        *('<data key="n_y">', list(map(repr, nodes.y)), "</data>"),
        *('<data key="n_size">', list(map(repr, nodes.sizes)), "</data>"),
        *('<data key="n_color">', nodes.colors, "</data>"),
        *_data("n", columns, nodes.columns),
        "</node>\n",
    )


def _edge_lines(edges: ShownEdges, columns: tuple[Column, ...]) -> str:
    return together(
        *('<edge id="', edges.ids, '" source="', edges.sources, '" target="', edges.targets, '">'),
        *('<data key="e_label">', list(map(_known, edges.labels)), "</data>"),
        *('<data key="e_kind">', list(map(_known, edges.kinds)), "</data>"),
        *('<data key="e_weight">', list(map(repr, edges.weights)), "</data>"),
        *_data("e", columns, edges.columns),
        "</edge>\n",
    )


def _data(
    prefix: str, columns: tuple[Column, ...], values: Mapping[str, Sequence[Any]]
) -> Iterator[str | list[str]]:
    return filled(
        columns, values, _escaped, lambda column: (f'<data key="{prefix}_{column.name}">', "</data>")
    )


def _escaped(texts: list[str]) -> list[str]:
    whole = "".join(texts)
    special = "&" in whole or "<" in whole or "]]>" in whole
    return list(map(_escape_clean, texts)) if special else texts


def _escape(text: str) -> str:
    """Character data. ``>`` stays: Gephi drops a blank that stands alone between two entities."""
    return _escape_clean(clean(text))


def _escape_clean(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")


_known = lru_cache(maxsize=4096)(_escape)  # kinds and labels of edges are few


EXPORTER = Exporter(
    name="graphml", filename="graph.graphml", about="Gephi, igraph, networkx, yEd, Cytoscape", write=write
)
