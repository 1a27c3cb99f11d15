"""Kinds of pages that stand apart: names above titles, records that cite themselves, BibTeX shown, short
citations."""

from __future__ import annotations

import pytest

from kg.readers.base import Raw, Reader
from kg.readers.html import READER as HTML
from kg.readers.markdown import READER as MARKDOWN
from kg.readers.plain import READER as TEXT
from kg.types import Paper

PROSE = (
    "Deep networks are slow on small devices and their owners must wait. In this paper we propose a "
    "scheduler that places layers on the units that suit them, and we show that it doubles the speed on "
    "three devices."
)


def read(text: str, reader: Reader = TEXT) -> tuple[Paper, ...]:
    raw = Raw(path="page", data=b"", text=text, encoding="utf-8", media_type="text/plain")
    return reader.read(raw).papers


def names(paper: Paper) -> list[str]:
    return [author.name for author in paper.authors]


def test_a_short_abstract_below_its_byline_is_kept() -> None:
    (paper,) = read(
        "A Method for Sparse Networks\n\nAna Ruiz, Li Wei\n\n"
        "We present a method that prunes networks while they are trained. It is twice as fast.\n"
    )
    assert paper.abstract is not None
    assert paper.abstract.endswith("twice as fast.")


def test_the_last_unlabelled_abstract_of_a_list_is_kept() -> None:
    titles = ["Fast Sorting with Vector Units", "Slow Sorting for Teachers", "A Data Set of Sorted Numbers"]
    text = "\n\n".join(
        f"{title}\n\nAna Ruiz, Max Born\n\n{PROSE} Number {at}." for at, title in enumerate(titles)
    )
    papers = read(text)
    assert [paper.title for paper in papers] == titles
    assert all(paper.abstract and paper.abstract.startswith("Deep networks") for paper in papers)


PROGRAMME = """PROGRAM FOR THURSDAY, JULY 31ST 2025
10:30-12:30 Session 4A: Learning
Chair: Max Stern
10:30
Ana Ruiz, Li Wei and Max Born
Pruning Large Networks While They Are Trained (abstract)
10:50
Carla Souza and Ivan Petrov
Scheduling of Layers on Small Devices (abstract)
PRESENTER: Ivan Petrov
11:10
Hana Sato, Omar Haddad and Jan Novak
Caches for the Layers of Language Models (abstract)
11:30
Lena Braun and Paul Martin
Sorting Numbers with Vector Units (abstract)
"""


def test_names_above_titles_belong_to_the_title_below() -> None:
    papers = read(PROGRAMME)
    assert [paper.title for paper in papers] == [
        "Pruning Large Networks While They Are Trained",
        "Scheduling of Layers on Small Devices",
        "Caches for the Layers of Language Models",
        "Sorting Numbers with Vector Units",
    ]
    assert names(papers[1]) == ["Carla Souza", "Ivan Petrov"]


def test_the_same_programme_with_titles_above_is_read_the_other_way() -> None:
    lines = [line for line in PROGRAMME.splitlines() if "PRESENTER" not in line]
    head, rest = lines[:3], lines[3:]
    turned = [line for at in range(0, len(rest), 3) for line in (rest[at], rest[at + 2], rest[at + 1])]
    papers = read("\n".join([*head, *turned]))
    assert names(papers[0]) == ["Ana Ruiz", "Li Wei", "Max Born"]
    assert papers[0].title == "Pruning Large Networks While They Are Trained"


REPOSITORY = f"""Library of the Northern University
Search | Browse | Login
Pruning Large Networks While They Are Trained
Ruiz, Ana, Wei, Li and Born, Max (2024) Pruning Large Networks While They Are Trained. Journal of Things, 20.

Record type: Article

Abstract
{PROSE}

Identifiers
ISSN: 1550-4859
Contributors
Author: Ana Ruiz ORCID iD

Author: Li Wei

Author: Max Born
"""


def test_a_record_page_is_one_work_as_it_cites_itself() -> None:
    (paper,) = read(REPOSITORY)
    assert paper.title == "Pruning Large Networks While They Are Trained"
    assert names(paper) == ["Ana Ruiz", "Li Wei", "Max Born"]
    assert (paper.venue, paper.year) == ("Journal of Things", 2024)
    assert paper.abstract == PROSE


ENTRIES = """@inproceedings{ruiz2017,
  author = {Ruiz, Ana and Wei, Li},
  title = {{Pruning Large Networks}},
  booktitle = {Proceedings of the Conference on Things},
  year = {2017}
}

@article{born2018,
  author = {Born, Max},
  title = {Sorting \\"uber Numbers},
  journal = {Journal of Things},
  year = {2018}
}"""


@pytest.mark.parametrize("reader", [HTML, MARKDOWN, TEXT])
def test_a_page_of_bibtex_is_read_as_bibtex(reader: Reader) -> None:
    shown = (
        f"<h1>How to cite us</h1><pre>{ENTRIES}</pre>" if reader is HTML else f"How to cite us\n\n{ENTRIES}\n"
    )
    papers = read(shown, reader)
    assert [paper.title for paper in papers] == ["Pruning Large Networks", "Sorting über Numbers"]
    assert names(papers[0]) == ["Ana Ruiz", "Li Wei"]
    assert (papers[0].venue, papers[0].year) == ("Proceedings of the Conference on Things", 2017)
    assert papers[0].title_start is None


def test_a_broken_entry_in_a_page_costs_itself() -> None:
    papers = read(f"How to cite us\n\n{ENTRIES}\n\n@article{{open,\n  title = {{Never closed\n")
    assert len(papers) == 2


