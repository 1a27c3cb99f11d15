"""What is known about one node, and from which characters of which file: behind ``kg show``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg.graph import ROLE_EDGES, build_graph
from kg.lookup import Candidate, candidate, find_nodes, names_of
from kg.source_places import SourcePlace, SourcePlaces
from kg.tables import Row, Tables
from kg.text import fold
from kg.types import ENTITY_TYPES
from kg.work_sources import FieldSource, PrintedName, field_sources, printed_names

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Candidate",
    "Explainer",
    "Explanation",
    "Form",
    "Overview",
    "OverviewPaper",
    "ShownEdge",
    "ShownResult",
]

_FACTS = ("year", "date", "venue", "doi", "arxiv_id", "url", "orcid", "papers", "mentions", "document")
_PAPER_EDGES = {*ROLE_EDGES.values(), "authored", "published_in"}
BY_ONE_PAPER = frozenset({*_PAPER_EDGES, "cites"})


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
    place: SourcePlace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form under which an entity is mentioned, why it is one with the others (the rule of its links and how
    far the rule can be trusted), how often and in how many papers, and where first."""

    text: str
    rule: str
    score: float
    mentions: int
    papers: int
    place: SourcePlace | None


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
    place: SourcePlace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A node. ``papers`` are the edges that join it to papers (as their author, venue, or with its role in
    them); for a paper, its authors, venue and entities. ``relations`` are all other edges but results.
    ``forms`` say why the mentions of an entity are one, ``names`` why the bylines of an author are one
    person's, ``sources`` where the fields of a work come from, where its records differ."""

    node: str
    kind: str
    name: str
    derived_name: bool
    aliases: tuple[str, ...]
    authors: tuple[str, ...]
    facts: dict[str, str | int]
    abstract: str | None
    forms: tuple[Form, ...]
    names: tuple[PrintedName, ...]
    sources: tuple[FieldSource, ...]
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
        self._places = SourcePlaces(tables)
        self._records: dict[str, list[str]] = defaultdict(list)
        for row in tables.papers:
            self._records[row["work_id"]].append(row["paper_id"])

    def find(self, name: str) -> list[Candidate]:
        """The nodes that a name may mean; KGError with names that are close where there is none."""
        return find_nodes(self._graph, name, self._names)

    def _of_kind(self, kind: str) -> list[Candidate]:
        """All nodes of a kind, those in most papers first."""
        nodes = [node for node, data in self._graph.nodes(data=True) if data["kind"] == kind]
        found = (candidate(self._graph, node) for node in nodes)
        return sorted(found, key=lambda c: (-c.papers, fold(c.name), c.node))

    def explain(self, node: str, *, min_confidence: float = 0.0, min_support: int = 1) -> Explanation:
        """Everything about a node that is said at least so surely and by so many papers.

        What only one paper can say (its byline, its results, what it is about) counts whatever the support.
        """
        data = self._graph.nodes[node]
        edges = [
            edge
            for edge in self.edges_of(node)
            if edge.confidence >= min_confidence
            and (edge.support >= min_support or edge.kind in BY_ONE_PAPER)
        ]
        return Explanation(
            node=node,
            kind=data["kind"],
            name=data["name"],
            derived_name=bool(data.get("derived_name")),
            aliases=tuple(data.get("aliases", ())),
            authors=tuple(data.get("authors", ())),
            facts={name: data[name] for name in _FACTS if name in data},
            abstract=data.get("abstract"),
            forms=self.forms_of(node),
            names=printed_names(self._tables, node) if data["kind"] == "author" else (),
            sources=field_sources(self._tables, node) if data["kind"] == "paper" else (),
            papers=tuple(edge for edge in edges if _joins_paper(edge, data["kind"])),
            relations=tuple(edge for edge in edges if not _joins_paper(edge, data["kind"])),
            results=tuple(result for result in self.results_of(node) if result.confidence >= min_confidence),
        )

    def forms_of(self, node: str) -> tuple[Form, ...]:
        """The forms of an entity, the most frequent first; none of another node."""
        rules = {
            row["mention_id"]: (row["rule"], row["score"])
            for row in self._tables.links
            if row["entity_id"] == node
        }
        found: dict[tuple[str, str, float], list[Row]] = defaultdict(list)
        for row in self._tables.mentions:
            if row["mention_id"] in rules:
                found[row["text"], *rules[row["mention_id"]]].append(row)
        forms = []
        for (text, rule, score), rows in found.items():
            first = min(rows, key=lambda row: (row["paper_id"], row["start"]))
            forms.append(
                Form(
                    text=text,
                    rule=rule,
                    score=score,
                    mentions=len(rows),
                    papers=len({self._works[row["paper_id"]] for row in rows}),
                    place=self._places.of(first["paper_id"], first["start"], first["end"]),
                )
            )
        return tuple(sorted(forms, key=lambda form: (-form.mentions, form.text, form.rule)))

    def edges_of(self, node: str, *, results: bool = False) -> list[ShownEdge]:
        """All edges, in a fixed order; those of results, which are shown with their numbers, on request."""
        out = [(other, data, True) for _, other, data in self._graph.out_edges(node, data=True)]
        into = [(other, data, False) for other, _, data in self._graph.in_edges(node, data=True)]
        edges = (
            self._edge(other, data, outgoing=outgoing)
            for other, data, outgoing in (*out, *into)
            if results or "metric" not in data
        )
        return sorted(edges, key=lambda e: (not e.outgoing, e.kind, -e.support, e.other_name, e.other))

    def said_by(self, node: str, edge: ShownEdge) -> list[ShownEdge]:
        """An edge of a node once for each paper that says so, the surest first; itself where one does."""
        head, tail = (node, edge.other) if edge.outgoing else (edge.other, node)
        rows = [
            row
            for row in self._tables.relations
            if (row["head_id"], row["kind"], row["tail_id"]) == (head, edge.kind, tail)
        ]
        return [
            replace(
                edge,
                confidence=row["confidence"] if len(rows) > 1 else edge.confidence,
                paper=self._graph.nodes[self._works[row["paper_id"]]]["name"],
                quote=self._texts[row["paper_id"]][row["start"] : row["end"]],
                start=row["start"],
                end=row["end"],
                place=self._places.of(row["paper_id"], row["start"], row["end"]),
            )
            for row in sorted(rows, key=lambda row: (-row["confidence"], row["paper_id"]))
        ] or [edge]

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
            place=self._place(data),
        )

    def _place(self, data: dict[str, Any]) -> SourcePlace | None:
        """Where the evidence of an edge stands in the document."""
        if data.get("start") is None or data.get("quote") is None:
            return None
        start, end = data["start"], data["end"]
        for paper in self._records.get(
            data.get("paper", ""), ()
        ):  # records of one work have texts of their own
            if data["offsets_in"] == "document":
                place = self._places.in_document(paper, start, end)
                if place and self._document_says(paper, start, end, data["quote"]):
                    return place
            elif self._texts[paper][start:end] == data["quote"]:
                return self._places.of(paper, start, end)
        return None

    def _document_says(self, paper: str, start: int, end: int, quote: str) -> bool:
        return self._places.text_of(paper)[start:end] == quote

    def results_of(self, *nodes: str) -> list[ShownResult]:
        """The results in which all of some nodes take part, in the order of their papers."""
        slots = ("subject_id", "metric_id", "baseline_id", "dataset_id", "hardware_id")
        rows = [
            row
            for row in self._tables.results
            if {self._works[row["paper_id"]], *(row[slot] for slot in slots)}.issuperset(nodes)
        ]
        ordered = sorted(rows, key=lambda row: (row["paper_id"], row["start"], row["result_id"]))
        return [self._result(row) for row in ordered]

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
            place=self._places.of(row["paper_id"], row["start"], row["end"]),
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
