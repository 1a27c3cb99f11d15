"""A build that is killed leaves the former one whole, and the next one goes on: a slice of bench_kills.py."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "bench_kills.py"
# Without the NLP, which takes most of the time and is no part of the question.
WITHOUT_NLP = """
import kg.build
from kg.types import Extraction
kg.build.extract = lambda papers, **_: [Extraction(paper_id=paper.paper_id) for paper in papers]
from kg.cli import main
main()
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for orphans in /proc")
def test_killed_builds(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("bench_kills", BENCHMARK)
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    sys.modules["bench_kills"] = bench
    try:
        spec.loader.exec_module(bench)
    finally:
        del sys.modules["bench_kills"]
    records = tmp_path / "records.jsonl"
    lines = [
        {"title": f"A Paper on Growing Trees {number}", "abstract": "We grow trees."} for number in range(20)
    ]
    records.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    bench.spread(records, 20, tmp_path)
    command = (sys.executable, "-c", WITHOUT_NLP)
    found = bench.kills(tmp_path, count=3, seed=7, pipeline="fast", formats="", kg=command)
    assert [kill.problems for kill in found] == [()] * 3
