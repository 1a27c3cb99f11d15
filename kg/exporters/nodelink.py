"""Node-link JSON: ``networkx.node_link_graph(data, edges="edges")`` reads the same graph back.

A line a node and a line an edge, sorted by id. https://networkx.org/documentation/stable/reference/readwrite/json_graph.html
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO

from kg.exporters.jsontext import json_text, known
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_text

__all__ = ["EXPORTER", "write"]


def write(contents: Contents, path: Path) -> None:
    """Writes the file line by line; what is not known (None, NaN) is left out."""
    graph = contents.graph
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2])
    with atomic_text(path) as file:
        file.write(f'{{"directed": true, "multigraph": true, "graph": {json_text(known(graph.graph))},\n')
        file.write('"nodes": [')
        _lines(
            file,
            (json_text({"id": node, **known(graph.nodes[node], ("id",))}) for node in sorted(graph.nodes)),
        )
        file.write('],\n"edges": [')
        taken = ("source", "target", "key")
        _lines(
            file,
            (
                json_text({"source": source, "target": target, "key": key, **known(data, taken)})
                for source, target, key, data in edges
            ),
        )
        file.write("]}\n")


def _lines(file: IO[str], items: Iterable[str]) -> None:
    for number, item in enumerate(items):
        file.write((",\n" if number else "\n") + item)
    file.write("\n")


EXPORTER = Exporter(
    name="json", filename="graph.json", about="networkx and programs, as node-link JSON", write=write
)
