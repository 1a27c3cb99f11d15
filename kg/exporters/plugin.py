"""What an exporter plug-in is and what it gets. Packages register one in the group ``kg.exporters``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import networkx as nx

from kg.errors import ExportError
from kg.exporters.display import Display, arrange
from kg.graph import build_graph
from kg.tables import Tables

__all__ = ["Contents", "Exporter", "Writer"]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What is exported: a graph, the tables it comes from (None for a graph made by hand), a heading.

    ``limit``: how many papers a format writes that ranks them. The display is computed once for all formats
    and only if one of them draws.
    """

    graph: nx.MultiDiGraph[str]
    tables: Tables | None = None
    heading: str = "Knowledge graph"
    limit: int | None = None

    @classmethod
    def of(cls, tables: Tables, graph: nx.MultiDiGraph[str] | None = None) -> Contents:
        """A build's tables with their whole graph (made here if not given), under a heading that counts."""
        count = len({row["work_id"] for row in tables.papers})
        heading = f"Knowledge graph of {count:,} paper{'' if count == 1 else 's'}"
        return cls(graph=build_graph(tables) if graph is None else graph, tables=tables, heading=heading)

    @cached_property
    def display(self) -> Display:
        """Labels, sizes, colours and positions of the graph."""
        return arrange(self.graph)

    def need_tables(self) -> Tables:
        """The tables; without them ExportError, for formats that write what is not in the graph."""
        if self.tables is None:
            raise ExportError("this format is written from tables, and there is only a graph")
        return self.tables


class Writer(Protocol):
    """Writes contents to ``path``, atomically; equal contents give equal bytes."""

    def __call__(self, contents: Contents, path: Path) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A format: its name on the command line, the name of its file, what it is for, and what writes it."""

    name: str
    filename: str
    about: str
    write: Writer
