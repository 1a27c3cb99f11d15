"""The folder in which machines of a cluster keep what they have done: whole files, whatever lies there."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from kg.errors import EngineError
from kg.shard_folder import check_folder, keep, kept, sweep
from kg.shards import Shard
from kg.store import part_bytes
from kg.types import Paper


def _shard(*keys: str) -> Shard:
    return Shard(texts={key: Paper(title=key) for key in keys}, pipeline="fast", fingerprint="f")


def _content(shard: Shard) -> bytes:
    return part_bytes({key: f"read of {key}" for key in shard.texts})


@pytest.fixture(params=["path", "file", "memory"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Each kind of address."""
    if request.param == "memory":
        pytest.importorskip("fsspec")
        return f"memory://{uuid.uuid4()}/shards"
    place = tmp_path / "on disk"
    return str(place) if request.param == "path" else f"file://{place}"


def test_what_is_kept_is_found_and_nothing_else(folder: str) -> None:
    check_folder(folder)
    one, other = _shard("a", "b"), _shard("c")
    assert kept(folder, one) is None
    keep(folder, one, _content(one))
    assert kept(folder, one) == _content(one)
    assert kept(folder, other) is None


@pytest.mark.parametrize(
    "damage", [lambda whole: b"", lambda whole: whole[:-9], lambda whole: whole[:9] + bytes(30) + whole[39:]]
)
def test_a_damaged_file_is_none_until_it_is_written_again(folder: str, damage) -> None:  # type: ignore[no-untyped-def]
    shard = _shard("a", "b")
    keep(folder, shard, damage(_content(shard)))
    assert kept(folder, shard) is None
    keep(folder, shard, _content(shard))
    assert kept(folder, shard) == _content(shard)


def test_the_file_of_other_texts_is_none_of_these(folder: str) -> None:
    shard = _shard("a", "b")
    keep(folder, shard, _content(_shard("a", "x")))
    assert kept(folder, shard) is None


def test_what_killed_machines_left_is_swept_and_who_was_writing_writes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shard, folder = _shard("a"), str(tmp_path)
    keep(folder, shard, _content(shard))
    (whole,) = tmp_path.rglob("*.parquet")
    half = whole.with_name(f".{whole.name}.killed.tmp")
    half.write_bytes(b"half")
    foreign = tmp_path / "notes.tmp"
    foreign.write_text("mine")
    sweep(folder)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted([whole, foreign])

    whole.unlink()
    replace, swept = Path.replace, []

    def too_late(self: Path, target: Path) -> Path:
        if not swept:
            swept.append(self)
            sweep(folder)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", too_late)
    keep(folder, shard, _content(shard))
    assert swept
    assert kept(folder, shard) == _content(shard)


def test_folders_that_cannot_be_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineError, match="no shards can be kept"):
        check_folder(str(tmp_path / "file"))
    pytest.importorskip("fsspec")
    with pytest.raises(EngineError, match="no shards can be kept in nosuch://bucket"):
        check_folder("nosuch://bucket")
