"""Sources of the command line -> files, in a stable order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError

__all__ = ["Source", "find_sources"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read: ``path`` is how it is shown and stored, ``file`` is where it lies."""

    path: str
    file: Path


def find_sources(paths: Sequence[str]) -> list[Source]:
    """Files, folders (with everything below them, sorted by name) and globs, in the order given.

    Hidden files and folders are skipped inside folders and globs, links that lead back into a folder that is
    being walked are not followed, and a file that is named twice counts once. What does not exist is a
    SourceError.
    """
    found: list[Source] = []
    seen: set[str] = set()
    for path in paths:
        for source in _expand(path):
            real = os.path.realpath(source.file)
            if real not in seen:
                seen.add(real)
                found.append(source)
    return found


def _expand(path: str) -> Iterator[Source]:
    given = Path(path)
    if given.is_dir():
        yield from _walk(given, "", frozenset())
    elif os.path.lexists(path):
        yield Source(path=path.replace(os.sep, "/"), file=given)
    elif glob.has_magic(path):
        matches = sorted(glob.iglob(path, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
        if not matches:
            raise SourceError(f"{path}: no file matches", hint="check the pattern and the folder you are in")
        for match in matches:
            yield from _expand(match)
    else:
        raise SourceError(
            f"{path}: no such file or folder", hint="check the spelling and the folder you are in"
        )


def _walk(folder: Path, shown: str, above: frozenset[str]) -> Iterator[Source]:
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))
    except OSError:
        yield Source(path=shown or folder.as_posix(), file=folder)  # reading it says why
        return
    for name in names:
        member = folder / name
        path = f"{shown}/{name}" if shown else name
        if member.is_dir():
            yield from _walk(member, path, above | {real})
        elif member.is_file() or member.is_symlink():
            yield Source(path=path, file=member)
