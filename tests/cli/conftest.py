"""A toy build on disk, and the command line called in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.graph import build_graph
from kg.manifest import make_manifest, write_manifest
from kg.tables import Tables

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """80 columns, whatever the terminal of whoever runs the tests."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def kg() -> Run:
    """Calls the command line in this process; output and errors apart."""

    def run(*arguments: str | Path, **options: object) -> Result:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments], **options)  # type: ignore[arg-type]
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture
def kg_process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Calls the command line in a process of its own."""

    def run(
        *arguments: str | Path, env: dict[str, str] | None = None, python: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[bytes]:
        code = "from kg.cli import main; main()"
        return subprocess.run(
            [sys.executable, *python, "-c", code, *map(str, arguments)],
            capture_output=True,
            env={**os.environ, **(env or {})},
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def build_dir(toy_tables: Tables, tmp_path: Path) -> Path:
    """The toy build: tables and manifest, without exports."""
    folder = tmp_path / "output"
    files = toy_tables.write(folder / "tables")
    graph = build_graph(toy_tables)
    manifest = make_manifest(
        folder,
        files,
        pipeline="en_research",
        fingerprint="0" * 16,
        counts=toy_tables.counts(),
        graph={"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()},
    )
    write_manifest(folder, manifest)
    return folder
