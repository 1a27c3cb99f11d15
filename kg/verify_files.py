"""The files of a build against its manifest: which there are, their bytes, schema, order and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.ids import content_hash
from kg.manifest import MANIFEST
from kg.problems import Found, Problem
from kg.tables import SCHEMA_VERSION, SCHEMAS, SORT_KEYS, Row, Tables

__all__ = ["named_files", "row_name", "verify_files", "verify_manifest", "verify_order", "verify_schemas"]


def named_files(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The files that a manifest names, with what it says of each; none where it holds something else."""
    files = manifest.get("files")
    if not isinstance(files, dict):
        return {}
    return {name: entry for name, entry in sorted(files.items()) if isinstance(entry, dict)}


def verify_files(folder: Path, manifest: Mapping[str, Any]) -> Found:
    """Every file that the manifest names is there with these bytes, and ``tables/`` holds nothing else."""
    files = named_files(manifest)
    for name, entry in files.items():
        path = folder / name
        if Path(name).is_absolute() or ".." in Path(name).parts:
            yield Problem(table=MANIFEST, identifier=name, what="the name leads out of the folder")
        elif not path.is_file():
            yield Problem(table=MANIFEST, identifier=name, what="the file is missing")
        elif content_hash(data := path.read_bytes()) != entry.get("sha256"):
            yield Problem(table=MANIFEST, identifier=name, what="the file was changed")
        elif entry.get("bytes") != len(data):
            what = f"says {entry.get('bytes')} bytes, there are {len(data)}"
            yield Problem(table=MANIFEST, identifier=name, what=what)
    for name in SCHEMAS:
        if f"tables/{name}.parquet" not in files:
            yield Problem(
                table=MANIFEST, identifier=f"tables/{name}.parquet", what="the manifest does not name it"
            )
    for path in sorted((folder / "tables").iterdir()):
        if path.name not in {f"{name}.parquet" for name in SCHEMAS}:
            yield Problem(table=f"tables/{path.name}", identifier="", what="no table of a build is called so")


def verify_manifest(manifest: Mapping[str, Any], tables: Tables, graph: tuple[int, int] | None) -> Found:
    """The numbers of the manifest; ``graph``: nodes and edges that the tables say, None where they cannot."""
    if manifest.get("schema_version") != SCHEMA_VERSION:
        what = f"says {manifest.get('schema_version')!r}, the tables have version {SCHEMA_VERSION}"
        yield Problem(table=MANIFEST, identifier="schema_version", what=what)
    for name in ("kg_version", "pipeline", "pipeline_fingerprint"):
        if not isinstance(manifest.get(name), str) or not manifest[name]:
            yield Problem(table=MANIFEST, identifier=name, what=f"says {manifest.get(name)!r}")
    said = manifest.get("tables")
    said = said if isinstance(said, dict) else {}
    for name, count in tables.counts().items():
        if said.get(name) != count:
            what = f"says {said.get(name)} rows of {name}, there are {count}"
            yield Problem(table=MANIFEST, identifier=name, what=what)
    for name in sorted(said.keys() - tables.counts().keys()):
        yield Problem(table=MANIFEST, identifier=name, what="no table is called so")
    counted = manifest.get("graph")
    counted = counted if isinstance(counted, dict) else {}
    for name, count in zip(("nodes", "edges"), graph or (), strict=False):
        if counted.get(name) != count:
            what = f"says {counted.get(name)} {name}, the tables give {count}"
            yield Problem(table=MANIFEST, identifier="graph", what=what)


def verify_schemas(folder: Path) -> Found:
    """The columns of every table and their types."""
    for name, wanted in SCHEMAS.items():
        found = pq.read_schema(folder / f"{name}.parquet")
        for column in wanted.names:
            kind = found.field(column).type if column in found.names else None
            if kind is None or not _same(kind, wanted.field(column).type):
                what = f"holds {kind}, not {wanted.field(column).type}"
                yield Problem(table=name, identifier=f"column {column}", what=what)


def _same(one: pa.DataType, other: pa.DataType) -> bool:
    """Names of the items of lists differ between versions of Parquet."""
    if pa.types.is_list(one) and pa.types.is_list(other):
        return bool(one.value_type.equals(other.value_type))
    return bool(one.equals(other))


def verify_order(tables: Tables) -> Found:
    """Every table is sorted by its keys, and no key stands twice."""
    for table, keys in SORT_KEYS.items():
        rows: list[Row] = getattr(tables, table)
        for column in keys:
            for row in rows:
                if row[column] is None:
                    yield Problem(table=table, identifier=row_name(table, row), what=f"{column} is None")
        found = [tuple(row[key] for key in keys) for row in rows]
        yield from _out_of_order(table, found)


def _out_of_order(table: str, keys: Sequence[tuple[Any, ...]]) -> Found:
    if any(value is None for key in keys for value in key):
        return  # told above
    seen: dict[tuple[Any, ...], int] = {}
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
    for key, count in seen.items():
        if count > 1:
            yield Problem(table=table, identifier="/".join(map(str, key)), what=f"stands {count} times")
    for row, (one, other) in enumerate(pairwise(keys), start=2):
        if other < one:
            what = f"row {row} is not in its order"
            yield Problem(table=table, identifier="/".join(map(str, other)), what=what)


def row_name(table: str, row: Row) -> str:
    """How a row is called in messages: by what it is sorted by."""
    return "/".join(str(row[key]) for key in SORT_KEYS[table])
