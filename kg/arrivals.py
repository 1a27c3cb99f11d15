"""Which documents came, changed and went between two builds into one folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["Arrivals", "arrivals", "former_documents"]

# path -> ids of the documents that are shown so: files of two folders may have one name
Documents = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Paths of documents as they are shown, each sorted."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def former_documents(output: Path) -> Documents:
    """The documents of the build that lies in a folder; none where there is no build."""
    try:
        table = pq.read_table(output / "tables" / "documents.parquet", columns=["path", "document_id"])
    except (OSError, pa.ArrowException, KeyError):
        return {}
    return _by_path(table.to_pylist())


def arrivals(former: Documents, rows: Iterable[Mapping[str, Any]]) -> Arrivals:
    """What is otherwise now; a document that only has another name came and went."""
    now = _by_path(rows)
    return Arrivals(
        new=tuple(sorted(path for path in now if path not in former)),
        changed=tuple(sorted(path for path in now if path in former and now[path] != former[path])),
        gone=tuple(sorted(path for path in former if path not in now)),
    )


def _by_path(rows: Iterable[Mapping[str, Any]]) -> Documents:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["path"]].add(row["document_id"])
    return {path: frozenset(ids) for path, ids in found.items()}
