"""What an exporter plug-in is and what it gets. Packages register one in the group ``kg.exporters``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import networkx as nx

from kg.errors import ExportError
from kg.exporters.display import Display, arrange
from kg.graph import GraphRows, build_graph
from kg.rows import Rows, TableRows
from kg.tables import Tables

__all__ = ["Contents", "Exporter", "Writer", "heading_of"]


class Contents:
    """What is exported: a graph, the tables it comes from (None for a graph made by hand), a heading.

    ``limit``: how many papers a format writes that ranks them. ``whole``: the graph that this one is a view
    of, None where it is no view. The display is computed once for all formats and only if one of them draws.
    ``dynamic``: years become timestamps where a format has them. Of tables alone the graph is only built for
    a format that asks for it: ``rows`` say the same.
    """

    def __init__(
        self,
        *,
        graph: nx.MultiDiGraph[str] | None = None,
        tables: Tables | None = None,
        heading: str = "Knowledge graph",
        limit: int | None = None,
        dynamic: bool = False,
        whole: nx.MultiDiGraph[str] | None = None,
    ) -> None:
        self._given = graph
        self.tables = tables
        self.heading = heading
        self.limit = limit
        self.dynamic = dynamic
        self.whole = whole

    @classmethod
    def of(
        cls,
        tables: Tables,
        graph: nx.MultiDiGraph[str] | None = None,
        *,
        limit: int | None = None,
        dynamic: bool = False,
    ) -> Contents:
        """A build's tables (with a graph, if it is not the whole of them), under a heading that counts."""
        return cls(graph=graph, tables=tables, heading=heading_of(tables), limit=limit, dynamic=dynamic)

    @cached_property
    def rows(self) -> Rows:
        """The nodes and edges one by one, sorted by id: of the graph if there is one, else of the tables."""
        return TableRows(self.need_tables()) if self._given is None else GraphRows(self._given)

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The graph that was given, or that of the tables."""
        return build_graph(self.rows) if self._given is None else self._given

    @cached_property
    def display(self) -> Display:
        """Labels, sizes, colours and positions of the graph."""
        return arrange(self.rows)

    @cached_property
    def papers_outside(self) -> dict[str, dict[str, Any]]:
        """Attributes of the papers that edges name as evidence and that are no nodes of the graph, by id."""
        if self.whole is None:
            return {}
        named = {data["paper"] for *_, data in self.graph.edges(data=True) if "paper" in data}
        outside = sorted(node for node in named if node in self.whole and node not in self.graph)
        return {node: dict(self.whole.nodes[node]) for node in outside}

    def need_tables(self) -> Tables:
        """The tables; without them ExportError, for formats that write what is not in the graph."""
        if self.tables is None:
            raise ExportError("this format is written from tables, and there is only a graph")
        return self.tables


def heading_of(tables: Tables) -> str:
    """What a graph of these papers is called."""
    count = len({row["work_id"] for row in tables.papers})
    return f"Knowledge graph of {count:,} paper{'' if count == 1 else 's'}"


class Writer(Protocol):
    """Writes contents to ``path``, a file or a folder of files, atomically; equal contents, equal bytes."""

    def __call__(self, contents: Contents, path: Path) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A format: its name on the command line, the name of its file or of its folder (of files, no folders in
    it), what it is for, and what writes it."""

    name: str
    filename: str
    about: str
    write: Writer
