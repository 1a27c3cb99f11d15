"""Kills parts of builds at random moments: every output must be exact, and nothing may be left behind.

    python benchmarks/bench_engine_kills.py PAPERS.jsonl[.gz] [--papers 400] [--kills 30] [--of KIND ...]

Kinds: a worker process of a build with two, its driver (the process that was started), a worker and a whole
machine of a Ray cluster of two (nodes on this machine, shards in a shared folder), and the driver of a
build that has started Ray itself. SIGKILL each time. A build whose driver was killed is started again. Then
all files must be, byte for byte, what one process gives without a kill; no process may go on, nothing
half-written be left in the output, and nothing at all in the folder for temporary files.
Exit status 1 if anything is otherwise. Needs the extra "ray" for the kinds of Ray, and Linux.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench_kills import contents, litter

_KG = (sys.executable, "-c", "from kg.cli import main; main()")
_PATIENCE = 60.0
_TRIES = 5  # a build may end before the kill
_WORKER = {"local": b"from kg.workers import serve", "ray": b"ray::_there"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """One build that lost something after ``seconds``."""

    kind: str
    seconds: float
    took: float
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What all kills share: the folder with the papers, what must come of them, and the chance."""

    folder: Path
    expected: dict[str, bytes]
    chance: random.Random

    def run(self, name: str, options: list[str]) -> tuple[subprocess.Popen[bytes], Path]:
        """A build, and its own folder for temporary files, whose name is short for Ray's sake."""
        temporary = Path(tempfile.mkdtemp(prefix="kgk-"))
        command = [*_KG, "build", "papers.jsonl", "-o", name, "--pipeline", "fast", "--format", "graphml"]
        process = subprocess.Popen(
            [*command, "--quiet", *options],
            cwd=self.folder,
            env={**os.environ, "TMPDIR": str(temporary)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        return process, temporary

    def left(self, name: str, temporary: Path, processes: set[int]) -> list[str]:
        """What is not as it must be when all is done."""
        problems = [f"process {process} goes on" for process in sorted(processes) if _goes_on(process)]
        there = contents(self.folder / name)
        for file in sorted({*there, *self.expected}):
            if there.get(file) != self.expected.get(file):
                problems.append(f"{file} differs")
        problems += [f"left behind: {file}" for file in litter(self.folder / name)]
        problems += [f"left behind: {path}" for path in temporary.iterdir()]
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(self.folder / name)
        return problems


def tree(root: int) -> dict[int, bytes]:
    """All processes below one, with their command lines."""
    parents: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            stat = (place / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if stat[0] != "Z":
                parents.setdefault(int(stat[1]), []).append(int(place.name))
    found: dict[int, bytes] = {}
    below = [root]
    while below:
        for child in parents.get(below.pop(), ()):
            with contextlib.suppress(OSError):
                found[child] = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ")
                below.append(child)
    return found


def _goes_on(process: int) -> bool:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.1)
    with contextlib.suppress(OSError):
        os.kill(process, signal.SIGKILL)
    return True


def _working(root: int, engine: str) -> list[int]:
    return sorted(process for process, line in tree(root).items() if _WORKER[engine] in line)


def kill_driver(bench: Bench, kind: str, options: list[str], whole: float) -> Kill:
    """Kills a build at a moment of the ``whole`` time that it takes, and starts it again."""
    seconds = bench.chance.uniform(0, whole)
    started = time.monotonic()
    process, temporary = bench.run("out", options)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    below = set(tree(process.pid))
    process.kill()
    process.communicate()
    problems = [f"process {child} goes on" for child in sorted(below) if _goes_on(child)]
    problems += [f"left behind: {path}" for path in temporary.iterdir()]
    shutil.rmtree(temporary, ignore_errors=True)
    process, temporary = bench.run("out", options)
    _, told = process.communicate()
    if process.returncode:
        problems.append(told.decode().strip()[-300:])
    problems += bench.left("out", temporary, set())
    return Kill(kind=kind, seconds=seconds, took=time.monotonic() - started, problems=tuple(problems))


def kill_part(
    bench: Bench, kind: str, options: list[str], busy: float, lose: Callable[[int], bool]
) -> Kill | None:
    """Kills a part of a build that goes on: ``lose`` does it, and says whether there was something to kill.
    ``busy`` is for how long parts are at work. None if the build was over before."""
    started = time.monotonic()
    delay = bench.chance.uniform(0, busy)
    process, temporary = bench.run("out", options)
    below: set[int] = set()
    killed, first, seconds = False, None, 0.0
    while process.poll() is None and not killed:
        below |= set(tree(process.pid))
        if first is None and lose(0):
            first = time.monotonic()
        if first is not None and time.monotonic() > first + delay:
            killed = lose(1)
            seconds = time.monotonic() - started
        time.sleep(0.05)
    below |= set(tree(process.pid))
    _, told = process.communicate()
    problems = [told.decode().strip()[-300:]] if process.returncode else []
    problems += bench.left("out", temporary, below)
    took = time.monotonic() - started
    return Kill(kind=kind, seconds=seconds, took=took, problems=tuple(problems)) if killed else None


def local_workers(bench: Bench, count: int) -> Iterator[Kill]:
    """Kills of one of two local workers, at random which."""
    options = ["--workers", "2"]
    whole, busy = _undisturbed(bench, options, lambda process: bool(_working(process, "local")))
    del whole
    for _ in range(count):
        yield from _until_killed(
            lambda: kill_part(bench, "local worker", options, busy, _loser_of(bench, os.getpid(), "local"))
        )


def local_driver(bench: Bench, count: int) -> Iterator[Kill]:
    """Kills of a build with two workers."""
    options = ["--workers", "2"]
    whole, _ = _undisturbed(bench, options, lambda _: False)
    for _ in range(count):
        yield kill_driver(bench, "local driver", options, whole)


def ray_driver(bench: Bench, count: int) -> Iterator[Kill]:
    """Kills of a build that has started Ray itself."""
    options = ["--engine", "ray", "--workers", "2"]
    whole, _ = _undisturbed(bench, options, lambda _: False)
    for _ in range(count):
        yield kill_driver(bench, "ray driver", options, whole)


def ray_worker(bench: Bench, count: int) -> Iterator[Kill]:
    """Kills of a process that is at work on a shard, in a cluster."""
    yield from _in_cluster(bench, "ray worker", count, lambda _, victims: _loser_among(bench, victims))


def ray_node(bench: Bench, count: int) -> Iterator[Kill]:
    """Kills of a machine of the cluster that is at work: its raylet, with all that hangs on it."""

    def loser(cluster: Any, victims: Callable[[], list[int]]) -> Callable[[int], bool]:
        def lose(really: int) -> bool:
            if not victims():
                return False
            if really:
                cluster.remove_node(bench.chance.choice(sorted(cluster.worker_nodes, key=str)), False)
            return True

        return lose

    yield from _in_cluster(bench, "ray node", count, loser)


def _loser_of(bench: Bench, root: int, engine: str) -> Callable[[int], bool]:
    return _loser_among(bench, lambda: _working(root, engine))


def _loser_among(bench: Bench, victims: Callable[[], list[int]]) -> Callable[[int], bool]:
    def lose(really: int) -> bool:
        found = victims()
        if found and really:
            with contextlib.suppress(ProcessLookupError):
                os.kill(bench.chance.choice(found), signal.SIGKILL)
        return bool(found)

    return lose


def _until_killed(act: Callable[[], Kill | None]) -> Iterator[Kill]:
    for _ in range(_TRIES):
        if kill := act():
            yield kill
            return
    raise SystemExit("builds end too soon to be killed: give more papers")


def _undisturbed(bench: Bench, options: list[str], at_work: Callable[[int], bool]) -> tuple[float, float]:
    """How long a build takes, and for how long of it somebody is at work; its output must be exact."""
    started, busy = time.monotonic(), 0.0
    process, temporary = bench.run("out", options)
    while process.poll() is None:
        busy += 0.1 * at_work(process.pid)
        time.sleep(0.1)
    _, told = process.communicate()
    whole = time.monotonic() - started
    problems = [told.decode()] if process.returncode else []
    if problems := [*problems, *bench.left("out", temporary, set())]:
        raise SystemExit(f"without any kill: {'; '.join(problems)}")
    return whole, busy


def _in_cluster(bench: Bench, kind: str, count: int, loser: Callable[..., Any]) -> Iterator[Kill]:
    from ray.cluster_utils import Cluster

    place = tempfile.mkdtemp(prefix="kgk-")
    os.environ |= {"RAY_TMPDIR": place, "RAY_USAGE_STATS_ENABLED": "0"}
    size = {"object_store_memory": 80 * 2**20}
    cluster = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False, **size}
    )
    shards = bench.folder / "shards"
    options = ["--engine", "ray", "--address", cluster.address, "--shards", str(shards)]

    def victims() -> list[int]:
        return _working(os.getpid(), "ray")

    try:
        for _ in range(2):
            cluster.add_node(num_cpus=1, **size)
        _, busy = _undisturbed(bench, options, lambda _: bool(victims()))
        for _ in range(count):
            while len(cluster.worker_nodes) < 2:
                cluster.add_node(num_cpus=1, **size)

            def once() -> Kill | None:
                shutil.rmtree(shards, ignore_errors=True)
                return kill_part(bench, kind, options, busy, loser(cluster, victims))

            yield from _until_killed(once)
            if rest := sorted(shards.rglob("*.tmp")):
                raise SystemExit(f"left behind: {rest}")
    finally:
        cluster.shutdown()
        shutil.rmtree(place, ignore_errors=True)
        del os.environ["RAY_TMPDIR"]


