"""What each reader reads in a CPU second, beside the bare parser beneath it.

    python benchmarks/bench_readers.py [--megabytes 2] [--runs 3] [EXAMPLES ...]

EXAMPLES are files or folders of valid documents (those of the tests, where none are given). The documents of
a reader are read again and again until enough bytes went through; small documents cost more a byte than large
ones, so these figures are lower bounds. Medians of several runs; only the ratios travel.
"""

from __future__ import annotations

import argparse
import csv
import email
import io
import json
import platform
import statistics
import time
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.parsers import expat

import pypdfium2
from pylatexenc.latexwalker import LatexWalker

from kg import __version__
from kg.errors import ReadError
from kg.readers import Raw, Reader, choose_reader, find_sources, load, make_raw

TESTS = Path(__file__).parents[1] / "tests" / "readers"


def _expat(raw: Raw) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda *_: None
    parser.CharacterDataHandler = lambda _: None
    parser.UseForeignDTD(True)
    parser.Parse(raw.text.encode("utf-8"), True)


def _json(raw: Raw) -> None:
    try:
        json.loads(raw.text)
    except ValueError:
        for line in filter(str.strip, raw.text.splitlines()):
            json.loads(line)


def _zip(raw: Raw) -> None:
    with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
        for name in archive.namelist():
            archive.read(name)


def _pdf(raw: Raw) -> None:
    document = pypdfium2.PdfDocument(raw.data)
    for page in document:
        page.get_textpage().get_text_bounded()
    document.close()


def _bare(reader: str, raw: Raw) -> tuple[str, Callable[[Raw], object]]:
    """The parser of the format, by the reader and by what the bytes are; for text of no parser of its own the
    splitting into lines."""
    start = raw.text.lstrip("\ufeff \t\r\n")[:200].lower()
    if raw.media_type == "application/pdf":
        return "pypdfium2", _pdf
    if raw.media_type == "application/zip":
        return "zipfile", _zip
    if reader == "tex":
        return "pylatexenc", lambda raw: LatexWalker(raw.text, tolerant_parsing=True).get_latex_nodes()
    if reader == "mail":
        return "email", lambda raw: email.message_from_bytes(raw.data)
    if reader == "spreadsheet":
        return "csv", lambda raw: sum(1 for _ in csv.reader(io.StringIO(raw.text)))
    if start.startswith(("<!doctype html", "<html")):
        return "html.parser", lambda raw: HTMLParser().feed(raw.text)
    if start.startswith("<"):
        return "expat", _expat
    if start.startswith(("{", "[")):
        return "json", _json
    return "splitlines", lambda raw: raw.text.splitlines()


def _seconds(work: Callable[[], object], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - started


def measure(reader: Reader, raws: list[Raw], megabytes: float, runs: int) -> str:
    """A line of the table."""
    size = sum(len(raw.data) for raw in raws)
    times = max(1, round(megabytes * 2**20 / size))
    names = sorted({_bare(reader.name, raw)[0] for raw in raws})
    parsers = [(_bare(reader.name, raw)[1], raw) for raw in raws]
    read = statistics.median(_seconds(lambda: [reader.read(raw) for raw in raws], times) for _ in range(runs))
    bare = statistics.median(
        _seconds(lambda: [parse(raw) for parse, raw in parsers], times) for _ in range(runs)
    )
    total = size * times / 2**20
    rates = f"{total / read:>8.2f} {total / max(bare, 1e-9):>10.1f} {read / max(bare, 1e-9):>8.1f}"
    return f"{reader.name:<14} {len(raws):>5} {size / 1024:>8.0f} {rates}  {', '.join(names)}"


def main() -> None:
    """Measures every reader that an example suits."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("examples", nargs="*", default=[str(TESTS / "examples")])
    parser.add_argument("--megabytes", type=float, default=2)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    corpus: dict[str, tuple[Reader, list[Raw]]] = {}
    for source in find_sources(given.examples):
        for loaded in load(source):
            try:
                raw, _ = make_raw(loaded)
                reader = choose_reader(raw)
                reader.read(raw)
            except ReadError:
                continue
            corpus.setdefault(reader.name, (reader, []))[1].append(raw)
    print(f"kg {__version__}, Python {platform.python_version()}, {platform.machine()}, {given.runs} runs")
    print("reader         files      KiB   MB / s  bare MB/s  times  bare parser")
    for _, (reader, raws) in sorted(corpus.items()):
        print(measure(reader, raws, given.megabytes, given.runs), flush=True)


if __name__ == "__main__":
    main()
