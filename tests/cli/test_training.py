"""``kg train``: its arguments, its progress, its summary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from syrupy.assertion import SnapshotAssertion

from kg.training.train import Report, Request

Run = Callable[..., Result]


def counts(f1: float, annotated: int = 40) -> dict[str, Any]:
    return {"precision": f1, "recall": f1, "f1": f1, "annotated": annotated}


def figures(f1: float) -> dict[str, Any]:
    return {
        "forms": {**counts(f1), "interval": None},
        "forms_any_type": counts(f1 + 0.1),
        "types": {"tool": counts(f1), "task": counts(0.0, 0)},
        "roles": 0.75,
        "calibration": 0.05,
    }


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """What the verb asked for; the answer is a training that helped, or with seed 1 one that did not."""
    requests: list[Request] = []

    def train(request: Request, progress: Callable[[str], None]) -> Report:
        requests.append(request)
        progress("epoch 1 of 4")
        after = 0.3 if request.seed else 0.6
        record = {
            "examples": {"train": 160, "held_out": 40},
            "before": figures(0.4),
            "after": figures(after),
        }
        return Report(output=request.output, record=record, fresh=not request.limit, seconds=61.4)

    monkeypatch.setattr("kg.training.train.train", train)
    return requests


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("mine.jsonl").write_text("{}\n", encoding="utf-8")
    return "mine.jsonl"


def test_the_summary(kg: Run, asked: list[Request], mine: str, snapshot: SnapshotAssertion) -> None:
    result = kg("train", mine, "-o", "my_pipeline")
    assert result.exit_code == 0
    assert result.stdout == snapshot
    assert result.stderr == "epoch 1 of 4\n"
    assert asked == [Request(files=(Path(mine),), output=Path("my_pipeline"))]


def test_all_options_arrive(kg: Run, asked: list[Request], mine: str) -> None:
    options = {"--base": "b", "--epochs": 2, "--seed": 1, "--limit": 9, "--threads": 3, "--dev": mine}
    flat = [part for pair in options.items() for part in pair]
    result = kg("train", mine, mine, "-o", "my_pipeline", *flat)
    assert asked == [
        Request(
            files=(Path(mine), Path(mine)),
            output=Path("my_pipeline"),
            dev=Path(mine),
            base="b",
            epochs=2,
            seed=1,
            limit=9,
            threads=3,
        )
    ]
    assert "no better than before" in result.stdout
    assert "made before, unchanged" in result.stdout


def test_quiet_is_quiet(kg: Run, asked: list[Request], mine: str) -> None:
    result = kg("train", mine, "-o", "my_pipeline", "--quiet")
    assert asked
    assert result.output == ""


def test_a_missing_extra_says_how_to_get_it(kg: Run, mine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.training.train.find_spec", lambda _: None)
    result = kg("train", mine, "-o", "my_pipeline")
    assert result.exit_code == 1
    assert result.stderr == ('Error: kg train needs torch and onnx\nHint: pip install "kg-builder[train]"\n')
    assert not Path("my_pipeline").exists()


def test_usage_errors(kg: Run, mine: str) -> None:
    for arguments in ([], [mine], ["gone.jsonl", "-o", "x"], [mine, "-o", "x", "--epochs", "0"]):
        assert kg("train", *arguments).exit_code == 2
