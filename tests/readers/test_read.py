"""Whatever is wrong with a document costs that document only, and its error says what."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.ids import content_hash, make_id
from kg.readers import Loaded, Reading, Source, make_raw, read

PAPER = (
    "Émile's Method for Sparse Networks\n\nAna Ruiz, Li Wei\n\nWe present a method that prunes networks "
    "while they are trained, so that no second pass is needed. Our experiments show that it is twice as fast "
    "as before.\n"
)


def read_bytes(folder: Path, data: bytes, name: str = "x.txt") -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(Source(path=name, file=path))


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", "empty", "empty"),
        (b" \n\t\n", "empty", "empty"),
        (b"Milk, eggs and bread.\n", "empty", "no paper"),
        (b"%PDF-1.7 \x00\x01", "failed", "PDF"),
        (b"PK\x03\x04\x14\x00", "failed", "zip"),
        (b"\x89PNG\r\n\x1a\n\x00", "failed", "PNG"),
        (bytes(range(256)) * 20, "failed", "binary"),
        (b"\xff\xfea\x00\x00\xdc", "failed", "utf-16"),
        (b"\x1f\x8b\x08\x00broken", "failed", "gzip"),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, data: bytes, status: str, words: str) -> None:
    document = read_bytes(tmp_path, data).document
    assert document.status == status
    assert words in (document.error or "")
    assert document.document_id == content_hash(data)


def test_missing_and_folder_are_failed_documents(tmp_path: Path) -> None:
    for file in (tmp_path / "gone.txt", tmp_path):
        document = read(Source(path="gone.txt", file=file)).document
        assert (document.status, document.path) == ("failed", "gone.txt")
        assert "cannot be read" in (document.error or "")


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", None),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, told: str | None, line_end: str) -> None:
    reading = read_bytes(tmp_path, PAPER.replace("\n", line_end).encode(encoding))
    assert reading.document.status == "ok"
    assert told is None or reading.document.encoding == told
    (paper,) = reading.papers
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]
    assert paper.abstract == reading.document.text[paper.abstract_start : paper.abstract_end]
    assert (paper.abstract or "").endswith("as before.")
    if told:
        assert paper.title == "Émile's Method for Sparse Networks"


def test_stray_bytes_and_cut_off_ends_cost_nothing(tmp_path: Path) -> None:
    strays = PAPER.encode().replace(b"twice", "naïve, zweimal, très".encode("cp1252"))
    document = read_bytes(tmp_path, strays).document
    assert document.text == PAPER.replace("twice", "naïve, zweimal, très")
    assert (document.encoding, document.status) == ("utf-8", "ok")
    mostly = ("ÉÈÀ " * 3 + PAPER).encode() + "Müller".encode("cp1252")
    document = read_bytes(tmp_path, mostly).document
    assert document.text.endswith("Müller")
    assert "no UTF-8" in (document.error or "")
    document = read_bytes(tmp_path, PAPER.encode("utf-16")[:-1]).document
    assert document.text == PAPER[:-1]
    assert "cut off" in (document.error or "")


def test_mojibake_is_mended_line_by_line(tmp_path: Path) -> None:
    wrong = PAPER.replace("twice", "naïve “twice”").encode().decode("cp1252", "ignore")
    reading = read_bytes(tmp_path, wrong.encode())
    assert reading.papers[0].title == "Émile's Method for Sparse Networks"
    assert "mended" in (reading.document.error or "")
    right = PAPER.replace("twice", "Ãrhus, São Paulo ±") + "Ã is a letter"
    assert read_bytes(tmp_path, right.encode()).document.text == right


@pytest.mark.parametrize("name", ["utf-7", "unicode_escape", "rot13", "zlib", "nonsense"])
def test_a_declared_encoding_that_is_none_is_not_believed(name: str) -> None:
    page = f'<html><meta charset="{name}"><body>+ADw-script+AD4- \\x3cb\\x3e é</body></html>'
    raw, _ = make_raw(Loaded(path="x.html", data=page.encode("cp1252")))
    assert raw.text == page


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("María Muñoz-Fernández, Jörg Weiß: Über die Prüfung", "cp1252"),
        ("Zażółć gęślą jaźń, metoda jest szybsza niż poprzednia i działa dobrze w praktyce.", "cp1250"),
        ("Привет, мир. Метод быстрее прежнего.", "cp1251"),
        ("日本語の論文です。新しい手法を提案する。", "cp932"),
        ("中文论文标题，我们提出一种新方法。", "gb18030"),
    ],
)
def test_encodings_that_nothing_declares_are_guessed(text: str, encoding: str) -> None:
    raw, notes = make_raw(Loaded(path="x.txt", data=text.encode(encoding)))
    assert (raw.text, raw.encoding, notes) == (text, encoding, ())


def test_ids_come_from_content_and_position(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, PAPER.encode())
    assert reading.papers[0].paper_id == make_id("p", content_hash(PAPER.encode()), 0)
    assert read_bytes(tmp_path, PAPER.encode(), "other.txt").papers == reading.papers


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, gzip.compress(PAPER.encode()), "x.txt.gz").document.papers == 1


def test_a_large_text_takes_seconds(tmp_path: Path) -> None:
    began = time.process_time()
    papers = (
        PAPER.replace("Method", f"Method {number}").replace("twice", f"{number} times")
        for number in range(8000)
    )
    reading = read_bytes(tmp_path, "\n\n".join(papers).encode())
    assert reading.document.papers == 8000
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "hostile",
    [
        "<a '" * 50_000,
        "<nav>" * 50_000,
        "a" * 300_000,
        "Authors: " * 30_000,
        "Venue: " + "A " * 90_000,
        "[" * 100_000,
        "A. " * 60_000,
        "&#" * 90_000,
        "<!--" * 50_000,
        "**" * 90_000,
        '{"a":' * 40_000,
        "- " * 90_000,
        "Aa" * 90_000,
    ],
    ids=range(13),
)
def test_hostile_text_is_read_in_linear_time(tmp_path: Path, hostile: str) -> None:
    for name in ("x.txt", "x.html", "x.md", "x.json"):
        began = time.process_time()
        read_bytes(tmp_path, hostile.encode(), name)
        assert time.process_time() - began < 5, name


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(
        st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "ignore"))
    )
)
def test_read_never_raises(tmp_path: Path, data: bytes) -> None:
    document = read_bytes(tmp_path, data).document
    assert document.status in {"ok", "empty", "failed"}
    assert (document.error is None) <= (document.status == "ok")
