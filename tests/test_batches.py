"""Columns instead of rows: made when they are read, sorted together, the same as the rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.batches import BATCH, Batch, Made, attributes_of, batches_of, interleaved


def nodes(*names: str, **columns: list[object]) -> Batch:
    return Batch(ids=list(names), columns=columns)


def test_a_column_is_made_once_and_only_when_it_is_read() -> None:
    calls: list[int] = []

    def make() -> list[int]:
        calls.append(1)
        return [3, 1]

    column = Made(int, make)
    assert not calls
    assert (list(column), len(column), column[1], 3 in column, column[:1]) == ([3, 1], 2, 1, True, [3])
    assert len(calls) == 1


def test_rows_hold_what_is_known() -> None:
    assert list(attributes_of({"a": [1, None], "b": ["", None]}, 2)) == [{"a": 1, "b": ""}, {}]
    assert list(attributes_of({}, 2)) == [{}, {}], "nothing is known of two"


def test_batches_of_rows_have_a_column_for_every_name() -> None:
    rows = [(f"r:{n:05}", n, n + 1, {"odd": True} if n % 2 else {"n": n}) for n in range(BATCH + 3)]
    first, second = batches_of(iter(rows))
    assert (len(first), len(second)) == (BATCH, 3)
    assert second.ids == [f"r:{n:05}" for n in range(BATCH, BATCH + 3)]
    assert second.columns == {"n": [BATCH, None, BATCH + 2], "odd": [None, True, None]}
    assert second.targets.tolist() == [BATCH + 1, BATCH + 2, BATCH + 3]
    assert [*first.attributes(), *second.attributes()] == [row[3] for row in rows]


def test_batches_are_sorted_together() -> None:
    one = Batch(ids=["a", "c"], columns={"x": [1, 2]}, sources=np.array([0, 2]), targets=np.array([5, 7]))
    other = Batch(ids=["b"], columns={"y": ["y"]}, sources=np.array([1]), targets=np.array([6]))
    both = interleaved([one, other])
    assert both.ids == ["a", "b", "c"]
    assert both.columns == {"x": [1, None, 2], "y": [None, "y", None]}
    assert (both.sources.tolist(), both.targets.tolist()) == ([0, 1, 2], [5, 6, 7])


def test_one_batch_among_empty_ones_stays_as_it_is() -> None:
    one = nodes("a", x=[1])
    assert interleaved([nodes(), one, nodes()]) is one
    assert list(interleaved([nodes()]).ids) == []


@pytest.mark.parametrize("parts", [1, 2, 3])
@given(st.sets(st.text("abc:", min_size=1), min_size=1, max_size=12))
def test_however_nodes_are_parted_they_come_together_in_order(parts: int, names: set[str]) -> None:
    ordered = sorted(names)
    split = [ordered[part::parts] for part in range(parts)]
    whole = interleaved([nodes(*part, name=list(part)) for part in split])
    assert list(whole.ids) == whole.columns["name"] == ordered
