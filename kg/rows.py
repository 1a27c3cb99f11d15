"""Tables -> the nodes and edges they say, as rows sorted by id, made one by one each time they are asked for.

The graph is built from these rows and large files are written from them, so both say the same; a graph too
large to be held is never held. Beside the tables only numbers are kept, some 20 bytes an edge.
"""

from __future__ import annotations

import heapq
import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kg.ids import id_number, make_id
from kg.places import Places
from kg.role_claims import ROLE_EDGES, RoleClaims
from kg.tables import Row, Tables
from kg.text import collapse, fold

__all__ = ["ROLE_EDGES", "EdgeRow", "NodeRow", "Rows", "TableRows", "supported"]

_COMPARED = ("improves", "reduces")
_LABEL_WORDS = 8
_NAME_LIKE = re.compile(r"[A-Z].*[A-Z]|[a-z][A-Z]|[A-Za-z]-?\d")
# Every doubling of the papers that say so takes this share off the doubt: fitted to the human-judged CS-KG
# triples, where precision by supporting papers is .36 (1), .64 (2 to 4) and .85 (5 and more).
_DOUBT_A_DOUBLING = 0.6
_CHUNK = 4096

_IN_DOCUMENT = ("ea", "ev")  # ids of what is read off the document, not off the paper's text
# Source and target number ids, kind kinds, paper and row rows of tables; -1 stands for none.
_STATEMENT = np.dtype(
    [("id", "u8"), ("source", "i4"), ("target", "i4"), ("kind", "i2"), ("paper", "i4"), ("start", "i4"),
     ("end", "i4"), ("confidence", "f8"), ("position", "i4"), ("support", "i4"), ("row", "i4")]
)  # fmt: skip

NodeRow = tuple[str, dict[str, Any]]
# source, kind, target, and the numbers of ``_STATEMENT`` from "paper" on
_Statement = tuple[str, str, str, tuple[int, int, int, float, int, int, int]]
EdgeRow = tuple[str, str, str, dict[str, Any]]


class Rows(Protocol):
    """Nodes as (id, attributes), edges as (id, source, target, attributes), sorted by id."""

    def nodes(self) -> Iterator[NodeRow]: ...

    def edges(self) -> Iterator[EdgeRow]: ...

    def counts(self) -> tuple[int, int]: ...


@lru_cache(maxsize=4096)
def supported(confidence: float, papers: int) -> float:
    """The confidence of a statement with a given best single confidence and a number of supporting papers.

    >>> supported(0.5, 1), supported(0.5, 2)
    (0.5, 0.7)
    """
    doubt: float = (1 - confidence) * _DOUBT_A_DOUBLING ** math.log2(max(papers, 1))
    return round(1 - doubt, 4)


