from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from kg.dedupe import find_links, link_works
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


ABSTRACT = "Exchanging gradients is widely used in modern multi-node machine learning systems. " * 3


@pytest.mark.parametrize(
    ("title", "other", "same"),
    [
        ("Deep Leakage from Gradients", "Deep Leakage from Gradients (Extended Version)", True),
        ("Deep Leakage from Gradients", "RETRACTED: Deep leakage from gradients", True),
        ("Pre-training of Deep Networks", "Pretraining of deep networks", True),
        ("Deep Leakage from Gradients", "Deep Leakage from Gradients: A Study of Privacy", True),
        ("Deep Leakage from Gradients: A Study", "Deep Leakage from Gradients: A Survey", False),
        ("Deep Leakage from Gradients", "Erratum: Deep Leakage from Gradients", False),
        ("Deep Leakage from Gradients", "Deep Leakage from Gradients: Reply", False),
        ("Deep Leakage from Gradients", "Deep Leakage from Gradients: Part II", False),
        ("Deep Leakage from Gradients, Part I", "Deep Leakage from Gradients, Part II", False),
        ("Letters to the Editor", "Letters to the Editor", False),
    ],
)
def test_versions_are_one_work_and_errata_and_parts_are_not(
    make_paper: MakePaper, title: str, other: str, same: bool
) -> None:
    names = ("Ligeng Zhu", "Song Han")
    one = make_paper(title, None, *names, year=2019)
    assert _same(one, make_paper(other, None, *names, number=1, year=2020)) is same


def test_an_arxiv_doi_is_an_arxiv_id_and_no_contradiction(make_paper: MakePaper) -> None:
    names = ("Ligeng Zhu", "Song Han")
    preprint = make_paper("Deep Leakage", None, *names, doi="10.48550/arXiv.1906.08935v2")
    assert _same(preprint, make_paper("Deep Leakage!", None, *names, number=1, arxiv_id="1906.08935"))
    title = "Deep Leakage from Gradients"
    preprint = make_paper(title, None, *names, doi="10.48550/arXiv.1906.08935")
    assert _same(preprint, make_paper(title, None, *names, number=1, doi="10.1145/1"))
    assert not _same(
        make_paper(title, None, *names, doi="10.1145/2"),
        make_paper(title, None, *names, number=1, doi="10.1145/1"),
    )


def test_one_doi_for_a_whole_volume_does_not_join_its_papers(make_paper: MakePaper) -> None:
    papers = [
        make_paper("Deep Leakage from Gradients", None, "Song Han", doi="10.1/volume"),
        make_paper("Parsing with Chart Grammars", None, "Ada Byron", number=1, doi="10.1/volume"),
    ]
    works = link_works(papers)
    assert len(set(works.values())) == 2


def test_the_same_title_years_apart_is_another_work(make_paper: MakePaper) -> None:
    title, names = "Overview of the Shared Task", ("Ada Byron", "Song Han", "Ligeng Zhu", "Yao Li")
    one = make_paper(title, None, *names, year=2012)
    assert not _same(one, make_paper(title, None, *names, number=1, year=2019))
    assert not _same(one, make_paper(title, None, *names[:2], "X. Y", "P. Q", number=1, year=2015))
    assert _same(one, make_paper(title, None, *names, number=1, year=2013))


def test_there_is_no_chain_through_a_record_that_says_little(make_paper: MakePaper) -> None:
    title = "Deep Leakage from Gradients"
    one = make_paper(title, None, "Song Han", number=0)
    bare = make_paper(title, None, number=1)
    other = make_paper(title, None, "Ada Byron", number=2)
    for papers in ([one, bare, other], [other, bare, one]):
        works = link_works(papers)
        assert works[one.paper_id] != works[other.paper_id]
        assert works[bare.paper_id] in (works[one.paper_id], works[other.paper_id])


def test_an_abstract_word_for_word_joins_a_renamed_preprint_and_a_record_without_title(
    make_paper: MakePaper,
) -> None:
    one = make_paper("Deep Leakage from Gradients", ABSTRACT, "Song Han")
    assert _same(one, make_paper("How Gradients Leak", ABSTRACT, "Han, Song", number=1))
    assert _same(one, make_paper(None, ABSTRACT, number=1))
    assert not _same(one, make_paper("How Gradients Leak", ABSTRACT, "Ada Byron", number=1))


def test_each_link_tells_its_rule(make_paper: MakePaper) -> None:
    papers = [
        make_paper("Deep Leakage from Gradients", None, "Song Han", doi="10.1/a"),
        make_paper("Deep Leakage from Gradients", None, "S. Han", number=1),
        make_paper("Deep Leakage", None, number=2, doi="10.1/A"),
    ]
    _, links = find_links(papers)
    assert sorted(link.rule for link in links) == ["doi", "title and authors"]
    assert all(0.8 <= link.score <= 1 for link in links)
