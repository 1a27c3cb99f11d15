"""What a collection has read and extracted so far, so that nothing is read twice.

A store is a folder of Parquet files. Each holds some (key, value) rows that were computed together, is
written beside its place and renamed, and is never changed; a key is a hash of everything that decides the
value (the bytes or the text, and the code that reads it). So a build that was killed goes on where it stood,
a file that is lost or damaged costs computing time and nothing else, and whoever computes (this process, a
worker, a machine of a cluster) only has to put a file here. Values stay on disk until they are asked for.
"""

from __future__ import annotations

import contextlib
import io
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kg.files import atomic_binary
from kg.ids import content_hash

__all__ = ["Store", "part_bytes", "part_name", "part_values"]

_SCHEMA = pa.schema([("key", pa.string()), ("value", pa.string())])
_MOSTLY_UNUSED = 0.5
_MANY_PARTS = 32
_SMALL = 64  # keys; what is added one by one is put together now and then
_TOGETHER = 1024  # keys of a part that was put together
_AT_HAND = 2**26  # characters of values that are kept in memory, those of the parts that were asked for last


def part_name(keys: Iterable[str]) -> str:
    """The name of the file that holds these keys."""
    return f"{content_hash(chr(10).join(keys).encode())[:32]}.parquet"


def part_bytes(values: Mapping[str, str]) -> bytes:
    """The file that holds these values, in their order; equal values are equal bytes."""
    buffer = io.BytesIO()
    pq.write_table(
        pa.table([list(values), list(values.values())], schema=_SCHEMA), buffer, compression="zstd"
    )
    return buffer.getvalue()


def part_values(content: bytes) -> dict[str, str]:
    """What ``part_bytes`` was made of."""
    columns = pq.read_table(io.BytesIO(content), schema=_SCHEMA).to_pydict()
    return dict(zip(columns["key"], columns["value"], strict=True))


class Store:
    """A mapping of keys to values on disk. ``get`` and ``put`` keep account of what was used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._parts: dict[Path, tuple[str, ...]] = {}
        self._place: dict[str, Path] = {}
        self._used: set[str] = set()
        self._at_hand: OrderedDict[Path, dict[str, str]] = OrderedDict()
        self._size: dict[Path, int] = {}
        for path in sorted(folder.glob("*.parquet")):
            self._know(path)

    def __len__(self) -> int:
        return len(self._place)

    def keys(self) -> frozenset[str]:
        """Every key that has a value."""
        return frozenset(self._place)

    def get(self, key: str) -> str | None:
        """The value of a key, or None."""
        path = self._place.get(key)
        if path is None:
            return None
        value = self._values_of(path).get(key)
        if value is not None:
            self._used.add(key)
        return value

    def put(self, values: Mapping[str, str]) -> None:
        """Adds values, on disk when this returns."""
        new = {key: values[key] for key in sorted(values) if key not in self._place}
        self._used.update(values)
        if new:
            self._write(new)

    def adopt(self, name: str, content: bytes, keys: Iterable[str]) -> None:
        """Takes up a part that was made elsewhere with ``part_bytes``, on disk when this returns."""
        path = self.folder / name
        with atomic_binary(path) as file:
            file.write(content)
        self._note(path, tuple(keys))

    def prune(self) -> None:
        """Removes what was not used since the store was opened, where it is worth a file, and puts small
        files together where there are many. Where that cannot be written, all stays."""
        with contextlib.suppress(OSError):
            self._remove_unused()
            self._put_together()

    def _put_together(self) -> None:
        small = [path for path, keys in self._parts.items() if len(keys) < _SMALL]
        if len(small) <= _MANY_PARTS:
            return
        for paths in _batches(small, self._parts):
            kept = {
                key: value
                for path in paths
                for key, value in self._values_of(path).items()
                if key in self._used
            }
            if kept:
                self._write(kept)
            for path in set(paths) - {self.folder / part_name(kept)}:
                self._forget(path)

    def _remove_unused(self) -> None:
        for path, keys in list(self._parts.items()):
            used = [key for key in keys if key in self._used]
            if not used:
                self._forget(path)
            elif len(used) < _MOSTLY_UNUSED * len(keys):
                values = self._values_of(path)
                self._write({key: values[key] for key in used})
                self._forget(path)

    def _write(self, values: Mapping[str, str]) -> None:
        self.adopt(part_name(values), part_bytes(values), values)

    def _note(self, path: Path, keys: tuple[str, ...]) -> None:
        self._parts[path] = keys
        self._place.update(dict.fromkeys(keys, path))

    def _know(self, path: Path) -> None:
        try:
            keys = pq.read_table(path, schema=_SCHEMA, columns=["key"])["key"].to_pylist()
        except (OSError, pa.ArrowException):
            path.unlink(missing_ok=True)
            return
        self._note(path, tuple(map(str, keys)))

    def _values_of(self, path: Path) -> dict[str, str]:
        """Of a part; those that were asked for last are kept. A part that is damaged by now has none."""
        values = self._at_hand.get(path)
        if values is None:
            try:
                columns = pq.read_table(path, schema=_SCHEMA).to_pydict()
            except (OSError, pa.ArrowException):
                self._forget(path)  # so that the next one computes it again
                return {}
            values = self._at_hand[path] = dict(zip(columns["key"], columns["value"], strict=True))
            self._size[path] = sum(map(len, values.values()))
            while sum(self._size.values()) > _AT_HAND:
                last, _ = self._at_hand.popitem(last=False)
                del self._size[last]
            if path not in self._at_hand:  # one huge document, which is asked for once
                return values
        self._at_hand.move_to_end(path)
        return values

    def _forget(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        for key in self._parts.pop(path):
            if self._place.get(key) == path:
                del self._place[key]
        self._at_hand.pop(path, None)
        self._size.pop(path, None)


def _batches(paths: Sequence[Path], parts: Mapping[Path, Sequence[str]]) -> Iterator[list[Path]]:
    """Parts in groups of about so many keys as one part shall have."""
    batch: list[Path] = []
    for path in paths:
        batch.append(path)
        if sum(len(parts[each]) for each in batch) >= _TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch
