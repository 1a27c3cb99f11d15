"""Annotated files: both forms, aliases, and what is said about a line that has neither."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GoldError
from kg.gold import read_gold

ABSTRACT: dict[str, Any] = {
    "id": "arXiv:1",
    "title": "Faster GPUs",
    "authors": ["A. One"],
    "text": "Faster GPUs. We speed up GPUs by 2x.",
    "entities": [
        {"name": "GPUs", "type": "hardware", "role": "target"},
        {"name": "GPU", "type": "hardware", "role": "target", "alias_of": "GPUs"},
    ],
    "relations": [{"head": "GPU", "type": "is_a", "tail": "GPUs"}],
    "results": [{"subject": "GPU", "low": 2, "high": 2, "metric": "speed"}],
}
DOCUMENT: dict[str, Any] = {
    "source": "page.txt",
    "order": 1,
    "title": None,
    "authors": [],
    "venue": "MLSys",
    "year": 2021,
    "text_start": "We speed up",
    "text_end": "by 2x.",
    "entities": [{"name": "GPUs", "type": "hardware", "aliases": ["GPU"], "role": "target"}],
    "results": [],
}


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


def test_an_annotated_abstract(tmp_path: Path) -> None:
    (paper,) = read_gold(write(tmp_path / "a.jsonl", ABSTRACT))
    assert paper.abstract == "We speed up GPUs by 2x."
    assert [(form.text, form.main) for form in paper.forms] == [("GPUs", "GPUs"), ("GPU", "GPUs")]
    assert paper.relations == (("GPUs", "is_a", "GPUs"),)
    assert paper.results[0].low == 2.0
    assert paper.forms_of("gpu") == {"gpu", "gpus"}
    assert paper.forms_of("something else") == {"something else"}


def test_an_annotated_document_lists_aliases_and_has_no_relations(tmp_path: Path) -> None:
    (paper,) = read_gold(write(tmp_path / "a.jsonl", DOCUMENT))
    assert paper.abstract is None
    assert paper.relations is None
    assert (paper.source, paper.venue, paper.year) == ("page.txt", "MLSys", 2021)
    assert [(form.text, form.main) for form in paper.forms] == [("GPUs", "GPUs"), ("GPU", "GPUs")]


def test_chains_and_circles_of_aliases_end(tmp_path: Path) -> None:
    entities = [
        {"name": "a", "type": "task", "role": "used", "alias_of": "b"},
        {"name": "b", "type": "task", "role": "used", "alias_of": "c"},
        {"name": "c", "type": "task", "role": "used"},
        {"name": "x", "type": "task", "role": "used", "alias_of": "y"},
        {"name": "y", "type": "task", "role": "used", "alias_of": "x"},
    ]
    (paper,) = read_gold(write(tmp_path / "a.jsonl", {**ABSTRACT, "entities": entities, "relations": []}))
    assert [form.main for form in paper.forms][:3] == ["c", "c", "c"]
    assert {form.main for form in paper.forms[3:]} <= {"x", "y"}


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", DOCUMENT)
    write(tmp_path / "a.jsonl", ABSTRACT)
    assert [paper.title for paper in read_gold(tmp_path)] == ["Faster GPUs", None]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not a JSON object"),
        ("[]", "not an annotated paper"),
        (json.dumps({**ABSTRACT, "text": "Other. text"}), "does not begin with"),
        (json.dumps({**DOCUMENT, "text_start": ""}), "neither a title nor a text_start"),
        (json.dumps({key: value for key, value in ABSTRACT.items() if key != "results"}), "lacks 'results'"),
        (json.dumps({**ABSTRACT, "results": [{"subject": None, "low": "two", "high": 2}]}), "two"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(ABSTRACT)}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(GoldError, match=reason) as caught:
        read_gold(path)
    assert caught.value.message.startswith(f"{path}:3: ")


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    for name in ("empty.jsonl", "folder", "missing.jsonl", "binary.jsonl"):
        with pytest.raises(GoldError):
            read_gold(tmp_path / name)
