"""Definitions of abbreviations as papers print them."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.components.abbreviations import Abbreviations, definitions
from kg.components.tokenizer import make_tokenizer


def found(text: str) -> list[tuple[str, str]]:
    return [(text[a:b], text[c:d]) for (a, b), (c, d) in definitions(text)]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (
            "an attack, called deep leakage from gradients (DLG), which",
            ("DLG", "deep leakage from gradients"),
        ),
        ("for deep neural networks (DNNs). We", ("DNNs", "deep neural networks")),
        ('a derived "Empathy Vector" (EV), its', ("EV", "Empathy Vector")),
        ("and random bit error training (RandBET) improves", ("RandBET", "random bit error training")),
        ("a charge-injection SAR (ciSAR) ADC", ("ciSAR", "charge-injection SAR")),
        ("we propose non-blocking SMT (NB-SMT) for", ("NB-SMT", "non-blocking SMT")),
        ("COREx (COmputation-REuse Accelerators) is", ("COREx", "COmputation-REuse Accelerators")),
        ("in-memory computing (IMC) static", ("IMC", "in-memory computing")),
        ("propose Inter-Operator Scheduler (IOS) to", ("IOS", "Inter-Operator Scheduler")),
    ],
)
def test_definition(text: str, pair: tuple[str, str]) -> None:
    assert found(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "as in earlier work (Section 3)",
        "libraries (e.g., TensorRT) by",
        "three parts (i) and (ii)",
        "in the year (2019) it",
        "on the board (FPGA) it",
        "",
    ],
)
def test_no_definition(text: str) -> None:
    assert found(text) == []


def test_component_writes_spans() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer()(nlp)
    doc = Abbreviations()(nlp.make_doc("We prune graph neural networks (GNNs)."))
    assert [(short.text, long.text) for short, long in doc._.abbreviations] == [
        ("GNNs", "graph neural networks")
    ]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("a compute-in-memory (CIM, see below) chip", [("CIM", "compute-in-memory")]),
        ("multi-head attention (called MHA)", [("MHA", "multi-head attention")]),
        ("large language models (i.e., LLMs) are", [("LLMs", "large language models")]),
        ("GNN (graph neural network) helps", [("GNN", "graph neural network")]),
        ("GNNs (graph neural networks, for short) help", [("GNNs", "graph neural networks")]),
        ("RL (machine learning) helps", []),
        ("a graph neural network (GNNs) helps", [("GNNs", "graph neural network")]),
        ("It is slow. Graph networks (GN) help", [("GN", "Graph networks")]),
        ("of nets, graph networks (GN) help", [("GN", "graph networks")]),
        ("network\nof things (NoT)", [("NoT", "network\nof things")]),
        ("one (A), two (B)", []),
        ("the GPU cluster (GPU)", []),
        ("(GPU) first", []),
        ("convolutional networks (2019)", []),
        ("convolutional networks (see Fig. 2)", []),
        ("A (B) C", []),
        ("high bandwidth memory (HBM) and graphics memory (GM)",
         [("HBM", "high bandwidth memory"), ("GM", "graphics memory")]),
    ],
)  # fmt: skip
def test_definitions_as_papers_print_them(text: str, pairs: list[tuple[str, str]]) -> None:
    assert found(text) == pairs


def test_a_long_form_does_not_reach_over_the_end_of_a_sentence_or_title() -> None:
    assert found("We use graph. Neural networks (GNN) win") == []
    assert found("Graph\n\nneural networks (GNN) win") == []


def test_a_long_form_stands_near_its_short_form() -> None:
    far = "graph " + "very " * 12 + "networks (GN)"
    assert found(far) == []


@given(st.text(alphabet="aAbB ()-.,\n", max_size=60))
def test_definitions_stand_in_the_text_and_never_overlap_themselves(text: str) -> None:
    for (a, b), (c, d) in definitions(text):
        short, long = text[a:b], text[c:d]
        assert short and long and (b <= c or d <= a)
        assert any(char.isupper() for char in short)
        assert len(long) >= len(short)
        assert long == long.strip()
