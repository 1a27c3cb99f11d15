"""Roles on small real abstracts with the mentions given by hand, and the classifier under them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from kg.components.annotations import MENTIONS
from kg.components.classifier import Classifier, load_classifier, probabilities
from kg.components.reading import read
from kg.components.role_features import role_features, shape
from kg.components.roles import ROLES, Roles, role_probabilities
from kg.errors import PipelineError
from kg.text import whole_word_spans

# arXiv:2604.09759 (metadata CC0 1.0)
TITLE = "Sustainable Transformer Neural Network Acceleration with Stochastic Photonic Computing"
ABSTRACT = (
    "Transformers achieve state-of-the-art performance in natural language processing, but demand high "
    "computation and memory. To address these challenges, we present ASTRA, the first silicon-photonic "
    "accelerator leveraging stochastic computing for transformers. Evaluations show at least 7.6x speedup"
    " and 1.3x lower energy overheads compared to state-of-the-art accelerators, highlighting ASTRA's "
    "potential for transformer inference."
)
NAMES = {
    "ASTRA": "hardware",
    "Transformers": "model",
    "stochastic computing": "method",
    "natural language processing": "task",
    "speedup": "metric",
    "energy overheads": "metric",
    "transformer inference": "task",
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    for name in ("kg_sentences", "kg_abbreviations", "kg_roles"):
        nlp.add_pipe(name)
    return nlp


def annotate(nlp: Language, title: str, abstract: str, names: dict[str, str]) -> Doc:
    doc = nlp.make_doc(f"{title}\n\n{abstract}" if title else abstract)
    doc._.title_end = len(title)
    spans = []
    for name, kind in names.items():
        for start, end in whole_word_spans(doc.text, name):
            span = doc.char_span(start, end, label=kind, alignment_mode="expand")
            assert span is not None
            spans.append(span)
    doc.spans[MENTIONS] = sorted(spans, key=lambda span: span.start)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def roles_of(doc: Doc) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for span in doc.spans[MENTIONS]:
        found.setdefault(span.text, set()).add(span._.role)
    return found


def test_roles_of_a_real_abstract(nlp: Language) -> None:
    roles = roles_of(annotate(nlp, TITLE, ABSTRACT, NAMES))
    assert roles["ASTRA"] == {"proposed"}
    assert roles["speedup"] == roles["energy overheads"] == {"measured"}
    assert roles["transformer inference"] == {"target"}
    assert roles["stochastic computing"] == {"used"}
    assert roles["Transformers"] != {"proposed"}


def test_comparison_and_evaluation(nlp: Language) -> None:
    text = (
        "We propose GraphZip, a compression method. Experiments on ImageNet and CIFAR-10 show that GraphZip "
        "outperforms DeepZip and PruneNet in accuracy."
    )
    names = {"GraphZip": "method", "ImageNet": "dataset", "CIFAR-10": "dataset", "DeepZip": "method"}
    roles = roles_of(annotate(nlp, "", text, {**names, "PruneNet": "method", "accuracy": "metric"}))
    assert roles["GraphZip"] == {"proposed"}
    assert roles["ImageNet"] == roles["CIFAR-10"] == {"evaluated_on"}
    assert roles["DeepZip"] == {"baseline"}
    assert roles["accuracy"] == {"measured"}


def test_short_and_long_form_have_one_role(nlp: Language) -> None:
    text = (
        "Large models leak. We introduce randomized bit error training (RandBET) to make them robust. Later, "
        "RandBET halves the energy of accelerators."
    )
    doc = annotate(nlp, "", text, {"randomized bit error training": "method", "RandBET": "method"})
    assert roles_of(doc) == {"randomized bit error training": {"proposed"}, "RandBET": {"proposed"}}


def test_plural_is_the_same_concept(nlp: Language) -> None:
    doc = annotate(
        nlp, "", "A GPU is fast. GPUs are used. We tune the GPU.", {"GPU": "hardware", "GPUs": "hardware"}
    )
    assert len(read(doc).concepts) == 1
    assert len({span._.role for span in doc.spans[MENTIONS]}) == 1


def test_without_mentions_or_text_nothing_happens(nlp: Language) -> None:
    assert list(annotate(nlp, "", "", {}).spans[MENTIONS]) == []
    assert list(annotate(nlp, "", "Nothing to see.", {}).spans[MENTIONS]) == []


def test_newlines_inside_sentences(nlp: Language) -> None:
    doc = annotate(nlp, TITLE, ABSTRACT.replace(", we present", ",\n we  present"), NAMES)
    assert roles_of(doc)["ASTRA"] == {"proposed"}


def test_probabilities_sum_to_one_and_name_every_role(nlp: Language) -> None:
    reading = read(annotate(nlp, TITLE, ABSTRACT, NAMES))
    first, second = (load_classifier(f"en_research/{name}.json") for name in ("roles", "roles_context"))
    chances = role_probabilities(reading, first, second)
    assert first.labels == second.labels == ROLES
    assert chances.sum(axis=1) == pytest.approx(1.0)


def test_features_are_sorted_and_unique(nlp: Language) -> None:
    reading = read(annotate(nlp, TITLE, ABSTRACT, NAMES))
    for concept in reading.concepts:
        features = role_features(reading, concept)
        assert features == sorted(set(features))


def test_reading_finds_the_landmarks(nlp: Language) -> None:
    doc = annotate(nlp, TITLE, ABSTRACT, NAMES)
    reading = read(doc)
    sentences = [doc[start:end].text for start, end in reading.sentences]
    assert sentences == [sentence.text for sentence in doc.sents]
    assert "we present ASTRA" in sentences[reading.anchor]
    assert sentences[reading.results].startswith("Evaluations show")
    assert reading.words[: reading.title] == TITLE.lower().split()


@pytest.mark.parametrize("form, name", [("GPU", "acronym"), ("TinyML", "camel"), ("weight pruning", "lower")])
def test_shape(form: str, name: str) -> None:
    assert shape(form) == name


def test_a_broken_classifier_is_named(tmp_path: Path) -> None:
    path = tmp_path / "roles.json"
    path.write_text(json.dumps({"labels": ["a"]}), encoding="utf-8")
    with pytest.raises(PipelineError, match=r"roles\.json"):
        load_classifier(str(path))
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(PipelineError, match=r"roles\.json"):
        load_classifier(str(path))
    with pytest.raises(PipelineError, match="absent"):
        load_classifier(str(tmp_path / "absent.json"))


def test_a_classifier_file(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    data = {"labels": ["a", "b"], "scale": 10, "temperature": 2.0, "features": {"x": [20, -20]}}
    path.write_text(json.dumps(data), encoding="utf-8")
    model = load_classifier(str(path))
    scores = model.scores([["x"], ["unknown"], []])
    assert scores.tolist() == [[1.0, -1.0], [0.0, 0.0], [0.0, 0.0]]
    assert probabilities(scores)[1].tolist() == [0.5, 0.5]


def test_a_second_opinion_counts_where_the_recogniser_saw_the_concept(nlp: Language) -> None:
    text = "We tune Halide here. TVM is also there."
    names = {"Halide": "tool", "TVM": "tool"}

    def opinion(role: str, weight: float) -> dict[str, set[str]]:
        doc = nlp.make_doc(text)
        doc.spans[MENTIONS] = [doc.char_span(8, 14, label="tool"), doc.char_span(21, 24, label="tool")]
        group = SpanGroup(doc, name="model", spans=[doc.char_span(8, 14, label="tool")])
        group.attrs["roles"] = [[0.0 if name == role else -20.0 for name in ROLES]]
        doc.spans["model"] = group
        for _, component in nlp.pipeline[:-1]:
            doc = component(doc)
        first, second = (load_classifier(f"en_research/{name}.json") for name in ("roles", "roles_context"))
        return roles_of(Roles(first, second, weight=weight)(doc))

    alone = roles_of(annotate(nlp, "", text, names))
    for role in ("target", "evaluated_on"):
        told = opinion(role, 1.0)
        assert told["Halide"] == {role}
        assert told["TVM"] == alone["TVM"], "what was not seen is not judged"
        assert opinion(role, 0.0) == alone


def test_the_first_look_alone_decides_where_the_second_has_nothing_to_say(nlp: Language) -> None:
    reading = read(annotate(nlp, TITLE, ABSTRACT, NAMES))
    labels = tuple(ROLES)
    first = Classifier(labels=labels, index={"type=metric": 0}, weights=np.eye(len(labels))[[4]] * 9)
    second = Classifier(labels=labels, index={}, weights=np.zeros((0, len(labels))))
    chances = role_probabilities(reading, first, second)
    for concept in reading.concepts:
        row = chances[concept.index]
        if concept.type == "metric":
            assert labels[int(row.argmax())] == labels[4] and row.max() > 0.99
        else:
            assert row == pytest.approx(1 / len(labels))


def test_the_second_look_adds_to_the_first(nlp: Language) -> None:
    reading = read(annotate(nlp, TITLE, ABSTRACT, NAMES))
    labels = tuple(ROLES)
    first = Classifier(labels=labels, index={}, weights=np.zeros((0, len(labels))))
    second = Classifier(labels=labels, index={"own=P|metric": 0}, weights=np.eye(len(labels))[[3]] * 9)
    chances = role_probabilities(reading, first, second)
    likeliest = [labels[int(row.argmax())] for row in chances]
    for concept in reading.concepts:
        assert (likeliest[concept.index] == labels[3]) is (concept.type == "metric")


def test_labels_in_any_order_are_those_of_the_recogniser(nlp: Language) -> None:
    doc = nlp.make_doc("We tune Halide here.")
    doc.spans[MENTIONS] = [doc.char_span(8, 14, label="tool")]
    group = SpanGroup(doc, name="model", spans=list(doc.spans[MENTIONS]))
    group.attrs["roles"] = [[0.0 if name == "target" else -9.0 for name in ROLES]]
    doc.spans["model"] = group
    for _, component in nlp.pipeline[:-1]:
        doc = component(doc)
    silent = Classifier(labels=tuple(reversed(ROLES)), index={}, weights=np.zeros((0, len(ROLES))))
    assert roles_of(Roles(silent, silent)(doc)) == {"Halide": {"target"}}


def test_features_under_a_prefix_are_a_classifier_of_their_own() -> None:
    model = Classifier(
        labels=("a", "b"),
        index={"x:one": 0, "y:one": 1, "x:two": 2},
        weights=np.array([[1.0, 0.0], [5.0, 5.0], [0.0, 2.0]]),
    )
    part = model.under("x:")
    assert part.scores([["one", "two"], ["x:one"], []]).tolist() == [[1.0, 2.0], [0.0, 0.0], [0.0, 0.0]]


def test_probabilities_of_large_scores_are_finite() -> None:
    assert probabilities(np.array([[1e4, 0.0], [-1e4, -1e4]])).tolist() == [[1.0, 0.0], [0.5, 0.5]]
