"""Phrases by their borders, and what the classifier sees of them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.components.phrases import phrase_features, phrases

STOPS = {"we", "a", "the", "of", "with", "for", "and", "is", "to", ".", ","}
LEADS = {"novel", "efficient"}


def found(text: str, title_end: int = 0) -> list[str]:
    return [phrase.text for phrase in phrases(text, STOPS, LEADS, title_end)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We train a graph neural network with PyTorch", ["train", "graph neural network", "PyTorch"]),
        ("The Novel efficient pruning", ["pruning"]),
        ("a novel", []),
        ("pruning of novel networks", ["pruning", "networks"]),
        ("a network pruning novel method", ["network pruning novel method"]),
        ("the 3 datasets", ["datasets"]),
        ("the 12 datasets and ResNet 50", ["datasets", "ResNet 50"]),
        ("weight-pruning, layer fusion (LF)", ["weight-pruning", "layer fusion", "LF"]),
        ("layer\nfusion", ["layer\nfusion"]),
        ("layer\n\nfusion", ["layer", "fusion"]),
        ("one two three four five six seven", ["one two three four five six seven"]),
        ("one two three four five six seven eight", []),
        ("novel one two three four five six seven", ["one two three four five six seven"]),
        ("", []),
        ("... the of", []),
    ],
)
def test_phrases_end_at_stop_words_and_signs(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_stop_word_is_one_in_any_case() -> None:
    assert phrases("FOR pruning", {"for"}, (), 0)[0].text == "pruning"
    assert phrases("US data", {"US"}, (), 0)[0].text == "data"


def test_a_phrase_does_not_run_from_the_title_into_the_text() -> None:
    text = "Layer fusion\nGraph networks"
    assert found(text) == [text]
    assert found(text, len("Layer fusion")) == ["Layer fusion", "Graph networks"]


def test_the_words_around_a_phrase() -> None:
    text = "We use novel layer fusion for GPUs"
    (use, gpus) = phrases(text, {"we", "for"}, {"novel", "use"}, 0)
    assert (use.text, use.before, use.after) == ("layer fusion", "novel", "for")
    assert (gpus.text, gpus.before, gpus.after) == ("GPUs", "for", "")
    assert phrases("fusion", (), ())[0].before == ""


@given(st.text(alphabet="aB1 .,-\n", max_size=60), st.integers(0, 60))
def test_phrases_are_whole_words_in_order(text: str, title_end: int) -> None:
    result = phrases(text, {"a"}, {"b"}, min(title_end, len(text)))
    for phrase in result:
        assert text[phrase.start : phrase.end] == phrase.text
        assert phrase.text[0].isalnum() and phrase.text[-1].isalnum()
        assert phrase.start == 0 or not text[phrase.start - 1].isalnum()
        assert "\n\n" not in phrase.text
    assert all(one.end <= two.start for one, two in itertools.pairwise(result))


def test_features_name_words_places_and_shapes() -> None:
    text = "Fast Graph-neural networks with LLMs"
    first, second = phrases(text, {"with"}, {"fast"}, 0)
    features = set(phrase_features(first, 0))
    assert {"bias", "size=3", "last=network", "first=graph", "suffix=work"} <= features
    assert {"before=fast", "after=with", "last2=neural network", "first2=graph neural"} <= features
    assert {"in=graph", "in=neural", "all=graph neural network", "shape=t,l,2"} <= features
    assert "in=network" not in features
    single = phrase_features(second, 0)
    assert "shape=m,m,1" in single and not any(name.startswith(("in=", "last2")) for name in single)


@pytest.mark.parametrize(
    ("text", "shape"),
    [("pruning", "l,l,1"), ("Pruning", "t,t,1"), ("GPU", "u,u,1"), ("PyTorch", "m,m,1"), ("H100", "ud,ud,1"),
     ("top-5 accuracy", "l,l,2"), ("accuracy top1", "l,ld,2")],
)  # fmt: skip
def test_shapes(text: str, shape: str) -> None:
    (phrase,) = phrases(text, (), ())
    assert f"shape={shape}" in phrase_features(phrase, 0)


def test_only_phrases_of_the_title_are_marked_so() -> None:
    text = "Layer fusion\n\nGraph networks"
    end = len("Layer fusion")
    titled, other = (phrase_features(phrase, end) for phrase in phrases(text, STOPS, LEADS, end))
    assert "title,size=2,l" in titled
    assert not any(name.startswith("title") for name in other)
