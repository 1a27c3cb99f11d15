"""What large collections cost, computed from what was measured on small ones.

    python benchmarks/costs.py [--measured benchmarks/measured.json] [--write docs/scale.md]

Prints the table of docs/scale.md, or puts it there, between the lines that mark its place. Where the numbers
of measured.json come from:

- cpu_us_a_word, words_a_paper: bench_build.py (the pipeline alone), per pipeline
- engine_overhead: bench_engines.py, CPU seconds of the engine by those of one process
- global_...: the --profile of a large build, all that is not reading and extracting; memory is what the
  driver takes at most, as a fixed part and a part that grows with the papers
- bytes_a_paper: sizes of .kg/store, tables/ and graph.graphml of the same build by its papers
- shards_a_second_of_the_driver: shards that the driver takes back and stores, by its CPU seconds
- price_of_a_core_hour: no measurement, but an assumption about what machines cost, in USD
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_BEGIN, _END = "<!-- costs: begin -->", "<!-- costs: end -->"
_PAPERS = {"75,824": 75_824, "10 million": 10_000_000, "200 million": 200_000_000}
_CORES = (2, 64, 1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one collection and pipeline: core hours, hours by cores, and bytes."""

    map_hours: float
    wall_hours: dict[int, float]
    global_hours: float
    global_bytes: float
    disk_bytes: float
    driver_hours: float
    price: float


def cost(papers: int, pipeline: str, measured: dict[str, Any]) -> Cost:
    """All linear in the papers, which the measurements of growth say (benchmarks/README.md)."""
    seconds = papers * measured["words_a_paper"] * measured["cpu_us_a_word"][pipeline] / 1e6
    hours = {
        cores: seconds * measured["engine_overhead"]["local workers" if cores <= 64 else "Ray"] / 3600
        for cores in _CORES
    }
    whole = papers * measured["global_cpu_s_a_1000_papers"] / 1000 / 3600
    shards = papers / measured["shard_texts"]
    driver = shards / measured["shards_a_second_of_the_driver"] / 3600
    most = hours[_CORES[-1]]
    return Cost(
        map_hours=most,
        wall_hours={cores: max(hours[cores] / cores, driver) for cores in _CORES},
        global_hours=whole,
        global_bytes=(measured["global_mb"] + measured["global_mb_a_1000_papers"] * papers / 1000) * 1e6,
        disk_bytes=papers * sum(measured["bytes_a_paper"].values()),
        driver_hours=driver,
        price=(most + whole) * measured["price_of_a_core_hour"],
    )


def table(measured: dict[str, Any]) -> Iterator[str]:
    """The lines of the table, in Markdown."""
    walls = " | ".join(f"map on {cores:,} cores" for cores in _CORES)
    yield (
        f"| papers | pipeline | map, core hours | {walls} | handing out, driver | global step, one core "
        "| its memory | store, tables, GraphML | USD |"
    )
    yield "| ---: | --- " + "| ---: " * (6 + len(_CORES)) + "|"
    for name, papers in _PAPERS.items():
        for pipeline in measured["cpu_us_a_word"]:
            found = cost(papers, pipeline, measured)
            walls = " | ".join(_time(found.wall_hours[cores]) for cores in _CORES)
            yield (
                f"| {name} | {pipeline} | {found.map_hours:,.1f} | {walls} | {_time(found.driver_hours)} "
                f"| {_time(found.global_hours)} | {_size(found.global_bytes)} | {_size(found.disk_bytes)} "
                f"| {found.price:,.2f} |"
            )


def _time(hours: float) -> str:
    if hours >= 48:
        return f"{hours / 24:,.0f} days"
    return f"{hours:.1f} h" if hours >= 1 else f"{hours * 60:.1f} min"


def _size(count: float) -> str:
    for unit, size in (("TB", 1e12), ("GB", 1e9)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count / 1e6:.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--measured", type=Path, default=Path(__file__).with_name("measured.json"))
    parser.add_argument("--write", type=Path, metavar="FILE")
    options = parser.parse_args()
    measured = json.loads(options.measured.read_text(encoding="utf-8"))
    lines = "\n".join([*table(measured), "", f"Measured: {measured['what']}."])
    if options.write is None:
        print(lines)
        return
    before, _, rest = options.write.read_text(encoding="utf-8").partition(_BEGIN)
    _, found, after = rest.partition(_END)
    if not found:
        raise SystemExit(f"{options.write}: no lines {_BEGIN} and {_END}")
    options.write.write_text(f"{before}{_BEGIN}\n{lines}\n{_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
