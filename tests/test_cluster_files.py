"""The files in docs/cluster that users run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[1] / "docs" / "cluster"
_BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(_BASH is None, reason="there is no bash")

_SRUN = """#!/bin/bash
while [[ "${1:-}" == --* ]]; do shift; done
exec "$@"
"""
_TOLD = """#!/bin/bash
echo "${0##*/} $*" >> "$TOLD"
case "$1" in start) exec sleep 600;; build) exit "${STATUS:-0}";; -c) echo secret;; esac
"""


def _script(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(_BASH), str(_FOLDER / "slurm.sh"), *arguments]
    surroundings = {**os.environ, **environment}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=30, check=False)


def test_the_batch_script_says_what_it_needs(tmp_path: Path) -> None:
    assert _script("only-sources").returncode == 2
    told = _script("papers", str(tmp_path / "out"), KG_VENV="")
    assert told.returncode != 0
    assert "virtual environment" in told.stderr


@pytest.mark.parametrize("status", [0, 1])
def test_the_batch_script_starts_a_cluster_and_one_build_on_it(tmp_path: Path, status: int) -> None:
    programs = tmp_path / "venv" / "bin"
    programs.mkdir(parents=True)
    for name, text in (("srun", _SRUN), ("ray", _TOLD), ("kg", _TOLD), ("python", _TOLD)):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    # one node: those that join wait ten seconds for the first
    job = {"SLURM_JOB_ID": "7", "SLURM_CPUS_PER_TASK": "4", "SLURM_JOB_NUM_NODES": "1"}
    told = tmp_path / "told"
    done = _script(
        *("papers", "out", "--pipeline", "fast"),
        **job,
        KG_VENV=str(tmp_path / "venv"),
        PATH=f"{programs}:{os.environ['PATH']}",
        TOLD=str(told),
        STATUS=str(status),
    )
    assert done.returncode == status
    said = told.read_text(encoding="utf-8")
    assert "ray start --head --block --port=20007 --num-cpus=3" in said
    assert "kg build papers -o out --engine ray --address" in said
    assert said.rstrip().endswith("--shards out.shards --pipeline fast")
