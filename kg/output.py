"""The folder that a build writes into: one builder at a time, and whole at every moment.

Everything is written into a staging folder inside. When it is whole, a list of the moves is written (the
point of no return), the files are renamed onto their places, and the list is removed. Whoever is killed
before the list stands leaves the former output; whoever is killed behind it leaves moves that the next one
finishes.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OutputError
from kg.files import atomic_text

if sys.platform != "win32":
    import fcntl

__all__ = ["STATE", "Workplace", "finish_moves", "open_output", "settle", "store_folder"]

STATE = ".kg"
_LOCK, _MOVES, _STORE = "lock", "moves.json", "store"
_STAGING = "staging-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """An output folder that is ours: where new files are made, and where the store lies."""

    output: Path
    staging: Path
    store: Path

    def commit(self, files: Iterable[Path], obsolete: Iterable[Path]) -> tuple[Path, ...]:
        """Puts files of the staging folder onto their places and removes obsolete ones; the places."""
        moves = [path.relative_to(self.staging).as_posix() for path in files]
        state = self.output / STATE
        with _uninterrupted():  # the work is done; what is left takes no time
            with atomic_text(state / _MOVES) as file:
                removed = sorted(path.relative_to(self.output).as_posix() for path in obsolete)
                json.dump({"staging": self.staging.name, "moves": moves, "removed": removed}, file)
                file.flush()
                os.fsync(file.fileno())
            finish_moves(self.output)
        return tuple(self.output / name for name in moves)


@contextmanager
def open_output(output: Path) -> Iterator[Workplace]:
    """The folder for one builder; an OutputError where another one works in it, or it cannot be written."""
    state = output / STATE
    with _told(output):
        state.mkdir(parents=True, exist_ok=True)
        with (state / _LOCK).open("a+") as lock:
            _take(lock.fileno(), output)
            finish_moves(output)
            _remove_litter(state)
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=state))
            try:
                yield Workplace(output=output, staging=staging, store=store_folder(output))
            finally:
                if not (state / _MOVES).exists():  # else the next one moves what is left there
                    shutil.rmtree(staging, ignore_errors=True)
                    _remove_if_unused(output)


def store_folder(output: Path) -> Path:
    """Where a build into ``output`` keeps what it has read and extracted (kg.store)."""
    return output / STATE / _STORE


def settle(output: Path) -> None:
    """For those who read: ends a commit that a killed builder has begun, where one may write there and no
    builder is at it."""
    state = output / STATE
    if sys.platform == "win32" or not (state / _MOVES).exists():
        return
    with contextlib.suppress(OSError), (state / _LOCK).open("a+") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        finish_moves(output)
        _remove_litter(state)


def _remove_litter(state: Path) -> None:
    """Removes what killed builders left: staged files, and files that they were writing into the store."""
    for litter in state.glob(f"{_STAGING}*"):
        shutil.rmtree(litter, ignore_errors=True)
    for folder in (state, state / _STORE):
        for litter in folder.glob(".*.tmp"):
            litter.unlink(missing_ok=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C, and SIGTERM, wait for nothing here: they do nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = {each: signal.signal(each, signal.SIG_IGN) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in former.items():
            signal.signal(each, handler)


def finish_moves(output: Path) -> None:
    """Ends a commit that was begun; nothing where none was."""
    state = output / STATE
    try:
        plan = json.loads((state / _MOVES).read_text(encoding="utf-8"))
        staging = state / Path(plan["staging"]).name
        moves, removed = _inside(plan["moves"]), _inside(plan["removed"])
    except (FileNotFoundError, NotADirectoryError):
        return
    except (ValueError, KeyError, TypeError):  # not ours, or damaged: the files themselves are whole
        (state / _MOVES).unlink(missing_ok=True)
        return
    for name in moves:
        with contextlib.suppress(FileNotFoundError):  # moved before
            target = output / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (staging / name).replace(target)
    for name in removed:
        path = output / name
        if not path.is_dir():
            path.unlink(missing_ok=True)
            _remove_empty(path.parent, output)
    (state / _MOVES).unlink(missing_ok=True)


def _inside(names: Sequence[str]) -> list[Path]:
    """The names, if none leads out of the folder; a list of moves is a file like any other."""
    paths = [Path(name) for name in names]
    if any(path.is_absolute() or ".." in path.parts for path in paths):
        raise ValueError("a name leads out of the folder")
    return paths


def _remove_empty(folder: Path, output: Path) -> None:
    """Removes the folder of a format that is no longer written, unless somebody else's files are in it."""
    if folder != output and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _remove_if_unused(output: Path) -> None:
    """Removes what was made here where it holds nothing: a build that found no paper leaves no folder."""
    state = output / STATE
    if {path.name for path in output.iterdir()} == {STATE} and not [*state.rglob("*.*")]:
        shutil.rmtree(output, ignore_errors=True)


def _take(lock: int, output: Path) -> None:
    """The lock of the folder, which ends with the process however that ends."""
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        hint = "wait until it is done, or build into another folder"
        raise OutputError(f"{output}: another kg is building into this folder", hint=hint) from error


_REASONS = {
    errno.ENOSPC: ("no space is left on its disk", "make room and run the same command again: it goes on"),
    errno.EDQUOT: ("your disk quota is used up", "make room and run the same command again: it goes on"),
    errno.EROFS: ("the file system is read-only", "make it writable, or build into another folder"),
    errno.EACCES: ("you may not write there", "change its permissions, or build into another folder"),
    errno.EPERM: ("you may not write there", "change its permissions, or build into another folder"),
    errno.ENOTDIR: ("it is a file, not a folder", "give another folder with -o"),
    errno.EEXIST: ("it is a file, not a folder", "give another folder with -o"),
}


@contextmanager
def _told(output: Path) -> Iterator[None]:
    """Errors of the file system in words; the former output is untouched by them."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REASONS:
            raise
        what, hint = _REASONS[error.errno]
        kept = "the former output is unchanged"
        if (output / STATE / _MOVES).exists():
            kept, hint = "its new files are half in place", "then run the same command again: it ends this"
        raise OutputError(f"{output}: {what}; {kept}", hint=hint) from error
