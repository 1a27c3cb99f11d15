"""Annotated abstracts become windows with the labels that the annotations say, and come back from them."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.training.scores import predictions, score
from kg.training.windows import TAGS, UNLABELLED, Example, Reader, Window, cuts, gold_spans
from kg.types import ROLES

TITLE = "Sustainable Transformer Acceleration"
ABSTRACT = "We present ASTRA, a silicon-photonic accelerator. ASTRA runs transformers with low-rank adapters."
RECORD: dict[str, Any] = {
    "id": "arXiv:2604.09759",
    "title": TITLE,
    "text": f"{TITLE}. {ABSTRACT}",
    "entities": [
        {"name": "ASTRA", "type": "hardware", "role": "proposed"},
        {"name": "accelerator", "type": "hardware", "role": "mentioned"},
        {"name": "silicon-photonic accelerator", "type": "hardware", "role": "mentioned"},
        {"name": "transformers", "type": "model", "role": "target"},
        {"name": "low-rank adapters", "type": "method", "role": "used"},
        {"name": "rank adapters", "type": "method", "role": "used"},
    ],
}
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", "-", ",", *"abcdefghijklmnopqrstuvwxyz"]
VOCABULARY += [f"##{letter}" for letter in VOCABULARY[7:]]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return Reader(tmp_path / "vocab.txt")


@pytest.fixture
def compounds(tmp_path: Path) -> Reader:
    (tmp_path / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return Reader(tmp_path / "vocab.txt", compounds=True)


def shown(example: Example, window: Window) -> dict[str, str]:
    """Tag by text of the units that have one."""
    bounds = example.units[window.offset :]
    return {
        example.text[start:end]: TAGS[tag]
        for (start, end), tag in zip(bounds, window.tags, strict=False)
        if tag
    }


def test_labels_are_in_the_order_of_the_shipped_network() -> None:
    assert TAGS[:5] == ("O", "B-method", "I-method", "B-model", "I-model")
    assert len(TAGS) == 15
    assert ROLES[0] == "proposed"


def test_longest_name_wins_and_every_occurrence_counts() -> None:
    text = RECORD["text"]
    found = [(text[start:end], kind) for start, end, kind in gold_spans(text, RECORD["entities"])]
    assert found == [
        ("ASTRA", "hardware"),
        ("silicon-photonic accelerator", "hardware"),
        ("ASTRA", "hardware"),
        ("transformers", "model"),
        ("low-rank adapters", "method"),
    ]


def test_windows_carry_tags_and_roles(reader: Reader) -> None:
    example = reader.example(RECORD)
    (window,) = reader.windows([example])
    assert shown(example, window) == {
        "ASTRA": "B-hardware",
        "silicon": "B-hardware",
        "-": "I-method",  # the second hyphen, of low-rank
        "photonic": "I-hardware",
        "accelerator": "I-hardware",
        "transformers": "B-model",
        "low": "B-method",
        "rank": "I-method",
        "adapters": "I-method",
    }
    labelled = window.roles != UNLABELLED
    assert (labelled == (window.tags > 0)).all()
    assert {ROLES[role] for role in window.roles[labelled]} == {"proposed", "mentioned", "target", "used"}


def test_first_points_to_each_unit(reader: Reader) -> None:
    example = reader.example(RECORD)
    (window,) = reader.windows([example])
    assert (window.ids[0], window.ids[-1]) == (VOCABULARY.index("[CLS]"), VOCABULARY.index("[SEP]"))
    ends = [*window.first[1:], len(window.ids) - 1]
    for (start, end), place, stop in zip(example.units, window.first, ends, strict=True):
        pieces = [VOCABULARY[number].removeprefix("##") for number in window.ids[place:stop]]
        assert "".join(pieces) == example.text[start:end].lower()


def test_compounds_are_one_unit_and_what_cuts_them_is_not_taught(compounds: Reader) -> None:
    entities = [{"name": "photonic accelerator", "type": "hardware", "role": "used"}]
    example = compounds.example({**RECORD, "entities": entities})
    assert "silicon-photonic" in {example.text[start:end] for start, end in example.units}
    assert len(example.gold) == 1
    assert example.spans == ()


def test_record_without_annotation_is_title_and_abstract(reader: Reader) -> None:
    example = reader.example({"id": "a", "title": TITLE, "abstract": ABSTRACT})
    assert example.text == RECORD["text"]
    assert example.units == reader.example(RECORD).units
    assert example.gold == ()


@pytest.mark.parametrize("longest", [40, 60, 90, 510])
def test_windows_hold_every_unit_once(reader: Reader, longest: int) -> None:
    example = reader.example(RECORD)
    windows = reader.windows([example], longest)
    assert all(len(window.ids) <= longest for window in windows)
    assert [window.offset for window in windows] == [
        0,
        *itertools.accumulate(len(window.first) for window in windows[:-1]),
    ]
    assert sum(len(window.first) for window in windows) == len(example.units)


def test_windows_end_after_a_full_stop_where_there_is_one(reader: Reader) -> None:
    example = reader.example(RECORD)
    (_, first), *_ = cuts(example, 90)
    start, end = example.units[first - 1]
    assert example.text[start:end] == "."


def test_span_across_windows_is_no_half_span(reader: Reader) -> None:
    for longest in range(30, 100):
        for window in reader.windows([reader.example(RECORD)], longest):
            tags = ["O", *(TAGS[tag] for tag in window.tags)]
            for before, tag in itertools.pairwise(tags):
                assert not tag.startswith("I-") or before[2:] == tag[2:]


def scores_of(window: Window) -> tuple[np.ndarray, np.ndarray]:
    """Scores of a network that is sure of the gold labels."""
    tags = np.eye(len(TAGS), dtype=np.float32)[window.tags] * 9
    roles = np.eye(len(ROLES), dtype=np.float32)[np.maximum(window.roles, 0)] * 9
    return tags, roles


def test_perfect_scores_give_the_gold_back(reader: Reader) -> None:
    examples = reader.examples([RECORD, {**RECORD, "id": "b"}])
    windows = reader.windows(examples, 90)
    found = predictions(examples, windows, [scores_of(window) for window in windows])
    assert [tuple(spans) for spans, _ in found] == [example.gold for example in examples]
    assert found[0][1]["astra"] == "proposed"
    scores = score(examples, found)
    assert scores.mentions["all"].f1 == scores.forms["all"].f1 == scores.roles == 1
    assert (scores.mentions["all"].gold, scores.forms["all"].gold) == (10, 8)  # ASTRA stands twice


def test_spans_that_no_unit_matches_count_as_missed(compounds: Reader) -> None:
    entities = [{"name": "photonic accelerator", "type": "hardware", "role": "used"}]
    examples = compounds.examples([{**RECORD, "entities": entities}])
    windows = compounds.windows(examples)
    scores = score(examples, predictions(examples, windows, [scores_of(window) for window in windows]))
    assert scores.mentions["all"].gold == 1
    assert scores.mentions["all"].found == 0


def test_wrong_type_is_right_as_a_span_only(reader: Reader) -> None:
    examples = reader.examples([RECORD])
    start, end, _ = examples[0].gold[0]
    scores = score(examples, [([(start, end, "tool")], {"astra": "used"})])
    assert (scores.mentions["all"].found, scores.mentions["span"].found) == (0, 1)
    assert scores.mentions["tool"].predicted == 1
    assert scores.roles == 0
