from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from kg.dedupe import link_works
from kg.types import Paper

MakePaper = Callable[..., Paper]


def _same(one: Paper, other: Paper) -> bool:
    works = link_works([one, other])
    return works[one.paper_id] == works[other.paper_id]


def test_a_shared_doi_or_arxiv_id_is_one_work(make_paper: MakePaper) -> None:
    assert _same(make_paper("A", None, doi="10.1/X"), make_paper("B", None, number=1, doi="10.1/x"))
    one = make_paper("A", None, arxiv_id="2101.00001v1")
    assert _same(one, make_paper("B", None, number=1, arxiv_id="2101.00001"))


@pytest.mark.parametrize(
    ("authors", "others", "same"),
    [
        (("Ligeng Zhu", "Song Han"), ("Zhu, Ligeng",), True),
        (("Ligeng Zhu",), (), True),
        (("Ligeng Zhu",), ("Ada Lovelace",), False),
    ],
)
def test_a_shared_title_needs_authors_that_agree(
    make_paper: MakePaper, authors: tuple[str, ...], others: tuple[str, ...], same: bool
) -> None:
    one = make_paper("Deep Leakage from Gradients", "Abstract one.", *authors)
    other = make_paper("Deep leakage from gradients.", None, *others, number=1)
    assert _same(one, other) is same


def test_short_titles_and_different_dois_stay_apart(make_paper: MakePaper) -> None:
    assert not _same(make_paper("Editorial", None), make_paper("Editorial", None, number=1))
    one = make_paper("Deep Leakage from Gradients", None, doi="10.1/a")
    assert not _same(one, make_paper("Deep Leakage from Gradients", None, number=1, doi="10.1/b"))


def test_untitled_records_are_one_work_only_word_for_word(make_paper: MakePaper) -> None:
    one = make_paper(None, "We study  things.")
    assert _same(one, make_paper(None, "We study things.", number=1))
    assert not _same(one, make_paper(None, "We study other things.", number=2))


def test_the_id_does_not_depend_on_order_or_on_further_records(make_paper: MakePaper) -> None:
    papers = [
        make_paper(
            "Deep Leakage from Gradients", None, "Song Han", number=number, doi="10.1/a" if number else None
        )
        for number in range(4)
    ] + [make_paper(f"Another title number {number}", None) for number in range(4)]
    expected = link_works(papers)
    for seed in range(5):
        shuffled = random.Random(seed).sample(papers, len(papers))
        assert link_works(shuffled) == expected
    assert link_works(papers[1:])[papers[1].paper_id] == expected[papers[1].paper_id]
