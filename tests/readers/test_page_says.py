"""What a page says of its papers outside their text: markup, its own venue, dates by records, mails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.readers import Reading, Source, read
from kg.readers.pages.issue_lines import issue_of
from kg.readers.roles import role_of
from kg.text import collapse

A = (
    "We present a method that prunes networks while they are trained, so that no second pass over the data "
    "is needed. Our experiments show that it is twice as fast as before, at the same accuracy."
)
B = (
    "Caches are small and workloads are large. This paper proposes a policy that evicts what is used least, "
    "and shows in simulation that it saves 20% of energy on all benchmarks that were tried."
)


def read_text(folder: Path, text: str, name: str = "x.html") -> Reading:
    path = folder / name
    path.write_bytes(text.encode())
    return read(Source(path=name, file=path))


def test_classes_say_what_is_what(tmp_path: Path) -> None:
    card = '<div class="card"><div class="paper-authors">{}</div>'
    card += '<h4 class="paper-title"><a href="{}">{}</a></h4>'
    card += '<span class="badge">Oral</span><div class="abstract-text"><p>{}</p></div></div>'
    page = "<html><title>Programme | MLSys 2022</title><h1>Programme</h1>"
    page += card.format("The ATLAS Collaboration", "https://arxiv.org/abs/2201.00001", "Pruning, Fast", A)
    page += card.format("by Ana Ruiz and Li Wei", "https://doi.org/10.1000/xyz", "Evicting", B) + "</html>"
    first, second = read_text(tmp_path, page).papers
    assert (first.title, [author.name for author in first.authors]) == (
        "Pruning, Fast",
        ["The ATLAS Collaboration"],
    )
    assert (second.title, [author.name for author in second.authors]) == ("Evicting", ["Ana Ruiz", "Li Wei"])
    assert (first.abstract, first.venue, first.year, first.arxiv_id) == (A, "MLSys", 2022, "2201.00001")
    assert second.doi == "10.1000/xyz"


@pytest.mark.parametrize(
    ("attributes", "role"),
    [
        (' class="list-title mathjax"', "title"),
        (' class="pubauthors"', "authors"),
        (' itemprop="datePublished"', "year"),
        (' class="title-link"', "title"),
        (' class="abstract-link"', ""),
        (' class="author-bio"', ""),
        (' id="site-title"', ""),
        (' class="entry-title"', ""),
    ],
)
def test_roles_of_elements(attributes: str, role: str) -> None:
    assert role_of(attributes) == role


@pytest.mark.parametrize(
    ("top", "venue", "year"),
    [
        ("ISCA 2023 Main Program", "ISCA", 2023),
        ("Accepted papers - SOSP '21", "SOSP", 2021),
        ("Proceedings of the 38th International Conference on Machine Learning, 2021",
         "Proceedings of the 38th International Conference on Machine Learning", 2021),
        ("Medical Image Computing – MICCAI 2025", "Medical Image Computing (MICCAI)", 2025),
        ("VLSI Symposium 2021", "VLSI Symposium", 2021),
        ("My favourite posts of the week", None, None),
    ],
)  # fmt: skip
def test_venue_and_year_of_the_whole_page(
    top: str, venue: str | None, year: int | None, tmp_path: Path
) -> None:
    text = (
        f"{top}\n\nPruning While Training\n\nAna Ruiz, Li Wei\n\n{A}\n\nEvicting, "
        f"Fast\n\nJane Doe, John Smith\n\n{B}\n"
    )
    papers = read_text(tmp_path, text, "x.txt").papers
    assert [(paper.venue, paper.year) for paper in papers] == [(venue, year)] * 2


@pytest.mark.parametrize("above", [True, False])
def test_dates_belong_to_the_record_on_their_side(above: bool, tmp_path: Path) -> None:
    records = [
        ("Pruning While Training\nAna Ruiz, Li Wei", A, "3 May 2021"),
        ("Evicting, Fast\nJane Doe, John Smith", B, "4 June 2022"),
    ]
    text = "\n\n".join(
        f"{day}\n{top}\n\n{prose}" if above else f"{top}\n\n{prose}\n{day}" for top, prose, day in records
    )
    papers = read_text(tmp_path, text, "x.txt").papers
    assert [paper.date for paper in papers] == ["2021-05-03", "2022-06-04"]


@pytest.mark.parametrize(
    ("line", "venue", "year"),
    [
        ("Published in ICML, 2022", "ICML", 2022),
        ("Year: 2024 | Volume: 20, Issue: 12", None, 2024),
        ("[3] arXiv:2605.04920 [pdf, html, other]", None, 2026),
        ("Doxa Comunicación, ISSN 1696-019X, Nº. 40, 2025, págs. 15-38", "Doxa Comunicación", 2025),
        ("March 2026", None, 2026),
    ],
)
def test_lines_of_an_issue(line: str, venue: str | None, year: int | None) -> None:
    found = issue_of(line.split(" | ", maxsplit=1)[0])
    assert found is not None and (found.venue, found.year) == (venue, year)


@pytest.mark.parametrize(
    "line",
    ["© 2020 A Society", "Tuesday May 2, 2023 10:00am", "Last updated 3 May 2021", "Presented by: Ana"],
)
def test_lines_of_no_issue(line: str) -> None:
    assert issue_of(line) is None


MAIL = r"""------------------------------------------------------------------------------
\\
arXiv:2605.01621
Date: Tue, 5 May 2026 10:00:33 GMT   (300kb)

