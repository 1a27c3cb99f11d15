from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.aliases import NO_ALIASES
from kg.resolve import Resolution, mention_id
from kg.resolve import resolve as resolve_with_table
from kg.types import Extraction, Link, Mention


def resolve(papers: Sequence[Extraction], **options: object) -> Resolution:
    """By the rules alone, without the table of aliases."""
    return resolve_with_table(papers, aliases=NO_ALIASES, **options)  # type: ignore[arg-type]


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


def _links(resolution: Resolution, papers: Sequence[Extraction]) -> list[Link]:
    return [resolution.link_of(mention) for paper in papers for mention in paper.mentions]


def _rules(resolution: Resolution, papers: Sequence[Extraction]) -> set[str]:
    return {link.rule for link in _links(resolution, papers)}


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
    assert _rules(resolution, [paper]) <= {"same form", "abbreviation", "normal form"}


def test_an_undefined_short_form_follows_the_collection_unless_it_is_ambiguous() -> None:
    defined = _paper("a", "deep neural network", abbreviations=[("DNN", "deep neural network")])
    again = _paper("c", abbreviations=[("DNN", "deep neural network")])
    assert len(resolve([defined, again, _paper("b", "DNNs")]).entities) == 1
    assert len(resolve([defined, _paper("b", "DNNs")]).entities) == 2  # what one paper says is no usage

    smt = [
        _paper("a", "simultaneous multithreading", abbreviations=[("SMT", "simultaneous multithreading")]),
        _paper(
            "b", "satisfiability modulo theories", abbreviations=[("SMT", "satisfiability modulo theories")]
        ),
        _paper("c", "SMT"),
    ]
    assert len(resolve(smt).entities) == 3


def test_a_short_form_inside_a_longer_one_stands_for_what_it_means() -> None:
    defined = _paper(
        "a", "LLM agents", "large language model agent", abbreviations=[("LLM", "large language models")]
    )
    papers = [defined, _paper("b", "LLM agent", "RL Scope"), _paper("c", "llm agent")]
    resolution = resolve(papers)
    assert _names(resolution) == {
        "LLM agent": ("LLM agent", "LLM agents", "large language model agent"),
        "RL Scope": ("RL Scope",),
        "llm agent": ("llm agent",),
    }
    assert _rules(resolution, papers) == {"same form", "abbreviation inside", "normal form"}


def test_a_name_in_one_piece_is_not_spelt_out() -> None:
    paper = _paper(
        "a", "RL-Scope", "reinforcement learning scope", abbreviations=[("RL", "reinforcement learning")]
    )
    assert len(resolve([paper]).entities) == 2


@pytest.mark.parametrize(
    ("forms", "entities"),
    [
        (("PIM", "Processing-in-Memory"), 1),
        (("PIM", ("processing in memory", "method")), 2),
        (("PIM", "processing in memory", "paging in mind"), 3),
        (("AI", "artificial intelligence"), 2),
    ],
)
def test_initials_are_read_where_one_form_of_that_type_has_them(
    forms: tuple[str | tuple[str, str], ...], entities: int
) -> None:
    paper = _paper("a", *forms)
    resolution = resolve([paper])
    assert len(resolution.entities) == entities
    assert ("initials" in _rules(resolution, [paper])) == (entities == 1)


def test_initials_are_read_within_a_paper_only() -> None:
    assert len(resolve([_paper("a", "PIM"), _paper("b", "processing in memory")]).entities) == 2


def test_slips_in_a_long_form_do_not_split_it() -> None:
    papers = [
        _paper("a", "deep neural network", "DNN", abbreviations=[("DNN", "deep neural network")]),
        _paper("b", "Deep Neurral Networks", "DNNs", abbreviations=[("DNNs", "Deep Neurral Networks")]),
        _paper("c", "deep neural networks", abbreviations=[("DNN", "deep neural networks")]),
        _paper("d", "DNN"),
    ]
    resolution = resolve(papers)
    assert len(resolution.entities) == 1
    assert "spelling of a long form" in _rules(resolution, papers)


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
    links = _links(expected, papers)
    assert {link.entity_id for link in links} == {entity.entity_id for entity in expected.entities}
    assert all(0 < link.score <= 1 for link in links)
    for seed in range(4):
        assert resolve(random.Random(seed).sample(papers, 3)) == expected


def test_the_name_is_the_spelling_of_running_text() -> None:
    papers = [_paper("a", "Federated Learning", "federated learning"), _paper("b", "Federated Learning")]
    assert resolve(papers).entities[0].name == "federated learning"


def test_the_rule_says_why_a_mention_belongs_to_its_entity() -> None:
    papers = [
        _paper("a", "deep neural network", "DNN", abbreviations=[("DNN", "deep neural network")]),
        _paper("b", "Deep Neural Networks", "deep neural network"),
        _paper("c", "DNNs"),
        _paper("d", abbreviations=[("DNN", "deep neural network")]),
    ]
    resolution = resolve(papers)
    (entity,) = resolution.entities
    texts = {mention_id(mention): mention.text for paper in papers for mention in paper.mentions}
    rules = {(texts[link.mention_id], link.rule): link.score for link in _links(resolution, papers)}
    assert entity.name == "deep neural network"
    assert rules == {
        ("deep neural network", "same form"): 1.0,
        ("DNN", "abbreviation"): 0.97,
        ("Deep Neural Networks", "normal form"): 0.98,
        ("DNNs", "abbreviation elsewhere"): 0.9,
    }


