"""The numbers of a report: rankings, time lines, tables of what goes with what, claims by metric.

Plain functions over a survey, no drawing. All orders are total (what counts more, then name, then id), and
everything that is cut says how many it left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from kg.exporters.survey import Claim, Survey, Thing, Work
from kg.text import venue_key, venue_label

__all__ = [
    "Connected",
    "Grid",
    "Measured",
    "Periods",
    "Ranking",
    "Trend",
    "by_metric",
    "connected",
    "grid",
    "periods",
    "top_things",
    "trends",
    "venues",
]

MOST_PERIODS = 36
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?!\d)")
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking(Generic[Item]):
    """The first ones of a ranking, and how many more there are."""

    shown: tuple[Item, ...]
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Equal stretches of time without gaps: their labels, how many papers each has, which paper is in which.

    ``unit`` says what one is ("year", "month", "5 years"), ``undated`` how many papers are in none.
    """

    unit: str
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    of: Mapping[str, int]
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A thing and the number of papers that name it, by period."""

    thing: Thing
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Things against things: the papers that name both in earnest, by (row, column); the strongest only."""

    rows: tuple[Thing, ...]
    columns: tuple[Thing, ...]
    papers: Mapping[tuple[int, int], tuple[str, ...]]
    left_rows: int
    left_columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A metric in one unit, and all claims of it from the lowest value to the highest (no number: last)."""

    metric: str
    unit: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """A paper, how many things it names that others name too, and how many papers these are."""

    work: Work
    shared: int
    papers: int


def top_things(found: Survey, kind: str, most: int) -> Ranking[Thing]:
    """The things of a kind that most papers name."""
    ranked = sorted(
        (thing for thing in found.things.values() if thing.kind == kind),
        key=lambda thing: (-thing.papers, -thing.mentions, thing.name, thing.id),
    )
    return Ranking(shown=tuple(ranked[:most]), left=max(0, len(ranked) - most))


def venues(found: Survey, most: int) -> tuple[Ranking[tuple[str, int]], int]:
    """Venues by papers (spellings that differ in case or year are one), and how many papers give none."""
    counts: Counter[str] = Counter()
    spelt: dict[str, set[str]] = {}
    for work in found.works.values():
        if work.venue:
            key = venue_key(work.venue)
            counts[key] += 1
            spelt.setdefault(key, set()).add(work.venue)
    named = ((venue_label(spelt[key]), count) for key, count in counts.items())
    ranked = sorted(named, key=lambda one: (-one[1], one[0]))
    return (
        Ranking(shown=tuple(ranked[:most]), left=max(0, len(ranked) - most)),
        len(found.works) - counts.total(),
    )


def periods(works: Collection[Work]) -> Periods:
    """Years; months where all papers are of one or two years and most have a date; else 2, 5, 10, ... years.

    >>> periods([Work(id="p:1", name="A", year=2019), Work(id="p:2", name="B", year=2021)]).labels
    ('2019', '2020', '2021')
    """
    years = {work.id: work.year for work in works if work.year is not None}
    months = {work.id: _month(work) for work in works if work.year is not None}
    dated = {work: month for work, month in months.items() if month is not None}
    if years and max(years.values()) - min(years.values()) <= 1 and len(dated) > len(years) / 2:
        return _stretch(dated, "month", 1, len(works), lambda first, _: f"{first // 12}-{first % 12 + 1:02}")
    span = max(years.values()) - min(years.values()) if years else 0
    step = next((step for step in _STEPS if span // step + 2 <= MOST_PERIODS), 0)
    if not step:  # years of all ages: only what is possible for a paper
        years = {work: year for work, year in years.items() if 1000 <= year <= 2999}
        step = 100
    unit = "year" if step == 1 else f"{step} years"
    return _stretch(years, unit, step, len(works), _years)


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _month(work: Work) -> int | None:
    """Months since the year 0, where the date has one and agrees with the year."""
    found = _MONTH.match(work.date)
    if not found or int(found[1]) != work.year:
        return None
    return int(found[1]) * 12 + int(found[2]) - 1


def _stretch(
    when: Mapping[str, int], unit: str, step: int, works: int, label: Callable[[int, int], str]
) -> Periods:
    if not when:
        return Periods(unit=unit, labels=(), counts=(), of={}, undated=works)
    first, last = min(when.values()) // step, max(when.values()) // step
    of = {work: time // step - first for work, time in when.items()}
    counts = Counter(of.values())
    starts = [number * step for number in range(first, last + 1)]
    return Periods(
        unit=unit,
        labels=tuple(label(start, start + step - 1) for start in starts),
        counts=tuple(counts[number] for number in range(len(starts))),
        of=of,
        undated=works - len(when),
    )


def trends(found: Survey, kind: str, time: Periods, most: int) -> Ranking[Trend]:
    """The things of a kind that most dated papers name, each with its papers by period."""
    counts: dict[str, list[int]] = {}
    for work, named in found.ties.items():
        if work in time.of:
            for thing in named:
                if found.things[thing].kind == kind:
                    counts.setdefault(thing, [0] * len(time.labels))[time.of[work]] += 1
    ranked = sorted(
        (Trend(thing=found.things[thing], counts=tuple(some)) for thing, some in counts.items()),
        key=lambda trend: (-sum(trend.counts), trend.thing.name, trend.thing.id),
    )
    return Ranking(shown=tuple(ranked[:most]), left=max(0, len(ranked) - most))


def grid(
    found: Survey,
    row_kinds: Collection[str],
    column_kinds: Collection[str],
    *,
    rows: int = 15,
    columns: int = 12,
) -> Grid:
    """Which things of some kinds go with which of others in papers that do more than mention both.

    Columns are those in most such papers, rows those with most papers in these columns.
    """
    sides = [
        (work.name, _of(found, work.id, row_kinds), _of(found, work.id, column_kinds))
        for work in sorted(found.works.values(), key=lambda work: (work.name, work.id))
    ]
    sides = [side for side in sides if side[1] and side[2]]
    all_columns = Counter(thing for _, _, across in sides for thing in across)
    all_rows = Counter(thing for _, down, _ in sides for thing in down)
    across = _strongest(found, all_columns, columns)
    number = {thing: index for index, thing in enumerate(across)}
    joint: Counter[str] = Counter()
    for _, down, right in sides:
        here = sum(1 for thing in right if thing in number)
        joint.update(dict.fromkeys(down, here))
    down_to = _strongest(found, Counter({thing: count for thing, count in joint.items() if count}), rows)
    place = {thing: index for index, thing in enumerate(down_to)}
    papers: dict[tuple[int, int], list[str]] = defaultdict(list)
    for name, down, right in sides:
        for row in (place[thing] for thing in down if thing in place):
            for column in (number[thing] for thing in right if thing in number):
                papers[row, column].append(name)
    whole = Grid(
        rows=tuple(found.things[thing] for thing in down_to),
        columns=tuple(found.things[thing] for thing in across),
        papers={cell: tuple(papers[cell]) for cell in sorted(papers)},
        left_rows=len(all_rows) - len(down_to),
        left_columns=len(all_columns) - len(across),
    )
    return _without_empty_columns(whole)


def _of(found: Survey, work: str, kinds: Collection[str]) -> list[str]:
    """The things of some kinds that a work does more than mention."""
    return [
        thing for thing, earnest in found.ties[work].items() if earnest and found.things[thing].kind in kinds
    ]


def _strongest(found: Survey, counts: Counter[str], most: int) -> list[str]:
    return sorted(counts, key=lambda thing: (-counts[thing], found.things[thing].name, thing))[:most]


def _without_empty_columns(whole: Grid) -> Grid:
    kept = sorted({column for _, column in whole.papers})
    number = {column: index for index, column in enumerate(kept)}
    return replace(
        whole,
        columns=tuple(whole.columns[column] for column in kept),
        papers={(row, number[column]): names for (row, column), names in whole.papers.items()},
        left_columns=whole.left_columns + len(whole.columns) - len(kept),
    )


def by_metric(claims: Iterable[Claim]) -> tuple[Measured, ...]:
    """Claims by metric and unit, those with most claims first; a metric goes by its commonest spelling."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.metric_key, claim.unit].append(claim)
    found = [
        Measured(metric=_commonest(claim.metric for claim in some), unit=unit, claims=tuple(_by_value(some)))
        for (_, unit), some in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.claims), one.metric, one.unit)))


