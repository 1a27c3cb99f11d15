"""GEXF 1.3 with colours, sizes and places, for Gephi: it keeps parallel edges of different kinds apart.

Limits: text in attributes is one line; lists are joined with "; ". On request (``Contents.dynamic``) the
years of papers are timestamps, for Gephi's timeline: a paper has its own, an edge that of the paper it was
read from, any other node those of its edges; all as first of January. What has no known year has none.
The format: https://gexf.net/primer.html, https://gexf.net/dynamics.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

from kg.exporters.clean import one_line
from kg.exporters.columns import EDGE_NAMES, RESERVED_EDGE, RESERVED_NODE, Column
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
    node_columns = (_KIND, *display.node_types.columns(taken=RESERVED_NODE))
    edge_columns = display.edge_types.columns(taken=RESERVED_EDGE, names=EDGE_NAMES)
    papers = _papers(contents) if contents.dynamic else {}
    node_years = _node_years(contents, papers)
    with atomic_text(path) as file:
        file.write(_HEAD)
        file.write(f"<meta><creator>kg</creator><title>{_text(contents.heading)}</title></meta>\n")
        file.write(f'<graph defaultedgetype="directed" {_mode(contents)} idtype="string">\n')
        file.writelines(_declared("node", node_columns))
        file.writelines(_declared("edge", (_KIND, *edge_columns)))
        file.write("<nodes>\n")
        file.writelines(_node(node, node_columns, node_years.get(node.id, ())) for node in display.nodes)
        file.write("</nodes>\n<edges>\n")
        file.writelines(_edge(edge, (_KIND, *edge_columns), _years(edge, papers)) for edge in display.edges)
        file.write("</edges>\n</graph>\n</gexf>\n")


def _mode(contents: Contents) -> str:
    times = ' timeformat="date" timerepresentation="timestamp"' if contents.dynamic else ""
    return f'mode="{"dynamic" if contents.dynamic else "static"}"{times}'


def _papers(contents: Contents) -> dict[str, int]:
    """The years of the papers, those too that are evidence but no nodes here."""
    shown = (
        (node.id, node.attributes.get("year")) for node in contents.display.nodes if node.kind == "paper"
    )
    outside = ((node, data.get("year")) for node, data in contents.papers_outside.items())
    return {node: year for node, year in (*shown, *outside) if isinstance(year, int)}


def _years(edge: ShownEdge, papers: Mapping[str, int]) -> tuple[int, ...]:
    paper = edge.attributes.get("paper")
    return (papers[paper],) if isinstance(paper, str) and paper in papers else ()


def _node_years(contents: Contents, papers: Mapping[str, int]) -> dict[str, list[int]]:
    found = {paper: {year} for paper, year in papers.items()}
    for edge in contents.display.edges if papers else ():
        for end in (edge.source, edge.target):
            if end not in papers:
                found.setdefault(end, set()).update(_years(edge, papers))
    return {node: sorted(years) for node, years in found.items()}


def _spells(years: Iterable[int]) -> str:
    spells = "".join(f'<spell timestamp="{year:04d}-01-01"/>' for year in years)
    return f"<spells>{spells}</spells>" if spells else ""


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


def _node(node: ShownNode, data: tuple[Column, ...], years: Iterable[int]) -> str:
    red, green, blue = (int(node.color[at : at + 2], 16) for at in (1, 3, 5))
    return (
        f'<node id="{node.id}" label={_attribute(node.label)}>{_values(node, data)}{_spells(years)}'
        f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
        f'<viz:position x="{node.x!r}" y="{node.y!r}" z="0.0"/><viz:size value="{node.size!r}"/></node>\n'
    )


def _edge(edge: ShownEdge, data: tuple[Column, ...], years: Iterable[int]) -> str:
    return (
        f'<edge id="{edge.id}" source="{edge.source}" target="{edge.target}" '
        f'label={_attribute(edge.label)} kind={_attribute(edge.kind)} weight="{edge.weight!r}">'
        f"{_values(edge, data)}{_spells(years)}</edge>\n"
    )


EXPORTER = Exporter(
    name="gexf", filename="graph.gexf", about="Gephi, with parallel edges kept apart", write=write
)
