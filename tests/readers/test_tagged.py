"""Tagged files: dialects are told apart, records end where they should, every writer's habits are known."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KGError
from kg.readers.base import Parsed, Raw
from kg.readers.tagged import READER
from kg.readers.tagged_records import dialect_of, read_records
from kg.types import Paper


def raw(text: str, path: str = "x.txt") -> Raw:
    return Raw(path=path, data=b"", text=text, encoding="utf-8", media_type="text/plain")


def parsed(text: str) -> Parsed:
    return READER.read(raw(text))


def ris(*lines: str, kind: str = "JOUR") -> Paper:
    (paper,) = parsed("\n".join((f"TY  - {kind}", "T1  - A title", "SN  - 1", *lines, "ER  - "))).papers
    return paper


def names(paper: Paper) -> list[str]:
    return [author.name for author in paper.authors]


RIS = "TY  - JOUR\nT1  - One\nA1  - Doe, J.\nY1  - 2001\nER  - \n"
NBIB = "PMID- 1\nOWN - NLM\nTI  - One.\nFAU - Doe, Jane\nDP  - 2001\n"
ISI = "FN Clarivate\nVR 1.0\nPT J\nAU Doe, J\nTI One\nPY 2001\nER\n\nEF"
REFER = "%0 Journal Article\n%T One\n%A Doe, Jane\n%D 2001\n"
REFWORKS = "RT Journal Article\nA1 Doe, Jane\nT1 One\nYR 2001\n"


@pytest.mark.parametrize(
    ("text", "name"), [(RIS, "ris"), (NBIB, "nbib"), (ISI, "isi"), (REFER, "refer"), (REFWORKS, "refworks")]
)
def test_dialects_are_told_apart_whatever_the_line_ends_and_marks(text: str, name: str) -> None:
    for variant in (
        text,
        text.replace("\n", "\r\n"),
        text.replace("\n", "\r"),
        "\ufeff" + text,
        "\n\n" + text,
    ):
        dialect = dialect_of(variant)
        assert dialect is not None and dialect.name == name
        assert READER.score(raw(variant)) > 0.9
        (paper,) = parsed(variant).papers
        assert (paper.title, paper.year, len(paper.authors)) == ("One", 2001, 1)
        assert variant[paper.title_start : paper.title_end] == "One"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A letter about TY  - JOUR and more.\n",
        "<html>" + RIS,
        '{"a": 1}',
        "%T a LaTeX comment\n\\documentclass{article}\n",
        "ER visits rose\nPT is physical therapy\n",
        "RT this please\nT1 is a tumour\n",
    ],
)
def test_other_texts_are_not_taken(text: str) -> None:
    assert READER.score(raw(text)) == 0.0


def test_records_end_where_the_next_begins_though_none_closes_them() -> None:
    text = (
        "TY - JOUR\nT1 - One\nA1 - A, B.\nY1 - 2001\nTY - JOUR\nT1 - Two\nAB - x\n\nTY - JOUR\nT1 - Three\n"
    )
    assert [paper.title for paper in parsed(text).papers] == ["One", "Two", "Three"]


def test_lines_between_records_belong_to_none() -> None:
    text = (
        "1.\nTY  - JOUR\nT1  - One\nPY  - 2001\nKW  - a\nER  -\nNL  - X\n\nLink to: http://x.org\n\n"
        "2.\nTY  - JOUR\nT1  - Two\nER  -\n"
    )
    found = parsed(text)
    assert [paper.title for paper in found.papers] == ["One", "Two"]
    assert found.notes == ()


def test_lines_without_a_tag_go_on_the_value_before() -> None:
    paper = ris(
        "AB  - First line", "second line: TI - no tag", "", "New paragraph", "KW  - a", "b", "KW  - c"
    )
    assert paper.abstract == "First line second line: TI - no tag\n\nNew paragraph"
    assert paper.keywords == ("a", "b", "c")


def test_records_that_are_none_are_counted_and_those_without_title_named() -> None:
    text = RIS + "TY  - PAT\nT1  - P\nER  - \nTY  - JFULL\nT1  - J\nER  - \nTY  - JOUR\nAU  - X\nER  - \n"
    found = parsed(text)
    assert len(found.papers) == 1
    assert found.notes == (
        "line 12: a record without a title",
        "left out, being no papers: 1 journal, 1 patent",
    )


def test_a_case_with_an_abstract_is_a_case_study() -> None:
    found = parsed(
        "TY  - CASE\nTI  - Study\nAB  - We saw.\nER  - \nTY  - CASE\nTI  - Roe v. Wade\nPY  - 1973\nER  - \n"
    )
    assert [paper.title for paper in found.papers] == ["Study"]
    assert found.notes == ("left out, being no papers: 1 law",)


def test_editors_and_second_authors_are_no_authors() -> None:
    assert names(ris("AU  - Doe, Jane", "A2  - Roe, R.", "ED  - Poe, E.", "A3  - Zoe, Z.")) == ["Jane Doe"]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("AU  - King, Martin Luther, Jr.",), ["Martin Luther King Jr."]),
        (("A1  - Liu R.", "A1  - Adler D.G."), ["R. Liu", "D.G. Adler"]),
        (("AU  - Smith, J.; Doe, K.",), ["J. Smith", "K. Doe"]),
        (("AU  - The ATLAS Collaboration", "AU  - Aad, G."), ["The ATLAS Collaboration", "G. Aad"]),
        (("AU  - van der Berg, Jan", "AU  - et al."), ["Jan van der Berg"]),
        (("AU  - Doe,Jane", "AU  - [Anonymous]"), ["Jane Doe"]),
    ],
)
def test_names(lines: tuple[str, ...], wanted: list[str]) -> None:
    assert names(ris(*lines)) == wanted


@pytest.mark.parametrize(
    ("kind", "lines", "venue"),
    [
        ("JOUR", ("JF  - Full Name", "JO  - Full N.", "T2  - Other"), "Full Name"),
        ("JOUR", ("T2  - Full Name", "JO  - Full N."), "Full Name"),
        ("JOUR", ("T2  - Special issue on X", "JO  - Journal"), "Journal"),
        ("JOUR", ("JO  - arXiv preprint arXiv:1706.03762",), "arXiv preprint"),
        ("CHAP", ("BT  - A Book", "T2  - Series"), "A Book"),
        ("CONF", ("T2  - 2016 IEEE Conference (CVPR)", "C3  - X"), "IEEE Conference (CVPR)"),
        ("THES", ("T2  - ignored", "PB  - A university"), "A university"),
    ],
)
def test_venues(kind: str, lines: tuple[str, ...], venue: str | None) -> None:
    assert ris(*lines, kind=kind).venue == venue


@pytest.mark.parametrize(
    ("lines", "year", "date"),
    [
        (("PY  - 2019//",), 2019, None),
        (("PY  - 2018/04/05/",), 2018, "2018-04-05"),
        (("PY  - 2018", "DA  - MAR 1"), 2018, "2018-03-01"),
        (("PY  - Start date: 20170812",), 2017, "2017-08-12"),
        (("Y1  - 2020///Spring2020", "Y2  - 2021/01/02"), 2020, None),
        (("PY  - 2018", "DA  - 2001/02/03"), 2018, None),
        (("PY  - n.d.",), None, None),
        (("PY  - 2019", "DA  - 2019/02/31"), 2019, None),
    ],
)
def test_dates(lines: tuple[str, ...], year: int | None, date: str | None) -> None:
    paper = ris(*lines)
    assert (paper.year, paper.date) == (year, date)


def test_nbib_gives_each_author_what_is_theirs() -> None:
    text = (
        "PMID- 1\nTI  - [A title that is\n      wrapped].\nAD  - Nobody's\nFAU - Doe, Jane A\nAU  - Doe JA\n"
        "AUID- ORCID: 0000-0001-5555-1234\nAD  - Univ. X, \n      City.\nAD  - Univ. Y.\n"
        "FAU - Roe, R\nAU  - Roe R\nFED - Poe, E\nCN  - A Group\nPT  - Journal Article\nDP  - 2023 Feb 1\n"
        "AID - S01 [pii]\nAID - 10.1/Ab.C [doi]\n"
        "OT  - one\nOT  - two\nJT  - The journal\n"
    )
    (paper,) = parsed(text).papers
    assert paper.title == "A title that is wrapped"
    assert names(paper) == ["Jane A Doe", "R Roe", "A Group"]
    assert paper.authors[0].affiliation == "Univ. X, City.; Univ. Y."
    assert (paper.authors[0].orcid, paper.authors[1].orcid) == ("0000-0001-5555-1234", None)
    assert (paper.date, paper.keywords) == ("2023-02-01", ("one", "two"))


def test_web_of_science_has_affiliations_orcids_and_references() -> None:
    text = (
        "FN X\nVR 1.0\nPT J\nAU Doe, J\n   Roe, R\nAF Doe, Jane\n   Roe, Richard\nTI Title\n   wrapped\n"
        "SO NATURE\nC1 [Doe, Jane; Roe, Richard] Univ X, City.\n   [Roe, Richard] Univ Y.\n"
        "OI Roe, Richard/0000-0002-4658-5369\n"
        "CR Alceste F, 2018, J APPL, V7, P387, DOI 10.1016/J.X\n   [Anonymous], 1966, MIRANDA\n"
        "   Belk, RW, 1988, J CONSUM RES, V15, DOI DOI 10.1086/209154\nPY 2018\nER\nEF"
    )
    (paper,) = parsed(text).papers
    assert paper.title == "Title wrapped"
    assert [(author.name, author.affiliation, author.orcid) for author in paper.authors] == [
        ("Jane Doe", "Univ X, City", None),
        ("Richard Roe", "Univ X, City; Univ Y", "0000-0002-4658-5369"),
    ]
    assert [(r.year, r.doi, r.authors) for r in paper.references] == [
        (2018, "10.1016/j.x", ("F Alceste",)),
        (1966, None, ()),
        (1988, "10.1086/209154", ("RW Belk",)),
    ]


def test_refer_records_are_parted_by_empty_lines_or_types() -> None:
    text = REFER + "%X One.\n\nTwo.\n%U http://x.org\n\n%A Roe, R.\n%T Two\n%D 2002\n%0 Book\n%T Three\n"
    found = parsed(text)
    assert [paper.title for paper in found.papers] == ["One", "Two"] or len(found.papers) == 3
    assert found.papers[0].abstract == "One.\n\nTwo."
    assert found.papers[0].url == "http://x.org"


def test_records_know_their_tags() -> None:
    dialect = dialect_of(RIS)
    assert dialect is not None
    (record,) = read_records(RIS, dialect)
    assert record.first("TI", "T1") == "One"
    assert record.all("A1", "Y1") == ["Doe, J.", "2001"]
    assert (record.has("T1"), record.has("TI")) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\n" * 30_000,
        RIS.replace("One", "x\n" * 60_000),
        RIS + "ER  - \n" * 30_000,
        "FN x\nVR 1.0\nPT J\nTI x\nAU y\nC1 " + "[" * 200_000,
        REFER + "%X " + "\n%" * 60_000,
        NBIB + "AU  - Smith J\n" * 10_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    with suppress(KGError):
        parsed(text)
    assert time.process_time() - began < 4


@given(st.text(max_size=200), st.sampled_from([RIS, NBIB, ISI, REFER, REFWORKS]))
def test_no_text_breaks_the_reader(text: str, head: str) -> None:
    found = parsed(head + "\n" + text)
    assert found.papers[0].title is not None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("TY  - ELEC\nTI  - Arduino home\nUR  - https://www.arduino.cc\nER  - \n", False),
        ("TY  - BLOG\nTI  - On sorting\nAU  - Lee, Ann\nUR  - https://x.org\nER  - \n", False),
        (
            "TY  - ELEC\nTI  - On sorting\nAU  - Lee, Ann\nUR  - https://arxiv.org/abs/2301.00001\nER  - \n",
            True,
        ),
        ("TY  - ELEC\nTI  - On sorting\nAU  - Lee, Ann\nAB  - We sort.\nER  - \n", True),
        ("%0 Web Page\n%T Arduino home\n%U https://www.arduino.cc\n%D 2020\n", False),
        ("%0 Journal Article\n%T [Title page]\n%J Proc. X\n%D 2020\n", False),
    ],
)
def test_pages_of_the_web_and_front_matter_are_no_papers(text: str, kept: bool) -> None:
    assert bool(parsed(text).papers) is kept


def test_a_thesis_has_its_university_and_a_chapter_its_book() -> None:
    (thesis,) = parsed(
        "%0 Thesis\n%A Brandão, Inês\n%T Redes elétricas\n%D 2019\n%I Universidade do Porto\n"
    ).papers
    assert thesis.venue == "Universidade do Porto"
    (chapter,) = parsed("PMID- 2\nTI  - Asthma.\nBTI - StatPearls\nFAU - Doe, Jane\nDP  - 2022 Jan\n").papers
    assert (chapter.title, chapter.venue) == ("Asthma", "StatPearls")