def _commonest(names: Iterable[str]) -> str:
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name))


def _by_value(claims: Sequence[Claim]) -> list[Claim]:
    def place(claim: Claim) -> tuple[bool, float, str, str]:
        middle = claim.middle
        return middle is None, middle or 0.0, claim.subject, claim.id

    return sorted(claims, key=place)


def connected(found: Survey, most: int) -> Ranking[Connected]:
    """The papers that share most things with other papers, whatever the things."""
    naming: dict[str, list[str]] = defaultdict(list)
    for work, named in found.ties.items():
        for thing in named:
            naming[thing].append(work)
    shared = {
        work: count
        for work, named in found.ties.items()
        if (count := sum(1 for thing in named if len(naming[thing]) > 1))
    }
    # a long reach breaks ties of the count; it is only worked out for those that can be shown
    floor = sorted(shared.values(), reverse=True)[:most][-1] if shared else 0
    ranked = sorted(
        (
            Connected(work=found.works[work], shared=count, papers=_reach(found.ties[work], naming))
            for work, count in shared.items()
            if count >= floor
        ),
        key=lambda one: (-one.shared, -one.papers, one.work.name, one.work.id),
    )
    return Ranking(shown=tuple(ranked[:most]), left=max(0, len(shared) - most))


def _reach(named: Iterable[str], naming: Mapping[str, list[str]]) -> int:
    return len({work for thing in named for work in naming[thing]}) - 1
