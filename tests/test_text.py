from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import collapse, fold, is_whole_word, normal_form, whole_word_spans


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert collapse(collapse(text)) == collapse(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPUs", "GPU"),
        ("large-language models", "Large Language Model"),
        ("ResNet–50", "ResNet-50"),
        ("memories", "memory"),
        ("switches", "switch"),
        ("speed-up", "speed up"),
    ],
)
def test_spellings_of_one_thing_have_one_normal_form(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ResNet-50", "ResNet-101"), ("loss", "los"), ("bus", "bu"), ("AWS", "AW")]
)
def test_different_things_keep_different_normal_forms(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def test_whole_words_only() -> None:
    text = "IOS, IOSX, x_IOS and (IOS)"
    assert [text[a - 1 : b + 1] for a, b in whole_word_spans(text, "IOS")][1:] == ["(IOS)"]
    assert whole_word_spans(text, "") == []
    assert whole_word_spans("C++ and C", "C++") == [(0, 3)]


@given(st.text(min_size=1), st.text(min_size=1, max_size=3))
def test_whole_word_spans_stand_in_the_text(text: str, name: str) -> None:
    for start, end in whole_word_spans(text, name):
        assert text[start:end] == name
        assert is_whole_word(text, start, end)
