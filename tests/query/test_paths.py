"""Ways between two things: short, over what says most, and more than one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.api import Collection
from kg.errors import KGError


def ways(collection: Collection, *arguments: Any, **options: Any) -> list[list[str]]:
    """The names that each way passes."""
    found: dict[int, list[str]] = {}
    for step in collection.path(*arguments, **options):
        found.setdefault(step.path, [step.source]).append(step.target)
        assert found[step.path][-2] == step.source
    return list(found.values())


def test_a_direct_statement_is_the_shortest_way(nets: Collection) -> None:
    assert ways(nets, "FastNet", "T4 GPU", ways=1) == [["FastNet", "T4 GPU"]]
    (step,) = nets.path("T4 GPU", "FastNet", ways=1)
    assert (step.kind, step.forward, step.quote) == ("runs_on", False, "FastNet runs on a T4 GPU.")


def test_other_ways_are_other_ways(nets: Collection) -> None:
    found = ways(nets, "FastNet", "TinyNet")
    assert found[0] == ["FastNet", "SlowNet", "TinyNet"]
    assert len(found) == len({tuple(way) for way in found}) > 1
    passed = [(step.path, step.source, step.source_kind) for step in nets.path("FastNet", "TinyNet")]
    assert len(set(passed)) == len(passed), "no way passes a node twice"


def test_hubs_are_avoided(shelf: Any, tmp_path: Path) -> None:
    for number in range(12):
        paper = shelf.paper(f"Paper {number}", f"Thing{number} has accuracy and RareData.", year=2020)
        shelf.named(paper, f"Thing{number}", "method", "proposed")
        shelf.named(paper, "accuracy", "metric", "measured")
        if number < 2:
            shelf.named(paper, "RareData", "dataset", "used")
    (first, second) = ways(shelf.open(tmp_path), "Thing0", "Thing1", ways=2)
    assert "RareData" in first
    assert "accuracy" in second


def test_people_are_tied_by_their_papers(nets: Collection) -> None:
    steps = nets.path("Ana Ruiz", "Bo Chen", ways=1)
    assert [(step.kind, step.forward, step.quote) for step in steps] == [
        ("authored", True, "Ana Ruiz"),
        ("authored", False, "Bo Chen"),
    ]
    assert steps[0].start is None


def test_filters_and_names_of_paths(nets: Collection) -> None:
    with pytest.raises(KGError, match="nothing leads from 'FastNet' to 'TinyNet'"):
        nets.path("FastNet", "TinyNet", year=2020)
    with pytest.raises(KGError, match="are the same"):
        nets.path("FastNet", "fastnet")
    with pytest.raises(KGError) as caught:
        nets.path("FastNet", "TinyNat")
    assert caught.value.hint == "did you mean 'TinyNet'?"
