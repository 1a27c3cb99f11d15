"""``kg diff``: what is otherwise in one build than in another."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.folders import read_tables
from kg.cli.layout import printable, shorten, table

if TYPE_CHECKING:
    from kg.diff import Change, Diff

__all__ = ["diff", "diff_text"]

_WIDTH = 100
_PLURALS = {
    "paper": "papers",
    "entity": "entities",
    "result": "results",
    "relation": "relations",
    "author": "authors",
}
_LONG = ("abstract", "authors")

_build = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("old", metavar="OLD", type=_build)
@click.argument("new", metavar="NEW", type=_build)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="At most so many of each sort.",
)
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
def diff(old: Path, new: Path, limit: int, as_json: bool) -> None:
    """Say what one build says otherwise than another.

    Papers, entities, results, relations and authors that appeared, vanished, were merged, split or renamed,
    or whose numbers changed; first what stands in most papers. OLD is a copy of a build's folder, or another
    build.

    \b
    Examples:
      cp -r output/ before/ && kg update output/ && kg diff before/ output/
      kg diff before/ output/ --json | jq '.changes[] | select(.kind == "result")'
    """
    from kg.diff import diff as compare  # noqa: PLC0415

    found = compare(read_tables(old), read_tables(new))
    if as_json:
        changes = [asdict(change) for change in found.changes]
        for change in changes:
            change["details"] = [
                {"what": what, "old": before, "new": now} for what, before, now in change["details"]
            ]
        counts = {kind: {"old": before, "new": now} for kind, (before, now) in found.counts.items()}
        click.echo(json.dumps({"counts": counts, "changes": changes}, indent=2, ensure_ascii=False))
    else:
        click.echo(diff_text(found, limit))


def diff_text(found: Diff, limit: int) -> str:
    """The numbers, then a paragraph for each sort of change."""
    rows = [[_PLURALS[kind], str(old), str(new)] for kind, (old, new) in found.counts.items()]
    paragraphs = [table(["", "old", "new"], rows)]
    for (kind, what), group in groupby(found.changes, key=lambda change: (change.kind, change.what)):
        changes = list(group)
        noun = kind if len(changes) == 1 else _PLURALS[kind]
        lines = [f"{len(changes)} {noun} {what}", *(f"  {_words(change)}" for change in changes[:limit])]
        more = len(changes) - limit
        paragraphs.append("\n".join(lines + ([f"  and {more} more"] if more > 0 else [])))
    return "\n\n".join(paragraphs if found.changes else [*paragraphs, "nothing is otherwise"])


def _words(change: Change) -> str:
    old, new = (
        ", ".join(shorten(printable(name), _WIDTH) for name in names) for names in (change.old, change.new)
    )
    if change.what in ("appeared", "vanished"):
        return old or new
    said = new if change.what == "changed" else f"{old} -> {new}"
    details = ", ".join(_detail(*each) for each in change.details)
    return f"{said} ({details})" if details else said


def _detail(what: str, old: str, new: str) -> str:
    if what in _LONG or not old or not new:
        return f"{what} {'changed' if old and new else 'new' if new else 'gone'}"
    return f"{what} {printable(old)} -> {printable(new)}"
