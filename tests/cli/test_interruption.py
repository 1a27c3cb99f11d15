"""A build with workers that is ended in the middle: its exit status, its words, no process left, and what is
done stays done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for orphans in /proc")

# The workers sleep instead of reading. Python imports this when it starts.
STUB = """
import time
import kg.shards
from kg.store import part_bytes

def extract_shard(shard):
    time.sleep(0.3)
    return part_bytes(dict.fromkeys(shard.texts, "[[],[],[],[]]"))

kg.shards.extract_shard = extract_shard
"""
TEXTS = 1024  # sixteen shards


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts a build of some texts with two workers, in a process group of its own."""
    (tmp_path / "sitecustomize.py").write_text(STUB)
    records = [{"title": f"On Tree {number:x}", "abstract": f"We grow {number}."} for number in range(TEXTS)]
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))
    kg = ("-c", "from kg.cli import main; main()")
    options = ("--workers", "2", "--pipeline", "fast", "--format", "", "--log", "log")

    def run(*more: str) -> subprocess.Popen[bytes]:
        path = os.pathsep.join([str(tmp_path), *(part or str(Path.cwd()) for part in sys.path)])
        return subprocess.Popen(
            [sys.executable, *kg, "build", "in.jsonl", "-o", "out", *options, *more],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    return run


def _await_shards(folder: Path, process: subprocess.Popen[bytes], count: int) -> list[int]:
    """Waits until so many shards are in the store; the child processes at that time."""
    deadline = time.monotonic() + 60
    while len([*folder.glob("out/.kg/store/*.parquet")]) < count:
        assert process.poll() is None, process.stderr and process.stderr.read()
        assert time.monotonic() < deadline, "no shard was done"
        time.sleep(0.01)
    threads = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(child) for thread in threads for child in thread.read_text().split()]


def _left_of(processes: list[int], seconds: float) -> list[int]:
    """Those that are still there after a while."""
    deadline = time.monotonic() + seconds
    while (left := [each for each in processes if _is_there(each)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def _is_there(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"  # ended; whoever inherited it has not looked yet


ENDS = {
    "Ctrl-C on a terminal": (lambda process: os.killpg(process, signal.SIGINT), 130),
    "SIGINT": (lambda process: os.kill(process, signal.SIGINT), 130),
    "SIGTERM": (lambda process: os.kill(process, signal.SIGTERM), 143),
    "SIGKILL": (lambda process: os.kill(process, signal.SIGKILL), -9),
}


def test_an_ended_build_leaves_nothing_behind_and_the_next_one_goes_on(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    kept: set[str] = set()
    for name, (send, status) in ENDS.items():
        process = start()
        children = _await_shards(tmp_path, process, len(kept) + 2)
        assert len(children) == 2, name
        send(process.pid)
        _, errors = process.communicate(timeout=60)
        told = errors.decode()
        assert process.returncode == status, (name, told)
        assert _left_of(children, 5) == [], name
        assert "Traceback" not in told, name
        assert not (tmp_path / "out" / "manifest.json").exists()
        if status != -9:
            assert told.startswith("\nInterrupted: the former output in out was not there and is not\n")
            assert told.endswith("the same command goes on where this one stood\n")
            assert (tmp_path / "log").read_text().splitlines()[-1].endswith(" WARNING kg.cli interrupted")
            assert not [*tmp_path.glob("out/.kg/staging-*")]
        stored = {path.name for path in tmp_path.glob("out/.kg/store/*.parquet")}
        assert kept < stored, "what was done before is done still, and more"
        kept = stored
    shown, errors = start("--strict").communicate(timeout=60)
    assert errors == b""
    (line,) = [line for line in shown.decode().splitlines() if "texts extracted now" in line]
    assert int(line.split()[-1]) == TEXTS - 64 * (len(kept) - 1)  # one is of what was read
    assert not [*tmp_path.glob("out/.kg/staging-*")]
