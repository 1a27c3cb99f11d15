"""Relations on small real abstracts with mentions and roles given by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.components.annotations import MENTIONS, RelationAnnotation
from kg.components.reading import read
from kg.components.relation_features import candidate_pairs
from kg.components.relations import KINDS
from kg.text import whole_word_spans

# after arXiv:2511.04684 (metadata CC0 1.0), the last sentence changed
TITLE = "RAS: A Bit-Exact rANS Accelerator for Neural Lossless Compression"
ABSTRACT = (
    "Data centers handle vast volumes of data. We introduce RAS, a hardware architecture that integrates "
    "the rANS algorithm into a lossless compression pipeline. RAS couples an rANS core with a "
    "probabilistic generator. Experiments on ImageNet show that it outperforms Zstd."
)
NAMES = {
    "RAS": ("hardware", "proposed"),
    "rANS core": ("hardware", "proposed"),
    "probabilistic generator": ("hardware", "proposed"),
    "lossless compression": ("task", "target"),
    "ImageNet": ("dataset", "evaluated_on"),
    "Zstd": ("tool", "baseline"),
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    for name in ("kg_sentences", "kg_abbreviations", "kg_relations"):
        nlp.add_pipe(name)
    return nlp


def annotate(nlp: Language, title: str, abstract: str, names: dict[str, tuple[str, str]]) -> Doc:
    doc = nlp.make_doc(f"{title}\n\n{abstract}" if title else abstract)
    doc._.title_end = len(title)
    spans = []
    for name, (kind, role) in names.items():
        for start, end in whole_word_spans(doc.text, name):
            span = doc.char_span(start, end, label=kind, alignment_mode="expand")
            assert span is not None
            span._.role = role
            spans.append(span)
    doc.spans[MENTIONS] = sorted(spans, key=lambda span: span.start)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def triples(doc: Doc) -> set[tuple[str, str, str]]:
    return {(relation.head.text, relation.kind, relation.tail.text) for relation in doc._.relations}


def test_relations_of_a_real_abstract(nlp: Language) -> None:
    found = triples(annotate(nlp, TITLE, ABSTRACT, NAMES))
    assert ("rANS core", "part_of", "RAS") in found
    assert ("probabilistic generator", "part_of", "RAS") in found
    assert ("RAS", "used_for", "lossless compression") in found


def test_it_stands_for_what_is_proposed(nlp: Language) -> None:
    found = triples(annotate(nlp, TITLE, ABSTRACT, NAMES))
    assert ("RAS", "compared_with", "Zstd") in found
    assert ("RAS", "evaluated_on", "ImageNet") in found


def test_relation_spans_are_mentions_and_evidence_is_a_sentence(nlp: Language) -> None:
    doc = annotate(nlp, TITLE, ABSTRACT, NAMES)
    mentions = {(span.start, span.end) for span in doc.spans[MENTIONS]}
    sentences = {(sentence.start, sentence.end) for sentence in doc.sents}
    assert doc._.relations
    for relation in doc._.relations:
        assert isinstance(relation, RelationAnnotation)
        assert relation.kind in KINDS
        assert (relation.head.start, relation.head.end) in mentions
        assert (relation.tail.start, relation.tail.end) in mentions
        assert (relation.evidence.start, relation.evidence.end) in sentences
        ends = (relation.head.start, relation.tail.start)
        assert any(relation.evidence.start <= end < relation.evidence.end for end in ends)
        assert 0 < relation.confidence < 1


def test_one_relation_a_pair_of_concepts(nlp: Language) -> None:
    text = (
        "We introduce randomized bit error training (RandBET) for robust accelerators. RandBET is evaluated "
        "on CIFAR-10. On CIFAR-10, randomized bit error training wins."
    )
    names = {
        "randomized bit error training": ("method", "proposed"),
        "RandBET": ("method", "proposed"),
        "CIFAR-10": ("dataset", "evaluated_on"),
    }
    relations = annotate(nlp, "", text, names)._.relations
    assert [(r.kind, r.tail.text) for r in relations] == [("evaluated_on", "CIFAR-10")]


def test_specific_is_a_general(nlp: Language) -> None:
    text = "We study vision models such as ResNet-50 and other convolutional neural networks."
    names = {"ResNet-50": ("model", "used"), "vision models": ("model", "mentioned")}
    assert ("ResNet-50", "is_a", "vision models") in triples(annotate(nlp, "", text, names))


def test_metrics_take_no_part(nlp: Language) -> None:
    text = "We propose RAS. RAS improves accuracy over Zstd."
    names = {
        "RAS": ("hardware", "proposed"),
        "accuracy": ("metric", "measured"),
        "Zstd": ("tool", "baseline"),
    }
    doc = annotate(nlp, "", text, names)
    reading = read(doc)
    roles = ["proposed", "measured", "baseline"]
    ends = {
        reading.concepts[i].type
        for pair in candidate_pairs(reading, roles, 0)
        for i in (pair.head, pair.tail)
    }
    assert ends == {"hardware", "tool"}


def test_unrelated_concepts_far_apart_are_no_candidates(nlp: Language) -> None:
    text = "Caches are small. Nothing here. Trees are green."
    doc = annotate(nlp, "", text, {"Caches": ("hardware", "mentioned"), "Trees": ("method", "mentioned")})
    assert candidate_pairs(read(doc), ["mentioned", "mentioned"], None) == []


@pytest.mark.parametrize(
    "phrase", ["The framework", "Our method", "The proposed scheme", "It", "This accelerator"]
)
def test_what_is_meant_meets_what_is_named(nlp: Language, phrase: str) -> None:
    text = f"We propose RAS. Some words stand between. {phrase} runs on FPGAs."
    names = {"RAS": ("hardware", "proposed"), "FPGAs": ("hardware", "target")}
    (pair, _) = candidate_pairs(read(annotate(nlp, "", text, names)), ["proposed", "target"], 0)
    assert [(head.sentence, tail.sentence) for head, tail in pair.meetings] == [(2, 2)]


@pytest.mark.parametrize("phrase", ["The weather", "The", "Another accelerator"])
def test_other_things_stand_for_nothing(nlp: Language, phrase: str) -> None:
    text = f"We propose RAS. Some words stand between. {phrase} runs on FPGAs."
    names = {"RAS": ("hardware", "proposed"), "FPGAs": ("hardware", "target")}
    pairs = candidate_pairs(read(annotate(nlp, "", text, names)), ["proposed", "target"], 0)
    assert [pair.meetings for pair in pairs] == [(), ()]


def test_what_the_title_aims_at_is_a_candidate_tail(nlp: Language) -> None:
    text = "Caches are small. Nothing here. Trees are green."
    names = {
        "scheduling": ("task", "target"),
        "Caches": ("hardware", "used"),
        "Trees": ("method", "mentioned"),
    }
    reading = read(annotate(nlp, "On scheduling", text, names))
    pairs = candidate_pairs(reading, ["target", "used", "mentioned"], None)
    assert [(pair.head, pair.tail) for pair in pairs] == [(1, 0), (2, 0)]


def test_a_sort_is_a_candidate_of_its_own_kind_only(nlp: Language) -> None:
    text = "LLMs are large. Nothing here. We try Mistral. GPUs are fast."
    names = {
        "LLMs": ("model", "target"),
        "Mistral": ("model", "evaluated_on"),
        "GPUs": ("hardware", "used"),
    }
    reading = read(annotate(nlp, "", text, names))
    pairs = candidate_pairs(reading, ["target", "evaluated_on", "used"], None)
    assert [(pair.head, pair.tail) for pair in pairs] == [(1, 0)]


def test_doubtful_ends_make_doubtful_relations(nlp: Language) -> None:
    doc = annotate(nlp, TITLE, ABSTRACT, NAMES)
    sure = {(r.head.text, r.tail.text): r.confidence for r in doc._.relations}
    for span in doc.spans[MENTIONS]:
        span._.confidence = 0.5 if span.text == "ImageNet" else 1.0
    again = nlp.get_pipe("kg_relations")(doc)
    doubted = {(r.head.text, r.tail.text): r.confidence for r in again._.relations}
    assert doubted["RAS", "ImageNet"] == pytest.approx(sure["RAS", "ImageNet"] / 2, abs=1e-3)
    assert doubted["RAS", "Zstd"] == pytest.approx(sure["RAS", "Zstd"], abs=1e-3)


@pytest.mark.parametrize(
    "text, names", [("", {}), ("Nothing.", {}), ("We use RAS.", {"RAS": ("hardware", "used")})]
)
def test_fewer_than_two_mentions_give_none(
    nlp: Language, text: str, names: dict[str, tuple[str, str]]
) -> None:
    assert annotate(nlp, "", text, names)._.relations == []


def test_the_same_text_gives_the_same_relations(nlp: Language) -> None:
    first, second = (annotate(nlp, TITLE, ABSTRACT, NAMES) for _ in range(2))
    assert [(r.head.start, r.kind, r.tail.start, r.confidence) for r in first._.relations] == [
        (r.head.start, r.kind, r.tail.start, r.confidence) for r in second._.relations
    ]
