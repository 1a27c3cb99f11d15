"""Helps, errors, pipes and encodings: what all verbs have in common."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result
from syrupy.assertion import SnapshotAssertion

import kg as package
from kg.cli import cli
from kg.cli.verbs import SUMMARIES
from kg.errors import KGError

HEAVY = ("spacy", "pyvis", "networkx", "pyarrow", "numpy", "scipy", "duckdb")
Process = Callable[..., subprocess.CompletedProcess[bytes]]
Run = Callable[..., Result]


def test_the_help_of_kg(kg: Run, snapshot: SnapshotAssertion) -> None:
    assert kg("--help").stdout == snapshot


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_the_help_of_each_verb(kg: Run, verb: str, snapshot: SnapshotAssertion) -> None:
    assert kg(verb, "--help").stdout == snapshot


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_each_verb_has_a_help_with_an_example(verb: str) -> None:
    command = cli.commands[verb]
    assert command.help
    assert "\b\n" in command.help
    examples = command.help.partition("Examples:")[2]
    assert f"kg {verb} " in examples
    summary = command.help.splitlines()[0]
    assert summary == command.get_short_help_str(limit=100) == SUMMARIES[verb]
    assert len(summary) <= 58, "is cut off in `kg --help`"
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or parameter.help  # type: ignore[attr-defined]


def test_the_version(kg: Run) -> None:
    assert kg("--version").stdout.split()[-1] == package.__version__


def test_usage_errors_exit_with_2(kg: Run, tmp_path: Path) -> None:
    for arguments in (["nothing"], ["build"], ["build", "x"], ["show"], ["stats", tmp_path / "gone"]):
        result = kg(*arguments)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "Usage" in result.stderr


def test_an_error_is_two_lines_and_exits_with_1(kg: Run, tmp_path: Path) -> None:
    result = kg("stats", tmp_path)
    assert result.exit_code == 1
    assert result.stdout == ""
    error, hint = result.stderr.splitlines()
    assert error.startswith(f"Error: {tmp_path}")
    assert hint.startswith("Hint: ")


def _fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def read(folder: Path) -> None:
        raise error

    monkeypatch.setattr("kg.cli.looking.read_tables", read)


def test_an_unexpected_error_is_a_line_too(kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_with(monkeypatch, ZeroDivisionError("division\nby zero"))
    result = kg("stats", tmp_path)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "Error: ZeroDivisionError: division by zero"
    assert "--debug" in result.stderr


def test_an_error_without_a_hint(kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_with(monkeypatch, KGError("a.bib:41: no title"))
    assert kg("stats", tmp_path).stderr == "Error: a.bib:41: no title\n"


def test_an_error_of_the_file_system_names_the_file(
    kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_with(monkeypatch, PermissionError(13, "Permission denied", "out/tables"))
    assert kg("stats", tmp_path).stderr == "Error: out/tables: Permission denied\n"


def test_debug_shows_the_traceback(kg_process: Process, tmp_path: Path) -> None:
    quiet = kg_process("stats", tmp_path)
    loud = kg_process("--debug", "stats", tmp_path)
    assert (quiet.returncode, loud.returncode) == (1, 1)
    assert b"Traceback" not in quiet.stderr
    assert b"Traceback" in loud.stderr
    assert b"TablesError" in loud.stderr


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nsys.argv = ['kg', '--help']\nfrom kg.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"sys.stderr.write(','.join(name for name in {HEAVY!r} if name in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert b"Examples:" in result.stdout
    assert result.stderr == b""


def _cpu_seconds(*arguments: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_is_instant() -> None:
    """Under 100 ms of CPU above the bare interpreter, the best of five (others may use the machine)."""
    bare = min(_cpu_seconds("-c", "pass") for _ in range(3))
    code = "from kg.cli import main; main()"
    assert min(_cpu_seconds("-c", code, "--help") for _ in range(5)) - bare < 0.1


def test_utf8_whatever_the_locale(kg_process: Process, build_dir: Path) -> None:
    env = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    result = kg_process("show", build_dir, "preusser", env=env)
    assert result.returncode == 0, result.stderr
    assert "Jürgen Preußer" in result.stdout.decode("utf-8")
    data = json.loads(kg_process("show", build_dir, "PREUSSER", "--json", env=env).stdout.decode("utf-8"))
    assert data["name"] == "Jürgen Preußer"


def test_a_closed_pipe_is_no_error(build_dir: Path) -> None:
    code = "from kg.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "show", str(build_dir)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), errors) == (0, b"")


def test_no_colour_when_nobody_sees_it(kg: Run, build_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in kg("show", build_dir, "ios").stdout
    assert "\x1b[1m" in kg("show", build_dir, "ios", color=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in kg("show", build_dir, "ios", color=True).stdout


def test_the_installed_command() -> None:
    command = Path(sys.executable).with_name("kg")
    if not command.exists():
        pytest.skip("kg is not installed")
    result = subprocess.run([command, "--version"], capture_output=True, check=True, env=dict(os.environ))
    assert package.__version__.encode() in result.stdout
