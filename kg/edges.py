"""The edges at one node, as the graph of a build has them, from the rows that speak of it and no others.

``kg.rows`` makes the same edges of whole tables, a column at a time; a test holds both against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg.database import Database
from kg.ids import make_id
from kg.sentences import sentence_around, sentence_starts
from kg.stored_nodes import StoredNodes
from kg.stored_papers import StoredPapers
from kg.support import supported
from kg.text import venue_key
from kg.types import ROLE_EDGES

__all__ = ["SLOTS", "Edge", "Edges"]

Row = dict[str, Any]

SLOTS = ("subject_id", "metric_id", "baseline_id", "dataset_id", "hardware_id")
_COMPARED = ("improves", "reduces")
_ROLES = {role: number for number, role in enumerate(ROLE_EDGES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An edge. ``work`` is the paper that says so the surest, None where a rule says it.

    ``start`` and ``end`` point into its text or its document, as ``offsets_in`` says; None: not known.
    """

    source: str
    kind: str
    target: str
    work: str | None
    start: int | None
    end: int | None
    quote: str | None
    confidence: float
    support: int = 1
    offsets_in: str | None = "paper"


class Edges:
    """The edges of a database. Without ``bylines`` nobody looks where names stand in their documents."""

    def __init__(
        self, database: Database, nodes: StoredNodes, papers: StoredPapers, *, bylines: bool = True
    ) -> None:
        self._database, self._nodes, self._papers, self._bylines = database, nodes, papers, bylines

    def at(self, node: str) -> list[Edge]:
        """All that start or end at a node but results, each statement once."""
        groups: defaultdict[tuple[str, str, str], list[Edge]] = defaultdict(list)
        for edge in self._stated(node):
            groups[edge.source, edge.kind, edge.target].append(edge)
        return [_merged(group) for group in groups.values()]

    def _stated(self, node: str) -> Iterator[Edge]:
        if node.startswith("e:"):
            said = "SELECT m.*, l.entity_id FROM mentions m JOIN links l USING (mention_id)"
            mentions = self._database.rows(f"{said} WHERE l.entity_id = ? ORDER BY mention_id", [node])
            yield from self._roles(mentions)
            yield from self._relations(self._with_ends("relations", node))
            yield from map(_by_rule, self._with_ends("families", node))
        elif node.startswith("a:"):
            yield from self._authored(self._database.where("authorships", "author_id", [node]))
        elif node.startswith("v:"):
            printed = self._nodes.spellings(node)
            rows = self._database.where("papers", "venue", printed, ("paper_id",))
            yield from self._published(row["paper_id"] for row in rows)
        else:
            records = [row["paper_id"] for row in self._papers.of_works([node])[node]]
            yield from self._roles(self._mentions_in(records))
            yield from self._authored(self._database.where("authorships", "paper_id", records))
            yield from self._published(records)
            yield from self._cited(records)

    def _with_ends(self, table: str, node: str) -> list[Row]:
        heads = self._database.where(table, "head_id", [node])
        tails = self._database.where(table, "tail_id", [node])
        rows = heads + [row for row in tails if row["head_id"] != node]
        return sorted(rows, key=lambda row: row.get("relation_id") or (row["head_id"], row["tail_id"]))

    def _mentions_in(self, records: list[str]) -> list[Row]:
        mentions = self._database.where("mentions", "paper_id", records)
        links = self._database.where("links", "mention_id", [row["mention_id"] for row in mentions])
        entity = {row["mention_id"]: row["entity_id"] for row in links}
        return [row | {"entity_id": entity[row["mention_id"]]} for row in mentions]

    def _roles(self, mentions: Iterable[Row]) -> Iterator[Edge]:
        """For each record and entity the strongest role; a sentence of the abstract goes before the title."""
        groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in mentions:
            groups[row["paper_id"], row["entity_id"]].append(row)
        papers = self._papers.rows(paper for paper, _ in groups)
        breaks: dict[str, list[int]] = {}
        for (record, entity), rows in sorted(groups.items()):
            paper = papers[record]
            title = len(paper["title"] or "")

            def order(row: Row, title: int = title) -> tuple[int, bool, float, int]:
                return _ROLES[row["role"]], row["start"] < title, -row["confidence"], row["start"]

            best = min(rows, key=order)
            if record not in breaks:
                breaks[record] = list(sentence_starts(paper["text"], title))
            start, end = sentence_around(paper["text"], breaks[record], best["start"], best["end"])
            place = {"start": start, "end": end, "confidence": best["confidence"]}
            yield _said(paper["work_id"], ROLE_EDGES[best["role"]], entity, paper, place)

    def _relations(self, rows: list[Row]) -> Iterator[Edge]:
        papers = self._papers.rows(row["paper_id"] for row in rows)
        for row in rows:
            yield _said(row["head_id"], row["kind"], row["tail_id"], papers[row["paper_id"]], row)

    def _authored(self, rows: list[Row]) -> Iterator[Edge]:
        papers = self._papers.rows(row["paper_id"] for row in rows)
        for row in rows:
            paper = papers[row["paper_id"]]
            yield self._printed(row["author_id"], "authored", paper["work_id"], paper, row["name"])

    def _published(self, records: Iterable[str]) -> Iterator[Edge]:
        for paper in self._papers.rows(records).values():
            if paper["venue"]:
                venue = make_id("v", venue_key(paper["venue"]))
                yield self._printed(paper["work_id"], "published_in", venue, paper, paper["venue"])

    def _printed(self, source: str, kind: str, target: str, paper: Row, name: str) -> Edge:
        start, end = self._papers.printed_at(paper, name) if self._bylines else (-1, -1)
        return Edge(
            source=source,
            kind=kind,
            target=target,
            work=paper["work_id"],
            start=start,
            end=end,
            quote=name,
            confidence=1.0,
            offsets_in="document",
        )

    def _cited(self, records: list[str]) -> Iterator[Edge]:
        citing = self._database.where("citations", "paper_id", records)
        cited = self._database.where("citations", "cited_paper_id", records)
        rows = citing + [row for row in cited if row["paper_id"] not in records]
        rows.sort(key=lambda row: (row["paper_id"], row["cited_paper_id"]))
        papers = self._papers.rows(
            paper for row in rows for paper in (row["paper_id"], row["cited_paper_id"])
        )
        for row in rows:
            paper = papers[row["paper_id"]]
            known = row["start"] is not None and row["end"] is not None
            yield Edge(
                source=paper["work_id"],
                kind="cites",
                target=papers[row["cited_paper_id"]]["work_id"],
                work=paper["work_id"],
                start=row["start"] if known else -1,
                end=row["end"] if known else -1,
                quote=self._papers.text_of(paper)[row["start"] : row["end"]] if known else None,
                confidence=1.0,
                offsets_in="document",
            )

    def of_results(self, node: str) -> Iterator[Edge]:
        """The results that are drawn from or to a node, each an edge of its own.

        From the subject (or the paper) to what is measured; where that has no name, to the baseline that was
        surpassed, else to the paper or, of the paper's own claims, to the dataset or hardware.
        """
        for row in self.results_with(node):
            paper = self._papers.rows([row["paper_id"]])[row["paper_id"]]
            source = row["subject_id"] or paper["work_id"]
            baseline = row["baseline_id"] if row["predicate"] in _COMPARED else None
            place = paper["work_id"] if row["subject_id"] else row["dataset_id"] or row["hardware_id"]
            slots = (row["metric_id"], baseline, place)
            target = next((slot for slot in slots if slot and slot != source), None)
            if target is not None and node in (source, target):
                yield _said(source, row["predicate"], target, paper, row)

    def results_with(self, node: str) -> list[Row]:
        """The rows of results in which a node takes part, in the order of their papers."""
        if node.startswith("w:"):
            records = [row["paper_id"] for row in self._papers.of_works([node])[node]]
            rows = self._database.where("results", "paper_id", records)
        elif node.startswith("e:"):
            slots = " OR ".join(f"{slot} = $node" for slot in SLOTS)
            rows = self._database.rows(f"SELECT * FROM results WHERE {slots}", {"node": node})
        else:
            rows = []
        return sorted(rows, key=lambda row: (row["paper_id"], row["start"], row["result_id"]))


def _said(source: str, kind: str, target: str, paper: Row, row: Row) -> Edge:
    """What the text of a paper says."""
    return Edge(
        source=source,
        kind=kind,
        target=target,
        work=paper["work_id"],
        start=row["start"],
        end=row["end"],
        quote=paper["text"][row["start"] : row["end"]],
        confidence=row["confidence"],
    )


def _by_rule(row: Row) -> Edge:
    """What no paper says: a version belongs to its family."""
    return Edge(
        source=row["head_id"],
        kind=row["kind"],
        target=row["tail_id"],
        work=None,
        start=None,
        end=None,
        quote=None,
        confidence=row["score"],
        offsets_in=None,
    )


def _merged(said: list[Edge]) -> Edge:
    """A statement with the evidence of the surest of the papers that make it, and their number."""
    best = min(said, key=lambda edge: (-edge.confidence, edge.work or "", edge.start or 0))
    support = len({edge.work for edge in said})
    known = best.start is not None and best.start >= 0
    return replace(
        best,
        support=support,
        confidence=supported(best.confidence, support),
        start=best.start if known else None,
        end=best.end if known else None,
    )
