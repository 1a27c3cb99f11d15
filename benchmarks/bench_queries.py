"""What looking into a build costs: CPU seconds of typical commands, from the start of the process to its end.

    python benchmarks/bench_queries.py DIR [--runs 5] [--json FILE]

DIR is what `kg build` wrote. The names that are asked for are its own: of each type the middle one of the
entities that five papers or more name, the author of most papers, a title. Each command is a process of its
own; the table gives the median and the least of all runs, and the bare interpreter beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb

_COMMON = 5


def main() -> None:
    """Measures and prints a table in Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    commands = _commands(given.folder)
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(given.runs):  # side by side: what else the machine does meets all of them
        for name, command in commands.items():
            seconds[name].append(_cpu(command))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {_papers(given.folder):,} papers\n")
    print("| command | CPU s, median | least |\n| --- | ---: | ---: |")
    for name, found in seconds.items():
        print(f"| {name} | {statistics.median(found):.2f} | {min(found):.2f} |")
    if given.json:
        given.json.write_text(json.dumps(seconds, indent=1), encoding="utf-8")


def _cpu(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _commands(folder: Path) -> dict[str, list[str]]:
    kg = [sys.executable, "-c", "from kg.cli import main; main()"]
    names = {kind: _entity(folder, kind) for kind in ("method", "hardware", "dataset", "tool")}
    asked: dict[str, list[str]] = {
        "kg --help": ["--help"],
        "kg show DIR": ["show", str(folder)],
        "kg show DIR METHOD": ["show", str(folder), names["method"]],
        "kg show DIR PAPER": ["show", str(folder), _one(folder, "SELECT title FROM works ORDER BY title")],
        "kg show DIR AUTHOR": ["show", str(folder), _one(folder, _AUTHOR)],
        "kg explain DIR METHOD DATASET": ["explain", str(folder), names["method"], names["dataset"]],
        "kg query DIR runs-on HARDWARE": ["query", str(folder), "runs-on", names["hardware"]],
        "kg query DIR uses DATASET": ["query", str(folder), "uses", names["dataset"]],
        "kg query DIR best DATASET": ["query", str(folder), "best", names["dataset"]],
        "kg query DIR who-works-on METHOD": ["query", str(folder), "who-works-on", names["method"]],
        "kg leaderboard DIR --dataset": ["leaderboard", str(folder), "--dataset", names["dataset"]],
        "kg path DIR METHOD DATASET": ["path", str(folder), names["method"], names["dataset"]],
        "kg sql DIR, count by type": ["sql", str(folder), "SELECT type, count(*) FROM entities GROUP BY ALL"],
    }
    bare = {"the bare interpreter": [sys.executable, "-c", "pass"]}
    return bare | {name: [*kg, *arguments] for name, arguments in asked.items()}


_AUTHOR = (
    "SELECT name FROM authors JOIN authorships USING (author_id, name) GROUP BY ALL ORDER BY count(*) DESC, 1"
)


def _entity(folder: Path, kind: str) -> str:
    """The middle one of the entities of a type that several papers name; any where there is none."""
    said = f"SELECT name FROM entities WHERE type = '{kind}' AND papers >= {{}} ORDER BY papers, entity_id"
    found = [row[0] for row in _rows(folder, said.format(_COMMON))] or [
        row[0] for row in _rows(folder, said.format(1))
    ]
    return str(found[len(found) // 2]) if found else "GPU"


def _papers(folder: Path) -> int:
    return int(_rows(folder, "SELECT count(*) FROM works")[0][0])


def _one(folder: Path, text: str) -> str:
    return str(_rows(folder, f"{text} LIMIT 1")[0][0])


def _rows(folder: Path, text: str) -> list[tuple[Any, ...]]:
    connection = duckdb.connect()
    for path in sorted((folder / "tables").glob("*.parquet")):
        connection.execute(f"CREATE VIEW \"{path.stem}\" AS FROM read_parquet('{path}')")
    return connection.execute(text).fetchall()


if __name__ == "__main__":
    main()
