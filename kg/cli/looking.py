"""``kg show``, ``kg explain`` and ``kg stats``: look into a build from the terminal."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kg.cli.folders import open_database, read_tables

__all__ = ["explain", "show", "stats"]

_DIR = click.Path(exists=True, file_okay=False, path_type=Path)
_MIN_CONFIDENCE = click.option(
    "--min-confidence",
    metavar="SHARE",
    default=0.0,
    type=click.FloatRange(0, 1),
    help="Only what is at least so sure (0 to 1).",
)
_MIN_SUPPORT = click.option(
    "--min-support", default=1, type=click.IntRange(min=1), help="Only what so many papers say."
)


@click.command()
@click.argument("folder", metavar="DIR", type=_DIR)
@click.argument("name", required=False)
@_MIN_CONFIDENCE
@_MIN_SUPPORT
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def show(folder: Path, name: str | None, min_confidence: float, min_support: int, as_json: bool) -> None:
    """Show a node with its edges, numbers and sentences.

    NAME is a method, model, dataset, ..., a paper's title, an author or a venue: by name, alias or id, in any
    case, or by its beginning. Without NAME: an overview of the build in DIR. Each sentence stands with its
    file, line and column; a support of several papers is asked only of what several papers can say.

    \b
    Examples:
      kg show output/
      kg show output/ "random bit error training"
      kg show output/ TensorRT --min-confidence 0.7
      kg show output/ imagenet --json | jq .results
    """
    from kg.cli.node_text import candidates_text, explanation_text, overview_text  # noqa: PLC0415
    from kg.explain import Explainer  # noqa: PLC0415 - loads DuckDB

    explainer = Explainer(open_database(folder), bylines=as_json)
    if name is None:
        overview = explainer.overview()
        text, data = overview_text(overview), asdict(overview)
    else:
        candidates = explainer.find(name)
        if len(candidates) == 1:
            explanation = explainer.explain(
                candidates[0].node, min_confidence=min_confidence, min_support=min_support
            )
            text, data = explanation_text(explanation), asdict(explanation)
        else:
            text = candidates_text(name, candidates)
            data = {"candidates": [asdict(candidate) for candidate in candidates]}
    click.echo(json.dumps(data, indent=2, ensure_ascii=False) if as_json else text)


@click.command()
@click.argument("folder", metavar="DIR", type=_DIR)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@_MIN_CONFIDENCE
@_MIN_SUPPORT
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def explain(
    folder: Path, one: str, other: str, min_confidence: float, min_support: int, as_json: bool
) -> None:
    """Explain what ties two things, sentence by sentence.

    A and B are names, aliases or ids, as of `kg show`. Every edge and result between them, in both
    directions, each with the sentence that says so and where it stands: file, line and column, and the
    characters of the file. Then why the forms under which each is mentioned are one thing: by which rule, and
    how far it can be trusted. Where nothing is said of the two: what both have to do with.

    \b
    Examples:
      kg explain output/ TensorRT IOS
      kg explain output/ "Song Han" TensorRT
      kg explain output/ TensorRT IOS --min-confidence 0.7 --json | jq .edges
    """
    from kg.cli.connection_text import connection_text  # noqa: PLC0415
    from kg.cli.node_text import candidates_text  # noqa: PLC0415
    from kg.connections import connect  # noqa: PLC0415
    from kg.explain import Explainer  # noqa: PLC0415 - loads DuckDB

    explainer = Explainer(open_database(folder))
    meant = {name: explainer.find(name) for name in (one, other)}
    unclear = {name: candidates for name, candidates in meant.items() if len(candidates) > 1}
    if unclear:
        text = "\n\n".join(candidates_text(name, candidates) for name, candidates in unclear.items())
        data: dict[str, Any] = {
            "candidates": {name: [asdict(each) for each in found] for name, found in unclear.items()}
        }
    else:
        connection = connect(
            explainer,
            meant[one][0],
            meant[other][0],
            min_confidence=min_confidence,
            min_support=min_support,
        )
        text, data = connection_text(connection), asdict(connection)
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
