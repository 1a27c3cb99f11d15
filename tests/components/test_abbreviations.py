"""Definitions of abbreviations as papers print them."""

from __future__ import annotations

import pytest
import spacy

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