def test_the_first_of_two_definitions_in_a_paper_holds() -> None:
    paper = _paper(
        "a", "SMT", "multithreading", abbreviations=[("SMT", "multithreading"), ("SMT", "modulo theories")]
    )
    assert len(resolve([paper]).entities) == 1
    other = _paper("a", "SMT", "modulo theories", abbreviations=paper.abbreviations)
    assert len(resolve([other]).entities) == 2


def test_a_form_that_is_its_own_definition_is_none() -> None:
    assert _names(resolve([_paper("a", "GPUs", abbreviations=[("GPU", "GPUs")])])) == {"GPUs": ("GPUs",)}


@pytest.mark.parametrize(("agreeing", "follows"), [(6, True), (4, False)])
def test_nearly_all_definitions_must_agree(agreeing: int, follows: bool) -> None:
    usual = [_paper(f"u{n}", abbreviations=[("CNN", "convolutional network")]) for n in range(agreeing)]
    odd = _paper("odd", abbreviations=[("CNN", "cable news")])
    resolution = resolve([*usual, odd, _paper("x", "CNN"), _paper("y", "convolutional network")])
    assert (len(resolution.entities) == 1) is follows


def test_an_acronym_is_split_by_type_and_a_longer_word_is_not() -> None:
    split = resolve([_paper("a", ("ADC", "hardware"), ("GPT-4", "model")), _paper("b", ("ADC", "metric"))])
    assert sorted((entity.name, entity.type) for entity in split.entities) == [
        ("ADC", "hardware"),
        ("ADC", "metric"),
        ("GPT-4", "model"),
    ]
    whole = resolve([_paper("a", ("Halide", "tool"), ("Halide", "tool")), _paper("b", ("Halide", "model"))])
    assert [(entity.type, entity.mentions) for entity in whole.entities] == [("tool", 3)]


def test_a_tie_between_types_is_settled_by_name() -> None:
    for kinds in (("tool", "model"), ("model", "tool")):
        papers = [_paper(str(n), ("Halide", kind)) for n, kind in enumerate(kinds)]
        assert resolve(papers).entities[0].type == "model"


def test_metrics_are_known_by_their_form_and_other_things_are_not() -> None:
    papers = [_paper("a", ("Latencies", "metric"), ("pruning", "method"), ("GPU", "hardware"))]
    resolution = resolve(papers)
    latency = next(entity for entity in resolution.entities if entity.type == "metric")
    assert resolution.metric_of == {"latency": latency.entity_id}


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("GPUs", "GPUs", "GPU"), "GPU"),
        (("GPUs", "GPUs"), "GPUs"),
        (("Weight Pruning", "weight pruning", "Weight Pruning"), "weight pruning"),
        (("Low-Rank Adaptation", "low-rank adaptation", "low rank adaptation"), "low rank adaptation"),
        (("PyTorch", "Pytorch", "PyTorch"), "PyTorch"),
        (("imagenet", "ImageNet"), "ImageNet"),
        (("BERT", "Bert", "bert", "BERT"), "BERT"),
        (("FEDERATED LEARNING", "FEDERATED LEARNING", "federated learning"), "federated learning"),
        (("Pruning", "Pruning", "pruning"), "pruning"),
        (("ResNet",), "ResNet"),
    ],
)
def test_the_name_of_an_entity(texts: tuple[str, ...], name: str) -> None:
    assert resolve([_paper("a", *texts)]).entities[0].name == name


FORMS = st.sampled_from(
    ["GPU", "GPUs", "gpu", "CNN", "CNNs", "convolutional network", "Convolutional-Networks", "cnn", "net"]
)
PAPERS = st.lists(
    st.tuples(
        st.lists(st.tuples(FORMS, st.sampled_from(["model", "tool"])), max_size=4),
        st.lists(st.tuples(st.sampled_from(["CNN", "GPU"]), FORMS), max_size=2),
    ),
    max_size=5,
)


@given(PAPERS, st.randoms(use_true_random=False))
def test_every_mention_has_one_link_and_the_order_of_papers_has_no_say(
    drawn: list[tuple[list[tuple[str, str]], list[tuple[str, str]]]], order: random.Random
) -> None:
    papers = [
        _paper(f"p{number}", *forms, abbreviations=pairs) for number, (forms, pairs) in enumerate(drawn)
    ]
    resolution = resolve(papers)
    named = Counter(
        resolution.entity_of(mention) for paper in papers for mention in paper.mentions
    )  # every mention has its entity, or this is a KeyError
    assert named == {entity.entity_id: entity.mentions for entity in resolution.entities}
    assert len({entity.entity_id for entity in resolution.entities}) == len(resolution.entities)
    for entity in resolution.entities:
        assert entity.name in entity.aliases
        assert 1 <= entity.papers <= entity.mentions
    assert resolve(order.sample(papers, len(papers))) == resolution


@pytest.mark.parametrize(
    ("slip", "entities"),
    [("convolution neural networks", 1), ("convex neural nets", 2), ("cellular nets", 2)],
)
def test_long_forms_of_one_short_form_are_one_where_they_are_spelt_nearly_alike(
    slip: str, entities: int
) -> None:
    usual = [
        _paper(f"u{n}", "CNN", abbreviations=[("CNN", "convolutional neural network")]) for n in range(2)
    ]
    odd = _paper("odd", slip, "CNN", abbreviations=[("CNN", slip)])
    assert len(resolve([*usual, odd]).entities) == entities
