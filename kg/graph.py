"""Tables -> networkx.MultiDiGraph: a projection that adds nothing the tables do not say.

Nodes are works, authors, venues and entities; edges are keyed by an id derived from what they say, so
parallel edges stay apart. Attributes that are not known are absent. Every edge carries ``support`` (the
number of papers that say so), ``confidence`` and one piece of evidence: ``paper``, ``start``, ``end``,
``quote``, where ``offsets_in`` tells whether the offsets point into the paper's text or into the document's
(bylines and venues stand outside the text that the NLP reads).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx

from kg.ids import make_id
from kg.sentences import sentence_around, sentence_starts
from kg.tables import Row, Tables
from kg.text import collapse, fold, whole_words

__all__ = ["ROLE_EDGES", "build_graph", "supported"]

ROLE_EDGES = {
    "proposed": "proposes",
    "baseline": "compares_with",
    "evaluated_on": "evaluated_on",
    "measured": "measures",
    "target": "targets",
    "used": "uses",
    "mentioned": "mentions",
}
_ROLE_ORDER = tuple(ROLE_EDGES)
_COMPARED = ("improves", "reduces")
_LABEL_WORDS = 8
_NAME_LIKE = re.compile(r"[A-Z].*[A-Z]|[a-z][A-Z]|[A-Za-z]-?\d")
# Every doubling of the papers that say so takes this share off the doubt: fitted to the human-judged CS-KG
# triples, where precision by supporting papers is .36 (1), .64 (2 to 4) and .85 (5 and more).
_DOUBT_A_DOUBLING = 0.6

_Edge = tuple[str, str, dict[str, Any]]


def supported(confidence: float, papers: int) -> float:
    """The confidence of a statement with a given best single confidence and a number of supporting papers.

    >>> supported(0.5, 1), supported(0.5, 2)
    (0.5, 0.7)
    """
    doubt: float = (1 - confidence) * _DOUBT_A_DOUBLING ** math.log2(max(papers, 1))
    return round(1 - doubt, 4)


def build_graph(tables: Tables) -> nx.MultiDiGraph[str]:
    """The graph of a build. Nodes and edges are added in the order of their ids."""
    projection = _Projection(tables)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in sorted(projection.nodes()):
        graph.add_node(node, **_known(attributes))
    for key, (source, target, attributes) in sorted(projection.edges().items()):
        graph.add_edge(source, target, key=key, **_known(attributes))
    return graph


def _known(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None and value != []}


class _Projection:
    """The tables with the look-ups that the projection needs."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.papers = {row["paper_id"]: row for row in tables.papers}
        self.documents = {row["document_id"]: row for row in reversed(tables.documents)}
        self.entities = {row["entity_id"]: row for row in tables.entities}
        self.authors = {row["author_id"]: row for row in tables.authors}
        self.bylines: dict[str, list[Row]] = defaultdict(list)
        for row in tables.authorships:
            self.bylines[row["paper_id"]].append(row)
        self.works: dict[str, list[Row]] = defaultdict(list)
        for row in tables.papers:
            self.works[row["work_id"]].append(row)
        for records in self.works.values():
            records.sort(key=lambda row: (-_completeness(row, self.bylines), row["paper_id"]))
        entity_of = {row["mention_id"]: row["entity_id"] for row in tables.links}
        self.mentions: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in tables.mentions:
            self.mentions[row["paper_id"], entity_of[row["mention_id"]]].append(row)
        self.entities_of: dict[str, list[str]] = defaultdict(list)
        for paper_id, entity_id in sorted(self.mentions):
            self.entities_of[paper_id].append(entity_id)

    # -- nodes

    def nodes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for work_id, records in self.works.items():
            yield work_id, self._paper_node(records)
        counts: dict[str, set[str]] = defaultdict(set)
        for row in self.tables.authorships:
            counts[row["author_id"]].add(self.papers[row["paper_id"]]["work_id"])
        for author_id, row in self.authors.items():
            others = [alias for alias in row["aliases"] if alias != row["name"]]
            yield (
                author_id,
                {
                    "kind": "author",
                    "name": row["name"],
                    "papers": len(counts[author_id]),
                    "aliases": others,
                    "orcid": row["orcid"],
                },
            )
        for venue_id, (name, count) in self._venues().items():
            yield venue_id, {"kind": "venue", "name": name, "papers": count}
        for entity_id, row in self.entities.items():
            others = [alias for alias in row["aliases"] if alias != row["name"]]
            yield (
                entity_id,
                {
                    "kind": row["type"],
                    "name": row["name"],
                    "aliases": others,
                    "papers": row["papers"],
                    "mentions": row["mentions"],
                },
            )

    def _paper_node(self, records: list[Row]) -> dict[str, Any]:
        def first(column: str) -> Any:
            return next((row[column] for row in records if row[column] not in (None, [])), None)

        byline: list[Row] = next(
            (self.bylines[row["paper_id"]] for row in records if self.bylines[row["paper_id"]]), []
        )
        title = first("title")
        documents = sorted({self.documents[row["document_id"]]["path"] for row in records})
        return {
            "kind": "paper",
            "name": collapse(title) if title else self._derived_name(records[0]),
            "derived_name": True if title is None else None,
            "title": collapse(title) if title else None,
            "authors": [row["name"] for row in sorted(byline, key=lambda row: row["position"])],
            "year": first("year"),
            "date": first("date"),
            "venue": first("venue"),
            "doi": first("doi"),
            "arxiv_id": first("arxiv_id"),
            "url": first("url"),
            "document": "; ".join(documents),
            "abstract": first("abstract"),
        }

    def _derived_name(self, paper: Row) -> str:
        """A paper without a title is shown by the name of what it proposes, or by its first words.

        A name ("RandBET") goes before a description, then what is mentioned most, then what comes first.
        """
        proposed = sorted(
            (not _NAME_LIKE.search(name), -len(rows), min(row["start"] for row in rows), name)
            for entity_id in self.entities_of[paper["paper_id"]]
            for rows in [self.mentions[paper["paper_id"], entity_id]]
            for name in [self.entities[entity_id]["name"]]
            if any(row["role"] == "proposed" for row in rows)
        )
        if proposed:
            return f"{proposed[0][-1]} (untitled)"
        words = (paper["text"] or "").split()
        return f"{' '.join(words[:_LABEL_WORDS])}… (untitled)" if words else "untitled"

    def _venues(self) -> dict[str, tuple[str, int]]:
        works: dict[str, set[str]] = defaultdict(set)
        names: dict[str, str] = {}
        for row in self.tables.papers:
            if row["venue"]:
                venue_id = _venue_id(row["venue"])
                works[venue_id].add(row["work_id"])
                names[venue_id] = min(names.get(venue_id, row["venue"]), row["venue"])
        return {venue_id: (names[venue_id], len(works[venue_id])) for venue_id in sorted(works)}

    # -- edges

    def edges(self) -> dict[str, _Edge]:
        """Edge id -> (source, target, attributes), one for each statement."""
        found: dict[str, list[_Edge]] = defaultdict(list)
        for prefix, edges in (
            ("ea", self._authored()),
            ("ev", self._published_in()),
            ("em", self._roles()),
            ("er", self._relations()),
            ("ec", self._cites()),
        ):
            for source, target, attributes in edges:
                key = make_id(prefix, source, attributes["kind"], target)
                found[key].append((source, target, attributes))
        merged = {key: _merge(edges) for key, edges in found.items()}
        merged.update(self._results())
        return merged

    def _in_document(self, paper: Row, text: str) -> dict[str, Any]:
        """Evidence for what stands outside the paper's text: its place behind the title, else before it."""
        document = self.documents[paper["document_id"]]["text"] or ""
        anchor = paper["title_start"] if paper["title_start"] is not None else paper["abstract_start"] or 0
        start = _nearest(document, text, anchor)
        place = {"start": start, "end": start + len(text)} if start >= 0 else {}
        return {"paper": paper["work_id"], **place, "quote": text, "offsets_in": "document"}

    def _in_paper(self, row: Row) -> dict[str, Any]:
        paper = self.papers[row["paper_id"]]
        return {
            "paper": paper["work_id"],
            "start": row["start"],
            "end": row["end"],
            "quote": paper["text"][row["start"] : row["end"]],
            "offsets_in": "paper",
        }

    def _authored(self) -> Iterator[_Edge]:
        for row in self.tables.authorships:
            paper = self.papers[row["paper_id"]]
            attributes = {"kind": "authored", "position": row["position"], "confidence": 1.0}
            yield (
                row["author_id"],
                paper["work_id"],
                attributes | self._in_document(paper, row["name"]),
            )

    def _published_in(self) -> Iterator[_Edge]:
        for paper in self.tables.papers:
            if paper["venue"]:
                attributes = {"kind": "published_in", "confidence": 1.0}
                yield (
                    paper["work_id"],
                    _venue_id(paper["venue"]),
                    attributes | self._in_document(paper, paper["venue"]),
                )

    def _roles(self) -> Iterator[_Edge]:
        starts = {
            paper_id: list(sentence_starts(paper["text"], len(paper["title"] or "")))
            for paper_id, paper in self.papers.items()
        }
        for (paper_id, entity_id), rows in sorted(self.mentions.items()):
            paper = self.papers[paper_id]
            role = min((row["role"] for row in rows), key=_ROLE_ORDER.index)
            saying = [row for row in rows if row["role"] == role]
            # A sentence of the abstract says more about the role than the title does.
            best = min(saying, key=_by_evidence(len(paper["title"] or "")))
            start, end = sentence_around(paper["text"], starts[paper_id], best["start"], best["end"])
            attributes = {"kind": ROLE_EDGES[role], "confidence": best["confidence"]}
            evidence = self._in_paper({"paper_id": paper_id, "start": start, "end": end})
            yield paper["work_id"], entity_id, attributes | evidence

    def _relations(self) -> Iterator[_Edge]:
        for row in self.tables.relations:
            attributes = {"kind": row["kind"], "confidence": row["confidence"]}
            yield row["head_id"], row["tail_id"], attributes | self._in_paper(row)

    def _cites(self) -> Iterator[_Edge]:
        for row in self.tables.citations:
            attributes = {"kind": "cites", "confidence": 1.0}
            source, target = self.papers[row["paper_id"]], self.papers[row["cited_paper_id"]]
            yield source["work_id"], target["work_id"], attributes | self._in_paper(row)

    def _results(self) -> dict[str, _Edge]:
        """A result is an edge of its own: from its subject (or its paper) to what it measures.

        Where that has no name it ends at the baseline that was surpassed, else at the paper: a thing does not
        "improve" the hardware or the dataset that it was measured on.
        """
        edges = {}
        for row in self.tables.results:
            work_id = self.papers[row["paper_id"]]["work_id"]
            source = row["subject_id"] or work_id
            baseline = row["baseline_id"] if row["predicate"] in _COMPARED else None
            slots = (row["metric_id"], baseline, work_id)
            target = next((slot for slot in slots if slot and slot != source), None)
            if target is None:  # neither the subject nor anything measured has a name: no edge to draw
                continue
            attributes = {
                "kind": row["predicate"],
                "support": 1,
                "confidence": row["confidence"],
                **{
                    name: row[name]
                    for name in ("metric", "value", "low", "high", "unit", "bound", "polarity")
                },
                **{
                    name: self.entities[row[f"{name}_id"]]["name"] if row[f"{name}_id"] else None
                    for name in ("baseline", "dataset", "hardware")
                },
            }
            edges[f"e{row['result_id']}"] = (source, target, attributes | self._in_paper(row))
        return edges


def _nearest(text: str, name: str, anchor: int) -> int:
    """Where a name first stands as whole words behind ``anchor``, otherwise last before it; -1 if nowhere."""
    behind = next(whole_words(text, name, anchor), None)
    if behind:
        return behind[0]
    return max((start for start, end in whole_words(text, name) if end <= anchor), default=-1)


def _by_evidence(title_end: int) -> Callable[[Row], tuple[bool, float, int]]:
    return lambda row: (row["start"] < title_end, -row["confidence"], row["start"])


def _merge(edges: list[_Edge]) -> _Edge:
    """One edge for what several papers say, with the evidence of the surest."""
    source, target, best = min(
        edges, key=lambda edge: (-edge[2]["confidence"], edge[2]["paper"], edge[2].get("start", -1))
    )
    support = len({attributes["paper"] for _, _, attributes in edges})
    return source, target, best | {"support": support, "confidence": supported(best["confidence"], support)}


def _completeness(paper: Row, bylines: dict[str, list[Row]]) -> int:
    filled = sum(paper[name] not in (None, []) for name in ("title", "abstract", "year", "venue", "doi"))
    return filled + bool(bylines[paper["paper_id"]])


def _venue_id(name: str) -> str:
    return make_id("v", fold(name))
