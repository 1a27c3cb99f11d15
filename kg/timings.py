"""Where the time of a build goes: its stages as they are told, with clock, computing time and memory.

Each stage is logged too (logger ``kg.build``), for whoever listens.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

if sys.platform != "win32":
    import resource

__all__ = ["Progress", "Stage", "Stages", "peak_memory"]

Progress = Callable[[str, int, int], None]
"""Is told the stage, and how much of how much of it is done; the total is 0 where nobody knows."""

_LOG = logging.getLogger("kg.build")
_LOG.addHandler(logging.NullHandler())
_LOG_EVERY = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """``seconds`` by the clock; ``cpu`` seconds of this process and of the child processes that ended in the
    stage; ``memory`` the most bytes that this process has had up to its end; ``done`` of what was counted."""

    name: str
    seconds: float
    cpu: float
    memory: int
    done: int


class Stages:
    """Listens to what is told and passes it on: a stage lasts until another one is told."""

    def __init__(
        self, listener: Progress | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._listener = listener
        self._clock = clock
        self._ended: list[Stage] = []
        self._name = ""
        self._done = 0
        self._since = (0.0, 0.0)
        self._logged = 0.0

    def tell(self, stage: str, done: int = 0, total: int = 0) -> None:
        """A Progress."""
        now = self._clock()
        if stage != self._name:
            self._end(now)
            self._name, self._since, self._logged = stage, (now, _cpu()), now
            _LOG.info("%s begun", stage)
        elif now - self._logged >= _LOG_EVERY:
            self._logged = now
            _LOG.info("%s: %d of %d", stage, done, total)
        self._done = done
        if self._listener is not None:
            self._listener(stage, done, total)

    def end(self) -> tuple[Stage, ...]:
        """Ends the last stage; all of them in their order."""
        self._end(self._clock())
        self._name = ""
        return tuple(self._ended)

    def _end(self, now: float) -> None:
        if not self._name:
            return
        started, computed = self._since
        stage = Stage(
            name=self._name,
            seconds=now - started,
            cpu=_cpu() - computed,
            memory=peak_memory(),
            done=self._done,
        )
        self._ended.append(stage)
        counted = f", {stage.done} done" if stage.done else ""
        _LOG.info("%s ended after %.1f s (%.1f s computing)%s", stage.name, stage.seconds, stage.cpu, counted)


def _cpu() -> float:
    """Seconds that this process and its ended children have computed."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_memory(*, children: bool = False) -> int:
    """The most bytes that this process, or the largest of its ended children, has had; 0 on Windows."""
    if sys.platform == "win32":
        return 0
    used = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024
