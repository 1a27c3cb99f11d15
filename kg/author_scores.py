"""Scores the authors of a build against pairs of names that a person has read.

A line of the gold is a pair of places in bylines: ``names`` as printed, ``titles`` of their papers, and the
``verdict``, "same" or "different" (person). Pairs of which the build does not hold both places are left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GoldError
from kg.scores import Ratio
from kg.tables import Tables
from kg.text import fold

__all__ = ["AuthorPair", "AuthorScores", "read_author_pairs", "score_authors"]

_VERDICTS = ("same", "different")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorPair:
    """Two places in bylines and whether one person signs there."""

    names: tuple[str, str]
    titles: tuple[str, str]
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorScores:
    """``precision``: of the pairs that the build joins, those that are one person. ``recall``: of the pairs
    that are one person, those that it joins. ``missing``: pairs that it does not hold; ``wrong``: pairs that
    it joins or keeps apart against the verdict."""

    precision: Ratio
    recall: Ratio
    missing: int
    wrong: tuple[AuthorPair, ...]


def read_author_pairs(path: Path) -> list[AuthorPair]:
    """The pairs of a JSON lines file; a line that is none is a GoldError."""
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            (name, other), (title, second) = row["names"], row["titles"]
            same = (False, True)[_VERDICTS[::-1].index(row["verdict"])]
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(
                f"{path}:{number}: not a pair of names ({error})",
                hint='a line has "names", "titles" (two each) and "verdict" ("same" or "different")',
            ) from error
        pairs.append(AuthorPair(names=(name, other), titles=(title, second), same=same))
    return pairs


def score_authors(tables: Tables, pairs: Sequence[AuthorPair]) -> AuthorScores:
    """The authors of the tables against the pairs."""
    authors = _authors(tables, {fold(title) for pair in pairs for title in pair.titles})
    joined = right = apart = missing = 0
    wrong = []
    for pair in pairs:
        first, second = (
            authors.get((fold(title), name)) for title, name in zip(pair.titles, pair.names, strict=True)
        )
        if not first or not second:
            missing += 1
            continue
        together = not first.isdisjoint(second)
        joined += together
        right += together and pair.same
        apart += not together and pair.same
        if together != pair.same:
            wrong.append(pair)
    precision, recall = Ratio(right, joined), Ratio(right, right + apart)
    return AuthorScores(precision=precision, recall=recall, missing=missing, wrong=tuple(wrong))


def _authors(tables: Tables, titles: Iterable[str]) -> dict[tuple[str, str], set[str]]:
    """The authors under each name as printed on each paper of these titles."""
    wanted = set(titles)
    papers = {row["paper_id"]: fold(row["title"]) for row in tables.papers if row["title"]}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in tables.authorships:
        title = papers.get(row["paper_id"])
        if title in wanted:
            found[title, row["name"]].add(row["author_id"])
    return found