def test_a_course_table_gives_surnames_and_year() -> None:
    rows = [
        ("Using Context Events in Neural Network Models", "Dai et al., 2017"),
        ("Large Corpora from Movie and TV Subtitles", "Lison and Tiedemann, 2016"),
        ("Plain English Summarization of Long Contracts", "van Dam & Li, 2019"),
    ]
    body = "".join(
        f"<tr>{first}<td><a href='https://x.org/P{at}'>{title}</a> ({cited})</td><td>Noor</td></tr>"
        for at, (title, cited) in enumerate(rows)
        for first in (["<td rowspan=3>Jan 13</td>"] if at == 0 else [""])
    )
    papers = read(
        f"<html><h1>Schedule</h1><table><tr><th>Date</th><th>Reading</th><th>Presenter</th></tr>{body}</table>",
        HTML,
    )
    assert [(paper.title, names(paper), paper.year) for paper in papers] == [
        (rows[0][0], ["Dai"], 2017),
        (rows[1][0], ["Lison", "Tiedemann"], 2016),
        (rows[2][0], ["van Dam", "Li"], 2019),
    ]


@pytest.mark.parametrize(
    ("title", "venue", "year"),
    [
        ("Benelex 2024 | Posters", "Benelex", 2024),
        ("Volume 26 Issue 2 | Notes on Things | Northern Academic", "Notes on Things", None),
        ("Vol. 14 No. 1 (2025): Jurnal Teknologi dan Komputasi", "Jurnal Teknologi dan Komputasi", 2025),
        ("№ 1 (2025) | Вісті обчислень", "Вісті обчислень", 2025),
        ("Spring 2024 | Reading", None, None),
    ],
)
def test_the_title_of_a_page_names_venue_and_year(title: str, venue: str | None, year: int | None) -> None:
    items = "".join(
        f"<h4>{paper}</h4><p>{people}</p>"
        for paper, people in (
            ("Pruning Large Networks While They Are Trained", "Ana Ruiz, Li Wei"),
            ("Scheduling of Layers on Small Devices", "Carla Souza, Ivan Petrov"),
            ("Caches for the Layers of Language Models", "Hana Sato, Omar Haddad"),
        )
    )
    papers = read(f"<html><title>{title}</title><body><h1>Articles</h1>{items}</body></html>", HTML)
    assert [(paper.venue, paper.year) for paper in papers] == [(venue, year)] * 3


def test_affiliations_in_elements_between_names_are_no_names() -> None:
    record = (
        "<div><a>{title}</a><div class='track'>Research Papers</div><div class='performers'><a>Ana Ruiz</a> "
        "<span class='prog-aff'>Northern University</span>, <a>Li Wei</a>, <a>Max Born</a> "
        "<span class='prog-aff'>Things Inc</span></div></div>"
    )
    titles = [
        "Pruning Large Networks While They Are Trained",
        "Scheduling of Layers on Small Devices",
        "Caches for the Layers of Language Models",
    ]
    papers = read("<html><h1>Accepted</h1>" + "".join(record.format(title=title) for title in titles), HTML)
    assert [paper.title for paper in papers] == titles
    assert all(names(paper) == ["Ana Ruiz", "Li Wei", "Max Born"] for paper in papers)


def test_a_digest_in_chinese_by_labels() -> None:
    entry = (
        "{at:02d}｜{title}\n\n🏷 分类：cs.CV\n👥 作者：Ana Ruiz、Li Wei 等\n🏫 机构：清华大学\n\n"
        "📌 一句话：{summary}\n"
    )
    titles = [
        "Pruning Networks While Training",
        "Scheduling of Layers on Devices",
        "Caches for Language Models",
    ]
    summary = "该工作系统评测了十二个开源模型的能力，发现数据质量比数据规模更重要。"
    text = "\n———\n\n".join(
        entry.format(at=at, title=title, summary=summary) for at, title in enumerate(titles, start=1)
    )
    papers = read(f"【论文速递】今日精选 3 篇\n\n{text}")
    assert [paper.title for paper in papers] == titles
    assert all(names(paper) == ["Ana Ruiz", "Li Wei"] and paper.abstract == summary for paper in papers)


def test_slides_name_their_authors_in_a_row() -> None:
    papers = read(
        "Pruning Large Networks: A Framework for Small Devices\n\nAna Ruiz1   Li Wei2   Max Born1\n\n"
        "1 University of Bergen   2 SimulaMet\n\nOutline\n• Motivation\n• Method\n"
    )
    assert [names(paper) for paper in papers] == [["Ana Ruiz", "Li Wei", "Max Born"]]


COURSES = """# Kurse

| Datum | Kurs | Leitung |
|----|----|----|
| 05.03. | Rechte und Kosten im Überblick | Herr Dr. Amsel |
| 10.03. | Suchstrategien für Einsteiger | Frau Kessel, Herr Boateng |
"""
LETTER = """Dear PC members,

Bidding opens tomorrow.

1. Be kind.
2. Sub-reviewers must be entered by name

Best wishes,
Ana Ruiz and Max Born
Program Chairs
"""


@pytest.mark.parametrize(("text", "reader"), [(COURSES, MARKDOWN), (LETTER, TEXT)])
def test_courses_and_letters_hold_no_paper(text: str, reader: Reader) -> None:
    assert read(text, reader) == ()


@pytest.mark.parametrize("reader", [HTML, MARKDOWN, TEXT])
def test_readers_of_pages_tell_the_scores_of_their_layouts(reader: Reader) -> None:
    text = f"<p>{PROSE}</p>" if reader is HTML else PROSE
    raw = Raw(path="page", data=b"", text=text, encoding="utf-8", media_type="text/plain")
    assert reader.layouts is not None
    layouts = reader.layouts(raw)
    assert layouts["general"] > 0
    assert all(0 <= value <= 1 for value in layouts.values())
