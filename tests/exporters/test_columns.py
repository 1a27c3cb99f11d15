"""One type a column, nothing under a reserved name, nothing that is not known."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.batches import Made
from kg.exporters.clean import clean
from kg.exporters.columns import EDGE_NAMES, RESERVED_EDGE, RESERVED_NODE, Column, Types, columns

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(st.characters(codec=None, exclude_categories=()), max_size=5),
    st.lists(st.text(max_size=3), max_size=2),
)


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


def test_evidence_gives_way_to_nothing_but_its_own_name() -> None:
    found = columns([{"quote": "a", "paper": "b", "weight": 2}], taken=RESERVED_EDGE, names=EDGE_NAMES)
    assert [(column.attribute, column.name) for column in found] == [
        ("paper", "evidence_paper"),
        ("quote", "evidence"),
        ("weight", "weight_"),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (False, "false"), (3, "3"), (2.0, "2.0"), (0, "0"), (0.1, "0.1"), ("a\x00b", "ab"),
     ("\x00", None), (["a", "", "b"], "a; b"), (("x",), "x"), (2**70, str(2**70)), (1e300, "1e+300")],
)  # fmt: skip
def test_values_as_text(value: object, text: str | None) -> None:
    (column,) = columns([{"a": value}], taken=())
    assert column.text({"a": value}) == text


def test_an_integer_in_a_column_of_numbers_is_written_as_a_number_with_a_point() -> None:
    (column,) = columns([{"a": 1}, {"a": 0.5}], taken=())
    assert (column.type, column.text({"a": 1})) == ("double", "1.0")


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.lists(st.text(max_size=3), max_size=2),
)


@given(st.lists(st.dictionaries(st.text("aAbB _:é\x00", max_size=4), VALUES, max_size=4), max_size=4))
def test_names_are_nmtokens_that_differ_in_more_than_case_and_every_value_has_a_place(
    rows: list[dict[str, Any]],
) -> None:
    found = columns(rows, taken=RESERVED_NODE)
    names = [column.name.lower() for column in found]
    assert len(set(names)) == len(names) and not RESERVED_NODE & set(names)
    assert all(re.fullmatch(r"[\w.\-]+", column.name) for column in found)
    by_attribute = {column.attribute: column for column in found}
    for row in rows:
        for attribute, value in row.items():
            text = by_attribute[attribute].text(row) if attribute in by_attribute else None
            if isinstance(value, str) and clean(value):
                assert text == clean(value)
            elif isinstance(value, int):
                assert text
            elif value is None or value == [] or (isinstance(value, float) and not math.isfinite(value)):
                assert text is None


@given(st.lists(VALUES, max_size=8))
def test_a_column_has_the_type_and_the_texts_of_its_rows(values: list[Any]) -> None:
    types = Types()
    types.see_column("a", values)
    found = types.columns(taken=())
    assert found == columns([{"a": value} for value in values], taken=())
    for column in found:
        assert column.texts(values) == [column.text({"a": value}) or "" for value in values]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("string", ["a\x00", None, ""]),
        ("string", [1, None, 0.5, ["a", "b"]]),
        ("int", [1, None, 0]),
        ("double", [0.5, math.nan, None, -0.0]),
        ("double", [0.5, -0.0]),
        ("double", [1, 0.5]),
        ("boolean", [True, None]),
        ("long", [2**40, 1]),
        ("string", []),
    ],
)
def test_many_values_are_written_as_each_of_them(kind: str, values: list[Any]) -> None:
    column = Column(attribute="a", name="a", type=kind)
    assert column.texts(values) == [column.text({"a": value}) or "" for value in values]


def test_a_column_that_is_made_is_looked_at_until_its_type_is_known() -> None:
    types, read = Types(), list[str]()

    def made(name: str, value: str | None) -> Made:
        return Made(str, lambda: [read.append(name) or value])  # type: ignore[func-returns-value]

    types.see_column("a", made("unknown", None))
    assert types.columns(taken=()) == ()
    types.see_column("a", made("known", "x"))
    types.see_column("a", made("not read", "y"))
    assert read == ["unknown", "known"]
    (column,) = types.columns(taken=())
    assert (column.type, column.texts(made("text", "\x00z"))) == ("string", ["z"])
