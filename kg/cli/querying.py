"""``kg query``, ``path``, ``leaderboard``, ``contradictions`` and ``sql``: ask a build, with the
sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.row_formats import FORMATS, as_csv, as_json, as_markdown
from kg.cli.viewing import year_span

if TYPE_CHECKING:
    from kg.api import Chosen, Collection

__all__ = ["contradictions", "leaderboard", "path", "query", "sql"]

_DIR = click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to print it.",
)


def _filters(limit: int | None, *, types: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds the options that choose papers and rows."""
    help_ = "Only papers of 2024, or of 2019-2024."
    options = [
        click.option("--year", callback=year_span, metavar="YEARS", help=help_),
        click.option("--venue", metavar="WORDS", help="Only papers of venues named so."),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            default=0.0,
            metavar="SHARE",
            help="Only what is as sure as that, 0 to 1.",
        ),
        click.option(
            "--min-support",
            type=click.IntRange(min=1),
            default=1,
            metavar="N",
            help="Only what N papers say.",
        ),
        click.option(
            "--limit",
            type=click.IntRange(min=1),
            default=limit,
            show_default=limit is not None,
            metavar="N",
            help="At most so many rows.",
        ),
    ]
    if types:
        help_ = "Only things of these types, separated by commas."
        options.insert(0, click.option("--type", "types", metavar="TYPES", help=help_))

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


@click.command()
@_DIR
@click.argument("question", required=False)
@click.argument("name", nargs=-1)
@click.option("--metric", metavar="NAME", help="With `best`: only this metric.")
@_filters(20)
@_FORMAT
def query(
    folder: Path, question: str | None, name: tuple[str, ...], metric: str | None, form: str, **choices: Any
) -> None:
    """Ask a ready question of a build.

    QUESTION is one of those below, NAME what it is about, by name or alias in any case. Each row has its
    confidence, the number of papers that say so, and its sentence.

    \b
    Questions:
      runs-on HARDWARE    what runs on it, or on a kind of it
      best DATASET        the best number of each metric on it (--metric)
      compares-with NAME  what is compared with it, and by what number
      who-works-on NAME   whose papers deal with it
      uses NAME           which papers use it, or evaluate on it
      results-of NAME     every number claimed of it, or in that paper
      trends              what is named more often than before, or less
      gaps DATASET        methods never evaluated on it, though others
                          like them are

    \b
    Examples:
      kg query output/ runs-on GPU
      kg query output/ best ImageNet --metric accuracy
      kg query output/ trends --type method --year 2016-2019
      kg query output/ who-works-on quantization --format csv
    """
    if question is None:
        click.echo(_questions())
        return
    rows = _collection(folder).query(question, " ".join(name) or None, metric=metric, **_chosen(**choices))
    _print(rows, form)


@click.command()
@_DIR
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--ways", type=click.IntRange(1, 20), default=3, show_default=True, help="How many ways.")
@_filters(None, types=False)
@_FORMAT
def path(folder: Path, one: str, other: str, ways: int, form: str, **choices: Any) -> None:
    """Show how two things hang together.

    A and B are things, papers or people. Each way is given step by step, with the sentence behind every step;
    ways over what nearly every paper names come last.

    \b
    Examples:
      kg path output/ IOS GPU
      kg path output/ "Song Han" ImageNet --ways 1
    """
    _print(_collection(folder).path(one, other, ways=ways, **_chosen(**choices)), form)


@click.command()
@_DIR
@click.option("--dataset", metavar="NAME", help="Only boards of this dataset.")
@click.option("--metric", metavar="NAME", help="Only boards of this metric.")
@_filters(50)
@_FORMAT
def leaderboard(folder: Path, dataset: str | None, metric: str | None, form: str, **choices: Any) -> None:
    """Rank claims on the same dataset, metric and unit.

    Without --dataset and --metric: the boards on which two subjects or more stand. Values, gains, reductions
    and costs stand on boards of their own, and units are not converted. Whether higher is better is told
    from the metric's name ("error", "latency", ... are better lower).

    \b
    Examples:
      kg leaderboard output/
      kg leaderboard output/ --dataset CIFAR-10
      kg leaderboard output/ --dataset ImageNet --metric accuracy
    """
    _print(_collection(folder).leaderboard(dataset, metric, **_chosen(**choices)), form)


