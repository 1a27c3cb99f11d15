"""Claims of a build that cannot both be true (kg.disagreement): of two papers, or of two sentences of one.

Two sentences of one paper often speak of two cases, so that these pairs are told apart and come last.
"""

from __future__ import annotations

from kg.answers import Claim, Dispute
from kg.database import Database
from kg.disagreement import Said, opposed
from kg.filters import Filters
from kg.leaderboard import as_claim, claim_rows
from kg.text import fold
from kg.things import Names

__all__ = ["contradictions"]


def contradictions(database: Database, names: Names, name: str | None, filters: Filters) -> list[Dispute]:
    """The pairs of claims of a build that disagree: of two papers first, then the surest (the less sure claim
    of the two counts). ``name``: only those that name this thing, as subject or condition."""
    rows = claim_rows(database, "c.subject_id IS NOT NULL", [], filters)
    if name is not None:
        ids = set(names.thing(name, kinds=False).ids)
        slots = ("subject_id", "metric_id", "dataset_id", "baseline_id", "hardware_id")
        rows = [row for row in rows if ids & {row[slot] for slot in slots}]
    said = [
        Said(
            subject=row["subject_id"],
            conditions=(row["dataset"] or "", row["hardware"] or "", row["baseline"] or ""),
            paper=row["work_id"],
            sentence=row["start"],
            **{
                column: row[column]
                for column in ("metric", "unit", "predicate", "polarity", "low", "high", "bound")
            },
        )
        for row in rows
    ]
    found = [
        _dispute(as_claim(rows[one]), as_claim(rows[other]), said[one].paper == said[other].paper)
        for one, other in opposed(said)
    ]
    found.sort(
        key=lambda one: (
            -one.support,
            -min(one.confidence, one.other_confidence),
            fold(one.subject),
            one.paper_id,
            one.start,
            one.other_paper_id,
            one.other_start,
        )
    )
    return [one for one in filters.kept(found) if one.other_confidence >= filters.min_confidence]


def _dispute(one: Claim, other: Claim, within: bool) -> Dispute:
    named = (("on", one.dataset), ("runs on", one.hardware), ("over", one.baseline))
    return Dispute(
        subject=one.subject or "",
        metric=one.metric,
        conditions=", ".join(f"{word} {name}" for word, name in named if name),
        value=f"{one.predicate} {one.value}",
        other_value=f"{other.predicate} {other.value}",
        within="one paper" if within else "two papers",
        support=1 if within else 2,
        confidence=one.confidence,
        paper=one.paper,
        year=one.year,
        venue=one.venue,
        quote=one.quote,
        paper_id=one.paper_id,
        start=one.start,
        end=one.end,
        other_confidence=other.confidence,
        other_paper=other.paper,
        other_year=other.year,
        other_quote=other.quote,
        other_paper_id=other.paper_id,
        other_start=other.start,
        other_end=other.end,
    )
