"""A build at a glance: how much there is of what, the first papers, the names in most papers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.database import Database
from kg.stored_nodes import StoredNodes
from kg.text import fold
from kg.types import ENTITY_TYPES

__all__ = ["Overview", "OverviewPaper", "overview"]


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


def overview(database: Database, nodes: StoredNodes, *, papers: int, names: int) -> Overview:
    """The first papers by title, and the names of each kind in most papers: at most so many."""
    works = nodes.work_names()
    first = sorted(works, key=lambda work: (fold(works[work]), work))[:papers]
    years = database.where("works", "work_id", first, ("work_id", "year"))
    year = {row["work_id"]: row["year"] for row in years}
    proposed = _proposed(database, first)
    counts = {"paper": len(works)} | dict.fromkeys(("author", "venue", *ENTITY_TYPES), 0) | nodes.counts()
    top = nodes.most_frequent(names)
    return Overview(
        counts=counts,
        papers=tuple(
            OverviewPaper(
                node=work, name=works[work], year=year[work], proposes=tuple(sorted(proposed[work]))
            )
            for work in first
        ),
        more_papers=max(len(works) - papers, 0),
        top={kind: top[kind] for kind in counts if top.get(kind)},
    )


def _proposed(database: Database, works: list[str]) -> defaultdict[str, list[str]]:
    """For each work the names of what it proposes."""
    rows = database.tuples(
        """SELECT DISTINCT p.work_id, e.entity_id, e.name FROM papers p JOIN mentions m USING (paper_id)
        JOIN links l USING (mention_id) JOIN entities e USING (entity_id)
        WHERE m.role = 'proposed' AND p.work_id IN (SELECT unnest(?::VARCHAR[]))""",
        [works],
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for work, _, name in rows:
        found[work].append(name)
    return found
