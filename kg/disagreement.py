"""When two claims cannot both be true: the one definition, for `kg contradictions` and for the page.

Two claims can be held against each other when they name the same subject, the same metric in the same unit,
and the same conditions (dataset, hardware, baseline), at least one of which is named: without one nothing
can be said. They disagree when

- one speaks for its subject and the other against it, or
- both say the same kind of thing (achieves, improves, ...) and the ranges in which they let the value lie do
  not meet. A printed number stands for its surroundings: 2% on either side, 10% where it is "about"; "up to
  4x" is everything below, "at least 2x" everything above.

Claims of one sentence never disagree: a sentence with two numbers for the same lists two cases that its
claims do not tell apart, so that these are held against no others either.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.metric_rule import same_metric
from kg.text import fold

__all__ = ["Said", "disagree", "opposed"]

_SLACK, _ABOUT = 0.02, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What of a claim decides. ``conditions``: dataset, hardware, baseline, "" where not named; ``sentence``:
    where it begins in the text of the paper."""

    subject: str
    metric: str
    unit: str
    conditions: tuple[str, str, str]
    predicate: str
    polarity: str
    low: float | None
    high: float | None
    bound: str
    paper: str
    sentence: int | None


def opposed(said: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """The pairs of claims that disagree, by their places; the smaller one first, sorted."""
    same: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(said):
        if one.subject and one.metric and any(one.conditions):
            same[one.subject, same_metric(one.metric), one.unit, *map(fold, one.conditions)].append(place)
    pairs = (pair for places in same.values() for pair in combinations(_told_apart(said, places), 2))
    yield from sorted(pair for pair in pairs if disagree(said[pair[0]], said[pair[1]]))


def _told_apart(said: Sequence[Said], places: Sequence[int]) -> list[int]:
    """The claims on one thing that are the only ones of their sentence."""
    sentences = Counter((said[place].paper, said[place].sentence) for place in places)
    return [place for place in places if sentences[said[place].paper, said[place].sentence] == 1]


def disagree(one: Said, other: Said) -> bool:
    """Whether two claims about the same cannot both be true."""
    if (one.paper, one.sentence) == (other.paper, other.sentence):
        return False
    if {one.polarity, other.polarity} == {"positive", "negative"}:
        return True
    if one.predicate != other.predicate:
        return False
    (low, high), (other_low, other_high) = _range(one), _range(other)
    return low > other_high or other_low > high


def _range(said: Said) -> tuple[float, float]:
    """Between which values a claim lets its quantity lie; everything, where it gives no number."""
    ends = [end for end in (said.low, said.high) if end is not None]
    if not ends:
        return -math.inf, math.inf
    least, most = ends[0], ends[-1]
    slack = abs(most) * (_ABOUT if said.bound == "approx" else _SLACK)
    if said.bound in ("up_to", "less_than"):
        return -math.inf, most + slack
    if said.bound in ("at_least", "more_than"):
        return least - slack, math.inf
    return least - slack, most + slack
