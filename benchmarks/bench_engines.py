"""What each engine costs for the same texts: CPU seconds, wall time and peak memory of all its processes.

    python benchmarks/bench_engines.py PAPERS.jsonl[.gz] [--papers 2000] [--pipeline fast] [--runs 3]

PAPERS is any JSON-lines file that kg reads. Only the map is measured, texts in, files of shards out: in one
process, with two local workers, and with Ray on two cores that is started and ended for it. All give the same
bytes, or this fails. Engines take turns; medians. CPU and memory (proportional, so that what processes share
counts once) are looked up in /proc five times a second, so this needs Linux.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import importlib.util
import itertools
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench_engine_kills import tree

from kg import __version__

_ENGINES = {"one process": ("local", 1), "two workers": ("local", 2), "Ray, two cores": ("ray", 2)}
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one run: seconds, bytes, and a hash of all that came out."""

    cpu: float
    wall: float
    memory: int
    result: str


def compute_all(source: str, pipeline: str, engine: str, workers: int) -> str:
    """A hash of the files of all shards, in this process and whatever it starts."""
    from kg.engine import Engine, compute
    from kg.extract import extraction_key
    from kg.nlp import pipeline_fingerprint
    from kg.readers import find_sources, read

    fingerprint = pipeline_fingerprint(pipeline)
    papers = [paper for found in find_sources([source]) for paper in read(found).papers]
    texts = {extraction_key(paper, fingerprint): paper for paper in papers}
    where = Engine(name=engine, workers=workers)
    done = {shard.name: content for shard, content in compute(texts, pipeline=pipeline, engine=where)}
    digest = hashlib.sha256()
    for name in sorted(done):
        digest.update(name.encode() + done[name])
    return digest.hexdigest()


def measure(command: list[str]) -> Cost:
    """Runs a command that prints a hash, and watches it with all processes below it."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    cpu: dict[tuple[int, str], float] = {}
    memory = 0
    while process.poll() is None:
        together = 0
        for each in (process.pid, *tree(process.pid)):
            with contextlib.suppress(OSError, ValueError, IndexError):
                rest = Path(f"/proc/{each}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                cpu[each, rest[19]] = (int(rest[11]) + int(rest[12])) / _TICK
                lines = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines()
                together += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
        memory = max(memory, together)
        time.sleep(0.2)
    told, error = process.communicate()
    if process.returncode:
        raise SystemExit(error[-2000:])
    wall = time.monotonic() - started
    return Cost(cpu=sum(cpu.values()), wall=wall, memory=memory, result=told.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument("--pipeline", default="fast")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", choices=_ENGINES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(compute_all(str(options.source), options.pipeline, *_ENGINES[options.one]))
        return
    engines = [name for name in _ENGINES if "Ray" not in name or importlib.util.find_spec("ray")]
    runs: dict[str, list[Cost]] = {name: [] for name in engines}
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "papers.jsonl"
        opener = gzip.open if options.source.suffix == ".gz" else open
        with opener(options.source, "rt", encoding="utf-8") as lines:
            sample.write_text("".join(itertools.islice(lines, options.papers)), encoding="utf-8")
        command = [sys.executable, __file__, str(sample), "--pipeline", options.pipeline, "--one"]
        for _ in range(options.runs):
            for name in engines:
                runs[name].append(measure([*command, name]))
    if len({cost.result for costs in runs.values() for cost in costs}) != 1:
        raise SystemExit(f"the engines differ: {runs}")
    print(
        f"kg {__version__}, Python {platform.python_version()}, {platform.machine()}, "
        f"{os.cpu_count()} cores, {options.papers} papers, pipeline {options.pipeline}, "
        f"medians of {options.runs} runs\n"
    )
    print("| engine | CPU s | wall s | peak MB, all processes | wall of one process / wall |")
    print("| --- | ---: | ---: | ---: | ---: |")
    alone = statistics.median(cost.wall for cost in runs["one process"])
    for name, costs in runs.items():
        cpu, wall = (statistics.median(getattr(cost, part) for cost in costs) for part in ("cpu", "wall"))
        memory = statistics.median(cost.memory for cost in costs) / 1e6
        print(f"| {name} | {cpu:.1f} | {wall:.1f} | {memory:.0f} | {alone / wall:.2f} |")
    print("\nThe bytes of all shards are the same.")


if __name__ == "__main__":
    main()
