"""The folder of a build, as it is given on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.folders import tables_folder

if TYPE_CHECKING:
    from kg.database import Database
    from kg.tables import Tables

__all__ = ["open_database", "read_tables", "tables_folder"]


def open_database(folder: Path) -> Database:
    """The tables of a build, of which only what is asked for is read."""
    from kg.database import Database  # noqa: PLC0415 - loads DuckDB
    from kg.output import settle  # noqa: PLC0415

    settle(folder)
    return Database(folder)


def read_tables(folder: Path) -> Tables:
    """The tables of a build."""
    from kg.output import settle  # noqa: PLC0415
    from kg.tables import Tables  # noqa: PLC0415 - loads pyarrow

    settle(folder)
    return Tables.read(tables_folder(folder))
