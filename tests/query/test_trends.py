"""What is named more often, and what less."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import KGError


def grown(shelf: Any) -> None:
    """Two papers a year, 2018 to 2021: the old thing goes as the new one comes; one thing stays."""
    for year in (2018, 2019, 2020, 2021):
        for part in ("a", "b"):
            name = "OldNet" if year < 2020 else "NewNet"
            paper = shelf.paper(f"{year}{part}", f"We use {name} and a GPU.", year=year)
            shelf.named(paper, name, "model", "used")
            shelf.named(paper, "GPU", "hardware", "used")
    undated = shelf.paper("never", "We use OldNet.")
    shelf.named(undated, "OldNet", "model", "used")


def test_what_rises_and_what_falls(shelf: Any, tmp_path: Path) -> None:
    grown(shelf)
    rows = shelf.open(tmp_path).query("trends")
    assert [(row.entity, row.earlier, row.later, row.change) for row in rows] == [
        ("NewNet", 0, 4, 2.83),
        ("OldNet", 4, 0, -2.83),
        ("GPU", 4, 4, 0.0),
    ]
    assert rows[0].years == ((2020, 2), (2021, 2))
    assert (rows[0].quote, rows[0].year) == ("We use NewNet and a GPU.", 2021)


def test_filters_of_trends(shelf: Any, tmp_path: Path) -> None:
    grown(shelf)
    collection = shelf.open(tmp_path)
    assert [row.entity for row in collection.query("trends", type="hardware")] == ["GPU"]
    assert [row.entity for row in collection.query("trends", limit=1)] == ["NewNet"]
    assert collection.query("trends", year=(2020, 2021))[0].change == 0.0


def test_a_trend_needs_years(shelf: Any, tmp_path: Path) -> None:
    grown(shelf)
    with pytest.raises(KGError, match="two years or more"):
        shelf.open(tmp_path).query("trends", year=2020)
