from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bylines import Bylines, name_key, resolve_bylines
from kg.person_names import parse_name, relation
from kg.types import Authorship, Paper

MakePaper = Callable[..., Paper]


def _authors(*papers: Paper) -> list[tuple[str, ...]]:
    return sorted(author.aliases for author in resolve_bylines(papers).authors)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zhu, Ligeng", "Ligeng Zhu"),
        ("Thomas B. Preußer", "THOMAS B PREUSSER"),
        ("José García", "Jose Garcia"),
        ("Pin-Yu Chen", "pin-yu chen"),
    ],
)
def test_printed_forms_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_initials_join_a_full_name_only_with_a_shared_coauthor(make_paper: MakePaper) -> None:
    full = make_paper("One", None, "Song Han", "Ligeng Zhu")
    assert _authors(full, make_paper("Two", None, "S. Han", "Ligeng Zhu")) == [
        ("Ligeng Zhu",),
        ("S. Han", "Song Han"),
    ]
    assert ("S. Han",) in _authors(full, make_paper("Two", None, "S. Han", "Ada Lovelace"))


def test_initials_that_fit_two_people_stay_apart(make_paper: MakePaper) -> None:
    papers = [
        make_paper("One", None, "Song Han", "Ligeng Zhu"),
        make_paper("Two", None, "Sue Han", "Ligeng Zhu"),
        make_paper("Three", None, "S. Han", "Ligeng Zhu"),
    ]
    assert ("S. Han",) in _authors(*papers)


def test_a_contradicting_middle_initial_stays_apart(make_paper: MakePaper) -> None:
    papers = [
        make_paper("One", None, "John Paul Smith", "Ada Lovelace"),
        make_paper("Two", None, "J. Q. Smith", "Ada Lovelace"),
    ]
    assert ("J. Q. Smith",) in _authors(*papers)


def test_every_position_has_its_author_whatever_the_order(make_paper: MakePaper) -> None:
    papers = [
        make_paper(f"Title {number}", None, "李 明", "S. Han", "Song Han", "", number=number)
        for number in range(4)
    ]
    expected: Bylines = resolve_bylines(papers)
    assert len(expected.author_of) == 16
    assert resolve_bylines(random.Random(1).sample(papers, 4)) == expected


def test_an_orcid_decides_both_ways() -> None:
    def paper(number: int, orcid: str) -> Paper:
        return Paper(
            paper_id=f"p:{number}",
            document_id="d",
            position=0,
            authors=(Authorship(name="Song Han", orcid=orcid),),
        )

    assert resolve_bylines([paper(1, "0-1"), paper(2, "0-1")]).authors[0].orcid == "0-1"
    two = resolve_bylines([paper(1, "0-1"), paper(2, "0-2")]).authors
    assert sorted(author.orcid or "" for author in two) == ["0-1", "0-2"]


def _together(*papers: Paper, works: dict[str, str] | None = None) -> list[set[str]]:
    """For each author the titles signed."""
    bylines = resolve_bylines(papers, works)
    titles: dict[str, set[str]] = {}
    for (paper_id, _), author in bylines.author_of.items():
        (title,) = (paper.title or "" for paper in papers if paper.paper_id == paper_id)
        titles.setdefault(author, set()).add(title)
    return list(titles.values())


def test_homonyms_stay_apart_without_anything_in_common(make_paper: MakePaper) -> None:
    papers = [
        make_paper("Parsing of Finnish", None, "Wei Wang", "Ada Byron"),
        make_paper("Radar Imaging", None, "Wei Wang", "Emmy Noether"),
    ]
    assert {"Parsing of Finnish", "Radar Imaging"} not in _together(*papers)
    alike = make_paper("Radar Imaging of Ships", None, "Wei Wang", "Emmy Noether", "Kurt Gödel", number=1)
    assert {"Radar Imaging", "Radar Imaging of Ships"} in _together(*papers, alike)


def test_a_rare_name_is_one_person_without_further_evidence(make_paper: MakePaper) -> None:
    one = make_paper("Parsing", None, "Mahdi Abavisani")
    two = make_paper("Radar", None, "Mahdi Abavisani", number=1)
    assert {"Parsing", "Radar"} in _together(one, two)


def test_two_names_in_one_byline_are_two_people(make_paper: MakePaper) -> None:
    paper = make_paper("Parsing", None, "Mahdi Abavisani", "M. Abavisani", "Mahdi Abavisani")
    other = make_paper("Radar", None, "Mahdi Abavisani", number=1)
    authors = resolve_bylines([paper, other]).author_of
    assert len({authors[paper.paper_id, position] for position in range(3)}) == 3


