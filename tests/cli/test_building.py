"""``kg build``: what is asked of the build, the summary, and the exit status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from syrupy.assertion import SnapshotAssertion

from kg.build import BuildReport
from kg.cli.building import build as command
from kg.cli.building import summary
from kg.errors import SourceError
from kg.types import Document

Run = Callable[..., Result]

GOOD = Document(document_id="1", path="seeds/page.txt", papers=44)
EMPTY = Document(document_id="2", path="seeds/empty.txt", status="empty", error="no text in it")
FAILED = Document(document_id="3", path="seeds/image.png", status="failed", error="binary, not text\x1b[31m")
REPORT = BuildReport(
    output=Path("out"),
    documents=(GOOD,),
    duplicates=(),
    new_documents=1,
    new_texts=44,
    papers=44,
    works=44,
    authors=139,
    entities_by_type={"hardware": 90, "method": 168},
    relations=200,
    results=47,
    nodes=442,
    edges=1200,
    files=(Path("out/tables/papers.parquet"), Path("out/tables/links.parquet"), Path("out/graph.graphml")),
    seconds=12.34,
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the build was asked for; put a report or an error under "answer"."""
    seen: dict[str, Any] = {"answer": REPORT}

    def build(sources: Sequence[str], output: Path, **options: Any) -> BuildReport:
        seen.update(sources=tuple(sources), output=output, **options)
        if isinstance(seen["answer"], Exception):
            raise seen["answer"]
        answer: BuildReport = seen["answer"]
        return answer

    monkeypatch.setattr("kg.build.build", build)
    return seen


def test_what_is_asked_for(kg: Run, asked: dict[str, Any]) -> None:
    result = kg("build", "a", "b/*.html", "-o", "out", "--pipeline", "mine", "--format", " html,graphml,html")
    assert result.exit_code == 0
    assert asked["sources"] == ("a", "b/*.html")
    assert asked["output"] == Path("out")
    assert asked["pipeline"] == "mine"
    assert asked["formats"] == ("html", "graphml")
    assert asked["progress"] is None  # stderr is no terminal


def test_an_unknown_format_is_told_before_anything_is_read(kg: Run, asked: dict[str, Any]) -> None:
    result = kg("build", "a", "-o", "out", "--format", "graphml,pdf")
    assert result.exit_code == 2
    assert "'pdf' is not one of" in result.stderr
    assert "sources" not in asked


def test_the_summary(kg: Run, asked: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert kg("build", "a", "-o", "out").stdout == snapshot


def test_the_summary_names_what_failed(snapshot: SnapshotAssertion) -> None:
    report = replace(
        REPORT,
        documents=(GOOD, EMPTY, FAILED),
        duplicates=(("copy.txt", "seeds/page.txt"),),
        new_documents=2,
        new_texts=0,
        papers=45,
    )
    text = summary(report)
    assert "seeds/empty.txt: empty, no text in it" in text
    assert "\x1b" not in text
    assert text == snapshot


def test_failures_count_only_when_strict(kg: Run, asked: dict[str, Any]) -> None:
    asked["answer"] = replace(REPORT, documents=(GOOD, FAILED))
    assert kg("build", "a", "-o", "out").exit_code == 0
    strict = kg("build", "a", "-o", "out", "--strict")
    assert strict.exit_code == 1
    assert "1 document gave no paper" in strict.stderr
    asked["answer"] = REPORT
    assert kg("build", "a", "-o", "out", "--strict").exit_code == 0


def test_quiet(kg: Run, asked: dict[str, Any]) -> None:
    assert kg("build", "a", "-o", "out", "--quiet").output == ""
    asked["answer"] = replace(REPORT, documents=(GOOD, EMPTY))
    strict = kg("build", "a", "-o", "out", "--quiet", "--strict")
    assert strict.stdout == ""
    assert "seeds/empty.txt: empty, no text in it" in strict.stderr


def test_no_paper_at_all(kg: Run, asked: dict[str, Any]) -> None:
    asked["answer"] = SourceError("no paper was found in 2 documents:\n  a.txt: empty", hint="give others")
    result = kg("build", "a", "-o", "out")
    assert result.exit_code == 1
    assert result.stderr == ("Error: no paper was found in 2 documents:\n  a.txt: empty\nHint: give others\n")


def test_no_paper_leaves_the_former_output_alone(kg: Run, build_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    files = [path for path in sorted(build_dir.rglob("*")) if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    result = kg("build", tmp_path / "empty.txt", "-o", build_dir)
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr
    assert before == {path: path.read_bytes() for path in files}


def test_a_bar_is_drawn_where_somebody_looks(
    asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    command.main(["a", "-o", "out"], standalone_mode=False)
    tell = asked["progress"]
    assert tell is not None
    capsys.readouterr()
    tell("reading", 1, 2)
    tell("resolving", 0, 0)
    drawn = capsys.readouterr().err
    assert "reading" in drawn
    assert "1/2" in drawn
    command.main(["a", "-o", "out", "--quiet"], standalone_mode=False)
    assert asked["progress"] is None
