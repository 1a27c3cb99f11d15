"""PDFs of papers in the layouts that publishers print."""

from __future__ import annotations

from typing import Any

import pytest

ABSTRACT = (
    "We present a scheduler for sparse accelerators that keeps every unit busy. It predicts the number "
    "of zeros in "
    "each tile before the tile is loaded. On twelve networks it is 1.7 times faster than the best known "
    "schedule, "
    "and it needs no change of the hardware."
)
BODY = (
    "Sparse networks leave many units idle because tiles differ in their number of zeros. Earlier work "
    "sorts the "
    "tiles after they are loaded, which costs time and memory. We ask whether the order can be known before."
)
REFERENCES = [
    '[1] A. Ruiz and L. Wei, "Sorting tiles for sparse networks," in Proc. ISCA, 2018, pp. 1-12.',
    '[2] M. Gupta et al., "Pruning without regret," arXiv preprint arXiv:1901.00001, 2019.',
]


def body(lines: Any, x: float, y: float, width: int = 90) -> list[Any]:
    """Three sections and a reference list in one column that is ``width`` characters wide."""
    items = [(x, y, -12, "1 Introduction"), *lines(x, y - 18, 10, BODY, width)]
    y = items[-1][1] - 26
    items += [(x, y, -12, "2 Method"), *lines(x, y - 18, 10, BODY.replace("Sparse", "Pruned"), width)]
    y = items[-1][1] - 26
    items += [(x, y, -12, "Acknowledgments"), (x, y - 18, 10, "We thank the foundation for its money.")]
    y -= 44
    items += [(x, y, -12, "References")]
    for entry in REFERENCES:
        items += lines(x, y - 16, 9, entry, width)
        y = items[-1][1]
    return items


def one_column(lines: Any, *, byline: list[Any] | None = None) -> list[Any]:
    names = byline or [(200, 690, 12, "Ana Ruiz and Li Wei"), (190, 676, 10, "ETH Zurich, Switzerland")]
    return [
        (100, 730, 17, "Predicting Zeros: A Scheduler for"),
        (150, 710, 17, "Sparse Accelerators"),
        *names,
        (280, 650, -11, "Abstract"),
        *lines(90, 634, 10, ABSTRACT, 85),
        *body(lines, 72, 560),
    ]


def test_article_in_one_column(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    parsed = read_pdf(write_pdf([one_column(lines)]))
    (paper,) = parsed.papers
    assert paper.title == "Predicting Zeros: A Scheduler for Sparse Accelerators"
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]
    assert paper.abstract == ABSTRACT
    assert parsed.text is not None
    assert parsed.text[paper.title_start : paper.title_end] == paper.title
    assert parsed.text[paper.abstract_start : paper.abstract_end] == paper.abstract
    assert (paper.venue, paper.year, paper.doi, paper.arxiv_id) == (None, None, None, None)


def test_the_name_of_the_journal_in_large_letters_is_no_title(
    write_pdf: Any, lines: Any, read_pdf: Any
) -> None:
    masthead = [
        (200, 776, 8, "Contents lists available at ScienceDirect"),
        (150, 758, 20, "Sorting With Applications"),
        (190, 746, 8, "journal homepage: www.elsevier.com/locate/sort"),
    ]
    parsed = read_pdf(write_pdf([[*masthead, *one_column(lines)]]))
    assert [paper.title for paper in parsed.papers] == [
        "Predicting Zeros: A Scheduler for Sparse Accelerators"
    ]


def test_body_is_sections_without_acknowledgements_and_references(
    write_pdf: Any, lines: Any, read_pdf: Any
) -> None:
    (paper,) = read_pdf(write_pdf([one_column(lines)])).papers
    assert paper.body == "\n\n".join(["1 Introduction", BODY, "2 Method", BODY.replace("Sparse", "Pruned")])
    assert [(ref.title, ref.year) for ref in paper.references] == [
        ("Sorting tiles for sparse networks", 2018),
        ("Pruning without regret", 2019),
    ]
    assert paper.references[1].arxiv_id == "1901.00001"


