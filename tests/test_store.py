"""The store keeps what was computed, survives damage, and forgets what is no longer used."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store import Store, part_bytes, part_name, part_values


def test_what_was_put_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    Store(tmp_path).put({"a": "1", "b": "ü\n"})
    store = Store(tmp_path)
    assert (store.get("a"), store.get("b"), store.get("c")) == ("1", "ü\n", None)
    assert store.keys() == {"a", "b"}
    assert len(store) == 2


def test_equal_values_are_equal_bytes(tmp_path: Path) -> None:
    Store(tmp_path / "one").put({"a": "1", "b": "2"})
    Store(tmp_path / "two").put({"b": "2", "a": "1"})
    (one,), (two,) = ([*(tmp_path / name).iterdir()] for name in ("one", "two"))
    assert (one.name, one.read_bytes()) == (two.name, two.read_bytes())


def test_a_damaged_part_costs_itself(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put({"a": "1"})
    (damaged,) = tmp_path.iterdir()
    store.put({"b": "2"})
    damaged.write_bytes(damaged.read_bytes()[:20])
    (tmp_path / "noise.parquet").write_bytes(b"noise")
    assert Store(tmp_path).keys() == {"b"}
    assert len([*tmp_path.iterdir()]) == 1


def test_a_part_that_was_made_elsewhere_is_taken_up(tmp_path: Path) -> None:
    values = {"b": "2", "a": "1"}
    content = part_bytes(values)
    assert part_values(content) == values
    store = Store(tmp_path)
    store.adopt(part_name(values), content, values)
    assert (store.get("a"), store.get("b")) == ("1", "2")
    (path,) = tmp_path.iterdir()
    assert (path.name, path.read_bytes()) == (part_name(values), content)
    store.adopt(part_name(values), content, values)  # a shard that was done twice
    assert Store(tmp_path).keys() == {"a", "b"}


def test_a_part_that_is_damaged_while_it_is_needed_has_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put({"a": "1"})
    (path,) = tmp_path.iterdir()
    again = Store(tmp_path)
    path.write_bytes(b"noise")
    assert again.get("a") is None
    assert Store(tmp_path).keys() == frozenset()


def test_values_that_are_damaged_below_whole_keys_are_computed_again(tmp_path: Path) -> None:
    Store(tmp_path).put({f"{number:04}": f"{number * 7919:x}" * 9 for number in range(500)})
    (path,) = tmp_path.iterdir()
    content = bytearray(path.read_bytes())
    place = pq.ParquetFile(path).metadata.row_group(0).column(1).data_page_offset
    content[place : place + 400] = b"\xff" * 400
    path.write_bytes(content)
    store = Store(tmp_path)
    assert store.keys(), "the keys are whole"
    assert store.get("0007") is None
    assert Store(tmp_path).get("0007") is None
    assert Store(tmp_path).keys() == frozenset(), "so that it is computed anew"


def test_few_values_are_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store._AT_HAND", 250)
    store = Store(tmp_path)
    for number in range(9):
        store.put({f"{number}": "x" * 100})
    store.put({"huge": "y" * 1000})
    again = Store(tmp_path)
    for key in ("0", "1", "2", "3", "huge", "0", "8"):
        assert again.get(key) == ("y" * 1000 if key == "huge" else "x" * 100)
        held = sum(len(value) for values in again._at_hand.values() for value in values.values())
        assert held <= 250


@given(
    put=st.lists(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.text(max_size=3)), max_size=5),
    used=st.sets(st.text("abcdef", min_size=1, max_size=2)),
)
def test_pruning_keeps_what_was_used(
    tmp_path_factory: object, put: list[dict[str, str]], used: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("store")  # type: ignore[attr-defined]
    store = Store(folder)
    for values in put:
        store.put(values)
    expected = {key: value for values in reversed(put) for key, value in values.items()}
    again = Store(folder)
    for key in used:
        assert again.get(key) == expected.get(key)
    again.prune()
    last = Store(folder)
    assert used & set(expected) <= last.keys() <= set(expected)
    assert all(last.get(key) == expected[key] for key in sorted(last.keys()))
    if not used & set(expected):
        assert not [*folder.iterdir()]


def test_many_small_parts_become_one(tmp_path: Path) -> None:
    keys = [f"{number:03}" for number in range(100)]
    store = Store(tmp_path)
    for key in keys:
        store.put({key: f"value {key}"})
    assert len([*tmp_path.iterdir()]) == 100
    again = Store(tmp_path)
    for key in keys[:80]:
        again.get(key)
    again.prune()
    assert len([*tmp_path.iterdir()]) == 1
    last = Store(tmp_path)
    assert last.keys() == frozenset(keys[:80])
    assert last.get("007") == "value 007"
    last.prune()
    assert Store(tmp_path).keys() == {"007"}
