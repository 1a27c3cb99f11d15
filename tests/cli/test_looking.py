"""``kg show`` and ``kg stats`` on a toy build, as a person and as a program sees them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from syrupy.assertion import SnapshotAssertion

from kg.cli.layout import display_width
from kg.tables import Tables

Run = Callable[..., Result]


@pytest.mark.parametrize("name", ["IOS", "GPU", "faster kernels on a gpu", "Song Han", "MLSys", "i"])
def test_show_a_node(kg: Run, build_dir: Path, name: str, snapshot: SnapshotAssertion) -> None:
    result = kg("show", build_dir, name)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == snapshot


def test_show_an_overview(kg: Run, build_dir: Path, snapshot: SnapshotAssertion) -> None:
    assert kg("show", build_dir).stdout == snapshot


@pytest.mark.parametrize("columns", ["40", "60", "100"])
def test_lines_fit_the_terminal(
    kg: Run, build_dir: Path, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for name in ("IOS", "GPU", "TensorRT", "Song Han", "faster"):
        for line in kg("show", build_dir, name).stdout.splitlines():
            assert display_width(line) <= int(columns), line


def test_show_as_json(kg: Run, build_dir: Path) -> None:
    node = json.loads(kg("show", build_dir, "ios", "--json").stdout)
    assert (node["kind"], node["name"]) == ("method", "IOS")
    assert node["results"][0]["low"] == 1.1
    assert node["relations"][0]["quote"] == "IOS outperforms TensorRT by 1.1 to 1.5x on GPUs."
    assert len(json.loads(kg("show", build_dir, "i", "--json").stdout)["candidates"]) == 2
    assert json.loads(kg("show", build_dir, "--json").stdout)["counts"]["paper"] == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [("IOS", "TensorRT"), ("Yaoyao Ding", "TensorRT"), ("Yaoyao Ding", "cuDNN"), ("i", "GPU")],
)
def test_explain_two_things(
    kg: Run, build_dir: Path, one: str, other: str, snapshot: SnapshotAssertion
) -> None:
    result = kg("explain", build_dir, one, other)
    assert result.exit_code == 0
    assert result.stdout == snapshot


def test_explain_as_json(kg: Run, build_dir: Path) -> None:
    data = json.loads(kg("explain", build_dir, "ios", "tensorrt", "--json").stdout)
    (edge,) = data["edges"]
    assert edge["place"]["line"] == 5
    assert {form["rule"] for form in data["forms_of_one"]}
    assert "candidates" in json.loads(kg("explain", build_dir, "i", "GPU", "--json").stdout)
    none = json.loads(
        kg("explain", build_dir, "ios", "tensorrt", "--min-confidence", "0.95", "--json").stdout
    )
    assert (none["edges"], none["results"]) == ([], [])


def test_filters_of_show(kg: Run, build_dir: Path) -> None:
    assert "runs_on" in kg("show", build_dir, "IOS").stdout
    assert "runs_on" not in kg("show", build_dir, "IOS", "--min-confidence", "0.65").stdout
    assert "compared_with" not in kg("show", build_dir, "IOS", "--min-support", "2").stdout
    assert kg("show", build_dir, "IOS", "--min-confidence", "1.5").exit_code == 2


def test_show_what_is_not_there(kg: Run, build_dir: Path) -> None:
    result = kg("show", build_dir, "tensorrrt")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == "Error: nothing is called 'tensorrrt'\nHint: did you mean 'TensorRT'?\n"


def test_the_tables_folder_itself_will_do(kg: Run, build_dir: Path) -> None:
    assert kg("stats", build_dir / "tables").stdout == kg("stats", build_dir).stdout


def test_a_document_does_not_steer_the_terminal(kg: Run, tmp_path: Path, toy_tables: Tables) -> None:
    for paper in toy_tables.papers:
        paper["text"] = paper["text"].replace("IOS outperforms", "\x1b[2J\x07 outperforms")
        paper["abstract"] = "\x1b]0;title\x07 evil \u202e"
        paper["title"] = f"\x1b[31m{paper['title']}"
    toy_tables.write(tmp_path)
    for arguments in (["show", tmp_path], ["show", tmp_path, "IOS"], ["show", tmp_path, "kernels"]):
        result = kg(*arguments, color=True)
        assert result.exit_code == 0
        text = re.sub("\x1b\\[[012]m", "", result.stdout)  # bold, dim, as before
        assert not any(char in text for char in "\x1b\x07\u202e")


def test_stats(kg: Run, build_dir: Path, snapshot: SnapshotAssertion) -> None:
    result = kg("stats", build_dir, "--top", "2")
    assert result.exit_code == 0
    assert result.stdout == snapshot


def test_stats_as_json(kg: Run, build_dir: Path) -> None:
    data = json.loads(kg("stats", build_dir, "--json").stdout)
    assert data["counts"]["papers"] == 2
    assert data["top"]["tool"][0] == {"name": "TensorRT", "papers": 2, "mentions": 2}


def test_long_lists_are_cut(kg: Run, tmp_path: Path, toy_tables: Tables) -> None:
    paper = toy_tables.papers[0]
    papers = [
        {**paper, "paper_id": f"p:{i}", "work_id": f"w:{i}", "venue": f"Venue {i:02}"} for i in range(30)
    ]
    Tables(papers=papers).write(tmp_path)
    text = kg("stats", tmp_path).stdout
    assert "Venue 19" in text
    assert "Venue 20" not in text
    assert "... and 10 more" in text
