"""The rows that questions are answered with. Each ends at a sentence, and says how sure it is.

``support`` is the number of papers that say so, ``confidence`` that of the surest of them, raised by the
others (kg.support). ``quote`` is ``papers.text[start:end]`` of the record ``paper_id``, and ``paper`` its
title; bylines stand outside of that text, so that a quote from one has neither start nor end.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

__all__ = [
    "Answer",
    "Claim",
    "Dispute",
    "EntityRow",
    "Gap",
    "PaperRow",
    "Place",
    "Statement",
    "Step",
    "Trend",
    "Usage",
    "Worker",
    "columns",
    "flat",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What every row ends with."""

    confidence: float
    support: int
    paper: str
    year: int | None
    venue: str | None
    quote: str
    paper_id: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Answer):
    """Something said of two things; ``detail`` is the number that goes with it."""

    subject: str
    subject_type: str
    kind: str
    object: str
    object_type: str
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Answer):
    """A number; ``low`` and ``high`` are in ``unit``. What the sentence leaves open is None."""

    subject: str | None
    predicate: str
    metric: str
    value: str
    low: float
    high: float
    unit: str
    bound: str
    polarity: str
    baseline: str | None
    dataset: str | None
    hardware: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Claim):
    """A claim on a leaderboard. ``measure``: value, gain, reduction or cost; ``better``: higher or lower,
    with a question mark where the metric's name does not tell; ``places``: how many claims the board
    holds."""

    board: str
    measure: str
    better: str
    rank: int
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage(Answer):
    """What a paper has to do with a thing: uses, evaluated_on, compares_with, ..."""

    entity: str
    type: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker(Answer):
    """An author, what of the thing asked for their papers deal with, and the year of the last one."""

    author: str
    entities: tuple[str, ...]
    last_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Answer):
    """In how many papers a thing is named, earlier and later. ``change`` is the z score of the difference of
    shares (beyond 2 or -2 is hardly chance); ``years`` gives papers by year."""

    entity: str
    type: str
    earlier: int
    later: int
    change: float
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Answer):
    """A method that no paper evaluates on a dataset, though one that is like it was evaluated there.

    The quote says why they are alike (``because``), ``evaluated`` that the neighbour was evaluated there.
    """

    method: str
    type: str
    dataset: str
    neighbour: str
    because: str
    evaluated: str
    evaluated_in: str
    evaluated_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Answer):
    """A claim and another one that it cannot be true beside, of another paper or another sentence."""

    subject: str
    metric: str
    conditions: str
    value: str
    other_value: str
    within: str
    other_confidence: float
    other_paper: str
    other_year: int | None
    other_quote: str
    other_paper_id: str
    other_start: int | None
    other_end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Answer):
    """An edge of a path, from ``source`` to ``target`` as the path goes; the edge itself may point back."""

    path: int
    step: int
    source: str
    source_kind: str
    kind: str
    forward: bool
    target: str
    target_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A work."""

    work_id: str
    paper: str
    authors: tuple[str, ...]
    year: int | None
    venue: str | None
    doi: str | None
    arxiv_id: str | None
    url: str | None
    documents: str
    abstract: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRow:
    """A thing; ``papers`` is how many name it, ``confidence`` how sure the surest mention is."""

    entity_id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    papers: int
    mentions: int
    confidence: float


_LAST = ("confidence", "support", "paper", "year", "venue", "quote", "paper_id", "start", "end")


def columns(kind: type) -> tuple[str, ...]:
    """The columns of a kind of rows: its own first, then what every row ends with.

    >>> columns(Usage)[:4]
    ('entity', 'type', 'kind', 'confidence')
    """
    names = [field.name for field in fields(kind)]
    last = _LAST if issubclass(kind, Answer) else ()
    return (*(name for name in names if name not in last), *last)


def flat(row: Any) -> dict[str, Any]:
    """A row as a dictionary in the order of ``columns``."""
    found = asdict(row)
    return {name: found[name] for name in columns(type(row))}
