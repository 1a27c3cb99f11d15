"""``kg readers`` and ``kg inspect``: what can be read, and what was seen in a document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.layout import display_width, heading, printable, shorten, table, terminal_width, wrap

if TYPE_CHECKING:
    from kg.inspect import Inspection
    from kg.types import Paper

__all__ = ["inspect", "readers"]

_SHORTEST_TITLE, _AUTHOR, _VENUE = 24, 18, 12
_RARE = {"body", "cites"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def readers(as_json: bool) -> None:
    """List the formats that can be read.

    Which reader takes a document is decided by its content, not by the ending of its name. A reader is one
    Python file and an entry point in the group kg.readers.

    \b
    Examples:
      kg readers
      kg readers --json
    """
    from kg.readers import all_readers  # noqa: PLC0415

    found = all_readers()
    if as_json:
        rows = [{"name": each.name, "reads": each.summary, "takes": list(each.media_types)} for each in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    width = max(len(each.name) for each in found)
    for each in found:
        name, indent = f"{each.name:<{width}}  ", " " * (width + 2)
        click.echo(wrap(each.summary, width=terminal_width(), first=name, indent=indent))


@click.command(name="inspect")
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(min=0), help="Papers shown of each."
)
@click.option("--full-text", is_flag=True, help="Read the bodies of papers, too.")
@click.option("--json", "as_json", is_flag=True, help="Print everything that was read as JSON lines.")
def inspect(sources: tuple[str, ...], limit: int, full_text: bool, as_json: bool) -> None:
    """Show what is recognised in documents.

    For each document: its kind, the scores of the readers (and of the layouts of a page), what went wrong,
    and its papers as a table. Nothing is written.

    \b
    Examples:
      kg inspect library.bib
      kg inspect "saved pages/" --limit 5
      kg inspect paper.pdf --full-text --json | jq .papers
    """
    from kg.inspect import inspect as look  # noqa: PLC0415

    for number, found in enumerate(look(sources, full_text=full_text)):
        if as_json:
            click.echo(json.dumps(_as_data(found), ensure_ascii=False))
        else:
            click.echo(("\n" if number else "") + _as_text(found, limit))


def _as_data(found: Inspection) -> dict[str, object]:
    document = asdict(found.reading.document)
    del document["text"]
    return {
        **document,
        "bytes": found.bytes,
        "scores": dict(found.scores),
        "layouts": dict(found.layouts),
        "paper_list": [asdict(paper) for paper in found.reading.papers],
    }


def _as_text(found: Inspection, limit: int) -> str:
    document, papers = found.reading.document, found.reading.papers
    facts = [
        ["kind", document.media_type or "unknown"],
        *([["encoding", document.encoding]] if document.encoding else []),
        ["size", f"{found.bytes:,} bytes, {len(document.text):,} characters"],
        *([["reader", _scores_text(found.scores)]] if found.scores else []),
        *([["layout", _scores_text(found.layouts)]] if found.layouts else []),
        ["status", document.status],
        ["papers", str(len(papers))],
    ]
    parts = [heading(printable(document.path)), "\n".join(f"{name:<9} {value}" for name, value in facts)]
    if document.error:
        parts.append(
            "\n".join(wrap(printable(line), width=terminal_width()) for line in document.error.split("; "))
        )
    if papers and limit:
        parts.append(_paper_table(papers[:limit]))
    if len(papers) > limit:
        parts.append(f"and {len(papers) - limit} more; --limit shows them")
    return "\n\n".join(parts)


def _scores_text(scores: tuple[tuple[str, float], ...]) -> str:
    """The best first; what scored nothing is left out."""
    return ", ".join(f"{name} {score:.2f}" for name, score in scores if score > 0) or "none suits"


def _paper_table(papers: Sequence[Paper]) -> str:
    """A line a paper, within the terminal's width: the titles get what the other columns leave."""
    head = ["#", "authors", "venue", "year", "abstract", "body", "cites"]
    rows = [
        [
            str(number),
            _authors(paper),
            shorten(printable(paper.venue or "-"), _VENUE),
            str(paper.year or "-"),
            str(len(paper.abstract)) if paper.abstract else "-",
            str(len(paper.body)) if paper.body else "-",
            str(len(paper.references)) if paper.references else "-",
        ]
        for number, paper in enumerate(papers, 1)
    ]
    shown = [i for i, name in enumerate(head) if name not in _RARE or any(row[i] != "-" for row in rows)]
    taken = sum(2 + max(display_width(row[i]) for row in [head, *rows]) for i in shown)
    width = max(_SHORTEST_TITLE, terminal_width() - taken)
    titles = [shorten(printable(paper.title or f"(no title) {paper.abstract}"), width) for paper in papers]
    lines = [[row[0], title, *(row[i] for i in shown[1:])] for title, row in zip(titles, rows, strict=True)]
    return table(["#", "title", *(head[i] for i in shown[1:])], lines, left=4)


def _authors(paper: Paper) -> str:
    """The first author and how many follow."""
    if not paper.authors:
        return "-"
    first = shorten(printable(paper.authors[0].name), _AUTHOR)
    return first if len(paper.authors) == 1 else f"{first} +{len(paper.authors) - 1}"
