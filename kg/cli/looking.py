"""``kg show`` and ``kg stats``: look into a build from the terminal."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.folders import read_tables

__all__ = ["show", "stats"]

_DIR = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR", type=_DIR)
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def show(folder: Path, name: str | None, as_json: bool) -> None:
    """Show a node with its edges, numbers and sentences.

    NAME is a method, model, dataset, ..., a paper's title, an author or a venue: by name, alias or id, in any
    case, or by its beginning. Without NAME: an overview of the build in DIR.

    \b
    Examples:
      kg show output/
      kg show output/ "random bit error training"
      kg show output/ imagenet --json | jq .results
    """
    from kg.cli.node_text import candidates_text, explanation_text, overview_text  # noqa: PLC0415
    from kg.explain import Explainer  # noqa: PLC0415

    tables = read_tables(folder)
    explainer = Explainer(tables)
    if name is None:
        overview = explainer.overview()
        text, data = overview_text(overview), asdict(overview)
    else:
        candidates = explainer.find(name)
        if len(candidates) == 1:
            explanation = explainer.explain(candidates[0].node)
            text, data = explanation_text(explanation), asdict(explanation)
        else:
            text = candidates_text(name, candidates)
            data = {"candidates": [asdict(candidate) for candidate in candidates]}
    click.echo(json.dumps(data, indent=2, ensure_ascii=False) if as_json else text)


@click.command()
@click.argument("folder", metavar="DIR", type=_DIR)
@click.option(
    "--top", default=5, show_default=True, type=click.IntRange(min=1), help="Entities of each type."
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def stats(folder: Path, top: int, as_json: bool) -> None:
    """Count what a build holds.

    Papers, authors, entities by type with the most frequent ones, papers by year and venue, results by
    metric.

    \b
    Examples:
      kg stats output/
      kg stats output/ --top 20
      kg stats output/ --json | jq .years
    """
    from kg.cli.stats_text import stats_text  # noqa: PLC0415
    from kg.stats import stats as count  # noqa: PLC0415

    found = count(read_tables(folder), top=top)
    click.echo(
        json.dumps(asdict(found), indent=2, ensure_ascii=False) if as_json else stats_text(found, top=top)
    )
