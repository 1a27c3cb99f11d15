from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import TablesError
from kg.tables import SCHEMAS, SORT_KEYS, Tables

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_ENTITY = st.fixed_dictionaries(
    {
        "entity_id": _TEXT,
        "name": _TEXT,
        "type": _TEXT,
        "aliases": st.lists(_TEXT, max_size=3),
        "papers": st.integers(0, 2**62),
        "mentions": st.integers(0, 9),
        "same_as": st.none() | _TEXT,
    }
)


@given(st.lists(_ENTITY, max_size=5, unique_by=lambda row: row["entity_id"]))
def test_writing_then_reading_is_identity(tmp_path_factory: pytest.TempPathFactory, rows: list) -> None:
    folder = tmp_path_factory.mktemp("tables")
    tables = Tables.from_rows({"entities": rows})
    tables.write(folder)
    assert Tables.read(folder) == tables


def test_every_column_of_the_toy_tables_survives(toy_tables: Tables, tmp_path: Path) -> None:
    toy_tables.write(tmp_path)
    assert Tables.read(tmp_path) == toy_tables
    for name, schema in SCHEMAS.items():
        assert pq.read_schema(tmp_path / f"{name}.parquet").remove_metadata() == schema


def test_equal_rows_in_another_order_are_equal_bytes(toy_tables: Tables, tmp_path: Path) -> None:
    toy_tables.write(tmp_path / "a")
    backwards = {name: list(reversed(getattr(toy_tables, name))) for name in SORT_KEYS}
    Tables.from_rows(backwards).write(tmp_path / "b")
    for name in SCHEMAS:
        one, other = ((tmp_path / side / f"{name}.parquet").read_bytes() for side in "ab")
        assert one == other


def test_a_missing_table_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TablesError, match=r"documents\.parquet: no such table") as caught:
        Tables.read(tmp_path)
    assert "kg build" in (caught.value.hint or "")


def test_a_damaged_table_and_another_version_are_told(toy_tables: Tables, tmp_path: Path) -> None:
    toy_tables.write(tmp_path)
    good = pq.read_table(tmp_path / "entities.parquet")
    pq.write_table(good.replace_schema_metadata({"kg_schema_version": "0"}), tmp_path / "entities.parquet")
    with pytest.raises(TablesError, match="schema version 0"):
        Tables.read(tmp_path)
    (tmp_path / "entities.parquet").write_bytes(b"no parquet at all")
    with pytest.raises(TablesError, match="not a readable Parquet file"):
        Tables.read(tmp_path)
