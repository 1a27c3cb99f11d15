"""Claims on the same dataset, metric and unit, the best first.

A board holds what can be compared: one dataset, one metric, one unit, and one measure - a ``value``
("achieves 76.3% accuracy"), a ``gain`` ("improves accuracy by 2%"), a ``reduction`` ("cuts latency by 30%")
or a ``cost`` ("loses 1% accuracy"). Nothing is converted: 0.93 and 93% stand on two boards. Which end is
best is the rule of ``kg.metric_rule``. Of "up to 4x" the 4 counts, of "at least 2x" the 2, of a range its
middle. A change for the worse (polarity negative) is a cost; "less than 80%" is no achievement where higher
is better, and left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kg.answers import Claim, Place
from kg.database import Database
from kg.errors import KGError
from kg.filters import Filters
from kg.metric_rule import better, same_metric
from kg.text import fold
from kg.things import Meant, Names

__all__ = ["CLAIM_COLUMNS", "as_claim", "claim_rows", "leaderboard"]

_MEASURES = {"achieves": "value", "improves": "gain", "reduces": "reduction", "costs": "cost"}
_ORDER = ("value", "gain", "reduction", "cost")
_Key = tuple[str, str, str, str]  # dataset, metric, unit, measure
CLAIM_COLUMNS = (
    "subject", "predicate", "metric", "value", "low", "high", "unit", "bound", "polarity", "baseline",
    "dataset", "hardware", "confidence", "paper", "year", "venue", "quote", "paper_id", "start", "end",
)  # fmt: skip


def claim_rows(
    database: Database, condition: str, parameters: Sequence[object], filters: Filters
) -> list[dict[str, Any]]:
    """The claims that a condition in SQL (on the view ``claims`` as c) and the filters let through, in the
    order of their papers."""
    of_papers, values = filters.of_papers("c")
    rows = database.rows(
        f"SELECT * FROM claims c WHERE ({condition}) AND {of_papers} ORDER BY paper_id, start, result_id",
        [*parameters, *values],
    )
    return [
        row
        for row in rows
        if filters.allows(row["subject_type"]) and row["confidence"] >= filters.min_confidence
    ]


def as_claim(row: dict[str, Any]) -> Claim:
    """A row of ``claim_rows`` as an answer."""
    return Claim(**{name: row[name] for name in CLAIM_COLUMNS}, support=1)


def leaderboard(
    database: Database,
    names: Names,
    *,
    dataset: str | None = None,
    metric: str | None = None,
    filters: Filters,
) -> list[Place]:
    """The boards of a dataset, of a metric, of both, or all that have two subjects and more.

    The fullest board comes first. A name that is not there, and one without a number, is a KGError.
    """
    conditions, parameters = ["c.dataset_id IS NOT NULL", "c.subject_id IS NOT NULL"], list[object]()
    meant: Meant | None = None
    if dataset is not None:
        meant = names.thing(dataset, "dataset", kinds=False)
        conditions.append("list_contains(?, c.dataset_id)")
        parameters.append(list(meant.ids))
    rows = claim_rows(database, " AND ".join(conditions), parameters, filters)
    if metric is not None:
        rows = _of_metric(rows, metric, meant)
    if not rows and meant is not None:
        raise KGError(
            f"no paper gives a number on {meant.name!r} that passes the filters",
            hint=f"`kg show DIR {meant.name!r}` shows who speaks of it",
        )
    boards: defaultdict[_Key, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        measure = _measure(row)
        if measure and row["metric"]:
            boards[row["dataset_id"], same_metric(row["metric"]), _unit(row, measure), measure].append(row)
    full = [
        board
        for board in boards.items()
        if dataset or metric or len({row["subject_id"] for row in board[1]}) > 1
    ]
    full.sort(key=_fullest_first)
    return filters.kept(
        [place for (_, _, unit, measure), board in full for place in _places(board, unit, measure)]
    )


def _measure(row: dict[str, Any]) -> str | None:
    """What kind of number a claim gives; None where it cannot stand on a board.

    >>> _measure({"predicate": "reduces", "polarity": "negative", "metric": "accuracy", "bound": "exact"})
    'cost'
    """
    if row["predicate"] in ("improves", "reduces") and row["polarity"] == "negative":
        return "cost"
    measure = _MEASURES.get(row["predicate"])
    ceiling = row["bound"] == "less_than" and better(row["metric"], measure or "") != "lower"
    return None if ceiling else measure


def _unit(row: dict[str, Any], measure: str) -> str:
    """The unit that a claim is compared in: of bare numbers of which higher is better, those up to one are
    shares ("F1 of 0.63") and stand apart from percentages that lost their sign ("F1 of 63")."""
    share = not row["unit"] and abs(_standing(row)) <= 1 and better(row["metric"], measure) == "higher"
    return "of 1" if share and measure == "value" else str(row["unit"])


def _fullest_first(board: tuple[_Key, list[dict[str, Any]]]) -> tuple[Any, ...]:
    (dataset, metric, unit, measure), rows = board
    subjects = len({row["subject_id"] for row in rows})
    return -subjects, _ORDER.index(measure), -len(rows), fold(rows[0]["dataset"]), metric, unit, dataset


def _of_metric(rows: list[dict[str, Any]], metric: str, dataset: Meant | None) -> list[dict[str, Any]]:
    """The rows of a metric: exactly that, or else those whose name holds its words."""
    wanted = same_metric(metric)
    exact = [row for row in rows if same_metric(row["metric"]) == wanted]
    found = exact or [row for row in rows if f" {wanted} " in f" {same_metric(row['metric'])} "]
    if not found:
        known = sorted({row["metric"] for row in rows if row["metric"]}, key=fold)
        where = f" on {dataset.name!r}" if dataset else ""
        hint = f"there are {', '.join(known[:12])}" if known else None
        raise KGError(f"no paper gives {metric!r}{where}", hint=hint)
    return found


def _places(rows: Iterable[dict[str, Any]], unit: str, measure: str) -> list[Place]:
    rows = list(rows)
    way = better(rows[0]["metric"], measure)
    sign = 1 if way == "lower" else -1
    ranked = sorted(
        rows,
        key=lambda row: (
            sign * _standing(row),
            -row["confidence"],
            row["paper_id"],
            row["result_id"],
        ),
    )
    first = rows[0]
    named = f" [{unit}]" if unit else ""
    board = f"{first['dataset']}: {first['metric']}{named}, {measure}"
    return [
        Place(
            **{name: row[name] for name in CLAIM_COLUMNS},
            support=1,
            board=board,
            measure=measure,
            better=way,
            rank=rank,
            places=len(ranked),
        )
        for rank, row in enumerate(ranked, 1)
    ]


def _standing(row: dict[str, Any]) -> float:
    """Where a claim stands among others: the number that it vouches for.

    >>> _standing({"low": 2.0, "high": 4.0, "bound": "range"})
    3.0
    """
    low, high = float(row["low"]), float(row["high"])
    if row["bound"] in ("up_to", "less_than"):
        return high
    return low if row["bound"] in ("at_least", "more_than") else (low + high) / 2
