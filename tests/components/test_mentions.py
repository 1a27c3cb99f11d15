"""One decision a form: votes, abbreviations, every occurrence, no overlap."""

from __future__ import annotations

import itertools
from pathlib import Path

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, SpanGroup

from kg.components.abbreviations import Abbreviations
from kg.components.mentions import Mentions, make_mentions
from kg.components.tokenizer import make_tokenizer
from kg.components.votes import VoteModel

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer()(NLP)
Vote = tuple[str, str, float]


def candidates(text: str, **groups: list[Vote]) -> Doc:
    doc = Abbreviations()(NLP.make_doc(text))
    for key, votes in groups.items():
        group = SpanGroup(doc, name=key)
        for name, kind, _ in votes:
            start = text.index(name)
            span = doc.char_span(start, start + len(name), label=kind)
            assert span is not None
            group.append(span)
        group.attrs.update(scores=[score for *_, score in votes], extractors=[key] * len(votes))
        doc.spans[key] = group
    return doc


def decided(doc: Doc, **settings: float) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in Mentions(**settings)(doc).spans["mentions"]]  # type: ignore[arg-type]


def test_every_whole_word_occurrence_of_a_form() -> None:
    doc = candidates("IOS beats IOSX; IOS wins.", names=[("IOS", "method", 0.9)])
    assert decided(doc) == [("IOS", "method"), ("IOS", "method")]


def test_longer_form_wins_and_shorter_stays_elsewhere() -> None:
    doc = candidates(
        "structured weight pruning and weight pruning",
        gazetteer=[("weight pruning", "method", 0.9)],
        names=[("structured weight pruning", "method", 0.6)],
    )
    assert [text for text, _ in decided(doc)] == ["structured weight pruning", "weight pruning"]


def test_types_are_voted() -> None:
    doc = candidates("Halide", gazetteer=[("Halide", "tool", 0.8)], names=[("Halide", "model", 0.7)])
    assert decided(doc) == [("Halide", "tool")]


def test_what_the_paper_says_of_its_own_name_outweighs_the_lists() -> None:
    doc = candidates("Halide", gazetteer=[("Halide", "tool", 0.95)], is_pattern=[("Halide", "hardware", 0.8)])
    mentions = Mentions(keys=["gazetteer", "is_pattern"])(doc).spans["mentions"]
    assert [(span.text, span.label_) for span in mentions] == [("Halide", "hardware")]


def test_low_confidence_is_dropped() -> None:
    doc = candidates("Foo and Bar", names=[("Foo", "method", 0.3), ("Bar", "method", 0.6)])
    assert decided(doc, threshold=0.5) == [("Bar", "method")]


def test_abbreviation_carries_the_type_of_its_long_form() -> None:
    text = "We use graph neural networks (GNNs). GNNs win."
    doc = candidates(text, gazetteer=[("graph neural networks", "model", 0.9)])
    assert decided(doc) == [("graph neural networks", "model"), ("GNNs", "model"), ("GNNs", "model")]
    assert doc.spans["mentions"][1]._.extractors == ("abbreviation",)


def test_abbreviation_settles_a_conflict_of_types() -> None:
    doc = candidates(
        "deep leakage from gradients (DLG)",
        names=[("DLG", "model", 0.6), ("deep leakage from gradients", "method", 0.9)],
    )
    assert len({kind for _, kind in decided(doc)}) == 1


def test_agreement_raises_confidence_and_names_the_extractors() -> None:
    doc = candidates("CNN", gazetteer=[("CNN", "model", 0.6)], names=[("CNN", "model", 0.5)])
    Mentions()(doc)
    (span,) = doc.spans["mentions"]
    assert span._.extractors == ("gazetteer", "names")
    assert span._.confidence == 0.8


def test_the_weights_of_the_votes_decide(tmp_path: Path) -> None:
    VoteModel(extractors=("names",), weights={"bias": -1.0, "names": 3.0, "names score": 1.0}).write(
        tmp_path / "votes.json"
    )
    mentions = make_mentions(NLP, "x", ["gazetteer", "names"], 0.35, str(tmp_path / "votes.json"))
    doc = mentions(
        candidates("Foo and Bar", names=[("Foo", "method", 0.5)], gazetteer=[("Bar", "tool", 0.99)])
    )
    (span,) = doc.spans["mentions"]
    assert (span.text, round(span._.confidence, 3)) == ("Foo", 0.881)


def test_a_group_without_attributes_counts_by_span_confidence() -> None:
    doc = candidates("We use FooNet.")
    span = doc.char_span(7, 13, label="model")
    assert span is not None
    span._.confidence = 0.9
    doc.spans["model"] = [span]
    doc = Mentions(keys=["model"])(doc)
    assert [(s.text, s._.extractors) for s in doc.spans["mentions"]] == [("FooNet", ("model",))]


@given(st.lists(st.sampled_from(["a b", "b", "b c", "a b c", "c", "d"]), unique=True))
def test_mentions_are_sorted_and_do_not_overlap(names: list[str]) -> None:
    doc = candidates("a b c d b c a b", names=[(name, "method", 0.9) for name in names])
    spans = list(Mentions()(doc).spans["mentions"])
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    covered = {token.text for span in spans for token in span}
    assert covered == {letter for name in names for letter in name.split()}


def test_a_form_that_ends_in_the_middle_of_a_list_is_none() -> None:
    doc = candidates("power, and area", names=[("power, and", "metric", 0.9), ("area", "metric", 0.9)])
    assert decided(doc) == [("area", "metric")]
