"""Boards: what is compared with what, which end is best, who is first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import KGError
from kg.metric_rule import better

LOWER = [
    "word error rate", "latency", "training time", "time to first token", "FID", "perplexity",
    "energy consumption", "number of parameters", "memory footprint", "RMSE", "peak power", "top-1 error",
]  # fmt: skip
HIGHER = [
    "accuracy", "F1-score", "energy efficiency", "inference speed", "error correction accuracy",
    "energy savings", "mAP@0.5", "throughput", "top-1 accuracy", "BLEU", "success rate",
    "area under the curve AUC",
]  # fmt: skip


@pytest.mark.parametrize("metric", LOWER)
def test_metrics_that_are_better_lower(metric: str) -> None:
    assert better(metric) == "lower"


@pytest.mark.parametrize("metric", HIGHER)
def test_metrics_that_are_better_higher(metric: str) -> None:
    assert better(metric) == "higher"


@pytest.mark.parametrize("metric", ["", "zorbs", "DS"])
def test_where_the_name_does_not_tell_that_is_said(metric: str) -> None:
    assert better(metric) == "higher?"


def board(shelf: Any, folder: Path, *claims: dict[str, Any], **asked: Any) -> list[tuple[str, str, int]]:
    """(board, value, rank) of claims on one dataset, each by a subject of its own."""
    for number, claim in enumerate(claims):
        paper = shelf.paper(f"Paper {number}", f"Net{number} is measured on Data.")
        subject = shelf.named(paper, f"Net{number}", "model", "proposed")
        dataset = shelf.named(paper, "Data", "dataset", "evaluated_on")
        sentence = f"Net{number} is measured on Data."
        shelf.measured(paper, sentence, **{"subject_id": subject, "dataset_id": dataset, **claim})
    return [(row.board, row.value, row.rank) for row in shelf.open(folder).leaderboard(**asked)]


def test_the_best_comes_first(shelf: Any, tmp_path: Path) -> None:
    found = board(shelf, tmp_path, {"low": 70}, {"low": 90}, {"low": 80})
    name = "Data: accuracy [%], value"
    assert found == [(name, "90%", 1), (name, "80%", 2), (name, "70%", 3)]


def test_errors_are_better_lower(shelf: Any, tmp_path: Path) -> None:
    found = board(shelf, tmp_path, {"low": 5, "metric": "error rates"}, {"low": 3, "metric": "Error-rate"})
    assert [value for _, value, _ in found] == ["3%", "5%"], "spellings of one metric share a board"


def test_units_and_measures_stand_apart(shelf: Any, tmp_path: Path) -> None:
    found = board(
        shelf,
        tmp_path,
        {"low": 70},
        {"low": 4, "predicate": "improves"},
        {"low": 2, "predicate": "costs"},
        {"low": 0.9, "unit": "", "value": "0.9"},
        {"low": 91, "unit": "", "value": "91"},
        {"low": 8, "predicate": "improves", "polarity": "negative"},
        dataset="data",
    )
    assert [(name, value) for name, value, _ in found] == [
        ("Data: accuracy [%], cost", "2%"),
        ("Data: accuracy [%], cost", "8%"),
        ("Data: accuracy, value", "91"),
        ("Data: accuracy [%], value", "70%"),
        ("Data: accuracy [of 1], value", "0.9"),
        ("Data: accuracy [%], gain", "4%"),
    ]


def test_what_a_bound_vouches_for(shelf: Any, tmp_path: Path) -> None:
    found = board(
        shelf,
        tmp_path,
        {"low": 90, "high": 90, "value": "up to 90", "bound": "up_to"},
        {"low": 80, "high": 100, "value": "80 to 100", "bound": "range"},
        {"low": 91, "value": "over 91", "bound": "more_than"},
        {"low": 99, "value": "less than 99", "bound": "less_than"},
        metric="accuracy",
    )
    assert sorted(value for _, value, _ in found) == ["80 to 100", "over 91", "up to 90"]
    assert found[0][1] == "over 91"


def test_a_board_of_one_is_shown_when_it_is_asked_for(shelf: Any, tmp_path: Path) -> None:
    assert board(shelf, tmp_path, {"low": 70}) == []
    collection = shelf.open(tmp_path)
    assert len(collection.leaderboard("Data")) == len(collection.leaderboard(metric="accuracy")) == 1


def test_hints(shelf: Any, tmp_path: Path) -> None:
    board(shelf, tmp_path, {"low": 70})
    collection = shelf.open(tmp_path)
    with pytest.raises(KGError) as caught:
        collection.leaderboard("Data", "speed")
    assert (caught.value.message, caught.value.hint) == (
        "no paper gives 'speed' on 'Data'",
        "there are accuracy",
    )
    with pytest.raises(KGError, match="no paper gives a number on 'Data' that passes the filters"):
        collection.leaderboard("Data", min_confidence=0.99)
