"""Python's collector of reference cycles, paused where it would look again and again and find little."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_paused"]


@contextmanager
def collector_paused() -> Iterator[None]:
    """Cycles are looked for in the end, among what is new. With millions of living objects each look costs as
    much as the work between two of them: a fifth of a build's time behind the extraction, 8% of that."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if enabled:
            gc.enable()
