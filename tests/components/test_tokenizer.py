"""Names are whole tokens."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kg.components.tokenizer import make_tokenizer


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer()(nlp)
    return nlp


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("5.5×better", "5.5"),
        ("good accuracy.Inspired by this", "Inspired"),
        ("a CNN/LSTM mix", "LSTM"),
        ("GPU-based", "GPU"),
        ("Scheduler (IOS)", "IOS"),
        (r"by $4\times$ faster", "4\\times"),
        (r"the \textbf{SAIL} tool", "SAIL"),
        ("models(SSMs) such", "SSMs"),
        ("the CPU+GPU pair", "GPU"),
        ("on a Kria KV260 MPSoC. We", "MPSoC"),
        ("in C++, twice", "C++"),
        ("on ResNet-50.", "ResNet-50"),
        ("of 1.32-2.66 times", "2.66"),
        ("is 4.1x faster", "4.1x"),
    ],
)
def test_name_is_made_of_whole_tokens(nlp: Language, text: str, name: str) -> None:
    start = text.index(name)
    span = nlp(text).char_span(start, start + len(name))
    assert span is not None
    assert span.text == name


@pytest.mark.parametrize("word", ["e.g.", "i.e.", "al.", "Fig.", "vs."])
def test_abbreviation_keeps_its_full_stop(nlp: Language, word: str) -> None:
    assert word in [token.text for token in nlp(f"as {word} 3 shows")]
    assert word in [token.text for token in nlp(f"as {word}, 3 shows")]


def test_hyphens_split_as_in_plain_english(nlp: Language) -> None:
    text = "state-of-the-art low-rank ResNet-50 GPT-4o"
    assert [token.text for token in nlp(text)] == [token.text for token in spacy.blank("en")(text)]


def test_no_character_is_lost(nlp: Language) -> None:
    text = "a  b\n\nc $\\mathbf{58.65\\times}$ (i) d.E"
    assert nlp(text).text == text
