"""One type a column, nothing under a reserved name, nothing that is not known."""

from __future__ import annotations

import math
from typing import Any

import pytest

from kg.exporters.columns import RESERVED_NODE, columns


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([True, False], "boolean"),
        ([1, 2], "int"),
        ([1, 2**40], "long"),
        ([1, 2**80], "string"),
        ([1, 2.5], "double"),
        ([1.0, math.nan], "double"),
        (["a", 1], "string"),
        ([True, 1], "string"),
        ([["a", "b"]], "string"),
    ],
)
def test_the_narrowest_type_that_holds_all(values: list[Any], wanted: str) -> None:
    (column,) = columns([{"a": value} for value in values], taken=())
    assert column.type == wanted


@pytest.mark.parametrize("value", [None, "", [], math.nan, math.inf])
def test_what_is_not_known_is_absent(value: object) -> None:
    assert columns([{"a": value}], taken=()) == ()
    (column,) = columns([{"a": 0.5}, {"a": value}], taken=())
    assert column.text({"a": value}) is None


def test_reserved_and_repeated_names_give_way() -> None:
    found = columns([{"Label": "x", "label": "y", "two words": "z", "kind": "w"}], taken=RESERVED_NODE)
    assert [column.name for column in found] == ["Label_", "label__", "two_words"]


def test_lists_are_joined_and_cleaned() -> None:
    (column,) = columns([{"aliases": ["a\x00", "b", "\u202e"]}], taken=())
    assert column.text({"aliases": ["a\x00", "b", "\u202e"]}) == "a; b"
