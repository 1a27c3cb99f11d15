"""What it costs to add, change and remove one paper of a collection, beside building it from nothing.

    python benchmarks/bench_incremental.py PAPERS.jsonl[.gz] [--papers 2000] [--pipeline en_research]

PAPERS is any JSON-lines file that kg reads; each of its records becomes a file of its own. Every build runs
in a process of its own; CPU seconds are those of the process and of the one that reads, by stage. Every
changed collection is compared, byte for byte, with a build from nothing (--check last: only the last one).
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kg

STAGES = {
    "start": (),
    "reading": ("kg.build:read_all",),
    "extraction": ("kg.build:extract",),
    "resolution": (
        "kg.build:link_works",
        "kg.build:resolve",
        "kg.build:resolve_bylines",
        "kg.build:link_citations",
    ),
    "tables": ("kg.build:collect", "kg.build:Tables.write"),
    "layout": ("kg.exporters.display:layout",),
    "exports": ("kg.build:export",),
}
Cost = dict[str, Any]


def _cpu() -> float:
    return sum(os.times()[:4])


def _timed(
    stage: str, call: Callable[..., Any], spent: Counter[str], running: list[str]
) -> Callable[..., Any]:
    """The same function; its CPU seconds go to its stage, those of stages inside it to theirs."""

    def run(*args: Any, **options: Any) -> Any:
        started, before = _cpu(), sum(spent.values())
        running.append(stage)
        try:
            return call(*args, **options)
        finally:
            running.pop()
            inside = sum(spent.values()) - before
            spent[stage] += _cpu() - started - inside  # type: ignore[assignment]

    return run


def _measure(verb: str, names: list[str], output: Path, pipeline: str) -> Cost:
    """Runs a verb in this process; CPU seconds by stage and what was read."""
    from importlib import import_module

    from kg import build, collection

    spent: Counter[str] = Counter()
    for stage, places in STAGES.items():
        for place in places:
            module, _, name = place.partition(":")
            owner: Any = import_module(module)
            *above, last = name.split(".")
            for part in above:
                owner = getattr(owner, part)
            if hasattr(owner, last):
                setattr(owner, last, _timed(stage, getattr(owner, last), spent, []))
    if verb == "build":
        report = build.build(names, output, pipeline=pipeline)
    elif verb == "update":
        report = collection.update(output).report
    else:
        report = getattr(collection, verb)(output, names).report
    whole = _cpu()
    spent["start"] = whole - sum(spent.values())  # type: ignore[assignment]
    return {
        "documents": len(report.documents),
        "read": report.new_documents,
        "extracted": report.new_texts,
        "whole": whole,
        **{stage: spent[stage] for stage in STAGES},
    }


def _run(folder: Path, verb: str, output: str, pipeline: str, *names: str) -> Cost:
    command = [sys.executable, __file__, "--one", verb, output, pipeline, *names]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    cost: Cost = json.loads(ran.stdout.splitlines()[-1])
    return cost


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder): path for path in files}
    return {str(name): path.read_bytes() for name, path in names.items() if name.parts[0] != ".kg"}


def _difference(folder: Path, names: list[str], pipeline: str) -> list[str]:
    """The files that are otherwise after a build of the same from nothing."""
    shutil.rmtree(folder / "fresh", ignore_errors=True)
    _run(folder, "build", "fresh", pipeline, *names)
    one, other = _contents(folder / "out"), _contents(folder / "fresh")
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _spread(source: Path, count: int, folder: Path) -> None:
    """One file a record; the last one is kept apart."""
    opener = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as lines:
        records = list(itertools.islice(lines, count))
    (folder / "papers").mkdir()
    for number, record in enumerate(records[:-1]):
        (folder / "papers" / f"{number:05}.json").write_text(record, encoding="utf-8")
    (folder / "one.json").write_text(records[-1], encoding="utf-8")


def _change(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    record["abstract"] += " We evaluate it on ImageNet, where it improves accuracy by 3.5%."
    path.write_text(json.dumps(record), encoding="utf-8")


def bench(source: Path, papers: int, pipeline: str, check: str, most: int) -> bool:
    """Prints a line a step; whether every result was exact and cheap."""
    good = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _spread(source, papers, folder)
        full = _run(folder, "build", "out", pipeline, "papers")
        print(f"{'':<22}" + "".join(f"{word:>11}" for word in ("read", "extracted", *STAGES, "whole")))
        _print("build from nothing", full)
        changed = folder / "papers" / "00007.json"
        steps: list[tuple[str, str, list[str], Callable[[], object], list[str]]] = [
            ("add 1", "add", ["one.json"], lambda: None, ["papers", "one.json"]),
            ("update, 1 changed", "update", [], lambda: _change(changed), ["papers", "one.json"]),
            ("remove 1", "remove", ["one.json"], lambda: None, ["papers"]),
            ("update, none changed", "update", [], lambda: None, ["papers"]),
            ("update, 1 deleted", "update", [], changed.unlink, ["papers"]),
        ]
        for number, (title, verb, names, before, sources) in enumerate(steps[:most], start=1):
            before()
            cost = _run(folder, verb, "out", pipeline, *names)
            _print(title, cost)
            share = (cost["reading"] + cost["extraction"]) / (full["reading"] + full["extraction"])
            rest = cost["whole"] - cost["reading"] - cost["extraction"]
            print(f"{'':<22} reading and extraction: {share:.1%} of the full build's", end="")
            print(f"; the rest is {rest / cost['whole']:.0%} of this run", end="", flush=True)
            good &= share < 0.05
            if check == "each" or number == min(most, len(steps)):
                wrong = _difference(folder, sources, pipeline)
                good &= not wrong
                print(
                    f"; {'DIFFERS: ' + ', '.join(wrong) if wrong else 'equal to a build from nothing'}",
                    end="",
                )
            print(flush=True)
    return good


def _print(title: str, cost: Cost) -> None:
    numbers = "".join(f"{cost[stage]:>11.2f}" for stage in (*STAGES, "whole"))
    print(f"{title:<22}{cost['read']:>11}{cost['extracted']:>11}{numbers}", flush=True)


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        verb, output, pipeline, *names = sys.argv[2:]
        print(json.dumps(_measure(verb, names, Path(output), pipeline)))
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument("--pipeline", default="en_research")
    parser.add_argument("--check", choices=("each", "last"), default="each")
    parser.add_argument("--steps", type=int, default=5, help="only the first ones")
    options = parser.parse_args()
    print(
        f"kg {kg.__version__}, Python {platform.python_version()}, "
        f"{options.papers} papers, {options.pipeline}"
    )
    print("CPU seconds by stage; exports without the layout")
    if not bench(options.source, options.papers, options.pipeline, options.check, options.steps):
        raise SystemExit("not exact, or not cheap")


if __name__ == "__main__":
    main()
