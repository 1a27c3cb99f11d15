"""Waits for changes of a collection's files, by looking now and then: sizes and times, no content."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.collection import Updated, add, read_recipe, update
from kg.engine import LOCAL, Engine
from kg.errors import KGError, OutputError, SourceError
from kg.readers import Source, find_sources
from kg.recipe import Recipe

__all__ = ["Sight", "see", "watch"]

# What one sees of the files: path, size, time of the last change and inode; of what is not there, the path.
Sight = tuple[tuple[str | int, ...], ...]

# A file that never comes to rest does not keep the others waiting for ever.
_LONGEST_UNREST = 30


def watch(
    folder: Path,
    *,
    interval: float = 2.0,
    engine: Engine = LOCAL,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Updated | KGError]:
    """Keeps the build in ``folder`` up to date: once now, then after each change, when the files have come to
    rest. Yields what was built or why it could not be, and never ends by itself."""
    recipe = read_recipe(folder)
    dropped: tuple[str, ...] = ()
    known: Sight | None = None
    while True:
        watched = replace(recipe, sources=recipe.sources + dropped)
        seen = see(watched)
        if seen != known:
            seen = _at_rest(watched, seen, interval, wait)
            outcome = _updated(folder, [name for name in dropped if (recipe.base / name).exists()], engine)
            if isinstance(outcome, Updated):
                recipe = outcome.recipe
                dropped = tuple(name for name in watched.sources if name not in recipe.sources)
            # Who could not write tries again; what cannot be read is looked at when it is otherwise.
            known = None if isinstance(outcome, OutputError) else seen
            yield outcome
        wait(interval)


def _at_rest(recipe: Recipe, seen: Sight, interval: float, wait: Callable[[float], None]) -> Sight:
    """What is seen when it stays the same over an interval."""
    for _ in range(_LONGEST_UNREST):
        wait(interval)
        before, seen = seen, see(recipe)
        if seen == before:
            break
    return seen


def _updated(folder: Path, back: Sequence[str], engine: Engine) -> Updated | KGError:
    """The updated collection; with files that were deleted and are back."""
    try:
        return add(folder, back, engine=engine) if back else update(folder, engine=engine)
    except KGError as error:
        return error


def see(recipe: Recipe) -> Sight:
    """The files of a recipe, and the decisions about them, as they are now."""
    files = [
        source.file
        for name in recipe.sources
        for source in _found(name, recipe.base)
        if not recipe.excludes(source.path, source.file)
    ]
    decisions = recipe.decisions_file()
    return tuple(_seen(path) for path in [*files, *([decisions] if decisions else [])])


def _found(name: str, base: Path) -> list[Source]:
    """The files of a source; where it is not there, itself."""
    try:
        return find_sources([name], base)
    except SourceError:
        return [Source(path=name, file=base / name)]


def _seen(path: Path) -> tuple[str | int, ...]:
    try:
        status = path.stat()
    except OSError:
        return (os.fspath(path),)
    return os.fspath(path), status.st_size, status.st_mtime_ns, status.st_ino
