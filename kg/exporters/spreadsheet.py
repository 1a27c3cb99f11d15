"""CSV for spreadsheets: nodes.csv and edges.csv in the folder ``csv``, which opens by double click.

A byte order mark tells Excel that it is UTF-8. Texts are one line, and one that a spreadsheet would calculate
(it begins with = + - @) stands behind an apostrophe; numbers stay numbers. Cells hold at most 32,000
characters: Excel breaks longer ones. The column names are those that Gephi's spreadsheet import knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.exporters.clean import one_line
from kg.exporters.columns import EDGE_NAMES, Column, columns
from kg.exporters.csvtext import csv_line, harmless
from kg.exporters.display import ShownEdge, ShownNode
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_folder

__all__ = ["EXPORTER", "write"]

_LONGEST = 32_000
_NODE = ("Id", "Label", "Kind")
_EDGE = ("Id", "Source", "Target", "Type", "Label", "Kind", "Weight")

_Cell = str | int | float | bool | None


def write(contents: Contents, path: Path) -> None:
    """Writes both files into the folder ``path``, sorted by id."""
    display = contents.display
    with atomic_folder(path, former=("nodes.csv", "edges.csv")) as folder:
        taken = {name.lower() for name in _NODE}
        data = columns((node.attributes for node in display.nodes), taken=taken)
        rows = (_cells((node.id, node.label, node.kind), node, data) for node in display.nodes)
        _file(folder / "nodes.csv", (*_NODE, *(column.name for column in data)), rows)
        taken = {name.lower() for name in _EDGE}
        data = columns((edge.attributes for edge in display.edges), taken=taken, names=EDGE_NAMES)
        rows = (
            _cells(
                (edge.id, edge.source, edge.target, "Directed", edge.label, edge.kind, edge.weight),
                edge,
                data,
            )
            for edge in display.edges
        )
        _file(folder / "edges.csv", (*_EDGE, *(column.name for column in data)), rows)


def _file(path: Path, head: Iterable[str], rows: Iterable[Iterable[_Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="\n") as file:
        file.write(csv_line(head))
        file.writelines(map(csv_line, rows))


def _cells(
    shown: tuple[_Cell, ...], item: ShownNode | ShownEdge, data: tuple[Column, ...]
) -> Iterable[_Cell]:
    for value in (*shown, *(column.value(item.attributes) for column in data)):
        yield harmless(one_line(value, _LONGEST)) if isinstance(value, str) else value


EXPORTER = Exporter(name="csv", filename="csv", about="spreadsheets: nodes.csv and edges.csv", write=write)
