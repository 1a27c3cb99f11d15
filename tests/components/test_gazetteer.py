"""Known names: variants that match, variants that do not, and the files they come from."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.components.forms import form_key, units
from kg.components.gazetteer import PRIOR, Entry, Gazetteer, Trie, read_entries, read_folder, write_entries
from kg.errors import PipelineError

ENTRIES = [
    Entry(name="graph neural network", type="model", source="curated"),
    Entry(name="neural network", type="model", source="gold/arxiv train", docs=9, precision=0.9),
    Entry(name="RAM", type="hardware", source="curated"),
    Entry(name="Ray", type="tool", source="curated"),
    Entry(name="LLM inference", type="task", source="curated"),
    Entry(name=r"ResNet-\d{2,3}", type="model", source="curated", regex=True),
]


def found(text: str) -> list[str]:
    return [text[match.start : match.end] for match in Trie(ENTRIES).find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Graph-neural-networks win", ["Graph-neural-networks"]),
        ("a graph neural\nnetwork", ["graph neural\nnetwork"]),
        ("two RAMs and a ram", ["RAMs"]),
        ("RAMP and xRAM", []),
        ("the Ray runtime casts a ray", ["Ray"]),
        ("LLM Inference, llm inference", ["LLM Inference"]),
        ("ResNet-50, ResNet-5, xResNet-50", ["ResNet-50"]),
        ("graph, neural network", ["neural network"]),
        ("", []),
    ],
)
def test_variants(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_longest_match_wins_and_nested_gives_all() -> None:
    text = "graph neural networks"
    assert found(text) == [text]
    nested = [text[match.start : match.end] for match in Trie(ENTRIES).find(text, nested=True)]
    assert nested == ["graph neural networks", "neural networks"]


def test_component_writes_typed_spans_with_scores() -> None:
    nlp = spacy.blank("en")
    doc = Gazetteer(ENTRIES)(nlp.make_doc("A neural network in RAM."))
    group = doc.spans["gazetteer"]
    assert [(span.text, span.label_) for span in group] == [("neural network", "model"), ("RAM", "hardware")]
    assert group.attrs["scores"] == [0.9, PRIOR]
    assert group.attrs["extractors"] == ["gazetteer", "curated"]


def test_files_round_trip(tmp_path: Path) -> None:
    write_entries(tmp_path / "x.jsonl", ENTRIES)
    assert read_entries(tmp_path / "x.jsonl") == ENTRIES
    assert set(read_folder(tmp_path)) == set(ENTRIES)


def test_a_folder_without_entries_is_told(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="no gazetteer"):
        read_folder(tmp_path)


@given(st.text(alphabet="aAbB1.-+ /s", min_size=1, max_size=24))
def test_an_entry_finds_itself(name: str) -> None:
    key = form_key(name)
    if key:
        spans = units(name)
        match = Trie([Entry(name=name, type="method", source="curated")]).find(name)[0]
        assert (match.start, match.end) == (spans[0][0], spans[-1][1])
