"""``kg verify`` and ``kg evaluate``: is what was read true to the text, and how good is it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.folders import read_tables

__all__ = ["evaluate", "verify"]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print checks and problems as JSON.")
def verify(folder: Path, as_json: bool) -> None:
    """Check that a build is true to its documents.

    Every offset must really stand in the stored text, every id that is used must exist, every mention must
    belong to an entity, the counts must add up, and the graph file must hold what the manifest says. Each
    problem is printed; the exit status is 1 if there is any.

    \b
    Examples:
      kg verify output/
      kg verify output/ --json | jq .problems
    """
    from kg.cli.layout import table  # noqa: PLC0415
    from kg.verify import verify as check_build  # noqa: PLC0415

    report = check_build(folder)
    if as_json:
        data = {
            "checked": dict(report.checked),
            "problems": [
                {"table": problem.table, "id": problem.identifier, "problem": problem.what}
                for problem in report.problems
            ],
        }
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        rows = [[name, str(count)] for name, count in report.checked]
        click.echo(table(["checked", "count"], rows))
        click.echo()
        for problem in report.problems:
            click.echo(f"{problem.table} {problem.identifier}: {problem.what}")
        click.echo(f"{len(report.problems)} problems" if report.problems else "all right: no problem found")
    if report.problems:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--tables",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Score this build instead of reading the annotated texts now.",
)
@click.option("--pipeline", default="en_research", show_default=True, help="The pipeline to read them with.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
def evaluate(gold: Path, folder: Path | None, pipeline: str, as_json: bool) -> None:
    """Score extraction against annotated papers.

    GOLD is a JSON lines file, or a folder of such files. Annotated abstracts bring their text and are read in
    memory; annotated documents hold no text: build them first and give the build with --tables. Intervals
    are drawn over papers (bootstrap).

    \b
    Examples:
      kg evaluate gold/dev.jsonl
      kg evaluate gold/documents --tables output/
      kg evaluate gold/dev.jsonl --json | jq .forms.f1
    """
    from kg.cli.scores_text import evaluation_data, evaluation_text  # noqa: PLC0415
    from kg.evaluate import evaluate as score  # noqa: PLC0415
    from kg.gold import read_gold  # noqa: PLC0415
    from kg.predictions import papers_of_gold, predictions_of_tables, tables_of_papers  # noqa: PLC0415

    annotated = read_gold(gold)
    if folder is None:
        papers = papers_of_gold(annotated)
        click.echo(f"reading {len(papers)} papers with {pipeline}", err=True)
        tables = tables_of_papers(papers, pipeline=pipeline)
    else:
        tables = read_tables(folder)
    scores = score(annotated, predictions_of_tables(tables))
    if as_json:
        click.echo(json.dumps(evaluation_data(scores), indent=2, ensure_ascii=False))
    else:
        click.echo(evaluation_text(scores))
