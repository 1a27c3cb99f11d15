"""A setting names a file of the user's own, or one that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.components.data import data_path


def test_an_absolute_path_is_taken_as_it_is(tmp_path: Path) -> None:
    assert data_path(str(tmp_path / "names.json")) == tmp_path / "names.json"


def test_anything_else_stands_among_the_shipped_pipelines(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "en_research").mkdir()
    shipped = data_path("en_research/config.cfg")
    assert shipped.is_absolute() and shipped.is_file()
    assert tmp_path not in shipped.parents, "the working directory has no say"
    assert not data_path("no/such/file").exists()
