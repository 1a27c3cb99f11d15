"""The scores of resolution as a table for a person and as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.cli.layout import percent, table

if TYPE_CHECKING:
    from kg.resolution_scores import PairScores

__all__ = ["pairs_data", "pairs_text"]


def pairs_text(scores: Mapping[str, PairScores]) -> str:
    """Pairwise and B-cubed figures of each half, then how many pairs of each stratum are right."""
    head = ["pairs", "P", "R", "B3 P", "B3 R", "joined", "same", "of"]
    rows = [
        [
            name,
            *map(percent, (each.precision, each.recall, each.bcubed_precision, each.bcubed_recall)),
            str(each.joined),
            str(each.same),
            str(each.pairs),
        ]
        for name, each in scores.items()
    ]
    strata = sorted({stratum for each in scores.values() for stratum in each.strata})
    right = [
        [stratum, *("{} of {}".format(*each.strata.get(stratum, (0, 0))) for each in scores.values())]
        for stratum in strata
    ]
    return "\n".join([table(head, rows), "", table(["right", *scores], right)])


def pairs_data(scores: Mapping[str, PairScores]) -> dict[str, Any]:
    """The same as plain data, with the ids of the pairs that came out wrong."""
    return {
        name: {
            "pairs": each.pairs,
            "precision": each.precision,
            "recall": each.recall,
            "bcubed_precision": each.bcubed_precision,
            "bcubed_recall": each.bcubed_recall,
            "strata": {stratum: list(counts) for stratum, counts in each.strata.items()},
            "wrong": list(each.wrong),
        }
        for name, each in scores.items()
    }
