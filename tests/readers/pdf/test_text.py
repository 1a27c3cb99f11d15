"""Lines to running text: hyphens, exponents, columns, accents, notes at the foot."""

from __future__ import annotations

from typing import Any

import pytest

from kg.readers.pdf_flow import vocabulary
from kg.readers.pdf_layout import reading_order
from kg.readers.pdf_lines import pieces
from kg.readers.pdf_words import Word


def text_of(write_pdf: Any, read_pdf: Any, items: list[Any]) -> str:
    filler = [
        (72, 300 - 12 * n, 10, "Units stay idle in the trained transformers of our days.") for n in range(4)
    ]
    return str(read_pdf(write_pdf([[*items, *filler]])).text)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("The method trains trans-", "formers with little memory", "trains transformers with"),
        ("It beats the state-of-the-", "art by a wide margin here", "state-of-the-art by"),
        ("We use a pre-trained and self-", "attention based model here", "self-attention based"),
        ("This is a GPU-", "based system for networks here", "GPU-based system"),
        ("A point-", "to-point network of the nodes", "point-to-point network"),
        (
            "The whole code of this work is at https://example.org/a-",
            "b.html and it is free",
            "https://example.org/a-b.html and",
        ),
    ],
)
def test_hyphens_at_line_ends(write_pdf: Any, read_pdf: Any, first: str, second: str, joined: str) -> None:
    assert joined in text_of(write_pdf, read_pdf, [(72, 700, 10, first), (72, 688, 10, second)])


def test_the_words_of_the_document_decide(write_pdf: Any, read_pdf: Any) -> None:
    items = [(72, 700, 10, "Every data-set and each data-set is a data-"), (72, 688, 10, "set of ours today")]
    assert "is a data-set of" in text_of(write_pdf, read_pdf, items)


def test_raised_numbers_are_exponents_or_footnote_marks(write_pdf: Any, read_pdf: Any) -> None:
    items = [
        (72, 700, 10, "An error of 10"),
        (130, 704, 6, "-3"),
        (140, 700, 10, "was seen"),
        (176, 704, 6, "2"),
    ]
    items += [(181, 700, 10, "in tests on the 20"), (257, 704, 6, "th"), (265, 700, 10, "of May")]
    assert "An error of 10⁻³ was seen in tests on the 20th of May" in text_of(write_pdf, read_pdf, items)


def test_footnotes_do_not_interrupt_a_paragraph(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    prose = "The tiles of a sparse network differ in their number of zeros, and nobody sorts them "
    "before they are used. "
    first = lines(72, 700, 10, prose * 6 + "and then the", 80)
    note = [(72, 80, 7, "1 A remark that is printed at the foot of the page in small letters.")]
    second = lines(72, 700, 10, "next page goes on with the sentence that began before. " + prose * 3, 80)
    text = read_pdf(write_pdf([[*first, *note], second])).text
    assert "and then the next page goes on" in text
    assert text.rstrip().endswith("in small letters.")


WIDE = "text that fills a column of a page"


def word(text: str, x: float, y: float, size: float = 10.0) -> Word:
    return Word(text, x, x + 0.5 * size * len(text), y, size, 0, False, False)


def row(y: float, *cells: tuple[float, str]) -> list[Word]:
    found = []
    for left, text in cells:
        x = left
        for part in text.split():
            found.append(word(part, x, y))
            x += 5 * len(part) + 3
    return found


def order(words: list[Word], width: float = 600) -> list[str]:
    return [line.piece.text for line in reading_order(pieces(words), width)]


def test_two_columns_below_a_title() -> None:
    words = row(700, (150, "title over both columns here and on"))
    for number in range(5):
        words += row(660 - 12 * number, (50, f"left l{number} {WIDE}"), (320, f"right r{number} {WIDE}"))
    read = order(words)
    assert read[0].startswith("title")
    assert [text.split()[0] for text in read[1:]] == ["left"] * 5 + ["right"] * 5


def test_three_columns() -> None:
    words = []
    for number in range(6):
        words += row(
            660 - 12 * number,
            (40, f"aaaa {number} text"),
            (230, f"bbbb {number} text"),
            (420, f"cccc {number} text"),
        )
    assert [text.split()[0] for text in order(words)] == ["aaaa"] * 6 + ["bbbb"] * 6 + ["cccc"] * 6


def test_labels_of_a_list_are_no_column() -> None:
    words = []
    for number in range(6):
        words += row(
            660 - 12 * number, (40, f"[{number}]"), (100, f"entry number n{number} of the list and more")
        )
    assert [text.split()[0] for text in order(words)] == [f"[{number}]" for number in range(6)]


def test_a_figure_over_both_columns_parts_them() -> None:
    words = []
    for number in range(4):
        words += row(700 - 12 * number, (50, f"upper left {WIDE}"), (320, f"upper right {WIDE}"))
        words += row(500 - 12 * number, (50, f"lower left {WIDE}"), (320, f"lower right {WIDE}"))
    words += row(600, (200, "Figure 1: a caption over both columns"))
    firsts = [" ".join(text.split()[:2]) for text in order(words)]
    assert (
        firsts
        == ["upper left"] * 4 + ["upper right"] * 4 + ["Figure 1:"] + ["lower left"] * 4 + ["lower right"] * 4
    )


def test_vocabulary_counts_no_broken_words() -> None:
    lines = reading_order(pieces(row(700, (50, "many trans-")) + row(688, (50, "formers learn"))), 600)
    words = vocabulary(lines)
    assert words["many"] == 1
    assert words["trans"] == 0
