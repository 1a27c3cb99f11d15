from __future__ import annotations

from pathlib import Path

import pytest

from kg.files import atomic_binary, atomic_folder, atomic_text


def test_an_error_leaves_the_former_file_whole_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    path.write_text("former")

    def write_half() -> None:
        with atomic_text(path) as file:
            file.write("half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_half()
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]


def test_text_is_utf8_with_lf(tmp_path: Path) -> None:
    path = tmp_path / "new" / "page.html"
    with atomic_text(path) as file:
        file.write("ü\n")
    assert path.read_bytes() == b"\xc3\xbc\n"


def test_binary_replaces(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for data in (b"one", b"two"):
        with atomic_binary(path) as file:
            file.write(data)
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o400


def test_a_folder_gets_all_its_files_or_none(tmp_path: Path) -> None:
    path = tmp_path / "csv"
    path.mkdir()
    for name in ("nodes-a.csv", "nodes-b.csv", "mine.txt"):
        (path / name).write_text("former")

    def write_half() -> None:
        with atomic_folder(path, former=["nodes-*.csv"]) as folder:
            (folder / "nodes-a.csv").write_text("half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_half()
    assert {file.read_text() for file in path.iterdir()} == {"former"}
    with atomic_folder(path, former=["nodes-*.csv"]) as folder:
        (folder / "nodes-a.csv").write_text("new")
    assert sorted((file.name, file.read_text()) for file in path.iterdir()) == [
        ("mine.txt", "former"),
        ("nodes-a.csv", "new"),
    ]
    assert list(tmp_path.iterdir()) == [path]
