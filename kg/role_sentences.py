"""From the mention that says so to its sentence, for the rows that are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kg.answers import Answer
from kg.database import Database
from kg.sentences import sentence_around, sentence_starts

__all__ = ["with_sentences"]

Row = TypeVar("Row", bound=Answer)


def with_sentences(database: Database, rows: Sequence[Row]) -> list[Row]:
    """The rows, whose offsets are those of a mention, with those of its sentence, and the quote."""
    texts = database.tuples(
        "SELECT paper_id, text, title FROM papers WHERE paper_id IN (SELECT unnest(?::VARCHAR[]))",
        [sorted({row.paper_id for row in rows})],
    )
    known = {paper: (text, list(sentence_starts(text, len(title or "")))) for paper, text, title in texts}
    found = []
    for row in rows:
        text, starts = known[row.paper_id]
        start, end = sentence_around(text, starts, row.start or 0, row.end or 0)
        found.append(replace(row, start=start, end=end, quote=text[start:end]))
    return found
