"""Where sentences end, and where they do not."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.components.sentences import Sentences
from kg.components.tokenizer import make_tokenizer
from kg.sentences import sentence_around, sentence_starts

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


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is 3.5 times faster. Good.", ["It is 3.5 times faster.", "Good."]),
        ("We use A, B, etc. They win.", ["We use A, B, etc.", "They win."]),
        ("We use A, B, etc. in it.", ["We use A, B, etc. in it."]),
        ("See no. 5 and No. 6 there.", ["See no. 5 and No. 6 there."]),
        ("It uses a GPU. We win.", ["It uses a GPU.", "We win."]),
        ("It (see above.) wins.", ["It (see above.) wins."]),
        ("It wins (much.) We go.", ["It wins (much.)", "We go."]),
        ("It is of the U.S. Army. We win.", ["It is of the U.S. Army.", "We win."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("It ends... and goes on.", ["It ends... and goes on."]),
        ("我们提出方法。它很快。", ["我们提出方法。", "它很快。"]),
        ("One.\n\nTwo", ["One.", "Two"]),
        ("A line\nbroken. Next", ["A line\nbroken.", "Next"]),
        ("Steps: 1. Do it. 2. Stop.", ["Steps: 1. Do it.", "2. Stop."]),
        ("It costs 12. We pay.", ["It costs 12.", "We pay."]),
        ("It achieves 77. 7% accuracy.", ["It achieves 77. 7% accuracy."]),
        ("It is faster on CIFAR 10. We go.", ["It is faster on CIFAR 10.", "We go."]),
        ("We do\n1. This\n2. That", ["We do\n1. This\n2. That"]),
        ("As shown by Dr. Who. He won.", ["As shown by Dr. Who.", "He won."]),
        ("It is fast.(2) Good", ["It is fast.(2) Good"]),
        ('It is new. "We win." They lose.', ["It is new.", '"We win."', "They lose."]),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize("title", ["A title.", "Is it a title?", "Etc. etc."])
def test_nothing_ends_within_the_title(title: str) -> None:
    text = f"{title} More of it\n\nText. End"
    assert split(text, len(title) + len(" More of it"))[0] == f"{title} More of it"


def test_a_text_that_is_its_title_is_one_sentence() -> None:
    assert split("Only a title", len("Only a title")) == ["Only a title"]
    assert split("", 0) == []


@pytest.mark.parametrize(
    ("text", "inside", "sentence"),
    [
        ("One. Two IOS here. Three.", "IOS", "Two IOS here."),
        ("Title of it\n\nWe use IOS.", "IOS", "We use IOS."),
        ("See e.g. IOS by Ding et al. in 2021. Fast.", "IOS", "See e.g. IOS by Ding et al. in 2021."),
        ("It is 1.5x by IOS! Next.", "IOS", "It is 1.5x by IOS!"),
        ("no end IOS", "IOS", "no end IOS"),
    ],
)
def test_the_sentence_around_a_span(text: str, inside: str, sentence: str) -> None:
    start = text.index(inside)
    first, last = sentence_around(text, list(sentence_starts(text)), start, start + len(inside))
    assert text[first:last] == sentence


@given(st.text(alphabet="aA.?! \n", max_size=60), st.data())
def test_a_sentence_holds_its_span(text: str, data: st.DataObject) -> None:
    words = [i for i, char in enumerate(text) if char.isalpha()]
    if words:
        place = data.draw(st.sampled_from(words))
        start, end = sentence_around(text, list(sentence_starts(text)), place, place + 1)
        assert start <= place < end
