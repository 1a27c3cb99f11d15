"""What can be learned from is read; what cannot is refused with its place and its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GoldError
from kg.evaluate import Prediction, evaluate
from kg.training.records import (
    drawn,
    gold_forms,
    gold_paper,
    paper_text,
    read_examples,
    split,
    without,
)
from kg.types import Mention

Write = Callable[..., Path]
TEXT = "Sparse Attention. We use BERT-base on SQuAD."


def test_the_fields_that_are_learned_from_are_kept(write_lines: Write) -> None:
    entities = [{"name": "BERT-base", "type": "model", "role": "used", "alias_of": "BERT"}]
    row = {"id": 7, "title": "Sparse Attention", "text": TEXT, "entities": entities, "results": []}
    assert read_examples(write_lines([row])) == [
        {
            "id": "7",
            "title": "Sparse Attention",
            "text": TEXT,
            "entities": [{"name": "BERT-base", "type": "model", "role": "used"}],
        }
    ]


def test_id_title_and_roles_may_be_missing(write_lines: Write) -> None:
    row = {"text": TEXT, "entities": [{"name": "SQuAD", "type": "dataset"}]}
    first, second = read_examples(write_lines([row, row]))
    assert (first["title"], first["entities"][0]["role"]) == ("", None)
    assert first["id"] != second["id"]


def test_blank_lines_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\ufeff" + json.dumps({"text": TEXT, "entities": []}) + "\n\n", encoding="utf-8")
    assert len(read_examples(path)) == 1


ENTITY = {"name": "SQuAD", "type": "dataset", "role": "used"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([1], "not a JSON object"),
        ({"entities": []}, "lacks its text"),
        ({"text": " ", "entities": []}, "lacks its text"),
        ({"text": TEXT}, "lacks its entities"),
        ({"text": TEXT, "entities": {"SQuAD": "dataset"}}, "lacks its entities"),
        ({"title": "Dense", "text": TEXT, "entities": []}, 'text does not begin with "title. "'),
        ({"text": TEXT, "entities": ["SQuAD"]}, "an entity lacks its name"),
        ({"text": TEXT, "entities": [{"type": "dataset"}]}, "an entity lacks its name"),
        ({"text": TEXT, "entities": [{**ENTITY, "type": "material"}]}, "'SQuAD' has the type 'material'"),
        ({"text": TEXT, "entities": [{**ENTITY, "role": "hero"}]}, "'SQuAD' has the role 'hero'"),
        ({"text": TEXT, "entities": [{**ENTITY, "name": "squad"}]}, "'squad' does not stand in the text"),
        ({"text": TEXT, "entities": [{**ENTITY, "name": "MNIST"}]}, "'MNIST' does not stand in the text"),
    ],
)
def test_bad_lines_are_named(write_lines: Write, row: object, message: str) -> None:
    path = write_lines([{"text": TEXT, "entities": []}, row])
    with pytest.raises(GoldError) as error:
        read_examples(path)
    assert error.value.message.startswith(f"{path}:2: ")
    assert message in error.value.message


def test_a_name_glued_to_another_word_is_no_error(write_lines: Write) -> None:
    text = "It enables 4xPosit-8 products."
    (row,) = read_examples(write_lines([{"text": text, "entities": [{**ENTITY, "name": "Posit-8"}]}]))
    assert row["entities"][0]["name"] == "Posit-8"


def test_unknown_types_come_with_the_known_ones(write_lines: Write) -> None:
    with pytest.raises(GoldError) as error:
        read_examples(write_lines([{"text": TEXT, "entities": [{**ENTITY, "type": "material"}]}]))
    assert "method, model, hardware, dataset, metric, task, tool" in (error.value.hint or "")


def test_files_that_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    (tmp_path / "latin.jsonl").write_bytes(b'{"text": "\xe9"}')
    (tmp_path / "text.jsonl").write_text("no json", encoding="utf-8")
    for name, message in (
        ("empty", "holds no annotated abstract"),
        ("latin", "cannot be read"),
        ("text", "text.jsonl:1: not a JSON object"),
        ("gone", "cannot be read"),
    ):
        with pytest.raises(GoldError, match=message):
            read_examples(tmp_path / f"{name}.jsonl")


def test_a_fifth_is_held_out_whatever_the_order(records: list[dict[str, Any]]) -> None:
    train, dev = split(records, None)
    assert (len(train), len(dev)) == (24, 6)
    assert {row["id"] for row in [*train, *dev]} == {row["id"] for row in records}
    assert split(records, None) == (train, dev)


def test_what_is_held_out_is_not_trained_on(records: list[dict[str, Any]]) -> None:
    train, dev = split(records, records[:5])
    assert dev == records[:5]
    assert len(train) == 25
    doubled = [*records, *({**row, "id": f"again {row['id']}"} for row in records)]
    train, dev = split(doubled, None)
    assert not {row["title"] for row in train} & {row["title"] for row in dev}


def test_too_few_or_nothing_annotated(records: list[dict[str, Any]]) -> None:
    with pytest.raises(GoldError, match="16 examples to train on and 3 held out are too few"):
        split(records[:19], None)
    with pytest.raises(GoldError, match="too few"):
        split(records, records)
    with pytest.raises(GoldError, match="no example to train on names an entity"):
        split([{**row, "entities": []} for row in records], None)


def test_held_out_papers_are_left_out_by_id_and_by_title() -> None:
    rows = [{"id": str(i), "title": f"Paper {i}"} for i in range(4)]
    held_out = [{"id": "1", "title": "Another title"}, {"id": "x", "title": "PAPER  2"}]
    assert [row["id"] for row in without(rows, held_out)] == ["0", "3"]


def test_texts_without_a_title_are_told_apart_by_their_text() -> None:
    rows = [{"id": str(i), "title": "", "text": f"Text {i}."} for i in range(3)]
    assert [row["id"] for row in without(rows, [{"id": "x", "title": "", "text": "text 1."}])] == ["0", "2"]


@given(st.integers(0, 30), st.integers(0, 40))
def test_draws_are_the_same_every_time(size: int, count: int) -> None:
    rows = [{"id": str(place)} for place in range(size)]
    first = drawn(rows, count)
    assert first == drawn(iter(rows), count)
    assert len(first) == min(size, count)
    assert first == drawn(rows, None)[:count]


def test_the_gold_paper_reads_as_the_pipeline_does(records: list[dict[str, Any]]) -> None:
    (row, *_) = records
    text, title_end = paper_text(row)
    paper = gold_paper(row)
    assert text == f"{paper.title}\n\n{paper.abstract}"
    assert text[:title_end] == row["title"]
    mentions = tuple(
        Mention(paper_id="p", start=0, end=1, text=entity["name"], type=entity["type"], role=entity["role"])
        for entity in row["entities"]
    )
    scores = evaluate([paper], [Prediction(title=paper.title, mentions=mentions)])
    assert scores.forms.counts.f1 == scores.roles.value == 1
    assert gold_forms(row) == {(form.text.lower(), form.type) for form in paper.forms}
