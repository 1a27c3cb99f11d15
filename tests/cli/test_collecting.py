"""``kg add``, ``remove``, ``update``, ``watch`` and ``diff`` as a person calls them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kg.arrivals import Arrivals
from kg.build import BuildReport
from kg.cli.collecting import arrivals_text
from kg.collection import Updated
from kg.engine import LOCAL, Engine
from kg.errors import KGError, OutputError, SourceError
from kg.recipe import Recipe
from kg.types import Document

Run = Callable[..., Result]

REPORT = BuildReport(
    output=Path("out"),
    documents=(Document(document_id="1", path="a.txt", papers=3),),
    duplicates=(),
    new_documents=0,
    new_texts=0,
    papers=3,
    works=3,
    authors=4,
    entities_by_type={},
    relations=5,
    results=6,
    nodes=7,
    edges=8,
    files=(),
    seconds=1.2,
    arrivals=Arrivals(gone=("b.txt",)),
)
UPDATED = Updated(report=REPORT, recipe=Recipe(sources=("in",), base=Path("/x")), notes=("b.txt is deleted",))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a verb was asked for; an error under "error" is raised."""
    seen: dict[str, Any] = {}

    def stub(verb: str) -> Callable[..., Updated]:
        def run(
            folder: Path, *names: object, options: dict[str, object], engine: Engine, progress: object
        ) -> Updated:
            seen.update(verb=verb, folder=folder, names=names, options=options, engine=engine)
            if "error" in seen:
                raise seen["error"]
            return UPDATED

        return run

    for verb in ("add", "remove", "update"):
        monkeypatch.setattr(f"kg.collection.{verb}", stub(verb))
    return seen


@pytest.mark.parametrize(
    ("arguments", "names"),
    [(("add", "out", "a", "b"), (("a", "b"),)), (("remove", "out", "a"), (("a",),)), (("update", "out"), ())],
)
def test_what_is_asked_for(kg: Run, asked: dict[str, Any], arguments: tuple[str, ...], names: object) -> None:
    result = kg(*arguments, "--format", "csv", "--no-full-text", "--workers", "3")
    assert result.exit_code == 0
    assert (asked["verb"], asked["folder"], asked["names"]) == (arguments[0], Path("out"), names)
    assert asked["engine"] == Engine(workers=3)
    kept = {"pipeline": None, "min_confidence": None, "decisions": None}
    assert asked["options"] == {"formats": ("csv",), "full_text": False, **kept}
    assert result.stdout.startswith("b.txt is deleted\ndocuments: 1 gone (b.txt)\n\n")
    assert "known from before" in result.stdout
    assert kg(*arguments, "--quiet").output == ""
    assert asked["engine"] == LOCAL


@pytest.mark.parametrize("verb", ["build", "update"])
def test_ctrl_c(
    kg: Run, asked: dict[str, Any], verb: str, build_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    asked["error"] = KeyboardInterrupt()
    monkeypatch.setattr("kg.build.build", interrupted)
    result = kg(verb, build_dir) if verb == "update" else kg("build", "x", "-o", build_dir)
    assert result.exit_code == 130
    assert "is unchanged" in result.stderr
    assert "the same command goes on" in result.stderr


def test_errors_are_lines(kg: Run, asked: dict[str, Any]) -> None:
    asked["error"] = SourceError("nothing: no source", hint="try a")
    result = kg("remove", "out", "nothing")
    assert (result.exit_code, result.stderr) == (1, "Error: nothing: no source\nHint: try a\n")


def test_watching_says_a_line_for_each_change(
    kg: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def watched(folder: Path, *, interval: float, engine: Engine) -> Iterator[Updated | KGError]:
        assert engine == Engine(workers=2)
        yield UPDATED
        yield OutputError("another kg is building")
        yield OutputError("another kg is building")
        yield UPDATED
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.watch.watch", watched)
    result = kg("watch", "out", "--workers", "2", "--log", tmp_path / "log")
    assert result.exit_code == 0
    logged = [line.split()[1] for line in (tmp_path / "log").read_text().splitlines()]
    assert logged == ["INFO", "INFO", "ERROR", "INFO", "WARNING"]
    lines = result.stdout.splitlines()
    assert [line[9:].split(";")[:2] for line in lines] == [
        ["b.txt is deleted", " documents: 1 gone (b.txt)"]
    ] * 2
    assert result.stderr.count("another kg is building") == 1
    assert "no longer watching" in result.stderr


def test_many_names_are_counted() -> None:
    names = tuple(f"{number}.txt" for number in range(8))
    assert arrivals_text(Arrivals(new=names)).endswith("4.txt and 3 more)")
    assert arrivals_text(Arrivals()) == "documents: as before"


def test_diff(kg: Run, build_dir: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(build_dir, other)
    assert "nothing is otherwise" in kg("diff", build_dir, other).stdout
    found = json.loads(kg("diff", build_dir, other, "--json").stdout)
    assert found["changes"] == []
    assert found["counts"]["paper"] == {"old": 2, "new": 2}
    shutil.rmtree(other / "tables")
    assert "no such table" in kg("diff", build_dir, other).stderr
