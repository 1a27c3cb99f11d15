"""manifest.json: what a build was made of and what it wrote; no clock, so equal builds are equal bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import kg
from kg.errors import TablesError
from kg.files import atomic_text
from kg.ids import content_hash
from kg.tables import SCHEMA_VERSION

__all__ = ["MANIFEST", "former_files", "make_manifest", "read_manifest", "write_manifest"]

MANIFEST = "manifest.json"
_NO_TEXT = re.compile("[\ud800-\udfff]")  # in names of files that are no UTF-8


def make_manifest(
    folder: Path,
    files: Iterable[Path],
    *,
    pipeline: str,
    fingerprint: str,
    counts: Mapping[str, int],
    graph: Mapping[str, int],
    made_of: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The manifest as plain data: ``counts`` are rows by table, ``graph`` the numbers of nodes and edges,
    ``made_of`` the record of a kg.recipe.Recipe."""
    return {
        **({"made_of": dict(made_of)} if made_of is not None else {}),
        "schema_version": SCHEMA_VERSION,
        "kg_version": kg.__version__,
        "pipeline": pipeline,
        "pipeline_fingerprint": fingerprint,
        "tables": dict(sorted(counts.items())),
        "graph": dict(sorted(graph.items())),
        "files": {
            path.relative_to(folder).as_posix(): {
                "sha256": content_hash(path.read_bytes()),
                "bytes": path.stat().st_size,
            }
            for path in sorted(files)
        },
    }


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> Path:
    """Writes ``manifest.json`` into the folder."""
    path = folder / MANIFEST
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    with atomic_text(path) as file:
        file.write(_NO_TEXT.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")
    return path


def former_files(folder: Path) -> set[Path]:
    """The files that the last build wrote into the folder; none if there was no build."""
    try:
        names = [Path(name) for name in read_manifest(folder)["files"]]
    except (TablesError, KeyError, TypeError):
        return set()
    # A manifest is a file like any other: it must not make a build delete something elsewhere.
    return {folder / name for name in names if not name.is_absolute() and ".." not in name.parts}


def read_manifest(folder: Path) -> dict[str, Any]:
    """What ``write_manifest`` wrote; a TablesError if there is none or it is damaged."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(manifest, dict):
            raise ValueError("not a JSON object")
    except FileNotFoundError as error:
        hint = "run `kg build SOURCES -o DIR` first, and give its DIR"
        raise TablesError(f"{path}: no such file", hint=hint) from error
    except (OSError, ValueError) as error:
        raise TablesError(f"{path}: not a readable manifest ({error})", hint="build again") from error
    return manifest
