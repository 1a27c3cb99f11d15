from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.bylines import resolve_bylines
from kg.collect import collect
from kg.doubts import Doubt, doubts, named
from kg.resolve import resolve
from kg.tables import Tables
from kg.types import Extraction, Mention, Paper

Make = Callable[..., Paper]
Say = Callable[..., Mention]


@pytest.fixture
def tables(make_paper: Make, mention: Say) -> Tables:
    """Five papers with a slip, an acronym of two things and a weak merge."""
    texts = [
        ("One", "We use spectral clusterring here.", [("spectral clusterring", "method")], []),
        ("Two", "We use spectral clustering here.", [("spectral clustering", "method")], []),
        (
            "Three",
            "Inter-operator scheduler (IOS) is fast.",
            [("Inter-operator scheduler", "method"), ("IOS", "method")],
            [("IOS", "Inter-operator scheduler")],
        ),
        (
            "Four",
            "Internet operating system (IOS) is old.",
            [("Internet operating system", "tool"), ("IOS", "tool")],
            [("IOS", "Internet operating system")],
        ),
        ("Five", "ImageNet dataset and ImageNet.", [("ImageNet dataset", "dataset")], []),
        ("Six", "ResNet-50 and ResNet-51 on ImageNet.", [("ImageNet", "dataset")], []),
        ("Seven", "Of ResNet-50.", [("ResNet-50", "model")], []),
        ("Eight", "Of ResNet-51.", [("ResNet-51", "model")], []),
    ]
    papers, extractions = [], []
    for title, abstract, forms, short in texts:
        paper = make_paper(title, abstract)
        papers.append(paper)
        mentions = tuple(mention(paper, text, kind) for text, kind in forms)
        extractions.append(Extraction(paper_id=paper.paper_id, mentions=mentions, abbreviations=tuple(short)))
    works = {paper.paper_id: paper.paper_id for paper in papers}
    return collect([], papers, works, extractions, resolve(extractions), resolve_bylines(papers))


def _of_kind(tables: Tables, kind: str) -> list[Doubt]:
    return [doubt for doubt in doubts(tables) if doubt.kind == kind]


def test_names_that_are_spelt_nearly_alike_are_proposed_and_other_numbers_are_not(tables: Tables) -> None:
    (alike,) = _of_kind(tables, "alike")
    assert set(alike.names) == {"spectral clustering", "spectral clusterring"}
    assert {example.sentence for example in alike.examples} == {
        "We use spectral clusterring here.",
        "We use spectral clustering here.",
    }


def test_a_short_form_of_two_things_is_shown_with_a_sentence_of_each(tables: Tables) -> None:
    (ambiguous,) = _of_kind(tables, "ambiguous")
    assert ambiguous.names == ("IOS", "Inter-operator scheduler", "Internet operating system")
    assert ambiguous.papers == (2, 1, 1)
    assert len(ambiguous.examples) == 2


def test_a_weak_merge_is_shown_with_its_rule(tables: Tables) -> None:
    (weak,) = _of_kind(tables, "weak merge")
    assert (weak.names, weak.rule, weak.papers) == (("ImageNet dataset", "ImageNet"), "generic word", (1, 1))


def test_the_most_doubtful_comes_first(tables: Tables) -> None:
    found = [doubt.doubt for doubt in doubts(tables)]
    assert found == sorted(found, reverse=True)
    assert all(0 < doubt < 1 for doubt in found)


def test_examples_point_at_their_form(tables: Tables) -> None:
    texts = {row["paper_id"]: row["text"] for row in tables.papers}
    examples = [example for doubt in doubts(tables) for example in doubt.examples]
    assert examples
    for example in examples:
        assert texts[example.paper_id][example.start : example.end] == example.form
        assert example.form in example.sentence


def test_a_name_goes_before_an_alias_and_a_type_decides(tables: Tables) -> None:
    assert [row["name"] for row in named(tables, "imagenet datasets", None)] == ["ImageNet"]
    assert len(named(tables, "ios", None)) == 2
    assert [row["type"] for row in named(tables, "ios", "tool")] == ["tool"]
    assert named(tables, "nothing", None) == []
