"""PDFs that are locked, damaged, empty, enormous or made of pictures: a clear word for each."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest

from kg.errors import ReadError
from kg.readers.base import Raw
from kg.readers.pdf import READER
from kg.readers.pdf_pages import MAX_PAGES

LOCK = "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >>".format("41" * 32)
WORDS = "Sparse networks leave many units idle because tiles differ in number of zeros and no one sorts them."


def test_score_is_by_content(write_pdf: Any) -> None:
    def score(data: bytes, path: str = "a.pdf") -> float:
        return READER.score(Raw(path=path, data=data, text="", encoding="", media_type="application/pdf"))

    assert score(write_pdf([[]]), "a.txt") > 0.9
    assert score(b"\n\n" + write_pdf([[]])) > 0.9
    assert score(b"PK\x03\x04 a zip") == 0


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20, "damaged"),
    ],
)
def test_damaged_files_are_refused(data: bytes, word: str, read_pdf: Any) -> None:
    with pytest.raises(ReadError, match=word):
        read_pdf(data)


def test_a_password_is_said(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    with pytest.raises(ReadError, match="password"):
        read_pdf(write_pdf([lines(72, 700, 10, WORDS)], trailer=LOCK))


def test_no_pages(write_pdf: Any, read_pdf: Any) -> None:
    with pytest.raises(ReadError, match=r"without pages|damaged"):
        read_pdf(write_pdf([]))


def test_scanned_pages_are_sent_to_ocr(write_pdf: Any, read_pdf: Any) -> None:
    with pytest.raises(ReadError, match="ocrmypdf"):
        read_pdf(write_pdf([[], [(300, 30, 8, "2")], []], extra="0 0 612 792 re f"))


def test_a_wrong_table_of_places_is_mended(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    data = write_pdf([[(72, 740, 16, "Sorting Tiles"), *lines(72, 700, 10, WORDS * 3)]])
    broken = data[: data.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n"
    assert "Sparse networks" in read_pdf(broken).text


def test_pages_beyond_the_limit_are_told(write_pdf: Any, read_pdf: Any) -> None:
    pages = [
        [(72, 700, 10, f"Page number {number} of a very long book of words")]
        for number in range(MAX_PAGES + 3)
    ]
    parsed = read_pdf(write_pdf(pages))
    assert any(f"pages {MAX_PAGES + 1} to {MAX_PAGES + 3}" in note for note in parsed.notes)


@pytest.mark.parametrize("size", [(1, 1), (14400, 14400), (2_000_000_000, 10), (0, 0)])
def test_odd_page_sizes(write_pdf: Any, lines: Any, read_pdf: Any, size: tuple[int, int]) -> None:
    try:
        assert read_pdf(write_pdf([lines(72, 700, 10, WORDS * 3)], size=size)).text is not None
    except ReadError as error:
        assert error.message


def test_a_page_turned_on_its_side(write_pdf: Any, read_pdf: Any) -> None:
    rows = "\n".join(
        f"BT /F0 10 Tf 0 1 -1 0 {60 + 14 * number} 72 Tm ({text}) Tj ET"
        for number, text in enumerate(
            ["Sparse networks leave many", "units idle because tiles", "differ in zeros."]
        )
    )
    text = read_pdf(write_pdf([[]], extra=rows)).text
    assert text.split() == [
        "Sparse",
        "networks",
        "leave",
        "many",
        "units",
        "idle",
        "because",
        "tiles",
        "differ",
        "in",
        "zeros.",
    ]


@pytest.mark.parametrize("seed", range(4))
def test_mutations_never_break_the_reader(write_pdf: Any, lines: Any, read_pdf: Any, seed: int) -> None:
    chance = random.Random(seed)
    whole = write_pdf(
        [[(72, 740, 16, "Sorting Tiles"), *lines(72, 700, 10, WORDS * 3)], lines(72, 700, 10, WORDS)]
    )
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            parsed = read_pdf(bytes(data[: chance.randint(1, len(data))] if chance.random() < 0.3 else data))
        except ReadError as error:
            assert error.message
        else:
            for paper in parsed.papers:
                assert paper.title is None or parsed.text[paper.title_start : paper.title_end] == paper.title


@pytest.mark.parametrize(
    "text", ["Ana Ruiz, Li Wei,", "1", "´", "Abstract", "[1] A. B", "Proceedings of the", "a"]
)
def test_crowded_pages_take_no_time(write_pdf: Any, read_pdf: Any, text: str) -> None:
    begin = time.process_time()
    page = [(10 + 60 * (n % 10), 780 - 1.5 * (n // 10), 4 + n % 3, text) for n in range(4000)]
    read_pdf(write_pdf([page]))
    assert time.process_time() - begin < 8


def test_a_line_without_end_takes_no_time(write_pdf: Any, read_pdf: Any) -> None:
    begin = time.process_time()
    read_pdf(
        write_pdf(
            [[(10, 700, 1, "international conference on the proceedings of " * 3000)]], size=(200_000, 792)
        )
    )
    assert time.process_time() - begin < 8
