"""Processes of our own: started so that they find what this one finds, and ended with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["available_cores", "available_memory", "import_path", "possible_workers", "start_python"]

_CGROUP = Path("/sys/fs/cgroup")
_WORKER_MEMORY = 600 * 2**20  # with the default pipeline


def start_python(code: str) -> subprocess.Popen[bytes]:
    """A Python process that runs ``code``, with pipes as its standard input and output; installed or not,
    it imports what can be imported here. Ctrl-C is for this process, which ends the other."""
    with _without_interrupts():
        return subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": import_path()},
        )


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """A process that is started here inherits that SIGINT is blocked, from its first instruction."""
    if sys.platform == "win32":
        yield
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def import_path() -> str:
    """What a process needs as PYTHONPATH to import what can be imported here."""
    return os.pathsep.join(part or str(Path.cwd()) for part in sys.path)


def possible_workers() -> int:
    """How many processes that read texts this machine has cores and memory for; at least one."""
    memory = available_memory()
    cores = available_cores()
    return max(1, cores if memory is None else min(cores, memory // _WORKER_MEMORY))


def available_cores() -> int:
    """The cores that this process may use: of its mask, and of the limits of its container."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        share, period = (_CGROUP / "cpu.max").read_text(encoding="ascii").split()
        cores = min(cores, max(1, int(share) // int(period)))
    except (OSError, ValueError):  # no container, or no limit ("max")
        pass
    return cores


def available_memory() -> int | None:
    """Bytes that may be taken without swapping, within the limits of the container; None if nobody says."""
    found = []
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found += [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
        limit = (_CGROUP / "memory.max").read_text(encoding="ascii").strip()
        used = int((_CGROUP / "memory.current").read_text(encoding="ascii"))
        lines = (_CGROUP / "memory.stat").read_text(encoding="ascii").splitlines()
        gives_way = sum(int(line.split()[1]) for line in lines if line.startswith("inactive_file "))
        found.append(int(limit) - used + gives_way)
    except (OSError, ValueError, IndexError):
        pass
    return min(found, default=None)
