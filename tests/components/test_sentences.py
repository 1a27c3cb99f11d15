"""Where sentences end, and where they do not."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.components.sentences import Sentences, sentence_starts
from kg.components.tokenizer import make_tokenizer

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer()(NLP)


def split(text: str, title_end: int = 0) -> list[str]:
    doc = NLP.make_doc(text)
    doc._.title_end = title_end
    return [sentence.text.strip() for sentence in Sentences()(doc).sents]


@pytest.mark.parametrize(
    "text",
    [
        "It beats others, e.g. TensorRT and TVM.",
        "Smith et al. show this.",
        "It is better vs. ResNet-50, i.e. A.",
        "As Fig. 3 shows.",
        "It gains 1.32 times in the U.S. market.",
        "We (i) build it. and go on",
    ],
)
def test_one_sentence(text: str) -> None:
    assert split(text) == [text]


def test_breaks_where_a_blank_is_missing() -> None:
    assert split("It has high accuracy.Inspired by this, we go.") == [
        "It has high accuracy.",
        "Inspired by this, we go.",
    ]


def test_breaks_at_title_end_and_blank_line() -> None:
    text = "A title without a stop\n\nThe abstract\n\nThe rest"
    assert split(text, len("A title without a stop")) == [
        "A title without a stop",
        "The abstract",
        "The rest",
    ]


def test_enumeration_keeps_its_number() -> None:
    assert split("There are two. 1. First comes this. 2. Then that.")[1] == "1. First comes this."


def test_question_and_quotes() -> None:
    assert len(split('Is it "good?" We think so! It is.')) == 3


@given(st.text(alphabet="aB1 .!?\n()\"'e.g", max_size=80))
def test_sentences_cover_the_text(text: str) -> None:
    doc = Sentences()(NLP.make_doc(text))
    if len(doc):
        assert "".join(sentence.text_with_ws for sentence in doc.sents) == text
    starts = list(sentence_starts(text))
    assert starts == sorted(set(starts))


def test_hostile_text_takes_no_time() -> None:
    begin = time.process_time()
    list(sentence_starts("." * 50_000 + "\n " * 20_000 + "((((" * 10_000))
    assert time.process_time() - begin < 2
