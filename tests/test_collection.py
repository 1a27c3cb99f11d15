"""A collection that was changed step by step is, byte for byte, the one that is built from nothing."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build import build
from kg.collection import add, read_recipe, remove, update
from kg.errors import SourceError, TablesError
from kg.readers import Source, load, read_loaded, reading_key
from kg.readers.worker import Read
from kg.tables import Tables
from kg.verify import verify

FAST = {"pipeline": "fast", "formats": ()}  # the layout of a graph costs more than all the rest


class ReadersHere:
    """What kg.readers.isolated does, without a process of its own, which costs a second."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read_new(self, source: Source, *, full_text: bool) -> Iterator[Read]:
        for loaded in load(source):
            key = reading_key(loaded, full_text=full_text)
            reading = None if key in self._known else read_loaded(loaded, full_text=full_text)
            yield Read(path=loaded.path, key=key, reading=reading)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("kg.reading.IsolatedReaders", ReadersHere)
    monkeypatch.chdir(tmp_path)


def paper(number: int, version: int = 0) -> str:
    """A record of a paper; neighbours share authors and things."""
    record = {
        "title": f"Growing {'Very ' * version}Large Trees, Part {number}",
        "authors": [f"Ana Ruiz{number // 2}", "Li Wei"],
        "year": 2020 + number % 3,
        "abstract": f"We present TreeCut-{number // 2}, a method that prunes ResNet-{18 + version} by "
        f"{10 + number}% on CIFAR-{10 + number % 2}. It outperforms LeafNet by {2 + version}.5x.",
    }
    return json.dumps(record)


def put(path: str, number: int, version: int = 0) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(paper(number, version))
    return path


def contents(folder: str | Path) -> dict[str, bytes]:
    """Every file of a build but kg's own state."""
    folder = Path(folder)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kg" not in path.relative_to(folder).parts
    }


def same_as_from_nothing(folder: str, *sources: str, **options: object) -> None:
    build(sources, Path("fresh"), **{**FAST, **options})
    assert contents(folder) == contents("fresh")


FILES = tuple(f"{folder}/{number}.jsonl" for folder in ("one", "two") for number in range(3))
OPERATIONS = st.one_of(
    st.tuples(st.just("add"), st.sampled_from([*FILES, "one", "two"])),
    st.tuples(st.just("remove"), st.sampled_from([*FILES, "one", "two"])),
    st.tuples(st.just("write"), st.sampled_from(FILES), st.integers(0, 2)),
    st.tuples(st.just("delete"), st.sampled_from(FILES)),
    st.tuples(st.just("touch"), st.sampled_from(FILES)),
    st.tuples(st.just("options"), st.booleans(), st.sampled_from([0.0, 0.6])),
)


