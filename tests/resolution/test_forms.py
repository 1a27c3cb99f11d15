from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.forms import digits, form_of, has_short, is_acronym, is_name, is_short


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fine-Tuning", "finetuning"),
        ("fine tunings", "fine-tuning"),
        ("ResNet–50", "ResNet 50"),
        ("β-VAE", r"$\beta$-VAEs"),
        ("Fréchet distance", r"Fr\'echet distance"),
        (r"\textsc{FastGen}", "FastGen"),
        ("optimisation", "optimization"),
        ("colour behaviour", "color behavior"),
        ("dialogue modelling", "dialog modeling"),
        ("data centre", "data center"),
        ("KV caches", "KV cache"),
        ("systems on chip", "system-on-chips"),
        ("cameras", "camera"),
        ("compression ratios", "compression ratio"),
        ("LLM's", "LLM"),
        ("CAD) generation", "CAD generation"),
        ("Vision--Language Models", "vision-language model"),
        ("large language model'", "large language models"),
        ("distributional shift", "distribution shifts"),
        ("Cross-Modality Distillation", "cross-modal distillation"),
        ("visual-language reasoning", "vision and language reasoning"),
    ],
)
def test_two_spellings_have_one_key(one: str, other: str) -> None:
    assert form_of(one).key == form_of(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Llama 2 7B", "Llama 27B"),
        ("ResNet-50", "ResNet-18"),
        ("IOS", "IO"),
        ("loss", "los"),
        ("bias", "bia"),
        ("C++", "C"),
        ("τ-bench", "tau²-bench"),
        ("robotics", "robotic"),
        ("supervised learning", "unsupervised learning"),
        ("MMLU", "MMLU-Pro"),
        ("modality", "modal"),
        ("conditional generation", "condition generation"),
        ("functional test", "function test"),
    ],
)
def test_two_things_have_two_keys(one: str, other: str) -> None:
    assert form_of(one).key != form_of(other).key


def test_words_keep_what_the_key_joins() -> None:
    assert form_of("Systems-on-Chip").words == ("system", "on", "chip")
    assert form_of("Metrics").words == ("metric",)
    assert form_of("Graphics").words == ("graphics",)


def test_names_short_forms_and_numbers() -> None:
    assert [is_name(text) for text in ("ImageNet", "A100", "Attention", "deep learning")] == [
        True,
        True,
        False,
        False,
    ]
    assert [is_short(text) for text in ("CNNs", "cnn", "Convolutions!", "C N")] == [True, False, False, False]
    assert digits("Llama-3.1-8B") == ("3.1", "8")


def test_a_word_with_two_capitals_may_be_short_for_something() -> None:
    assert [is_acronym(word) for word in ("LLMs", "mRAG", "CoT", "Film", "GPT-", "re")] == [
        *(True, True, True),
        *(False, True, False),
    ]
    assert [has_short(text) for text in ("edge-AI", "Fluence Map", "LLM agent")] == [True, False, True]


@given(st.text(max_size=40))
def test_any_text_has_a_form(text: str) -> None:
    form = form_of(text)
    assert form == form_of(text)
    assert len(form.words) >= 1
    assert form_of(f" {text} ").words == form.words or not text.strip()
