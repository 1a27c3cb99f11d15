"""How `kg build` grows: time, CPU, peak memory of all its processes, and sizes, for growing collections.

    python benchmarks/bench_scale.py PAPERS.jsonl[.gz] [--sizes 1000,5000,20000] [--pipeline fast]
        [--workers 1,2] [--formats graphml,html,gexf] [--keep DIR]

PAPERS is any JSON-lines file that kg reads; it is cut into files of 1,000 papers, as a folder of real
documents would be. Every build is a process of its own, from nothing. Memory is the sum of the proportional
set sizes of the process and all its children (Linux), sampled four times a second: shared pages count once.
With several numbers of workers the outputs must be equal byte for byte. The last line fits CPU seconds to
papers.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg import __version__

_PAPERS_A_FILE = 1000
_SAMPLE_SECONDS = 0.25
_BUILD = "import sys; from kg.cli import main; sys.argv[0] = 'kg'; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one build took. Seconds, MiB."""

    papers: int
    workers: int
    wall: float
    cpu: float
    peak: float
    output: float
    digest: str


def _documents(source: Path, count: int, folder: Path) -> int:
    """Cuts the first papers into files; how many there are."""
    opener = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as lines:
        rest = itertools.islice(lines, count)
        total = 0
        for number in itertools.count():
            chunk = list(itertools.islice(rest, _PAPERS_A_FILE))
            if not chunk:
                return total
            (folder / f"papers-{number:04}.jsonl").write_text("".join(chunk), encoding="utf-8")
            total += len(chunk)
    return total


def _family(process: int) -> Iterator[int]:
    """A process and all below it."""
    yield process
    try:
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text(encoding="ascii").split():
                yield from _family(int(child))
    except OSError:  # it has ended
        return


def _memory(process: int) -> float:
    """MiB of a process and all below it."""
    total = 0
    for each in _family(process):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _digest(output: Path) -> str:
    """Of all files but the store, by name and bytes."""
    found = hashlib.sha256()
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        if path.is_file() and not name.startswith(".kg/"):
            found.update(name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _build(sources: Path, output: Path, papers: int, workers: int, options: argparse.Namespace) -> Run:
    command = [
        *(sys.executable, "-c", _BUILD, "build", str(sources), "-o", str(output), "--quiet"),
        *("--pipeline", options.pipeline, "--format", options.formats, "--workers", str(workers)),
    ]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    process = subprocess.Popen(command)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        time.sleep(_SAMPLE_SECONDS)
    wall = time.monotonic() - started
    if process.returncode:
        raise SystemExit(f"the build ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    files = [path for path in output.rglob("*") if path.is_file()]
    return Run(
        papers=papers,
        workers=workers,
        wall=wall,
        cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        peak=peak,
        output=sum(path.stat().st_size for path in files) / 2**20,
        digest=_digest(output),
    )


def _fit(runs: list[Run]) -> str:
    """CPU seconds as a line over papers, and as a power of them."""
    papers, cpu = (np.array([getattr(run, name) for run in runs]) for name in ("papers", "cpu"))
    slope, start = np.polyfit(papers, cpu, 1)
    error = np.abs(slope * papers + start - cpu) / cpu
    power = np.polyfit(np.log(papers), np.log(cpu), 1)[0]
    return (
        f"CPU seconds = {start:.1f} + {1000 * slope:.2f} per 1,000 papers, off by {error.max():.0%} at most; "
        f"they grow with the power {power:.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--sizes", default="1000,5000,20000")
    parser.add_argument("--pipeline", default="fast")
    parser.add_argument("--workers", default="2")
    parser.add_argument("--formats", default="graphml,html,gexf")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    print(f"kg {__version__}, Python {platform.python_version()}, {platform.machine()}, {cores} cores")
    print("| papers | pipeline | workers | wall s | CPU s | peak MiB | output MiB | papers a CPU s |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    runs: list[Run] = []
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.keep or Path(temporary)
            sources = folder / f"sources-{size}"
            sources.mkdir(parents=True, exist_ok=True)
            papers = _documents(options.source, size, sources)
            digests = set()
            for workers in map(int, options.workers.split(",")):
                run = _build(sources, folder / f"out-{size}-{workers}", papers, workers, options)
                digests.add(run.digest)
                runs.append(run)
                print(
                    f"| {papers:,} | {options.pipeline} | {workers} | {run.wall:.1f} | {run.cpu:.1f} "
                    f"| {run.peak:,.0f} | {run.output:,.0f} | {papers / run.cpu:.0f} |",
                    flush=True,
                )
            if len(digests) > 1:
                raise SystemExit("the outputs differ with the number of workers")
    if len({run.papers for run in runs}) > 1:
        print(_fit(runs))


if __name__ == "__main__":
    main()
