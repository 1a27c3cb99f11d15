"""Which spellings are one form, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.components.forms import form_key, strong_case, unit_key, units


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LLM inference", "LLM-Inference"),
        ("LLM inference", "LLMs Inferences"),
        ("graph neural network", "Graph\nNeural  Networks"),
        ("state‑of‑the‑art", "state of the art"),
        ("batch sizes", "Batch Size"),
        ("memory", "memories"),
        ("branch", "branches"),
        ("CNNs", "CNN"),
    ],
)
def test_one_form(one: str, other: str) -> None:
    assert form_key(one) == form_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RAM", "Ram"),
        ("Adam", "adam"),
        ("IOS", "iOS"),
        ("GPT-4", "GPT-40"),
        ("Qwen2", "Qwen2.5"),
        ("C", "C++"),
        ("C#", "C++"),
        ("loss", "los"),
        ("analysis", "analysi"),
        ("word_2_vec", "word 2 vec"),
        ("a/b", "a b"),
    ],
)
def test_two_forms(one: str, other: str) -> None:
    assert form_key(one) != form_key(other)


def test_a_capital_counts_only_where_it_stands_alone() -> None:
    assert form_key("Ray") == ("Ray",)
    assert form_key("Ray tracing") == form_key("ray tracing") == ("ray", "tracing")
    assert form_key("Networks") == ("Network",)


@pytest.mark.parametrize(
    ("word", "strong"),
    [("GPU", True), ("PyTorch", True), ("mAP", True), ("H100", True), ("3D", True), ("Large", False),
     ("large", False), ("A", False), ("a", False), ("7", False), ("2021", True)],
)  # fmt: skip
def test_capitals_that_belong_to_a_word(word: str, strong: bool) -> None:
    assert strong_case(word) is strong


@pytest.mark.parametrize(
    ("word", "key"),
    [("gas", "gas"), ("bus", "bus"), ("its", "its"), ("cats", "cat"), ("ties", "tie"), ("flies", "fly"),
     ("classes", "class"), ("boxes", "box"), ("chaos", "chaos"), ("SaaS", "SaaS"), ("IDs", "ID"),
     ("Is", "is"), ("MathWorks", "MathWorks"), ("OpenMPs", "OpenMP")],
)  # fmt: skip
def test_plurals(word: str, key: str) -> None:
    assert unit_key(word) == key


def test_units_part_at_blanks_and_hyphens_only_and_signs_are_units() -> None:
    text = "GPU–based (C++) at 3.14 v2.0.1, F#"
    assert [text[start:end] for start, end in units(text)] == [
        "GPU", "based", "(", "C++", ")", "at", "3.14", "v2.0.1", ",", "F#",
    ]  # fmt: skip


@given(st.text(max_size=40))
def test_units_are_in_order_and_leave_out_only_blanks_and_hyphens(text: str) -> None:
    spans = units(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    left_out, place = "", 0
    for start, end in spans:
        assert start >= place
        left_out, place = left_out + text[place:start], end
    left_out += text[place:]
    assert all(char.isspace() or char in "-‐‑‒–" for char in left_out)


@given(st.text("aAbB sS-", max_size=20))
def test_blanks_and_hyphens_do_not_matter(text: str) -> None:
    assert form_key(text) == form_key(f" {text.replace('-', '  ')}\n")
