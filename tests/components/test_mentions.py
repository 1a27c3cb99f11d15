"""One decision a form: votes, abbreviations, every occurrence, no overlap."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, SpanGroup

from kg.components.abbreviations import Abbreviations
from kg.components.mentions import Mentions, make_mentions, surroundings
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


def test_an_undefined_type_of_an_abbreviation_is_a_guess_of_both_forms() -> None:
    doc = candidates("We use foo bar nets (FBNs).")
    assert decided(doc) == [("foo bar nets", "method"), ("FBNs", "method")]
    assert [span._.confidence for span in doc.spans["mentions"]] == [0.5, 0.5]
    assert decided(candidates("We use foo bar nets (FBNs)."), threshold=0.51) == []


def test_a_defined_abbreviation_makes_its_forms_surer() -> None:
    alone = candidates("We use FBNs.", names=[("FBNs", "model", 0.6)])
    defined = candidates("We use foo bar nets (FBNs).", names=[("FBNs", "model", 0.6)])
    for doc in (alone, defined):
        Mentions()(doc)
    told = {span.text: span for span in defined.spans["mentions"]}
    assert alone.spans["mentions"][0]._.confidence == 0.6
    assert told["FBNs"]._.confidence == 0.8 and told["FBNs"]._.extractors == ("abbreviation", "names")
    assert (told["foo bar nets"].label_, told["foo bar nets"]._.confidence) == ("model", 0.6)


def test_the_surer_of_two_forms_gives_the_type_of_both() -> None:
    for short, long, kind in ((0.9, 0.6, "model"), (0.6, 0.9, "tool")):
        doc = candidates(
            "We use foo bar nets (FBNs).",
            names=[("FBNs", "model", short), ("foo bar nets", "tool", long)],
        )
        assert {label for _, label in decided(doc)} == {kind}


@pytest.mark.parametrize(
    "name",
    ["and power", "the power", "power of", "power,", "of power", "power, and", ", power", "power with"],
)
def test_no_name_begins_or_ends_with_a_small_word_or_comma(name: str) -> None:
    doc = candidates(f"x {name} y", names=[(name, "metric", 0.9)])
    assert decided(doc) == []


@pytest.mark.parametrize("name", ["android", "off", "theory of power", "power-of-two", "A* and B*", "profit"])
def test_names_that_only_look_so_are_kept(name: str) -> None:
    assert decided(candidates(f"x {name} y", names=[(name, "metric", 0.9)])) == [(name, "metric")]


def test_surroundings_are_those_of_the_recogniser() -> None:
    doc = candidates("FooNet and FooNet v2 and FooNet", model=[("FooNet v2", "model", 0.9)])
    around = surroundings(doc, ["FooNet"])["FooNet"]
    assert (around.occurrences, around.same, around.crossing) == (3, 0.0, 0.0)
    assert around.within == pytest.approx(1 / 3)
    assert surroundings(candidates("FooNet"), ["FooNet"])["FooNet"].within == 0


def test_missing_groups_and_settings_of_the_factory() -> None:
    doc = candidates("Foo and Bar", names=[("Foo", "method", 0.3), ("Bar", "method", 0.5)])
    made = make_mentions(NLP, "x", ["gazetteer", "names"], 0.4, None)
    assert [span.text for span in made(doc).spans["mentions"]] == ["Bar"]
    assert list(Mentions()(candidates("")).spans["mentions"]) == []


def test_a_pattern_about_the_short_form_gives_way_to_a_surer_list_about_the_long_one() -> None:
    doc = candidates(
        "We use foo bar nets (FBNs).",
        is_pattern=[("FBNs", "hardware", 0.8)],
        gazetteer=[("foo bar nets", "model", 0.95)],
    )
    spans = Mentions(keys=["gazetteer", "is_pattern"])(doc).spans["mentions"]
    assert [(span.text, span.label_) for span in spans] == [("foo bar nets", "model"), ("FBNs", "model")]


def test_a_nearly_sure_variant_comes_with_its_accepted_form() -> None:
    text = "Sparse tensor cores and sparse-tensor core, sparse tenants"
    votes = [
        ("Sparse tensor cores", "hardware", 0.8),
        ("sparse-tensor core", "hardware", 0.3),
        ("sparse tenants", "hardware", 0.3),
    ]
    assert [text for text, _ in decided(candidates(text, names=votes))] == [
        "Sparse tensor cores",
        "sparse-tensor core",
    ]


@pytest.mark.parametrize(("kind", "score"), [("task", 0.3), ("hardware", 0.2)])
def test_a_variant_of_another_type_or_a_doubtful_one_stays_out(kind: str, score: float) -> None:
    text = "Sparse tensor cores and sparse-tensor core"
    votes = [("Sparse tensor cores", "hardware", 0.8), ("sparse-tensor core", kind, score)]
    assert len(decided(candidates(text, names=votes))) == 1


def test_all_forms_of_one_thing_get_the_surest_type() -> None:
    text = "Point cloud networks (PCN) beat other PCNs"
    votes = [("Point cloud networks", "model", 0.9), ("PCN", "hardware", 0.5), ("PCNs", "hardware", 0.6)]
    assert {kind for _, kind in decided(candidates(text, names=votes))} == {"model"}


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("BountyBench: Agents at Work", [("BountyBench", "dataset")]),
        ("BountyBench Agents at Work", []),
        ("Bounty: Agents at Work", []),
        ("A BountyBench: Agents at Work", []),
    ],
)
def test_the_coined_name_of_a_title_is_a_thing_whatever_its_type(
    title: str, found: list[tuple[str, str]]
) -> None:
    name = "BountyBench" if "BountyBench" in title else "Bounty"
    doc = candidates(title, names=[(name, "dataset", 0.3), (name, "task", 0.4), (name, "method", 0.2)])
    doc._.title_end = len(title)
    weights = {"bias": -2.0, "type dataset": 1.0, "type task": 1.3}
    mentions = Mentions(votes=VoteModel(extractors=("names",), weights=weights))(doc).spans["mentions"]
    assert [(span.text, span.label_) for span in mentions] == found


@pytest.mark.parametrize("cut", ["Foveros +", "Defect-Induced", "CNN-based", "and more"])
def test_a_form_that_was_cut_is_none(cut: str) -> None:
    assert decided(candidates(f"{cut} errors", names=[(cut, "method", 0.9)])) == []


def test_a_plus_may_end_a_name() -> None:
    assert decided(candidates("C++ code", names=[("C++", "tool", 0.9)])) == [("C++", "tool")]
