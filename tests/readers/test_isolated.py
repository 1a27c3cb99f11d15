"""A parser that crashes, hangs or eats memory costs its own document, and nothing else."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.readers import Source, read_each
from kg.readers.isolated import IsolatedReaders

PLUGIN = """
import ctypes, os, time
from kg.readers.base import Parsed, Reader
from kg.types import Paper

def score(raw):
    return 1.0 if raw.text.startswith("BREAK") else 0.0

def read(raw):
    how = raw.text.split()[1]
    if how == "crash":
        ctypes.string_at(0)
    if how == "exit":
        os._exit(3)
    if how == "hang":
        while True:
            pass
    if how == "memory":
        kept = []
        while True:
            kept.append(bytearray(50_000_000))
    if how == "print":
        print("noise " * 1000)
    return Parsed(papers=(Paper(paper_id="", document_id="", position=0, title="Fine", abstract=how),))

READER = Reader(name="breaking", score=score, read=read)
"""
GOOD = (
    "A Method for Trees\n\nAna Ruiz, Li Wei\n\n"
    "We present a method that prunes trees while they grow in the wild."
)


@pytest.fixture
def readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[IsolatedReaders]:
    """Readers among which one breaks on purpose, with little time."""
    info = tmp_path / "plugin" / "breaking-1.dist-info"
    info.mkdir(parents=True)
    (tmp_path / "plugin" / "breaking_reader.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: breaking\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[kg.readers]\nbreaking = breaking_reader:READER\n")
    worker = "import kg.readers.worker as w\nw._SECONDS = 2\n"
    (tmp_path / "plugin" / "short_time.py").write_text(worker)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "plugin"), *sys.path])
    monkeypatch.setattr(
        "kg.readers.isolated._START", "import short_time; from kg.readers.worker import main; main()"
    )
    with IsolatedReaders() as isolated:
        yield isolated


def archive(path: Path, *kinds: str) -> Source:
    with zipfile.ZipFile(path, "w") as file:
        for number, kind in enumerate(kinds):
            file.writestr(f"{number}.txt", GOOD if kind == "good" else f"BREAK {kind} {number}")
    return Source(path=path.name, file=path)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("crash", "parser crashed"), ("exit", "parser crashed"), ("hang", "too long"), ("memory", "memory")],
)
def test_what_breaks_a_parser_costs_itself(
    readers: IsolatedReaders, tmp_path: Path, kind: str, words: str
) -> None:
    source = archive(tmp_path / "a.zip", "good", kind, "good", kind)
    first, broken, last, again = readers.read_each(source)
    assert first.document.status == last.document.status == "ok"
    assert (broken.document.path, broken.document.status) == ("a.zip!/1.txt", "failed")
    assert words in (broken.document.error or "")
    assert again.document.error == broken.document.error
    assert broken.document.document_id != again.document.document_id


def test_what_a_parser_prints_disturbs_nobody(
    readers: IsolatedReaders, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (reading,) = readers.read_each(archive(tmp_path / "a.zip", "print"))
    assert reading.papers[0].title == "Fine"
    assert capfd.readouterr() == ("", "")


def test_the_same_as_in_this_process(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.zip", "good", "good", "milk")
    missing = Source(path="gone.txt", file=tmp_path / "gone.txt")
    with IsolatedReaders() as readers:
        for each in (source, missing, source):
            assert list(readers.read_each(each)) == list(read_each(each))


def test_the_worker_ends_with_its_owner(tmp_path: Path) -> None:
    with IsolatedReaders() as readers:
        list(readers.read_each(archive(tmp_path / "a.zip", "good")))
        process = readers._process
        assert process is not None
        assert process.poll() is None
    assert process.poll() is not None