class TableRows:
    """The rows of a build's tables, with the look-ups that they need."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._paper_number = {row["paper_id"]: number for number, row in enumerate(tables.papers)}
        self._documents = {row["document_id"]: row for row in reversed(tables.documents)}
        self._places = Places(
            tables.papers, {name: row["text"] or "" for name, row in self._documents.items()}
        )
        self._byline_start: dict[str, int] = {}
        for index, row in enumerate(tables.authorships):
            self._byline_start.setdefault(row["paper_id"], index)

    @cached_property
    def _claims(self) -> RoleClaims:
        return RoleClaims(self._tables)

    def counts(self) -> tuple[int, int]:
        """The numbers of nodes and edges."""
        results = sum(1 for _ in self._results())
        return sum(1 for _ in self.nodes()), results + sum(map(len, self._statements.values()))

    # -- nodes

    def nodes(self) -> Iterator[NodeRow]:
        """Works, authors, venues and entities."""
        streams = (self._works(), self._authors(), self._venues(), map(_entity_node, self._tables.entities))
        for node, attributes in heapq.merge(*streams, key=itemgetter(0)):
            yield node, _known(attributes)

    def _works(self) -> Iterator[NodeRow]:
        numbers = sorted(range(len(self._tables.papers)), key=lambda n: self._tables.papers[n]["work_id"])
        for work_id, records in groupby(numbers, key=lambda n: self._tables.papers[n]["work_id"]):
            best = sorted(records, key=lambda n: (-self._completeness(self._tables.papers[n]), n))
            yield work_id, self._work(best)

    def _work(self, numbers: list[int]) -> dict[str, Any]:
        """A work by its records, the fullest first."""
        records = [self._tables.papers[number] for number in numbers]

        def first(column: str) -> Any:
            return next((row[column] for row in records if row[column] not in (None, [])), None)

        byline = next((names for row in records if (names := self._byline(row))), [])
        title = first("title")
        documents = sorted({self._documents[row["document_id"]]["path"] for row in records})
        return {
            "kind": "paper",
            "name": collapse(title) if title else self._derived_name(numbers[0]),
            "derived_name": True if title is None else None,
            "title": collapse(title) if title else None,
            "authors": byline,
            "year": first("year"),
            "date": first("date"),
            "venue": first("venue"),
            "doi": first("doi"),
            "arxiv_id": first("arxiv_id"),
            "url": first("url"),
            "document": "; ".join(documents),
            "abstract": first("abstract"),
        }

    def _byline(self, paper: Row) -> list[str]:
        """The names of a paper's authors in their order."""
        rows, number, names = self._tables.authorships, self._byline_start.get(paper["paper_id"], 0), []
        while number < len(rows) and rows[number]["paper_id"] == paper["paper_id"]:
            names.append(rows[number]["name"])
            number += 1
        return names

    def _completeness(self, paper: Row) -> int:
        filled = sum(paper[name] not in (None, []) for name in ("title", "abstract", "year", "venue", "doi"))
        return filled + (paper["paper_id"] in self._byline_start)

    def _derived_name(self, number: int) -> str:
        """A paper without a title is shown by the name of what it proposes, or by its first words.

        A name ("RandBET") goes before a description, then what is mentioned most, then what comes first.
        """
        proposed = sorted(
            (not _NAME_LIKE.search(name), -len(rows), min(row["start"] for row in rows), name)
            for entity, rows in self._claims.mentions_of_paper(number)
            for name in [self._tables.entities[entity]["name"]]
            if any(row["role"] == "proposed" for row in rows)
        )
        if proposed:
            return f"{proposed[0][-1]} (untitled)"
        words = (self._tables.papers[number]["text"] or "").split()
        return f"{' '.join(words[:_LABEL_WORDS])}… (untitled)" if words else "untitled"

    def _authors(self) -> Iterator[NodeRow]:
        number = {row["author_id"]: index for index, row in enumerate(self._tables.authors)}
        counts = [0] * len(number)
        for source in self._statements["ea"]["source"].tolist():
            counts[number[self._ids[source]]] += 1
        for row, papers in zip(self._tables.authors, counts, strict=True):
            yield (
                row["author_id"],
                {
                    "kind": "author",
                    "name": row["name"],
                    "papers": papers,
                    "aliases": [alias for alias in row["aliases"] if alias != row["name"]],
                    "orcid": row["orcid"],
                },
            )

    def _venues(self) -> Iterator[NodeRow]:
        works: dict[str, set[str]] = defaultdict(set)
        names: dict[str, str] = {}
        for row in self._tables.papers:
            if row["venue"]:
                venue_id = _venue_id(row["venue"])
                works[venue_id].add(row["work_id"])
                names[venue_id] = min(names.get(venue_id, row["venue"]), row["venue"])
        for venue_id in sorted(works):
            yield venue_id, {"kind": "venue", "name": names[venue_id], "papers": len(works[venue_id])}

    # -- edges

    def edges(self) -> Iterator[EdgeRow]:
        """One edge for each statement, with the evidence of the surest paper that makes it."""
        plain = chain.from_iterable(self._of_prefix(prefix) for prefix in sorted(self._statements))
        return _together(plain, self._results())

    @cached_property
    def _statements(self) -> dict[str, NDArray[np.void]]:
        """What is said, as numbers sorted by id, by the prefix of the ids; results have ids of their own."""
        kinds = {kind: number for number, kind in enumerate(self._kinds)}
        numbers = {node: number for number, node in enumerate(self._ids)}
        works = [row["work_id"] for row in self._tables.papers]

        def said(statements: Iterable[_Statement]) -> NDArray[np.void]:
            rows = (
                (id_number(source, kind, target), numbers[source], numbers[target], kinds[kind], *rest)
                for source, kind, target, rest in statements
            )
            return _merged(np.fromiter(rows, dtype=_STATEMENT), works)

        return {
            "ea": said(self._authored()),
            "ec": said(self._cited()),
            "em": said(self._roles()),
            "er": said(self._relations()),
            "ev": said(self._published_in()),
        }

    @cached_property
    def _ids(self) -> list[str]:
        """The ids of all nodes, sorted."""
        tables = self._tables
        venues = {_venue_id(row["venue"]) for row in tables.papers if row["venue"]}
        named = ((tables.authors, "author_id"), (tables.entities, "entity_id"), (tables.papers, "work_id"))
        return sorted(venues.union(*({row[column] for row in rows} for rows, column in named)))

    @cached_property
    def _kinds(self) -> list[str]:
        found = {row["kind"] for row in self._tables.relations}
        return sorted(found | {*ROLE_EDGES.values(), "authored", "cites", "published_in"})

    def _of_prefix(self, prefix: str) -> Iterator[EdgeRow]:
        """The edges of some statements. What stands here is done a million times for a million edges."""
        rows, ids, kinds = self._statements[prefix], self._ids, self._kinds
        works = [row["work_id"] for row in self._tables.papers]
        texts = (
            [row["text"] for row in self._tables.papers] if prefix not in _IN_DOCUMENT else self._places.texts
        )
        offsets_in = "document" if prefix in _IN_DOCUMENT else "paper"
        for chunk in range(0, len(rows), _CHUNK):
            for number, source, target, kind, paper, start, end, confidence, position, support, row in rows[
                chunk : chunk + _CHUNK
            ].tolist():
                attributes = {
                    "kind": kinds[kind],
                    "support": support,
                    "confidence": confidence,
                    "paper": works[paper],
                    "offsets_in": offsets_in,
                }
                if start >= 0:
                    attributes["start"] = start
                    attributes["end"] = end
                    attributes["quote"] = texts[paper][start:end]
                elif prefix in _IN_DOCUMENT:
                    attributes["quote"] = self._printed(prefix, row)
                if position >= 0:
                    attributes["position"] = position
                yield f"{prefix}:{number:016x}", ids[source], ids[target], attributes

    def _printed(self, prefix: str, row: int) -> str:
        """What is said to stand in a document and is not found there."""
        rows, column = (
            (self._tables.authorships, "name") if prefix == "ea" else (self._tables.papers, "venue")
        )
        return str(rows[row][column])

    def _authored(self) -> Iterator[_Statement]:
        for number, row in enumerate(self._tables.authorships):
            paper = self._paper_number[row["paper_id"]]
            place = self._places.of(self._tables.papers[paper], row["name"])
            work_id = self._tables.papers[paper]["work_id"]
            yield row["author_id"], "authored", work_id, (paper, *place, 1.0, row["position"], 1, number)

    def _published_in(self) -> Iterator[_Statement]:
        for number, paper in enumerate(self._tables.papers):
            if paper["venue"]:
                place = self._places.of(paper, paper["venue"])
                venue = _venue_id(paper["venue"])
                yield paper["work_id"], "published_in", venue, (number, *place, 1.0, -1, 1, number)

    def _roles(self) -> Iterator[_Statement]:
        for claim in self._claims:
            mention = self._tables.mentions[claim.mention]
            entity_id = self._tables.entities[claim.entity]["entity_id"]
            work_id = self._tables.papers[claim.paper]["work_id"]
            rest = (claim.paper, claim.start, claim.end, mention["confidence"], -1, 1, -1)
            yield work_id, ROLE_EDGES[mention["role"]], entity_id, rest

    def _relations(self) -> Iterator[_Statement]:
        for row in self._tables.relations:
            paper = self._paper_number[row["paper_id"]]
            rest = (paper, row["start"], row["end"], row["confidence"], -1, 1, -1)
            yield row["head_id"], row["kind"], row["tail_id"], rest

    def _cited(self) -> Iterator[_Statement]:
        for row in self._tables.citations:
            paper, other = (self._paper_number[row[name]] for name in ("paper_id", "cited_paper_id"))
            works = [self._tables.papers[number]["work_id"] for number in (paper, other)]
            known = row["start"] is not None and row["end"] is not None
            place = (row["start"], row["end"]) if known else (-1, -1)
            yield works[0], "cites", works[1], (paper, *place, 1.0, -1, 1, -1)

    def _results(self) -> Iterator[EdgeRow]:
        """A result is an edge of its own: from its subject (or its paper) to what it measures.

        Where that has no name it ends at the baseline that was surpassed, else at the paper: a thing does not
        "improve" the hardware or the dataset that it was measured on. Only what the paper itself claims, of
        nothing that has a name, ends there.
        """
        for row in self._tables.results:
            paper = self._tables.papers[self._paper_number[row["paper_id"]]]
            work_id = paper["work_id"]
            source = row["subject_id"] or work_id
            baseline = row["baseline_id"] if row["predicate"] in _COMPARED else None
            place = work_id if row["subject_id"] else row["dataset_id"] or row["hardware_id"]
            slots = (row["metric_id"], baseline, place)
            target = next((slot for slot in slots if slot and slot != source), None)
            if target is None:  # neither the subject nor anything measured has a name: no edge to draw
                continue
            attributes = {
                "kind": row["predicate"],
                "support": 1,
                "confidence": row["confidence"],
                "paper": work_id,
                "start": row["start"],
                "end": row["end"],
                "quote": paper["text"][row["start"] : row["end"]],
                "offsets_in": "paper",
            }
            for name in ("metric", "value", "low", "high", "unit", "bound", "polarity"):
                attributes[name] = row[name]
            for name in ("baseline", "dataset", "hardware"):
                entity_id = row[f"{name}_id"]
                attributes[name] = self._entity_name(entity_id) if entity_id else None
            yield f"e{row['result_id']}", source, target, _known(attributes)

    # -- evidence

    def _entity_name(self, entity_id: str) -> str:
        rows = self._tables.entities
        found: str = rows[bisect_left(rows, entity_id, key=itemgetter("entity_id"))]["name"]
        return found


