"""``kg verify`` and ``kg evaluate``."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from syrupy.assertion import SnapshotAssertion

from kg.tables import Tables

Run = Callable[..., Result]

IOS_GOLD = {
    "source": "listing.txt",
    "order": 1,
    "title": "IOS: Inter-Operator Scheduler for CNN Acceleration",
    "authors": ["Yaoyao Ding", "Song Han"],
    "venue": "MLSys",
    "year": 2021,
    "text_start": "We propose Inter-Operator",
    "text_end": "1.5x on GPUs.",
    "entities": [
        {"name": "IOS", "type": "method", "aliases": ["Inter-Operator Scheduler"], "role": "proposed"},
        {"name": "TensorRT", "type": "tool", "aliases": [], "role": "baseline"},
        {"name": "CNN", "type": "model", "aliases": [], "role": "target"},
    ],
    "results": [{"subject": "IOS", "low": 1.1, "high": 1.5}],
}
SECOND_GOLD = {
    **IOS_GOLD,
    "order": 2,
    "title": "Faster Kernels on a GPU",
    "authors": ["Song Han", "Jürgen Preußer"],
    "venue": None,
    "text_start": "We compare",
    "text_end": "on a GPU.",
    "entities": [{"name": "cuDNN", "type": "tool", "aliases": [], "role": "used"}],
    "results": [],
}


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    lines = (json.dumps(record, ensure_ascii=False) for record in (IOS_GOLD, SECOND_GOLD))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_verify_a_true_build(kg: Run, build_dir: Path) -> None:
    result = kg("verify", build_dir)
    assert result.exit_code == 0
    assert "mentions: offsets" in result.stdout
    assert result.stdout.endswith("all right: no problem found\n")
    assert json.loads(kg("verify", build_dir, "--json").stdout)["problems"] == []


def test_verify_a_false_build(kg: Run, build_dir: Path, toy_tables: Tables) -> None:
    mention, *rest = toy_tables.mentions
    mention["start"] += 1
    replace(toy_tables, mentions=[mention, *rest]).write(build_dir / "tables")
    result = kg("verify", build_dir)
    assert result.exit_code == 1
    assert f"mentions {mention['mention_id']}: {mention['start']}:{mention['end']} reads" in result.stdout
    assert "manifest.json tables/mentions.parquet: the file was changed" in result.stdout
    data = json.loads(kg("verify", build_dir, "--json").stdout)
    assert {"table", "id", "problem"} == set(data["problems"][0])


def test_many_problems_are_cut(kg: Run, build_dir: Path, toy_tables: Tables) -> None:
    rows = [{**row, "document_id": f"d{number}"} for number in range(150) for row in toy_tables.documents]
    Tables(documents=rows).write(build_dir / "tables")
    result = kg("verify", build_dir)
    assert result.exit_code == 1
    assert "more; --json prints all" in result.stdout
    assert len(json.loads(kg("verify", build_dir, "--json").stdout)["problems"]) > 200


def test_verify_something_else(kg: Run, tmp_path: Path) -> None:
    result = kg("verify", tmp_path)
    assert result.exit_code == 1
    assert "manifest.json: no such file" in result.stderr


def test_evaluate_a_build(kg: Run, build_dir: Path, gold_file: Path, snapshot: SnapshotAssertion) -> None:
    result = kg("evaluate", gold_file, "--tables", build_dir)
    assert result.exit_code == 0
    assert result.stdout == snapshot


def test_evaluate_as_json(kg: Run, build_dir: Path, gold_file: Path) -> None:
    data = json.loads(kg("evaluate", gold_file, "--tables", build_dir, "--json").stdout)
    assert data["papers"] == {"value": 1.0, "right": 2, "of": 2}
    assert data["proposed"]["value"] == 1.0
    assert data["entities"] == {"value": 0.75, "right": 3, "of": 4}
    assert data["numbers_with_subject"]["f1"] == 1.0
    assert data["relations"] is None
    assert data["structure"]["author_lists"]["right"] == 2
    assert data["structure"]["extra"] == []
    assert data["calibration"]["bins"][0]["mentions"] == 7


def test_documents_need_a_build(kg: Run, gold_file: Path) -> None:
    result = kg("evaluate", gold_file)
    assert result.exit_code == 1
    assert "holds no text to read" in result.stderr
    assert "--tables DIR" in result.stderr


def test_evaluate_reads_annotated_abstracts_itself(
    kg: Run, tmp_path: Path, toy_tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    abstract = toy_tables.papers[0]["abstract"]
    record = {**IOS_GOLD, "text": f"{IOS_GOLD['title']}. {abstract}", "relations": []}
    del record["source"], record["text_start"], record["text_end"]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    asked = []

    def tables_of_papers(papers: list[object], *, pipeline: str) -> Tables:
        asked.append((len(papers), pipeline))
        return toy_tables

    monkeypatch.setattr("kg.predictions.tables_of_papers", tables_of_papers)
    result = kg("evaluate", path, "--pipeline", "mine", "--json")
    assert asked == [(1, "mine")]
    assert "reading 1 papers with mine" in result.stderr
    data = json.loads(result.stdout)
    assert data["numbers"]["f1"] == 1.0
    assert data["structure"] is None
    assert data["relations"]["predicted"] == 2


def test_extraction_and_resolution_in_memory(toy_tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.predictions import predictions_of_tables, tables_of_papers
    from kg.types import Evidence as Quote
    from kg.types import Extraction, Mention, Paper, Relation

    paper = Paper(paper_id="p:1", document_id="d", position=0, title="IOS (Scheduler) on GPUs")

    def mention(text: str, kind: str) -> Mention:
        start = paper.text.index(text)
        return Mention(paper_id="p:1", start=start, end=start + len(text), text=text, type=kind)

    short, long, gpus = mention("IOS", "method"), mention("Scheduler", "method"), mention("GPUs", "hardware")
    quote = Quote(paper_id="p:1", start=0, end=len(paper.text), quote=paper.text)
    extraction = Extraction(
        paper_id="p:1",
        mentions=(short, long, gpus),
        relations=(Relation(head=long, kind="runs_on", tail=gpus, evidence=quote),),
        abbreviations=(("IOS", "Scheduler"),),
    )
    stub = types.ModuleType("kg.extractions")
    stub.extract = lambda papers, pipeline: [extraction]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kg.extractions", stub)
    (prediction,) = predictions_of_tables(tables_of_papers([paper], pipeline="mine"))
    ((head, kind, tail),) = prediction.relations
    assert kind == "runs_on"
    assert {"IOS", "Scheduler"} <= set(head)
    assert tail[0] == "GPUs"


def test_evaluate_authors(kg: Run, build_dir: Path, tmp_path: Path) -> None:
    titles = ["IOS: Inter-Operator Scheduler for CNN Acceleration", "Faster Kernels on a GPU"]
    pairs = tmp_path / "pairs.jsonl"
    pair = {"names": ["Song Han", "Song Han"], "titles": titles, "verdict": "same"}
    pairs.write_text(json.dumps(pair) + "\n")
    result = kg("evaluate", "--authors", pairs, "--tables", build_dir)
    assert "precision of merges  100.0  (1 of 1)" in result.stdout
    assert (
        json.loads(kg("evaluate", "--authors", pairs, "--tables", build_dir, "--json").stdout)["missing"] == 0
    )
    assert kg("evaluate", "--authors", pairs).exit_code == 2


def test_evaluate_resolution_of_a_build(kg: Run, build_dir: Path, tmp_path: Path) -> None:
    side = {"paper": "arXiv:1", "form": "IOS", "type": "method", "role": "used", "text": "IOS"}
    pair = {"id": "r1", "half": "dev", "stratum": "name", "group": "ios", "same": True}
    pair |= {"a": {**side, "entity": "ios#a"}, "b": {**side, "paper": "arXiv:2", "entity": "ios#a"}}
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(json.dumps(pair) + "\n")
    result = kg("evaluate", "--resolution", pairs, "--tables", build_dir)
    assert result.exit_code == 0
    assert "holds both forms of 0 of 1 pairs" in result.stderr
