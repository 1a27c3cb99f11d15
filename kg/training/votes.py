"""Fits how the extractors' votes become a probability (``votes.json``), on annotated abstracts.

The abstracts must not have trained any of the extractors. A logistic regression with a quadratic penalty
that pulls the weights to nought, or to those of an earlier model: few examples then change little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from spacy.tokens import Doc

from kg.components.forms import strong_case
from kg.components.mentions import collect_forms, surroundings
from kg.components.proposals import proposals
from kg.components.votes import VoteModel, vote_features
from kg.text import fold
from kg.training.records import Record, gold_forms, paper_text

__all__ = [
    "Candidate",
    "candidates",
    "cross_validated",
    "fit",
    "floors",
    "matrix",
    "pattern_counts",
    "refitted",
]

PENALTY = 3.0
FOLDS = 10
_TRUSTED = 10  # examples that an earlier precision of a pattern counts for
_DIGITS = 4
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A form with a type: the number of its paper, its features, and whether it is annotated so."""

    paper: int
    name: str
    kind: str
    features: dict[str, float]
    right: bool


def candidates(
    docs: Sequence[Doc],
    records: Sequence[Record],
    keys: Sequence[str],
    *,
    known: Iterable[str] = (),
) -> tuple[list[Candidate], list[str]]:
    """All candidates of all papers, and the names of the extractors with those ``known`` before."""
    found = [collect_forms(doc, keys) for doc in docs]
    voting = {e for forms in found for form in forms.values() for v in form.votes.values() for e in v}
    extractors = sorted(voting.union(known))
    rows = []
    for number, (doc, record, forms) in enumerate(zip(docs, records, found, strict=True)):
        gold = gold_forms(record)
        around = surroundings(doc, forms)
        for name, form in forms.items():
            for kind in form.votes:
                features = vote_features(name, form, kind, extractors, around[name])
                right = (fold(name), kind) in gold
                rows.append(Candidate(paper=number, name=name, kind=kind, features=features, right=right))
    return rows, extractors


def refitted(
    rows: Sequence[Candidate], extractors: Sequence[str], before: VoteModel, floors: Mapping[str, float]
) -> VoteModel:
    """The model of these candidates, pulled to ``before`` as far as they are few; without any, ``before``."""
    if not rows:
        return before
    design, names = matrix(rows)
    right = np.array([row.right for row in rows], dtype=float)
    pulled = np.array([before.weights.get(name, 0.0) for name in names])
    fitted = fit(design, right, PENALTY, pulled)
    weights = {name: round(float(value), _DIGITS) for name, value in zip(names, fitted, strict=True)}
    return VoteModel(extractors=tuple(extractors), weights={**before.weights, **weights}, floors=floors)


def matrix(rows: Sequence[Candidate]) -> tuple[Floats, list[str]]:
    """Dense design matrix with the bias first, and the names of its columns."""
    names = ["bias", *sorted({name for row in rows for name in row.features} - {"bias"})]
    design = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    return design, names


def fit(design: Floats, right: Floats, penalty: float, pulled: Floats | None = None) -> Floats:
    """Weights of the penalised logistic regression; the first column, the bias, is not penalised."""
    centre = np.zeros(design.shape[1]) if pulled is None else pulled

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = design @ weights
        away = (weights - centre)[1:]
        value = np.logaddexp(0, scores).sum() - right @ scores + penalty / 2 * (away @ away)
        slope = design.T @ (1 / (1 + np.exp(-scores)) - right)
        slope[1:] += penalty * away
        return float(value), slope

    found: Floats = minimize(loss, centre, jac=True, method="L-BFGS-B").x
    return found


def cross_validated(design: Floats, right: Floats, papers: NDArray[np.int64]) -> Floats:
    """The probability of each candidate from weights fitted without its paper's fold."""
    chances = np.zeros(len(right))
    for number in range(FOLDS):
        held = papers % FOLDS == number
        weights = fit(design[~held], right[~held], PENALTY)
        chances[held] = 1 / (1 + np.exp(-design[held] @ weights))
    return chances


def pattern_counts(records: Iterable[Record]) -> dict[str, tuple[int, int]]:
    """Of each pattern that tells the type of a coined name: how often it was right, and how often it told."""
    counts: dict[str, tuple[int, int]] = {}
    for record in records:
        text, title_end = paper_text(record)
        gold = gold_forms(record)
        for new in proposals(text, title_end):
            name = text[new.start : new.end]
            if new.typed and " " not in name and strong_case(name):
                right, total = counts.get(f"{new.pattern} pattern", (0, 0))
                counts[f"{new.pattern} pattern"] = right + ((fold(name), new.type) in gold), total + 1
    return dict(sorted(counts.items()))


def floors(records: Collection[Record], before: Mapping[str, float]) -> dict[str, float]:
    """The precision of each known pattern on these records, pulled to the one known before."""
    counts = pattern_counts(records)
    return {
        pattern: round(
            (counts.get(pattern, (0, 0))[0] + _TRUSTED * value) / (counts.get(pattern, (0, 0))[1] + _TRUSTED),
            3,
        )
        for pattern, value in before.items()
    }