def test_no_chain_joins_names_that_contradict_each_other(make_paper: MakePaper) -> None:
    papers = [
        make_paper("One", None, "Vishal M. Patelski", "Ada Byron", "Emmy Noether"),
        make_paper("Two", None, "V. Patelski", "Ada Byron", "Emmy Noether", number=1),
        make_paper("Three", None, "Vishal K. Patelski", "Ada Byron", "Emmy Noether", number=2),
    ]
    authors = [aliases for aliases in _authors(*papers) if "Patelski" in aliases[0]]
    assert not any({"Vishal K. Patelski", "Vishal M. Patelski"} <= set(aliases) for aliases in authors)


def test_an_affiliation_is_evidence(make_paper: MakePaper) -> None:
    def paper(number: int, affiliation: str) -> Paper:
        names = (Authorship(name="Wei Wang", affiliation=affiliation),)
        return replace(make_paper(f"Title {number}", None, number=number), authors=names)

    fudan = [paper(n, "School of Physics, Fudan University, Shanghai, China") for n in (1, 2)]
    assert {"Title 1", "Title 2"} in _together(*fudan)
    assert {"Title 1", "Title 2"} not in _together(fudan[0], paper(2, "University of Edinburgh"))


def test_the_records_of_a_work_name_the_same_people(make_paper: MakePaper) -> None:
    one = make_paper("One", None, "Wei Wang", "Tianqi Chen")
    two = make_paper("Two", None, "Wang, W.", "陈天奇", number=1)
    works = {one.paper_id: "w:1", two.paper_id: "w:1"}
    found = resolve_bylines([one, two], works)
    assert sorted(author.aliases for author in found.authors) == [
        ("Tianqi Chen", "陈天奇"),
        ("Wang, W.", "Wei Wang"),
    ]
    assert len(resolve_bylines([one, two]).authors) == 4


def test_each_place_has_a_reason(make_paper: MakePaper) -> None:
    full = make_paper("One", None, "Song Han", "Ligeng Zhu")
    short = make_paper("Two", None, "S. Han", "Ligeng Zhu", number=1)
    reasons = resolve_bylines([full, short]).reasons
    assert {reason.rule for (paper, n), reason in reasons.items() if n == 0} == {
        "own name",
        "initials + co-authors",
    }
    assert all(0.9 < reason.score <= 1 for reason in reasons.values())


def test_ids_stay_when_papers_are_added(make_paper: MakePaper) -> None:
    old = [
        make_paper(
            f"Radar Imaging {n}", None, "Wei Wang", "Emmy Noether", "Mahdi Abavisani", number=n, year=2001
        )
        for n in range(3)
    ]
    new = [
        make_paper("Finnish Parsing", None, "Wei Wang", "Ada Byron", number=8, year=2020),
        make_paper("More Radar", None, "W. Wang", "Emmy Noether", "Mahdi Abavisani", number=9, year=2020),
        make_paper("Radar", None, "M. Abavisani", "Emmy Noether", number=10, year=2020),
    ]
    before = resolve_bylines(old).author_of
    after = resolve_bylines(old + new).author_of
    assert {place: after[place] for place in before} == before


NAMES = [
    "Wei Wang",
    "W. Wang",
    "Wang Wei",
    "Song Han",
    "S. Han",
    "Sue Han",
    "Jürgen Müller",
    "Jurgen Mueller",
    "X",
]


@given(st.lists(st.lists(st.sampled_from(NAMES), max_size=4), max_size=7), st.randoms())
def test_no_author_holds_a_contradiction_whatever_the_order(
    bylines: list[list[str]], rng: random.Random
) -> None:
    papers = [
        Paper(
            paper_id=f"p:{n}",
            title=f"Gradient number {n}",
            authors=tuple(Authorship(name=name) for name in names),
        )
        for n, names in enumerate(bylines)
    ]
    found = resolve_bylines(papers)
    for author in found.authors:
        names = [parse_name(alias) for alias in author.aliases]
        assert all(relation(a, b) is not None for a in names for b in names)
    for paper in papers:
        authors = [found.author_of[paper.paper_id, position] for position in range(len(paper.authors))]
        assert len(set(authors)) == len(authors)
    assert resolve_bylines(rng.sample(papers, len(papers))) == found
