"""Tables -> networkx.MultiDiGraph: the rows of ``kg.rows`` as a graph, which adds nothing to them.

Nodes are works, authors, venues and entities; edges are keyed by an id derived from what they say, so
parallel edges stay apart. Attributes that are not known are absent. Every edge carries ``support`` (the
number of papers that say so), ``confidence`` and one piece of evidence: ``paper``, ``start``, ``end``,
``quote``, where ``offsets_in`` tells whether the offsets point into the paper's text or into the document's
(bylines and venues stand outside the text that the NLP reads).
"""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from kg.batches import Batch, batches_of
from kg.rows import ROLE_EDGES, EdgeRow, NodeRow, Rows, TableRows, supported
from kg.tables import Tables

__all__ = ["ROLE_EDGES", "GraphRows", "build_graph", "supported"]


def build_graph(tables: Tables | Rows) -> nx.MultiDiGraph[str]:
    """The graph of a build. Nodes and edges are added in the order of their ids."""
    rows = TableRows(tables) if isinstance(tables, Tables) else tables
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in rows.nodes():
        graph.add_node(node, **attributes)
    for key, source, target, attributes in rows.edges():
        graph.add_edge(source, target, key=key, **attributes)
    return graph


class GraphRows:
    """The rows of a graph that is there (a view, or one made by hand), sorted as those of tables are."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        self._graph = graph

    def counts(self) -> tuple[int, int]:
        """The numbers of nodes and edges."""
        return self._graph.number_of_nodes(), self._graph.number_of_edges()

    def nodes(self) -> Iterator[NodeRow]:
        """(id, attributes) of each node."""
        for node in sorted(self._graph.nodes):
            yield node, self._graph.nodes[node]

    def edges(self) -> Iterator[EdgeRow]:
        """(id, source, target, attributes) of each edge; one id twice stands twice."""
        edges = self._graph.edges(keys=True, data=True)
        rows: list[EdgeRow] = [(key, source, target, data) for source, target, key, data in edges]
        yield from sorted(rows, key=lambda row: row[:3])

    def node_batches(self) -> Iterator[Batch]:
        """The nodes as batches."""
        return batches_of((node, 0, 0, attributes) for node, attributes in self.nodes())

    def edge_batches(self) -> Iterator[Batch]:
        """The edges as batches."""
        number = {node: index for index, node in enumerate(sorted(self._graph.nodes))}
        return batches_of((key, number[one], number[other], data) for key, one, other, data in self.edges())
