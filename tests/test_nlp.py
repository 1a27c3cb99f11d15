from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import PipelineError
from kg.nlp import load_pipeline, pipeline_fingerprint, pipeline_path


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


def test_the_fingerprint_follows_the_files(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\n")
    before = pipeline_fingerprint(str(tmp_path))
    assert before == pipeline_fingerprint(str(tmp_path))
    (tmp_path / "gazetteers").mkdir()
    (tmp_path / "gazetteers" / "tool.jsonl").write_text("{}\n")
    assert pipeline_fingerprint(str(tmp_path)) != before
