"""Sources -> readings: every document once, out of the store where it was read before."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import EngineError
from kg.readers import Reading, find_sources
from kg.readers.isolated import IsolatedReaders
from kg.recipe import Recipe
from kg.store import Store
from kg.types import Authorship, Document, Paper, Reference, fields_of

__all__ = ["Readings", "read_all", "reading_from_json"]

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())
_LISTS = ("urls", "categories", "keywords")
# A build that is killed loses at most so many characters of what it has read.
_SAVE_EVERY = 8 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The documents of some sources. ``duplicates`` are (path, path of the same bytes read before); ``new``
    counts the documents that were not known from before, ``excluded`` those that were left out."""

    readings: tuple[Reading, ...]
    duplicates: tuple[tuple[str, str], ...]
    new: int
    excluded: int


def read_all(
    recipe: Recipe, *, store: Store, own: Set[Path], tell: Callable[[str, int, int], None]
) -> Readings:
    """Every document of the sources; a second one of the same bytes is told, not read again. The files
    ``own``, which kg has written itself, are no documents."""
    written = {os.path.realpath(path) for path in own}
    everything = find_sources(recipe.sources, recipe.base)
    foreign = [source for source in everything if os.path.realpath(source.file) not in written]
    found = [source for source in foreign if not recipe.excludes(source.path, source.file)]
    excluded = len(foreign) - len(found)
    readings: list[Reading] = []
    duplicates: list[tuple[str, str]] = []
    path_of: dict[str, str] = {}
    unsaved: dict[str, str] = {}
    size = 0
    new = 0
    with IsolatedReaders(store.keys()) as readers:
        for number, source in enumerate(found, start=1):
            for read in readers.read_new(source, full_text=recipe.full_text):
                reading = read.reading
                if reading is not None and read.key is not None:
                    unsaved[read.key] = _to_json(reading)
                    size += len(unsaved[read.key])
                stored = store.get(read.key or "") if reading is None else None
                if recipe.excludes(read.path, source.file):
                    excluded += 1
                    continue
                if reading is None:
                    if stored is None:
                        raise EngineError(
                            f"{read.path}: what was read of it is gone from the store",
                            hint="run the same command again: it reads what is missing",
                        )
                    reading = reading_from_json(stored, read.path)
                else:
                    new += 1
                document = reading.document
                if document.status != "ok":
                    _LOG.warning("%s: %s, %s", document.path, document.status, document.error)
                if document.status == "ok" and document.document_id in path_of:
                    duplicates.append((document.path, path_of[document.document_id]))
                else:
                    path_of.setdefault(document.document_id, document.path)
                    readings.append(reading)
            if size > _SAVE_EVERY:
                store.put(unsaved)
                unsaved, size = {}, 0
            tell("reading", number, len(found))
    store.put(unsaved)
    return Readings(readings=tuple(readings), duplicates=tuple(duplicates), new=new, excluded=excluded)


def _to_json(reading: Reading) -> str:
    """A document without its path, which is not what was read, and its papers."""
    document = fields_of(reading.document)
    del document["path"]
    papers = [_plain(paper) for paper in reading.papers]
    # In plain ASCII, for one emoji in a document of 100 MB would make a string of 400 MB.
    return json.dumps({"document": document, "papers": papers}, separators=(",", ":"))


def _plain(paper: Paper) -> dict[str, Any]:
    values = _without_blanks(fields_of(paper))
    for name in ("authors", "references"):
        if name in values:
            values[name] = [fields_of(each) for each in values[name]]
    return values


def reading_from_json(stored: str, path: str) -> Reading:
    """The reading of a document that now lies at ``path``."""
    values = json.loads(stored)
    return Reading(
        document=Document(path=path, **values["document"]),
        papers=tuple(_paper(each) for each in values["papers"]),
    )


def _paper(values: dict[str, Any]) -> Paper:
    authors = tuple(Authorship(**each) for each in values.pop("authors", ()))
    references = tuple(_reference(each) for each in values.pop("references", ()))
    lists: dict[str, Any] = {name: tuple(values.pop(name)) for name in _LISTS if name in values}
    return Paper(authors=authors, references=references, **lists, **values)


def _reference(values: dict[str, Any]) -> Reference:
    reference = Reference(**values)
    return replace(reference, authors=tuple(reference.authors))


def _without_blanks(values: dict[str, Any]) -> dict[str, Any]:
    """Without the fields that are as the value has them by itself."""
    return {name: value for name, value in values.items() if value not in (None, (), "")}
