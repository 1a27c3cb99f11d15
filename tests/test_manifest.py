from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import TablesError
from kg.manifest import former_files, make_manifest, read_manifest, write_manifest


def test_written_and_read_back(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    file = tmp_path / "tables" / "papers.parquet"
    file.write_bytes(b"abc")
    manifest = make_manifest(
        tmp_path,
        [file],
        pipeline="en_research",
        fingerprint="f",
        counts={"papers": 1},
        graph={"nodes": 2, "edges": 1},
    )
    assert write_manifest(tmp_path, manifest) == tmp_path / "manifest.json"
    assert read_manifest(tmp_path) == manifest
    assert manifest["files"]["tables/papers.parquet"]["bytes"] == 3


def test_a_tampered_manifest_never_points_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"files": {"a.html": {}, "../b": {}, "/etc/passwd": {}}}')
    assert former_files(tmp_path) == {tmp_path / "a.html"}
    assert former_files(tmp_path / "nothing") == set()


def test_missing_and_damaged_manifests_are_told(tmp_path: Path) -> None:
    with pytest.raises(TablesError, match="no such file"):
        read_manifest(tmp_path)
    for text in ("{", "[]", '"x"', "\x00"):
        (tmp_path / "manifest.json").write_text(text)
        with pytest.raises(TablesError, match="not a readable manifest") as caught:
            read_manifest(tmp_path)
        assert caught.value.hint == "build again"
        assert former_files(tmp_path) == set()


def test_equal_builds_are_equal_manifests(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("b.html", "a.html")]
    for file in files:
        file.write_text(file.name)

    def made(order: list[Path], counts: dict[str, int]) -> bytes:
        graph = {"nodes": 2, "edges": 1}
        manifest = make_manifest(tmp_path, order, pipeline="p", fingerprint="f", counts=counts, graph=graph)
        return write_manifest(tmp_path, manifest).read_bytes()

    one = made(files, {"papers": 1, "links": 2})
    assert made(files[::-1], {"links": 2, "papers": 1}) == one
    assert one.endswith(b"}\n")
    assert former_files(tmp_path) == set(files)
    files[0].write_text("changed")
    assert made(files, {"papers": 1, "links": 2}) != one
