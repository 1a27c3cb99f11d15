"""The values in a text of JSON, whole and broken."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.readers import json_values
from kg.readers.json_values import JsonText

ONE, TWO, THREE = ({"id": number, "title": f"T{number}"} for number in (1, 2, 3))


def values(text: str) -> list[Any]:
    return [item.value for item in JsonText(text).items() if not item.problem]


def problems(text: str) -> list[str]:
    source = JsonText(text)
    return [f"{source.place(item)}: {item.problem}" for item in source.items() if item.problem]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=2),
        f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n",
        f"\ufeff{json.dumps(ONE)}\r\n\r\n{json.dumps(TWO)}",
        f"{json.dumps(ONE)}{json.dumps(TWO)}",
        f"{json.dumps(ONE, indent=1)}\n{json.dumps(TWO, indent=1)}",
        f"\x1e{json.dumps(ONE)}\n\x1e{json.dumps(TWO)}\n",
        f"[{json.dumps(ONE)},,{json.dumps(TWO)},]",
        f"callback([{json.dumps(ONE)}, {json.dumps(TWO)}]);",
        f")]}}',\n[{json.dumps(ONE)}, {json.dumps(TWO)}]",
        f"window.papers = [{json.dumps(ONE)}, {json.dumps(TWO)}];",
        f"{json.dumps(ONE)}\r{json.dumps(TWO)}\r",
    ],
)
def test_all_forms_of_a_sequence(text: str) -> None:
    assert values(text) == [ONE, TWO]
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "kept", "told"),
    [
        (f'{json.dumps(ONE)}\n{{"id": 2, "ti\n{json.dumps(THREE)}', [ONE, THREE], "line 2: "),
        (
            f'{json.dumps(ONE)}\n{{"id": 2}}}}\n{json.dumps(THREE)}',
            [ONE, THREE],
            "line 2: not JSON",
        ),
        (
            f'[{json.dumps(ONE)},\n{{"id": 2 "a": 1}},\n{json.dumps(THREE)}]',
            [ONE, THREE],
            "item 2 (line 2): ",
        ),
        (
            f'[{json.dumps(ONE)}, {{"id": 2, "a": [{{"id": 9}}] 5}}, {json.dumps(THREE)}]',
            [ONE, THREE],
            "item 2",
        ),
        (
            f'[{json.dumps(ONE)}, {{"id": 2, "title": "a, "b": 1}}, {json.dumps(THREE)}]',
            [ONE, THREE],
            "item 2",
        ),
        (f"[{json.dumps(ONE)}, {json.dumps(TWO)[:9]}", [ONE], "item 2: "),
        (f"[{json.dumps(ONE)}", [ONE], "cut off"),
        (f"{json.dumps(ONE)}\nand words", [ONE], "line 2: not JSON"),
        (f"// mine\n{json.dumps(ONE)}", [ONE], "a comment"),
        (f'[{json.dumps(ONE)}, {{"id": {"[" * 60_000}', [ONE], "nested too deeply"),
    ],
)
def test_a_fault_costs_one_item(text: str, kept: list[Any], told: str) -> None:
    assert values(text) == kept
    (problem,) = problems(text)[:1]
    assert told in problem


def test_a_cut_answer_gives_its_whole_items_as_the_rest_of_it() -> None:
    text = json.dumps({"count": 3, "results": [ONE, TWO, THREE]})[:-12]
    (item, fault) = JsonText(text).items()
    assert item.rest and item.value == {"count": 3, "results": [ONE, TWO]}
    assert fault.problem is not None and "cut off" in fault.problem


def test_numbers_of_any_length_are_read() -> None:
    (value,) = values(f'{{"big": {"9" * 5000}, "far": 1e999, "none": NaN}}')
    assert value["big"] == value["far"] == float("inf")


@pytest.mark.parametrize("form", ["list", "answer", "keyed", "nested"])
def test_a_large_value_is_given_out_piece_by_piece(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_values, "_WHOLE", 400)
    monkeypatch.setattr(json_values, "_BUFFER", 100)
    records = [{"id": number, "tags": ["a", {"b": []}]} for number in range(60)]
    value: Any = {
        "list": records,
        "answer": {"meta": {"count": 60}, "results": records, "next": None},
        "keyed": {f"k{record['id']}": record for record in records},
        "nested": {"message": {"total": 60, "items": records}, "status": "ok"},
    }[form]
    found: list[Any] = []
    pieces = 0
    for item in JsonText(json.dumps(value)).items():
        pieces += 1
        pending = [item.value]
        while pending:
            current = pending.pop(0)
            if isinstance(current, dict) and "tags" in current:
                found.append(current)
            elif isinstance(current, dict | list):
                pending += list(current.values()) if isinstance(current, dict) else current
    assert found == records
    assert pieces > 2


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.lists(st.dictionaries(st.text(max_size=6), JSON_VALUES, max_size=4), max_size=5),
    st.sampled_from([None, 0, 2]),
)
def test_what_json_writes_is_read_again(records: list[dict[str, Any]], indent: int | None) -> None:
    assert values(json.dumps(records, indent=indent)) == records
    assert values("\n".join(json.dumps(record) for record in records)) == records


@settings(max_examples=150)
@given(st.text(alphabet='{}[]",:\\ \n1ae/', max_size=60))
def test_any_text_comes_to_an_end(text: str) -> None:
    for item in JsonText(text).items():
        assert item.problem is None or isinstance(item.problem, str)


@pytest.mark.parametrize(
    "text", ['{"a":[' * 9_000, "{" * 90_000, '["' + '\\"' * 90_000, '{"a" 1}\n' * 9_000, "\n" * 300_000]
)
def test_faults_take_linear_time(text: str) -> None:
    assert all(item.problem or item.rest for item in JsonText(text).items())


def test_reading_by_windows_behind_faults_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [{"id": number, "text": "x" * (number % 7) * 40, "tags": [1, 2]} for number in range(30)]
    broken = json.dumps(records).replace('{"id": 5,', '{"id": 5 5,')
    expected = [record for record in records if record["id"] != 5]
    assert values(broken) == expected
    monkeypatch.setattr(json_values, "_COSTLY", 0)
    monkeypatch.setattr(json_values, "_WINDOW", 200)
    assert values(broken) == expected
