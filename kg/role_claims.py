"""What each paper has to do with each thing it mentions: the strongest role, and the sentence that says so.

Held as numbers (mentions of a large collection are many), in the order of papers and entities.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.sentences import sentence_around, sentence_starts
from kg.tables import Row, Tables

__all__ = ["ROLE_EDGES", "RoleClaim", "RoleClaims"]

ROLE_EDGES = {
    "proposed": "proposes",
    "baseline": "compares_with",
    "evaluated_on": "evaluated_on",
    "measured": "measures",
    "target": "targets",
    "used": "uses",
    "mentioned": "mentions",
}
_ROLE_ORDER = {role: number for number, role in enumerate(ROLE_EDGES)}

Ints = NDArray[np.int32]


class RoleClaim(NamedTuple):
    """Row numbers of a paper, of the mention that speaks for the role and of the entity; the sentence."""

    paper: int
    mention: int
    entity: int
    start: int
    end: int


class RoleClaims:
    """One claim a paper and entity; papers, mentions and entities go by the numbers of their rows."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        entity = _entity_of_mention(tables)
        paper = _numbers(tables.papers, "paper_id", tables.mentions, "paper_id")
        self._order = np.lexsort((entity, paper)).astype(np.int32)
        paper, entity = paper[self._order], entity[self._order]
        new = np.flatnonzero(np.diff(paper, prepend=-1) | np.diff(entity, prepend=-1))
        self._first = np.append(new, len(paper)).astype(np.int32)
        self._paper, self._entity = paper[new], entity[new]

    def __len__(self) -> int:
        return len(self._paper)

    def __iter__(self) -> Iterator[RoleClaim]:
        mentions, papers = self._tables.mentions, self._tables.papers
        current, text, title_end, starts = -1, "", 0, list[int]()
        for claim, (paper, entity) in enumerate(
            zip(self._paper.tolist(), self._entity.tolist(), strict=True)
        ):
            if paper != current:
                current, text = paper, papers[paper]["text"]
                title_end = len(papers[paper]["title"] or "")
                starts = list(sentence_starts(text, title_end))
            rows = self._rows(claim)
            best = rows[0] if len(rows) == 1 else min(rows, key=lambda row: _rank(mentions[row], title_end))
            start, end = sentence_around(text, starts, mentions[best]["start"], mentions[best]["end"])
            yield RoleClaim(paper, best, entity, start, end)

    def mentions_of_paper(self, paper: int) -> Iterator[tuple[int, list[Row]]]:
        """For each entity of a paper its row number and its mentions."""
        low, high = np.searchsorted(self._paper, [paper, paper + 1]).tolist()
        for claim in range(low, high):
            yield int(self._entity[claim]), [self._tables.mentions[row] for row in self._rows(claim)]

    def _rows(self, claim: int) -> list[int]:
        found: list[int] = self._order[self._first[claim] : self._first[claim + 1]].tolist()
        return found


def _rank(mention: Row, title_end: int) -> tuple[int, bool, float, int]:
    """The strongest role first; then a sentence of the abstract says more about it than the title does."""
    role = _ROLE_ORDER[mention["role"]]
    return role, mention["start"] < title_end, -mention["confidence"], mention["start"]


def _numbers(keyed: list[Row], key: str, rows: list[Row], column: str) -> Ints:
    """For each row the number of the keyed row that its column points to."""
    number = {row[key]: index for index, row in enumerate(keyed)}
    return np.fromiter((number[row[column]] for row in rows), dtype=np.int32, count=len(rows))


def _entity_of_mention(tables: Tables) -> Ints:
    """For each mention the number of its entity. Both tables are sorted by mention: read side by side."""
    number = {row["entity_id"]: index for index, row in enumerate(tables.entities)}
    links = iter(tables.links)
    link = next(links, None)
    found = np.empty(len(tables.mentions), dtype=np.int32)
    for index, mention_id in enumerate(map(itemgetter("mention_id"), tables.mentions)):
        while link is not None and link["mention_id"] < mention_id:
            link = next(links, None)
        if link is None or link["mention_id"] != mention_id:
            raise KeyError(mention_id)
        found[index] = number[link["entity_id"]]
    return found
