"""What the papers of a build say, as numbers sorted by id: one statement for each edge that is no result.

A statement that several papers make is held with the evidence of the surest. Nodes go by their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.batches import BATCH, Ints
from kg.ids import id_digests
from kg.places import Places
from kg.role_claims import ROLE_EDGES, role_claims
from kg.support import supported
from kg.table_nodes import TableNodes
from kg.tables import Tables

__all__ = ["Statements", "find_statements", "supported"]

_COMPARED = ("improves", "reduces")

# Source and target number nodes, kind kinds, paper and row rows of tables; -1 stands for none.
_STATEMENT = np.dtype(
    [("source", "i4"), ("kind", "i2"), ("target", "i4"), ("paper", "i4"), ("start", "i4"), ("end", "i4"),
     ("confidence", "f8"), ("row", "i4"), ("support", "i4"), ("id", "u8")]
)  # fmt: skip
_SLOTS = ("baseline", "dataset", "hardware")
_RESULT = np.dtype([(name, "i4") for name in ("row", "source", "target", *_SLOTS)])
_Row = tuple[int, int, int, int, int, int, float, int, int, int]  # the fields of ``_STATEMENT``


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What is said, by the prefix that the ids of its edges share, each array sorted by id; and the results.

    Fields of statements: the nodes ``source`` and ``target``; ``kind``, its place in ``kinds``; ``paper`` and
    ``row``, rows of tables; ``start``, ``end``, ``confidence``, ``support``; ``id``, the 64 bits of the id.
    Fields of results: ``row``, the nodes ``source``, ``target``, and the rows of the entities ``baseline``,
    ``dataset``, ``hardware``. -1 stands for none.
    """

    kinds: list[str]
    by_prefix: dict[str, NDArray[np.void]]
    results: NDArray[np.void]

    def __len__(self) -> int:
        return len(self.results) + sum(map(len, self.by_prefix.values()))


def find_statements(tables: Tables, nodes: TableNodes, places: Places) -> Statements:
    """All that is said in the tables, between these nodes."""
    reading = _Reading(tables, nodes, places)
    return Statements(
        kinds=reading.kinds,
        by_prefix={  # the most numerous first, while there is least beside them
            "em": reading.sorted(reading.roles()),
            "ea": reading.sorted(_array(reading.authored())),
            "er": reading.sorted(_array(reading.relations())),
            "ev": reading.sorted(_array(reading.published_in())),
            "ec": reading.sorted(_array(reading.cited())),
            "ef": reading.sorted(_array(reading.families())),
        },
        results=np.fromiter(reading.results(), dtype=_RESULT),
    )