def _do(operation: tuple[object, ...]) -> None:
    what, name, *_ = map(str, operation)
    if what == "add":
        add(Path("out"), [name])
    elif what == "remove":
        remove(Path("out"), [name])
    elif what == "write":
        put(name, FILES.index(name), int(str(operation[2])))
    elif what == "delete":
        Path(name).unlink(missing_ok=True)
    elif what == "touch" and Path(name).exists():
        os.utime(name)
    elif what == "options":
        update(Path("out"), options={"full_text": operation[1], "min_confidence": operation[2]})


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(OPERATIONS, min_size=2, max_size=7))
def test_any_sequence_of_changes_is_as_good_as_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, operations: list[tuple[object, ...]]
) -> None:
    os.chdir(tmp_path_factory.mktemp("any"))
    for number, name in enumerate(FILES):
        put(name, number)
    put("kept/9.jsonl", 9)
    build(["kept", "one"], Path("out"), **FAST)
    for operation in operations:
        try:
            _do(operation)
        except SourceError:  # a source that is deleted, or no source
            assert verify(Path("out")).problems == ()
    for number, name in enumerate(FILES):
        if not Path(name).exists():
            put(name, number)
    updated = update(Path("out"))
    recipe = updated.recipe
    same_as_from_nothing(
        "out",
        *recipe.sources,
        exclude=recipe.excluded,
        full_text=recipe.full_text,
        min_confidence=recipe.min_confidence,
    )
    again = update(Path("out")).report
    assert (again.new_documents, again.new_texts) == (0, 0)
    assert contents("out") == contents("fresh")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A build of a folder and a single file."""
    for number in range(3):
        put(f"papers/{number}.jsonl", number)
    put("single.jsonl", 5)
    build(["papers/", "single.jsonl"], tmp_path / "out", **FAST)
    return Path("out")


def titles(folder: Path) -> list[str]:
    return sorted(row["title"] for row in Tables.read(folder / "tables").papers)


def test_only_the_new_one_is_read_and_the_rest_is_known(out: Path) -> None:
    put("more/7.jsonl", 7)
    report = add(out, ["more"]).report
    assert (report.new_documents, report.new_texts, len(report.documents)) == (1, 1, 5)
    assert report.arrivals.new == ("7.jsonl",)
    same_as_from_nothing("out", "papers/", "single.jsonl", "more")


def test_what_is_removed_goes_with_all_it_says(out: Path) -> None:
    report = remove(out, ["papers/1.jsonl"]).report
    assert (report.new_documents, report.new_texts, report.excluded) == (0, 0, 1)
    assert report.arrivals.gone == ("1.jsonl",)
    assert titles(out) == [f"Growing Large Trees, Part {number}" for number in (0, 2, 5)]
    assert verify(out).problems == ()
    same_as_from_nothing("out", "papers/", "single.jsonl", exclude=["papers/1.jsonl"])
    remove(out, ["single.jsonl"])
    same_as_from_nothing("out", "papers/", exclude=["papers/1.jsonl"])


@pytest.mark.parametrize("removed", ["1.jsonl", "papers/1.jsonl", "./papers//1.jsonl"])
@pytest.mark.parametrize("added", ["1.jsonl", "papers/1.jsonl"])
def test_what_was_removed_comes_back_when_it_is_named(out: Path, removed: str, added: str) -> None:
    before = contents(out)
    remove(out, [removed])
    assert len(titles(out)) == 3
    updated = add(out, [added])
    assert "no longer excluded" in updated.notes[0]
    assert updated.report.arrivals.new == ("1.jsonl",)
    assert contents(out) == before


def test_what_is_there_already_is_not_a_second_source(out: Path) -> None:
    before = contents(out)
    assert add(out, ["papers", "papers/2.jsonl"]).notes == (
        "papers is in the collection already",
        "papers/2.jsonl is in the collection already",
    )
    assert contents(out) == before


def test_changed_and_deleted_files(out: Path) -> None:
    put("papers/0.jsonl", 0, version=1)
    Path("papers/1.jsonl").unlink()
    Path("single.jsonl").unlink()
    updated = update(out)
    assert (updated.report.arrivals.changed, updated.report.arrivals.gone) == (
        ("0.jsonl",),
        ("1.jsonl", "single.jsonl"),
    )
    assert (updated.report.new_documents, updated.report.new_texts) == (1, 1)
    assert updated.notes == ("single.jsonl is deleted: it is no source any more",)
    same_as_from_nothing("out", "papers/")


def test_a_folder_that_is_away_changes_nothing(out: Path) -> None:
    before = contents(out)
    Path("papers").rename("elsewhere")
    with pytest.raises(SourceError, match="papers/: no such file or folder"):
        update(out)
    assert contents(out) == before
    updated = remove(out, ["papers"])
    assert updated.recipe.sources == ("single.jsonl",)


def test_a_part_of_an_archive_can_be_left_out(out: Path) -> None:
    with zipfile.ZipFile("all.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"part{number % 2}/{number}.jsonl", paper(number, 2))
    add(out, ["all.zip"])
    remove(out, ["all.zip!/part0"])
    same_as_from_nothing("out", "papers/", "single.jsonl", "all.zip", exclude=["all.zip!/part0"])
    again = update(out).report
    assert (again.new_documents, again.excluded) == (0, 2)
    add(out, ["all.zip!/part0"])
    same_as_from_nothing("out", "papers/", "single.jsonl", "all.zip")


def test_options_stay_unless_they_are_given_anew(out: Path) -> None:
    update(out, options={"min_confidence": 0.7, "formats": ("csv", "graphml"), "pipeline": None})
    update(out)
    recipe = read_recipe(out)
    assert (recipe.min_confidence, recipe.formats, recipe.pipeline) == (0.7, ("csv", "graphml"), "fast")
    same_as_from_nothing("out", *recipe.sources, min_confidence=0.7, formats=("csv", "graphml"))


def test_from_another_folder_and_after_a_move(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("sub/8.jsonl", 8)
    monkeypatch.chdir("sub")
    add(Path("../out"), ["8.jsonl"])
    monkeypatch.chdir("..")
    same_as_from_nothing("out", "papers/", "single.jsonl", "sub/8.jsonl")
    before = contents(out)
    Path("moved").mkdir()
    for name in ("out", "papers", "sub", "single.jsonl"):
        Path(name).rename(Path("moved") / name)
    report = update(Path("moved/out")).report
    assert report.new_documents == 0
    assert contents("moved/out") == before


def test_no_absolute_path_is_in_the_manifest(tmp_path: Path) -> None:
    put("papers/1.jsonl", 1)
    build([str(tmp_path / "papers")], tmp_path / "out", **FAST)
    assert str(tmp_path).encode() not in (tmp_path / "out" / "manifest.json").read_bytes()
    put("papers/2.jsonl", 2)
    assert update(tmp_path / "out").report.arrivals.new == ("2.jsonl",)


def test_what_kg_writes_is_no_source(tmp_path: Path) -> None:
    put("1.jsonl", 1)
    build(["."], Path("out"), **FAST | {"formats": ("json",)})
    report = update(Path("out")).report
    assert [document.path for document in report.documents] == ["1.jsonl"]
    build(["."], Path(), **FAST | {"formats": ("json",)})
    report = update(Path()).report
    assert [document.path for document in report.documents] == ["1.jsonl"]


def test_names_that_mean_nothing_are_told(out: Path) -> None:
    before = contents(out)
    with pytest.raises(SourceError, match="nothing-here: neither a source nor a document") as caught:
        remove(out, ["nothing-here"])
    assert "papers/" in str(caught.value.hint)
    with pytest.raises(SourceError) as caught:
        remove(out, ["papers/1.json"])
    with pytest.raises(SourceError, match="no such file"):
        add(out, ["nothing-here"])
    with pytest.raises(SourceError, match="nothing would be left"):
        remove(out, ["papers", "single.jsonl"])
    assert contents(out) == before


def test_standard_input_cannot_be_read_again(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(paper(8).encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    add(out, ["-"])
    assert len(titles(out)) == 5
    with pytest.raises(SourceError, match="standard input, which cannot be read again") as caught:
        update(out)
    assert "kg remove" in str(caught.value.hint)
    remove(out, ["-"])
    assert len(titles(out)) == 4


def test_a_folder_that_is_no_build_is_told_and_left_alone(tmp_path: Path, out: Path) -> None:
    with pytest.raises(TablesError, match="no such file") as caught:
        update(Path("papers"))
    assert "kg build" in str(caught.value.hint)
    assert not Path("papers/.kg").exists()
    manifest = json.loads((out / "manifest.json").read_text())
    for change, words in (
        ({"schema_version": 0}, "schema version 0"),
        ({"made_of": None}, "does not say what it was made of"),
        ({"made_of": {"sources": 3}}, "does not say what it was made of"),
    ):
        (out / "manifest.json").write_text(json.dumps(manifest | change))
        with pytest.raises(TablesError, match=words) as caught:
            update(out)
        assert "kg build" in str(caught.value.hint)


def test_names_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.jsonl")
    put("1.jsonl", 1)
    put(name, 2)
    build(["1.jsonl", name], Path("out"), **FAST)
    assert update(Path("out")).report.new_documents == 0
    assert len(titles(Path("out"))) == 2
