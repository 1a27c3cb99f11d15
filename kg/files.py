"""Atomic writes: a file is written beside its place and renamed, so whoever is killed leaves the old one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["atomic_binary", "atomic_folder", "atomic_path", "atomic_text"]


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A temporary path in the same folder, moved onto ``path`` when the block ends without an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def atomic_text(path: Path) -> Iterator[IO[str]]:
    """A UTF-8 text file with LF line ends, whatever the platform."""
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        yield file


@contextmanager
def atomic_binary(path: Path) -> Iterator[IO[bytes]]:
    """A binary file."""
    with atomic_path(path) as temporary, temporary.open("wb") as file:
        yield file


@contextmanager
def atomic_folder(path: Path, former: Sequence[str]) -> Iterator[Path]:
    """A temporary folder whose files move into the folder ``path`` when the block ends without an error.

    Files there that fit a pattern of ``former`` and were not written again are removed, all others stay.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent))
    try:
        yield temporary
        path.mkdir(exist_ok=True)
        written = sorted(temporary.iterdir())
        for file in written:
            file.replace(path / file.name)
        kept = {file.name for file in written}
        for old in sorted({old for pattern in former for old in path.glob(pattern)}):
            if old.name not in kept and old.is_file():
                old.unlink()
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
