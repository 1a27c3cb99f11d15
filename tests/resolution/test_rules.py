"""What the rules of resolution join and what they keep apart, seen from outside."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from kg.resolution.aliases import NO_ALIASES, Aliases, read_aliases
from kg.resolve import Resolution, resolve
from kg.types import Extraction, Mention

Form = tuple[str, str]  # text, type
Group = frozenset[Form]

_ROWS: tuple[dict[str, object], ...] = (
    {"alias": "VLM", "name": "vision-language model", "kind": "short", "types": ["model"], "papers": 9},
    {"alias": "ASR", "name": "speech recognition", "kind": "short", "types": ["task"], "papers": 6},
    {"alias": "ASR", "name": "attack success rate", "kind": "short", "types": ["metric"], "papers": 6},
    {"alias": "MS COCO", "name": "COCO", "kind": "same", "type": "dataset"},
    {"alias": "A100", "name": "NVIDIA GPU", "kind": "is_a", "type": "hardware"},
)
TABLE = read_aliases(json.dumps({**row, "source": "s"}) for row in _ROWS)


def _paper(
    name: str,
    *forms: Form,
    short: Sequence[tuple[str, str]] = (),
    proposed: Sequence[str] = (),
    apart: int = 100,
) -> Extraction:
    starts = [0]
    for text, _ in forms:
        starts.append(starts[-1] + len(text) + apart)
    mentions = tuple(
        Mention(
            paper_id=name,
            start=starts[place],
            end=starts[place] + len(text),
            text=text,
            type=kind,
            role="proposed" if text in proposed else "mentioned",
        )
        for place, (text, kind) in enumerate(forms)
    )
    return Extraction(paper_id=name, mentions=mentions, abbreviations=tuple(short))


def _count(papers: Sequence[Extraction], aliases: Aliases = NO_ALIASES) -> int:
    return len(resolve(papers, aliases=aliases).entities)


def _families(resolution: Resolution) -> set[tuple[str, str, str]]:
    names = {entity.entity_id: entity.name for entity in resolution.entities}
    return {(names[row.head_id], names[row.tail_id], row.rule) for row in resolution.families}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("ImageNet", "ImageNet dataset", "dataset"),
        ("ImageNet", "ImageNet benchmark", "dataset"),
        ("Whisper", "Whisper model", "model"),
        ("RTX 4090", "NVIDIA RTX 4090 GPU", "hardware"),
        ("A100 GPUs", "NVIDIA A100", "hardware"),
        ("GPT-4o", "OpenAI GPT-4o", "model"),
        ("macro-F1", "macro F1 score", "metric"),
        ("image captioning", "image captioning task", "task"),
        ("Llama-3.1-8B", "Llama 3.1 8B", "model"),
    ],
)
def test_generic_words_say_nothing(one: str, other: str, kind: str) -> None:
    # three papers name the plain form: what a generic word stands behind must be known on its own
    papers = [_paper(f"p{number}", (one, kind)) for number in range(3)]
    assert _count([*papers, _paper("x", (other, kind))]) == 1


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("diffusion", "Diffusion Models", "model"),
        ("RL", "RL framework", "method"),
        ("3D", "3D networks", "model"),
        ("NVIDIA GPU", "GPU", "hardware"),
        ("search", "search algorithm", "method"),
        ("machine translation", "machine translation model", "model"),
        ("ImageNet", "ImageNet-21K", "dataset"),
        ("ResNet-50", "ResNet-101", "model"),
        ("GPT-4", "GPT-4o", "model"),
        ("GPT-4o", "GPT-4o-mini", "model"),
        ("LSTM", "BiLSTM", "model"),
        ("self-attention", "cross-attention", "method"),
        ("supervised learning", "unsupervised learning", "method"),
        ("RISC-V", "RISC-V processor", "hardware"),
    ],
)
def test_what_only_looks_alike_stays_apart(one: str, other: str, kind: str) -> None:
    papers = [_paper(f"p{number}", (one, kind), ("diffusion", kind)) for number in range(3)]
    resolution = resolve([*papers, _paper("x", (other, kind))], aliases=NO_ALIASES)
    owner = {alias: entity.entity_id for entity in resolution.entities for alias in entity.aliases}
    assert owner[one] != owner[other]


def test_a_short_form_follows_the_sense_of_its_type() -> None:
    papers = [
        _paper("a", ("speech recognition", "task")),
        _paper("b", ("attack success rate", "metric")),
        _paper("c", ("ASR", "task")),
        _paper("d", ("ASR", "metric")),
    ]
    resolution = resolve(papers, aliases=TABLE)
    assert sorted(entity.aliases for entity in resolution.entities) == [
        ("ASR", "attack success rate"),
        ("ASR", "speech recognition"),
    ]


def test_a_short_form_follows_what_is_named_beside_it() -> None:
    router = [("BGP", "method"), ("OSPF", "method"), ("routing", "task")]
    network = [("CNN", "model"), ("inference", "task"), ("GPU", "hardware")]
    papers = [
        *(
            _paper(f"r{n}", ("IOS", "tool"), *router, short=[("IOS", "internet operating system")])
            for n in range(2)
        ),
        *(
            _paper(f"s{n}", ("IOS", "tool"), *network, short=[("IOS", "inter-operator scheduler")])
            for n in range(2)
        ),
        _paper("x", ("IOS", "tool"), *network),
        _paper("y", ("IOS", "tool")),
    ]
    resolution = resolve(papers, aliases=NO_ALIASES)
    ios = [entity for entity in resolution.entities if "IOS" in entity.aliases]
    assert sorted(entity.papers for entity in ios) == [1, 2, 3]
    rules = {rule for forms in resolution.forms.values() for _, rule in forms.values()}
    assert "abbreviation by context" in rules


def test_a_name_that_two_works_propose_is_two_things() -> None:
    papers = [_paper(name, ("PRISM", "method"), proposed=["PRISM"]) for name in ("a", "b")]
    assert _count(papers) == 2
    assert len(resolve(papers, aliases=NO_ALIASES, works={"a": "w", "b": "w"}).entities) == 1
    others = [_paper(name, ("PRISM", "method")) for name in ("c", "d", "e")]
    assert _count([*papers, *others]) == 1  # most only use it: the roles are slips


def test_an_acronym_and_a_word_of_another_type_are_two_things() -> None:
    assert _count([_paper("a", ("TRACE", "method")), _paper("b", ("trace", "dataset"))]) == 2
    assert _count([_paper("a", ("TRACE", "method")), _paper("b", ("Trace", "method"))]) == 1


def test_a_rare_type_of_a_short_form_is_a_slip_of_the_reader() -> None:
    papers = [_paper(f"p{number}", ("GPU", "hardware")) for number in range(9)]
    assert _count([*papers, _paper("x", ("GPU", "tool"))]) == 1


def test_the_table_joins_aliases_of_their_type_only() -> None:
    assert _count([_paper("a", ("MS-COCO", "dataset")), _paper("b", ("COCO", "dataset"))], TABLE) == 1
    assert _count([_paper("a", ("MS COCO", "tool")), _paper("b", ("COCO", "tool"))], TABLE) == 2


def test_what_only_looks_like_a_definition_of_a_known_short_form_is_none() -> None:
    slip = _paper("a", ("VLM", "model"), short=[("VLM", "evaluated models")])
    assert _count([slip, _paper("b", ("vision-language model", "model"))], TABLE) == 1


def test_a_bracket_that_repeats_a_phrase_is_not_part_of_it() -> None:
    papers = [
        _paper("a", ("large language model (LLM) inference", "task")),
        _paper("b", ("large language model inference", "task")),
    ]
    assert _count(papers) == 1


def test_a_short_form_that_several_senses_fit_is_one_thing_in_its_paper_only() -> None:
    senses = ["semantic mapping", "shape matching", "signal mixing"]
    papers = [_paper(name, (name, "method"), ("SMQ", "method"), short=[("SMQ", name)]) for name in senses]
    assert _count([*papers, _paper("x", ("SMQ", "method")), _paper("y", ("SMQ", "method"))]) == 5


def test_a_name_in_capitals_that_one_work_proposes_and_one_names_is_two_things() -> None:
    dart = [_paper("a", ("DART", "method"), proposed=["DART"]), _paper("b", ("DART", "method"))]
    coined = [_paper("a", ("WebArena", "method"), proposed=["WebArena"]), _paper("b", ("WebArena", "method"))]
    assert (_count(dart), _count(coined)) == (2, 1)


def test_a_long_form_is_respelt_where_its_paper_gives_no_short_form() -> None:
    usual = [_paper(f"u{n}", ("image map", "task"), short=[("IM", "image map")]) for n in range(2)]
    odd = _paper("o", ("image mapping", "task"), short=[("IM", "image mapping")])
    assert _count([*usual, odd, _paper("x", ("image mapping", "task"))]) == 1


def test_weak_rules_make_no_chains() -> None:
    """Each odd spelling joins the usual one; two odd spellings never bring a third thing with them."""
    usual = [
        _paper(f"u{n}", ("convolutional network", "model"), short=[("CN", "convolutional network")])
        for n in range(3)
    ]
    odd = [
        _paper("o1", ("convolution network", "model"), short=[("CN", "convolution network")]),
        _paper("o2", ("capsule network", "model"), short=[("CN", "capsule network")]),
    ]
    assert _count([*usual, *odd]) == 2


def test_versions_are_linked_to_their_families() -> None:
    papers = [
        _paper("a", ("ResNet", "model"), ("ResNet-50", "model"), ("Llama 3", "model")),
        _paper("b", ("Llama-3.1-8B-Instruct", "model"), ("Llama", "model"), ("A100", "hardware")),
        _paper("c", ("NVIDIA GPU", "hardware"), ("deep learning", "method"), ("DL", "method")),
        _paper("d", ("DL8.5", "method"), short=[("DL", "deep learning")]),
    ]
    resolution = resolve(papers, aliases=TABLE)
    assert _families(resolution) == {
        ("ResNet-50", "ResNet", "version of a family"),
        ("Llama 3", "Llama", "version of a family"),
        ("Llama-3.1-8B-Instruct", "Llama", "version of a family"),
        ("A100", "NVIDIA GPU", "known family"),
    }


def test_no_family_is_invented() -> None:
    assert resolve([_paper("a", ("ResNet-50", "model"))], aliases=TABLE).families == ()


def test_every_merge_says_which_form_stands_where_and_why() -> None:
    papers = [
        _paper("a", ("deep network", "model"), ("DN", "model"), short=[("DN", "deep network")]),
        _paper("b", ("Deep Networks", "model")),
    ]
    (merge,) = resolve(papers, aliases=NO_ALIASES).merges
    assert (merge.form, merge.into, merge.rule, merge.score) == ("DN", "deep network", "abbreviation", 0.97)
    assert (merge.paper_id, merge.start, merge.end) == ("a", 112, 114)


def _owners(papers: Sequence[Extraction], aliases: Aliases = NO_ALIASES) -> dict[Form, set[str]]:
    resolution = resolve(papers, aliases=aliases)
    owners: dict[Form, set[str]] = {}
    for paper in papers:
        for mention in paper.mentions:
            owners.setdefault((mention.text, mention.type), set()).add(resolution.entity_of(mention))
    return owners


def test_a_form_in_brackets_behind_its_words_is_defined() -> None:
    """Two characters apart is what " (" leaves; the search for definitions does not know "I2P"."""
    assert _count([_paper("a", ("image-to-point registration", "task"), ("I2P", "task"), apart=2)]) == 1
    assert _count([_paper("a", ("Azure Health Services", "tool"), ("AWS", "tool"), apart=2)]) == 2
    assert _count([_paper("a", ("image-to-point registration", "task"), ("I2P", "method"), apart=2)]) == 2
    assert _count([_paper("a", ("image-to-point registration", "task"), ("I2P", "task"), apart=9)]) == 2


def test_a_known_short_form_is_not_defined_by_a_longer_phrase_before_it() -> None:
    papers = [
        _paper("a", ("very large vision-language models", "model"), ("VLMs", "model"), apart=2),
        _paper("b", ("vision-language model", "model")),
    ]
    owners = _owners(papers, TABLE)
    assert owners["VLMs", "model"] == owners["vision-language model", "model"]


def test_a_word_of_the_long_form_may_be_short_itself() -> None:
    rows = [{"alias": "mRAG", "name": "multimodal RAG", "kind": "short", "types": ["method"], "papers": 9}]
    table = read_aliases(json.dumps({**row, "source": "s"}) for row in rows)
    own = _paper(
        "a", ("mRAG", "method"), ("multilingual RAG", "method"), short=[("mRAG", "multilingual RAG")]
    )
    owners = _owners([own, _paper("b", ("multimodal RAG", "method"))], table)
    assert owners["mRAG", "method"] == owners["multilingual RAG", "method"]
    assert owners["mRAG", "method"] != owners["multimodal RAG", "method"]


def test_a_name_is_not_defined_by_words_that_its_capitals_do_not_begin() -> None:
    slip = _paper(
        "a",
        ("ScanNet", "dataset"),
        ("scene graph methods on segmentation", "method"),
        short=[("ScanNet", "scene graph methods on segmentation")],
    )
    assert _count([slip]) == 2
    good = _paper("a", ("GloVe", "method"), ("global vectors", "method"), short=[("GloVe", "global vectors")])
    assert _count([good]) == 1


def test_a_score_is_no_name_of_the_model_that_it_uses() -> None:
    models = [_paper(f"m{number}", ("CLIP", "model")) for number in range(3)]
    owners = _owners([*models, _paper("a", ("CLIP score", "metric")), _paper("b", ("CLIPScore", "metric"))])
    assert owners["CLIP score", "metric"] == owners["CLIPScore", "metric"]
    assert owners["CLIP score", "metric"] != owners["CLIP", "model"]


def test_a_generic_word_joins_no_acronym_of_another_type() -> None:
    assert _count([_paper("a", ("STARS", "method")), _paper("b", ("STARS benchmark", "dataset"))]) == 2
    assert _count([_paper("a", ("STARS", "dataset")), _paper("b", ("STARS benchmark", "dataset"))]) == 1


def test_a_word_in_title_case_is_not_spelt_out() -> None:
    usual = [_paper(f"p{n}", ("MAP", "metric"), short=[("MAP", "mean average precision")]) for n in range(9)]
    papers = [*usual, _paper("x", ("Fluence Maps", "task")), _paper("y", ("fluence maps", "task"))]
    owners = _owners(papers)
    assert owners["Fluence Maps", "task"] == owners["fluence maps", "task"]


def test_a_name_that_others_print_in_several_words_is_the_same() -> None:
    usual = [_paper(f"p{n}", ("AI", "task"), short=[("AI", "artificial intelligence")]) for n in range(3)]
    forms = ("Edge AI", "edge-AI", "EdgeAI")
    owners = _owners([*usual, *(_paper(form, (form, "task")) for form in forms)])
    assert len({owner for form in forms for owner in owners[form, "task"]}) == 1


def test_the_last_word_of_an_acronym_may_be_said_again() -> None:
    usual = [_paper(f"p{n}", ("CNN", "model"), short=[("CNN", "convolutional network")]) for n in range(3)]
    owners = _owners([*usual, _paper("x", ("CNN networks", "model")), _paper("y", ("CNN training", "model"))])
    assert owners["CNN networks", "model"] == owners["CNN", "model"] != owners["CNN training", "model"]


def test_spellings_of_the_table_are_one_sense() -> None:
    rows = [
        {"alias": "SIM", "name": name, "kind": "short", "types": ["metric"], "papers": 9, "of": 18}
        for name in ("structural similarity", "structural similarity index")
    ]
    table = read_aliases(json.dumps({**row, "source": "s"}) for row in rows)
    papers = [_paper(f"p{number}", ("SIM", "metric")) for number in range(3)]
    assert _count([*papers, _paper("x", ("structural similarity", "metric"))], table) == 1


def test_a_long_form_with_a_short_form_in_it_is_the_same_sense() -> None:
    rows: list[dict[str, object]] = [
        {"alias": "AI", "name": "artificial intelligence", "papers": 9},
        {"alias": "GenAI", "name": "generative artificial intelligence", "papers": 9},
    ]
    table = read_aliases(
        json.dumps({**row, "kind": "short", "types": ["method"], "source": "s"}) for row in rows
    )
    own = _paper("a", ("GenAI", "method"), short=[("GenAI", "generative AI")])
    assert (
        _count([own, _paper("b", ("GenAI", "method")), _paper("c", ("generative AI", "method"))], table) == 1
    )


def test_a_sense_is_doubted_where_nothing_else_that_its_papers_name_is_named() -> None:
    physics = [(word, "method") for word in ("beam", "lens", "mirror", "laser")]
    finance = [(word, "task") for word in ("stock", "bond", "option", "fund")]
    known = [
        _paper(f"p{n}", ("PDM", "method"), *physics, short=[("PDM", "phase drift model")]) for n in range(2)
    ]
    near = _owners([*known, _paper("x", ("PDM", "method"), *physics)])
    far = _owners([*known, _paper("x", ("PDM", "method"), *finance)])
    assert (len(near["PDM", "method"]), len(far["PDM", "method"])) == (1, 2)


def test_a_name_in_capitals_that_others_give_to_things_of_another_type_is_two_things() -> None:
    others = [_paper(f"p{number}", ("RULER", "dataset")) for number in range(3)]
    own = _paper("own", ("RULER", "method"), proposed=["RULER"])
    assert _count([*others, own]) == 2
    coined = [_paper(f"p{number}", ("WebArena", "dataset")) for number in range(3)]
    assert _count([*coined, _paper("own", ("WebArena", "tool"), proposed=["WebArena"])]) == 1


def test_what_the_table_names_is_never_in_doubt() -> None:
    rows: list[dict[str, object]] = [
        {"alias": "Shapley additive explanations", "name": "SHAP", "kind": "same"},
        {"alias": "SHAP", "name": "shape prior", "kind": "short", "types": ["method"], "papers": 2, "of": 9},
        {"alias": "SHAP", "name": "shared patch", "kind": "short", "types": ["method"], "papers": 2, "of": 9},
    ]
    table = read_aliases(json.dumps({**row, "source": "s"}) for row in rows)
    assert _count([_paper(name, ("SHAP", "method")) for name in "abc"], table) == 1
