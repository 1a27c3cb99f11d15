"""Sources of the command line -> files, in a stable order."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.decisions import FILE_NAME as DECISIONS
from kg.errors import SourceError

__all__ = ["MAX_BYTES", "STDIN", "Source", "find_sources"]

STDIN = "-"
MAX_BYTES = 192 * 2**20
_BUILT = ".kg"  # what lies in a folder that kg builds into
# What a browser saves beside "Name.html" when it saves a page completely: scripts, styles and pictures of it.
_PAGE_PARTS = ("_files", ".files", "_archivos", "_fichiers", "-Dateien", "_file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read: ``path`` is how it is shown and stored, ``file`` is where it lies.

    ``data`` is what came by standard input, which has no place.
    """

    path: str
    file: Path
    data: bytes | None = None


def find_sources(paths: Sequence[str], base: Path = Path()) -> list[Source]:
    """Files, folders (with everything below them, sorted by name), globs and ``-`` (standard input), in the
    order given; relative ones are names seen from ``base``.

    Hidden files and folders, the folder of parts that a browser saves beside a page, and folders that kg
    builds into are skipped inside folders and globs; links that lead back into a folder that is being walked
    are not followed, and a file that is named twice counts once. What does not exist is a SourceError.
    """
    found: list[Source] = []
    seen: set[str] = set()
    for path in paths:
        for source in _expand(path, base):
            real = STDIN if source.path == STDIN else os.path.realpath(source.file)
            if real not in seen:
                seen.add(real)
                found.append(source)
    return found


def _expand(path: str, base: Path) -> Iterator[Source]:
    given = base / path
    if path == STDIN:
        yield Source(path=STDIN, file=given, data=sys.stdin.buffer.read(MAX_BYTES + 1))
    elif given.is_dir():
        yield from _walk(given, "", frozenset(), path)
    elif os.path.lexists(given):
        yield Source(path=_shown(path.replace(os.sep, "/")), file=given)
    elif glob.has_magic(path):
        # Path.glob takes no absolute pattern
        matches = sorted(glob.iglob(path, root_dir=base, recursive=True))  # noqa: PTH207
        if not matches:
            raise SourceError(f"{path}: no file matches", hint="check the pattern and the folder you are in")
        for match in matches:
            yield from _expand(match, base)
    else:
        raise SourceError(
            f"{path}: no such file or folder", hint="check the spelling and the folder you are in"
        )


def _walk(folder: Path, shown: str, above: frozenset[str], given: str) -> Iterator[Source]:
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        found = sorted(entry.name for entry in os.scandir(folder))
    except OSError:
        yield Source(path=_shown(shown or Path(given).as_posix()), file=folder)  # reading it says why
        return
    names = [name for name in found if not name.startswith(".") and name != DECISIONS]
    pages = {Path(name).stem for name in names if Path(name).suffix.lower() in {".html", ".htm", ".xhtml"}}
    for name in names:
        if any(name.removesuffix(part) in pages for part in _PAGE_PARTS if name.endswith(part)):
            continue
        member = folder / name
        path = f"{shown}/{name}" if shown else name
        if member.is_dir():
            if not (member / _BUILT).is_dir():
                yield from _walk(member, path, above | {real}, given)
        elif member.is_file() or not member.exists():  # a pipe may never end; reading a dead link says so
            yield Source(path=_shown(path), file=member)


def _shown(path: str) -> str:
    """A path as text: names of files are bytes, and some are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
