"""Kills builds at random moments: the former output must stay whole, and the next build must be exact.

    python benchmarks/bench_kills.py PAPERS.jsonl[.gz] [--papers 100] [--kills 30] [--pipeline fast]

A build of the first half of the papers lies in the folder when a build of all of them is started and killed
(SIGKILL) at a random moment of the time it takes. What is left must be the old or the new build, byte for
byte, and pass `kg verify`; no process may go on; and the same command again must give what a build from
nothing gives, and leave no temporary file. Exit status 1 if anything is otherwise.
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
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_ORPHAN_SECONDS = 60
_KG = (sys.executable, "-c", "from kg.cli import main; main()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """What a build left that was killed after ``seconds``: "old", "new", or what is wrong."""

    seconds: float
    left: str
    problems: tuple[str, ...]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a build but kg's own state."""
    names = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {str(name): path.read_bytes() for name, path in names.items() if name.parts[0] != ".kg"}


def litter(folder: Path) -> list[str]:
    """What a build may not leave behind: staged files, moves, temporary files."""
    kept = {".kg/lock", *(f".kg/store/{path.name}" for path in folder.glob(".kg/store/[!.]*.parquet"))}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if ".kg" in path.parts}
    return sorted(found - kept - {".kg", ".kg/store"})


def kill_once(folder: Path, command: list[str], seconds: float, old: Path, new: Path) -> Kill:
    """Starts ``command`` in ``folder``, which builds into ``out`` where ``old`` lies, and kills it.

    ``new`` is what it is to give; ``old`` and ``new`` are folders of whole builds.
    """
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(old, out, ignore=shutil.ignore_patterns(".kg"))
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    children = _children(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    problems = [f"process {child} goes on" for child in children if _goes_on(child)]
    verified = subprocess.run([*_KG, "verify", "out"], cwd=folder, capture_output=True, check=False)
    if verified.returncode != 0:
        problems.append(f"verify: {(verified.stdout + verified.stderr).decode()[-300:]}")
    there = contents(out)
    left = "old" if there == contents(old) else "new" if there == contents(new) else "mixed"
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    there, wanted = contents(out), contents(new)
    wrong = sorted(name for name in {*there, *wanted} if there.get(name) != wanted.get(name))
    if wrong:
        problems.append(f"the build that went on differs in {', '.join(wrong)}")
    problems += [f"left behind: {name}" for name in litter(out)]
    return Kill(seconds=seconds, left=left, problems=(*problems, *(["torn"] if left == "mixed" else [])))


def _children(process: int) -> list[int]:
    """Those of each of its threads: workers are started by threads."""
    found: list[int] = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, path.read_text(encoding="ascii").split())
    return found


def _goes_on(process: int) -> bool:
    """Whether it is still there after a while; it may end what it is at."""
    deadline = time.monotonic() + _ORPHAN_SECONDS
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.1)
    os.kill(process, signal.SIGKILL)
    return True


def spread(source: Path, count: int, folder: Path) -> None:
    """The first half of the records into ``half``, all of them into ``all``, one file a record."""
    opener = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as lines:
        records = list(itertools.islice(lines, count))
    for name, some in (("half", records[: count // 2]), ("all", records)):
        (folder / name).mkdir()
        for number, record in enumerate(some):
            (folder / name / f"{number:05}.json").write_text(record, encoding="utf-8")


def kills(
    folder: Path, *, count: int, seed: int, pipeline: str, formats: str, kg: Sequence[str] = _KG
) -> Iterator[Kill]:
    """Kills so many builds of the folder ``all`` over the one of ``half``; ``kg`` is how kg is called."""
    options = ["--pipeline", pipeline, "--format", formats, "--quiet"]
    subprocess.run([*kg, "build", "half", "-o", "old", *options], cwd=folder, check=True)
    started = time.monotonic()
    subprocess.run([*kg, "build", "all", "-o", "new", *options], cwd=folder, check=True)
    whole = time.monotonic() - started
    chance = random.Random(seed)
    command = [*kg, "build", "all", "-o", "out", *options]
    for number in range(count):
        # Every third one goes to the end, where files are written and moved.
        start = 0.8 * whole if number % 3 == 2 else 0.0
        seconds = chance.uniform(start, 1.05 * whole)
        yield kill_once(folder, command, seconds, folder / "old", folder / "new")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--papers", type=int, default=100)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pipeline", default="fast")
    parser.add_argument("--format", dest="formats", default="graphml,html")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spread(options.source, options.papers, folder)
        found = []
        for kill in kills(
            folder,
            count=options.kills,
            seed=options.seed,
            pipeline=options.pipeline,
            formats=options.formats,
        ):
            found.append(kill)
            print(
                f"{kill.seconds:7.2f} s  {kill.left:<6} {'; '.join(kill.problems) or 'resumed, exact'}",
                flush=True,
            )
    left = Counter(kill.left for kill in found)
    print(
        f"{len(found)} kills: " + ", ".join(f"{count} left the {name} build" for name, count in left.items())
    )
    if any(kill.problems for kill in found):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
