"""What the manifest says of sources and options, and that it is understood again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import TablesError
from kg.recipe import Recipe, is_below

_NAME = st.text("ab./* é\udce9", min_size=1, max_size=8).filter(lambda name: name.strip("./ "))


@given(
    sources=st.lists(st.one_of(_NAME, st.just("-")), min_size=1, max_size=4),
    excluded=st.lists(_NAME, max_size=3),
    full_text=st.booleans(),
    decisions=st.one_of(st.none(), _NAME),
)
def test_written_and_understood(
    sources: list[str], excluded: list[str], full_text: bool, decisions: str | None
) -> None:
    recipe = Recipe.here(
        sources, excluded=excluded, full_text=full_text, pipeline="fast", decisions=decisions
    )
    output = Path("some/output")
    record = json.loads(json.dumps(recipe.record(output)))
    again = Recipe.of_record(record, output)
    assert again == recipe
    assert again.record(output) == record


def test_the_record_is_the_same_wherever_all_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = []
    for name in ("one", "another/place"):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        monkeypatch.chdir(folder)
        given_names = ["papers/", "a.bib", str(folder / "b.bib"), "-"]
        recipe = Recipe.here(given_names, excluded=["papers/x", str(folder / "papers" / "y")])
        records.append(recipe.record(folder / "output"))
        assert recipe.excludes("z", folder / "papers" / "x" / "z")
        assert recipe.excludes("y", folder / "papers" / "y")
        assert not recipe.excludes("z", folder / "papers" / "z")
    assert records[0] == records[1]
    assert str(tmp_path) not in json.dumps(records)
    assert {"given": "papers/", "place": "../papers"} in records[0]["sources"]
    monkeypatch.chdir(tmp_path)
    assert Recipe.of_record(records[0], Path("one/output")).places()[-1] == str(tmp_path / "one" / "papers/")


def test_a_pipeline_of_one_s_own_is_kept_by_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "config.cfg").write_text("")
    monkeypatch.chdir(tmp_path)
    record = Recipe.here(["a"], pipeline="mine").record(Path("output"))
    assert record["pipeline"] == {"place": "../mine"}
    assert Recipe.of_record(record, Path("output")).pipeline == str(tmp_path / "mine")


def test_another_folder_names_sources_from_the_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = Recipe(sources=("a",), base=tmp_path)
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert recipe.renamed("b.txt") == "sub/b.txt"
    assert recipe.renamed("../b.txt") == "b.txt"
    assert recipe.renamed("/b.txt") == "/b.txt"
    assert recipe.renamed("-") == "-"


def test_below() -> None:
    assert is_below("a/b", "a") and is_below("a.zip!/b/c", "a.zip!/b")
    assert not is_below("a", "a/b") and not is_below("ab/c", "a")


@pytest.mark.parametrize(
    "record", [{}, {"base": 3}, {"base": ".", "sources": [3]}, {"base": ".", "sources": {}}]
)
def test_damaged_records_are_told(record: dict[str, object]) -> None:
    with pytest.raises(TablesError, match="does not say what it was made of"):
        Recipe.of_record(record, Path("output"))
