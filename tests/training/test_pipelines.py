"""The folder that a training writes is a pipeline of its own, and nothing else is touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy

from kg.components.votes import VoteModel
from kg.errors import PipelineError, TrainingError
from kg.nlp import pipeline_fingerprint
from kg.training.card import rows
from kg.training.pipelines import RECORD, WORK, Base, check_output, finish, made_before, prepare

WritePipeline = Callable[..., Path]


def figures(f1: float | None, roles: float | None = None) -> dict[str, Any]:
    counts = {"precision": f1, "recall": f1, "f1": f1, "annotated": 9}
    return {
        "forms": {**counts, "interval": [0.25, 0.75]},
        "forms_any_type": counts,
        "types": {"tool": counts, "task": {**counts, "annotated": 0}},
        "roles": roles,
        "calibration": 0.1,
    }


IDENTITY = {"settings": {"seed": 3, "epochs": 2}, "train": "abc"}
RECORD_OF_IT = {
    "base": "small",
    "identity": IDENTITY,
    "data": [{"name": "mine.jsonl", "sha256": "f00"}],
    "examples": {"train": 24, "held_out": 6},
    "epochs": [],
    "before": figures(0.25),
    "after": figures(0.5),
}


@pytest.fixture
def finished(write_pipeline: WritePipeline, tmp_path: Path) -> Path:
    """The small pipeline with another network, as a training leaves it."""
    base = Base.of(str(write_pipeline("small")))
    output = tmp_path / "my_pipeline"
    network = tmp_path / "new.onnx"
    network.write_bytes(b"new")
    prepare(base, output / WORK / "pipeline", network)
    votes = VoteModel(extractors=("model",), weights={"bias": -1.5}).as_json()
    finish(output / WORK / "pipeline", output, base=base, votes=votes, record=RECORD_OF_IT)
    return output


def test_the_parts_of_a_base_are_found(write_pipeline: WritePipeline) -> None:
    base = Base.of(str(write_pipeline("small")))
    assert (base.recognizer, base.mentions, base.compounds) == ("recognizer", "mentions", False)
    assert base.network.read_bytes() == b"int8"
    assert Base.of("en_research").network.is_file()


def test_a_base_without_a_recogniser_is_refused(write_pipeline: WritePipeline) -> None:
    for name in ("fast", str(write_pipeline("without", finder="names"))):
        with pytest.raises(PipelineError, match="no trained recogniser"):
            Base.of(name)
    with pytest.raises(PipelineError, match="no pipeline 'gone'"):
        Base.of("gone")


def test_a_base_with_other_labels_is_refused(write_pipeline: WritePipeline) -> None:
    folder = write_pipeline("small")
    labels = {"tags": ["O", "B-material"], "roles": []}
    (folder / "recognizer" / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    with pytest.raises(PipelineError, match="other labels"):
        Base.of(str(folder))


def test_the_folder_holds_the_pipeline_and_nothing_of_the_work(finished: Path) -> None:
    names = sorted(path.relative_to(finished).as_posix() for path in finished.rglob("*") if path.is_file())
    assert names == [
        "README.md",
        "config.cfg",
        "mentions/votes.json",
        "meta.json",
        "recognizer/NOTICE",
        "recognizer/labels.json",
        "recognizer/network.onnx",
        "recognizer/wordpiece.txt",
    ]
    assert (finished / "recognizer" / "network.onnx").read_bytes() == b"new"
    meta = json.loads((finished / "meta.json").read_text(encoding="utf-8"))
    assert (meta["name"], meta["license"], meta[RECORD]) == ("my_pipeline", "Apache-2.0", RECORD_OF_IT)


def test_the_votes_of_the_folder_are_used_wherever_it_stands(finished: Path, tmp_path: Path) -> None:
    moved = finished.rename(tmp_path / "elsewhere")
    component: Any = spacy.load(moved).get_pipe("mentions")
    assert component.votes.weights == {"bias": -1.5}
    assert component.votes.extractors == ("model",)


def test_the_shipped_votes_stay_where_there_are_no_own(write_pipeline: WritePipeline) -> None:
    component: Any = spacy.load(write_pipeline("small")).get_pipe("mentions")
    assert "bracket pattern" in component.votes.weights


def test_the_fingerprint_sees_network_and_votes(finished: Path) -> None:
    before = pipeline_fingerprint(str(finished))
    (finished / "README.md").write_text("prose", encoding="utf-8")
    assert pipeline_fingerprint(str(finished)) == before
    (finished / "mentions" / "votes.json").write_text("{}", encoding="utf-8")
    assert pipeline_fingerprint(str(finished)) != before


def test_the_card_says_what_it_is(finished: Path) -> None:
    text = (finished / "README.md").read_text(encoding="utf-8")
    for part in (
        "24 annotated examples",
        "2 epochs, seed 3",
        "| mine.jsonl | f00 |",
        "| tool | 25.0 | 50.0 |",
    ):
        assert part in text
    assert "task" not in text
    assert "25.0 to 75.0" in text


def test_rows_without_a_score_are_dashes() -> None:
    table = list(rows(figures(None, 0.5), figures(0.5, 0.75)))
    assert table[0] == ("forms with type, F1", "-", "50.0")
    assert ("roles right", "50.0", "75.0") in table
    assert ("  tool", "-", "50.0") in table


def test_a_finished_training_is_known_again(finished: Path) -> None:
    assert made_before(finished, IDENTITY) == RECORD_OF_IT
    assert made_before(finished, {**IDENTITY, "train": "other"}) is None
    (finished / "config.cfg").unlink()
    assert made_before(finished, IDENTITY) is None


def test_other_peoples_folders_are_left_alone(finished: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"README\.md already"):
        check_output(finished)
    with pytest.raises(TrainingError, match="is a file"):
        check_output(finished / "config.cfg")
    check_output(tmp_path / "new")
    (tmp_path / "begun" / WORK).mkdir(parents=True)
    check_output(tmp_path / "begun")
