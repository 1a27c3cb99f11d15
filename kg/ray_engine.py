"""Shards on a Ray cluster: one task a shard. Ray gives it out again where a worker or a machine dies.

The tasks know nothing but their shard, and write at most one file, named by its content. So it does no harm
where two machines do the same one, and nothing has to be undone where one of them dies.
"""

from __future__ import annotations

import os
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kg.errors import EngineError
from kg.processes import possible_workers
from kg.ray_local import closed_to_others, local_ray, own_signals
from kg.shard_folder import check_folder, keep, kept, sweep
from kg.shards import Shard, extract_shard

if TYPE_CHECKING:
    from kg.engine import Engine

__all__ = ["on_ray"]

_RETRIES = 5  # of a shard whose worker or machine dies
_LOOKS = 4  # for a file that another machine has written
_TASKS_A_CORE = 2  # at work or waiting: a worker must not wait until this process is asked for more
_PATIENCE = 10.0  # seconds until an address does not answer
_CORES_KNOWN = 5.0  # seconds; machines come and go


def on_ray(shards: Iterator[Shard], engine: Engine) -> Iterator[tuple[Shard, bytes]]:
    """Each shard with the bytes of its file, as they are done.

    On the cluster at ``engine.address`` or RAY_ADDRESS, at most ``engine.workers`` tasks at a time; without
    an address on one of as many cores that is started here, and ends with this process. No more shards are
    taken than the cluster will soon do. EngineError where it cannot, or the error of a shard.
    """
    first = next(shards, None)
    if first is None:
        return
    if engine.shards is not None:
        check_folder(engine.shards)
    with _cluster(engine) as (ray, most):
        try:
            yield from _done(ray, chain([first], shards), engine.shards, _Room(ray, most))
        finally:
            if engine.shards is not None:
                sweep(engine.shards)


@contextmanager
def _cluster(engine: Engine) -> Iterator[tuple[ModuleType, int | None]]:
    """Ray, connected to a cluster, and the most tasks at a time, if any. Who is connected stays so."""
    address = engine.address or os.environ.get("RAY_ADDRESS", "local")
    if address == "local":
        closed_to_others()
    ray = _imported()
    if ray.is_initialized():
        yield ray, engine.workers
    elif address == "local":
        with local_ray(ray, engine.workers or possible_workers()):
            yield ray, None
    else:
        _knock(address)
        try:
            with own_signals():
                ray.init(address=address, log_to_driver=False, logging_level="ERROR")
        except (OSError, RuntimeError, ValueError, AssertionError, ray.exceptions.RayError) as error:
            raise _nobody(address, error) from error
        try:
            yield ray, engine.workers
        finally:
            ray.shutdown()


def _knock(address: str) -> None:
    """EngineError where nobody listens, which Ray itself finds out after minutes."""
    host, _, port = address.rpartition("/")[2].rpartition(":")
    if not host or not port.isdigit():  # "auto", or something that Ray knows more about
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
    except OSError as error:
        raise _nobody(address, error) from error


def _nobody(address: str, error: Exception) -> EngineError:
    return EngineError(
        f"{address}: no Ray cluster to work on: {' '.join(str(error).split())[:300]}",
        hint="`ray status` there must show it, with the versions of Ray and Python of this machine",
    )


def _imported() -> ModuleType:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray tells its makers nothing
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # or it warns of what it will do one day
    try:
        import ray  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise EngineError("Ray is not installed here", hint="pip install 'kg-builder[ray]'") from error
    module: ModuleType = ray
    return module


class _Room:
    """How many tasks may be under way: of a cluster that may grow and shrink."""

    def __init__(self, ray: ModuleType, most: int | None) -> None:
        self._ray, self._most = ray, most
        self._tasks, self._until = 0, 0.0

    def __call__(self) -> int:
        if time.monotonic() > self._until:
            cores = int(self._ray.cluster_resources().get("CPU", 0))
            self._tasks = max(1, cores) * _TASKS_A_CORE
            self._until = time.monotonic() + _CORES_KNOWN
        return self._tasks if self._most is None else min(self._tasks, self._most)


def _done(
    ray: ModuleType, shards: Iterator[Shard], folder: str | None, room: _Room
) -> Iterator[tuple[Shard, bytes]]:
    # OSError: storage that all machines share has its moments
    task = ray.remote(num_cpus=1, max_retries=_RETRIES, retry_exceptions=[OSError])(_there)
    under_way: dict[Any, Shard] = {}
    missing: Counter[str] = Counter()
    try:
        while True:
            while len(under_way) < room() and (shard := next(shards, None)) is not None:
                under_way[task.remote(shard, folder)] = shard
            if not under_way:
                return
            for reference in ray.wait(list(under_way), timeout=_CORES_KNOWN)[0]:
                shard = under_way.pop(reference)
                content = _answer(ray, reference)
                if folder is not None:
                    content = _fetched(folder, shard)
                if content is not None:
                    yield shard, content
                    continue
                missing[shard.name] += 1
                if missing[shard.name] == _LOOKS:
                    raise EngineError(
                        f"{folder}: what other machines write there is not seen here",
                        hint="`--shards` takes a folder that all machines share",
                    )
                time.sleep(
                    missing[shard.name]
                )  # network file systems remember for seconds what was not there
                under_way[task.remote(shard, folder)] = shard
    finally:
        with suppress(ray.exceptions.RayError):  # of a cluster that is gone
            for reference in under_way:
                ray.cancel(reference, force=True)


def _there(shard: Shard, folder: str | None) -> bytes | None:
    """On a machine of the cluster: the bytes of the shard's file, or None once they are in the folder."""
    if folder is None:
        return extract_shard(shard)
    if kept(folder, shard) is None:
        keep(folder, shard, extract_shard(shard))
    return None


def _fetched(folder: str, shard: Shard) -> bytes | None:
    try:
        return kept(folder, shard)
    except OSError as error:
        raise EngineError(f"the folder of shards cannot be read: {error}", hint="see `--shards`") from error


def _answer(ray: ModuleType, reference: Any) -> bytes | None:
    """What a task gave; its own error, or in words why it could not be done."""
    try:
        answer: bytes | None = ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        raise _told(error) from error
    except ray.exceptions.RayError as error:
        raise EngineError(
            f"Ray could not do a shard ({type(error).__name__}), tried {_RETRIES + 1} times",
            hint="do the machines have enough memory? a worker needs about 0.6 GB; what is done is kept",
        ) from error
    return answer


def _told(error: Any) -> BaseException:
    cause: BaseException = error.cause
    if isinstance(cause, ModuleNotFoundError):
        return EngineError(
            f"a machine of the cluster cannot do the work: {cause}",
            hint="install the same version of kg, and of what it needs, on every machine",
        )
    if isinstance(cause, OSError):
        return EngineError(
            f"a machine of the cluster cannot reach the shards: {cause}", hint="see `--shards`"
        )
    return cause
