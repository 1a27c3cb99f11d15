"""A body adds to what title and abstract say, and changes nothing of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import full_text
from kg.extractions import extract
from kg.full_text import joined, parts
from kg.types import Evidence, Extraction, Mention, Paper, Relation

PAPER = Paper(
    paper_id="p:1",
    document_id="d",
    title="GrowPrune: Pruning Trees while They Grow",
    abstract="We present GrowPrune, a method that prunes decision trees. On CIFAR-10 it is 1.5x faster than "
    "XGBoost.",
    body="Introduction\n\nGrowPrune runs on an NVIDIA V100 GPU.\n\nWe evaluate GrowPrune on ImageNet, where "
    "it reaches an accuracy of 91.2%.\n\nWe propose LeafCut, a variant.",
)


@pytest.mark.parametrize("pipeline", ["en_research", "fast"])
def test_a_body_adds_and_changes_nothing(pipeline: str) -> None:
    (short,) = extract([replace(PAPER, body=None)], pipeline=pipeline)
    full, other = extract([PAPER, replace(PAPER, paper_id="p:2")], pipeline=pipeline)
    assert full.mentions[: len(short.mentions)] == short.mentions
    assert full.results[: len(short.results)] == short.results
    assert {mention.text for mention in full.mentions} >= {"GrowPrune", "ImageNet", "NVIDIA V100 GPU"}
    for extraction in (full, other):
        for mention in extraction.mentions:
            assert PAPER.text[mention.start : mention.end] == mention.text
        for said in (*extraction.relations, *extraction.results):
            assert PAPER.text[said.evidence.start : said.evidence.end] == said.evidence.quote
    head = len(PAPER.text) - len(PAPER.body or "")
    assert not [each for each in full.mentions if each.text == "LeafCut" and each.role == "proposed"]
    assert any(result.evidence.start >= head and result.value == "91.2%" for result in full.results)


@given(st.text(alphabet="ab \n", max_size=400), st.integers(1, 60))
def test_parts_hold_the_whole_body_at_their_offsets(body: str, longest: int) -> None:
    paper = replace(PAPER, body=body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(full_text, "LONGEST_READ", longest)
        (_, head), *rest = parts(paper)
    assert head.text == replace(PAPER, body=None).text
    covered = bytearray(len(paper.text))
    for offset, part in rest:
        assert len(part.text) <= longest
        assert paper.text[offset : offset + len(part.text)] == part.text
        covered[offset : offset + len(part.text)] = b"x" * len(part.text)
    start = len(paper.text) - len(body)
    assert all(covered[at] or body[at - start].isspace() for at in range(start, len(paper.text)))


def mention(start: int, text: str, kind: str, role: str) -> Mention:
    return Mention(paper_id="p:1", start=start, end=start + len(text), text=text, type=kind, role=role)


def test_forms_agree_over_the_parts() -> None:
    head = Extraction(paper_id="p:1", mentions=(mention(0, "Ray", "tool", "used"),))
    ray, tune = mention(0, "Ray", "method", "proposed"), mention(8, "Tune", "tool", "proposed")
    evidence = Evidence(paper_id="p:1", start=0, end=12, quote="Ray and Tune")
    relation = Relation(head=ray, kind="used_for", tail=tune, evidence=evidence)
    body = Extraction(paper_id="p:1", mentions=(ray, tune), relations=(relation,))
    found = joined([(0, head), (100, body)])
    assert [(each.start, each.text, each.type, each.role) for each in found.mentions] == [
        (0, "Ray", "tool", "used"),
        (100, "Ray", "tool", "used"),
        (108, "Tune", "tool", "used"),
    ]
    assert found.relations == ()
    same = joined([(0, Extraction(paper_id="p:1")), (100, body)])
    assert same.relations[0].evidence.start == 100
    assert same.relations[0].tail in same.mentions
