"""The process that readers run in: sources come in by standard input, readings go out by standard output.

Started by kg.readers.isolated. The operating system bounds the memory and the computing time of each
document, so a parser that hangs or grows without end is stopped, and a parser that crashes takes nothing with
it but this process.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from dataclasses import dataclass
from itertools import islice
from typing import IO

from kg.readers import load, read_loaded, reading_key
from kg.readers.base import Reading
from kg.readers.sources import Source

if sys.platform != "win32":
    import resource

__all__ = ["Begun", "Ended", "Order", "Read", "main", "seconds_for"]

_SECONDS = 30
_SECONDS_A_MIB = 1
_MEMORY = 768 * 2**20
_MEMORY_A_BYTE = 10
_MOST_MEMORY = 4 * 2**30
_PACKED = 10  # what a packed document is reckoned to be, times its size


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A source to read, without its first ``skip`` documents."""

    source: Source
    skip: int
    full_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The document that is read from now on, so that the other side knows whom a crash costs."""

    path: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document that was read; ``reading`` is None where its key is known. ``key`` is None for what is not
    to be kept: a document that could not even be loaded."""

    path: str
    key: str | None
    reading: Reading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The source has no further document."""


def seconds_for(size: int) -> int:
    """The computing time that a document of so many bytes may take."""
    return _SECONDS + _SECONDS_A_MIB * (size >> 20)


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Reads orders until there are no more. First comes the set of keys of documents that are known: those
    are named and not read."""
    known: frozenset[str] = pickle.load(orders)
    while True:
        try:
            order: Order = pickle.load(orders)
        except EOFError:
            return
        _bound(0)
        for loaded in islice(load(order.source), order.skip, None):
            _send(answers, Begun(path=loaded.path, size=len(loaded.data)))
            _bound(len(loaded.data))
            key = None if loaded.error else reading_key(loaded, full_text=order.full_text)
            reading = None if key in known else read_loaded(loaded, full_text=order.full_text)
            _send(answers, Read(path=loaded.path, key=key, reading=reading))
            _bound(0)
        _send(answers, Ended())


def _send(answers: IO[bytes], value: object) -> None:
    pickle.dump(value, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _bound(size: int) -> None:
    """Sets the limits for a document of so many bytes; those of loading, where no size is given."""
    if sys.platform == "win32":  # only the clock of the other side bounds a document there
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + seconds_for(size or 2**28)
    memory = min(_MOST_MEMORY, _MEMORY + _MEMORY_A_BYTE * _PACKED * size) if size else _MOST_MEMORY
    for limit, value in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        hard = resource.getrlimit(limit)[1]
        with contextlib.suppress(ValueError, OSError):  # a system that does not bound this
            resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def main() -> None:
    """Serves standard input; whatever a parser prints goes to nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other side is told, and ends this one
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    serve(sys.stdin.buffer, answers)