def _merged(said: NDArray[np.void], works: list[str]) -> NDArray[np.void]:
    """Statements sorted by id; those of one id as the surest, with the number of works that say so."""
    said = said[np.argsort(said["id"], kind="stable")]
    first = np.flatnonzero(np.diff(said["id"], prepend=said["id"][:1] + np.uint64(1)))
    best = first.copy()
    stops = np.append(first[1:], len(said))
    for run in np.flatnonzero(stops - first > 1).tolist():
        numbers = range(first[run], stops[run])
        best[run] = min(numbers, key=lambda number: _rank(said, number, works))
        said["support"][best[run]] = len({works[said["paper"][number]] for number in numbers})
    found: NDArray[np.void] = said[best] if len(best) < len(said) else said
    pairs = zip(found["confidence"].tolist(), found["support"].tolist(), strict=True)
    found["confidence"] = np.fromiter((supported(*pair) for pair in pairs), np.float64, len(found))
    return found


def _rank(said: NDArray[np.void], number: int, works: list[str]) -> tuple[float, str, int]:
    """The surest first."""
    return -float(said["confidence"][number]), works[said["paper"][number]], int(said["start"][number])


def _together(rows: Iterable[EdgeRow], others: Iterable[EdgeRow]) -> Iterator[EdgeRow]:
    """Two streams as one, each sorted by id: what ``heapq.merge`` does, at a third of its price."""
    rest = iter(others)
    other = next(rest, None)
    for row in rows:
        while other is not None and other[0] < row[0]:
            yield other
            other = next(rest, None)
        yield row
    if other is not None:
        yield other
        yield from rest


def _known(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None and value != []}


def _entity_node(row: Row) -> NodeRow:
    return (
        row["entity_id"],
        {
            "kind": row["type"],
            "name": row["name"],
            "aliases": [alias for alias in row["aliases"] if alias != row["name"]],
            "papers": row["papers"],
            "mentions": row["mentions"],
        },
    )


@lru_cache(maxsize=4096)
def _venue_id(name: str) -> str:
    return make_id("v", fold(name))
