"""Names that no list knows."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import spacy

from kg.components.names import make_names
from kg.components.phrases import phrases
from kg.components.proposals import head_type, proposals


def proposed(text: str, title_end: int = 0) -> list[tuple[str, str]]:
    return list(dict.fromkeys((text[new.start : new.end], new.type) for new in proposals(text, title_end)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "In this paper, we present GradSigns, a novel watermarking framework for DNNs.",
            ("GradSigns", "method"),
        ),
        ("We propose FAIVConf, a specially designed video compression framework.", ("FAIVConf", "method")),
        ("a new benchmarking simulator, named SIAM, to evaluate", ("SIAM", "tool")),
        ("This paper presents a macro, named CAP-RAM, for inference.", ("CAP-RAM", "hardware")),
        ("we introduce MicroRec, a high-performance inference engine for it.", ("MicroRec", "method")),
        ("we develop Hydraulis, which jointly optimizes", ("Hydraulis", "method")),
        ("We propose QuickNet, a new family of binarized networks.", ("QuickNet", "model")),
        (r"we present \textbf{SAIL}, a compiler for LLMs.", ("SAIL", "tool")),
    ],
)
def test_proposed_name_and_type(text: str, name: tuple[str, str]) -> None:
    assert name in proposed(text)


def test_name_before_the_colon_of_a_title() -> None:
    title = "IOS: Inter-Operator Scheduler for CNN Acceleration"
    assert [name for name, _ in proposed(title, len(title))] == ["IOS"]
    phrase = "Towards: a theory"
    assert proposed(phrase, len(phrase)) == []


@pytest.mark.parametrize(
    "text", ["We present a novel idea.", "Moreover, the results hold.", "We propose to prune weights.", ""]
)
def test_nothing_is_named(text: str) -> None:
    assert proposed(text) == []


def test_a_told_type_replaces_a_guess() -> None:
    text = "RL-Scope: Profiling\n\nWe propose RL-Scope, a profiler for RL."
    assert proposed(text, len("RL-Scope: Profiling")) == [("RL-Scope", "tool")]


def test_head_type() -> None:
    assert head_type("an FPGA accelerator for LLMs") == "hardware"
    assert head_type("a large-scale dataset of images") == "dataset"
    assert head_type("a memory architecture") == "hardware"
    assert head_type("a cognitive architecture") == "method"
    assert head_type("vector ISA extensions") == "hardware"
    assert head_type("a thing") is None


def test_phrases_stop_at_the_end_of_the_title() -> None:
    text = "Weight pruning\n\nGraph networks of a kind"
    found = phrases(text, {"of", "a"}, set(), len("Weight pruning"))
    assert [phrase.text for phrase in found] == ["Weight pruning", "Graph networks", "kind"]
    assert [phrase.after for phrase in found][1] == "of"


def test_component_reads_its_data(tmp_path: Path) -> None:
    data = {
        "labels": ["none", "method"],
        "scale": 1,
        "temperature": 1,
        "stops": ["we", "use"],
        "leads": ["novel"],
        "features": {"last=pruning": [0, 4], "bias": [1, 0]},
    }
    (tmp_path / "names.json").write_text(json.dumps(data), encoding="utf-8")
    names = make_names(spacy.blank("en"), "x", str(tmp_path / "names.json"), 0.5)
    doc = names(spacy.blank("en").make_doc("We use novel weight pruning. We use birds."))
    assert [(span.text, span.label_) for span in doc.spans["names"]] == [("weight pruning", "method")]
    assert doc.spans["names"].attrs["scores"][0] == pytest.approx(0.9526, abs=1e-3)


def test_hostile_text_takes_no_time() -> None:
    begin = time.process_time()
    for text in (
        "A-" * 8_000,
        "we propose " * 4_000,
        "proposes " + "a " * 8_000 + "(",
        "A1" * 8_000,
        "X: " * 5_000,
    ):
        proposals(text, 0)
        proposals(text, len(text))
    assert time.process_time() - begin < 5