def test_references_point_into_the_text(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    parsed = read_pdf(write_pdf([one_column(lines)]))
    (paper,) = parsed.papers
    for entry, reference in zip(REFERENCES, paper.references, strict=True):
        assert parsed.text[reference.start : reference.end] == entry


def grid(lines: Any) -> list[Any]:
    """A page of two columns below a title and three authors side by side, as IEEE prints it."""
    items = [(90, 730, 22, "Predicting Zeros in Sparse Accelerators")]
    people = [
        ("Ana Ruiz", "ETH Zurich"),
        ("Jan van den Berg", "Intel Labs"),
        ("Li Wei", "Tsinghua University"),
    ]
    for number, (name, place) in enumerate(people):
        x = 70 + 180 * number
        items += [
            (x, 690, 11, name),
            (x, 677, 10, place),
            (x, 664, 10, "Haifa, Israel"),
            (x, 651, 10, f"a{number}@b.edu"),
        ]
    left = lines(50, 610, -9, "Abstract\u2014" + ABSTRACT, 52, 10)
    y = left[-1][1] - 14
    left += [(50, y, -9, "Index Terms\u2014sparsity, scheduling, accelerators")]
    left += [(120, y - 24, 10, "I. INTRODUCTION"), *lines(50, y - 40, 10, BODY + " " + BODY, 50)]
    right = [*lines(315, 610, 10, BODY.replace("Sparse", "Dense"), 50), (400, 480, 10, "REFERENCES")]
    y = 470.0
    for entry in REFERENCES:
        right += lines(315, y - 10, 8, entry, 60, 9)
        y = right[-1][1]
    return items + left + right


def test_two_columns_with_a_grid_of_authors(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    (paper,) = read_pdf(write_pdf([grid(lines)])).papers
    assert paper.title == "Predicting Zeros in Sparse Accelerators"
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Jan van den Berg", "Li Wei"]
    assert paper.abstract == ABSTRACT
    assert paper.keywords == ("sparsity", "scheduling", "accelerators")
    assert "be known before. Dense networks leave" in paper.body.replace("\n\n", " ")
    assert len(paper.references) == 2


def test_raised_marks_are_no_part_of_names(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    byline = [
        (150, 690, 12, "Ana Ruiz"),
        (196, 694, 7, "1,*"),
        (210, 690, 12, ", Li Wei"),
        (252, 694, 7, "2"),
    ]
    byline += [
        (150, 675, 7, "1"),
        (155, 671, 10, "ETH Zurich, Switzerland"),
        (300, 675, 7, "2"),
        (305, 671, 10, "MIT, USA"),
    ]
    (paper,) = read_pdf(write_pdf([one_column(lines, byline=byline)])).papers
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]


def test_anonymous_authors_are_none(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    byline = [
        (230, 690, -11, "Anonymous Author(s)"),
        (260, 677, 10, "Affiliation"),
        (265, 664, 10, "Address"),
    ]
    (paper,) = read_pdf(write_pdf([one_column(lines, byline=byline)])).papers
    assert paper.authors == ()
    assert paper.title == "Predicting Zeros: A Scheduler for Sparse Accelerators"


def test_members_of_societies_are_named_without_their_rank(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    byline = [
        (120, 690, 11, "Ana Ruiz, Student Member, IEEE, Jan van den Berg, Fellow, IEEE, and Li Wei, PhD")
    ]
    (paper,) = read_pdf(write_pdf([one_column(lines, byline=byline)])).papers
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Jan van den Berg", "Li Wei"]


@pytest.mark.parametrize(
    ("head", "venue", "year"),
    [
        ("Published as a conference paper at ICLR 2025", "ICLR", 2025),
        ("39th Conference on Neural Information Processing Systems (NeurIPS 2025).",
         "39th Conference on Neural Information Processing Systems (NeurIPS)", 2025),
        ("IEEE TRANSACTIONS ON COMPUTERS, VOL. 14, NO. 8, AUGUST 2021",
         "IEEE TRANSACTIONS ON COMPUTERS", 2021),
        ("Journal of Systems Architecture 117 (2021) 102137", "Journal of Systems Architecture", 2021),
        ("Proceedings of the 5th MLSys Conference, Santa Clara, CA, USA, 2022. PMLR",
         "Proceedings of the 5th MLSys Conference", 2022),
        ("International Journal of Vision (2021) 129:1234-1256", "International Journal of Vision", 2021),
        ("J. ACM, Vol. 37, No. 4, Article 111. Publication date: August 2018.", "J. ACM", 2018),
    ],
)  # fmt: skip
def test_venue_and_year_from_heads_and_feet(
    write_pdf: Any, lines: Any, read_pdf: Any, head: str, venue: str, year: int
) -> None:
    second = [(72, 770, 8, head), *lines(72, 700, 10, BODY)]
    (paper,) = read_pdf(write_pdf([[(72, 770, 8, head), *one_column(lines)], second])).papers
    assert (paper.venue, paper.year) == (venue, year)
    assert head not in (paper.body or "")


def test_under_review_is_no_venue(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    head = (72, 770, 8, "Under review as a conference paper at ICLR 2026")
    (paper,) = read_pdf(write_pdf([[head, *one_column(lines)], [head, *lines(72, 700, 10, BODY)]])).papers
    assert paper.venue is None


def test_the_stamp_of_arxiv_in_the_margin(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    stamp = "BT /F0 20 Tf 0 1 -1 0 30 230 Tm (arXiv:2503.11731v2  [cs.AR]  14 Mar 2025) Tj ET"
    (paper,) = read_pdf(write_pdf([one_column(lines)], extra=stamp)).papers
    assert (paper.arxiv_id, paper.date, paper.year, paper.categories) == (
        "2503.11731",
        "2025-03-14",
        2025,
        ("cs.AR",),
    )
    assert paper.title == "Predicting Zeros: A Scheduler for Sparse Accelerators"
    assert paper.abstract == ABSTRACT


def test_line_numbers_of_submissions_are_left_out(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    numbers = [(40, 742 - 12 * number, 6, f"{number:03}") for number in range(40)]
    (paper,) = read_pdf(write_pdf([[*one_column(lines), *numbers]])).papers
    assert paper.abstract == ABSTRACT


def test_the_name_of_the_journal_is_not_the_title(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    banner = [
        (180, 765, 22, "Journal of Sparse Things"),
        (200, 750, 8, "journal homepage: www.example.org/jst"),
    ]
    (paper,) = read_pdf(write_pdf([[*banner, *one_column(lines)]])).papers
    assert paper.title == "Predicting Zeros: A Scheduler for Sparse Accelerators"


def test_an_abstract_without_a_label(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    page = [item for item in one_column(lines) if item[3] != "Abstract"]
    (paper,) = read_pdf(write_pdf([page])).papers
    assert paper.abstract == ABSTRACT
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]


def test_properties_help_only_where_they_agree(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    (paper,) = read_pdf(write_pdf([one_column(lines)], title="Microsoft Word - final_v3.doc")).papers
    assert paper.title == "Predicting Zeros: A Scheduler for Sparse Accelerators"


def test_slides_give_a_title_and_nothing_else(write_pdf: Any, read_pdf: Any) -> None:
    pages = [
        [(60, 300, 36, "Predicting Zeros")],
        [(60, 480, 28, "Why"), (60, 420, 20, "Units are idle for most of the time")],
    ]
    pages += [[(60, 480, 28, "Results"), (60, 420, 20, "1.7 times faster than the best known schedule")]]
    (paper,) = read_pdf(write_pdf(pages, size=(720, 540))).papers
    assert paper.title == "Predicting Zeros"
    assert (paper.authors, paper.abstract, paper.venue) == ((), None, None)


def test_what_is_no_paper_gives_none(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    text = (
        "Please pay the sum of 1,200.00 within thirty days of the date of this invoice to the account below."
    )
    parsed = read_pdf(
        write_pdf([[(72, 720, 22, "INVOICE"), (72, 690, 10, "Number 2021-0042"), *lines(72, 650, 10, text)]])
    )
    assert parsed.papers == ()
    assert "no paper was recognised" in parsed.notes[0]
    assert "INVOICE" in parsed.text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ana Ruiz, Student Member, IEEE, Jan van den", "Berg, Fellow, IEEE, and Li Wei, Member, IEEE"),
        ("Ana Ruiz, ETH Zurich; Jan van den Berg, Institute", "for Machines; Li Wei, Tsinghua University"),
        ("Ana Ruiz, Jan van den Berg, and Li", "Wei"),
    ],
)
def test_bylines_go_on_in_the_next_line(
    write_pdf: Any, lines: Any, read_pdf: Any, first: str, second: str
) -> None:
    byline = [(150, 690, 11, first), (150, 677, 11, second)]
    (paper,) = read_pdf(write_pdf([one_column(lines, byline=byline)])).papers
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Jan van den Berg", "Li Wei"]


def test_own_reference_gives_order_and_case_of_the_names(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    byline = [(150, 690, 10, "LI WEI and ANA RUIZ, ETH Zurich, Switzerland")]
    entry = "ACM Reference Format: Ana Ruiz and Li Wei. 2021. Predicting Zeros: A Scheduler for Sparse "
    "Accelerators. J. ACM 3, 4."
    page = one_column(lines, byline=byline)
    (paper,) = read_pdf(write_pdf([[*page, *lines(90, 584, 8, entry, 110, 9)]])).papers
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]


def test_proceedings_give_each_paper_its_own(write_pdf: Any, lines: Any, read_pdf: Any) -> None:
    other = [
        (120, 730, 17, "Sorting Tiles in Many Networks"),
        (240, 700, 12, "Mona Gupta"),
        (280, 650, -11, "Abstract"),
        *lines(90, 634, 10, ABSTRACT.replace("scheduler", "sorter"), 85),
        *body(lines, 72, 560),
    ]
    cover = [(150, 600, 24, "Proceedings of the Workshop"), (200, 500, 12, "Vienna, 3 May 2021")]
    parsed = read_pdf(write_pdf([cover, one_column(lines), other]))
    first, second = parsed.papers
    assert first.title == "Predicting Zeros: A Scheduler for Sparse Accelerators"
    assert (second.title, [author.name for author in second.authors]) == (
        "Sorting Tiles in Many Networks",
        ["Mona Gupta"],
    )
    for paper in parsed.papers:
        assert parsed.text[paper.title_start : paper.title_end] == paper.title
        assert parsed.text[paper.abstract_start : paper.abstract_end] == paper.abstract
        assert parsed.text[paper.references[1].start : paper.references[1].end] == REFERENCES[1]
