"""What `kg build` costs beside the bare pipeline: the ratio of the whole to the NLP, in CPU seconds.

    python benchmarks/bench_build.py PAPERS.jsonl[.gz] [--papers 500] [--runs 3]

PAPERS is any JSON-lines file that kg reads. Each run builds in a process of its own; medians are printed. The
machine is noisy, so only ratios within one run are worth quoting.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from kg import __version__


def _sample(source: Path, count: int, target: Path) -> None:
    opener = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as lines:
        target.write_text("".join(itertools.islice(lines, count)), encoding="utf-8")


def _cpu() -> float:
    """CPU seconds of this process and of those that it waited for: reading runs in one of its own."""
    return sum(os.times()[:4])


def _measure(papers: Path, pipeline: str) -> dict[str, float]:
    """CPU seconds of the bare pipeline and of builds of the same texts, in this process."""
    from kg import nlp
    from kg.build import build
    from kg.engine import Engine
    from kg.readers import find_sources, read

    nlp.load_pipeline(pipeline)
    texts = [paper for source in find_sources([str(papers)]) for paper in read(source).papers]
    started = _cpu()
    for _ in nlp.annotate(texts, pipeline=pipeline):
        pass
    bare = _cpu() - started
    with tempfile.TemporaryDirectory() as output:
        started = _cpu()
        build([str(papers)], Path(output), pipeline=pipeline, engine=Engine(workers=1))
        whole = _cpu() - started
    with tempfile.TemporaryDirectory() as output:
        started = _cpu()
        build([str(papers)], Path(output), pipeline=pipeline, formats=(), engine=Engine(workers=1))
        tables = _cpu() - started
    words = sum(len(paper.text.split()) for paper in texts)
    return {"nlp": bare, "tables": tables, "whole": whole, "words": words, "papers": len(texts)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--papers", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pipeline", default="en_research")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.source, options.pipeline)))
        return
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "papers.jsonl"
        _sample(options.source, options.papers, sample)
        command = [sys.executable, __file__, str(sample), "--one", "--pipeline", options.pipeline]
        runs = [
            json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            for _ in range(options.runs)
        ]
    median = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    print(f"kg {__version__}, Python {platform.python_version()}, {platform.machine()}, {options.runs} runs")
    print(f"papers                               {median['papers']:>8.0f}")
    print(f"pipeline alone, words per CPU second {median['words'] / median['nlp']:>8.0f}")
    print(f"pipeline alone, CPU seconds          {median['nlp']:>8.2f}")
    print(f"build to tables and graph / pipeline {median['tables'] / median['nlp']:>8.2f}")
    print(f"build with GraphML and page /pipeline{median['whole'] / median['nlp']:>8.2f}")


if __name__ == "__main__":
    main()
