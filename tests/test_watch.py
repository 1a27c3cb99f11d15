"""Watching: nothing is built before files are quiet, and nothing without a change."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.collection import Updated
from kg.errors import OutputError, SourceError
from kg.recipe import Recipe
from kg.watch import see, watch


@pytest.fixture
def recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recipe:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    return Recipe(sources=("in", "b.txt"), base=tmp_path, excluded=("skipped",))


class EndOfPlayError(Exception):
    """The end of the play."""


def played(
    recipe: Recipe,
    monkeypatch: pytest.MonkeyPatch,
    acts: list[Callable[[], object]],
    outcomes: dict[int, Exception] | None = None,
) -> list[tuple[int, tuple[str, ...]]]:
    """(time, sources) of each build, when an act is played at each tick."""
    builds: list[tuple[int, tuple[str, ...]]] = []
    tick = 0

    def wait(_: float) -> None:
        nonlocal tick
        if tick >= len(acts):
            raise EndOfPlayError
        acts[tick]()
        tick += 1

    def built(folder: Path, back: tuple[str, ...] = (), *, engine: object) -> Updated:
        builds.append((tick, tuple(back)))
        if outcomes and len(builds) in outcomes:
            raise outcomes[len(builds)]
        there = tuple(name for name in recipe.sources if (recipe.base / name).exists())
        return Updated(report=None, recipe=replace(recipe, sources=there))  # type: ignore[arg-type]

    monkeypatch.setattr("kg.watch.read_recipe", lambda folder: recipe)
    monkeypatch.setattr("kg.watch.update", built)
    monkeypatch.setattr("kg.watch.add", built)
    with pytest.raises(EndOfPlayError):
        for _ in watch(Path("out"), wait=wait):
            pass
    return builds


def nothing() -> None:
    pass


def write(name: str, text: str) -> Callable[[], object]:
    return lambda: Path(name).write_text(text)


def test_a_build_now_and_then_only_after_changes(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    acts = [nothing, nothing, nothing, write("in/new.txt", "x"), nothing, nothing, nothing]
    assert [tick for tick, _ in played(recipe, monkeypatch, acts)] == [1, 5]


def test_a_file_that_is_being_written_is_waited_for(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    growing = [write("in/new.txt", "x" * number) for number in range(1, 5)]
    acts = [nothing, nothing, *growing, nothing, nothing, nothing]
    assert [tick for tick, _ in played(recipe, monkeypatch, acts)] == [1, 7]


def test_deleted_files_and_their_return(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    delete = Path("b.txt").unlink
    acts = [nothing, nothing, delete, nothing, nothing, write("b.txt", "again"), nothing, nothing]
    assert [back for _, back in played(recipe, monkeypatch, acts)] == [(), (), ("b.txt",)]


def test_a_locked_folder_is_tried_again_and_a_broken_source_is_not(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes: dict[int, Exception] = {1: OutputError("locked"), 2: SourceError("broken")}
    assert len(played(recipe, monkeypatch, [nothing] * 8, outcomes)) == 2


def test_what_is_seen(recipe: Recipe) -> None:
    first = see(recipe)
    Path("in/skipped").write_text("not looked at")
    assert see(recipe) == first
    os.utime("b.txt", (1, 1))
    assert see(recipe) != first
    second = see(recipe)
    Path("in/decisions.toml").write_text('[[ignore]]\nform = "x"\n')
    assert see(recipe) != second
    Path("in").rename("away")
    assert ("in" in str(see(recipe))) and see(recipe) != second
