"""A folder that all machines of a cluster reach, in which finished shards are kept: a path or fsspec URL.

Whoever has a shard to do looks here first. A file here is named by what it is made from, so nothing here is
ever wrong, only missing or damaged, and both mean: compute it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from kg.errors import EngineError
from kg.files import atomic_binary
from kg.shards import Shard
from kg.store import part_values

__all__ = ["check_folder", "keep", "kept", "sweep"]

_ATTEMPTS = 4


def check_folder(folder: str) -> None:
    """EngineError where such a folder cannot be, or what its kind of address needs is not installed."""
    try:
        if (path := _path(folder)) is not None:
            path.mkdir(parents=True, exist_ok=True)
        else:
            _file_system(folder)
    except ImportError as error:
        hint = "pip install 'kg-builder[ray,s3]', here and on every machine of the cluster"
        raise EngineError(f"{folder}: {error}", hint=hint) from error
    except (OSError, ValueError) as error:
        hint = "give a folder that all machines reach, or an address such as s3://bucket/prefix"
        raise EngineError(f"no shards can be kept in {folder}: {error}", hint=hint) from error


def kept(folder: str, shard: Shard) -> bytes | None:
    """The bytes of the shard's file; None where there is none, or a damaged one. OSError where the folder
    cannot be asked."""
    try:
        path = _path(folder)
        content = (
            (path / _place(shard)).read_bytes() if path is not None else _asked(folder, "cat_file", shard)
        )
    except FileNotFoundError:
        return None
    try:
        return content if list(part_values(content)) == list(shard.texts) else None
    except (pa.ArrowException, OSError, KeyError, ValueError):
        return None


def keep(folder: str, shard: Shard, content: bytes) -> None:
    """Puts the shard's file there, whole or not at all."""
    path = _path(folder)
    if path is None:
        try:
            _asked(folder, "pipe_file", shard, content)
        except FileNotFoundError as error:  # there is no such bucket
            raise OSError(f"{folder}: {error}") from error
        return
    for attempt in range(_ATTEMPTS):
        try:
            with atomic_binary(path / _place(shard)) as file:
                file.write(content)
            return
        except FileNotFoundError:  # swept away by another run that has ended meanwhile
            if attempt + 1 == _ATTEMPTS:
                raise


def sweep(folder: str) -> None:
    """Removes what killed machines have left half written. An object store never shows such a thing."""
    path = _path(folder)
    for litter in path.glob("*/.*.parquet.*.tmp") if path is not None else ():
        litter.unlink(missing_ok=True)


def _place(shard: Shard) -> str:
    """In one of 256 folders: file systems grow slow with millions of files in one."""
    return f"{shard.name[:2]}/{shard.name}"


def _path(folder: str) -> Path | None:
    """The folder, if it is one of the file system."""
    if "://" not in folder:
        return Path(folder)
    return Path(folder.removeprefix("file://")) if folder.startswith("file://") else None


def _asked(folder: str, what: str, shard: Shard, *content: bytes) -> Any:
    """An answer of the object store; whatever goes wrong there is an OSError, which survives a journey
    between machines."""
    try:
        system, prefix = _file_system(folder)
        return getattr(system, what)(f"{prefix.rstrip('/')}/{_place(shard)}", *content)
    except FileNotFoundError:
        raise
    except Exception as error:
        raise OSError(f"{folder}: {type(error).__name__}: {error}") from error


def _file_system(folder: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs  # noqa: PLC0415 (an extra)

    system, prefix = url_to_fs(folder)
    return system, str(prefix)
