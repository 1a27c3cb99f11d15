"""Shards in local worker processes: one thread here for each process there.

A worker that dies (of memory, of a kill) is started again and its shard given out once more; shards are pure,
so nothing else has to be known. The other way round, a worker ends as soon as the pipe from this process is
closed, whatever it is at, so no kill leaves an orphan.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from kg.errors import EngineError
from kg.processes import start_python
from kg.shards import Shard, extract_shard

__all__ = ["in_workers", "serve"]

# Not "-m": what is pickled must belong to kg.workers on both sides, not to __main__.
_START = "from kg.workers import serve; serve()"
_ATTEMPTS = 4
_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())


def in_workers(shards: Iterable[Shard], count: int) -> Iterator[tuple[Shard, bytes]]:
    """Each shard with the bytes of its file, as they are done, by ``count`` processes. No more shards are
    taken than there are processes. EngineError where a shard cannot be done, or its own error."""
    pool = _Pool(shards)
    threads = [threading.Thread(target=pool.work, daemon=True) for _ in range(count)]
    try:
        for thread in threads:
            thread.start()
        for _ in threads:
            while (done := pool.done.get()) is not None:
                if isinstance(done, BaseException):
                    raise done
                yield done
    finally:
        pool.close()
        for thread in threads:
            thread.join()


class _Pool:
    """What the threads share: shards to do, what is done (None from a thread that ends), the processes."""

    def __init__(self, shards: Iterable[Shard]) -> None:
        self.done: queue.Queue[tuple[Shard, bytes] | BaseException | None] = queue.Queue()
        self._shards = iter(shards)
        self._lock = threading.Lock()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def work(self) -> None:
        """One thread: gives shards to one process after the other."""
        process = None
        try:
            while (shard := self._next()) is not None:
                for attempt in range(_ATTEMPTS):
                    process = process or self._start()
                    try:
                        self.done.put((shard, _asked(process, shard)))
                        break
                    except (EOFError, OSError, pickle.UnpicklingError) as error:
                        status, process = self._ended(process), None
                        if self._closed:
                            return
                        _LOG.warning("a worker process died (status %d); its texts are read again", status)
                        if attempt + 1 == _ATTEMPTS:
                            raise EngineError(
                                f"workers died {_ATTEMPTS} times over the same texts (status {status})",
                                hint="is there too little memory? try --workers 1; what is done is kept",
                            ) from error
        except BaseException as error:
            self.done.put(error)
        finally:
            if process is not None:
                self._ended(process)
            self.done.put(None)

    def close(self) -> None:
        """Ends all processes, and keeps new ones from being started."""
        with self._lock:
            self._closed = True
            for process in self._processes:
                process.kill()

    def _next(self) -> Shard | None:
        with self._lock:
            return None if self._closed else next(self._shards, None)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise EOFError
            process = start_python(_START)
            self._processes.add(process)
            return process

    def _ended(self, process: subprocess.Popen[bytes]) -> int:
        """Ends a process and waits for it; its exit status."""
        process.kill()
        process.communicate()
        with self._lock:
            self._processes.discard(process)
        return process.returncode


def _asked(process: subprocess.Popen[bytes], shard: Shard) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    pickle.dump(shard, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()
    answer: bytes | BaseException = pickle.load(process.stdout)
    if isinstance(answer, BaseException):
        raise answer
    return answer


def serve() -> None:
    """The other side: answers shards with the bytes of their files, or with the error that came of one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other side is told, and ends this one
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whatever a component prints
    orders: queue.SimpleQueue[Shard] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    while True:
        shard = orders.get()
        try:
            answer: bytes | Exception = extract_shard(shard)
        except Exception as error:
            answer = error
        answers.write(_packed(answer))
        answers.flush()


def _packed(answer: bytes | Exception) -> bytes:
    if isinstance(answer, bytes):
        return pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
    try:
        packed = pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
        pickle.loads(packed)
    except Exception:
        packed = pickle.dumps(EngineError(f"{type(answer).__name__}: {answer!s}"))
    return packed


def _listen(orders: BinaryIO, shards: queue.SimpleQueue[Shard]) -> None:
    """Reads while the other thread computes, so that the end of the other side is seen at once, were it in
    the middle of a shard."""
    with contextlib.suppress(Exception):
        while True:
            shards.put(pickle.load(orders))
    os._exit(0)
