"""Which papers the pipeline was least sure of: what an annotator should read first.

Uncertainty sampling (Lewis and Gale, "A sequential algorithm for training text classifiers", 1994) with the
entropy of the calibrated confidences, a word of text: reading costs by the word.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.tables import Row, Tables
from kg.text import fold

__all__ = ["Doubtful", "entropy", "least_sure"]

_SHORT = 50  # words added to every text, so that two doubtful words do not make a stub come first


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A paper, its mentions in the order of the text, and its doubt in bits a word."""

    paper: Row
    mentions: tuple[Row, ...]
    doubt: float


def entropy(confidence: float) -> float:
    """Bits of doubt about a statement that is true with the given probability.

    >>> entropy(0.5), entropy(1.0)
    (1.0, 0.0)
    """
    parts = (share for share in (confidence, 1 - confidence) if 0 < share < 1)
    return 0.0 - sum(share * math.log2(share) for share in parts)


def least_sure(tables: Tables, limit: int | None = None) -> list[Doubtful]:
    """One record of every work that has a text, the most doubtful first, at most ``limit``.

    A form counts once a paper, as sure as its surest mention; relations and results count too.
    """
    mentions, doubts = defaultdict(list), _doubts(tables)
    for row in sorted(tables.mentions, key=lambda row: (row["paper_id"], row["start"])):
        mentions[row["paper_id"]].append(row)
    chosen: dict[str, Row] = {}
    for row in sorted(tables.papers, key=lambda row: (-len(row["text"]), row["paper_id"])):
        chosen.setdefault(row["work_id"], row)
    found = [
        Doubtful(
            paper=row,
            mentions=tuple(mentions[row["paper_id"]]),
            doubt=round(doubts.get(row["paper_id"], 0.0) / (len(row["text"].split()) + _SHORT), 6),
        )
        for row in chosen.values()
        if row["text"].strip()
    ]
    found.sort(key=lambda doubtful: (-doubtful.doubt, doubtful.paper["paper_id"]))
    return found[:limit]


def _doubts(tables: Tables) -> dict[str, float]:
    """Bits of doubt by paper."""
    surest: dict[tuple[str, str, str], float] = {}
    for row in tables.mentions:
        key = (row["paper_id"], fold(row["text"]), row["type"])
        surest[key] = max(surest.get(key, 0.0), row["confidence"])
    doubts: dict[str, float] = defaultdict(float)
    for (paper_id, _, _), confidence in sorted(surest.items()):
        doubts[paper_id] += entropy(confidence)
    claims: Iterable[Row] = (*tables.relations, *tables.results)
    for row in claims:
        doubts[row["paper_id"]] += entropy(row["confidence"])
    return doubts
