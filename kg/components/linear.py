"""Small linear models over named binary features: what decides about results at run time.

The weights are data (a JSON file, trained by pipelines/en_research/training/train_results.py); scoring is a
sum over a dictionary, so it is exact, fast enough, and every decision can be read off the weights.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.components.data import data_path
from kg.errors import PipelineError

__all__ = ["ResultModel", "choose", "load_result_model", "logistic", "score", "softmax"]

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultModel:
    """The weights of every decision about a quantity.

    ``claim``: is it a result. ``predicates``: one weight table a predicate. ``slots``: one table a slot
    (subject, metric, baseline, dataset, hardware). ``threshold``: probability above which a claim is kept.
    ``calibration``: (upper bound of the probability, measured share of right ones), rising; measured on dev
    abstracts with the mentions that the real pipeline finds, number and subject being right.
    """

    claim: Weights
    predicates: Mapping[str, Weights]
    slots: Mapping[str, Weights]
    threshold: float
    calibration: Sequence[tuple[float, float]]

    def confidence(self, probability: float) -> float:
        """The measured precision of claims that scored like this one."""
        for upper, precision in self.calibration:
            if probability <= upper:
                return precision
        return self.calibration[-1][1] if self.calibration else probability


def load_result_model(path: str) -> ResultModel:
    """Read the weights; a relative path is looked for among the installed pipelines.

    Raises PipelineError where the file is missing or is something else.
    """
    place = data_path(path)
    try:
        data: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        return ResultModel(
            claim=data["claim"],
            predicates=data["predicates"],
            slots=data["slots"],
            threshold=data["threshold"],
            calibration=[(upper, precision) for upper, precision in data["calibration"]],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path}: not usable weights for results ({error})"
        raise PipelineError(message, hint="reinstall kg-builder") from error


def score(features: Iterable[str], weights: Weights) -> float:
    """The sum of the weights of ``features``."""
    return sum([weights.get(feature, 0.0) for feature in features])


def logistic(features: Iterable[str], weights: Weights) -> float:
    """The probability that the logistic model gives to ``features``."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score(features, weights)))))


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities."""
    top = max(scores)
    powers = [math.exp(value - top) for value in scores]
    total = sum(powers)
    return [power / total for power in powers]


def choose(candidates: Sequence[Iterable[str]], weights: Weights) -> int:
    """The index of the best candidate, the first one on a tie; ``candidates`` is not empty."""
    scores = [score(features, weights) for features in candidates]
    return scores.index(max(scores))
