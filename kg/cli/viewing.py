"""The options that choose a part of the graph, and the words for what they left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from kg.cli.layout import printable, shorten

if TYPE_CHECKING:
    from kg.views import Left, View

__all__ = ["as_view", "left_text", "view_options", "year_span"]

_YEARS = re.compile(r"(\d{4})?\s*([-–])?\s*(\d{4})?")
_NAME_WIDTH = 30


def year_span(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> tuple[int | None, int | None] | None:
    """2019, 2019-2024, 2019- or -2024 as a pair of first and last year."""
    if value is None:
        return None
    match = _YEARS.fullmatch(value.strip())
    if not match or not (match[1] or match[3]) or (match[1] and match[3] and not match[2]):
        raise click.BadParameter(f"{value!r} is not a year like 2024 or years like 2019-2024")
    first, last = (int(year) if year else None for year in (match[1], match[3]))
    if not match[2]:
        first = last = first or last
    if first is not None and last is not None and first > last:
        raise click.BadParameter(f"{value!r} ends before it begins")
    return first, last


def view_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that ``as_view`` takes."""
    options = (
        click.option(
            "--view", "name", default="full", show_default=True, metavar="VIEW", help="The part to write."
        ),
        click.option(
            "--type",
            "types",
            multiple=True,
            metavar="TYPES",
            help="Only nodes of these types, separated by commas.",
        ),
        click.option(
            "--min-support",
            type=click.IntRange(min=1),
            metavar="N",
            help="Only names in N papers, and what N papers say of them.",
        ),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            default=0.0,
            metavar="SHARE",
            help="Only what is as sure as that, 0 to 1.",
        ),
        click.option("--around", metavar="NAME", help="Only what is near a node, named as for `kg show`."),
        click.option(
            "--hops",
            type=click.IntRange(min=0),
            default=2,
            show_default=True,
            metavar="N",
            help="How many links away --around looks.",
        ),
        click.option(
            "--year",
            "years",
            callback=year_span,
            metavar="YEARS",
            help="Only papers of 2024, or of 2019-2024.",
        ),
        click.option(
            "--max-nodes",
            type=click.IntRange(min=1),
            metavar="N",
            help="Only the N nodes that hang together most.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def as_view(*, name: str, types: Sequence[str], **choices: Any) -> View:
    """The view that the options choose; a word that is no view or no type is a usage error."""
    from kg.views import NODE_KINDS, VIEWS, View  # noqa: PLC0415 - loads pyarrow

    if name not in VIEWS:
        raise click.BadParameter(f"{name!r} is not one of {', '.join(VIEWS)}", param_hint="'--view'")
    chosen = tuple(dict.fromkeys(kind.strip() for part in types for kind in part.split(",") if kind.strip()))
    for kind in chosen:
        if kind not in NODE_KINDS:
            known = ", ".join(NODE_KINDS)
            raise click.BadParameter(f"{kind!r} is not one of {known}", param_hint="'--type'")
    return View(name=name, types=chosen, **choices)


def left_text(left: Sequence[Left], nodes: int, edges: int) -> str:
    """A line for each choice that left something out: how much of which kind, and what is in most papers.

    The last line says what stayed.
    """
    lines = []
    for step in left:
        counts = [_count(count, kind) for kind, count in step.nodes.items()]
        counts += [_count(step.edges, "edge")] if step.edges else []
        if counts:
            names = ", ".join(shorten(printable(name), _NAME_WIDTH) for name in step.names)
            lines.append(f"left out ({step.choice}): {', '.join(counts)}{f'; {names}' if names else ''}")
    return "\n".join([*lines, f"kept: {_count(nodes, 'node')}, {_count(edges, 'edge')}"])


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 or what == 'hardware' else 's'}"
