"""Multinomial logistic regression over sparse binary features, by L-BFGS (scipy), and its JSON file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix

from kg.components.classifier import probabilities as softmax

__all__ = ["Block", "fit", "index_features", "matrix", "reliability", "temperature_of", "write_model"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """Features of the things that rows point to: row i of the design has the features of row ``rows[i]``
    here."""

    features: csr_matrix
    rows: NDArray[np.int64] | None = None


def index_features(rows: Iterable[Sequence[str]], minimum: int) -> dict[str, int]:
    """Feature -> column for the features that occur at least ``minimum`` times, in sorted order."""
    counts = Counter(name for row in rows for name in row)
    return {name: place for place, name in enumerate(sorted(n for n, c in counts.items() if c >= minimum))}


def matrix(rows: Sequence[Sequence[str]], index: dict[str, int]) -> csr_matrix:
    """Binary design matrix of named features."""
    indptr, indices = [0], []
    for row in rows:
        indices.extend(place for name in row if (place := index.get(name)) is not None)
        indptr.append(len(indices))
    data = np.ones(len(indices), dtype=np.float32)
    return csr_matrix(
        (data, np.array(indices, np.int32), np.array(indptr, np.int64)), shape=(len(rows), len(index))
    )


def fit(
    blocks: Sequence[Block],
    gold: NDArray[np.int64],
    labels: int,
    *,
    penalty: float,
    weights: Floats | None = None,
    iterations: int = 150,
    offset: Floats | None = None,
) -> list[Floats]:
    """Weights of each block, (features, labels), that maximise the penalised likelihood of the gold
    labels."""
    shapes = [(block.features.shape[1], labels) for block in blocks]
    cuts = np.cumsum([0] + [a * b for a, b in shapes])
    picks = [_selection(block, len(gold)) for block in blocks]
    truth = np.zeros((len(gold), labels))
    truth[np.arange(len(gold)), gold] = 1
    importance = np.ones(len(gold)) if weights is None else weights

    def loss(flat: Floats) -> tuple[float, Floats]:
        parts = [flat[a:b].reshape(s) for a, b, s in zip(cuts, cuts[1:], shapes, strict=False)]
        scores = block_scores(blocks, parts) + (0.0 if offset is None else offset)
        probabilities = softmax(scores)
        value = -np.sum(importance * np.log(np.maximum(1e-12, probabilities[np.arange(len(gold)), gold])))
        slope = (probabilities - truth) * importance[:, None]
        grads = []
        for block, pick, part in zip(blocks, picks, parts, strict=True):
            inner = slope if pick is None else pick @ slope
            grads.append((block.features.T @ inner + penalty * part).ravel())
        return float(value + penalty / 2 * flat @ flat), np.concatenate(grads)

    found = minimize(loss, np.zeros(cuts[-1]), jac=True, method="L-BFGS-B", options={"maxiter": iterations})
    return [found.x[a:b].reshape(s) for a, b, s in zip(cuts, cuts[1:], shapes, strict=False)]


def _selection(block: Block, rows: int) -> csr_matrix | None:
    if block.rows is None:
        return None
    keep = block.rows >= 0
    return csr_matrix(
        (np.ones(keep.sum(), np.float32), (block.rows[keep], np.arange(rows)[keep])),
        shape=(block.features.shape[0], rows),
    )


def _forward(block: Block, part: Floats) -> Floats:
    scores = np.asarray(block.features @ part)
    if block.rows is None:
        return scores
    return np.vstack([scores, np.zeros((1, part.shape[1]))])[block.rows]


def block_scores(blocks: Sequence[Block], parts: Sequence[Floats]) -> Floats:
    """Scores of every row."""
    return np.asarray(sum(_forward(block, part) for block, part in zip(blocks, parts, strict=True)))


def temperature_of(scores: Floats, gold: NDArray[np.int64]) -> float:
    """The divisor of scores that makes their probabilities most likely on held-out rows (Guo et al. 2017)."""

    def loss(temperature: float) -> float:
        probabilities = softmax(scores / temperature)
        return float(-np.log(np.maximum(1e-12, probabilities[np.arange(len(gold)), gold])).mean())

    return float(minimize_scalar(loss, bounds=(0.3, 3.0), method="bounded").x)


def write_model(
    path: Path,
    labels: Sequence[str],
    named: dict[str, Floats],
    *,
    temperature: float,
    scale: int = 100,
    smallest: float = 0.05,
    extra: dict[str, object] | None = None,
) -> int:
    """Write the JSON that ``kg.components.classifier`` reads; features of no consequence are left out."""
    kept = {name: w for name, w in named.items() if np.abs(w).max() >= smallest}
    lines = [
        json.dumps(name, ensure_ascii=False)
        + ":"
        + json.dumps([round(x * scale) for x in w], separators=(",", ":"))
        for name, w in sorted(kept.items())
    ]
    head = json.dumps(
        {"labels": list(labels), "scale": scale, "temperature": round(temperature, 4), **(extra or {})}
    )
    path.write_text(head[:-1] + ',\n"features":{\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")
    return len(kept)


def reliability(
    confidence: Floats, right: NDArray[np.bool_], bins: int = 10
) -> list[tuple[float, float, float, int]]:
    """(lower bound, mean confidence, share right, count) of each tenth of the confidence range that is not
    empty."""
    table = []
    for low in range(bins):
        inside = (confidence >= low / bins) & (confidence < (low + 1) / bins + (low == bins - 1))
        if inside.any():
            table.append(
                (low / bins, float(confidence[inside].mean()), float(right[inside].mean()), int(inside.sum()))
            )
    return table
