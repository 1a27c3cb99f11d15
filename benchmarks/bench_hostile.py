"""A folder of nasty documents beside a good one: what each costs, in words, seconds and megabytes.

    python benchmarks/bench_hostile.py [--keep DIR]

Builds the folder with `kg build`, in every format, and prints the status of every document, the time and the
peak memory of all processes together. Fails where the good document is harmed, a traceback is printed, the
exit status is not 0, or something of an injection stands in an output as markup, script or formula.
"""

from __future__ import annotations

import argparse
import csv
import re
import resource
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path
from xml.parsers import expat

from hostile_documents import EVIL, NAMES, write

from kg.tables import Tables

FORMATS = "bibtex,csl,csv,cytoscape,gexf,graphml,html,json,jsonld,jsonl,neo4j,report,ttl"
MOST_SECONDS, MOST_MEMORY = 300, 2**30
_HARMFUL = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_FORMULA = re.compile(r"[=+@\t\r]|-(?!\d)")


class _Page(HTMLParser):
    """What a browser would do with a page that is not the page's own doing."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "onerror" or (tag == "img" and value == "x"):
                self.problems.append(f"a <{tag}> of a document")
            if name in {"href", "src", "action"} and _HARMFUL.match(value or ""):
                self.problems.append(f"a link to {value}")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and data.strip() in {"alert(1)", "alert(4)"}:
            self.problems.append("a script of a document")


def injected(output: Path) -> list[str]:
    """What of an injection stands in the files of an output."""
    problems: list[str] = []
    for path in sorted(path for path in output.rglob("*") if path.is_file()):
        if path.suffix == ".parquet":
            continue
        text = path.read_text(encoding="utf-8")
        found: list[str] = []
        if "root:x:0" in text:
            found.append("a file of this machine")
        if path.suffix == ".html":
            page = _Page()
            page.feed(text)
            found += page.problems
        elif path.suffix in {".graphml", ".gexf", ".xml"}:
            found += _xml_problems(text)
        elif path.suffix in {".csv", ".tsv"} and path.parent.name != "neo4j":  # its README says why
            found += _formulas(path, text)
        elif path.suffix == ".bib" and re.search(r"\\(?:input|write)\b", text):
            found.append("a TeX command of a document")
        problems += [f"{path.relative_to(output)} holds {what}" for what in dict.fromkeys(found)]
    return problems


def _xml_problems(text: str) -> list[str]:
    elements: set[str] = set()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: elements.add(name.lower())
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        return [f"no XML: {error}"]
    return ["markup of a document"] if elements & {"script", "img", "b"} else []


def _formulas(path: Path, text: str) -> list[str]:
    rows = csv.reader(text.splitlines(keepends=True), delimiter="\t" if path.suffix == ".tsv" else ",")
    return [f"the formula {cell[:40]!r}" for row in rows for cell in row if _FORMULA.match(cell)]


def problems(output: Path, told: str, status: int) -> list[str]:
    """What is wrong after a build of the documents: harm to the good ones, no clear words, injections."""
    if not (output / "tables").is_dir():
        return [f"exit status {status}, no tables"]
    found = [f"exit status {status}"] if status else []
    found += ["a traceback was printed"] if "Traceback" in told else []
    found += ["a reader broke on a document"] if "please report it" in told else []
    found += ["a control character was printed"] if re.search(r"[\x00-\x08\x0b-\x1f\x7f\x9b]", told) else []
    if (Path("/tmp") / EVIL).exists():
        found.append("something was written outside")
    tables = Tables.read(output / "tables")
    titles = [f"Pruning {what} while They Grow" for what in ("Trees", *_kinds())]
    for title in titles:
        papers = [paper for paper in tables.papers if paper["title"] == title]
        if len(papers) != 1 or not papers[0]["abstract"].endswith("V100 GPU."):
            found.append(f"a good document was harmed: {title}")
    for document in tables.documents:
        if document["status"] != "ok" and not document["error"]:
            found.append(f"{document['path']} failed without words")
        if "root:x:0" in (document["text"] or ""):
            found.append(f"{document['path']} is a file of this machine")
    return found + injected(output)


def _kinds() -> list[str]:
    return [f"Hedges of Kind {number + 1}" for number in range(len(NAMES))]


def _memory(root: int) -> int:
    """Resident bytes of a process and its children, from /proc."""
    total, pending = 0, [root]
    while pending:
        pid = pending.pop()
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                pending += map(int, children.read_text().split())
        except OSError:
            continue
        found = re.search(r"VmRSS:\s+(\d+)", status)
        total += 1024 * int(found.group(1)) if found else 0
    return total


def main() -> None:
    """Builds, measures, checks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", type=Path, help="where the documents and the output stay")
    keep = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as temporary:
        root = keep or Path(temporary)
        source, output = root / "nasty", root / "output"
        source.mkdir(parents=True)
        nasty = write(source)
        command = [sys.executable, "-c", "from kg.cli import main; main()", "build", str(source)]
        started, peak = time.monotonic(), 0
        with (root / "log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "-o", str(output), "--format", FORMATS], stdout=log, stderr=log
            )
            while process.poll() is None:
                peak = max(peak, _memory(process.pid))
                time.sleep(0.05)
        seconds = time.monotonic() - started
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = (root / "log").read_text(encoding="utf-8", errors="replace")
        print(told)
        cost = f"{seconds:.0f} s ({used.ru_utime + used.ru_stime:.0f} CPU s), peak {peak / 2**20:.0f} MiB"
        print(f"{nasty} nasty documents: {cost}, exit {process.returncode}")
        found = problems(output, told, process.returncode)
        found += ["too slow"] if seconds > MOST_SECONDS else []
        found += ["too much memory"] if peak > MOST_MEMORY else []
        print("\n".join(found) or "the good documents are unharmed, nothing was injected")
        sys.exit(bool(found))


if __name__ == "__main__":
    main()
