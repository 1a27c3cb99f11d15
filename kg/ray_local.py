"""A Ray cluster of this machine alone, for as long as it is needed, and nothing of it is left behind."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from kg.errors import EngineError
from kg.processes import import_path, start_python

__all__ = ["closed_to_others", "local_ray", "own_signals"]

_OBJECTS = 100 * 2**20  # bytes of shards and answers that are on their way
_LONGEST = 28  # characters of a folder in which Ray's sockets have names that are short enough

# Waits until the pipe from this process is closed, however that comes about. Then it ends whoever still has a
# file of Ray's folder open, as Ray's own watch is slow and not complete, and removes the folder.
_JANITOR = """
import glob, os, shutil, signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.setsid()
sys.stdin.read()
for _ in range(100):
    for link in glob.glob("/proc/[0-9]*/fd/*"):
        try:
            pid = int(link.split("/")[2])
            if os.readlink(link).startswith({folder!r}) and pid not in ({driver}, os.getpid()):
                os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
    shutil.rmtree({folder!r}, ignore_errors=True)
    if not os.path.exists({folder!r}):
        break
    time.sleep(0.1)
"""


@contextmanager
def local_ray(ray: ModuleType, workers: int) -> Iterator[None]:
    """Connected to a cluster of ``workers`` cores that is started here, and ends with the block or with this
    process, whichever is first."""
    folder = tempfile.mkdtemp(prefix="kg-ray-", dir=_place())
    janitor = start_python(_JANITOR.format(folder=folder, driver=os.getpid()))
    try:
        with own_signals(), _path_for_others():
            _start(ray, workers, folder)
        yield
    finally:
        ray.shutdown()
        janitor.communicate()


def closed_to_others() -> None:
    """Makes a cluster that is started here one that nobody else can give work to, with a secret of this
    process. Ray looks for it when it is imported, and never again."""
    if "ray" not in sys.modules and "RAY_AUTH_MODE" not in os.environ:
        os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}


def _place() -> str | None:
    place = tempfile.gettempdir()
    return place if len(place) <= _LONGEST or not Path("/tmp").is_dir() else "/tmp"


@contextmanager
def own_signals() -> Iterator[None]:
    """Keeps what is to happen on SIGTERM, which Ray decides anew when it connects."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


@contextmanager
def _path_for_others() -> Iterator[None]:
    """Processes that are started here import what can be imported here."""
    former = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = import_path()
    try:
        yield
    finally:
        if former is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = former


def _start(ray: ModuleType, workers: int, folder: str) -> None:
    try:
        ray.init(
            address="local",
            num_cpus=workers,
            object_store_memory=_OBJECTS,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="ERROR",
            _temp_dir=folder,
        )
    except (OSError, RuntimeError, ValueError, AssertionError, ray.exceptions.RayError) as error:
        raise EngineError(
            f"Ray does not start on this machine: {' '.join(str(error).split())[:300]}",
            hint="without `--engine ray` kg uses the cores of this machine, too",
        ) from error
