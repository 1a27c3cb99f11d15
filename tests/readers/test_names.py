"""Bylines and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.name_lists import name_list
from kg.readers.names import names_at


def printed(text: str) -> list[str]:
    found = name_list(text)
    return [author.name for author in found.authors] if found else []


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ligeng Zhu, Zhijian Liu, and Song Han", ["Ligeng Zhu", "Zhijian Liu", "Song Han"]),
        ("Yaoyao Ding · Ligeng Zhu · Song Han", ["Yaoyao Ding", "Ligeng Zhu", "Song Han"]),
        ("Hamzah Abdelaziz · ali shafiee", ["Hamzah Abdelaziz", "ali shafiee"]),
        ("Tim de Bruin, Luc Van Gool & Eyal de Lara", ["Tim de Bruin", "Luc Van Gool", "Eyal de Lara"]),
        ("J.-P. Serre; D. E. Knuth", ["J.-P. Serre", "D. E. Knuth"]),
        (
            "Thomas B. Preußer, Rémi Giraud, Łukasz Kaiser",
            ["Thomas B. Preußer", "Rémi Giraud", "Łukasz Kaiser"],
        ),
        ("Jane O'Neill, Jean-Luc Martin", ["Jane O'Neill", "Jean-Luc Martin"]),
        ("Song Han1,2, Huizi Mao2*, William J. Dally†", ["Song Han", "Huizi Mao", "William J. Dally"]),
        ("Ana Ruiz (MIT), Li Wei (CMU)", ["Ana Ruiz", "Li Wei"]),
        ("Ana Ruiz <ana@example.org>, Li Wei <li@example.org>", ["Ana Ruiz", "Li Wei"]),
        ("张伟、李娜、王芳", ["张伟", "李娜", "王芳"]),
        ("Иван Петров, Анна Смирнова", ["Иван Петров", "Анна Смирнова"]),
        ("Sanchari Sen, Shubham Jain et al.", ["Sanchari Sen", "Shubham Jain"]),
        ("Bo An, Can Qin, Limin Han", ["Bo An", "Can Qin", "Limin Han"]),
        ("Ana Ruiz, Hakki Can Karaimer et al.", ["Ana Ruiz", "Hakki Can Karaimer"]),
        ("Ana Ruiz¹, Li Wei²³ and Eva Sanz¹", ["Ana Ruiz", "Li Wei", "Eva Sanz"]),
        ("Ana Ruiz 1 , Li Wei 2 , Eva Sanz 3", ["Ana Ruiz", "Li Wei", "Eva Sanz"]),
        ("Ana Ruiz, Li Wei, +4 authors, Eva Sanz", ["Ana Ruiz", "Li Wei", "Eva Sanz"]),
        ("Ana Ruiz ، Li Wei", ["Ana Ruiz", "Li Wei"]),
        ("山田 太郎、鈴木 花子", ["山田 太郎", "鈴木 花子"]),
        (
            "Erik Learned-Miller, Georgios Th. Papadopoulos",
            ["Erik Learned-Miller", "Georgios Th. Papadopoulos"],
        ),
        ("Doe J, Roe RM.", ["J Doe", "RM Roe"]),
        ("Anna Smith, Sabine Schulte im Walde", ["Anna Smith", "Sabine Schulte im Walde"]),
        ("Chee Wee (Ben) Leong · Ana Ruiz", ["Chee Wee (Ben) Leong", "Ana Ruiz"]),
        ("Huawei Feng, Linlin Wang", ["Huawei Feng", "Linlin Wang"]),
        ("Ruiz, Ana; Wei, Li", ["Ana Ruiz", "Li Wei"]),
        (
            "Ana Ruiz and Li Wei, IIT Bombay; Eva Sanz, Universidad de Chile",
            ["Ana Ruiz", "Li Wei", "Eva Sanz"],
        ),
        (
            "J. Serrano. J. Kevari · Rumy Narayan · Li Wei",
            ["J. Serrano. J. Kevari", "Rumy Narayan", "Li Wei"],
        ),
    ],
)
def test_bylines(byline: str, names: list[str]) -> None:
    assert printed(byline) == names


@pytest.mark.parametrize(
    "title",
    [
        "Sparse Tensor Core: Algorithm and Hardware Co-Design",
        "Faster, Smaller and More Accurate Models",
        "Attention Is All You Need",
        "Design, Benchmark and Deploy Binarized Neural Networks",
        "Vision, Language, and Action",
        "Related Work",
        "Poster Session 2",
        "",
    ],
)
def test_titles_are_no_bylines(title: str) -> None:
    found = name_list(title)
    assert found is None or found.score < 0.55


def test_affiliations_go_to_the_names() -> None:
    shared = name_list("Adi Fuchs, David Wentzlaff. Princeton University")
    own = name_list("Ana Ruiz, MIT; Li Wei, Stanford University")
    assert shared and [author.affiliation for author in shared.authors] == ["Princeton University"] * 2
    assert own and [author.affiliation for author in own.authors] == ["MIT", "Stanford University"]


def test_a_group_shares_its_institution() -> None:
    found = name_list("Ana Ruiz and Li Wei, IIT Bombay; Eva Sanz, University of California, Davis")
    assert found and [author.affiliation for author in found.authors] == [
        "IIT Bombay",
        "IIT Bombay",
        "University of California, Davis",
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "With the machine learning community trying",
        "Weeds compete with crops for light",
        "Recently, the fusion of depth and color has been studied",
        "Cross-referencing, which links passages of text",
        "Intracranial aneurysms pose a risk",
        "Motivational interviewing (MI) promotes change",
        "We show that it works",
    ],
)
def test_a_byline_ends_where_prose_begins(prose: str) -> None:
    text = f"Yu Ji, Youhui Zhang, Yuan Xie {prose}"
    found = names_at(text, 0)
    assert found and text[found.end :] == f" {prose}"


@pytest.mark.parametrize(
    ("byline", "venue"),
    [
        ("Ana Ruiz, Li Wei; Proceedings of ICML, PMLR 139:1-10", "Proceedings of ICML, PMLR 139:1-10"),
        ("Ana Ruiz, Li Wei. In ISCA 2018.", "In ISCA 2018"),
        ("Ana Ruiz, Li Wei. *CVPR 2020*", "CVPR 2020"),
        ("A Ruiz, L Wei - Nature, 2020 - nature.com", "Nature, 2020 - nature.com"),
        ("Ana Ruiz, Li Wei", None),
    ],
)
def test_a_venue_may_follow_the_names(byline: str, venue: str | None) -> None:
    found = name_list(byline)
    assert found and len(found.authors) == 2
    assert found.venue == venue


@pytest.mark.parametrize("line", ["Jane Roe, John Doe (Editors)", "Jane Roe (Chair)", "Jane Roe [eds.]"])
def test_editors_and_chairs_are_no_byline(line: str) -> None:
    assert name_list(line) is None


def test_a_team_among_the_names_does_not_hide_the_byline() -> None:
    assert printed("NVIDIA, Hassan Abu Alhaija, Jose Alvarez, Maciej Bala, Tiffany Cai")[:2] == [
        "NVIDIA",
        "Hassan Abu Alhaija",
    ]


def test_forty_authors() -> None:
    names = [
        f"{first} {last}"
        for first in ("Ana", "Wei", "Omar", "Ines")
        for last in ["Li", "Ruiz", "Khan", "Sato", "Abel", "Cruz", "Dahl", "Eze", "Fox", "Gao"]
    ]
    assert printed(", ".join(names)) == names


@given(st.text(max_size=300))
def test_any_text_is_safe(text: str) -> None:
    found = names_at(text, 0)
    if found is not None:
        assert 0 < found.end <= len(text)
        assert all(author.name for author in found.authors)
