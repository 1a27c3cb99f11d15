"""Tables and paragraphs for a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.layout import display_width, heading, percent, printable, shorten, table, terminal_width, wrap


def test_wide_characters_take_two_columns() -> None:
    rows = [["知识图谱", "1"], ["graph", "22"]]
    lines = table(["name", "n"], rows).splitlines()
    assert len({display_width(line) for line in lines}) == 1


def test_a_table_without_rows() -> None:
    assert table(["a", "b"], []) == "a  b"


@given(st.text(max_size=40), st.integers(4, 30))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert display_width(shorten(text, width)) <= width
    if display_width(text) <= width:
        assert shorten(text, width) == text


@given(st.text())
def test_printable_text_is_one_line_without_control_characters(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable() or not any(char in shown for char in "\x1b\x07\n\r\t")
    assert printable(shown) == shown


@given(st.lists(st.text("ab ", min_size=1, max_size=12), max_size=12).map(" ".join))
def test_wrapped_lines_fit(text: str) -> None:
    for line in wrap(text, width=40, indent="    ", first="- ").splitlines():
        assert len(line) <= 40


def test_wrapping_keeps_long_words_and_the_first_line() -> None:
    assert wrap("a " + "b" * 50, width=20, indent="  ", first="> ") == f"> a\n  {'b' * 50}"


@pytest.mark.parametrize(("columns", "expected"), [("10", 40), ("90", 90), ("400", 120)])
def test_the_width_stays_readable(monkeypatch: pytest.MonkeyPatch, columns: str, expected: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal_width() == expected


def test_small_things() -> None:
    assert heading("名") == "名\n--"
    assert (percent(1.0), percent(0.0), percent(None)) == ("100.0", "0.0", "-")
