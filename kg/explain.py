"""What is known about one node, and from which characters of which file: behind ``kg show``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from kg.database import Database
from kg.edges import SLOTS, Edge, Edges
from kg.errors import KGError
from kg.lookup import Candidate
from kg.overview import Overview, OverviewPaper, overview
from kg.source_places import SourcePlace, SourcePlaces
from kg.stored_nodes import StoredNodes
from kg.stored_papers import StoredPapers
from kg.types import ROLE_EDGES
from kg.work_sources import FieldSource, PrintedName, field_sources, printed_names

Row = dict[str, Any]

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


class Explainer:
    """A build with its names. Without ``bylines`` it is left open where names of authors and venues stand in
    their documents, which only readers of the JSON see."""

    def __init__(self, database: Database, *, bylines: bool = True) -> None:
        self._database = database
        self._nodes = StoredNodes(database)
        self._papers = StoredPapers(database)
        self._edges = Edges(database, self._nodes, self._papers, bylines=bylines)
        self._places = SourcePlaces(self._papers)

    def find(self, name: str) -> list[Candidate]:
        """The nodes that a name may mean; KGError with names that are close where there is none."""
        return self._nodes.find(name)

    def overview(self, *, papers: int = 20, names: int = 8) -> Overview:
        """The build at a glance: its first papers by title, and the names of each kind in most papers."""
        return overview(self._database, self._nodes, papers=papers, names=names)

    def explain(self, node: str, *, min_confidence: float = 0.0, min_support: int = 1) -> Explanation:
        """Everything about a node that is said at least so surely and by so many papers.

        What only one paper can say (its byline, its results, what it is about) counts whatever the support.
        """
        data = self._nodes.node(node)
        if data is None:
            raise KGError(f"there is no node {node}")
        edges = self._shown(
            node,
            (
                edge
                for edge in self._edges.at(node)
                if edge.confidence >= min_confidence
                and (edge.support >= min_support or edge.kind in BY_ONE_PAPER)
            ),
        )
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
            names=printed_names(self._database, node) if data["kind"] == "author" else (),
            sources=field_sources(self._database, node) if data["kind"] == "paper" else (),
            papers=tuple(edge for edge in edges if _joins_paper(edge, data["kind"])),
            relations=tuple(edge for edge in edges if not _joins_paper(edge, data["kind"])),
            results=tuple(result for result in self.results_of(node) if result.confidence >= min_confidence),
        )

    def forms_of(self, node: str) -> tuple[Form, ...]:
        """The forms of an entity, the most frequent first; none of another node."""
        if not node.startswith("e:"):
            return ()
        mentions = self._database.rows(
            """SELECT m.text, l.rule, l.score, m.paper_id, m.start, m."end", p.work_id
            FROM mentions m JOIN links l USING (mention_id) JOIN papers p USING (paper_id)
            WHERE l.entity_id = ?""",
            [node],
        )
        found: dict[tuple[str, str, float], list[Row]] = defaultdict(list)
        for row in mentions:
            found[row["text"], row["rule"], row["score"]].append(row)
        firsts = {
            form: min(rows, key=lambda row: (row["paper_id"], row["start"])) for form, rows in found.items()
        }
        self._papers.rows(row["paper_id"] for row in firsts.values())
        forms = [
            Form(
                text=form[0],
                rule=form[1],
                score=form[2],
                mentions=len(rows),
                papers=len({row["work_id"] for row in rows}),
                place=self._places.of(firsts[form]["paper_id"], firsts[form]["start"], firsts[form]["end"]),
            )
            for form, rows in found.items()
        ]
        return tuple(sorted(forms, key=lambda form: (-form.mentions, form.text, form.rule)))

    def edges_of(self, node: str, *, results: bool = False) -> list[ShownEdge]:
        """All edges, in a fixed order; those of results, which are shown with their numbers, on request."""
        edges = self._edges.at(node)
        return self._shown(node, edges + (list(self._edges.of_results(node)) if results else []))

    def _shown(self, node: str, edges: Iterable[Edge]) -> list[ShownEdge]:
        """Edges as seen from a node; one from the node to itself is seen from both ends."""
        seen = [
            (edge, outgoing)
            for edge in edges
            for outgoing in (True, False)
            if node == (edge.source if outgoing else edge.target)
        ]
        nodes = [other for edge, _ in seen for other in (edge.source, edge.target, edge.work) if other]
        named = self._nodes.named(nodes)
        self._papers.of_works(edge.work for edge, _ in seen if edge.work and edge.start is not None)
        shown = []
        for edge, outgoing in seen:
            other = edge.target if outgoing else edge.source
            shown.append(
                ShownEdge(
                    kind=edge.kind,
                    outgoing=outgoing,
                    other=other,
                    other_kind=named[other][0],
                    other_name=named[other][1],
                    support=edge.support,
                    confidence=edge.confidence,
                    paper=named[edge.work][1] if edge.work else None,
                    quote=edge.quote,
                    start=edge.start,
                    end=edge.end,
                    offsets_in=edge.offsets_in,
                    place=self._place(edge),
                )
            )
        return sorted(shown, key=lambda e: (not e.outgoing, e.kind, -e.support, e.other_name, e.other))

    def said_by(self, node: str, edge: ShownEdge) -> list[ShownEdge]:
        """An edge of a node once for each paper that says so, the surest first; itself where one does."""
        head, tail = (node, edge.other) if edge.outgoing else (edge.other, node)
        rows = self._database.rows(
            "SELECT * FROM relations WHERE head_id = ? AND kind = ? AND tail_id = ? ORDER BY relation_id",
            [head, edge.kind, tail],
        )
        papers = self._papers.rows(row["paper_id"] for row in rows)
        named = self._nodes.named(paper["work_id"] for paper in papers.values())
        return [
            replace(
                edge,
                confidence=row["confidence"] if len(rows) > 1 else edge.confidence,
                paper=named[papers[row["paper_id"]]["work_id"]][1],
                quote=papers[row["paper_id"]]["text"][row["start"] : row["end"]],
                start=row["start"],
                end=row["end"],
                place=self._places.of(row["paper_id"], row["start"], row["end"]),
            )
            for row in sorted(rows, key=lambda row: (-row["confidence"], row["paper_id"]))
        ] or [edge]

    def _place(self, edge: Edge) -> SourcePlace | None:
        """Where the evidence of an edge stands in the document."""
        if edge.work is None or edge.start is None or edge.end is None or edge.quote is None:
            return None
        for paper in self._papers.of_works([edge.work])[edge.work]:  # records of one work have own texts
            if edge.offsets_in == "document":
                place = self._places.in_document(paper["paper_id"], edge.start, edge.end)
                if place and self._places.text_of(paper["paper_id"])[edge.start : edge.end] == edge.quote:
                    return place
            elif paper["text"][edge.start : edge.end] == edge.quote:
                return self._places.of(paper["paper_id"], edge.start, edge.end)
        return None

    def results_of(self, *nodes: str) -> list[ShownResult]:
        """The results in which all of some nodes take part, in the order of their papers."""
        rows = self._edges.results_with(nodes[0])
        papers = self._papers.rows(row["paper_id"] for row in rows)
        rows = [
            row
            for row in rows
            if {papers[row["paper_id"]]["work_id"], *(row[slot] for slot in SLOTS)}.issuperset(nodes)
        ]
        slots = [row[slot] for row in rows for slot in SLOTS if row[slot]]
        named = self._nodes.named([*slots, *(papers[row["paper_id"]]["work_id"] for row in rows)])
        return [self._result(row, papers[row["paper_id"]], named) for row in rows]

    def _result(self, row: Row, paper: Row, named: dict[str, tuple[str, str]]) -> ShownResult:
        def name(slot: str) -> str | None:
            return named[row[slot]][1] if row[slot] else None

        return ShownResult(
            subject=name("subject_id"),
            baseline=name("baseline_id"),
            dataset=name("dataset_id"),
            hardware=name("hardware_id"),
            paper=named[paper["work_id"]][1],
            quote=paper["text"][row["start"] : row["end"]],
            **{
                column: row[column]
                for column in ("predicate", "metric", "value", "low", "high", "unit", "bound")
            },
            **{column: row[column] for column in ("start", "end", "confidence")},
            place=self._places.of(row["paper_id"], row["start"], row["end"]),
        )


def _joins_paper(edge: ShownEdge, kind: str) -> bool:
    return edge.kind in _PAPER_EDGES and "paper" in {kind, edge.other_kind}
