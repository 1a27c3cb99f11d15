"""How two things hang together: cheap ways over the graph, with the sentence behind every step.

A step costs one, and more the less sure it is; to pass through a thing costs the more the more edges it has:
that two methods share a rare data set says more than that both are measured by accuracy. After a way is
found, the nodes that it passes are made dearer and the search begins anew, so that the next one is another
way, not the same with one step changed. Dijkstra's algorithm, with ties broken by the order of ids.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from kg.answers import Step
from kg.database import Database
from kg.errors import KGError
from kg.filters import Filters
from kg.sentences import sentence_around, sentence_starts
from kg.support import supported
from kg.things import Names
from kg.types import ROLE_EDGES

__all__ = ["Paths"]

_AGAIN = 3.0  # what it costs to pass a node that a former way passed
_ONLY_MENTIONED = 1.0  # a paper that only mentions a thing ties less
_METRIC = 3.0  # that two things are measured by one metric says little
_LONGEST = 8
_PAPER = 0.5  # a paper joins what it speaks of, however much that is

# The edges of the graph, one row each: source, kind, target, the surest paper's confidence and how many
# papers say so, that paper, start, end, and what the offsets are of (or the name in the byline). A number
# that ends at its own paper, for want of a named metric, ties no two things and is left out.
_SAID = """SELECT head_id, kind, tail_id, max(confidence), count(DISTINCT work_id),
    first(paper_id ORDER BY confidence DESC, work_id, start),
    first(start ORDER BY confidence DESC, work_id, start),
    first("end" ORDER BY confidence DESC, work_id, start), 'sentence'"""
_EDGES = f"""
WITH measured AS (
    SELECT coalesce(subject_id, p.work_id) AS head_id, predicate AS kind, r.confidence, p.work_id, r.paper_id,
        r.start, r."end", list_filter(
            [metric_id, CASE WHEN predicate IN ('improves', 'reduces') THEN baseline_id END,
            CASE WHEN subject_id IS NULL THEN coalesce(dataset_id, hardware_id) END],
            lambda slot: slot IS NOT NULL AND slot <> coalesce(subject_id, p.work_id))[1] AS tail_id
    FROM results r JOIN papers p USING (paper_id) WHERE {{papers}}
), related AS (
    SELECT r.*, p.work_id FROM relations r JOIN papers p USING (paper_id)
    WHERE {{papers}} AND head_id <> tail_id
)
{_SAID} FROM related GROUP BY head_id, kind, tail_id
UNION ALL
{_SAID} FROM measured WHERE tail_id IS NOT NULL GROUP BY head_id, kind, tail_id
UNION ALL
SELECT p.work_id, p.role, p.entity_id, p.confidence, 1, p.paper_id, p.start, p."end", 'mention'
FROM roles p WHERE {{papers}}
UNION ALL
SELECT s.author_id, 'authored', p.work_id, 1.0, 1, min(p.paper_id), NULL, NULL, min(s.name)
FROM authorships s JOIN papers p USING (paper_id) WHERE {{papers}} GROUP BY s.author_id, p.work_id
UNION ALL
SELECT p.work_id, 'cites', q.work_id, 1.0, 1, first(p.paper_id ORDER BY p.paper_id),
    first(c.start ORDER BY p.paper_id), first(c."end" ORDER BY p.paper_id), 'sentence'
