"""Votes are refitted to other habits, as far as there are examples of them."""

from __future__ import annotations

import numpy as np
import pytest

from kg.components.votes import VoteModel
from kg.training.votes import Candidate, cross_validated, fit, floors, matrix, pattern_counts, refitted

BEFORE = VoteModel(extractors=("model",), weights={"bias": 0.0, "model": 2.0, "gazetteer": 0.7}, floors={})


def rows(count: int, share: float) -> list[Candidate]:
    """Candidates of the recogniser of which a share is right."""
    return [
        Candidate(
            paper=number,
            name=f"n{number}",
            kind="tool",
            features={"bias": 1.0, "model": 1.0},
            right=number < share * count,
        )
        for number in range(count)
    ]


def chance(model: VoteModel) -> float:
    return model.probability({"bias": 1.0, "model": 1.0})


def test_many_examples_outweigh_what_was_known() -> None:
    model = refitted(rows(400, 0.2), ["model"], BEFORE, {})
    assert chance(model) == pytest.approx(0.2, abs=0.02)


def test_no_example_leaves_what_was_known() -> None:
    assert refitted([], ["model"], BEFORE, {}) is BEFORE


def test_weights_of_what_did_not_occur_stay() -> None:
    model = refitted(rows(50, 0.5), ["model", "new"], BEFORE, {"is pattern": 0.4})
    assert model.weights["gazetteer"] == 0.7
    assert model.floors == {"is pattern": 0.4}
    assert model.extractors == ("model", "new")


def test_few_examples_pull_less_than_many() -> None:
    design = np.array([[1.0, 1.0], [1.0, 0.0]] * 40)
    right = np.array([0.0, 1.0] * 40)
    known = np.array([0.0, 2.0])
    few, many = (fit(design[:n], right[:n], 3.0, known)[1] for n in (4, 80))
    assert many < few < 2.0
    assert many < 0


def test_each_paper_is_judged_without_itself() -> None:
    found = rows(200, 0.5)
    design, names = matrix(found)
    assert names[0] == "bias"
    right = np.array([row.right for row in found], dtype=float)
    chances = cross_validated(design, right, np.array([row.paper for row in found]))
    assert chances == pytest.approx(0.5, abs=0.02)


RECORDS = [
    {
        "title": "",
        "text": f"We present {name}, a compiler for graphs.",
        "entities": [{"name": name, "type": "tool" if right else "method"}],
    }
    for name, right in (("HeatMapX", True), ("GraphItX", False), ("TensorRTx", False))
]


def test_patterns_are_counted_where_they_tell_a_type() -> None:
    counts = pattern_counts(RECORDS)
    assert counts["apposition pattern"] == (1, 3)
    assert list(counts) == sorted(counts)


def test_floors_are_pulled_to_the_earlier_ones() -> None:
    found = floors(RECORDS, {"apposition pattern": 0.8, "is pattern": 0.6})
    assert found == {"apposition pattern": round((1 + 8) / 13, 3), "is pattern": 0.6}
