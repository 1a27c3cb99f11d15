"""The documents of ``benchmarks/bench_hostile.py`` in small: they cost themselves, in clear words, and
nothing of them is executed, fetched, followed or written as markup, script or formula."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg import plugins
from kg.build import BuildReport, build
from kg.readers import Reading, Source, find_sources, read_each

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SMALL = 0.004
READABLE = {  # nasty documents that do hold a paper
    *("digits.json", "external.xml", "growing.bib", "injection.html", "injection.jsonl", "lying.zip"),
    *("macros.docx", "one_line.json", "one_record.jsonl", "reaching.tex", "unclosed.bib", "unended.ris"),
    *("names.txt", "utf16_cut.txt"),
}


def load_benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hostile = load_benchmark("hostile_documents")  # first: the other one imports it
checks = load_benchmark("bench_hostile")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("nasty")
    hostile.write(made, SMALL)
    return made


@pytest.fixture(scope="module")
def readings(folder: Path) -> dict[str, list[Reading]]:
    return {source.path: list(read_each(source)) for source in find_sources([str(folder)])}


def test_every_document_is_read_or_refused_in_words(readings: dict[str, list[Reading]]) -> None:
    for path, each in readings.items():
        for reading in each:
            assert reading.document.status == "ok" or reading.document.error, path
            assert "please report it" not in (reading.document.error or ""), (path, reading.document.error)


def test_what_is_no_paper_gives_none(readings: dict[str, list[Reading]]) -> None:
    found = {path for path, each in readings.items() if any(reading.papers for reading in each)}
    good = {"good.txt", *(os.fsencode(name).decode("utf-8", "replace") for name in hostile.NAMES)}
    assert found - good - READABLE == set()
    assert good <= found


def test_pipes_and_devices_are_passed_over(readings: dict[str, list[Reading]]) -> None:
    assert not {"a-pipe", "pipe.txt", "zeros.txt", "folder"} & set(readings)
    assert {"itself", "nowhere.txt"} <= set(readings)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("itself", "symbolic links"),
        ("nowhere.txt", "no such file"),
        ("link.tar.gz", "without a file inside"),
        ("traversal.zip", "leads out of the archive"),
        ("reaching.epub", "left out"),
        ("entity_bomb.xml", "is not expanded"),
        ("external.xml", "not fetched"),
        ("damaged.pdf", "damaged PDF"),
        ("loop.pdf", "damaged PDF"),
        ("noise.bin", "binary"),
        ("empty.txt", "empty"),
    ],
)
def test_the_words_name_the_fault(readings: dict[str, list[Reading]], name: str, words: str) -> None:
    assert words in "; ".join(reading.document.error or "" for reading in readings[name])


def test_the_lock_of_a_file_is_named(folder: Path) -> None:
    if os.access(folder / "locked.txt", os.R_OK):
        pytest.skip("this user reads everything")
    (reading,) = read_each(Source(path="locked.txt", file=folder / "locked.txt"))
    assert "permission" in (reading.document.error or "")


def test_nothing_of_this_machine_is_read(readings: dict[str, list[Reading]]) -> None:
    for path, each in readings.items():
        for reading in each:
            told = [paper.title or "" for paper in reading.papers] + [
                paper.abstract or "" for paper in reading.papers
            ]
            assert "root:" not in " ".join(told), path
    assert not (Path("/tmp") / hostile.EVIL).exists()


@pytest.fixture(scope="module")
def report(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    output = tmp_path_factory.mktemp("output")
    wanted = ["good.txt", "injection.html", "injection.jsonl", "reaching.tex", "macros.docx", "passwd.txt"]
    named = [str(path) for path in sorted(folder.iterdir()) if path.name in wanted or "\n" in path.name]
    return build(named, output, pipeline="fast", formats=plugins.names("kg.exporters"))


def test_no_output_holds_an_injection(report: BuildReport) -> None:
    assert report.works >= 5
    assert checks.injected(report.output) == []


def test_injections_in_an_output_are_found(tmp_path: Path) -> None:
    (tmp_path / "graph.html").write_text(f"<p>{hostile.INJECTION}</p><a href='javascript:x'>a</a>")
    (tmp_path / "nodes.csv").write_text('id,name\n1,"=SUM(A1)"\n')
    (tmp_path / "graph.graphml").write_text("<graphml><script/></graphml>")
    (tmp_path / "papers.bib").write_text("@misc{a, title={\\input{x}}}")
    found = checks.injected(tmp_path)
    assert {problem.partition(" holds ")[0] for problem in found} == {
        *("graph.html", "nodes.csv", "graph.graphml", "papers.bib"),
    }
    assert any("script of a document" in problem for problem in found)
    assert any("link to javascript" in problem for problem in found)
