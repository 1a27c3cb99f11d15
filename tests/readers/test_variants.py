"""A page says the same in any line ends, blanks and encodings, and a page cut off anywhere harms nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.readers import Reading, Source, read
from kg.text import collapse

DATA = Path(__file__).parent / "data"
PAGES = sorted(path.name for path in DATA.iterdir() if path.suffix in {".txt", ".html"})
BROKE = "broke on it"


def read_bytes(folder: Path, name: str, data: bytes) -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(Source(path=name, file=path))


def told(reading: Reading) -> list[tuple[str, list[str], str]]:
    return [
        (
            collapse(paper.title or ""),
            [author.name for author in paper.authors],
            collapse(paper.abstract or ""),
        )
        for paper in reading.papers
    ]


def as_text(name: str) -> str:
    """The page in Unicode with plain line ends."""
    return read(Source(path=name, file=DATA / name)).document.text.replace("\r\n", "\n")


@pytest.mark.parametrize("name", PAGES)
def test_line_ends_blanks_and_encodings_change_nothing(name: str, tmp_path: Path) -> None:
    text = as_text(name)
    plain = told(read_bytes(tmp_path, name, text.encode()))
    assert plain
    assert told(read_bytes(tmp_path, name, text.replace("\n", "\r\n").encode())) == plain
    assert told(read_bytes(tmp_path, name, text.encode("utf-8-sig"))) == plain
    if "<meta" not in text:
        assert told(read_bytes(tmp_path, name, text.encode("utf-16"))) == plain


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith(".txt")])
def test_blanks_that_do_not_break_are_blanks(name: str, tmp_path: Path) -> None:
    text = as_text(name)
    plain = read_bytes(tmp_path, name, text.encode())
    hard = read_bytes(tmp_path, name, text.replace(" ", "\u00a0").encode())
    assert [(title, names) for title, names, _ in told(hard)] == [(t, names) for t, names, _ in told(plain)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(PAGES), share=st.floats(0, 1), head=st.booleans())
def test_a_page_cut_off_anywhere_is_read_as_far_as_it_goes(
    name: str, share: float, head: bool, tmp_path: Path
) -> None:
    text = as_text(name)
    cut = int(len(text) * share)
    reading = read_bytes(tmp_path, name, (text[:cut] if head else text[cut:]).encode())
    assert BROKE not in (reading.document.error or "")
    for paper in reading.papers:
        assert paper.abstract or (paper.title and paper.authors)
        if reading.document.media_type != "text/html" and paper.abstract is not None:
            assert paper.abstract == reading.document.text[paper.abstract_start : paper.abstract_end]


@pytest.mark.parametrize("name", PAGES)
def test_wrongly_decoded_pages_are_survived(name: str, tmp_path: Path) -> None:
    garbled = as_text(name).encode().decode("latin-1").encode()
    assert BROKE not in (read_bytes(tmp_path, name, garbled).document.error or "")
