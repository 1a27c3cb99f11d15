"""A slice of ``benchmarks/fuzz_readers.py``: mutated examples break no reader."""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from kg import plugins
from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.types import Paper

INPUTS = 40
# What fuzzing found, and a second's work where it had taken minutes or for ever.
XML = '<?xml version="1.0"?>'
CROSSREF = XML + '<doi_batch xmlns="http://www.crossref.org/schema/4.4.2"><body><posted_content>'
FOUND = {
    "a run of newlines in a broken entry": ("bibtex", "@article{a, title = {A}, x" + "\n" * 100_000 + "@"),
    "closing braces too many": ("bibtex", "@article{a, title = {A}" + "}" * 100_000 + ", year = 2000}"),
    "a value of closing braces": ("bibtex", "@article{a, title = {A" + "}" * 100_000 + '\n, year = "'),
    "environments in a field": ("bibtex", "@article{a, title={A B}, author={J" + "\\begin{" * 50_000 + "}}"),
    "a year of no century": (
        "tex",
        "\\documentclass{article}\\usepackage[final]{neurips_222}\\title{A Title}\\begin{document}",
    ),
    "a superscript month": (
        "crossrefxml",
        CROSSREF + "<titles><title>A</title></titles><posted_date><month>0\u00b3</month><day>1</day>"
        "<year>2020</year></posted_date></posted_content></body></doi_batch>",
    ),
    "a month of many digits": (
        "pubmed",
        (
            "<PubmedArticle><MedlineCitation><Article><ArticleTitle>A</ArticleTitle><Journal><JournalIssue><PubDate>"
            f"<Year>2020</Year><Month>{'1' * 5_000}</Month><Day>1</Day>"
        ),
    ),
    "records within records": ("crossrefxml", CROSSREF + "<body><posted_content><x>" * 20_000),
    "records that are never closed": ("dblp", "<dblp>" + "<article>\n" * 20_000),
    "authors that are never closed": (
        "aclxml",
        '<volume id="P07"><paper><title>A' + "<author><first>B" * 256 + "<author/>" * 20_000 + "</volume>",
    ),
    "a name that needs its prefix": (
        "xml",
        XML + "<r xmlns:a='b'><a:0c><record><title>A</tilte></record></r>",
    ),
    "a venue of rules": ("tagged", f"PMID- 2\nTI  - A Title\nAU  - Smith JA\nTA  - {'-' * 1_000} Lancet\n"),
    "authors between commas": (
        "html",
        (
            f"<html><h1>A Title of a Paper</h1><p class='authors'>Ana Ruiz{',' * 1_000} Li Wei</p>"
            "<p>Abstract: We present a method.</p>"
        ),
    ),
    "a word of a hundred thousand letters": (
        "text",
        "A Title\n\nBy " + "Tomography" * 10_000 + "\n\nSo.",
    ),
    "one line again and again": ("text", "A Title\n\nAna Ruiz\n\n" + "authors: [Ana Ruiz, Li Wei]\n" * 1_000),
    "a name of two parts": ("jsonl", '{"title": "A", "authors": [["Ruiz", "Ana"], ["Li", "Wei"]]}'),
    "a record without an end": ("tagged", "TY  - JOUR\nTI  - A\n" + "AU  - Ruiz, Ana\n" * 60_000),
    "a text without an end": ("jsonl", '{"title": "A", "abstract": "' + "word " * 1_000_000),
}


def load_benchmark(name: str) -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


fuzzing = load_benchmark("fuzz_readers")
CORPORA = fuzzing.collect([Path(__file__).parent / "examples"], 1)


def toy(read: object) -> object:
    """The fuzzing of a reader that is one function."""
    reader = Reader(name="toy", score=lambda raw: 0.5, read=read)  # type: ignore[arg-type]
    example = Raw(path="x", data=b"a paper", text="a paper", encoding="utf-8", media_type="text/plain")
    return fuzzing.Corpus(reader=reader, examples=(example,), seed=0)


@pytest.mark.parametrize("name", CORPORA)
def test_mutations_break_no_reader(name: str) -> None:
    assert [told for told in fuzzing.fuzz(CORPORA[name], range(INPUTS)) if told.problem] == []


@pytest.mark.parametrize(("name", "document"), FOUND.values(), ids=FOUND)
def test_what_was_found_stays_mended(name: str, document: str) -> None:
    raw = Raw(path="x", data=document.encode(), text=document, encoding="utf-8", media_type="text/plain")
    reader = plugins.load("kg.readers", name)
    started = time.process_time()
    fuzzing.check(reader, raw)
    assert time.process_time() - started < 3


def test_an_input_follows_from_its_number() -> None:
    corpus = CORPORA["bibtex"]
    assert corpus.make(7) == corpus.make(7)
    assert len({corpus.make(number).data for number in range(5)}) > 1


def test_breaking_and_false_spans_are_found() -> None:
    def breaks(raw: Raw) -> Parsed:
        raise IndexError(raw.path)

    def lies(raw: Raw) -> Parsed:
        paper = Paper(paper_id="", document_id="", title="A", title_start=0, title_end=len(raw.text) + 1)
        return Parsed(papers=(paper,))

    def refuses(raw: Raw) -> Parsed:
        raise ReadError("not mine")

    (told,) = fuzzing.fuzz(toy(breaks), range(1))
    assert told.problem.startswith("IndexError at test_fuzz.py:")
    (told,) = fuzzing.fuzz(toy(lies), range(1))
    assert "span" in told.problem
    (told,) = fuzzing.fuzz(toy(refuses), range(1))
    assert not told.problem


def test_blown_up_documents_stay_within_their_size() -> None:
    corpus = CORPORA["tagged"]
    blown = fuzzing.Corpus(reader=corpus.reader, examples=corpus.examples, seed=3, large=1.0)
    (told,) = fuzzing.fuzz(blown, range(1))
    assert fuzzing.LARGEST * 0.9 < told.size <= fuzzing.LARGEST
    assert not told.problem
