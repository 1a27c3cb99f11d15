"""How builds are run: where, logged, profiled, foretold."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kg.cli.forecast_text import forecast_text
from kg.cli.logs import logged
from kg.cli.running import profile_text
from kg.engine import ENGINES, Engine
from kg.errors import SourceError
from kg.forecast import Forecast
from kg.timings import Stage
from kg.types import Document

Run = Callable[..., Result]

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (INFO|WARNING|ERROR) kg\.\w+ \S.*")


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three papers, and a file without one."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    records = [
        {"title": f"Growing {what}", "abstract": f"We grow {what} with ResNet-50."}
        for what in ("Trees", "Roots", "Leaves of the Forest")
    ]
    (folder / "papers.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))
    (folder / "empty.txt").write_text("")
    return folder


def _everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(kg: Run, sources: Path, tmp_path: Path) -> None:
    before = _everything(tmp_path)
    build = ("build", "in", "-o", "out", "--pipeline", "fast", "--format", "graphml")
    result = kg(*build, "--dry-run")
    assert result.exit_code == 0, result.output
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[1:7] == [
        "documents 2",
        "would be read now 2",
        "without papers 1",
        "papers 3",
        "texts 3",
        "would be extracted now 3",
    ]
    assert "empty.txt: empty, the file is empty" in lines
    assert any(
        re.match(r"about \d+ s with 1 worker \(of 3 texts, one process read [\d.,]+ a second\)", line)
        for line in lines
    )
    assert lines[-1] == "nothing was written"
    assert _everything(tmp_path) == before
    assert not (tmp_path / "out").exists()

    assert kg(*build, "--quiet").exit_code == 0
    (sources / "new.jsonl").write_text('{"title": "A New One", "abstract": "We dig."}\n')
    before = _everything(tmp_path)
    result = kg("add", "out", "in/new.jsonl", "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("in/new.jsonl is in the collection already\n")
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert {"papers 4", "would be extracted now 1"} <= {*lines}
    assert _everything(tmp_path) == before


def test_a_log_tells_what_happens_a_line_an_event(kg: Run, sources: Path, tmp_path: Path) -> None:
    log = tmp_path / "build.log"
    log.write_text("what was there\n")
    build = ("build", "in", "-o", "out", "--pipeline", "fast", "--format", "", "--log", log)
    assert kg(*build).exit_code == 0
    first, *lines = log.read_text().splitlines()
    assert first == "what was there"
    assert all(LINE.fullmatch(line) for line in lines)
    for stage in ("reading", "extracting", "resolving", "authors", "tables", "writing tables"):
        assert any(line.endswith(f" {stage} begun") for line in lines)
        assert any(re.search(rf" {stage} ended after [\d.]+ s ", line) for line in lines)
    assert any(line.endswith(" WARNING kg.reading empty.txt: empty, the file is empty") for line in lines)
    assert " done after " in lines[-1]
    assert "2 documents, 1 without papers, 3 works" in lines[-1]
    assert logging.getLogger("kg").handlers == []
    (sources / "papers.jsonl").unlink()
    assert kg(*build).exit_code == 1
    last = log.read_text().splitlines()[-1]
    assert LINE.fullmatch(last)
    assert "no paper was found in 1 documents: empty.txt: the file is empty" in last


def test_an_unexpected_error_is_logged_with_its_traceback(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with pytest.raises(ZeroDivisionError), logged(log):
        logging.getLogger("kg.reading").warning("a\nb\x1b[31m\u202e.txt: %s", "broken")
        _ = 1 / 0
    _, told, error, *trace = log.read_text().splitlines()
    assert told.endswith(" WARNING kg.reading a b[31m.txt: broken")
    assert error.endswith(" ERROR kg.cli an unexpected error")
    assert trace[0] == "Traceback (most recent call last):"
    assert trace[-1] == "ZeroDivisionError: division by zero"
    with pytest.raises(SourceError), logged(log):
        raise SourceError("nothing there", hint="look elsewhere")
    assert log.read_text().splitlines()[-1].endswith(" ERROR kg.cli nothing there; look elsewhere")


def test_a_profile_shows_where_the_time_went(kg: Run, sources: Path) -> None:
    result = kg(
        "build", "in", "-o", "out", "--pipeline", "fast", "--format", "graphml", "--profile", "--quiet"
    )
    head, *rows, _, note = result.stdout.strip().splitlines()
    assert head.split() == ["stage", "seconds", "CPU", "s", "share", "peak", "MiB", "texts/s"]
    assert [re.split(r"\s{2,}", row)[0] for row in rows] == [
        "reading", "matching", "extracting", "resolving", "authors", "citations", "tables", "writing tables",
        "writing graphml", "all",
    ]  # fmt: skip
    assert "the largest child had" in note
    stages = [
        Stage(name=name, seconds=seconds, cpu=1.0, memory=2**28, done=90)
        for name, seconds in (("reading", 1.0), ("extracting", 3.0))
    ]
    rows = [row.split() for row in profile_text(stages).splitlines()]
    assert rows[1] == ["reading", "1.00", "1.00", "25%", "256"]
    assert rows[2] == ["extracting", "3.00", "1.00", "75%", "256", "30"]
    assert rows[3][:4] == ["all", "4.00", "2.00", "100%"]


def test_where_texts_are_read(kg: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: dict[str, Any] = {}

    def build(*_: object, **options: Any) -> None:
        seen.update(options)
        raise SourceError("that is enough")

    monkeypatch.setattr("kg.build.build", build)
    shards = ("--engine", "ray", "--address", "ray://head:10001", "--shards", "s3://bucket/kg")
    assert kg("build", "x", "-o", "out", "--workers", "2", *shards).exit_code == 1
    assert seen["engine"] == Engine(
        name="ray", workers=2, address="ray://head:10001", shards="s3://bucket/kg"
    )
    assert kg("build", "x", "-o", "out").exit_code == 1
    assert seen["engine"] == Engine()
    assert set(ENGINES) == {"local", "ray"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--workers", "0"), "0 is not in the range"),
        (("--engine", "spark"), "'spark' is not one of"),
        (("--shards", "s3://x"), "--shards is for --engine ray"),
        (("--address", "x"), "--address is for --engine ray"),
        (("--log", "in/build.log"), "in/build.log would be read as a document"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(
    kg: Run, sources: Path, options: tuple[str, ...], message: str
) -> None:
    result = kg("build", "in", "-o", "out", *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not Path("out").exists()


def test_a_forecast_in_words() -> None:
    failed = Document(document_id="2", path="a.zip!/x", status="failed", error="broken")
    found = Forecast(
        documents=75_824, new_documents=70_000, failed=(failed,), excluded=3, papers=75_000, texts=75_824,
        new_texts=70_824, workers=2, sampled=32, rate=61.26, seconds=1_234.0, size=1_230_000_000,
    )  # fmt: skip
    lines = forecast_text(found, Path("out")).splitlines()
    assert "  would be extracted now  70,824" in lines
    assert "about 20 min with 2 workers (of 32 texts, one process read 61 a second)" in lines
    assert "about 1.2 GB in out in the end" in lines
    assert "by one process; a cluster shares the extraction" in forecast_text(
        found, Path("out"), on_cluster=True
    )
