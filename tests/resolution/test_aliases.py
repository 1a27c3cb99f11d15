"""The table that ships is well formed: every row has its source, no alias leads astray."""

from __future__ import annotations

import json

from kg.components.data import data_path
from kg.resolution.aliases import read_aliases, shipped_aliases
from kg.resolution.forms import form_of
from kg.types import ENTITY_TYPES

ROWS = [
    json.loads(line)
    for line in data_path("en_research/aliases.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_every_row_names_its_source_and_a_kind() -> None:
    assert len(ROWS) > 300
    for row in ROWS:
        assert row["source"].strip(), row
        assert row["kind"] in ("same", "short", "is_a"), row
        assert row.get("type", "model") in ENTITY_TYPES, row
        assert row["kind"] != "short" or (row["papers"] > 0 and set(row["types"]) <= set(ENTITY_TYPES)), row


def test_rows_are_sorted_and_none_stands_twice() -> None:
    keys = [(row["kind"], row["name"], row["alias"], row.get("type", "")) for row in ROWS]
    assert len(set(keys)) == len(keys)
    folded = [(kind, name.casefold(), alias.casefold(), type_) for kind, name, alias, type_ in keys]
    assert folded == sorted(folded)


def test_an_alias_leads_to_one_name_and_to_no_further_one() -> None:
    table = shipped_aliases()
    for (alias, kind), name in table.same.items():
        assert table.canonical(name, kind) == name, (alias, kind, name)


def test_an_alias_of_a_type_goes_before_one_of_any() -> None:
    lines = [
        '{"alias": "x-ray", "name": "one", "kind": "same", "source": "s"}',
        '{"alias": "x-ray", "name": "two", "kind": "same", "type": "tool", "source": "s"}',
    ]
    table = read_aliases(lines)
    assert (table.canonical("xray", "tool"), table.canonical("xray", "task")) == ("two", "one")
    assert table.canonical(form_of("y-ray").key, "task") == "yray"
