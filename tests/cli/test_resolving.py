"""``kg resolve``: what is shown, what is written, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.decisions import read_decisions
from kg.manifest import read_manifest, write_manifest
from kg.recipe import Recipe

Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "decisions.toml"


def test_review_shows_counts_and_says_what_it_leaves_out(kg: Run, build_dir: Path) -> None:
    result = kg("resolve", "review", build_dir)
    assert result.exit_code == 0
    assert result.stdout.startswith("weak merge: 0, alike: ")
    assert json.loads(kg("resolve", "review", build_dir, "--json", "--kind", "alike").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "kind", "name"),
    [
        (("merge", "TensorRT", "cuDNN"), "merge", "TensorRT"),
        (("split", "IOS", "Inter-Operator Scheduler"), "split", "Inter-Operator Scheduler"),
        (("rename", "gpu", "graphics processor"), "rename", "GPU"),
        (("ignore", "cudnn"), "ignore", "cuDNN"),
    ],
)
def test_a_decision_is_written_and_told(
    kg: Run, build_dir: Path, file: Path, arguments: tuple[str, ...], kind: str, name: str
) -> None:
    verb, *rest = arguments
    result = kg("resolve", verb, build_dir, *rest, "--decisions", file)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(f"[[{kind}]]\n")
    assert "the next build obeys it" in result.stderr
    (entry,) = read_decisions(file).entries
    assert (entry.kind, entry.name) == (kind, name)


def test_a_type_is_written_down(kg: Run, build_dir: Path, file: Path) -> None:
    kg("resolve", "ignore", build_dir, "GPU", "--type", "hardware", "--decisions", file)
    assert read_decisions(file).entries[0].type == "hardware"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("merge", "TensorRT", "nothing"), "Error: no entity is called 'nothing'"),
        (("split", "IOS", "GPU"), "Error: 'IOS' has no form 'GPU'"),
        (("ignore", "GPU", "--type", "model"), "Error: no entity is called 'GPU'"),
        (("merge", "IOS", "Inter-Operator Scheduler"), "are one thing already"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    kg: Run, build_dir: Path, file: Path, arguments: tuple[str, ...], message: str
) -> None:
    verb, *rest = arguments
    result = kg("resolve", verb, build_dir, *rest, "--decisions", file)
    assert result.exit_code != 0
    assert message in result.stderr
    assert not file.exists()


def test_decisions_go_beside_the_sources_that_the_manifest_names(
    kg: Run, build_dir: Path, tmp_path: Path
) -> None:
    sources = tmp_path / "papers"
    sources.mkdir()
    manifest = read_manifest(build_dir)
    recipe = Recipe(sources=("papers",), base=tmp_path)
    write_manifest(build_dir, {**manifest, "made_of": recipe.record(build_dir)})
    assert kg("resolve", "ignore", build_dir, "GPU").exit_code == 0
    assert len(read_decisions(sources / "decisions.toml").entries) == 1


def test_decisions_go_where_the_build_reads_them(kg: Run, build_dir: Path, tmp_path: Path) -> None:
    manifest = read_manifest(build_dir)
    recipe = Recipe(sources=("papers",), base=tmp_path, decisions="mine.toml")
    write_manifest(build_dir, {**manifest, "made_of": recipe.record(build_dir)})
    assert kg("resolve", "ignore", build_dir, "GPU").exit_code == 0
    assert len(read_decisions(tmp_path / "mine.toml").entries) == 1


def test_a_build_that_does_not_name_its_sources(kg: Run, build_dir: Path) -> None:
    result = kg("resolve", "ignore", build_dir, "GPU")
    assert result.exit_code == 1
    assert "--decisions FILE" in result.stderr
