"""``kg readers`` and ``kg inspect``: what a user runs when something was not understood."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.cli.layout import display_width

Run = Callable[..., Result]
PAPER = (
    "A Method for Sparse Networks\n\nAna Ruiz, Li Wei, Bo Chen\n\nWe present a method that prunes networks "
    "while they are trained, so that no second pass is needed. It is twice as fast as before.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "paper.txt").write_text(PAPER)
    (tmp_path / "list.jsonl").write_text(
        "".join(
            json.dumps({"title": f"Paper {n} \x1b[31m on 知识图谱 and Graphs of Every Kind and Length",
                        "authors": ["Ana Ruiz"], "venue": "ISCA", "year": 2020, "abstract": "We do."}) + "\n"
            for n in range(3)
        ) + "not json\n"
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("inside.txt", PAPER.replace("Sparse", "Dense"))
        archive.writestr("noise.png", b"\x89PNG\r\n\x1a\n")
    return tmp_path


def test_readers_are_listed_with_what_they_read(kg: Run) -> None:
    result = kg("readers")
    assert result.exit_code == 0
    names = [line.split()[0] for line in result.stdout.splitlines() if line[0] != " "]
    assert {"text", "html", "markdown", "jsonl"} <= set(names)
    assert names == sorted(names)
    for row in json.loads(kg("readers", "--json").stdout):
        assert row["reads"], f"{row['name']} does not say what it reads"
        assert row["takes"]


def test_inspect_shows_kind_scores_and_papers(kg: Run, folder: Path) -> None:
    result = kg("inspect", folder / "paper.txt")
    assert result.exit_code == 0
    assert "reader    text" in result.stdout
    assert "status    ok" in result.stdout
    line = next(line for line in result.stdout.splitlines() if line.startswith("1 "))
    assert "A Method for Sparse Networks" in line
    assert "Ana Ruiz +2" in line


def test_inspect_names_what_went_wrong_and_goes_on(kg: Run, folder: Path) -> None:
    result = kg("inspect", folder, "--limit", 2)
    assert result.exit_code == 0
    assert "line 4: not JSON" in " ".join(result.stdout.split())
    assert "and 1 more; --limit shows them" in result.stdout
    assert "more.zip!/inside.txt" in result.stdout
    assert "a PNG picture" in result.stdout
    assert "\x1b" not in result.stdout
    for line in result.stdout.splitlines():
        assert display_width(line) <= 80, line


def test_inspect_as_json(kg: Run, folder: Path) -> None:
    lines = [json.loads(line) for line in kg("inspect", folder, "--json").stdout.splitlines()]
    assert [line["path"] for line in lines] == [
        "list.jsonl", "more.zip!/inside.txt", "more.zip!/noise.png", "paper.txt"
    ]  # fmt: skip
    first, _, picture, last = lines
    assert first["scores"]["jsonl"] > first["scores"]["text"]
    assert first["paper_list"][0]["year"] == 2020
    assert (picture["status"], picture["scores"]) == ("failed", {})
    assert [author["name"] for author in last["paper_list"][0]["authors"]] == [
        "Ana Ruiz",
        "Li Wei",
        "Bo Chen",
    ]


def test_standard_input(kg: Run) -> None:
    result = kg("inspect", "-", "--json", input=PAPER.encode())
    assert json.loads(result.stdout)["paper_list"][0]["title"] == "A Method for Sparse Networks"


def test_a_missing_file_is_an_error(kg: Run, tmp_path: Path) -> None:
    result = kg("inspect", tmp_path / "gone.bib")
    assert result.exit_code == 1
    assert "no such file" in result.stderr
