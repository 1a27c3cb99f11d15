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


def test_the_first_of_two_entries_with_one_key_counts_and_a_folder_puts_the_surest_first(
    tmp_path: Path,
) -> None:
    unsure = Entry(name="Halide", type="hardware", source="gold", docs=2, precision=0.3)
    curated = Entry(name="Halide", type="tool", source="curated")
    sure = Entry(name="Halide", type="model", source="gold", docs=9, precision=0.9)
    assert Trie([unsure, sure]).find("Halide")[0].entry is unsure
    for name, entries in (("a.jsonl", [unsure]), ("b.jsonl", [curated]), ("c.jsonl", [sure])):
        write_entries(tmp_path / name, entries)
    assert [entry.type for entry in read_folder(tmp_path)] == ["model", "tool", "hardware"]


def test_a_capitalised_word_prefers_the_entry_with_its_capital() -> None:
    trie = Trie(
        [
            Entry(name="ray", type="method", source="curated"),
            Entry(name="Ray", type="tool", source="curated"),
        ]
    )
    assert [match.entry.type for match in trie.find("Ray casts a ray; RAY")] == ["tool", "method"]


def test_of_overlapping_matches_the_earlier_is_kept_and_a_pattern_is_weighed_by_its_length() -> None:
    trie = Trie(
        [
            Entry(name="deep learning", type="method", source="curated"),
            Entry(name="learning rate", type="metric", source="curated"),
            Entry(name="GPT-4 Turbo", type="model", source="curated"),
            Entry(name=r"GPT-\d(?:\.\d)?", type="model", source="curated", regex=True),
        ]
    )
    text = "deep learning rate of GPT-4 Turbo, GPT-3.5 and GPT-4-like"
    assert [text[m.start : m.end] for m in trie.find(text)] == [
        "deep learning",
        "GPT-4 Turbo",
        "GPT-3.5",
        "GPT-4",
    ]


def test_each_pattern_gives_its_own_type_whatever_groups_it_holds() -> None:
    trie = Trie(
        [
            Entry(name=r"Llama[- ]?(\d)(\.\d)?", type="model", source="curated", regex=True),
            Entry(name=r"(RTX|GTX) \d{4}", type="hardware", source="curated", regex=True),
        ]
    )
    assert [match.entry.type for match in trie.find("Llama 3.1 on an RTX 4090, llama 3")] == [
        "model",
        "hardware",
    ]


@pytest.mark.parametrize("line", ["{", '{"name": "x"}', '{"name": "x", "type": "tool", "sorce": "y"}', "[]"])
def test_a_bad_entry_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "tool.jsonl"
    path.write_text(f'{{"name": "Ray", "type": "tool", "source": "mine"}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(PipelineError, match=r"tool\.jsonl:3: ") as caught:
        read_entries(path)
    assert caught.value.hint
