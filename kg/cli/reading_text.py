"""The scores of reading documents as a table: one line a document with faults, and the sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from kg.cli.layout import percent, shorten, table
from kg.reading_scores import ReadingScores

__all__ = ["reading_data", "reading_text"]

_NAMES = [each.name for each in fields(ReadingScores)]
_LONGEST_NAME = 30


def reading_text(scores: Mapping[str, ReadingScores]) -> str:
    """F1 in percent of each document that is not read without a fault, and of all together."""
    total = sum(scores.values(), ReadingScores())
    faulty = {name: each for name, each in scores.items() if not _is_perfect(each)}
    rows = [[shorten(name, _LONGEST_NAME), *_cells(each)] for name, each in faulty.items()]
    rows += [[f"all {len(scores)} documents", *_cells(total)]]
    perfect = (
        f"{len(scores) - len(faulty)} of {len(scores)} documents are read without a fault; F1 in percent:"
    )
    papers = total.papers
    invented, missed = papers.predicted - papers.found, papers.gold - papers.found
    counts = f"{papers.found} papers found, {missed} missed, {invented} invented"
    return f"{perfect}\n\n{table(['document', *_NAMES], rows)}\n\n{counts}"


def reading_data(scores: Mapping[str, ReadingScores]) -> dict[str, object]:
    """The same as plain data, with the counts."""
    total = sum(scores.values(), ReadingScores())
    return {"all": _counts(total), "documents": {name: _counts(each) for name, each in scores.items()}}


def _counts(scores: ReadingScores) -> dict[str, object]:
    return {
        name: {"f1": counts.f1, "found": counts.found, "read": counts.predicted, "expected": counts.gold}
        for name in _NAMES
        for counts in [getattr(scores, name)]
    }


def _cells(scores: ReadingScores) -> list[str]:
    return [percent(getattr(scores, name).f1) for name in _NAMES]


def _is_perfect(scores: ReadingScores) -> bool:
    return all(
        each.found == each.predicted == each.gold for name in _NAMES for each in [getattr(scores, name)]
    )