@click.command()
@_DIR
@click.argument("name", required=False)
@_filters(20)
@_FORMAT
def contradictions(folder: Path, name: str | None, form: str, **choices: Any) -> None:
    """List claims that cannot both be true.

    Claims on the same subject, metric and unit, and the same dataset, hardware and baseline, whose numbers
    do not meet, or of which one is for and one against the subject. Those of two papers come first; two
    sentences of one paper often speak of two cases. With NAME: only claims that name it.

    \b
    Examples:
      kg contradictions output/
      kg contradictions output/ ImageNet --min-confidence 0.5
    """
    rows = _collection(folder).contradictions(name, **_chosen(**choices))
    if not rows and form == "table":
        click.echo("No two claims contradict each other.")
        return
    _print(rows, form)


@click.command()
@_DIR
@click.argument("text", metavar="[SELECT]", required=False)
@click.option("--schema", is_flag=True, help="Print the tables, views and columns with their meanings.")
@_FORMAT
def sql(folder: Path, text: str | None, schema: bool, form: str) -> None:
    """Ask a SELECT of the tables (DuckDB, read-only).

    One SELECT in DuckDB's SQL, over copies of the tables in memory: it can change nothing, and reach no file
    and no network. Beside the tables there are views that speak in names:

    \b
      publications  a row a paper: paper (its name), title, authors, year,
                    venue, doi, arxiv_id, url, abstract, documents
      claims        a row a number: subject, predicate, metric, value, low,
                    high, unit, bound, polarity, baseline, dataset, hardware,
                    paper, year, venue, confidence, quote
      statements    a row a relation: head, kind, tail, paper, year, venue,
                    confidence, quote
      roles         a row a paper and thing: paper, role, entity, type, year,
                    venue, confidence
    The tables and all columns: kg sql DIR --schema

    \b
    Examples:
      kg sql output/ "SELECT subject, value, quote FROM claims WHERE unit = 'x'"
      kg sql output/ "SELECT type, count(*) FROM entities GROUP BY ALL ORDER BY ALL"
      kg sql output/ --schema
    """
    if schema:
        from kg.cli.schema_text import schema_text  # noqa: PLC0415

        click.echo(schema_text(folder))
        return
    if text is None:
        raise click.UsageError("give a SELECT, or --schema")
    from kg.database import ask  # noqa: PLC0415 - loads DuckDB

    answered = ask(folder, text)
    _print_rows(answered.columns, answered.rows, form)


def _collection(folder: Path) -> Collection:
    from kg.api import Collection  # noqa: PLC0415 - loads DuckDB

    return Collection(folder)


def _chosen(
    *,
    year: tuple[int | None, int | None] | None,
    venue: str | None,
    min_confidence: float,
    min_support: int,
    limit: int | None,
    types: str | None = None,
) -> Chosen:
    chosen: Chosen = {"min_confidence": min_confidence, "min_support": min_support}
    if types:
        chosen["type"] = tuple(name.strip() for name in types.split(",") if name.strip())
    if year:
        chosen["year"] = year
    if venue:
        chosen["venue"] = venue
    if limit:
        chosen["limit"] = limit
    return chosen


def _print(rows: Sequence[Any], form: str) -> None:
    """Rows of one kind."""
    from kg.answers import columns, flat  # noqa: PLC0415
    from kg.cli.answers_text import answers_text  # noqa: PLC0415

    if form == "table":
        click.echo(answers_text(rows))
        return
    names = columns(type(rows[0])) if rows else ()
    _print_rows(names, [tuple(flat(row).values()) for row in rows], form)


def _print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> None:
    if form == "csv":
        click.echo(as_csv(columns, rows))
    elif form == "json":
        click.echo(as_json(columns, rows))
    elif form == "markdown":
        click.echo(as_markdown(columns, rows))
    else:
        from kg.cli.answers_text import tidy  # noqa: PLC0415
        from kg.cli.layout import fitting_table, printable  # noqa: PLC0415

        cells = [["" if cell is None else printable(tidy(_short(cell))) for cell in row] for row in rows]
        click.echo(fitting_table(columns, cells))
        click.echo("1 row" if len(rows) == 1 else f"{len(rows)} rows", err=True)


def _short(cell: Any) -> str:
    if isinstance(cell, list):
        return ", ".join(map(str, cell))
    return f"{cell:.4g}" if isinstance(cell, float) else str(cell)


def _questions() -> str:
    from kg.cli.layout import table  # noqa: PLC0415
    from kg.query import QUESTIONS  # noqa: PLC0415

    rows = [[f"{one.name} {one.argument or ''}".strip(), one.about] for one in QUESTIONS.values()]
    known = table(["question", "what it answers"], rows, left=2)
    return f"{known}\n\nkg query DIR QUESTION [NAME]; --help has filters and examples."
