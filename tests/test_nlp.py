from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy

from kg.errors import PipelineError
from kg.extractions import extract
from kg.nlp import _deciding_files, annotate, load_pipeline, pipeline_fingerprint, pipeline_path
from kg.types import Paper


def test_a_shipped_pipeline_has_its_parts_and_is_loaded_once() -> None:
    nlp = load_pipeline("en_research")
    assert nlp is load_pipeline("en_research")
    assert nlp.pipe_names[-4:] == ["mentions", "roles", "relations", "results"]
    assert "recognizer" in nlp.pipe_names
    assert "recognizer" not in load_pipeline("fast").pipe_names


def test_an_unknown_pipeline_names_those_that_ship(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="'xx'") as caught:
        pipeline_path("xx")
    assert "en_research" in (caught.value.hint or "")
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = 'nowhere'\n")
    with pytest.raises(PipelineError, match="does not load"):
        load_pipeline(str(tmp_path))


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A pipeline that knows nothing of kg: an entity ruler of its own."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "SOFTWARE", "pattern": "TensorRT"},
            {"label": "SYSTEM", "pattern": "IOS"},
            {"label": "CITY", "pattern": "Paris"},
        ]
    )
    nlp.to_disk(tmp_path / "own")
    return tmp_path / "own"


def test_a_pipeline_of_somebody_else_is_completed_by_its_labels(
    foreign: Path, make_paper: Callable[..., Paper]
) -> None:
    meta = json.loads((foreign / "meta.json").read_text())
    meta["kg"] = {"labels": {"SOFTWARE": "tool", "SYSTEM": "method"}, "precision": {"SOFTWARE": 0.9}}
    (foreign / "meta.json").write_text(json.dumps(meta))
    paper = make_paper("IOS: a Scheduler", "We propose IOS. In Paris, IOS outperforms TensorRT by 1.5x.")
    (extraction,) = extract([paper], pipeline=str(foreign))
    assert [(mention.text, mention.type, mention.confidence) for mention in extraction.mentions] == [
        ("IOS", "method", 0.5),
        ("IOS", "method", 0.5),
        ("IOS", "method", 0.5),
        ("TensorRT", "tool", 0.9),
    ]
    assert extraction.mentions[0].role == "proposed"
    (result,) = extraction.results
    assert result.subject and result.subject.text == "IOS"
    assert (result.low, result.unit) == (1.5, "x")


def test_a_pipeline_without_mapped_labels_says_what_to_add(foreign: Path) -> None:
    with pytest.raises(PipelineError, match="does not map its labels") as caught:
        load_pipeline(str(foreign))
    assert '"kg": {"labels"' in (caught.value.hint or "")


def test_the_fingerprint_follows_the_files(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\n")
    before = pipeline_fingerprint(str(tmp_path))
    assert before == pipeline_fingerprint(str(tmp_path))
    (tmp_path / "gazetteers").mkdir()
    (tmp_path / "gazetteers" / "tool.jsonl").write_text("{}\n")
    assert pipeline_fingerprint(str(tmp_path)) != before


def test_a_doc_is_the_paper_s_text_and_knows_where_the_title_ends(make_paper: Callable[..., Paper]) -> None:
    papers = [
        make_paper("QuickPack for GPUs", "We propose QuickPack."),
        make_paper(None, "We use  a GPU.\n\nIt is fast.", number=1),
        make_paper("Only a title", None, number=2),
    ]
    found = list(annotate(iter(papers), pipeline="fast"))
    assert [paper for paper, _ in found] == papers
    for paper, doc in found:
        assert doc.text == paper.text
        assert doc._.title_end == len(paper.title or "")
    sentences = [sentence.text.strip() for sentence in found[0][1].sents]
    assert sentences == ["QuickPack for GPUs", "We propose QuickPack."], "a title is a sentence of its own"


def test_what_training_left_behind_does_not_change_a_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\n")
    before = pipeline_fingerprint(str(tmp_path))
    for name in ("training", "__pycache__"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.json").write_text("{}")
    assert pipeline_fingerprint(str(tmp_path)) == before
    (tmp_path / "config.cfg").write_text("[nlp]\n\n")
    assert pipeline_fingerprint(str(tmp_path)) != before


def test_the_fingerprint_covers_the_rules_that_stand_outside_the_components() -> None:
    places = set(_deciding_files("en_research"))
    assert {"sentences.py/.", "text.py/.", "components/votes.py"} <= places
    assert {"pipelines/en_research/config.cfg", "pipelines/en_research/recognizer/network.onnx"} <= places
    assert not any("README" in place or "training" in place for place in places)
    assert pipeline_fingerprint("en_research") != pipeline_fingerprint("fast")
