from __future__ import annotations

import random
from collections.abc import Sequence

from kg.resolve import Resolution, mention_id, resolve
from kg.types import Extraction, Mention


def _mention(paper: str, text: str, kind: str = "model", start: int = 0) -> Mention:
    return Mention(paper_id=paper, start=start, end=start + len(text), text=text, type=kind)


def _paper(
    name: str, *texts: str | tuple[str, str], abbreviations: Sequence[tuple[str, str]] = ()
) -> Extraction:
    mentions = []
    for place, text in enumerate(texts):
        form, kind = (text, "model") if isinstance(text, str) else text
        mentions.append(_mention(name, form, kind, start=100 * place))
    return Extraction(paper_id=name, mentions=tuple(mentions), abbreviations=tuple(abbreviations))


def _names(resolution: Resolution) -> dict[str, tuple[str, ...]]:
    return {entity.name: entity.aliases for entity in resolution.entities}


def test_case_hyphen_and_plural_are_one_thing() -> None:
    papers = [_paper("a", "Deep Neural-Networks", "deep neural network"), _paper("b", "deep neural networks")]
    assert _names(resolve(papers)) == {
        "deep neural network": ("Deep Neural-Networks", "deep neural network", "deep neural networks")
    }


def test_a_paper_s_own_abbreviation_joins_its_two_forms() -> None:
    paper = _paper(
        "a", "Inter-Operator Scheduler", "IOS", abbreviations=[("IOS", "Inter-Operator Scheduler")]
    )
    resolution = resolve([paper])
    assert len(resolution.entities) == 1
    assert {link.rule for link in resolution.links} <= {"same form", "abbreviation", "normal form"}


def test_an_undefined_short_form_follows_the_collection_unless_it_is_ambiguous() -> None:
    defined = _paper("a", "deep neural network", abbreviations=[("DNN", "deep neural network")])
    assert len(resolve([defined, _paper("b", "DNNs")]).entities) == 1

    smt = [
        _paper("a", "simultaneous multithreading", abbreviations=[("SMT", "simultaneous multithreading")]),
        _paper(
            "b", "satisfiability modulo theories", abbreviations=[("SMT", "satisfiability modulo theories")]
        ),
        _paper("c", "SMT"),
    ]
    assert len(resolve(smt).entities) == 3


def test_slips_in_a_long_form_do_not_split_it() -> None:
    papers = [
        _paper("a", "deep neural network", "DNN", abbreviations=[("DNN", "deep neural network")]),
        _paper("b", "Deep NeuralNetworks", "DNNs", abbreviations=[("DNNs", "Deep NeuralNetworks")]),
        _paper("c", "deep neural networks", abbreviations=[("DNN", "deep neural networks")]),
        _paper("d", "DNN"),
    ]
    resolution = resolve(papers)
    assert len(resolution.entities) == 1
    assert "spelling of a long form" in {link.rule for link in resolution.links}


def test_one_odd_definition_does_not_change_what_others_mean() -> None:
    usual = [
        _paper(
            f"p{number}",
            "convolutional neural network",
            abbreviations=[("CNN", "convolutional neural network")],
        )
        for number in range(8)
    ]
    odd = _paper("odd", "CNN", abbreviations=[("CNN", "cellular nonlinear net")])
    resolution = resolve([*usual, odd, _paper("undefined", "CNN")])
    assert {(entity.name, entity.papers) for entity in resolution.entities} == {
        ("convolutional neural network", 9),
        ("CNN", 1),
    }


def test_a_lower_case_word_is_no_acronym_of_somebody_else() -> None:
    defined = _paper(
        "a", "Cross-layer Approximation Tool", abbreviations=[("CAT", "Cross-layer Approximation Tool")]
    )
    assert len(resolve([defined, _paper("b", "cat")]).entities) == 2


def test_a_short_acronym_with_two_types_is_two_things_and_a_phrase_is_one() -> None:
    assert len(resolve([_paper("a", ("IOS", "method")), _paper("b", ("iOS", "tool"))]).entities) == 2
    phrases = [_paper("a", ("weight pruning", "method")), _paper("b", ("weight pruning", "task"))]
    assert len(resolve(phrases).entities) == 1


def test_counts_links_and_independence_of_order() -> None:
    papers = [
        _paper("a", "GPU", "GPUs", "CNN"),
        _paper("b", "GPU", abbreviations=[("CNN", "convolutional neural network")]),
        _paper("c", "convolutional neural networks", "CNNs"),
    ]
    expected = resolve(papers)
    gpu = next(entity for entity in expected.entities if entity.name == "GPU")
    assert (gpu.papers, gpu.mentions, gpu.aliases) == (2, 3, ("GPU", "GPUs"))
    every = {mention_id(mention) for paper in papers for mention in paper.mentions}
    assert {link.mention_id for link in expected.links} == every == set(expected.entity_of)
    assert all(0 < link.score <= 1 for link in expected.links)
    for seed in range(4):
        assert resolve(random.Random(seed).sample(papers, 3)) == expected


def test_the_name_is_the_spelling_of_running_text() -> None:
    papers = [_paper("a", "Federated Learning", "federated learning"), _paper("b", "Federated Learning")]
    assert resolve(papers).entities[0].name == "federated learning"
