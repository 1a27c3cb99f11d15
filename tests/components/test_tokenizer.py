"""Names are whole tokens."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.components.tokenizer import make_tokenizer

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer()(NLP)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return NLP


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
        ("an efficiency of 23 TOPS/W. We", "W"),
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


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("CPU/GPU", ["CPU", "/", "GPU"]),
        (r"\times2", [r"\times", "2"]),
        ("3.5~MB", ["3.5", "~", "MB"]),
        ("QK^{T}", ["QK^", "{", "T", "}"]),
        ("the ISA.The core", ["the", "ISA", ".", "The", "core"]),
        ("a GPU.", ["a", "GPU", "."]),
        ("on a V100B.", ["on", "a", "V100B", "."]),
        ("et al., 2020", ["et", "al.", ",", "2020"]),
        ("No. 5", ["No.", "5"]),
    ],
)
def test_where_tokens_part(nlp: Language, text: str, tokens: list[str]) -> None:
    assert [token.text for token in nlp(text)] == tokens


def test_a_saved_pipeline_keeps_the_rules_and_writes_no_file_for_them(tmp_path: Path) -> None:
    text = "a CPU+GPU pair, i.e. 5.5×better (IOS)."
    config = {"nlp": {"tokenizer": {"@tokenizers": "kg.research_tokenizer.v1"}}}
    nlp = spacy.blank("en", config=config)
    nlp.to_disk(tmp_path)
    assert not (tmp_path / "tokenizer").exists()
    wanted = [token.text for token in nlp(text)]
    assert wanted != [token.text for token in spacy.blank("en")(text)]
    assert [token.text for token in spacy.load(tmp_path)(text)] == wanted
    other = spacy.blank("en", config=config).from_bytes(nlp.to_bytes())
    assert [token.text for token in other(text)] == wanted


@given(st.text(alphabet="aB1 .,×$\\{}~/+()-\n", max_size=60))
def test_any_text_is_kept_character_by_character(text: str) -> None:
    assert NLP.make_doc(text).text == text
