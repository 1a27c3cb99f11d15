"""Files, folders and globs of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.readers import find_sources


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "sub/c.html", ".hidden", ".git/config"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    return tmp_path


def test_a_folder_is_walked_in_order_without_hidden_files(folder: Path) -> None:
    assert [source.path for source in find_sources([str(folder)])] == ["a.md", "b.txt", "sub/c.html"]


def test_a_file_keeps_the_path_it_was_given_by(folder: Path) -> None:
    given = str(folder / "b.txt")
    assert [(source.path, source.file) for source in find_sources([given])] == [(given, folder / "b.txt")]


def test_a_glob_and_a_folder_do_not_read_a_file_twice(folder: Path) -> None:
    sources = find_sources([str(folder / "*.txt"), str(folder)])
    assert [source.file.name for source in sources] == ["b.txt", "a.md", "c.html"]


def test_link_loops_end(folder: Path) -> None:
    (folder / "sub" / "loop").symlink_to(folder)
    assert len(find_sources([str(folder)])) == 3


@pytest.mark.parametrize("missing", ["nowhere.txt", "no*where?.txt"])
def test_what_is_missing_is_an_error_with_a_hint(folder: Path, missing: str) -> None:
    with pytest.raises(SourceError, match=r"nowhere|no\*where") as caught:
        find_sources([str(folder / missing)])
    assert caught.value.hint
