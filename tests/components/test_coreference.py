"""What the paper proposes, and the words that stand for it."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.components.annotations import MENTIONS
from kg.components.coreference import proposed_span, stands_in
from kg.components.cues import cue_of
from kg.text import whole_word_spans


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    return nlp


def make(nlp: Language, title: str, abstract: str, names: dict[str, tuple[str, str]]) -> Doc:
    doc = nlp.make_doc(f"{title}\n\n{abstract}" if title else abstract)
    doc._.title_end = len(title)
    spans = []
    for name, (kind, role) in names.items():
        for start, end in whole_word_spans(doc.text, name):
            span = doc.char_span(start, end, label=kind)
            assert span is not None
            span._.role = role
            spans.append(span)
    doc.spans[MENTIONS] = sorted(spans, key=lambda span: span.start)
    return nlp.get_pipe("kg_sentences")(doc)


def test_the_name_before_the_colon(nlp: Language) -> None:
    doc = make(
        nlp,
        "IOS: Inter-Operator Scheduler",
        "We propose a dynamic scheduler named IOS. Weight folding is part of it. Weight folding helps.",
        {"IOS": ("method", "proposed"), "Weight folding": ("method", "proposed")},
    )
    span = proposed_span(doc)
    assert span is not None and span.text == "IOS" and span.start == 0


def test_the_name_after_the_verb_without_a_title(nlp: Language) -> None:
    doc = make(
        nlp,
        "",
        "Attention masks are costly. We present Hydraulis, a training system with attention masks.",
        {"Hydraulis": ("tool", "proposed"), "Attention masks": ("method", "proposed")},
    )
    span = proposed_span(doc)
    assert span is not None and span.text == "Hydraulis"


def test_nothing_proposed(nlp: Language) -> None:
    assert proposed_span(make(nlp, "", "We use PyTorch.", {"PyTorch": ("tool", "used")})) is None
    assert proposed_span(make(nlp, "", "We use nothing.", {})) is None


def test_proposed_metrics_and_tasks_come_last(nlp: Language) -> None:
    doc = make(
        nlp,
        "",
        "We propose a trust score and a checker.",
        {"trust score": ("metric", "proposed"), "checker": ("tool", "proposed")},
    )
    span = proposed_span(doc)
    assert span is not None and span.text == "checker"


@pytest.mark.parametrize(
    "text, found",
    [
        ("our method is fast .", ["our"]),
        ("the proposed sparse accelerator wins .", ["the"]),
        ("this framework and its cache", ["this", "its"]),
        ("existing methods fail the test .", []),
        ("italic items of the", []),
    ],
)
def test_what_stands_for_the_proposed_thing(text: str, found: list[str]) -> None:
    words = text.split()
    assert [word for place, word in enumerate(words) if stands_in(words, place, len(words))] == found


def test_nothing_is_read_past_the_sentence() -> None:
    assert not stands_in(["the", "framework"], 0, 1)


@pytest.mark.parametrize(
    "word, cue", [("proposes", "propose"), ("utilizing", "use"), ("outperforms", "compare"), ("banana", "")]
)
def test_cue_of(word: str, cue: str) -> None:
    assert cue_of(word) == cue
