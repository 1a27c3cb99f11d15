"""What ``kg export`` hands to annotation tools can be trained on when it comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GoldError
from kg.exporters import Contents, export
from kg.tables import Tables
from kg.training.records import gold_forms, paper_text, read_examples


def written(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["prodigy", "doccano"])
def test_what_was_handed_out_comes_back(toy_tables: Tables, tmp_path: Path, name: str) -> None:
    ours = read_examples(export(Contents.of(toy_tables), "jsonl", tmp_path))
    theirs = read_examples(export(Contents.of(toy_tables), name, tmp_path))
    assert [gold_forms(record) for record in theirs] == [gold_forms(record) for record in ours]
    for key in ("id", "title", "text"):
        assert [record[key] for record in theirs] == [record[key] for record in ours]
    assert [paper_text(record) for record in theirs] == [
        (paper["text"], len(paper["title"]))
        for record in ours
        for paper in toy_tables.papers
        if paper["paper_id"] == record["id"]
    ]


def test_refused_lines_are_left_out(tmp_path: Path) -> None:
    line = {"text": "IOS wins.", "spans": [{"start": 0, "end": 3, "label": "method"}]}
    answers = [line | {"answer": answer} for answer in ("accept", "reject", "ignore")]
    (record,) = read_examples(written(tmp_path / "a.jsonl", *answers))
    assert (record["title"], record["entities"]) == ("", [{"name": "IOS", "type": "method", "role": None}])


@pytest.mark.parametrize("spans", [[{"start": 0, "end": 99, "label": "tool"}], [{"start": 0}], 7])
def test_spans_that_cannot_be_read_are_named(tmp_path: Path, spans: object) -> None:
    path = written(tmp_path / "a.jsonl", {"text": "ok", "spans": []}, {"text": "IOS", "spans": spans})
    with pytest.raises(GoldError, match=r"a\.jsonl:2: spans"):
        read_examples(path)


def test_labels_must_be_types_of_kg(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", {"text": "IOS", "label": [[0, 3, "GADGET"]]})
    with pytest.raises(GoldError, match="'GADGET'"):
        read_examples(path)
