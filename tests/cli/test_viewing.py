"""``kg export`` of a part of the graph: what is written, what is said of the rest, what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from click.testing import Result
from syrupy.assertion import SnapshotAssertion

Run = Callable[..., Result]


@pytest.mark.parametrize(
    "choices",
    [
        ["--view", "concepts"],
        ["--view", "coauthors"],
        ["--view", "comentions", "--min-support", "1", "--max-nodes", "3"],
        ["--type", "tool,method", "--type", "author"],
        ["--around", "cudnn", "--hops", "1"],
        ["--year", "2021", "--min-confidence", "0.85"],
    ],
    ids=" ".join,
)
def test_a_part_and_what_was_left_out(
    kg: Run, build_dir: Path, tmp_path: Path, snapshot: SnapshotAssertion, choices: list[str]
) -> None:
    target = tmp_path / "part"
    result = kg("export", build_dir, "--format", "graphml", "-o", target, *choices)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(target / "graph.graphml")]
    read = nx.read_graphml(target / "graph.graphml", force_multigraph=True)
    kept = f"{len(read)} nodes, {read.number_of_edges()} edges".replace("1 edges", "1 edge")
    assert result.stderr.splitlines()[-1] == f"kept: {kept}"
    assert result.stderr == snapshot


def test_the_heading_says_what_is_shown(kg: Run, build_dir: Path, tmp_path: Path) -> None:
    kg("export", build_dir, "--format", "graphml", "-o", tmp_path, "--view", "results")
    text = (tmp_path / "graph.graphml").read_text(encoding="utf-8")
    assert "<desc>Knowledge graph of 2 papers: results</desc>" in text


def test_derived_edges_reach_the_file_with_their_weight_and_papers(
    kg: Run, build_dir: Path, tmp_path: Path
) -> None:
    kg("export", build_dir, "--format", "graphml", "-o", tmp_path, "--view", "coauthors")
    read = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    edges = [data for *_, data in read.edges(data=True)]
    assert [(edge["kind"], edge["weight"], edge["derived"]) for edge in edges] == [
        ("coauthor_of", 1.0, True)
    ] * 2
    assert all(edge["papers"] == edge["evidence_paper"] and "weight_" not in edge for edge in edges)


def test_a_part_does_not_take_the_place_of_the_whole(kg: Run, build_dir: Path) -> None:
    for output in ([], ["-o", build_dir]):
        result = kg("export", build_dir, "--format", "graphml", "--view", "papers", *output)
        assert result.exit_code == 2
        assert "needs a folder of its own" in result.stderr
    assert not (build_dir / "graph.graphml").exists()


@pytest.mark.parametrize(
    ("choices", "status", "message"),
    [
        (["--view", "tulips"], 2, "'tulips' is not one of full, concepts"),
        (["--type", "tool,flower"], 2, "'flower' is not one of paper, author"),
        (["--year", "24"], 2, "'24' is not a year like 2024"),
        (["--year", "-"], 2, "'-' is not a year"),
        (["--year", "2024-2019"], 2, "ends before it begins"),
        (["--year", "1999-"], 0, "left out (to now)"),
        (["--around", "i"], 1, "2 nodes may be meant by 'i'"),
        (["--around", "tensrt"], 1, "did you mean 'TensorRT'"),
        (["--min-support", "9"], 1, "nothing is left of the graph"),
        (["--year", "-1999"], 1, "nothing is left of the graph"),
    ],
)
def test_wrong_choices(
    kg: Run, build_dir: Path, tmp_path: Path, choices: list[str], status: int, message: str
) -> None:
    result = kg("export", build_dir, "--format", "graphml", "-o", tmp_path / "part", *choices)
    assert result.exit_code == status
    if status:
        assert message in " ".join(result.stderr.split())
        assert not (tmp_path / "part").exists()


@pytest.mark.parametrize(
    ("years", "kept"), [("2021", 2), ("2020-2021", 2), ("2021–", 2), ("-2022", 2), ("2019 - 2021", 2)]
)
def test_years_as_people_write_them(kg: Run, build_dir: Path, tmp_path: Path, years: str, kept: int) -> None:
    result = kg("export", build_dir, "--format", "graphml", "-o", tmp_path / "part", "--year", years)
    assert result.exit_code == 0
    read = nx.read_graphml(tmp_path / "part" / "graph.graphml", force_multigraph=True)
    assert sum(data["kind"] == "paper" for _, data in read.nodes(data=True)) == kept
