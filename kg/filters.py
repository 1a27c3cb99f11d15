"""Which papers and which rows an answer may rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.answers import Answer
from kg.errors import KGError
from kg.types import ENTITY_TYPES

__all__ = ["Filters"]

Row = TypeVar("Row", bound=Answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """``types``: of the things answered with (all if none); ``years``: first and last year (None: open);
    ``venue``: words of its name; ``min_confidence`` and ``min_support``: of the rows; ``limit``: how many."""

    types: tuple[str, ...] = ()
    years: tuple[int | None, int | None] | None = None
    venue: str | None = None
    min_confidence: float = 0.0
    min_support: int = 1
    limit: int | None = None

    def __post_init__(self) -> None:
        unknown = [name for name in self.types if name not in ENTITY_TYPES]
        if unknown:
            raise KGError(f"no type is called {unknown[0]!r}", hint=f"there are {', '.join(ENTITY_TYPES)}")

    def of_papers(self, alias: str = "w") -> tuple[str, list[object]]:
        """A condition on the columns ``year`` and ``venue`` in SQL, with its parameters."""
        first, last = self.years or (None, None)
        conditions: list[tuple[str, object]] = [
            (f"{alias}.year >= ?", first),
            (f"{alias}.year <= ?", last),
            (f"contains(lower({alias}.venue), lower(?))", self.venue),
        ]
        used = [(text, value) for text, value in conditions if value is not None]
        return " AND ".join(["true", *(text for text, _ in used)]), [value for _, value in used]

    def allows(self, type_: str | None) -> bool:
        """Whether a thing of a type may be answered with."""
        return not self.types or type_ in self.types

    def kept(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that are sure enough, at most ``limit`` of them."""
        found = [
            row for row in rows if row.confidence >= self.min_confidence and row.support >= self.min_support
        ]
        return found if self.limit is None else found[: self.limit]