KINDS = {
    "local-worker": local_workers,
    "local-driver": local_driver,
    "ray-worker": ray_worker,
    "ray-node": ray_node,
    "ray-driver": ray_driver,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--papers", type=int, default=400)
    parser.add_argument("--kills", type=int, default=30, help="of each kind")
    parser.add_argument("--of", choices=KINDS, action="append")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    table: list[list[Kill]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opener = gzip.open if options.source.suffix == ".gz" else open
        with opener(options.source, "rt", encoding="utf-8") as lines:
            text = "".join(itertools.islice(lines, options.papers))
        (folder / "papers.jsonl").write_text(text, encoding="utf-8")
        empty = Bench(folder=folder, expected={}, chance=random.Random(options.seed))
        process, temporary = empty.run("reference", ["--workers", "1"])
        process.communicate()
        temporary.rmdir()
        bench = Bench(folder=folder, expected=contents(folder / "reference"), chance=empty.chance)
        for kind in options.of or KINDS:
            table.append([])
            for kill in KINDS[kind](bench, options.kills):
                table[-1].append(kill)
                said = "; ".join(kill.problems) or "exact, nothing left"
                print(
                    f"{kill.kind:<13} after {kill.seconds:6.2f} s, all in {kill.took:6.1f} s: {said}",
                    flush=True,
                )
    print(
        "\n| killed | kills | exact and clean | seconds with the kill, mean |\n| --- | ---: | ---: | ---: |"
    )
    for row in table:
        clean = sum(not kill.problems for kill in row)
        mean = sum(kill.took for kill in row) / len(row)
        print(f"| {row[0].kind} | {len(row)} | {clean} | {mean:.1f} |")
    if any(kill.problems for row in table for kill in row):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
