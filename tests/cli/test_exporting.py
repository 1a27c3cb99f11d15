"""``kg export`` on a toy build: what there is, what is written, what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from syrupy.assertion import SnapshotAssertion

Run = Callable[..., Result]


def test_help_and_the_formats_there_are(kg: Run, build_dir: Path, snapshot: SnapshotAssertion) -> None:
    assert kg("export", "--help").stdout == snapshot
    assert kg("export", build_dir).stdout == snapshot


def test_formats_are_written_where_one_wants(kg: Run, build_dir: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder"
    result = kg("export", build_dir, "--format", "graphml, jsonl,graphml", "-o", target)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [str(target / "graph.graphml"), str(target / "annotate.jsonl")]
    assert (target / "annotate.jsonl").read_text(encoding="utf-8").count("\n") == 2


def test_without_a_folder_beside_the_tables(kg: Run, build_dir: Path) -> None:
    assert kg("export", build_dir, "--format", "doccano", "--limit", "1").exit_code == 0
    assert (build_dir / "doccano.jsonl").read_text(encoding="utf-8").count("\n") == 1


def test_the_same_graph_as_the_build_wrote(kg: Run, build_dir: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        kg("export", build_dir, "--format", "graphml,gexf,html", "-o", tmp_path / folder)
    for name in ("graph.graphml", "graph.gexf", "graph.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_an_unknown_format_and_a_folder_without_tables(kg: Run, build_dir: Path, tmp_path: Path) -> None:
    wrong = kg("export", build_dir, "--format", "tulip")
    assert wrong.exit_code == 2
    assert "'tulip' is not one of" in wrong.stderr and "doccano, gexf" in wrong.stderr
    empty = kg("export", tmp_path, "--format", "gexf")
    assert empty.exit_code == 1
    assert "run `kg build" in empty.stderr
