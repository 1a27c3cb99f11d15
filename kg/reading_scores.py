"""How well documents are read: papers, authors, venues, years and abstracts against what somebody wrote down.

The expectation is a JSON file that lies among the documents: ``{"file name": [{"title", "authors": [names],
"venue", "year", "abstract"}]}``; null is what a document does not say.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from kg.errors import GoldError
from kg.readers import find_sources
from kg.readers.isolated import IsolatedReaders
from kg.scores import Counts
from kg.text import collapse, fold
from kg.types import Paper

__all__ = ["ReadingScores", "score_documents", "score_papers"]

_Record = Mapping[str, Any]
_ALIKE = 0.8  # a title that is this similar is the same record, read badly
_OPENING = 60
_NOT_LETTERS = re.compile(r"[\W_]+")


_NONE = Counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingScores:
    """Found among the read and the expected ones.

    ``authors`` count names in display order, those of invented and of missed papers too; ``bylines`` whole
    lists of found papers. A venue is right when one name holds the other, a title and an abstract when all
    letters and digits agree.
    """

    papers: Counts = _NONE
    titles: Counts = _NONE
    authors: Counts = _NONE
    bylines: Counts = _NONE
    venues: Counts = _NONE
    years: Counts = _NONE
    abstracts: Counts = _NONE

    def __add__(self, other: ReadingScores) -> ReadingScores:
        return ReadingScores(
            **{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        )


def score_documents(expected: Path) -> Iterator[tuple[str, ReadingScores]]:
    """The scores of each document that the expectation names, by its name. An expectation that cannot be read
    is a GoldError."""
    with IsolatedReaders() as readers:
        for name, records in _expectation(expected).items():
            papers = [
                paper
                for source in find_sources([str(expected.parent / name)])
                for reading in readers.read_each(source)
                for paper in reading.papers
            ]
            yield name, score_papers(papers, records)


def _expectation(path: Path) -> dict[str, list[_Record]]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): [dict(record) for record in records] for name, records in values.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        hint = 'it holds {"file name": [{"title": ..., "authors": [...]}, ...], ...}'
        raise GoldError(f"{path}: no readable expectation ({error})", hint=hint) from error


def score_papers(papers: Sequence[Paper], records: Sequence[_Record]) -> ReadingScores:
    """The scores of one document; each record takes the paper that is most like it."""
    left = list(papers)
    scores = ReadingScores(papers=Counts(0, len(papers), len(records)))
    for record in records:
        best = max(left, key=lambda paper: _likeness(paper, record), default=None)
        if best is None or _likeness(best, record) < _ALIKE:
            scores += _missed(record)
        else:
            left.remove(best)
            scores += _found(best, record)
    invented = sum(len(paper.authors) for paper in left)
    return scores + ReadingScores(authors=Counts(0, invented, 0))


def _likeness(paper: Paper, record: _Record) -> float:
    """1 for equal titles; abstracts that open alike stand for titles that are missing."""
    one, other = fold(paper.title or ""), fold(record.get("title") or "")
    if one and one == other:
        return 1.0
    opening, text = _letters(record.get("abstract"))[:_OPENING], _letters(paper.abstract)
    if opening and text[:_OPENING] == opening:
        return 0.95
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def _missed(record: _Record) -> ReadingScores:
    return ReadingScores(
        titles=Counts(0, 0, bool(record.get("title"))),
        authors=Counts(0, 0, len(record.get("authors") or ())),
        bylines=Counts(0, 0, 1),
        venues=Counts(0, 0, bool(record.get("venue"))),
        years=Counts(0, 0, bool(record.get("year"))),
        abstracts=Counts(0, 0, bool(record.get("abstract"))),
    )


def _found(paper: Paper, record: _Record) -> ReadingScores:
    names = [fold(author.name) for author in paper.authors]
    wanted = [fold(str(name)) for name in record.get("authors") or ()]
    common = sum((Counter(names) & Counter(wanted)).values())
    venue, expected = fold(paper.venue or ""), fold(record.get("venue") or "")
    same_venue = bool(venue and expected) and (venue in expected or expected in venue)
    return ReadingScores(
        papers=Counts(1, 0, 0),
        titles=_field(_letters(paper.title), _letters(record.get("title"))),
        authors=Counts(common, len(names), len(wanted)),
        bylines=Counts(names == wanted, 1, 1),
        venues=Counts(same_venue, bool(venue), bool(expected)),
        years=_field(paper.year, record.get("year")),
        abstracts=_field(_letters(paper.abstract), _letters(record.get("abstract"))),
    )


def _field(value: object, wanted: object) -> Counts:
    return Counts(bool(value) and value == wanted, bool(value), bool(wanted))


def _letters(text: str | None) -> str:
    return _NOT_LETTERS.sub("", fold(collapse(text or "")))