FROM citations c JOIN papers p USING (paper_id) JOIN papers q ON q.paper_id = c.cited_paper_id
WHERE {{papers}} AND p.work_id <> q.work_id GROUP BY p.work_id, q.work_id
"""


_Edge = tuple[Any, ...]  # a row of ``_EDGES``


class Paths:
    """The graph of a build as needed for ways; venues are left out, for they tie whatever they print."""

    def __init__(self, database: Database, names: Names, filters: Filters) -> None:
        self._database, self._names, self._filters = database, names, filters

    def between(self, one: str, other: str, ways: int) -> list[Step]:
        """Up to so many ways between what two names mean, step by step, the cheapest way first.

        No way, and an unknown or ambiguous name, are a KGError.
        """
        start, stop = self._names.node(one), self._names.node(other)
        if start.node == stop.node:
            raise KGError(f"{one!r} and {other!r} are the same: {start.name}")
        found = self._ways(start.node, stop.node, ways)
        if not found:
            raise KGError(
                f"nothing leads from {start.name!r} to {stop.name!r}",
                hint="they share no paper, author, thing or claim that passes the filters",
            )
        return self._steps(found)

    @cached_property
    def _links(self) -> dict[str, list[tuple[float, str, _Edge]]]:
        """For each node what it costs to go where, and over which edge: the cheapest of parallel ones."""
        of_papers, values = self._filters.of_papers("p")
        rows = self._database.tuples(_EDGES.format(papers=of_papers), values * _EDGES.count("{papers}"))
        best: dict[tuple[str, str], tuple[float, str, str, _Edge]] = {}
        for row in rows:
            source, kind, target, confidence, support = row[:5]
            if support > 1:
                confidence = supported(confidence, support)
            if confidence < self._filters.min_confidence or support < self._filters.min_support:
                continue
            cost = 2 - confidence + (_ONLY_MENTIONED if kind == "mentioned" else 0)
            pair = (source, target) if source < target else (target, source)
            known = best.get(pair)
            if known is None or (cost, kind, source) < known[:3]:
                best[pair] = (cost, kind, source, row)
        links: defaultdict[str, list[tuple[float, str, _Edge]]] = defaultdict(list)
        for (one, other), (cost, _, _, row) in sorted(best.items()):
            links[one].append((cost, other, row))
            links[other].append((cost, one, row))
        return links

    def _ways(self, start: str, stop: str, ways: int) -> list[list[tuple[str, _Edge, str]]]:
        passed: Counter[str] = Counter()
        found: list[list[tuple[str, _Edge, str]]] = []
        for _ in range(2 * ways):
            way = self._cheapest(start, stop, passed) if len(found) < ways else None
            if way is None:
                break
            inner = [source for source, _, _ in way[1:]]
            if way not in found:
                found.append(way)
            if not inner:  # the direct edge stays the cheapest: a way around it is asked for
                passed[_DIRECT] = 1
            passed.update(inner)
        return found

    def _cheapest(
        self, start: str, stop: str, passed: Mapping[str, int]
    ) -> list[tuple[str, _Edge, str]] | None:
        links = self._links
        came: dict[str, tuple[str, _Edge]] = {}
        cost = {start: 0.0}
        front = [(0.0, 0, start)]
        done: set[str] = set()
        while front:
            so_far, steps, node = heapq.heappop(front)
            if node in done:
                continue
            done.add(node)
            if node == stop:
                return _way(came, start, stop)
            toll = 0.0 if node == start else self._toll(node) + _AGAIN * passed.get(node, 0)
            if steps == _LONGEST:
                continue
            for price, other, edge in links[node]:
                if passed.get(_DIRECT) and {node, other} == {start, stop}:
                    continue
                total = so_far + toll + price
                if other not in done and total < cost.get(other, math.inf):
                    cost[other] = total
                    came[other] = (node, edge)
                    heapq.heappush(front, (total, steps + 1, other))
        return None

    def _toll(self, node: str) -> float:
        """What it costs to pass a node: of papers the same, of others the more the more edges they have."""
        if node.startswith("w:"):
            return _PAPER
        return math.log2(1 + len(self._links[node])) + (_METRIC if node in self._metrics else 0)

    @cached_property
    def _metrics(self) -> set[str]:
        return {
            row[0] for row in self._database.tuples("SELECT entity_id FROM entities WHERE type = 'metric'")
        }

    def _steps(self, ways: Sequence[Sequence[tuple[str, _Edge, str]]]) -> list[Step]:
        papers_of = sorted({edge[5] for way in ways for _, edge, _ in way})
        papers = {
            row["paper_id"]: row
            for row in self._database.rows(
                """SELECT p.*, w.paper, w.year AS work_year, w.venue AS work_venue FROM papers p
                JOIN publications w USING (work_id) WHERE p.paper_id IN (SELECT unnest(?::VARCHAR[]))""",
                [papers_of],
            )
        }
        return [
            self._step(number, place, step, papers[step[1][5]])
            for number, way in enumerate(ways, 1)
            for place, step in enumerate(way, 1)
        ]

    def _step(self, way: int, place: int, step: tuple[str, _Edge, str], paper: Mapping[str, Any]) -> Step:
        source, edge, target = step
        first, said, _, confidence, support, paper_id = edge[:6]
        start, end, quote = _quote(edge, paper)
        (name, kind), (other, other_kind) = self._names.name_of(source), self._names.name_of(target)
        return Step(
            path=way,
            step=place,
            source=name,
            source_kind=kind,
            kind=ROLE_EDGES.get(str(said), str(said)),
            forward=first == source,
            target=other,
            target_kind=other_kind,
            confidence=supported(confidence, support),
            support=support,
            paper=paper["paper"],
            year=paper["work_year"],
            venue=paper["work_venue"],
            paper_id=paper_id,
            start=start,
            end=end,
            quote=quote,
        )


_DIRECT = ""  # no node's id


def _way(came: Mapping[str, tuple[str, _Edge]], start: str, stop: str) -> list[tuple[str, _Edge, str]]:
    way: list[tuple[str, _Edge, str]] = []
    node = stop
    while node != start:
        before, edge = came[node]
        way.append((before, edge, node))
        node = before
    return way[::-1]


def _quote(edge: _Edge, paper: Mapping[str, Any]) -> tuple[int | None, int | None, str]:
    """Where the evidence stands in the text of the paper; of a byline, which stands outside, the name."""
    start, end, place = edge[6:9]
    if edge[1] == "authored":
        return None, None, place
    if start is None or end is None:
        return None, None, ""
    text = paper["text"]
    if place == "mention":
        starts = list(sentence_starts(text, len(paper["title"] or "")))
        start, end = sentence_around(text, starts, start, end)
    return start, end, text[start:end]
