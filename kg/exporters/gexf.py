"""GEXF 1.3 with colours, sizes and places, for Gephi: it keeps parallel edges of different kinds apart.

Limits: text in attributes is one line; lists are joined with "; ". The format: https://gexf.net/primer.html
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from kg.exporters.clean import one_line
from kg.exporters.columns import EDGE_NAMES, RESERVED_EDGE, RESERVED_NODE, Column, columns
from kg.exporters.display import ShownEdge, ShownNode
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_text

__all__ = ["EXPORTER", "write"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""
_KIND = Column(attribute="kind", name="kind", type="string")


def write(contents: Contents, path: Path) -> None:
    """Writes the file line by line; equal contents give equal bytes."""
    display = contents.display
    node_columns = (_KIND, *columns((node.attributes for node in display.nodes), taken=RESERVED_NODE))
    edge_columns = columns((edge.attributes for edge in display.edges), taken=RESERVED_EDGE, names=EDGE_NAMES)
    with atomic_text(path) as file:
        file.write(_HEAD)
        file.write(f"<meta><creator>kg</creator><title>{_text(contents.heading)}</title></meta>\n")
        file.write('<graph defaultedgetype="directed" mode="static" idtype="string">\n')
        file.writelines(_declared("node", node_columns))
        file.writelines(_declared("edge", (_KIND, *edge_columns)))
        file.write("<nodes>\n")
        file.writelines(_node(node, node_columns) for node in display.nodes)
        file.write("</nodes>\n<edges>\n")
        file.writelines(_edge(edge, (_KIND, *edge_columns)) for edge in display.edges)
        file.write("</edges>\n</graph>\n</gexf>\n")


def _text(text: str) -> str:
    return quoteattr(one_line(text))[1:-1].replace(">", "&gt;")


def _attribute(text: str) -> str:
    return quoteattr(one_line(text))


def _declared(scope: str, data: tuple[Column, ...]) -> Iterator[str]:
    yield f'<attributes class="{scope}" mode="static">\n'
    for column in data:
        kind = "integer" if column.type == "int" else column.type
        yield f'<attribute id="{column.name}" title="{column.name}" type="{kind}"/>\n'
    yield "</attributes>\n"


def _values(item: ShownNode | ShownEdge, data: tuple[Column, ...]) -> str:
    known = ((column.name, column.text({"kind": item.kind, **item.attributes})) for column in data)
    pairs = "".join(f'<attvalue for="{name}" value={_attribute(text)}/>' for name, text in known if text)
    return f"<attvalues>{pairs}</attvalues>"


def _node(node: ShownNode, data: tuple[Column, ...]) -> str:
    red, green, blue = (int(node.color[at : at + 2], 16) for at in (1, 3, 5))
    return (
        f'<node id="{node.id}" label={_attribute(node.label)}>{_values(node, data)}'
        f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
        f'<viz:position x="{node.x!r}" y="{node.y!r}" z="0.0"/><viz:size value="{node.size!r}"/></node>\n'
    )


def _edge(edge: ShownEdge, data: tuple[Column, ...]) -> str:
    return (
        f'<edge id="{edge.id}" source="{edge.source}" target="{edge.target}" '
        f'label={_attribute(edge.label)} kind={_attribute(edge.kind)} weight="{edge.weight!r}">'
        f"{_values(edge, data)}</edge>\n"
    )


EXPORTER = Exporter(
    name="gexf", filename="graph.gexf", about="Gephi, with parallel edges kept apart", write=write
)
