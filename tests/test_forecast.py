"""What a build would take: measured on texts of all lengths, and reckoned from them."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest

from kg.build import build
from kg.engine import Engine
from kg.errors import DecisionsError, PipelineError
from kg.forecast import _sample, forecast
from kg.recipe import Recipe
from kg.types import Paper


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    records = [
        {"title": f"On Tree {number:x}", "abstract": f"We grow {number}. " * (number + 1)}
        for number in range(100)
    ]
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return Recipe.here([str(tmp_path / "in.jsonl")], pipeline="fast", formats=("graphml",))


def test_a_sample_has_texts_of_all_lengths() -> None:
    texts = {f"{number}": Paper(title="x" * number) for number in range(1, 1001)}
    sample = [len(paper.text) for paper in _sample(texts, 10).values()]
    assert sample == [51, 151, 251, 351, 451, 551, 651, 751, 851, 951]
    assert _sample(texts, 1000) == _sample(texts, 2000)
    assert len(_sample({}, 10)) == 0


def test_the_time_of_all_follows_from_that_of_some(
    recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = count()  # of the clock: reading takes a second, loading one, the sample one
    found = forecast(recipe, tmp_path / "out", engine=Engine(workers=1), clock=lambda: float(next(ticks)))
    assert (found.documents, found.papers, found.texts, found.new_texts) == (1, 100, 100, 100)
    assert found.sampled == 32
    assert found.rate == pytest.approx(32, rel=0.02)
    assert found.seconds == pytest.approx(2 + 100 / 32, abs=1)
    two = forecast(recipe, tmp_path / "out", engine=Engine(workers=2), clock=lambda: float(next(ticks)))
    assert (found.workers, two.workers) == (1, 2)
    assert 1 < found.seconds - two.seconds < 2
    ray = forecast(recipe, tmp_path / "out", engine=Engine(name="ray"), clock=lambda: float(next(ticks)))
    assert (ray.workers, ray.seconds) == (1, pytest.approx(found.seconds)), "of one process: who knows"
    assert 0 < found.size == pytest.approx(two.size, rel=0.01)
    assert not (tmp_path / "out").exists()


def test_what_is_known_is_not_counted(recipe: Recipe, tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = build(recipe.sources, out, pipeline="fast", formats=("graphml",))
    found = forecast(recipe, out)
    assert (found.documents, found.new_documents, found.texts, found.new_texts) == (1, 0, report.papers, 0)
    assert (found.sampled, found.rate) == (0, None)
    real = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    assert real / 8 < found.size < real * 8


def test_what_cannot_be_built_is_told(recipe: Recipe, tmp_path: Path) -> None:
    with pytest.raises(PipelineError):
        forecast(recipe.with_options({"pipeline": "none"}), tmp_path / "out")
    with pytest.raises(DecisionsError):
        forecast(recipe.with_options({"decisions": "gone.toml"}), tmp_path / "out")