class _Reading:
    """The look-ups that are only needed while the tables are read."""

    def __init__(self, tables: Tables, nodes: TableNodes, places: Places) -> None:
        self._tables, self._nodes, self._places = tables, nodes, places
        found = {row["kind"] for row in tables.relations}
        self.kinds = sorted(found | {*ROLE_EDGES.values(), "authored", "cites", "is_a", "published_in"})
        self._kind = {kind: number for number, kind in enumerate(self.kinds)}
        self._paper = {row["paper_id"]: number for number, row in enumerate(tables.papers)}
        self._node = {node: number for number, node in enumerate(nodes.ids)}
        self._work = [self._node[row["work_id"]] for row in tables.papers]

    def roles(self) -> NDArray[np.void]:
        claims = role_claims(self._tables)
        entities = (self._node[row["entity_id"]] for row in self._tables.entities)
        said = np.full(len(claims), -1, dtype=_STATEMENT)
        said["source"] = np.array(self._work, dtype=np.int32)[claims["paper"]]
        said["target"] = np.fromiter(entities, np.int32)[claims["entity"]]
        said["kind"] = np.array([self._kind[kind] for kind in ROLE_EDGES.values()])[claims["role"]]
        for name in ("paper", "start", "end", "confidence"):
            said[name] = claims[name]
        said["support"] = 1
        return said

    def authored(self) -> Iterator[_Row]:
        kind, papers = self._kind["authored"], self._tables.papers
        for number, row in enumerate(self._tables.authorships):
            paper, name = self._paper[row["paper_id"]], row["name"]
            start, end = self._places.of(papers[paper], name)
            source, target = self._node[row["author_id"]], self._work[paper]
            yield source, kind, target, paper, start, end, 1.0, number, 1, 0

    def published_in(self) -> Iterator[_Row]:
        kind = self._kind["published_in"]
        for paper, (row, venue) in enumerate(zip(self._tables.papers, self._nodes.venues, strict=True)):
            if venue is not None:
                start, end = self._places.of(row, row["venue"])
                yield self._work[paper], kind, self._node[venue], paper, start, end, 1.0, paper, 1, 0

    def relations(self) -> Iterator[_Row]:
        for row in self._tables.relations:
            source, target = self._node[row["head_id"]], self._node[row["tail_id"]]
            place = row["start"], row["end"]
            paper, kind = self._paper[row["paper_id"]], self._kind[row["kind"]]
            yield source, kind, target, paper, *place, row["confidence"], -1, 1, 0

    def cited(self) -> Iterator[_Row]:
        kind = self._kind["cites"]
        for row in self._tables.citations:
            paper, other = self._paper[row["paper_id"]], self._paper[row["cited_paper_id"]]
            known = row["start"] is not None and row["end"] is not None
            place = (row["start"], row["end"]) if known else (-1, -1)
            yield self._work[paper], kind, self._work[other], paper, *place, 1.0, -1, 1, 0

    def families(self) -> Iterator[_Row]:
        """What no paper says: a rule tells that a version belongs to its family."""
        for row in self._tables.families:
            source, target = self._node[row["head_id"]], self._node[row["tail_id"]]
            yield source, self._kind[row["kind"]], target, -1, -1, -1, row["score"], -1, 1, 0

    def results(self) -> Iterator[tuple[int, ...]]:
        """A result is an edge of its own: from its subject (or its paper) to what it measures.

        Where that has no name it ends at the baseline that was surpassed, else at the paper: a thing does not
        "improve" the hardware or the dataset that it was measured on. Only what the paper itself claims, of
        nothing that has a name, ends there.
        """
        entities = {row["entity_id"]: number for number, row in enumerate(self._tables.entities)}
        for number, row in enumerate(self._tables.results):
            work_id = self._nodes.ids[self._work[self._paper[row["paper_id"]]]]
            source = row["subject_id"] or work_id
            baseline = row["baseline_id"] if row["predicate"] in _COMPARED else None
            place = work_id if row["subject_id"] else row["dataset_id"] or row["hardware_id"]
            slots = (row["metric_id"], baseline, place)
            target = next((slot for slot in slots if slot and slot != source), None)
            if (
                target is not None
            ):  # else neither the subject nor anything measured has a name: nothing to draw
                named = (entities[row[f"{name}_id"]] if row[f"{name}_id"] else -1 for name in _SLOTS)
                yield number, self._node[source], self._node[target], *named

    def sorted(self, said: NDArray[np.void]) -> NDArray[np.void]:
        """Statements with their ids, sorted by them; those of one id as the surest, with their support."""
        self._identify(said)
        order = np.argsort(said["id"], kind="stable")
        for name in _STATEMENT.names or ():  # one after the other: a whole copy is more than all else here
            said[name] = said[name][order]
        return _merged(said, np.array(self._work, dtype=np.int32))

    def _identify(self, said: NDArray[np.void]) -> None:
        node, kind = self._nodes.ids.__getitem__, self.kinds.__getitem__
        for start in range(0, len(said), BATCH):
            some = said[start : start + BATCH]
            sources, kinds, targets = (some[name].tolist() for name in ("source", "kind", "target"))
            triples = zip(map(node, sources), map(kind, kinds), map(node, targets), strict=True)
            some["id"] = np.frombuffer(id_digests(triples), dtype=">u8")[::4]


def _array(rows: Iterable[_Row]) -> NDArray[np.void]:
    return np.fromiter(rows, dtype=_STATEMENT)


def _merged(said: NDArray[np.void], works: Ints) -> NDArray[np.void]:
    first = np.flatnonzero(np.diff(said["id"], prepend=said["id"][:1] + np.uint64(1)))
    best = first.copy()
    stops = np.append(first[1:], len(said))
    for run in np.flatnonzero(stops - first > 1).tolist():
        numbers = range(first[run], stops[run])
        best[run] = min(numbers, key=lambda number: _rank(said, number, works))
        said["support"][best[run]] = len({int(works[said["paper"][number]]) for number in numbers})
    found: NDArray[np.void] = said[best] if len(best) < len(said) else said
    for start in range(0, len(found), BATCH):
        some = found[start : start + BATCH]
        some["confidence"] = list(map(supported, some["confidence"].tolist(), some["support"].tolist()))
    return found


def _rank(said: NDArray[np.void], number: int, works: Ints) -> tuple[float, int, int]:
    """The surest first; works go by the order of their ids."""
    return -float(said["confidence"][number]), int(works[said["paper"][number]]), int(said["start"][number])
