"""``kg train`` from end to end on a small network, as far as torch is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GoldError, KGError, PipelineError, TrainingError
from kg.extractions import extract
from kg.predictions import papers_of_gold
from kg.training.records import gold_paper
from kg.training.train import Report, Request, require_extra, train

Write = Callable[..., Path]


def test_a_missing_extra_is_told_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("kg.training.train.find_spec", lambda name: None if name == "torch" else name)
    with pytest.raises(TrainingError, match=r"kg train needs torch$") as error:
        train(Request(files=(tmp_path / "gone.jsonl",), output=tmp_path / "out"))
    assert error.value.hint == 'pip install "kg-builder[train]"'
    monkeypatch.setattr("kg.training.train.find_spec", lambda _: None)
    with pytest.raises(TrainingError, match="torch and onnx"):
        require_extra()


class TestTraining:
    """Needs the extra."""

    @pytest.fixture(autouse=True)
    def _extra(self) -> None:
        pytest.importorskip("torch")
        pytest.importorskip("onnx")

    @pytest.fixture
    def base(self, tmp_path: Path, write_pipeline: Write, small_network: Callable[[], Any]) -> Path:
        """A pipeline on a network of one layer and random weights."""
        from kg.training.export import write_fp32, write_int8

        network = small_network()
        write_fp32(network, tmp_path / "floats.onnx")
        write_int8(tmp_path / "floats.onnx", tmp_path / "bytes.onnx")
        return write_pipeline("base", network=(tmp_path / "bytes.onnx").read_bytes())

    @pytest.fixture
    def request_(
        self, base: Path, records: list[dict[str, Any]], write_lines: Write, tmp_path: Path
    ) -> Request:
        return Request(
            files=(write_lines(records),), output=tmp_path / "my_pipeline", base=str(base), epochs=2
        )

    def test_a_pipeline_is_made_that_reads(self, request_: Request, records: list[dict[str, Any]]) -> None:
        lines: list[str] = []
        report = train(request_, lines.append)
        assert report.fresh
        assert report.record["examples"] == {"train": 24, "held_out": 6}
        assert report.record["agreement_of_start"] >= 0.9
        assert [line.split(":")[0] for line in lines if line.startswith("epoch")] == [
            "epoch 1 of 2",
            "epoch 2 of 2",
        ]
        assert sorted(path.name for path in request_.output.iterdir()) == [
            "README.md",
            "config.cfg",
            "mentions",
            "meta.json",
            "recognizer",
        ]
        papers = papers_of_gold([gold_paper(row) for row in records[:2]])
        assert len(extract(papers, pipeline=str(request_.output))) == 2

    def test_the_same_again_does_nothing_and_another_one_is_refused(self, request_: Request) -> None:
        first = train(request_)
        network = request_.output / "recognizer" / "network.onnx"
        written = network.stat().st_mtime_ns
        again = train(request_)
        assert not again.fresh
        assert again.record == json.loads(json.dumps(first.record))
        assert network.stat().st_mtime_ns == written
        with pytest.raises(TrainingError, match="already"):
            train(Request(files=request_.files, output=request_.output, base=request_.base, seed=1, epochs=2))

    def test_an_interrupted_training_ends_with_the_same_network(
        self, request_: Request, tmp_path: Path
    ) -> None:
        class StopError(Exception):
            pass

        def stop(line: str) -> None:
            if line.startswith("epoch 1"):
                raise StopError

        whole = Request(files=request_.files, output=tmp_path / "whole", base=request_.base, epochs=2)
        train(whole)
        with pytest.raises(StopError):
            train(request_, stop)
        assert (request_.output / "training" / "weights.checkpoint").exists()
        lines: list[str] = []
        train(request_, lines.append)
        assert not [line for line in lines if line.startswith("epoch 1")]
        for name in ("recognizer/network.onnx", "mentions/votes.json"):
            assert (request_.output / name).read_bytes() == (whole.output / name).read_bytes()

    def test_a_trained_pipeline_is_a_base_itself(self, request_: Request, tmp_path: Path) -> None:
        train(request_)
        report: Report = train(
            Request(
                files=request_.files, output=tmp_path / "next", base=str(request_.output), epochs=1, limit=5
            )
        )
        assert report.record["base"] == "my_pipeline"
        assert report.record["examples"]["train"] == 5

    def test_what_cannot_be_trained_on_is_refused_and_nothing_is_written(
        self, request_: Request, write_lines: Write, tmp_path: Path
    ) -> None:
        bad = write_lines([{"text": "no entities"}], "bad.jsonl")
        cases: list[tuple[Request, type[KGError]]] = [
            (Request(files=(bad,), output=tmp_path / "a", base=request_.base), GoldError),
            (Request(files=request_.files, output=tmp_path / "a", base="fast"), PipelineError),
            (Request(files=request_.files, output=tmp_path, base=request_.base), TrainingError),
        ]
        for request, error in cases:
            with pytest.raises(error):
                train(request)
        assert not (tmp_path / "a").exists()

    def test_a_network_of_another_kind_is_no_start(
        self, write_pipeline: Write, request_: Request, tmp_path: Path
    ) -> None:
        import onnx
        from onnx import helper

        empty = helper.make_model(helper.make_graph([], "nothing", [], []))
        onnx.save(empty, str(tmp_path / "empty.onnx"))
        from kg.training.start import start

        with pytest.raises(PipelineError, match="not a network that training can go on from"):
            start(tmp_path / "empty.onnx", [], dropout=0.1)

    def test_the_shipped_network_as_floats_decides_as_it_does_as_bytes(
        self, records: list[dict[str, Any]]
    ) -> None:
        from kg.nlp import pipeline_path
        from kg.training.start import start
        from kg.training.windows import Reader

        folder = pipeline_path("en_research") / "recognizer"
        reader = Reader(folder / "wordpiece.txt")
        windows = reader.windows(reader.examples(records[:8]))
        _, agreement = start(folder / "network.onnx", windows, dropout=0.1)
        assert agreement >= 0.95
