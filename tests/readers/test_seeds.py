"""The five seed documents: every paper, author, venue, year and abstract as printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.readers import Reading, find_sources, read
from kg.text import collapse

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read(source) for source in find_sources([str(SEEDS)])]


def test_there_are_44_papers(readings: list[Reading]) -> None:
    assert [reading.document.papers for reading in readings] == [5, 18, 10, 5, 6]
    assert all(reading.document.status == "ok" and reading.document.reader == "text" for reading in readings)
    assert len({paper.paper_id for reading in readings for paper in reading.papers}) == 44


def test_spans_stand_in_the_document(readings: list[Reading]) -> None:
    for reading in readings:
        text = reading.document.text
        for paper in reading.papers:
            assert paper.document_id == reading.document.document_id
            assert paper.abstract == text[paper.abstract_start : paper.abstract_end]
            if paper.title is not None:
                assert paper.title == text[paper.title_start : paper.title_end]


def test_posts_have_venue_year_and_affiliation(readings: list[Reading]) -> None:
    papers = readings[0].papers
    assert [(paper.venue, paper.year) for paper in papers] == [
        ("NeurIPS", 2019),
        ("MICRO", 2019),
        ("ASPLOS", 2018),
        ("ISCA", 2018),
        ("MICRO", 2019),
    ]
    assert [(author.name, author.affiliation) for author in papers[3].authors] == [
        ("Adi Fuchs", "Princeton University"),
        ("David Wentzalff", "Princeton University"),
    ]
    assert [author.name for author in papers[4].authors] == [
        "Berkin Akin",
        "Zeshan A. Christi",
        "Alaa R. Alameldeen",
    ]
    assert (papers[0].abstract or "").startswith("As deep learning is being used")
    assert (papers[0].abstract or "").endswith("Deep Leakage ...")


def test_session_page_keeps_names_as_printed(readings: list[Reading]) -> None:
    papers = readings[1].papers
    assert [author.name for author in papers[6].authors][1] == "ali shafiee"
    assert len(papers[12].authors) == 7
    assert len(papers[13].authors) == 16
    assert collapse(papers[8].abstract or "").endswith("completes in seconds instead of hours.")
    assert papers[0].urls == ("https://github.com/mit-han-lab/inter-operator-scheduler",)
    assert all(paper.venue is None and paper.year is None for paper in papers)


def test_bare_abstracts_have_neither_title_nor_authors(readings: list[Reading]) -> None:
    papers = readings[2].papers
    assert all(paper.title is None and paper.authors == () and paper.title_start is None for paper in papers)
    assert (papers[0].abstract or "").startswith("To optimize large Transformer")


def test_cards_are_cut_where_the_byline_begins(readings: list[Reading]) -> None:
    first = readings[3].papers[0]
    assert (first.title or "").endswith("Runtime Configurable Weight Quantization")
    assert [author.name for author in first.authors] == ["Rui Xie", "Asad Ul Haq", "Linsen Ma"]
    assert (first.date, first.year, first.categories) == ("2024-07-17", 2024, ("cs.LG",))


def test_record_page_in_another_language(readings: list[Reading]) -> None:
    first, *related = readings[4].papers
    assert [author.name for author in first.authors] == ["Gil Shomron"]
    assert (first.year, first.language) == (2020, "English")
    assert [paper.title for paper in related] == [None] * 5
    assert all(paper.authors == () and paper.year is None for paper in related)
