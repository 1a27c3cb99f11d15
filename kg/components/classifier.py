"""A multinomial linear classifier over named features, read from JSON and computed with numpy.

The file holds ``{"labels": [...], "scale": s, "temperature": t, "features": {name: [integers]}}``, one
integer a label; a weight is its integer divided by ``s * t``, a score the sum of the weights of the features
that are present.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.components.data import data_path
from kg.errors import PipelineError

__all__ = ["Classifier", "load_classifier", "probabilities", "side_by_side"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """``weights`` has one row a feature and one column a label; ``index`` says which row is whose."""

    labels: tuple[str, ...]
    index: Mapping[str, int]
    weights: Floats

    def scores(self, rows: Sequence[Sequence[str]]) -> Floats:
        """Sums of weights, shape (rows, labels); unknown features count nothing.

        >>> model = Classifier(labels=("a", "b"), index={"x": 0}, weights=np.array([[1.0, -1.0]]))
        >>> model.scores([["x", "?"], []]).tolist()
        [[1.0, -1.0], [0.0, 0.0]]
        """
        find = self.index.get
        out = np.zeros((len(rows), len(self.labels)))
        places: list[int] = []
        filled: list[int] = []
        starts: list[int] = []
        for number, row in enumerate(rows):
            known = [place for name in row if (place := find(name)) is not None]
            if known:
                filled.append(number)
                starts.append(len(places))
                places += known
        if filled:
            out[filled] = np.add.reduceat(self.weights[places], starts, axis=0)
        return out

    def under(self, prefix: str) -> Classifier:
        """The features that begin with ``prefix``, without it, as a classifier of their own."""
        names = [name for name in self.index if name.startswith(prefix)]
        return Classifier(
            labels=self.labels,
            index={name.removeprefix(prefix): place for place, name in enumerate(names)},
            weights=self.weights[[self.index[name] for name in names]],
        )


def side_by_side(models: Sequence[Classifier]) -> Classifier:
    """Several classifiers as one that finds a feature once: the labels of the first, of the second, ...

    >>> one = Classifier(labels=("a",), index={"x": 0}, weights=np.array([[1.0]]))
    >>> two = Classifier(labels=("b",), index={"y": 0, "x": 1}, weights=np.array([[2.0], [3.0]]))
    >>> side_by_side([one, two]).scores([["x"], ["y"]]).tolist()
    [[1.0, 3.0], [0.0, 2.0]]
    """
    names = dict.fromkeys(name for model in models for name in model.index)
    index = {name: place for place, name in enumerate(names)}
    weights = np.zeros((len(index), sum(len(model.labels) for model in models)))
    column = 0
    for model in models:
        rows = [index[name] for name in model.index]
        weights[rows, column : column + len(model.labels)] = model.weights[list(model.index.values())]
        column += len(model.labels)
    labels = tuple(label for model in models for label in model.labels)
    return Classifier(labels=labels, index=index, weights=weights)


def probabilities(scores: Floats) -> Floats:
    """Softmax along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result


def load_classifier(path: str) -> Classifier:
    """Read a model; a relative path is one of kg.pipelines (``en_research/roles.json``)."""
    place = data_path(path)
    try:
        data = json.loads(place.read_text(encoding="utf-8"))
        features: dict[str, list[int]] = data["features"]
        weights = np.array(list(features.values()), dtype=np.float64).reshape(
            len(features), len(data["labels"])
        )
        return Classifier(
            labels=tuple(data["labels"]),
            index={name: number for number, name in enumerate(features)},
            weights=weights / (data["scale"] * data["temperature"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PipelineError(
            f"{path}: not a usable classifier ({error})", hint="reinstall kg-builder"
        ) from error
