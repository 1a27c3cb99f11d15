"""Which claims cannot both be true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.disagreement import Said, disagree, opposed
from kg.types import BOUNDS, PREDICATES

BASE = Said(
    subject="e:1", metric="accuracy", unit="%", conditions=("ImageNet", "", ""), predicate="achieves",
    polarity="positive", low=80.0, high=80.0, bound="exact", paper="w:1", sentence=10,
)  # fmt: skip


def other(**changes: Any) -> Said:
    return replace(BASE, **{"paper": "w:2", **changes})


def pairs(*said: Said) -> list[tuple[int, int]]:
    return list(opposed(said))


def test_numbers_that_do_not_meet() -> None:
    assert pairs(BASE, other(low=70.0, high=70.0)) == [(0, 1)]
    assert pairs(BASE, other(low=80.5, high=80.5)) == [], "within what a printed number stands for"
    assert pairs(BASE, other(low=70.0, high=90.0, bound="range")) == []
    assert pairs(BASE, other(low=90.0, high=90.0, bound="up_to")) == []
    assert pairs(BASE, other(low=70.0, high=70.0, bound="up_to")) == [(0, 1)]
    assert pairs(BASE, other(low=70.0, high=70.0, bound="at_least")) == []
    assert pairs(BASE, other(low=90.0, high=90.0, bound="more_than")) == [(0, 1)]
    assert pairs(BASE, other(low=71.0, high=71.0, bound="approx")) == [(0, 1)]
    assert pairs(BASE, other(low=73.0, high=73.0, bound="approx")) == []


def test_better_here_and_worse_there() -> None:
    assert pairs(BASE, other(polarity="negative", predicate="costs")) == [(0, 1)]
    assert pairs(BASE, other(polarity="neutral", predicate="costs")) == []


def test_what_is_not_the_same_is_not_compared() -> None:
    far = {"low": 10.0, "high": 10.0}
    for change in (
        {"subject": "e:2"},
        {"metric": "recall"},
        {"unit": "points"},
        {"conditions": ("MNIST", "", "")},
        {"conditions": ("ImageNet", "GPU", "")},
        {"predicate": "improves"},
    ):
        assert pairs(BASE, other(**far, **change)) == []
    assert pairs(BASE, other(**far, metric="Accuracies", conditions=("imagenet", "", ""))) == [(0, 1)]


def test_without_a_named_condition_nothing_can_be_said() -> None:
    free = replace(BASE, conditions=("", "", ""))
    assert pairs(free, replace(free, paper="w:2", low=10.0, high=10.0)) == []


def test_one_sentence_lists_two_cases() -> None:
    assert pairs(BASE, replace(BASE, low=10.0, high=10.0)) == []
    assert pairs(BASE, replace(BASE, low=10.0, high=10.0, sentence=99)) == [(0, 1)]
    assert pairs(BASE, replace(BASE, low=10.0, high=10.0), other(low=50.0, high=50.0)) == []


numbers = st.none() | st.floats(-1e6, 1e6)
claims = st.builds(
    replace,
    st.just(BASE),
    predicate=st.sampled_from(PREDICATES),
    polarity=st.sampled_from(["positive", "negative", "neutral"]),
    low=numbers,
    high=numbers,
    bound=st.sampled_from(BOUNDS),
    paper=st.sampled_from(["w:1", "w:2"]),
    sentence=st.integers(0, 2),
)


@given(claims, claims)
def test_to_disagree_is_mutual(one: Said, two: Said) -> None:
    assert disagree(one, two) == disagree(two, one)
    assert not disagree(one, one)


def test_of_a_collection(shelf: Any, tmp_path: Path) -> None:
    for number, low in enumerate((80, 70, 81)):
        paper = shelf.paper(
            f"Paper {number}", f"FastNet has {low}% on Data. Then 60% follow.", year=2020 + number
        )
        net = shelf.named(paper, "FastNet", "model", "used")
        data = shelf.named(paper, "Data", "dataset", "evaluated_on")
        sentence = f"FastNet has {low}% on Data."
        shelf.measured(
            paper, sentence, subject_id=net, dataset_id=data, low=low, confidence=(0.9, 0.8, 0.7)[number]
        )
        if number == 2:
            shelf.measured(paper, "Then 60% follow.", subject_id=net, dataset_id=data, low=60)
    collection = shelf.open(tmp_path)
    found = collection.contradictions()
    values = [({row.value, row.other_value}, row.within) for row in found]
    assert values[-1] == ({"achieves 81%", "achieves 60%"}, "one paper")
    assert len(values) == 5
    for pair in ((80, 70), (70, 81), (80, 60), (70, 60)):
        assert ({f"achieves {low}%" for low in pair}, "two papers") in values
    assert all(row.conditions == "on Data" and row.quote and row.other_quote for row in found)
    assert len(collection.contradictions("fastnet", min_confidence=0.8)) == 3
    assert collection.contradictions("Data", min_support=2, limit=1)[0].within == "two papers"
