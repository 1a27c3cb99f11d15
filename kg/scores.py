"""Counting what was found: precision, recall, F1, confidence intervals and calibration. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

__all__ = [
    "Bin",
    "Counts",
    "Ratio",
    "Reliability",
    "bootstrap_f1",
    "match_numbers",
    "overlap",
    "overlap_counted",
    "reliability",
]

Item = TypeVar("Item", bound=Hashable)
Number = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were found among the predicted and the annotated ones. A score of nothing is None, not 0 or 1.

    >>> counts = Counts(found=3, predicted=4, gold=6)
    >>> counts.precision, counts.recall, counts.f1
    (0.75, 0.5, 0.6)
    """

    found: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.found + other.found, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float | None:
        """The share of the predicted ones that is right."""
        return self.found / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of the annotated ones that was found."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        total = self.predicted + self.gold
        return 2 * self.found / total if total else None


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many; None of none."""

    hits: int = 0
    total: int = 0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.hits + other.hits, self.total + other.total)

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1."""
        return self.hits / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Bin:
    """A row of a reliability table: confidences ``low`` to ``high``, their mean, the share that is right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """A reliability table without its empty bins, and the expected calibration error."""

    bins: tuple[Bin, ...]
    error: float | None


def overlap(predicted: AbstractSet[Item], gold: AbstractSet[Item]) -> Counts:
    """Compares two sets."""
    return Counts(len(predicted & gold), len(predicted), len(gold))


def overlap_counted(predicted: Collection[Item], gold: Collection[Item]) -> Counts:
    """Compares two multisets: what stands twice has to be found twice.

    >>> overlap_counted([1, 1, 2], [1, 2, 2])
    Counts(found=2, predicted=3, gold=3)
    """
    found = (Counter(predicted) & Counter(gold)).total()
    return Counts(found, len(predicted), len(gold))


def match_numbers(
    predicted: Sequence[tuple[Number, AbstractSet[str]]], gold: Sequence[tuple[Number, AbstractSet[str]]]
) -> Counts:
    """Numbers with a subject, each side at most once: equal numbers whose subjects share a name.

    The largest such pairing is taken (augmenting paths, Kuhn 1955), so the order of rows has no say. Two
    results without any subject agree, too.
    """

    def agree(left: tuple[Number, AbstractSet[str]], right: tuple[Number, AbstractSet[str]]) -> bool:
        return left[0] == right[0] and (bool(left[1] & right[1]) or not (left[1] or right[1]))

    partners = [[j for j, right in enumerate(gold) if agree(left, right)] for left in predicted]
    owner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in partners[i]:
            if j in tried:
                continue
            tried.add(j)
            if j not in owner or place(owner[j], tried):
                owner[j] = i
                return True
        return False

    found = sum(place(i, set()) for i in range(len(predicted)))
    return Counts(found, len(predicted), len(gold))


def bootstrap_f1(
    papers: Sequence[Counts], *, resamples: int = 1000, seed: int = 20260101
) -> tuple[float, float] | None:
    """The 95% interval of F1 when the papers are drawn anew (percentile bootstrap); None without a score."""
    counts = np.array([(paper.found, paper.predicted + paper.gold) for paper in papers], dtype=np.int64)
    if not len(counts) or not counts[:, 1].any():
        return None
    drawn = np.random.default_rng(seed).integers(len(counts), size=(resamples, len(counts)))
    found, total = counts[drawn].sum(axis=1).T
    scores = 2 * found[total > 0] / total[total > 0]
    low, high = np.percentile(scores, [2.5, 97.5])
    return float(low), float(high)


def reliability(judged: Sequence[tuple[float, bool]], *, bins: int = 10) -> Reliability:
    """Puts (confidence, right) pairs into bins of equal width.

    The error is the mean distance between confidence and accuracy, weighted by the size of the bins.

    >>> table = reliability([(0.9, True), (0.92, False)])
    >>> [(row.count, row.accuracy) for row in table.bins], round(table.error or 0, 2)
    ([(2, 0.5)], 0.41)
    """
    rows: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in judged:
        rows[min(max(int(confidence * bins), 0), bins - 1)].append((confidence, right))
    table = tuple(
        Bin(
            low=i / bins,
            high=(i + 1) / bins,
            count=len(row),
            confidence=sum(confidence for confidence, _ in row) / len(row),
            accuracy=sum(right for _, right in row) / len(row),
        )
        for i, row in enumerate(rows)
        if row
    )
    if not judged:
        return Reliability(bins=(), error=None)
    distance = sum(row.count * abs(row.confidence - row.accuracy) for row in table)
    return Reliability(bins=table, error=distance / len(judged))
