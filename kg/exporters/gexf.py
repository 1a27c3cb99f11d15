"""GEXF 1.3 with colours, sizes and places, for Gephi: it keeps parallel edges of different kinds apart.

Limits: text in attributes is one line; lists are joined with "; ". On request (``Contents.dynamic``) the
years of papers are timestamps, for Gephi's timeline: a paper has its own, an edge that of the paper it was
read from, any other node those of its edges; all as first of January. What has no known year has none.
The format: https://gexf.net/primer.html, https://gexf.net/dynamics.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from kg.exporters.clean import one_line
from kg.exporters.columns import EDGE_NAMES, RESERVED_EDGE, RESERVED_NODE, Column
from kg.exporters.display import ShownEdge, ShownEdges, ShownNodes
from kg.exporters.plugin import Contents, Exporter
from kg.exporters.together import filled, together
from kg.files import atomic_text

__all__ = ["EXPORTER", "write"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""
_ODD = re.compile(r"[&<>\"]|  |\| | \|")  # what is escaped, and blanks that are not between words
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
        for nodes in display.node_batches():
            file.write(_node_lines(nodes, node_columns, node_years))
        file.write("</nodes>\n<edges>\n")
        for edges in display.edge_batches():
            file.write(_edge_lines(edges, (_KIND, *edge_columns), papers))
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
    return _year(edge.attributes.get("paper"), papers)


def _year(paper: object, papers: Mapping[str, int]) -> tuple[int, ...]:
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


def _declared(scope: str, data: tuple[Column, ...]) -> Iterator[str]:
    yield f'<attributes class="{scope}" mode="static">\n'
    for column in data:
        kind = "integer" if column.type == "int" else column.type
        yield f'<attribute id="{column.name}" title="{column.name}" type="{kind}"/>\n'
    yield "</attributes>\n"


def _node_lines(nodes: ShownNodes, data: tuple[Column, ...], years: Mapping[str, list[int]]) -> str:
    return together(
        *('<node id="', nodes.ids, '" label=', _attributes(nodes.labels), "><attvalues>"),
        *_values(data, {**nodes.columns, "kind": nodes.kinds}),
        *("</attvalues>", [_spells(years.get(node, ())) for node in nodes.ids] if years else ""),
        *("<viz:color ", list(map(_rgb, nodes.colors))),
        *('/><viz:position x="', list(map(repr, nodes.x)), '" y="', list(map(repr, nodes.y))),
        *('" z="0.0"/><viz:size value="', list(map(repr, nodes.sizes)), '"/></node>\n'),
    )


def _edge_lines(edges: ShownEdges, data: tuple[Column, ...], papers: Mapping[str, int]) -> str:
    said_in = edges.columns.get("paper") if papers else None
    spells = [_spells(_year(paper, papers)) for paper in said_in or ()]
    return together(
        *('<edge id="', edges.ids, '" source="', edges.sources, '" target="', edges.targets),
        *('" label=', list(map(_known, edges.labels)), " kind=", list(map(_known, edges.kinds))),
        *(' weight="', list(map(repr, edges.weights)), '"><attvalues>'),
        *_values(data, {**edges.columns, "kind": edges.kinds}),
        *("</attvalues>", spells or "", "</edge>\n"),
    )


def _values(data: tuple[Column, ...], values: Mapping[str, Sequence[Any]]) -> Iterator[str | list[str]]:
    def around(column: Column) -> tuple[str, str]:
        quote = "" if column.type == "string" else '"'
        return f'<attvalue for="{column.name}" value={quote}', f"{quote}/>"

    return filled(data, values, _attributes, around)


def _attributes(texts: list[str]) -> list[str]:
    """Many texts as attributes; "" where there is none. That all are plain lines is found at once."""
    whole = "|".join(texts)
    if whole.isprintable() and not _ODD.search(whole) and whole[:1] != " " and whole[-1:] != " ":
        return [f'"{text}"' if text else "" for text in texts]
    return [_attribute(text) if text else "" for text in texts]


def _attribute(text: str) -> str:
    return quoteattr(one_line(text))


_known = lru_cache(maxsize=4096)(_attribute)  # kinds and labels of edges are few


@lru_cache(maxsize=256)
def _rgb(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f'r="{red}" g="{green}" b="{blue}"'


EXPORTER = Exporter(
    name="gexf", filename="graph.gexf", about="Gephi, with parallel edges kept apart", write=write
)
