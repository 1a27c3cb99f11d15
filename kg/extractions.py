"""Papers -> extractions: what the store does not know is read, on whatever engine, and all else looked up.

The extractions of a large collection do not fit into memory as values, so they stay where they are stored
and become values one paper at a time, each time that somebody goes through them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, overload

from kg.engine import LOCAL, Engine, compute
from kg.errors import EngineError
from kg.extract import extraction_key, surer_than
from kg.full_text import joined, parts
from kg.nlp import pipeline_fingerprint
from kg.store import Store, part_values
from kg.stored import extraction_from_json
from kg.types import Extraction, Paper

__all__ = ["Extractions", "extract"]


class _Values(Protocol):
    def get(self, key: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractions(Sequence[Extraction]):
    """The extraction of each paper, in the order of the papers, made anew each time it is asked for."""

    papers: Sequence[Paper]
    keys: Sequence[tuple[str, ...]]
    values: _Values
    min_confidence: float

    def __len__(self) -> int:
        return len(self.papers)

    @overload
    def __getitem__(self, place: int) -> Extraction: ...
    @overload
    def __getitem__(self, place: slice) -> list[Extraction]: ...
    def __getitem__(self, place: int | slice) -> Extraction | list[Extraction]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        paper = self.papers[place]
        pieces = []
        for (offset, part), key in zip(parts(paper), self.keys[place], strict=True):
            stored = self.values.get(key)
            if stored is None:
                raise EngineError(
                    "what was read of a text is gone from the store while it is needed",
                    hint="run the same command again: it reads what is missing",
                )
            read = extraction_from_json(stored, part.paper_id, part.text)
            pieces.append((offset, surer_than(self.min_confidence, read)))
        return joined(pieces)

    def __iter__(self) -> Iterator[Extraction]:
        return (self[number] for number in range(len(self)))


def extract(
    papers: Sequence[Paper],
    *,
    pipeline: str,
    min_confidence: float = 0.0,
    store: Store | None = None,
    engine: Engine = LOCAL,
    progress: Callable[[int, int], None] | None = None,
) -> Extractions:
    """The extraction of each paper; what is less sure than ``min_confidence`` is left out. What the store
    knows is not read again, and what is new is put into it. ``progress`` is told how many texts of how many
    are read.

    A paper's extraction does not depend on its neighbours, and what is read of title and abstract not on the
    body behind them.
    """
    fingerprint = pipeline_fingerprint(pipeline)
    known = store.keys() if store is not None else frozenset()
    keys: list[tuple[str, ...]] = []
    new: dict[str, Paper] = {}
    for paper in papers:
        keyed = [(extraction_key(part, fingerprint), part) for _, part in parts(paper)]
        keys.append(tuple(key for key, _ in keyed))
        new.update((key, part) for key, part in keyed if key not in known)
    read: dict[str, str] = {}
    done = 0
    if progress:
        progress(0, len(new))
    for shard, content in compute(new, pipeline=pipeline, engine=engine):
        if store is not None:
            store.adopt(shard.name, content, shard.texts)
        else:
            read.update(part_values(content))
        done += len(shard.texts)
        if progress:
            progress(done, len(new))
    values = store if store is not None else read
    return Extractions(papers=papers, keys=keys, values=values, min_confidence=min_confidence)
