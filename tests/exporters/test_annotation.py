"""Lines for annotators: our form comes back through ``kg evaluate``, the tools' offsets are right."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.errors import ExportError
from kg.evaluate import evaluate
from kg.exporters import Contents, export
from kg.gold import read_gold
from kg.predictions import predictions_of_tables
from kg.tables import Tables


def lines(name: str, tables: Tables, folder: Path) -> list[dict[str, Any]]:
    path = export(Contents.of(tables), name, folder)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_our_form_is_the_one_that_evaluate_reads(toy_tables: Tables, tmp_path: Path) -> None:
    path = export(Contents.of(toy_tables), "jsonl", tmp_path)
    scores = evaluate(read_gold(path), predictions_of_tables(toy_tables))
    assert scores.relations is not None
    for score in (scores.forms, scores.numbers_with_subject, scores.relations):
        assert score.counts.f1 == 1.0
    assert scores.roles.value == 1.0


def test_every_name_stands_in_its_text(toy_tables: Tables, tmp_path: Path) -> None:
    for line in lines("jsonl", toy_tables, tmp_path):
        names = {entity["name"] for entity in line["entities"]}
        assert names
        assert all(name in line["text"] for name in names)
        assert {entity["alias_of"] for entity in line["entities"] if "alias_of" in entity} <= names
        assert {end for row in line["relations"] for end in (row["head"], row["tail"])} <= names
        assert all(0 <= entity["confidence"] <= 1 for entity in line["entities"])


def test_prodigy_gets_tokens_that_fit_its_spans(toy_tables: Tables, tmp_path: Path) -> None:
    found = 0
    for line in lines("prodigy", toy_tables, tmp_path):
        tokens = line["tokens"]
        assert [token["id"] for token in tokens] == list(range(len(tokens)))
        assert all(line["text"][token["start"] : token["end"]] == token["text"] for token in tokens)
        text = "".join(token["text"] + " " * token["ws"] for token in tokens)
        assert text.split() == line["text"].split()
        for span in line["spans"]:
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]
            found += 1
    assert found == len(toy_tables.mentions)


def test_a_span_that_ends_inside_a_word_cuts_the_token(toy_tables: Tables, tmp_path: Path) -> None:
    mentions = [dict(row) for row in toy_tables.mentions]
    mentions[0]["end"] -= 1
    tables = dataclasses.replace(toy_tables, mentions=mentions)
    total = sum(len(line["spans"]) for line in lines("prodigy", tables, tmp_path))
    assert total == len(mentions)


def test_doccano_gets_offsets_and_types(toy_tables: Tables, tmp_path: Path) -> None:
    labels = {
        (line["text"][start:end], kind)
        for line in lines("doccano", toy_tables, tmp_path)
        for start, end, kind in line["label"]
    }
    assert labels == {(row["text"], row["type"]) for row in toy_tables.mentions}


@pytest.mark.parametrize("name", ["jsonl", "prodigy", "doccano"])
def test_limit_and_same_bytes(toy_tables: Tables, tmp_path: Path, name: str) -> None:
    whole = export(Contents.of(toy_tables), name, tmp_path).read_bytes()
    assert whole == export(Contents.of(toy_tables), name, tmp_path / "again").read_bytes()
    contents = Contents(graph=nx.MultiDiGraph(), tables=toy_tables, limit=1)
    assert whole.startswith(export(contents, name, tmp_path).read_bytes())


def test_a_graph_alone_is_not_enough(toy: nx.MultiDiGraph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="written from tables"):
        export(toy, "jsonl", tmp_path)
    assert not list(tmp_path.iterdir())
