"""Tables -> the nodes and edges they say, sorted by id, made in batches each time they are asked for.

The graph is built from these and large files are written from them, so both say the same; a graph too large
to be held is never held. Beside the tables only numbers are kept, some 60 bytes an edge.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kg.batches import BATCH, Attributes, Batch, Made, interleaved
from kg.places import Places
from kg.role_claims import ROLE_EDGES
from kg.statements import Statements, find_statements, supported
from kg.table_nodes import TableNodes
from kg.tables import Tables

__all__ = ["ROLE_EDGES", "EdgeRow", "NodeRow", "Rows", "TableRows", "supported"]

_IN_DOCUMENT = ("ea", "ec", "ev")  # ids of what is read off the document, not off the paper's text
_DERIVED = "ef"  # no paper says them
_MEASURED = ("metric", "value", "low", "high", "unit", "bound", "polarity")

NodeRow = tuple[str, Attributes]
EdgeRow = tuple[str, str, str, Attributes]


class Rows(Protocol):
    """Nodes as (id, attributes), edges as (id, source, target, attributes), sorted by id; or in batches."""

    def nodes(self) -> Iterator[NodeRow]: ...

    def edges(self) -> Iterator[EdgeRow]: ...

    def node_batches(self) -> Iterator[Batch]: ...

    def edge_batches(self) -> Iterator[Batch]: ...

    def counts(self) -> tuple[int, int]: ...


class TableRows:
    """The nodes and edges of a build's tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        texts = {row["document_id"]: row["text"] or "" for row in reversed(tables.documents)}
        self._places = Places(tables.papers, texts)

    @cached_property
    def _nodes(self) -> TableNodes:
        return TableNodes(self._tables)

    @cached_property
    def _statements(self) -> Statements:
        return find_statements(self._tables, self._nodes, self._places)

    def counts(self) -> tuple[int, int]:
        """The numbers of nodes and edges."""
        return len(self._nodes.ids), len(self._statements)

    def nodes(self) -> Iterator[NodeRow]:
        """Works, authors, venues and entities."""
        for batch in self.node_batches():
            yield from zip(batch.ids, batch.attributes(), strict=True)

    def node_batches(self) -> Iterator[Batch]:
        """Works, authors, venues and entities; authors with the number of their works."""
        authors = self._statements.by_prefix["ea"]["source"]
        return self._nodes.batches(np.bincount(authors, minlength=len(self._nodes.ids)))

    def edges(self) -> Iterator[EdgeRow]:
        """One edge for each statement, with the evidence of the surest paper that makes it, and results."""
        node = self._nodes.ids
        for batch in self.edge_batches():
            ends = zip(batch.sources.tolist(), batch.targets.tolist(), strict=True)
            for edge, (source, target), attributes in zip(batch.ids, ends, batch.attributes(), strict=True):
                yield edge, node[source], node[target], attributes

    def edge_batches(self) -> Iterator[Batch]:
        """The same as batches."""
        results, begin = self._statements.results, 0
        for prefix, said in sorted(self._statements.by_prefix.items()):
            start = 0
            while start < len(said):
                stop = min(start + BATCH, len(said))
                end = bisect_left(
                    results["row"], _edge_id(prefix, said["id"][stop - 1]), begin, key=self._result_id
                )
                if end > begin + BATCH:  # more results in between than a batch holds: fewer statements
                    end = begin + BATCH
                    last = self._result_id(results["row"][end - 1])
                    stop = bisect_right(
                        said["id"], last, start, stop, key=lambda number: _edge_id(prefix, number)
                    )
                yield interleaved((self._said(prefix, said[start:stop]), self._measured(results[begin:end])))
                start, begin = stop, end
        for start in range(begin, len(results), BATCH):
            yield self._measured(results[start : start + BATCH])

    def _said(self, prefix: str, said: NDArray[np.void]) -> Batch:
        """Statements as edges."""
        offsets_in = None if prefix == _DERIVED else "document" if prefix in _IN_DOCUMENT else "paper"
        kinds, works = self._statements.kinds, self._work_ids

        def offsets(name: str) -> list[int | None]:
            return [place if place >= 0 else None for place in said[name].tolist()]

        columns = {
            "kind": Made(str, lambda: [kinds[kind] for kind in said["kind"].tolist()]),
            "support": Made(int, said["support"].tolist),
            "confidence": Made(float, said["confidence"].tolist),
            "paper": Made(
                str, lambda: [works[paper] if paper >= 0 else None for paper in said["paper"].tolist()]
            ),
            "offsets_in": Made(str, lambda: [offsets_in] * len(said)),
            "start": Made(int, lambda: offsets("start")),
            "end": Made(int, lambda: offsets("end")),
            "quote": Made(str, lambda: self._quotes(prefix, said)),
        }
        if prefix == _DERIVED:
            columns["derived"] = Made(bool, lambda: [True] * len(said))
        if prefix == "ea":
            bylines = self._tables.authorships
            columns["position"] = Made(
                int, lambda: [bylines[row]["position"] for row in said["row"].tolist()]
            )
        ids = Made(str, lambda: [f"{prefix}:{number:016x}" for number in said["id"].tolist()])
        return Batch(ids=ids, columns=columns, sources=said["source"], targets=said["target"])

    def _quotes(self, prefix: str, said: NDArray[np.void]) -> list[str | None]:
        if prefix == _DERIVED:
            return [None] * len(said)
        texts = self._places.texts if prefix in _IN_DOCUMENT else self._texts
        places = zip(said["paper"].tolist(), said["start"].tolist(), said["end"].tolist(), strict=True)
        quotes: list[str | None] = [texts[paper][start:end] for paper, start, end in places]
        for place in np.flatnonzero(said["start"] < 0).tolist():
            quotes[place] = self._printed(prefix, said["row"][place]) if prefix in _IN_DOCUMENT else None
        return quotes

    def _printed(self, prefix: str, row: int) -> str | None:
        """What is said to stand in a document and is not found there; of a reference nothing is known."""
        if prefix == "ec":
            return None
        if prefix == "ea":
            return str(self._tables.authorships[row]["name"])
        return str(self._tables.papers[row]["venue"])

    def _measured(self, results: NDArray[np.void]) -> Batch:
        """Results as edges."""
        rows = [self._tables.results[number] for number in results["row"].tolist()]
        papers, entities = [self._paper_number[row["paper_id"]] for row in rows], self._tables.entities
        columns: dict[str, Sequence[object]] = {
            "kind": [row["predicate"] for row in rows],
            "support": [1] * len(rows),
            "confidence": [row["confidence"] for row in rows],
            "paper": [self._work_ids[paper] for paper in papers],
            "offsets_in": ["paper"] * len(rows),
            "start": [row["start"] for row in rows],
            "end": [row["end"] for row in rows],
            "quote": [
                self._texts[paper][row["start"] : row["end"]] for paper, row in zip(papers, rows, strict=True)
            ],
        }
        columns |= {name: [row[name] for row in rows] for name in _MEASURED}
        for name in ("baseline", "dataset", "hardware"):
            columns[name] = [entities[row]["name"] if row >= 0 else None for row in results[name].tolist()]
        ids = [f"e{row['result_id']}" for row in rows]
        return Batch(ids=ids, columns=columns, sources=results["source"], targets=results["target"])

    def _result_id(self, number: int) -> str:
        return f"e{self._tables.results[number]['result_id']}"

    @cached_property
    def _work_ids(self) -> list[str]:
        return [row["work_id"] for row in self._tables.papers]

    @cached_property
    def _texts(self) -> list[str]:
        return [row["text"] or "" for row in self._tables.papers]

    @cached_property
    def _paper_number(self) -> dict[str, int]:
        return {row["paper_id"]: number for number, row in enumerate(self._tables.papers)}


def _edge_id(prefix: str, number: int) -> str:
    return f"{prefix}:{number:016x}"
