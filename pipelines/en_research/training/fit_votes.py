"""Fits how the extractors' votes become a probability: votes.json of a pipeline.

    python fit_votes.py DEV.jsonl TRAIN.jsonl [--pipeline FOLDER]

DEV must not have trained any of the extractors. TRAIN measures the patterns that tell the type of a name
(they are written by hand, so it is new to them). Prints F1 and the expected calibration error by
cross-validation over papers, so that no paper is scored by weights that have seen it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from gold_docs import Record, paper_text, read_gold
from measure_mentions import LAST, annotate, f1, gold_forms
from numpy.typing import NDArray
from scipy.optimize import minimize
from spacy.tokens import Doc
from spacy.util import load_config

from kg.components.forms import strong_case
from kg.components.mentions import collect_forms, surroundings
from kg.components.proposals import proposals
from kg.components.votes import VoteModel, vote_features
from kg.text import fold

FOLDS = 10
PENALTY = 3.0
ENOUGH = 30
BINS = 10
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Candidate:
    """A form with a type: the number of its paper, its features, and whether it is annotated so."""

    paper: int
    name: str
    kind: str
    features: dict[str, float]
    right: bool


def candidates(
    docs: Sequence[Doc], records: Sequence[Record], keys: Sequence[str]
) -> tuple[list[Candidate], list[str]]:
    """All candidates of all papers, and the names of the extractors."""
    found = [collect_forms(doc, keys) for doc in docs]
    extractors = sorted(
        {e for forms in found for form in forms.values() for v in form.votes.values() for e in v}
    )
    rows = []
    for number, (doc, record, forms) in enumerate(zip(docs, records, found, strict=True)):
        gold = gold_forms(record)
        around = surroundings(doc, forms)
        for name, form in forms.items():
            for kind in form.votes:
                features = vote_features(name, form, kind, extractors, around[name])
                rows.append(Candidate(number, name, kind, features, (fold(name), kind) in gold))
    return rows, extractors


def pattern_precision(records: Sequence[Record]) -> dict[str, float]:
    """The share of coined names that have the type that a pattern told, by pattern."""
    counts: dict[str, list[int]] = {}
    for record in records:
        text, title_end = paper_text(record)
        gold = gold_forms(record)
        for new in proposals(text, title_end):
            name = text[new.start : new.end]
            if new.typed and " " not in name and strong_case(name):
                count = counts.setdefault(f"{new.pattern} pattern", [0, 0])
                count[0] += (fold(name), new.type) in gold
                count[1] += 1
    return {
        pattern: round(right / total, 3)
        for pattern, (right, total) in sorted(counts.items())
        if total >= ENOUGH
    }


def fit(design: Floats, right: Floats, penalty: float) -> Floats:
    """Weights of the penalised logistic regression; the first column, the bias, is not penalised."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = design @ weights
        value = np.logaddexp(0, scores).sum() - right @ scores + penalty / 2 * (weights[1:] @ weights[1:])
        slope = design.T @ (1 / (1 + np.exp(-scores)) - right)
        slope[1:] += penalty * weights[1:]
        return float(value), slope

    return minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x


def matrix(rows: Sequence[Candidate]) -> tuple[Floats, list[str]]:
    """Dense design matrix with the bias first, and the names of its columns."""
    names = ["bias", *sorted({name for row in rows for name in row.features} - {"bias"})]
    design = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    return design, names


def cross_validated(design: Floats, right: Floats, papers: NDArray[np.int64]) -> Floats:
    """The probability of each candidate from weights fitted without its paper's fold."""
    chances = np.zeros(len(right))
    for number in range(FOLDS):
        held = papers % FOLDS == number
        weights = fit(design[~held], right[~held], PENALTY)
        chances[held] = 1 / (1 + np.exp(-design[held] @ weights))
    return chances


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
