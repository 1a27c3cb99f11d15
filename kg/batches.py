"""Nodes or edges in batches of columns: what is done to a million of them is done to a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["BATCH", "Attributes", "Batch", "Ints", "Made", "attributes_of", "batches_of", "interleaved"]

BATCH = 1024
"""About so many nodes or edges are a batch."""

Attributes = dict[str, Any]
Ints = NDArray[np.int32]


def _none() -> Ints:
    return np.empty(0, dtype=np.int32)


class Made(Sequence[Any]):
    """A column that is made when it is first read: values of one class (integers of 32 bits) or None."""

    __slots__ = ("_make", "_values", "kind")

    def __init__(self, kind: type, make: Callable[[], list[Any]]) -> None:
        self.kind, self._make = kind, make
        self._values: list[Any] | None = None

    def values(self) -> list[Any]:
        """The values as a list."""
        if self._values is None:
            self._values = self._make()
        return self._values

    def __len__(self) -> int:
        return len(self.values())

    def __getitem__(self, place: Any) -> Any:
        return self.values()[place]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values())

    def __contains__(self, value: object) -> bool:
        return value in self.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some nodes or edges, sorted by id; each column has a value for each, None where it is not known.

    ``sources`` and ``targets``: numbers of edges' nodes, in the order of the nodes' ids; empty for nodes.
    Ids that are ``Made`` are derived ones: valid, and unlike all others.
    """

    ids: Sequence[str]
    columns: Mapping[str, Sequence[Any]]
    sources: Ints = field(default_factory=_none)
    targets: Ints = field(default_factory=_none)

    def __len__(self) -> int:
        return len(self.sources) or len(self.ids)

    def attributes(self) -> Iterator[Attributes]:
        """What is known of each node or edge."""
        return attributes_of(self.columns, len(self))


def attributes_of(columns: Mapping[str, Sequence[Any]], count: int) -> Iterator[Attributes]:
    """The rows of so many: what is known in each, by the names of the columns."""
    names = tuple(columns)
    for row in zip(*columns.values(), strict=True) if names else repeat((), count):
        yield {name: value for name, value in zip(names, row, strict=True) if value is not None}


def batches_of(rows: Iterable[tuple[str, int, int, Attributes]]) -> Iterator[Batch]:
    """Batches of rows of id, numbers of source and target, attributes; nodes may have any numbers."""
    stream = iter(rows)
    while some := list(islice(stream, BATCH)):
        names = dict.fromkeys(chain.from_iterable(attributes for *_, attributes in some))
        yield Batch(
            ids=[row[0] for row in some],
            columns={name: [attributes.get(name) for *_, attributes in some] for name in names},
            sources=np.array([row[1] for row in some], dtype=np.int32),
            targets=np.array([row[2] for row in some], dtype=np.int32),
        )


def interleaved(batches: Sequence[Batch]) -> Batch:
    """Several batches as one, sorted by id."""
    filled = [batch for batch in batches if len(batch)]
    if len(filled) == 1:
        return filled[0]
    ids = [name for batch in filled for name in batch.ids]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    names = dict.fromkeys(chain.from_iterable(batch.columns for batch in filled))

    def column(name: str) -> list[Any]:
        parts = (batch.columns.get(name) or [None] * len(batch.ids) for batch in filled)
        values = list(chain.from_iterable(parts))
        return [values[place] for place in order]

    def ends(parts: Iterable[Ints]) -> Ints:
        whole = np.concatenate([_none(), *parts])
        return whole[order] if len(whole) else whole

    return Batch(
        ids=[ids[place] for place in order],
        columns={name: column(name) for name in names},
        sources=ends(batch.sources for batch in filled),
        targets=ends(batch.targets for batch in filled),
    )
