"""What papers call what they propose: one sentence a pattern, and sentences that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.components.proposals import Proposal, head_type, proposals


def found(text: str, title: str = "") -> dict[tuple[str, str], Proposal]:
    """(name, pattern) -> proposal."""
    whole = f"{title}\n\n{text}" if title else text
    return {(whole[new.start : new.end], new.pattern): new for new in proposals(whole, len(title))}


@pytest.mark.parametrize(
    ("text", "name", "pattern", "kind"),
    [
        ("We present HeatMapX to plan chips.", "HeatMapX", "propose", None),
        ("We built TinyML-Bench, a benchmark of sensors.", "TinyML-Bench", "propose", "dataset"),
        ("This work introduces `QuickPack' (a scheduler).", "QuickPack", "propose", "method"),
        ("we propose RT-2, an encoder", "RT-2", "propose", "model"),
        ("a simulator called GPGPU-Sim is used", "GPGPU-Sim", "named", "tool"),
        ("our dataset, which we call ImageWoof, holds dogs", "ImageWoof", "named", "dataset"),
        ("the framework, dubbed the FastFlow", "FastFlow", "named", "method"),
        ("a thing termed FooBar", "FooBar", "named", None),
        ("SIAM, a benchmarking simulator for chiplets, is fast.", "SIAM", "apposition", "tool"),
        ("BitFusion: an accelerator that adapts", "BitFusion", "apposition", "hardware"),
        ("SparseGPT is a pruning method for language models.", "SparseGPT", "is", "method"),
        ("We propose random bit error training (RandBET), which helps.", "RandBET", "bracket", None),
        ("We develop a unified instruction set simulator (UISS) here", "UISS", "bracket", "tool"),
    ],
)
def test_each_pattern(text: str, name: str, pattern: str, kind: str | None) -> None:
    new = found(text)[name, pattern]
    assert new.typed is (kind is not None)
    assert new.type == (kind or "method")


@pytest.mark.parametrize(
    ("title", "name", "kind"),
    [
        ("IOS: Inter-Operator Scheduler for CNNs", "IOS", "method"),
        ("GPGPU-Sim – A Simulator for GPUs", "GPGPU-Sim", "tool"),
        ("MicroRec - Fast Inference Engine", "MicroRec", "method"),
        ("IMAX3: A Systolic Platform", "IMAX3", "hardware"),
        ("LAION Dataset: Images for All", "LAION Dataset", "dataset"),
        ("BitNet: A Large Language Model", "BitNet", "method"),
    ],
)
def test_a_name_before_the_colon_of_a_title(title: str, name: str, kind: str) -> None:
    assert found("Some text.", title)[name, "title"].type == kind


@pytest.mark.parametrize(
    "title", ["Towards: a theory", "Beyond GPUs: what next", "Weight Pruning: A Survey", "A study of GPUs"]
)
def test_a_phrase_before_the_colon_of_a_title_is_no_name(title: str) -> None:
    assert not [pattern for _, pattern in found("Some text.", title) if pattern == "title"]


@pytest.mark.parametrize(
    "text",
    [
        "We present LLMs, a review.",
        "We propose Section, a method",
        "We propose to use it.",
        "we propose attention, a mechanism",
        "However, a method is missing.",
        "The model is a network.",
        "a compiler called Deep Learning Compiler",
        "It represents the state.",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert found(text) == {}


def test_a_told_type_silences_the_guess() -> None:
    text = "We propose QuickPack to pack. QuickPack is a compiler for packs."
    assert {(name, new.type) for (name, _), new in found(text).items()} == {("QuickPack", "tool")}
    alone = found("We propose QuickPack to pack.")
    assert [new.typed for new in alone.values()] == [False]


def test_a_title_is_not_read_as_a_sentence() -> None:
    title = "We present HeatMapX to the world"
    assert found("Nothing else.", title) == {}
    assert found("Nothing else. " + title)


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ("an open-source library for graphs", "tool"),
        ("a family of language models", "model"),
        ("a suite of benchmarks", "dataset"),
        ("a new class of memory", "hardware"),
        ("a processing-in-memory (PIM) system", "hardware"),
        ("a distributed system", "method"),
        ("an accelerator design with few lanes", "hardware"),
        ("instruction extensions", "hardware"),
        ("browser extensions", None),
        ("a score of quality", "metric"),
        ("COMPILER", "tool"),
        ("a compiler-based approach", "method"),
        ("that", None),
        ("", None),
        ("...", None),
    ],
)
def test_the_head_noun_tells_the_type(description: str, kind: str | None) -> None:
    assert head_type(description) == kind


@given(st.text(alphabet="AbC1 ,:.-()\n", max_size=30), st.sampled_from(["", "We propose ", "a tool named "]))
def test_proposals_stand_in_the_text_in_order(tail: str, lead: str) -> None:
    text = lead + tail
    result = proposals(text, 0)
    assert result == sorted(result, key=lambda new: (new.start, new.end))
    for new in result:
        name = text[new.start : new.end]
        assert name == name.strip() and any(char.isupper() for char in name)
        assert 0 < new.score < 1


def test_a_bracket_behind_another_clause_names_nothing_proposed() -> None:
    text = "We present chiplet designs but today's programming models (CUDA/HIP) hide them."
    assert not [new for new in proposals(text) if new.pattern == "bracket"]
