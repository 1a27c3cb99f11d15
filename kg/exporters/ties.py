"""The edges of a graph as numbers: what decides the sizes, places and communities of its nodes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.batches import BATCH, Batch, Made
from kg.errors import ExportError
from kg.exporters.columns import Types
from kg.rows import Rows

__all__ = ["Ties", "check_ids", "column", "neighbours", "pulls", "text_column", "ties_of", "weights_of"]

_PART = 2**15
_NO_NMTOKEN = re.compile(r"[^\w.\-:·]")
# Attraction in layout and communities: what a paper is about shapes them, who published it hardly does.
_PULL = {"authored": 1.0, "published_in": 0.1, "mentions": 0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Edges as numbers: their nodes, shape (m, 2), weights, whether derived, and the places of their kinds in
    ``names``, shape (m,)."""

    ends: NDArray[np.int32]
    weights: NDArray[np.float64]
    derived: NDArray[np.bool_]
    kinds: NDArray[np.int32]
    names: list[str]


def ties_of(rows: Rows, types: Types) -> Ties:
    """The edges of rows as numbers, their ids checked and the types of their values noted."""
    count = rows.counts()[1]
    places: dict[str, int] = {}
    ties = Ties(
        ends=np.empty((count, 2), dtype=np.int32),
        weights=np.empty(count),
        derived=np.zeros(count, dtype=np.bool_),
        kinds=np.empty(count, dtype=np.int32),
        names=[],
    )
    start = 0
    former: Sequence[str] = ()
    for batch in rows.edge_batches():
        if not isinstance(batch.ids, Made):
            check_ids("edge", batch.ids, former)
            former = batch.ids[-1:]
        part = slice(start, start := start + len(batch))
        ties.ends[part, 0], ties.ends[part, 1] = batch.sources, batch.targets
        ties.weights[part], columns = weights_of(batch)
        if "derived" in columns:
            ties.derived[part] = list(map(bool, columns["derived"]))
        kinds = text_column(batch, "kind", ["related"] * len(batch))
        ties.kinds[part] = [places.setdefault(kind, len(places)) for kind in kinds]
        for attribute, values in columns.items():
            types.see_column(attribute, values)
    ties.names.extend(places)
    return ties


def column(batch: Batch, name: str) -> Sequence[Any]:
    """A column of a batch; one of None if it has no such column."""
    return batch.columns.get(name) or [None] * len(batch)


def text_column(batch: Batch, name: str, otherwise: Sequence[str]) -> list[str]:
    """A column as texts, with what stands instead of a value that is not known."""
    values = zip(column(batch, name), otherwise, strict=True)
    return [other if value is None else str(value) for value, other in values]


def weights_of(batch: Batch) -> tuple[list[float], Mapping[str, Sequence[Any]]]:
    """Weights of edges: their own, else the number of papers that say so; and the columns less those."""
    weights = [float(papers) if papers and papers > 1 else 1.0 for papers in column(batch, "support")]
    if "weight" not in batch.columns:
        return weights, batch.columns
    rest = list(batch.columns["weight"])
    for place, weight in enumerate(rest):
        if isinstance(weight, (int, float)) and 0 < weight < math.inf:
            weights[place], rest[place] = float(weight), None
    return weights, {**batch.columns, "weight": rest}


def pulls(ties: Ties) -> NDArray[np.float64]:
    """How strongly each edge pulls in the layout and ties in communities, in place of the weights.

    Weights of derived edges are normalised already: they pull by their share of the mean weight.
    """
    derived = ties.weights[ties.derived]
    mean = float(derived.sum()) / len(derived) if len(derived) else 1.0

    @lru_cache(maxsize=4096)
    def pull(kind: int, weight: float, own: int) -> float:
        if own:
            return max(weight / mean, 0.01)
        return _PULL.get(ties.names[kind], 1.0) * (1 + math.log(max(weight, 1.0)))

    found = ties.weights
    for start in range(0, len(found), BATCH):
        part = slice(start, start + BATCH)
        found[part] = list(
            map(pull, ties.kinds[part].tolist(), ties.weights[part].tolist(), ties.derived[part].tolist())
        )
    return found


def check_ids(what: str, ids: Sequence[str], former: Sequence[str]) -> None:
    """Ids are sorted: one that is used twice follows itself. ``former`` holds the last id before these."""
    plain = set(map(type, ids)) == {str} and all(ids) and not _NO_NMTOKEN.search("".join(ids))
    if plain and len(set(ids)) == len(ids) and ids[0] not in former:
        return
    for name, before in zip(ids, [*(former or [""]), *ids], strict=False):
        if not isinstance(name, str) or not name or _NO_NMTOKEN.search(name):
            raise ExportError(
                f"{what} id {name!r} is no NMTOKEN",
                hint="use only letters, digits and . - _ : as kg.ids does",
            )
        if name == before:
            raise ExportError(f"{what} id {name!r} is used twice", hint="key every edge by an id of its own")


def neighbours(n: int, ties: Ties) -> NDArray[np.int64]:
    """How many other nodes each node is linked to; a paper does not grow with the length of its byline."""
    pairs = np.empty(len(ties.ends), dtype=np.int64)
    count = np.zeros(n, dtype=np.int64)
    for part in _parts(len(pairs)):
        ends = ties.ends[part].astype(np.int64)
        pairs[part] = ends.min(axis=1) * n + ends.max(axis=1)
    pairs.sort()
    former = -1
    for part in _parts(len(pairs)):
        some = pairs[part]
        low, high = np.divmod(some[np.diff(some, prepend=former) > 0], n)
        for ends in (low[low != high], high[low != high]):
            count += np.bincount(ends, minlength=n)
        former = int(some[-1])
    bylines = np.array([name == "authored" for name in ties.names], dtype=np.bool_)
    return count - np.bincount(ties.ends[bylines[ties.kinds], 1], minlength=n)


def _parts(count: int) -> Iterator[slice]:
    """So many numbers in parts: what is made of a part is small beside them all."""
    return (slice(start, min(start + _PART, count)) for start in range(0, count, _PART))
