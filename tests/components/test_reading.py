"""A Doc as the role classifiers read it: words, sentences, landmarks, and concepts with their forms."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.components.abbreviations import Abbreviations
from kg.components.annotations import MENTIONS
from kg.components.reading import Reading, read
from kg.components.sentences import Sentences
from kg.components.tokenizer import make_tokenizer
from kg.text import whole_word_spans

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer()(NLP)
TITLE = "QuickPack: Fast Batching for GPUs"
ABSTRACT = (
    "Large language models (LLMs) are slow. We know this. We propose QuickPack, a scheduler for LLMs. "
    "Experiments show that QuickPack halves the latency of large language models on a GPU. It is good."
)
NAMES = {
    "QuickPack": "method",
    "LLMs": "model",
    "large language models": "model",
    "Large language models": "model",
    "GPUs": "hardware",
    "GPU": "hardware",
    "latency": "metric",
}


def doc_of(text: str, names: dict[str, str], title_end: int = 0) -> Doc:
    doc = NLP.make_doc(text)
    doc._.title_end = title_end
    doc = Abbreviations()(Sentences()(doc))
    spans = [
        doc.char_span(start, end, label=kind)
        for name, kind in names.items()
        for start, end in whole_word_spans(text, name)
    ]
    doc.spans[MENTIONS] = sorted(spans, key=lambda span: span.start)
    return doc


@pytest.fixture
def reading() -> Reading:
    return read(doc_of(f"{TITLE}\n\n{ABSTRACT}", NAMES, len(TITLE)))


def test_words_are_lower_case_and_parted_at_signs() -> None:
    words = read(doc_of("The INT8-based $k$-NN_2, it's 4.1x.", {})).words
    assert words == ["the", "int8", "-", "based", "$", "k", "$", "-", "nn", "_", "2", ",", "it", "'", "s",
                     "4", ".", "1x", "."]  # fmt: skip


def test_title_and_colon_are_counted_in_words(reading: Reading) -> None:
    assert " ".join(reading.words[: reading.title]) == "quickpack : fast batching for gpus"
    assert reading.words[: reading.colon] == ["quickpack"]
    untitled = read(doc_of("We note: nothing.", {}))
    assert (untitled.title, untitled.colon) == (0, 0)


def test_landmarks(reading: Reading) -> None:
    def sentence(number: int) -> list[str]:
        return reading.words[reading.bounds[number] : reading.bounds[number + 1]]

    assert sentence(reading.anchor)[:2] == ["we", "propose"], "not the first sentence that says we"
    assert sentence(reading.results)[0] == "experiments"
    assert len(reading.sentences) == len(reading.bounds) - 1 == 6
    assert (reading.body_share(0), reading.body_share(5)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "anchor", "results"),
    [
        ("Networks are slow. Our tool is fast. It is good.", 1, 3),
        ("Networks are slow. They outperform. It is good.", 0, 1),
        ("Networks are slow.", 0, 1),
        ("Results are poor. We present a tool. Results are good.", 1, 2),
        ("", -1, 0),
    ],
)
def test_landmarks_of_texts_that_do_not_say_much(text: str, anchor: int, results: int) -> None:
    found = read(doc_of(text, {}))
    assert (found.anchor, found.results) == (anchor, results)


def test_forms_of_one_thing_are_one_concept(reading: Reading) -> None:
    forms = [concept.forms for concept in reading.concepts]
    assert forms == [
        ("QuickPack",),
        ("GPUs", "GPU"),
        ("Large language models", "LLMs", "large language models"),
        ("latency",),
    ]
    assert [concept.index for concept in reading.concepts] == [0, 1, 2, 3]
    assert [len(concept.occurrences) for concept in reading.concepts] == [3, 2, 4, 1]


def test_an_occurrence_knows_its_words_and_its_sentence(reading: Reading) -> None:
    for occurrence in reading.occurrences:
        words = reading.words[occurrence.start : occurrence.end]
        assert "".join(words) == occurrence.span.text.lower().replace(" ", "")
        low, high = reading.bounds[occurrence.sentence : occurrence.sentence + 2]
        assert low <= occurrence.start < occurrence.end <= high
    inside = {i for o in reading.occurrences for i in range(o.start, o.end)}
    assert reading.inside == inside


@pytest.mark.parametrize(
    ("text", "names", "count"),
    [
        ("neural architecture search (NAS) helps. NAS wins.", ["neural architecture search", "NAS"], 1),
        ("simulated annealing (NAS) and NAS", ["simulated annealing", "NAS"], 2),
        ("neural search, NAS", ["neural search", "NAS"], 2),
        ("deep nets (ResNet) and ResNet", ["deep nets", "ResNet"], 2),
        ("big dense nets (DeN) and DeN", ["big dense nets", "DeN"], 2),
        ("dense nets of size (DeN) and DeN", ["dense nets of size", "DeN"], 1),
    ],
)
def test_a_short_form_in_brackets_joins_its_long_form(text: str, names: list[str], count: int) -> None:
    doc = doc_of(text, dict.fromkeys(names, "method"))
    doc._.abbreviations = []
    assert len(read(doc).concepts) == count


def test_a_definition_joins_nothing_that_is_not_mentioned() -> None:
    doc = doc_of("We use graph neural networks (GNNs). Networks win.", {"Networks": "model"})
    assert doc._.abbreviations
    assert [concept.forms for concept in read(doc).concepts] == [("Networks",)]


def test_a_concept_has_its_commonest_type() -> None:
    doc = doc_of("GPU and GPUs and GPUs", {"GPU": "tool", "GPUs": "hardware"})
    (concept,) = read(doc).concepts
    assert (concept.type, concept.forms) == ("hardware", ("GPU", "GPUs"))


@given(st.text(alphabet="aB. \n-(1:", max_size=50), st.integers(0, 50))
def test_any_text_is_read_and_its_bounds_hold(text: str, title_end: int) -> None:
    found = read(doc_of(text, {}, min(title_end, len(text))))
    assert found.bounds == sorted(found.bounds)
    assert found.bounds[-1] == len(found.words)
    assert len(found.bounds) == len(found.sentences) + 1
    assert 0 <= found.colon <= found.title <= len(found.words)
    assert found.concepts == found.occurrences == []
