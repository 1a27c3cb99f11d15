from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from kg.components.annotations import RelationAnnotation, ResultAnnotation
from kg.extract import extraction_of, surer_than
from kg.extractions import extract
from kg.types import Paper

MakePaper = Callable[..., Paper]


def _annotated(paper: Paper) -> Doc:
    doc = spacy.blank("en")(paper.text)
    ios, tensorrt = (
        doc.char_span(start, start + len(text), label=kind)
        for text, kind in (("IOS", "method"), ("TensorRT", "tool"))
        for start in [paper.text.index(text)]
    )
    ios._.role, ios._.confidence, ios._.extractors = "proposed", 0.91234567, ("names", "gazetteer")
    doc.spans["mentions"] = [tensorrt, ios]
    sentence = doc[ios.start :]
    doc._.relations = [
        RelationAnnotation(
            head=ios,
            kind="compared_with",
            tail=tensorrt,
            evidence=sentence,
            confidence=0.5,
            extractors=("cues",),
        )
    ]
    doc._.results = [
        ResultAnnotation(
            subject=None,
            predicate="improves",
            metric="speed",
            metric_span=None,
            value="2x",
            low=2,
            high=2,
            unit="x",
            bound="exact",
            baseline=tensorrt,
            dataset=None,
            hardware=None,
            polarity="positive",
            evidence=sentence,
            confidence=0.9,
        )
    ]
    doc._.abbreviations = [(ios, tensorrt)]
    return doc


def test_spans_become_values_that_outlive_the_doc(make_paper: MakePaper) -> None:
    paper = make_paper("Speed", "IOS is 2x TensorRT. ")
    extraction = extraction_of(paper, _annotated(paper))
    ios, tensorrt = extraction.mentions
    assert (ios.text, ios.type, ios.role, ios.confidence) == ("IOS", "method", "proposed", 0.9123)
    assert ios.extractors == ("gazetteer", "names")
    assert paper.text[tensorrt.start : tensorrt.end] == "TensorRT"
    relation, result = extraction.relations[0], extraction.results[0]
    assert (relation.head, relation.tail) == (ios, tensorrt)
    assert (result.subject, result.baseline, result.low) == (None, tensorrt, 2.0)
    assert extraction.abbreviations == (("IOS", "TensorRT"),)


def test_evidence_is_trimmed_and_stands_in_the_text(make_paper: MakePaper) -> None:
    paper = make_paper("Speed", "IOS is 2x TensorRT. ")
    evidence = extraction_of(paper, _annotated(paper)).relations[0].evidence
    assert evidence.quote == "IOS is 2x TensorRT."
    assert paper.text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("title", ["QuickPack: Fast Batching", None])
def test_a_paper_s_extraction_does_not_depend_on_its_neighbours(
    make_paper: MakePaper, title: str | None
) -> None:
    paper = make_paper(title, "We propose QuickPack. QuickPack is 2x faster than DeepSpeed on GLUE.")
    other = make_paper("Another", "We evaluate ResNet-50 on ImageNet with 4 GPUs and gain 3% accuracy.")
    alone = list(extract([paper], pipeline="en_research"))
    assert extract([other, paper, other], pipeline="en_research")[1:2] == alone
    assert {mention.text for mention in alone[0].mentions} >= {"QuickPack", "GLUE"}


@pytest.mark.parametrize("size", [1, 2, 64])
def test_a_paper_s_extraction_does_not_depend_on_the_batch(
    make_paper: MakePaper, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    texts = (
        "We propose QuickPack.",
        "QuickPack is 2x faster than DeepSpeed on GLUE, with 4 GPUs. " * 9,
        "No.",
    )
    papers = [make_paper(None, text, number=number) for number, text in enumerate(texts)]
    alone = [extraction for paper in papers for extraction in extract([paper], pipeline="en_research")]
    monkeypatch.setattr("kg.nlp._BATCH_SIZE", size)
    assert list(extract(papers, pipeline="en_research")) == alone


def test_progress_counts_texts(make_paper: MakePaper) -> None:
    told: list[tuple[int, int]] = []
    papers = [make_paper(None, f"We use CIFAR-{number}.") for number in (10, 100)]
    extract([*papers, papers[0]], pipeline="fast", progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (2, 2)]


def test_a_least_confidence_drops_what_is_less_sure_and_keeps_the_numbers(make_paper: MakePaper) -> None:
    paper = make_paper("Speed", "IOS is 2x TensorRT. ")
    extraction = extraction_of(paper, _annotated(paper))
    assert surer_than(0.0, extraction) == extraction
    surer = surer_than(0.6, extraction)  # TensorRT has no confidence, the relation 0.5, the result 0.9
    assert [mention.text for mention in surer.mentions] == ["IOS"]
    assert surer.relations == ()
    (result,) = surer.results
    assert (result.baseline, result.low) == (None, 2.0)
