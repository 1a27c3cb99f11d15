"""The bar of a long run: the stage, how much of it is done, how fast, and how long the rest will take."""

from __future__ import annotations

import math
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kg.cli.layout import terminal_width

__all__ = ["Bar", "Pace", "duration", "progress_of"]

_BAR_WIDTH = 30
_UNITS = {"reading": "files", "extracting": "texts"}
_WINDOW = 30.0  # seconds that a rate is taken over
_SMOOTHING = 15.0  # seconds in which a new estimate of the end wins over the former one
_SURE_AFTER = 3.0  # seconds: an earlier estimate would be a guess
_REDRAW, _TICK = 0.1, 1.0
_CLEAR = "\r\x1b[K"


class Pace:
    """How fast something goes, and when it will be at its end. ``clock`` gives seconds.

    What is done comes in portions (shards), so the rate is one over a while, and the end that is foretold
    moves slowly towards each new estimate: the time left counts down instead of jumping.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()
        self._end: float | None = None
        self._at = 0.0

    def note(self, done: int, total: int) -> None:
        """So much of so much is done now. The start-up, before anything is done, has no say in the rate."""
        now = self._clock()
        if done <= 0 or (self._seen and done <= self._seen[-1][1]):
            return
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[1][0] >= _WINDOW:
            self._seen.popleft()
        rate = self.rate()
        if rate is None:
            return
        end = now + (total - done) / rate
        trust = 1.0 if self._end is None else 1 - math.exp((self._at - now) / _SMOOTHING)
        self._end = end if self._end is None else self._end + trust * (end - self._end)
        self._at = now

    def rate(self) -> float | None:
        """So many a second over the last half minute; None where it is too early to say."""
        if len(self._seen) < 2:
            return None
        (start, before), (now, done) = self._seen[0], self._seen[-1]
        return (done - before) / (now - start) if now - start >= _SURE_AFTER else None

    def left(self) -> float | None:
        """Seconds to the end; None where it is too early to say."""
        return None if self._end is None else max(0.0, self._end - self._clock())


def duration(seconds: float) -> str:
    """Of a while, as exact as one can be about the future.

    >>> [duration(seconds) for seconds in (0.4, 42, 290, 7260, 200000)]
    ['1 s', '42 s', '5 min', '2 h 1 min', '2 d 7 h']
    """
    whole = math.ceil(seconds)
    if whole < 120:
        return f"{max(whole, 1)} s"
    minutes = math.ceil(seconds / 60)
    if minutes < 100:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours < 48 else f"{hours // 24} d {hours % 24} h"


class Bar:
    """A line on the terminal (standard error) that is drawn anew as things go on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._stage, self._done, self._total = "", 0, 0
        self._begun = 0.0
        self._drawn = -math.inf
        self._pace = Pace(clock)

    def tell(self, stage: str, done: int, total: int) -> None:
        """A kg.timings.Progress."""
        with self._lock:
            now = self._clock()
            new = stage != self._stage
            if new:
                self._begun, self._pace = now, Pace(self._clock)
            self._stage, self._done, self._total = stage, done, total
            self._pace.note(done, total)
            if new or done == total or now - self._drawn >= _REDRAW:
                self._draw(now)

    def tick(self) -> None:
        """Draws anew though nothing was told, so that one sees that it goes on."""
        with self._lock:
            if self._stage:
                self._draw(self._clock())

    def clear(self) -> None:
        """Takes the line away."""
        with self._lock:
            self._stage = ""
            _write(_CLEAR)

    def line(self) -> str:
        """What the terminal shows now."""
        parts = [f"{self._stage:<15}"]
        if self._total:
            filled = _BAR_WIDTH * self._done // self._total
            parts.append(f"[{'#' * filled}{'.' * (_BAR_WIDTH - filled)}] {self._done:,}/{self._total:,}")
        rate, left = self._pace.rate(), self._pace.left()
        elapsed = self._clock() - self._begun
        if rate is not None and left is not None and self._done < self._total:
            shown = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
            parts += [f"{shown} {_UNITS.get(self._stage, 'steps')}/s", f"{duration(left)} left"]
        elif elapsed >= 2:
            parts.append(f"since {duration(math.floor(elapsed))}")
        return "  ".join(parts)[: terminal_width() - 1].rstrip()

    def _draw(self, now: float) -> None:
        self._drawn = now
        _write(f"{_CLEAR}{self.line()}")


def _write(text: str) -> None:
    """Not by click.echo, which leaves out what clears the line where colours are not wanted."""
    sys.stderr.write(text)
    sys.stderr.flush()


@contextmanager
def progress_of(quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """What draws a bar on a terminal, and takes it away in the end; None where nobody looks."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    bar, ended = Bar(), threading.Event()

    def ticking() -> None:
        while not ended.wait(_TICK):
            bar.tick()

    ticker = threading.Thread(target=ticking, daemon=True)
    ticker.start()
    try:
        yield bar.tell
    finally:
        ended.set()
        ticker.join()
        bar.clear()
