"""What all behind the tables costs: CPU s and memory by step, and who can load a large GraphML.

    python benchmarks/bench_exports.py [--edges 1000000 | --build DIR] [--runs 3] [--loads]

The tables are made up (no NLP): papers of two sentences to ten, bylines, mentions in roles, relations and
results, so that every kind of edge with its evidence is there in the shares that abstracts give. Each run has
a process of its own: memory is the peak of the resident set above what it was with the tables read.
``--loads`` lets networkx, igraph and networkit read the file, each in a process of its own.

Measured in November 2026 on two busy cores, 5,000 arXiv abstracts read by the pipeline "fast", 55,703 nodes,
106,093 edges: 1.1 CPU s to find evidence and sort, 2.0 for communities and layout, 1.2 GraphML, 1.7 GEXF,
9.4 for the page, of which some 6 are lines and columns of its sentences.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from kg import __version__
from kg.ids import content_hash, make_id
from kg.tables import Row, Tables
from kg.works import work_rows

_EDGES_A_PAPER = 19.9  # what ``synthetic`` makes
_ROLES = ("proposed", "used", "baseline", "evaluated_on", "measured", "target", "mentioned")
_TYPES = ("method", "model", "hardware", "dataset", "metric", "task", "tool")
_RELATIONS = ("used_for", "runs_on", "compared_with", "part_of", "is_a")
_LOADERS = {
    "networkx": "import networkx as nx; g = nx.read_graphml(sys.argv[1], force_multigraph=True); "
    "n, m = len(g), g.number_of_edges()",
    "igraph": "import igraph; g = igraph.Graph.Read_GraphML(sys.argv[1]); n, m = g.vcount(), g.ecount()",
    "networkit": "import networkit as nk; g = nk.readGraph(sys.argv[1], nk.Format.GraphML); "
    "n, m = g.numberOfNodes(), g.numberOfEdges()",
}


def synthetic(papers: int, seed: int = 3) -> Tables:
    """Tables of so many papers, about 20 edges and 4 nodes each; equal arguments give equal tables."""
    draw = random.Random(seed)
    rows: dict[str, list[Row]] = {name: [] for name in ("papers", "authorships", "mentions", "links")}
    rows |= {"relations": [], "results": [], "documents": []}
    names = [f"{draw.choice('abcdefgh')}net {number} & kernels <{number}>" for number in range(papers)]
    entities = [make_id("e", name) for name in names]
    counts: dict[int, int] = {}
    for number in range(papers):
        chosen = sorted({int(len(names) * draw.random() ** 2) for _ in range(10)})
        for index in chosen:
            counts[index] = counts.get(index, 0) + 1
        for table, row in _paper(number, [(names[i], entities[i], i) for i in chosen], papers, draw):
            rows[table].append(row)
    entity_rows = [
        _full(
            entity_id=entities[i], name=names[i], type=_TYPES[i % 7], aliases=[f"A{i}"], papers=n, mentions=n
        )
        for i, n in counts.items()
    ]
    authors = {row["author_id"]: row["name"] for row in rows["authorships"]}
    author_rows = [
        _full(author_id=key, name=name, orcid=None, aliases=[name]) for key, name in authors.items()
    ]
    works = work_rows(rows["papers"], rows["authorships"], rows["documents"])
    return Tables.from_rows(rows | {"entities": entity_rows, "authors": author_rows, "works": works})


def _paper(
    number: int, chosen: list[tuple[str, str, int]], papers: int, draw: random.Random
) -> Iterator[tuple[str, Row]]:
    title = f"A Study of {chosen[0][0]} number {number}"
    bylines = [f"Author {draw.randrange(papers * 2)} of Town" for _ in range(6)]
    venue = f"Venue {number % 400}"
    text, spans = f"{title}\n\n", []
    for name, entity, index in chosen:
        text += "On a great many inputs and under all loads "
        spans.append((len(text), len(text) + len(name), entity, index))
        text += f"{name} is found to be faster than what was there before by 2.5x in the mean. "
    document = f"{title}\n{', '.join(bylines)}\n{venue}\n\n{text}"
    key, paper_id = content_hash(document.encode()), make_id("p", number)
    yield (
        "documents",
        _full(
            document_id=key,
            path=f"{number}.txt",
            media_type="text/plain",
            reader="text",
            papers=1,
            text=document,
        ),
    )
    yield (
        "papers",
        {"paper_id": paper_id, "work_id": paper_id, "document_id": key, "position": 0, "title": title,
         "venue": venue, "year": 2000 + number % 26, "date": None, "doi": None, "arxiv_id": None, "url": None,
         "abstract": text[len(title) + 2 :], "text": text, "title_start": 0, "title_end": len(title),
         "abstract_start": len(document) - len(text) + len(title) + 2, "abstract_end": len(document)},
    )  # fmt: skip
    for position, name in enumerate(bylines):
        yield (
            "authorships",
            _full(paper_id=paper_id, author_id=make_id("a", name), position=position, name=name),
        )
    for start, end, entity, index in spans:
        mention = make_id("m", paper_id, start)
        role = _ROLES[(index + number) % 7]
        yield (
            "mentions",
            {"mention_id": mention, "paper_id": paper_id, "start": start, "end": end, "text": text[start:end],
             "type": _TYPES[index % 7], "role": role, "confidence": draw.randrange(100) / 100},
        )  # fmt: skip
        yield "links", {"mention_id": mention, "entity_id": entity, "rule": "form", "score": 1.0}
    for place in range(2 if len(spans) > 2 else 0):
        (start, end, head, _), (_, _, tail, _) = spans[place], spans[place + 1]
        claim = {"paper_id": paper_id, "start": start - 43, "end": end + 60, "confidence": 0.5}
        kind = _RELATIONS[number % 5]
        identity = make_id("r", paper_id, place)
        yield "relations", {"relation_id": identity, "head_id": head, "kind": kind, "tail_id": tail, **claim}
        if place:
            yield (
                "results",
                {"result_id": make_id("r", paper_id, "result"), "subject_id": head, "predicate": "improves",
                 "metric_id": None, "metric": "speed", "value": "2.5x", "low": 2.5, "high": 2.5, "unit": "x",
                 "bound": "exact", "baseline_id": tail, "dataset_id": None, "hardware_id": None,
                 "polarity": "positive", **claim},
            )  # fmt: skip


def _full(**row: Any) -> Row:
    return row


def _measure(papers: int | Path, target: Path) -> dict[str, list[float]]:
    """CPU seconds, and megabytes at the peak beyond the tables, of each step, in this process."""
    from kg.exporters import Contents, export

    tables = synthetic(papers) if isinstance(papers, int) else Tables.read(papers / "tables")
    contents = Contents.of(tables)
    before = _memory("VmRSS")
    steps: dict[str, Callable[[], Any]] = {
        "evidence found, edges sorted by id": contents.rows.counts,
        "communities and layout": lambda: contents.display,
        **{name: partial(export, contents, name, target) for name in ("graphml", "gexf", "html")},
    }
    found: dict[str, list[float]] = {}
    for name, step in steps.items():
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts anew
        started = time.process_time()
        step()
        found[name] = [time.process_time() - started, _memory("VmHWM") - before]
    nodes, edges = contents.rows.counts()
    sizes = {path.suffix[1:]: path.stat().st_size / 1e6 for path in target.glob("graph.*")}
    return found | {"": [nodes, edges, before, *(sizes[name] for name in ("graphml", "gexf", "html"))]}


def _memory(name: str) -> float:
    """A line of /proc/self/status in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def _load(path: Path) -> None:
    for name, code in _LOADERS.items():
        lines = f"import sys, time, warnings; warnings.simplefilter('ignore'); {code}"
        command = [sys.executable, "-c", f"{lines}; print(n, m, time.process_time())", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        print(
            f"{name:10} {done.stdout.split()[-3:] if done.returncode == 0 else done.stderr[-200:]}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--build", type=Path, help="a folder that kg build wrote, instead")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--loads", action="store_true")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--target", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.build or int(options.edges / _EDGES_A_PAPER), options.target)))
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--one", "--edges", str(options.edges), "--target", folder]
        command += ["--build", str(options.build)] if options.build else []
        runs = [
            json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            for _ in range(options.runs)
        ]
        median = {name: list(map(statistics.median, zip(*(run[name] for run in runs), strict=True)))
                  for name in runs[0]}  # fmt: skip
        nodes, edges, tables, *sizes = median.pop("")
        print(
            f"kg {__version__}, Python {platform.python_version()}, {platform.machine()}, {options.runs} runs"
        )
        print(f"{nodes:.0f} nodes, {edges:.0f} edges, process with the tables {tables:.0f} MB")
        print("graphml, gexf, html: " + ", ".join(f"{size:.0f} MB" for size in sizes))
        print(f"{'':36}   CPU s   MB beyond the tables")
        for name, (seconds, memory) in median.items():
            print(f"{name:36} {seconds:7.2f} {memory:7.0f}")
        print(f"{'together':36} {sum(seconds for seconds, _ in median.values()):7.2f}")
        if options.loads:
            _load(Path(folder) / "graph.graphml")


if __name__ == "__main__":
    main()