Title: Deep Video Discovery: Agentic Search with Tool Use for Long-form
  Video Understanding
Authors: Xiaoyi Zhang, Zhaoyang Jia and
  Yan Lu
Categories: cs.CV cs.AI
\\
  Long-form video understanding presents significant challenges due to
extensive complexity.
\\ ( https://arxiv.org/abs/2605.01621 ,  300kb)
------------------------------------------------------------------------------
\\
arXiv:2508.14797
replaced with revised version Wed, 6 May 2026 11:20:41 GMT   (811kb,D)

Title: Another One
Authors: Kihyun Na
Categories: cs.CV
\\ ( https://arxiv.org/abs/2508.14797 ,  811kb)
------------------------------------------------------------------------------
"""


@pytest.mark.parametrize("quoted", [False, True])
def test_announcement_mails(quoted: bool, tmp_path: Path) -> None:
    text = "".join(f"> {line}\n" for line in MAIL.splitlines()) if quoted else MAIL
    first, second = read_text(tmp_path, text, "mail.txt").papers
    assert (
        collapse(first.title or "")
        == "Deep Video Discovery: Agentic Search with Tool Use for Long-form Video Understanding"
    )
    assert [author.name for author in first.authors] == ["Xiaoyi Zhang", "Zhaoyang Jia", "Yan Lu"]
    assert (first.abstract or "").startswith("Long-form video") and (first.abstract or "").endswith(
        "complexity."
    )
    assert (first.arxiv_id, first.date, first.categories) == ("2605.01621", "2026-05-05", ("cs.CV", "cs.AI"))
    assert (second.title, second.abstract, second.year) == ("Another One", None, 2025)


def test_the_json_of_a_page_helps(tmp_path: Path) -> None:
    data = {
        "papers": [
            {"paper": {"title": "Pruning While Training", "authors": [{"name": "Ana Ruiz"}], "summary": A}}
        ]
    }
    shown = "".join(
        f"<article><h3>{title}</h3><p>· 3 authors</p></article>"
        for title in ("Pruning While Training", "Evicting Caches Fast")
    )
    page = f"<html><title>Daily</title><div data-props='{json.dumps(data)}'></div>{shown}</html>"
    first, second = read_text(tmp_path, page).papers
    assert ([author.name for author in first.authors], first.abstract) == (["Ana Ruiz"], A)
    assert (second.title, second.authors) == ("Evicting Caches Fast", ())


UNCLEAN = "Ef\u00adficient \ufb01ltering\u200b of Q&amp;A Networks\n\nJane\u200b Doe, Li\u2060 Wei\n\n{}\n"


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html"])
def test_signs_that_nobody_sees_are_no_part_of_a_field(name: str, tmp_path: Path) -> None:
    text = UNCLEAN.format(A)
    if name == "x.html":
        text = "<html>" + "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    if name == "x.md":
        text = f"# {text}"
    reading = read_text(tmp_path, text, name)
    (paper,) = reading.papers
    assert paper.title == "Efficient filtering of Q&A Networks"
    assert [author.name for author in paper.authors] == ["Jane Doe", "Li Wei"]
    assert reading.document.text[paper.title_start : paper.title_end].startswith("Ef\u00adficient \ufb01l")
