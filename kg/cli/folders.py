"""The folder of a build, as it is given on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.tables import Tables

__all__ = ["read_tables", "tables_folder"]


def tables_folder(folder: Path) -> Path:
    """``DIR/tables``, or DIR itself where it holds the tables."""
    inner = folder / "tables"
    return folder if not inner.is_dir() and (folder / "papers.parquet").is_file() else inner


def read_tables(folder: Path) -> Tables:
    """The tables of a build."""
    from kg.tables import Tables  # noqa: PLC0415 - loads pyarrow

    return Tables.read(tables_folder(folder))
