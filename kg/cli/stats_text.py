"""The counts of ``kg stats`` for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.layout import heading, printable, shorten, table, terminal_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.stats import Stats

__all__ = ["stats_text"]

_MAX_ROWS = 20


def stats_text(stats: Stats, *, top: int) -> str:
    """Tables below each other; lists of venues and metrics are cut after the most frequent ones."""
    parts = [table(["", "count"], [[name, str(count)] for name, count in stats.counts.items()])]
    width = terminal_width() - 40
    rows = [
        [
            kind,
            str(stats.entities[kind]),
            shorten(printable(entity.name), width),
            str(entity.papers),
            str(entity.mentions),
        ]
        for kind, entities in stats.top.items()
        for entity in entities
    ]
    if rows:
        shown = [
            row if i == 0 or rows[i - 1][0] != row[0] else ["", "", *row[2:]] for i, row in enumerate(rows)
        ]
        title = f"Entities, the {top} of each type in most papers"
        parts.append(_section(title, table(["type", "all", "name", "papers", "mentions"], shown, left=3)))
    for title, counts in (
        ("Papers by year", stats.years),
        ("Papers by venue", stats.venues),
        ("Mentions by role", stats.roles),
        ("Relations", stats.relations),
        ("Results", stats.results),
        ("Results by metric", stats.metrics),
    ):
        if counts:
            parts.append(_section(title, _counts(counts)))
    return "\n\n".join(parts)


def _section(title: str, body: str) -> str:
    return f"{heading(title)}\n{body}"


def _counts(counts: Mapping[str, int]) -> str:
    width = terminal_width() - 10
    rows = [[shorten(printable(name), width), str(count)] for name, count in counts.items()]
    cut = len(rows) - _MAX_ROWS
    lines = table(["", "count"], rows[:_MAX_ROWS]).split("\n")[1:]
    return "\n".join([*lines, *([f"... and {cut} more (--json names all)"] if cut > 0 else [])])
