"""Collections that live: sources and documents come, change and go, and only what changed is read.

The manifest says what a build was made of. Each verb makes a new recipe of it and builds that, so the result
is the one that a build of the same sources and options from nothing gives, byte for byte.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from kg.arrivals import former_documents
from kg.build import BuildReport, Progress, build_recipe
from kg.engine import LOCAL, Engine
from kg.errors import SourceError, TablesError
from kg.manifest import read_manifest
from kg.output import settle
from kg.readers import find_sources
from kg.recipe import STDIN, Recipe, is_below
from kg.tables import SCHEMA_VERSION

__all__ = ["Updated", "add", "changed", "read_recipe", "remove", "update"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What was built, and what is to be said about its sources."""

    report: BuildReport
    recipe: Recipe
    notes: tuple[str, ...] = ()


_Changed = tuple[Recipe, tuple[str, ...]]
_Options = Mapping[str, Any] | None


def add(
    folder: Path,
    sources: Sequence[str],
    *,
    options: _Options = None,
    engine: Engine = LOCAL,
    progress: Progress | None = None,
) -> Updated:
    """The collection with further sources. What was excluded and is named now is taken in again.

    ``options`` are fields of a kg.recipe.Recipe; those that are not named (or None) stay as they are.
    ``engine`` says where texts are read, this time.
    """
    return _build(folder, partial(changed, folder, "add", sources, options=options), engine, progress)


def remove(
    folder: Path,
    names: Sequence[str],
    *,
    options: _Options = None,
    engine: Engine = LOCAL,
    progress: Progress | None = None,
) -> Updated:
    """The collection without some sources, or documents (files, folders, archives and what is in them), which
    are excluded from now on. A name that means nothing is a SourceError."""
    return _build(folder, partial(changed, folder, "remove", names, options=options), engine, progress)


def update(
    folder: Path, *, options: _Options = None, engine: Engine = LOCAL, progress: Progress | None = None
) -> Updated:
    """The collection as its sources are now. A file that was given by its name and is deleted is dropped."""
    return _build(folder, partial(changed, folder, "update", options=options), engine, progress)


def read_recipe(folder: Path) -> Recipe:
    """What the build in a folder was made of; a TablesError that says what to do where none can be used."""
    settle(folder)
    manifest = read_manifest(folder)
    version = manifest.get("schema_version")
    if version != SCHEMA_VERSION:
        raise TablesError(
            f"{folder}: built with schema version {version}, this is version {SCHEMA_VERSION}",
            hint=f"build it again from its sources: `kg build SOURCES -o {folder}`",
        )
    return Recipe.of_record(manifest.get("made_of", {}), folder)


def changed(
    folder: Path, verb: str, names: Sequence[str] = (), *, options: _Options = None
) -> tuple[Recipe, tuple[str, ...]]:
    """What "add", "remove" or "update" is going to build, and what is to be said about its sources."""
    recipe, gone = _without_deleted(read_recipe(folder), folder)
    unknown = STDIN in recipe.sources
    notes: tuple[str, ...] = ()
    if verb == "add":
        recipe, notes = _added(recipe, names)
    elif verb == "remove":
        recipe, notes = _removed(recipe, names, folder)
    if unknown and STDIN in recipe.sources:
        raise SourceError(
            "a part of this collection came by standard input, which cannot be read again",
            hint=f"`kg remove {folder} {STDIN}` drops it; `kg add {folder} FILE` takes it from a file",
        )
    if not recipe.sources:
        raise SourceError("nothing would be left in the collection", hint=f"delete {folder} instead")
    given = dict(options or {})
    if given.get("decisions") is not None:
        given["decisions"] = recipe.renamed(given["decisions"])
    return recipe.with_options(given), gone + notes


def _build(
    folder: Path, change: Callable[[], _Changed], engine: Engine, progress: Progress | None
) -> Updated:
    read_recipe(folder)  # a folder that is no build is told before it is locked
    made: list[_Changed] = []

    def recipe_of() -> Recipe:
        made.append(change())
        return made[0][0]

    report = build_recipe(recipe_of, folder, engine=engine, progress=progress)
    ((recipe, notes),) = made
    return Updated(report=report, recipe=recipe, notes=notes)


def _without_deleted(recipe: Recipe, folder: Path) -> _Changed:
    """Without the files that were given by their names and are no longer there. What lies on a disk that is
    away is not dropped: the parent folder must be there."""
    known = former_documents(folder)
    gone = [
        name
        for name in recipe.sources
        if name != STDIN
        and not os.path.lexists(path := recipe.base / name)
        and path.parent.is_dir()
        and any(is_below(document, name) for document in known)
    ]
    kept = tuple(name for name in recipe.sources if name not in gone)
    return replace(recipe, sources=kept), tuple(
        f"{name} is deleted: it is no source any more" for name in gone
    )


def _added(recipe: Recipe, given: Sequence[str]) -> _Changed:
    sources, excluded, notes = list(recipe.sources), list(recipe.excluded), []
    for each in given:
        name = recipe.renamed(each)
        plain = _plain(name)
        if name == STDIN:
            sources += [name] if name not in sources else []
            continue
        lifted = [old for old in excluded if old in _names_in(sources, plain)]
        excluded = [old for old in excluded if old not in lifted]
        notes += [f"{old} is no longer excluded" for old in lifted]
        if lifted and not os.path.lexists(recipe.base / name):  # it was a document's name, not a file's
            continue
        files = _files([name], recipe.base)
        if files and files <= _files([old for old in sources if old != STDIN], recipe.base):
            notes += [] if lifted else [f"{each} is in the collection already"]
        else:
            sources.append(name)
    return replace(recipe, sources=tuple(sources), excluded=tuple(excluded)), tuple(notes)


def _removed(recipe: Recipe, given: Sequence[str], folder: Path) -> _Changed:
    sources, excluded = list(recipe.sources), list(recipe.excluded)
    for each in given:
        name = recipe.renamed(each)
        plain = _plain(name)
        same = [old for old in sources if _plain(old) == plain]
        if same:
            sources = [old for old in sources if old not in same]
            continue
        known = former_documents(folder)
        shown = _plain(each)
        if any(is_below(path, shown) for path in known):
            excluded.append(shown)
        elif any(is_below(other, plain) for path in known for other in _places(recipe, path)):
            excluded.append(plain)
        elif not {plain, shown} & set(excluded):
            raise _unknown(each, [*recipe.sources, *known])
    return replace(recipe, sources=tuple(sources), excluded=tuple(sorted(set(excluded)))), ()


def _places(recipe: Recipe, document: str) -> Iterable[str]:
    """Where a document may lie, seen from the base: its own name is one within a folder among the sources."""
    for source in recipe.sources:
        if source != STDIN and os.path.lexists(recipe.base / source / document.partition("!/")[0]):
            yield _plain(f"{source}/{document}")


def _names_in(sources: Iterable[str], name: str) -> set[str]:
    """What something is called, as a file and as a document of the sources."""
    above = [f"{_plain(source)}/" for source in sources]
    shown = {name.removeprefix(folder) for folder in above if name.startswith(folder)}
    return {name} | shown | {f"{folder}{name}" for folder in above}


def _unknown(name: str, known: Sequence[str]) -> SourceError:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(close)}?" if close else f"its sources: {', '.join(known[:5])}"
    return SourceError(f"{name}: neither a source nor a document of this collection", hint=hint)


def _files(names: Sequence[str], base: Path) -> set[str]:
    return {os.path.realpath(source.file) for source in find_sources(names, base)}


def _plain(name: str) -> str:
    return os.path.normpath(name).replace(os.sep, "/")
