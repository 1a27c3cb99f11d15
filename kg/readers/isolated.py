"""Readers in a process of their own, so that a crash or hang of a parser costs one document."""

from __future__ import annotations

import pickle
import signal
import subprocess
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from kg.ids import content_hash
from kg.processes import start_python
from kg.readers.base import Reading
from kg.readers.sources import Source
from kg.readers.worker import Begun, Ended, Order, Read, seconds_for
from kg.types import Document

__all__ = ["IsolatedReaders"]

# On a busy machine computing time passes slowly; this is the clock that ends what does not compute at all.
_CLOCK_FACTOR = 10
# Not "-m": what is pickled must belong to kg.readers.worker on both sides, not to __main__.
_START = "from kg.readers.worker import main; main()"


class IsolatedReaders:
    """A worker process, started when it is first needed and again after each crash; a context manager.

    ``known`` are the keys (``kg.readers.reading_key``) of documents that need not be read.
    """

    def __init__(self, known: frozenset[str] = frozenset()) -> None:
        self._known = known
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker, whatever it is at."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def read_each(self, source: Source, *, full_text: bool = False) -> Iterator[Reading]:
        """The documents of a source, as ``kg.readers.read_each`` gives them; one that the worker does not
        survive is a failed document, and reading goes on behind it."""
        for read in self.read_new(source, full_text=full_text):
            if read.reading is not None:
                yield read.reading

    def read_new(self, source: Source, *, full_text: bool = False) -> Iterator[Read]:
        """The same with the key of each document, and without the readings of those that are known."""
        done = 0
        while True:
            begun: Begun | None = None
            try:
                for answer in self._ask(Order(source=source, skip=done, full_text=full_text)):
                    if isinstance(answer, Begun):
                        begun = answer
                    else:
                        yield answer
                        done, begun = done + 1, None
                return
            except (EOFError, OSError, pickle.UnpicklingError):
                lost = self._lost(begun.path if begun else source.path)
                yield Read(path=lost.document.path, key=None, reading=lost)
                if begun is None:  # the source itself cannot be opened
                    return
                done += 1

    def _ask(self, order: Order) -> Iterator[Begun | Read]:
        process = self._process = self._process or self._start()
        if process.stdin is None or process.stdout is None:
            raise EOFError
        pickle.dump(order, process.stdin)
        process.stdin.flush()
        seconds = seconds_for(0)
        while True:
            watch = threading.Timer(_CLOCK_FACTOR * seconds, process.kill)
            watch.start()
            try:
                answer: Begun | Read | Ended = pickle.load(process.stdout)
            finally:
                watch.cancel()
            if isinstance(answer, Ended):
                return
            seconds = seconds_for(answer.size if isinstance(answer, Begun) else 0)
            yield answer

    def _start(self) -> subprocess.Popen[bytes]:
        """A worker that knows what need not be read."""
        process = start_python(_START)
        if process.stdin is not None:
            pickle.dump(self._known, process.stdin)
        return process

    def _lost(self, path: str) -> Reading:
        """The document that the worker died of."""
        process = self._process
        status = process.wait() if process is not None else 0
        self.close()
        identity = content_hash(path.encode("utf-8", "surrogateescape"))
        return Reading(
            document=Document(document_id=identity, path=path, status="failed", error=_cause(status))
        )


def _cause(status: int) -> str:
    """What a status of a dead process means to the user."""
    if -status in {signal.SIGXCPU, signal.SIGKILL}:
        return "took too long or too much memory to read and was stopped; split the file, or save it as text"
    if -status == signal.SIGABRT:  # how parsers in C end when they get no more memory
        return "needs more memory to read than a document may take; split the file, or save it as text"
    return f"its parser crashed on it (status {status}); save the file anew or as text, and please report it"
