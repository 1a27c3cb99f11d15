"""DuckDB over the Parquet tables of a build: in memory, for reading only.

Two doors. ``Database`` serves the questions of kg itself: views over the files, of which only the columns and
rows that a question needs are read. ``ask`` runs what somebody else wrote: the tables are copied into memory
first and the door to everything outside (files, network, extensions, Python's variables, settings) is shut
before the text is looked at. One thread, so that the same question gets the same rows in the same order.

https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KGError, TablesError
from kg.folders import tables_folder
from kg.named_views import VIEWS
from kg.table_meanings import MEANINGS, ORDER, VERSION

if TYPE_CHECKING:
    import duckdb

__all__ = ["Answered", "Database", "QueryError", "ask"]

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}
_SHUT = ("enable_external_access = false", "allow_community_extensions = false", "lock_configuration = true")
_FEW = 50  # values that DuckDB compares with the statistics of a file, to read less of it
_GLOB = re.compile(r"[\[*?]")
_ONLY_SELECT = "one SELECT is all that can be asked: the tables are read-only"


class QueryError(KGError):
    """A query that cannot be answered: not SQL, not a SELECT, or about what is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The names of columns and the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class Database:
    """The tables of a build, to be asked by kg's own SQL. A folder without tables is a TablesError."""

    def __init__(self, folder: Path) -> None:
        self._connection = _connect()
        files = _table_files(folder, self._connection)
        for name, path in files.items():
            self._connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {_parquet(path)}')
        for name, text in VIEWS.items():
            self._connection.execute(f"CREATE VIEW {name} AS {text}")

    def rows(
        self, text: str, parameters: Sequence[object] | Mapping[str, object] = ()
    ) -> list[dict[str, Any]]:
        """The rows of a SELECT as dictionaries; ``?`` or ``$name`` stand for the parameters."""
        given = dict(parameters) if isinstance(parameters, Mapping) else list(parameters)
        cursor = self._connection.execute(text, given)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def tuples(self, text: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""
        return self._connection.execute(text, list(parameters)).fetchall()

    def where(
        self, table: str, column: str, values: Iterable[str], columns: Sequence[str] = ()
    ) -> list[dict[str, Any]]:
        """The rows of a table whose column has one of some values, in the order of the table: all columns, or
        some of them. Only what is needed is read of the file."""
        wanted = sorted(set(values))
        if not wanted:
            return []
        shown = ", ".join(f'"{name}"' for name in columns) or "*"
        few = len(wanted) <= _FEW
        which = f"IN ({', '.join('?' * len(wanted))})" if few else "IN (SELECT unnest(?::VARCHAR[]))"
        order = ", ".join(f'"{name}"' for name in ORDER[table])
        text = f'SELECT {shown} FROM "{table}" WHERE "{column}" {which} ORDER BY {order}'
        return self.rows(text, wanted if few else [wanted])


def ask(folder: Path, text: str) -> Answered:
    """The answer to somebody's SELECT over the tables of a build and the views of ``kg.named_views``.

    Everything but one SELECT, and whatever reaches beyond the tables, is a QueryError.
    """
    import duckdb  # noqa: PLC0415 - takes a tenth of a second

    connection = _connect()
    try:
        files = _table_files(folder, connection)
        statements = connection.extract_statements(text)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise QueryError(_ONLY_SELECT, hint="kg sql DIR --schema names what can be asked for")
        named = {name.strip('"').lower() for name in connection.get_table_names(text)}
        wanted = _needed(named & (files.keys() | VIEWS.keys())) or files.keys()
        for name, path in files.items():
            made = f'TABLE "{name}" AS SELECT * FROM' if name in wanted else f'VIEW "{name}" AS SELECT * FROM'
            connection.execute(f"CREATE {made} {_parquet(path)}")
        for name, view in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {view}")
        for setting in _SHUT:
            connection.execute(f"SET {setting}")
        cursor = connection.execute(text)
        names = tuple(column[0] for column in cursor.description or ())
        return Answered(columns=names, rows=tuple(cursor.fetchall()))
    except duckdb.Error as error:
        raise _explained(error) from error
    finally:
        connection.close()


def _connect() -> duckdb.DuckDBPyConnection:
    import duckdb  # noqa: PLC0415 - takes a tenth of a second

    return duckdb.connect(":memory:", config=_SETTINGS)


def _table_files(folder: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, Path]:
    """The files of tables by name: all that kg knows must be there and of this version."""
    import duckdb  # noqa: PLC0415

    inner = tables_folder(folder)
    files = {name: inner / f"{name}.parquet" for name in MEANINGS}
    for path in files.values():
        if not path.is_file():
            raise TablesError(
                f"{path}: no such table", hint="run `kg build SOURCES -o DIR` first, and give its DIR"
            )
    paths = [_glob_free(path) for path in files.values()]
    try:
        versions = connection.execute(
            "SELECT file_name, decode(value) FROM parquet_kv_metadata(?) "
            "WHERE decode(key) = 'kg_schema_version' AND decode(value) <> ?",
            [paths, str(VERSION)],
        ).fetchall()
    except duckdb.Error as error:
        raise TablesError(
            f"{inner}: not readable Parquet files ({_first_line(error)})", hint="build again"
        ) from error
    for path, version in versions:
        raise TablesError(
            f"{path}: written with schema version {version}, this is version {VERSION}",
            hint="build again with this version of kg",
        )
    others = {path.stem: path for path in sorted(inner.glob("*.parquet")) if path.stem not in files}
    return files | others


def _parquet(path: Path) -> str:
    return "read_parquet('{}')".format(_glob_free(path).replace("'", "''"))


def _glob_free(path: Path) -> str:
    """The path as DuckDB takes it: what it would read as a pattern stands for itself."""
    return _GLOB.sub(lambda found: f"[{found[0]}]", str(path))


def _needed(names: set[str]) -> set[str]:
    """The tables and views that some names stand on, they themselves too."""
    found: set[str] = set()
    while names - found:
        found |= names
        texts = " ".join(VIEWS[name] for name in sorted(found & VIEWS.keys()))
        words = set(re.findall(r"\w+", texts))
        names = found | (words & (MEANINGS.keys() | VIEWS.keys()))
    return found


def _explained(error: Exception) -> QueryError:
    """DuckDB's own words, with what to do."""
    message = _first_line(error)
    if "disabled by configuration" in message or "configuration has been locked" in message:
        return QueryError(
            "a query sees the tables of the build and nothing else: no files, no network, no settings",
            hint="kg sql DIR --schema names what can be asked for",
        )
    near = re.search(r'(?:Did you mean|Candidate bindings:) "?(.*)', str(error))
    hint = (
        f"did you mean {near[1].strip()}" if near else "kg sql DIR --schema names tables, views and columns"
    )
    return QueryError(message, hint=hint)


def _first_line(error: Exception) -> str:
    """
    >>> _first_line(ValueError("Parser Error: syntax error at or near\\n\\nLINE 1: ..."))
    'Parser Error: syntax error at or near'
    """
    return str(error).strip().partition("\n")[0]
