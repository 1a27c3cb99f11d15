"""SciERC records become windows with the tags that the annotations say; scores count what was annotated."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scierc_data import LABELS, TAGS, Abstract, abstracts, decoded, figures, flat, together

# "natural language generation" is a Task in which "natural language" is marked again, as in the data.
WORDS = ["A", "parser", "for", "natural", "language", "generation", ",", "called", "NLG-1", "."]
TEXT = "A parser for natural language generation , called NLG-1 ."
VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    ".",
    "-",
    ",",
    *"abcdefghijklmnopqrstuvwxyz0123456789",
]
VOCABULARY += [f"##{letter}" for letter in VOCABULARY[8:]]


def bounds() -> list[list[int]]:
    found, end = [], 0
    for word in WORDS:
        start = TEXT.index(word, end)
        end = start + len(word)
        found.append([start, end])
    return found


def span(first: int, last: int) -> list[int]:
    """Characters of the tokens first to last, both included."""
    return [bounds()[first][0], bounds()[last][1]]


def record() -> dict[str, Any]:
    return {
        "id": "X",
        "text": TEXT,
        "tok_offsets": bounds(),
        "spans": [
            [*span(1, 1), "Method"],
            [*span(3, 4), "Material"],
            [*span(3, 5), "Task"],
            [*span(8, 8), "Method"],
        ],
    }


@pytest.fixture
def example() -> Abstract:
    return abstracts([record()], VOCABULARY)[0]


def certain(example: Abstract) -> np.ndarray:
    """Logarithmic scores that leave no doubt about the annotated tags."""
    return np.log(np.eye(len(TAGS), dtype=np.float32)[example.window.tags] + np.float32(1e-6))


def test_tags_say_the_longest_of_nested_spans(example: Abstract) -> None:
    tags = [TAGS[tag] for tag in example.window.tags]
    assert tags == ["O", "B-Method", "O", "B-Task", "I-Task", "I-Task", "O", "O", "B-Method", "O"]


def test_pieces_of_a_token_stay_together(example: Abstract) -> None:
    window = example.window
    pieces = [VOCABULARY[piece] for piece in window.ids]
    assert (pieces[0], pieces[-1]) == ("[CLS]", "[SEP]")
    place = window.first[8]
    assert pieces[place : window.first[9]] == ["n", "##l", "##g", "-", "1"]
    assert len(window.first) == len(WORDS)


def test_a_span_within_another_counts_as_missed(example: Abstract) -> None:
    found = decoded(example, certain(example))
    scores = figures([example], [found])
    assert scores["all"] == [100.0, 75.0, 85.71]
    assert scores["Material"] == [0.0, 0.0, 0.0]
    assert scores["Task"] == [100.0, 100.0, 100.0]


def test_a_wrong_label_is_wrong_and_the_span_right(example: Abstract) -> None:
    (task,) = (each for each in example.gold if each[2] == "Task")
    scores = figures([example], [{(*task[:2], "Method")}])
    assert scores["all"] == [0.0, 0.0, 0.0]
    assert scores["span"] == [100.0, 25.0, 40.0]
    assert scores["Method"] == [0.0, 0.0, 0.0]


def test_a_wrong_boundary_is_wrong(example: Abstract) -> None:
    start, end, label = min(example.gold)
    assert figures([example], [{(start, end + 1, label)}])["span"] == [0.0, 0.0, 0.0]


def test_no_inside_without_a_beginning(example: Abstract) -> None:
    scores = np.full((len(WORDS), len(TAGS)), -9, np.float32)
    scores[:, 0] = -1
    scores[3, TAGS.index("I-Task")] = -0.5  # best by itself, but nothing begins before it
    assert decoded(example, scores) == frozenset()


def test_together_is_the_mean_probability() -> None:
    one, other = np.array([[0.8, 0.2]], np.float32), np.array([[0.4, 0.6]], np.float32)
    (mean,) = together([[np.log(one)], [np.log(other)]])
    assert np.exp(mean) == pytest.approx(np.array([[0.6, 0.4]]))


spans = st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from(LABELS)).map(
    lambda drawn: (drawn[0], drawn[0] + drawn[1], drawn[2])
)


@given(st.frozensets(spans, max_size=8))
def test_flat_leaves_out_only_what_overlaps_something_as_long(gold: frozenset[tuple[int, int, str]]) -> None:
    kept = flat(gold)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(kept))
    for start, end, _ in gold - set(kept):
        assert any(first < end and start < last and last - first >= end - start for first, last, _ in kept)
