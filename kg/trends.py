"""Which things are named in more papers than before, and which in fewer.

The dated papers are cut into an earlier and a later part at the year that halves them best. A thing's change
is the z score of the difference of its shares of the two (pooled two-proportion test): large counts weigh
more than large ratios, and beyond 2 or -2 the difference is hardly chance. What stands in fewer than three
papers is left out: of it nothing can be said.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import Any

from kg.answers import Trend
from kg.database import Database
from kg.errors import KGError
from kg.filters import Filters
from kg.role_sentences import with_sentences
from kg.support import supported
from kg.text import fold

__all__ = ["trends"]

_LEAST = 3


def trends(database: Database, filters: Filters) -> list[Trend]:
    """The strongest changes first, up or down. Papers of one year only, or without years, are a KGError."""
    of_papers, values = filters.of_papers("w")
    counts = f"""SELECT year, count(*) FROM publications w WHERE year IS NOT NULL AND {of_papers}
        GROUP BY year ORDER BY year"""
    by_year = Counter(dict(database.tuples(counts, values)))
    if len(by_year) < 2:
        raise KGError(
            "a trend needs papers of two years or more",
            hint="`kg stats DIR` counts papers by year; years come from the documents",
        )
    cut = _cut(by_year)
    before = sum(count for year, count in by_year.items() if year < cut)
    after = sum(by_year.values()) - before
    of_roles, values = filters.of_papers("r")
    rows = database.rows(
        f"""SELECT * FROM roles r WHERE year IS NOT NULL AND {of_roles}
        ORDER BY entity_id, year DESC, confidence DESC, work_id""",
        values,
    )
    said: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if filters.allows(row["type"]):
            said[row["entity_id"]].append(row)
    found = [_trend(papers, cut, before, after) for papers in said.values() if len(papers) >= _LEAST]
    found.sort(key=lambda one: (-abs(one.change), -one.change, -one.support, fold(one.entity), one.type))
    return with_sentences(database, filters.kept(found))


def _cut(by_year: Counter[int]) -> int:
    """The first year of the later part: the one that leaves both parts as equal as can be.

    >>> _cut(Counter({2016: 10, 2017: 12, 2018: 11, 2019: 9}))
    2018
    """
    years, whole = sorted(by_year), sum(by_year.values())
    return min(years[1:], key=lambda year: abs(2 * sum(by_year[one] for one in years if one < year) - whole))


def _trend(papers: list[dict[str, Any]], cut: int, before: int, after: int) -> Trend:
    newest = papers[0]
    earlier = sum(row["year"] < cut for row in papers)
    later = len(papers) - earlier
    surest = max(row["confidence"] for row in papers)
    counts = Counter(row["year"] for row in papers)
    return Trend(
        entity=newest["entity"],
        type=newest["type"],
        earlier=earlier,
        later=later,
        change=round(_z_score(earlier, before, later, after), 2),
        years=tuple(sorted(counts.items())),
        confidence=supported(surest, len(papers)),
        support=len(papers),
        quote="",
        **{name: newest[name] for name in ("paper", "year", "venue", "paper_id", "start", "end")},
    )


def _z_score(earlier: int, before: int, later: int, after: int) -> float:
    """
    >>> round(_z_score(5, 100, 15, 100), 2), _z_score(0, 0, 3, 10)
    (2.36, 0.0)
    """
    whole = before + after
    share = (earlier + later) / whole
    if not before or not after or share >= 1:
        return 0.0
    spread = math.sqrt(share * (1 - share) * (1 / before + 1 / after))
    return (later / after - earlier / before) / spread
