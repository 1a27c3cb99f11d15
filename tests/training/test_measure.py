"""A pipeline's reading is scored as ``kg evaluate`` does, with votes that have not seen the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import Prediction, evaluate
from kg.extractions import extract
from kg.predictions import papers_of_gold
from kg.training.measure import Reading, calibrated, figures, read, scored
from kg.training.records import gold_paper

WritePipeline = Callable[..., Path]


@pytest.fixture
def folder(write_pipeline: WritePipeline) -> Path:
    return write_pipeline("by_names", finder="names")


@pytest.fixture
def reading(folder: Path, records: list[dict[str, Any]]) -> Reading:
    return read(folder, records[:12], decide="mentions")


def test_a_reading_is_scored_as_an_extraction(
    reading: Reading, folder: Path, records: list[dict[str, Any]]
) -> None:
    gold = [gold_paper(row) for row in records[:12]]
    papers = papers_of_gold(gold)
    wanted = [
        Prediction(title=paper.title, abstract=paper.abstract, mentions=found.mentions)
        for paper, found in zip(papers, extract(papers, pipeline=str(folder)), strict=True)
    ]
    assert scored(reading, [reading.mentions.votes] * 12) == evaluate(gold, wanted)


def test_calibration_helps_and_no_text_judges_itself(reading: Reading, records: list[dict[str, Any]]) -> None:
    model, each = calibrated(reading, records[12:])
    assert len(each) == 12
    assert len({held_out.as_json() for held_out in each}) > 1
    assert each[0] == each[10]  # of one fold
    assert all(held_out != model for held_out in each)
    assert reading.mentions.votes is not None
    assert set(model.weights) >= set(reading.mentions.votes.weights)


def test_figures_are_json_and_roles_need_to_be_annotated(
    reading: Reading, records: list[dict[str, Any]]
) -> None:
    scores = scored(reading, [reading.mentions.votes] * 12)
    found = figures(scores, records)
    assert found["types"]["tool"]["annotated"] == 12
    assert found["forms"]["f1"] == pytest.approx(scores.forms.counts.f1, abs=1e-4)
    assert found["roles"] is not None
    unknown = [{**records[0], "entities": [{"name": "Taco", "type": "tool", "role": None}]}]
    assert figures(scores, unknown)["roles"] is None
