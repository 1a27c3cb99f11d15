from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from kg.bylines import Bylines, name_key, resolve_bylines
from kg.types import Paper

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


def test_orcid_is_kept_only_without_contradiction() -> None:
    from kg.types import Authorship

    def paper(number: int, orcid: str) -> Paper:
        return Paper(
            paper_id=f"p:{number}",
            document_id="d",
            position=0,
            authors=(Authorship(name="Song Han", orcid=orcid),),
        )

    assert resolve_bylines([paper(1, "0-1"), paper(2, "0-1")]).authors[0].orcid == "0-1"
    assert resolve_bylines([paper(1, "0-1"), paper(2, "0-2")]).authors[0].orcid is None
