"""The scores of reading count what a person would count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import GoldError
from kg.reading_scores import score_documents, score_papers
from kg.scores import Counts
from kg.types import Authorship, Paper

TEXT = (
    "A Method for Sparse Networks\n\nAna Ruiz, Li Wei\n\nWe present a method that prunes networks while they "
    "are trained. It is twice as fast.\n"
)
RECORD = {
    "title": "A Method for Sparse Networks",
    "authors": ["Ana Ruiz", "Li Wei"],
    "venue": None,
    "year": None,
    "abstract": "We present a method that prunes networks while they are trained. It is twice as fast.",
}


def paper(title: str, *names: str, **fields: object) -> Paper:
    authors = tuple(Authorship(name=name) for name in names)
    return Paper(title=title, authors=authors, **fields)  # type: ignore[arg-type]


def test_each_record_takes_the_paper_that_is_most_like_it() -> None:
    read = [
        paper("On Trees", "Ana Ruiz", venue="Proceedings of ISCA", year=2020),
        paper("On Treess", "Li Wei"),
        paper("Menu", "Log In"),
    ]
    expected = [
        {"title": "On Treess", "authors": ["Li Wei", "Bo Chen"], "year": 2019},
        {"title": "on trees", "authors": ["Ana Ruiz"], "venue": "ISCA", "year": 2021},
        {"title": "Something Else Entirely", "authors": ["Eve"]},
    ]
    scores = score_papers(read, expected)
    assert scores.papers == Counts(2, 3, 3)
    assert scores.authors == Counts(2, 3, 4)
    assert scores.bylines == Counts(1, 2, 3)
    assert scores.venues == Counts(1, 1, 1)
    assert scores.years == Counts(0, 1, 2)


def test_papers_without_titles_are_told_by_their_abstracts() -> None:
    scores = score_papers([Paper(abstract=RECORD["abstract"])], [{**RECORD, "title": None, "authors": []}])
    assert scores.papers == scores.abstracts == Counts(1, 1, 1)


def test_documents_are_read_and_scored(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("Milk, eggs and bread.\n")
    expected = tmp_path / "expected.json"
    expected.write_text(json.dumps({"a.txt": [RECORD], "b.txt": []}))
    scores = dict(score_documents(expected))
    assert scores["a.txt"].papers.f1 == scores["a.txt"].abstracts.f1 == 1.0
    assert scores["b.txt"].papers == Counts()
    result = CliRunner().invoke(cli, ["evaluate", "--documents", str(expected)])
    assert "2 of 2 documents are read without a fault" in result.stdout
    assert "1 papers found, 0 missed, 0 invented" in result.stdout
    data = json.loads(CliRunner().invoke(cli, ["evaluate", "--documents", str(expected), "--json"]).stdout)
    assert data["all"]["authors"] == {"f1": 1.0, "found": 2, "read": 2, "expected": 2}


def test_an_expectation_of_another_form_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "expected.json").write_text("[1, 2]")
    with pytest.raises(GoldError, match="no readable expectation"):
        list(score_documents(tmp_path / "expected.json"))
