"""Fits how the extractors' votes become a probability: votes.json of a pipeline.

    python fit_votes.py DEV.jsonl TRAIN.jsonl [--pipeline FOLDER]

DEV must not have trained any of the extractors. TRAIN measures the patterns that tell the type of a name
(they are written by hand, so it is new to them). Prints F1 and the expected calibration error by
cross-validation over papers, so that no paper is scored by weights that have seen it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import spacy
from gold_docs import Record, paper_text, read_gold
from measure_mentions import LAST, annotate, f1
from numpy.typing import NDArray
from spacy.util import load_config

from kg.components.votes import VoteModel
from kg.text import fold
from kg.training.records import gold_forms
from kg.training.votes import PENALTY, Candidate, candidates, cross_validated, fit, matrix, pattern_counts

ENOUGH = 30
BINS = 10
Floats = NDArray[np.float64]


def pattern_precision(records: Sequence[Record]) -> dict[str, float]:
    """The share of coined names that have the type that a pattern told, by pattern."""
    return {
        pattern: round(right / total, 3)
        for pattern, (right, total) in pattern_counts(records).items()
        if total >= ENOUGH
    }


def report(rows: Sequence[Candidate], chances: Floats, records: Sequence[Record]) -> None:
    """F1 of distinct forms at several thresholds (no nesting resolved), and the calibration error."""
    right = np.array([row.right for row in rows], dtype=float)
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    error = sum(abs(chances[bins == b].sum() - right[bins == b].sum()) for b in range(BINS)) / len(rows)
    print(f"{len(rows)} candidates, cross-validated calibration error {error:.3f}")
    wanted = sum(len(gold_forms(record)) for record in records)
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5):
        best: dict[tuple[int, str], tuple[float, Candidate]] = {}
        for row, chance in zip(rows, chances, strict=True):
            if chance >= threshold:
                best[row.paper, row.name] = max(
                    best.get((row.paper, row.name), (0.0, row)), (chance, row), key=lambda x: x[0]
                )
        found = {(paper, fold(name), row.kind): row.right for (paper, name), (_, row) in best.items()}
        precision, recall, score = f1(sum(found.values()), len(found), wanted)
        print(f"threshold {threshold:.2f}  P {precision:.1f} R {recall:.1f} F1 {score:.1f}")


def main() -> None:
    """Reads, fits, prints, writes."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("train", type=Path)
    parser.add_argument("--pipeline", type=Path, default=here.parent)
    options = parser.parse_args()
    names = load_config(options.pipeline / "config.cfg")["nlp"]["pipeline"]
    nlp = spacy.load(
        options.pipeline,
        exclude=names[names.index(LAST) + 1 :],
        config={"components": {LAST: {"votes": None}}},  # which is what is being made
    )
    records = read_gold(options.gold)
    docs = [annotate(nlp, *paper_text(record)) for record in records]
    rows, extractors = candidates(docs, records, nlp.get_pipe(LAST).keys)
    design, columns = matrix(rows)
    right = np.array([row.right for row in rows], dtype=float)
    report(rows, cross_validated(design, right, np.array([row.paper for row in rows])), records)
    weights = fit(design, right, PENALTY)
    model = VoteModel(
        extractors=tuple(extractors),
        weights={name: round(float(weight), 4) for name, weight in zip(columns, weights, strict=True)},
        floors=pattern_precision(read_gold(options.train)),
    )
    model.write(options.pipeline / "votes.json")


if __name__ == "__main__":
    main()
