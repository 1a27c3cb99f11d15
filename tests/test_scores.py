"""Counting, pairing, intervals and calibration, with answers worked out by hand."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.scores import (
    Counts,
    Ratio,
    bootstrap_f1,
    match_numbers,
    overlap,
    overlap_counted,
    reliability,
)

counts = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(
    lambda t: Counts(found=t[0], predicted=t[0] + t[1], gold=t[0] + t[2])
)


def test_precision_recall_f1() -> None:
    score = Counts(found=1, predicted=2, gold=4)
    assert (score.precision, score.recall) == (0.5, 0.25)
    assert score.f1 == pytest.approx(1 / 3)


def test_a_score_of_nothing_is_none() -> None:
    assert Counts().precision is Counts().recall is Counts().f1 is Ratio().value is None
    assert Counts(found=0, predicted=3, gold=0).f1 == 0
    assert Counts(found=0, predicted=0, gold=3).f1 == 0


@given(counts)
def test_f1_lies_between_precision_and_recall(score: Counts) -> None:
    if score.precision is not None and score.recall is not None:
        assert score.f1 is not None
        assert min(score.precision, score.recall) <= score.f1 + 1e-12
        assert score.f1 <= max(score.precision, score.recall) + 1e-12


def test_sets_count_once_and_multisets_as_often_as_they_stand() -> None:
    assert overlap({"a", "b"}, {"b", "c", "d"}) == Counts(1, 2, 3)
    assert overlap_counted(["a", "a", "b"], ["a", "b", "b"]) == Counts(2, 3, 3)
    assert overlap_counted(["a", "a"], ["a", "a"]).f1 == 1.0


def test_counts_add_up() -> None:
    assert sum([Counts(1, 2, 3), Counts(1, 1, 1)], Counts()) == Counts(2, 3, 4)
    assert Ratio(1, 2) + Ratio(2, 2) == Ratio(3, 4)


def test_numbers_need_a_name_in_common_and_serve_once() -> None:
    two = (2.0, 2.0)
    assert match_numbers([(two, {"a"})], [(two, {"a", "b"})]) == Counts(1, 1, 1)
    assert match_numbers([(two, {"a"})], [((2.0, 3.0), {"a"})]) == Counts(0, 1, 1)
    assert match_numbers([(two, {"a"})], [(two, {"c"})]) == Counts(0, 1, 1)
    assert match_numbers([(two, {"a"}), (two, {"a"})], [(two, {"a"})]) == Counts(1, 2, 1)
    assert match_numbers([(two, set())], [(two, set())]) == Counts(1, 1, 1)
    assert match_numbers([(two, set())], [(two, {"a"})]) == Counts(0, 1, 1)


def test_the_largest_pairing_is_found_in_any_order() -> None:
    number = (1.0, 1.0)
    predicted = [(number, {"a", "b"}), (number, {"a"}), (number, {"b", "c"})]
    gold = [(number, {"a"}), (number, {"b"}), (number, {"c"})]
    for seed in range(6):
        random.Random(seed).shuffle(predicted)
        assert match_numbers(predicted, gold).found == 3


def test_the_interval_of_equal_papers_is_their_score() -> None:
    assert bootstrap_f1([Counts(1, 2, 2)] * 5) == (0.5, 0.5)


def test_the_interval_is_repeatable_and_holds_the_score() -> None:
    papers = [Counts(i % 4, 4, 4) for i in range(40)]
    interval = bootstrap_f1(papers)
    assert interval is not None
    assert interval == bootstrap_f1(papers)
    total = sum(papers, Counts()).f1
    assert total is not None
    assert 0 < interval[0] < total < interval[1] < 1


def test_the_interval_is_that_of_nineteen_samples_in_twenty() -> None:
    low, high = bootstrap_f1([Counts(i % 2, 1, 1) for i in range(400)]) or (0.0, 1.0)
    assert high - low == pytest.approx(2 * 1.96 * (0.25 / 400) ** 0.5, rel=0.08)


def test_the_ends_of_the_bins_of_confidence() -> None:
    table = reliability([(0.0, False), (0.1, True), (0.0999, True), (1.0, True), (0.999, False)])
    assert [(row.low, row.count) for row in table.bins] == [(0.0, 2), (0.1, 1), (0.9, 2)]


def test_no_interval_without_a_score() -> None:
    assert bootstrap_f1([]) is None
    assert bootstrap_f1([Counts(), Counts()]) is None
    assert bootstrap_f1([Counts(), Counts(1, 1, 1)]) == (1.0, 1.0)


def test_reliability_by_hand() -> None:
    table = reliability([(0.95, True), (0.95, True), (1.0, False), (0.0, False), (0.15, True)])
    assert [(row.low, row.count, row.accuracy) for row in table.bins] == [
        (0.0, 1, 0.0),
        (0.1, 1, 1.0),
        (0.9, 3, pytest.approx(2 / 3)),
    ]
    assert table.error == pytest.approx((0.0 + 0.85 + 3 * abs(2.9 / 3 - 2 / 3)) / 5)
    assert reliability([]).error is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_every_confidence_falls_into_one_bin(judged: list[tuple[float, bool]]) -> None:
    table = reliability(judged)
    assert sum(row.count for row in table.bins) == len(judged)
    assert table.error is not None
    assert 0 <= table.error <= 1
