"""The store keeps what was computed, survives damage, and forgets what is no longer used."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.store import Store


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
