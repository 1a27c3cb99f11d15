"""What a machine has, as its files say, and processes that import what this one does."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import processes
from kg.processes import available_cores, available_memory, possible_workers, start_python

Write = Callable[..., None]


@pytest.fixture
def limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the files of a container's limits; without them there are none."""
    monkeypatch.setattr("kg.processes._CGROUP", tmp_path)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(8)), raising=False)

    def write(**files: str) -> None:
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(f"{text}\n")

    return write


@pytest.mark.parametrize(
    ("limit", "cores"),
    [("max 100000", 8), ("200000 100000", 2), ("50000 100000", 1), ("1600000 100000", 8), ("nonsense", 8)],
)
def test_cores_of_the_mask_and_the_container(limits: Write, limit: str, cores: int) -> None:
    limits(cpu_max=limit)
    assert available_cores() == cores


def test_cores_without_a_container(limits: Write) -> None:
    assert available_cores() == 8


@pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="another system")
def test_memory_is_what_is_left_of_the_container_or_the_machine(limits: Write) -> None:
    machine = available_memory()
    assert machine is not None and machine > 2**20
    limits(memory_max="3000000", memory_current="1000000", memory_stat="anon 1\ninactive_file 200000\n")
    assert available_memory() == 2_200_000
    limits(memory_max="max", memory_current="1000000", memory_stat="")
    unlimited = available_memory()
    assert unlimited is not None and unlimited > 2**20


@pytest.mark.parametrize(
    ("memory", "workers"), [(None, 8), (64 * 2**30, 8), (1500 * 2**20, 2), (100 * 2**20, 1), (-5, 1)]
)
def test_as_many_workers_as_cores_and_memory_allow(
    limits: Write, monkeypatch: pytest.MonkeyPatch, memory: int | None, workers: int
) -> None:
    monkeypatch.setattr(processes, "available_memory", lambda: memory)
    assert possible_workers() == workers


def test_a_process_imports_what_this_one_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "only_here.py").write_text("VALUE = 'found'\n")
    monkeypatch.syspath_prepend(tmp_path)
    process = start_python("import kg, only_here; print(only_here.VALUE, input())")
    out, _ = process.communicate(b"and told\n")
    assert (out.split(), process.returncode) == ([b"found", b"and", b"told"], 0)
    assert "PYTHONPATH" not in os.environ or str(tmp_path) not in os.environ["PYTHONPATH"]
