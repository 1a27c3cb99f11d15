"""What a collection has read and extracted so far, so that nothing is read twice.

A store is a folder of Parquet files. Each holds some (key, value) rows that were computed together, is
written beside its place and renamed, and is never changed; a key is a hash of everything that decides the
value (the bytes or the text, and the code that reads it). So a build that was killed goes on where it stood,
and a file that is lost or damaged costs computing time and nothing else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kg.files import atomic_path
from kg.ids import content_hash

__all__ = ["Store"]

_SCHEMA = pa.schema([("key", pa.string()), ("value", pa.string())])
_MOSTLY_UNUSED = 0.5
_MANY_PARTS = 32
_SMALL = 512  # keys; what is added one by one is put together now and then


class Store:
    """A mapping of keys to values on disk. ``get`` and ``put`` keep account of what was used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._values: dict[str, str] = {}
        self._parts: dict[Path, list[str]] = {}
        self._used: set[str] = set()
        for path in sorted(folder.glob("*.parquet")):
            try:
                table = pq.read_table(path, schema=_SCHEMA)
            except (OSError, pa.ArrowException):
                path.unlink(missing_ok=True)
                continue
            keys, values = (list(map(str, table[name].to_pylist())) for name in _SCHEMA.names)
            self._parts[path] = keys
            self._values.update(zip(keys, values, strict=True))

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> frozenset[str]:
        """Every key that has a value."""
        return frozenset(self._values)

    def get(self, key: str) -> str | None:
        """The value of a key, or None."""
        value = self._values.get(key)
        if value is not None:
            self._used.add(key)
        return value

    def put(self, values: Mapping[str, str]) -> None:
        """Adds values, on disk when this returns."""
        new = {key: values[key] for key in sorted(values) if key not in self._values}
        self._used.update(values)
        if new:
            self._write(self._place(new), new)

    def prune(self) -> None:
        """Removes what was not used since the store was opened, where it is worth a file, and puts small
        files together where there are many. Where that cannot be written, all stays."""
        with contextlib.suppress(OSError):
            self._remove_unused()
            self._put_together()

    def _put_together(self) -> None:
        small = [path for path, keys in self._parts.items() if len(keys) < _SMALL]
        if len(small) > _MANY_PARTS:
            kept = {
                key: self._values[key] for path in small for key in self._parts[path] if key in self._used
            }
            if kept:
                self._write(self._place(kept), kept)
            for path in set(small) - {self._place(kept)}:
                path.unlink(missing_ok=True)
                del self._parts[path]

    def _remove_unused(self) -> None:
        for path, keys in list(self._parts.items()):
            used = [key for key in keys if key in self._used]
            if not used:
                path.unlink(missing_ok=True)
                del self._parts[path]
            elif len(used) < _MOSTLY_UNUSED * len(keys):
                kept = {key: self._values[key] for key in used}
                self._write(self._place(kept), kept)
                path.unlink(missing_ok=True)
                del self._parts[path]

    def _place(self, keys: Iterable[str]) -> Path:
        return self._folder / f"{content_hash(chr(10).join(keys).encode())[:32]}.parquet"

    def _write(self, path: Path, values: Mapping[str, str]) -> None:
        table = pa.table([list(values), list(values.values())], schema=_SCHEMA)
        with atomic_path(path) as temporary:
            pq.write_table(table, temporary, compression="zstd")
        self._parts[path] = list(values)
        self._values.update(values)
