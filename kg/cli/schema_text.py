"""The tables, views and columns of a build, with what they mean: ``kg sql DIR --schema``."""

from __future__ import annotations

from pathlib import Path

from kg.cli.layout import heading, table
from kg.database import Database
from kg.named_views import VIEW_MEANINGS
from kg.table_meanings import MEANINGS

__all__ = ["schema_text"]


def schema_text(folder: Path) -> str:
    """Views first: they speak in names, and most questions need no more."""
    database = Database(folder)
    found = database.tuples(
        """SELECT table_name, column_name, lower(data_type) FROM duckdb_columns() WHERE NOT internal
        ORDER BY table_name, column_index"""
    )
    columns: dict[str, list[tuple[str, str]]] = {}
    for name, column, kind in found:
        columns.setdefault(name, []).append((column, _kind(kind)))
    names = [*VIEW_MEANINGS, *MEANINGS, *sorted(columns.keys() - VIEW_MEANINGS.keys() - MEANINGS.keys())]
    return "\n\n".join(_described(name, columns[name]) for name in names if name in columns)


def _described(name: str, columns: list[tuple[str, str]]) -> str:
    about, meanings = (VIEW_MEANINGS[name], {}) if name in VIEW_MEANINGS else MEANINGS.get(name, ("", {}))
    what = "view" if name in VIEW_MEANINGS else "table"
    rows = [[column, kind, meanings.get(column, "")] for column, kind in columns]
    title = f"{name} ({what}): {about}" if about else f"{name} ({what})"
    return f"{heading(title)}\n" + table(["column", "type", ""], rows, left=3)


def _kind(kind: str) -> str:
    return {"varchar": "text", "varchar[]": "texts", "bigint": "integer", "integer": "integer"}.get(
        kind, kind
    )
