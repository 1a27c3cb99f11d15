"""The nodes of a build: works, authors, venues and entities, in batches, from the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.batches import BATCH, Batch, Ints, Made, interleaved
from kg.derived_names import derived_name, proposed_names
from kg.ids import make_id
from kg.tables import Row, Tables
from kg.text import collapse, venue_key, venue_label
from kg.works import works_of

__all__ = ["TableNodes"]

_TEXTS = ("date", "venue", "doi", "arxiv_id", "url")

Columns = dict[str, Sequence[Any]]


class TableNodes:
    """The nodes of tables. ``ids``: of them all, sorted; ``venues``: for each paper the id of its venue."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._paths = {row["document_id"]: row["path"] for row in reversed(tables.documents)}
        self._bylines = _bylines(tables)
        self.venues = [_venue_id(row["venue"]) if row["venue"] else None for row in tables.papers]
        self._venues = _venues(tables.papers, self.venues)
        self._works = list(self._records())
        self._merged = works_of(tables)
        found = [row["author_id"] for row in tables.authors]
        found += [row["entity_id"] for row in tables.entities]
        found += [venue for venue, _, _ in self._venues]
        found += [tables.papers[records[0]]["work_id"] for records in self._works]
        order = sorted(range(len(found)), key=found.__getitem__)
        self.ids = [found[place] for place in order]
        self._places: Ints = np.array(order, dtype=np.int32)  # among authors, entities, venues, works

    def batches(self, papers: NDArray[np.int64]) -> Iterator[Batch]:
        """All nodes; ``papers`` says for each how many works are said to be by it."""
        counts = (len(self._tables.authors), len(self._tables.entities), len(self._venues), len(self._works))
        starts = np.cumsum((0, *counts))
        for start in range(0, len(self.ids), BATCH):
            chunk = slice(start, start + BATCH)
            source = np.searchsorted(starts, self._places[chunk], side="right") - 1
            parts = []
            for number, make in enumerate((self._authors, self._entities, self._of_venues, self._of_works)):
                mine = np.flatnonzero(source == number) + start
                rows = (self._places[mine] - starts[number]).tolist()
                if rows:
                    columns = make(rows, papers[mine].tolist())
                    parts.append(Batch(ids=[self.ids[node] for node in mine.tolist()], columns=columns))
            yield interleaved(parts)

    def _authors(self, rows: list[int], papers: list[int]) -> Columns:
        authors = [self._tables.authors[number] for number in rows]
        return {
            "kind": ["author"] * len(rows),
            "name": [row["name"] for row in authors],
            "papers": papers,
            "aliases": [_others(row) for row in authors],
            "orcid": [row["orcid"] for row in authors],
        }

    def _entities(self, rows: list[int], _papers: list[int]) -> Columns:
        entities = [self._tables.entities[number] for number in rows]
        return {
            "kind": [row["type"] for row in entities],
            "name": [row["name"] for row in entities],
            "aliases": [_others(row) for row in entities],
            "papers": [row["papers"] for row in entities],
            "mentions": [row["mentions"] for row in entities],
        }

    def _of_venues(self, rows: list[int], _papers: list[int]) -> Columns:
        venues = [self._venues[number] for number in rows]
        return {
            "kind": ["venue"] * len(rows),
            "name": [name for _, name, _ in venues],
            "papers": [works for _, _, works in venues],
        }

    def _of_works(self, rows: list[int], _papers: list[int]) -> Columns:
        works, papers = [self._works[number] for number in rows], self._tables.papers
        merged = [self._merged[papers[records[0]]["work_id"]] for records in works]

        def first(column: str) -> list[Any]:
            return [row[column] for row in merged]

        titles = first("title")
        named = zip(titles, works, strict=True)
        names = [collapse(title) if title else self._derived_name(records[0]) for title, records in named]
        return {
            "kind": ["paper"] * len(rows),
            "name": names,
            "derived_name": [True if title is None else None for title in titles],
            "title": [name if title else None for name, title in zip(names, titles, strict=True)],
            "authors": Made(list, lambda: [self._byline(row["authors_from"]) for row in merged]),
            "year": Made(int, partial(first, "year")),
            **{column: Made(str, partial(first, column)) for column in _TEXTS},
            "document": Made(str, lambda: [self._documents_of(records) for records in works]),
            "abstract": Made(str, lambda: [self._abstract(row["abstract_from"]) for row in merged]),
        }

    def _records(self) -> Iterator[tuple[int, ...]]:
        """For each work the numbers of its papers; by work id."""
        papers = self._tables.papers
        work_id = [row["work_id"] for row in papers].__getitem__
        for _, found in groupby(sorted(range(len(papers)), key=work_id), key=work_id):
            yield tuple(found)

    def _documents_of(self, records: tuple[int, ...]) -> str:
        documents = (self._tables.papers[number]["document_id"] for number in records)
        return "; ".join(sorted({self._paths[document] for document in documents}))

    def _byline(self, paper: str | None) -> list[str] | None:
        """The names of a paper's authors in their order."""
        if paper is None:
            return None
        start, stop = self._bylines[self._number[paper]]
        return [row["name"] for row in self._tables.authorships[start:stop]]

    def _abstract(self, paper: str | None) -> str | None:
        return None if paper is None else self._tables.papers[self._number[paper]]["abstract"]

    @cached_property
    def _number(self) -> dict[str, int]:
        return {row["paper_id"]: number for number, row in enumerate(self._tables.papers)}

    def _derived_name(self, number: int) -> str:
        paper = self._tables.papers[number]
        return derived_name(paper["text"], self._proposed.get(paper["paper_id"]))

    @cached_property
    def _proposed(self) -> dict[str, str]:
        """For papers without a title the name of what they propose."""
        untitled = {row["paper_id"] for row in self._tables.papers if not row["title"]}
        mentions = [row for row in self._tables.mentions if row["paper_id"] in untitled]
        names = {row["entity_id"]: row["name"] for row in self._tables.entities} if mentions else {}
        return proposed_names(mentions, self._tables.links if mentions else (), names)


def _bylines(tables: Tables) -> Ints:
    """For each paper where its rows of ``authorships`` begin and end, shape (papers, 2)."""
    number = {row["paper_id"]: index for index, row in enumerate(tables.papers)}
    found = np.zeros((len(tables.papers), 2), dtype=np.int32)
    start = 0
    for paper, rows in groupby(tables.authorships, key=itemgetter("paper_id")):
        stop = start + sum(1 for _ in rows)
        found[number[paper]] = start, stop
        start = stop
    return found


def _venues(papers: Iterable[Row], venues: Iterable[str | None]) -> list[tuple[str, str, int]]:
    """Id, name and number of works of each venue, by id."""
    works: dict[str, set[str]] = {}
    spelt: dict[str, set[str]] = {}
    for row, venue in zip(papers, venues, strict=True):
        if venue is not None:
            works.setdefault(venue, set()).add(row["work_id"])
            spelt.setdefault(venue, set()).add(row["venue"])
    return [(venue, venue_label(spelt[venue]), len(works[venue])) for venue in sorted(works)]


def _others(row: Row) -> list[str] | None:
    """The aliases that are not the name."""
    return [alias for alias in row["aliases"] if alias != row["name"]] or None


@lru_cache(maxsize=4096)
def _venue_id(name: str) -> str:
    return make_id("v", venue_key(name))
