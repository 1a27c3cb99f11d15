"""What is known about one node, and from which sentences: behind ``kg show``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.graph import ROLE_EDGES, build_graph
from kg.lookup import Candidate, candidate, find_nodes, names_of
from kg.tables import Row, Tables
from kg.text import fold
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Candidate",
    "Explainer",
    "Explanation",
    "Overview",
    "OverviewPaper",
    "ShownEdge",
    "ShownResult",
]

_FACTS = ("year", "date", "venue", "doi", "arxiv_id", "url", "orcid", "papers", "mentions", "document")
_PAPER_EDGES = {*ROLE_EDGES.values(), "authored", "published_in"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEdge:
    """An edge seen from a node: ``outgoing`` says whether it starts there. ``quote`` is what says so."""

    kind: str
    outgoing: bool
    other: str
    other_kind: str
    other_name: str
    support: int
    confidence: float
    paper: str | None
    quote: str | None
    start: int | None
    end: int | None
    offsets_in: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownResult:
    """A number and what it belongs to, by name."""

    subject: str | None
    predicate: str
    metric: str
    value: str
    low: float
    high: float
    unit: str
    bound: str
    baseline: str | None
    dataset: str | None
    hardware: str | None
    paper: str
    quote: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A node. ``papers`` are the edges that join it to papers (as their author, venue, or with its role in
    them); for a paper, its authors, venue and entities. ``relations`` are all other edges but results."""

    node: str
    kind: str
    name: str
    derived_name: bool
    aliases: tuple[str, ...]
    authors: tuple[str, ...]
    facts: dict[str, str | int]
    abstract: str | None
    papers: tuple[ShownEdge, ...]
    relations: tuple[ShownEdge, ...]
    results: tuple[ShownResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPaper:
    """A paper and the names of what it proposes."""

    node: str
    name: str
    year: int | None
    proposes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Nodes by kind, the first papers (and how many more there are), the most frequent names by kind."""

    counts: dict[str, int]
    papers: tuple[OverviewPaper, ...]
    more_papers: int
    top: dict[str, tuple[str, ...]]


class Explainer:
    """The graph of a build with an index of its names."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._graph: nx.MultiDiGraph[str] = build_graph(tables)
        self._works = {row["paper_id"]: row["work_id"] for row in tables.papers}
        self._texts = {row["paper_id"]: row["text"] or "" for row in tables.papers}
        self._names = names_of(self._graph)

    def find(self, name: str) -> list[Candidate]:
        """The nodes that a name may mean; KGError with names that are close where there is none."""
        return find_nodes(self._graph, name, self._names)

    def _of_kind(self, kind: str) -> list[Candidate]:
        """All nodes of a kind, those in most papers first."""
        nodes = [node for node, data in self._graph.nodes(data=True) if data["kind"] == kind]
        found = (candidate(self._graph, node) for node in nodes)
        return sorted(found, key=lambda c: (-c.papers, fold(c.name), c.node))

    def explain(self, node: str) -> Explanation:
        """Everything about a node."""
        data = self._graph.nodes[node]
        edges = sorted(self._edges(node), key=lambda e: (not e.outgoing, e.kind, -e.support, e.other_name))
        return Explanation(
            node=node,
            kind=data["kind"],
            name=data["name"],
            derived_name=bool(data.get("derived_name")),
            aliases=tuple(data.get("aliases", ())),
            authors=tuple(data.get("authors", ())),
            facts={name: data[name] for name in _FACTS if name in data},
            abstract=data.get("abstract"),
            papers=tuple(edge for edge in edges if _joins_paper(edge, data["kind"])),
            relations=tuple(edge for edge in edges if not _joins_paper(edge, data["kind"])),
            results=tuple(self._results(node)),
        )

    def _edges(self, node: str) -> Iterator[ShownEdge]:
        """All edges but those of results, which are shown with their numbers."""
        out = self._graph.out_edges(node, data=True)
        for _, other, data in out:
            if "metric" not in data:
                yield self._edge(other, data, outgoing=True)
        for other, _, data in self._graph.in_edges(node, data=True):
            if "metric" not in data:
                yield self._edge(other, data, outgoing=False)

    def _edge(self, other: str, data: dict[str, Any], *, outgoing: bool) -> ShownEdge:
        paper = data.get("paper")
        return ShownEdge(
            kind=data["kind"],
            outgoing=outgoing,
            other=other,
            other_kind=self._graph.nodes[other]["kind"],
            other_name=self._graph.nodes[other]["name"],
            support=data["support"],
            confidence=data["confidence"],
            paper=self._graph.nodes[paper]["name"] if paper is not None else None,
            quote=data.get("quote"),
            start=data.get("start"),
            end=data.get("end"),
            offsets_in=data.get("offsets_in"),
        )

    def _results(self, node: str) -> Iterator[ShownResult]:
        slots = ("subject_id", "metric_id", "baseline_id", "dataset_id", "hardware_id")
        rows = [
            row
            for row in self._tables.results
            if self._works[row["paper_id"]] == node or any(row[slot] == node for slot in slots)
        ]
        for row in sorted(rows, key=lambda row: (row["paper_id"], row["start"], row["result_id"])):
            yield self._result(row)

    def _result(self, row: Row) -> ShownResult:
        def name(slot: str) -> str | None:
            return self._graph.nodes[row[slot]]["name"] if row[slot] else None

        return ShownResult(
            subject=name("subject_id"),
            baseline=name("baseline_id"),
            dataset=name("dataset_id"),
            hardware=name("hardware_id"),
            paper=self._graph.nodes[self._works[row["paper_id"]]]["name"],
            quote=self._texts[row["paper_id"]][row["start"] : row["end"]],
            **{
                column: row[column]
                for column in ("predicate", "metric", "value", "low", "high", "unit", "bound")
            },
            **{column: row[column] for column in ("start", "end", "confidence")},
        )

    def overview(self, *, papers: int = 20, names: int = 8) -> Overview:
        """The build at a glance: its first papers by title, and the names of each kind in most papers."""
        proposed: dict[str, list[str]] = defaultdict(list)
        for paper, other, data in self._graph.edges(data=True):
            if data["kind"] == "proposes":
                proposed[paper].append(self._graph.nodes[other]["name"])
        kinds = ("paper", "author", "venue", *ENTITY_TYPES)
        nodes = {kind: self._of_kind(kind) for kind in kinds}
        return Overview(
            counts={kind: len(found) for kind, found in nodes.items()},
            papers=tuple(
                OverviewPaper(
                    node=paper.node,
                    name=paper.name,
                    year=self._graph.nodes[paper.node].get("year"),
                    proposes=tuple(sorted(proposed[paper.node])),
                )
                for paper in nodes["paper"][:papers]
            ),
            more_papers=max(len(nodes["paper"]) - papers, 0),
            top={
                kind: tuple(candidate.name for candidate in found[:names])
                for kind, found in nodes.items()
                if kind != "paper" and found
            },
        )


def _joins_paper(edge: ShownEdge, kind: str) -> bool:
    return edge.kind in _PAPER_EDGES and "paper" in {kind, edge.other_kind}
