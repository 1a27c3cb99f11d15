"""What each paper has to do with each thing it mentions: the strongest role, and the sentence that says so.

In numbers, for mentions of a large collection are many: a column at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from kg.sentences import sentence_around, sentence_starts
from kg.tables import Row, Tables
from kg.types import ROLE_EDGES

__all__ = ["ROLE_EDGES", "role_claims"]

_ROLE_ORDER = {role: number for number, role in enumerate(ROLE_EDGES)}
_CLAIM = np.dtype(
    [("paper", "i4"), ("entity", "i4"), ("start", "i4"), ("end", "i4"), ("role", "i1"), ("confidence", "f8")]
)
_BEHIND_ALL = ("\U0010ffff", "")


def role_claims(tables: Tables) -> NDArray[np.void]:
    """One claim a paper and entity, in the order of their rows in the tables.

    Fields: the rows ``paper`` and ``entity``; ``role``, its place in ``ROLE_EDGES``, and ``confidence`` of
    the mention that speaks for it; ``start`` and ``end`` of that mention's sentence in the paper's text.
    """
    said = np.fromiter(_mentions(tables), dtype=_CLAIM, count=len(tables.mentions))
    titles = np.array([len(row["title"] or "") for row in tables.papers], dtype=np.int32)
    in_title = said["start"] < titles[said["paper"]]
    # The strongest role first; then a sentence of the abstract says more about it than the title does.
    keys = (said["start"], -said["confidence"], in_title, said["role"], said["entity"], said["paper"])
    order = np.lexsort(keys)
    paper, entity = said["paper"][order], said["entity"][order]
    first = np.flatnonzero(np.diff(paper, prepend=-1) | np.diff(entity, prepend=-1))
    best: NDArray[np.void] = said[order[first]]
    _to_sentences(best, tables.papers)
    return best


def _mentions(tables: Tables) -> Iterator[tuple[int, int, int, int, int, float]]:
    """Each mention as a claim. Links are sorted by mention, as mentions are: both are read side by side."""
    papers = {row["paper_id"]: number for number, row in enumerate(tables.papers)}
    entities = {row["entity_id"]: number for number, row in enumerate(tables.entities)}
    fields = itemgetter("mention_id", "paper_id", "start", "end", "role", "confidence")
    links = map(itemgetter("mention_id", "entity_id"), tables.links)
    linked, entity = next(links, _BEHIND_ALL)
    for mention, paper, start, end, role, confidence in map(fields, tables.mentions):
        while linked < mention:
            linked, entity = next(links, _BEHIND_ALL)
        if linked != mention:
            raise KeyError(mention)
        yield papers[paper], entities[entity], start, end, _ROLE_ORDER[role], confidence


def _to_sentences(claims: NDArray[np.void], papers: Sequence[Row]) -> None:
    """Widens the offsets from mentions to their sentences. The claims are sorted by paper."""
    first = np.flatnonzero(np.diff(claims["paper"], prepend=-1)).tolist()
    for low, high in pairwise([*first, len(claims)]):
        row = papers[claims["paper"][low]]
        text: str = row["text"]
        breaks = list(sentence_starts(text, len(row["title"] or "")))
        starts, ends = claims["start"][low:high], claims["end"][low:high]
        found = [
            sentence_around(text, breaks, *place)
            for place in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        starts[:], ends[:] = zip(*found, strict=True)
