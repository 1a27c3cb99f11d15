"""``kg verify`` and ``kg evaluate``: is what was read true to the text, and how good is it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.folders import read_tables

__all__ = ["evaluate", "verify"]

_MOST_PROBLEMS = 200


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print checks and problems as JSON.")
def verify(folder: Path, as_json: bool) -> None:
    """Check that a build is true to its documents.

    Every offset must really stand in the stored text, every id must be the one that its row gives, the counts
    must add up, works and authors must follow from what was read, and every export that the manifest names
    must hold what the tables give: each node, edge, attribute and quote. Each problem is printed with its
    table or file, its row and column; the exit status is 1 if there is any.

    \b
    Examples:
      kg verify output/
      kg verify output/ --json | jq .problems
    """
    from kg.cli.layout import table  # noqa: PLC0415
    from kg.output import settle  # noqa: PLC0415
    from kg.verify import verify as check_build  # noqa: PLC0415

    settle(folder)
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
        for problem in report.problems[:_MOST_PROBLEMS]:
            click.echo(f"{' '.join(filter(None, (problem.table, problem.identifier)))}: {problem.what}")
        if len(report.problems) > _MOST_PROBLEMS:
            click.echo(f"... and {len(report.problems) - _MOST_PROBLEMS} more; --json prints all")
        click.echo(f"{len(report.problems)} problems" if report.problems else "all right: no problem found")
    if report.problems:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path), required=False)
@click.option(
    "--resolution",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Score the resolution of entities on a file of annotated pairs instead.",
)
@click.option(
    "--authors",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Score who is who in the build given with --tables, on a file of pairs of names.",
)
@click.option(
    "--documents",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Score the reading of the documents around this expectation instead.",
)
@click.option(
    "--tables",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Score this build instead of reading the annotated texts now.",
)
@click.option("--pipeline", default="en_research", show_default=True, help="The pipeline to read them with.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
def evaluate(
    gold: Path | None,
    resolution: Path | None,
    documents: Path | None,
    authors: Path | None,
    folder: Path | None,
    pipeline: str,
    as_json: bool,
) -> None:
    """Score extraction against annotated papers.

    GOLD is a JSON lines file, or a folder of such files. Annotated abstracts bring their text and are read in
    memory; annotated documents hold no text: build them first and give the build with --tables. Intervals
    are drawn over papers (bootstrap).

    \b
    Examples:
      kg evaluate gold/dev.jsonl
      kg evaluate gold/documents --tables output/
      kg evaluate --resolution gold/resolution.jsonl
      kg evaluate --resolution gold/resolution.jsonl --tables output/
      kg evaluate --documents saved_pages/expected.json
      kg evaluate gold/dev.jsonl --json | jq .forms.f1
    """
    if sum(given is not None for given in (gold, resolution, documents, authors)) != 1:
        raise click.UsageError("give GOLD, or one of --resolution, --documents and --authors")
    if authors is not None:
        if folder is None:
            raise click.UsageError("--authors scores a build: give it with --tables DIR")
        click.echo(_authors_text(authors, folder, as_json=as_json))
        return
    if documents is not None:
        click.echo(_documents_text(documents, as_json=as_json))
        return
    if resolution is not None:
        click.echo(_resolution_text(resolution, folder, pipeline=pipeline, as_json=as_json))
        return
    assert gold is not None
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


def _resolution_text(path: Path, folder: Path | None, *, pipeline: str, as_json: bool) -> str:
    from kg.cli.pairs_text import pairs_data, pairs_text  # noqa: PLC0415
    from kg.resolution_scores import (  # noqa: PLC0415
        HALVES,
        cluster,
        clusters_of_build,
        read_pairs,
        score_pairs,
    )

    pairs = read_pairs(path)
    if folder is None:
        click.echo(f"reading and resolving {len(pairs)} pairs with {pipeline}", err=True)
        found = cluster(pairs, pipeline=pipeline)
    else:
        found = clusters_of_build(pairs, read_tables(folder))
        held = [pair for pair in pairs if pair.a in found and pair.b in found]
        click.echo(f"the build holds both forms of {len(held)} of {len(pairs)} pairs", err=True)
        pairs = held
    halves = {half: [pair for pair in pairs if pair.half == half] for half in HALVES}
    scores = {half: score_pairs(of, found) for half, of in halves.items() if of}
    scores["all"] = score_pairs(pairs, found)
    if as_json:
        return json.dumps(pairs_data(scores), indent=2, ensure_ascii=False)
    return pairs_text(scores)


def _documents_text(path: Path, *, as_json: bool) -> str:
    from kg.cli.reading_text import reading_data, reading_text  # noqa: PLC0415
    from kg.reading_scores import score_documents  # noqa: PLC0415

    scores = dict(score_documents(path))
    return json.dumps(reading_data(scores), indent=2) if as_json else reading_text(scores)


def _authors_text(path: Path, folder: Path, *, as_json: bool) -> str:
    from kg.author_scores import read_author_pairs, score_authors  # noqa: PLC0415
    from kg.cli.layout import percent  # noqa: PLC0415

    scores = score_authors(read_tables(folder), read_author_pairs(path))
    if as_json:
        return json.dumps(asdict(scores), indent=2, ensure_ascii=False)
    shares = (("precision of merges", scores.precision), ("recall of merges", scores.recall))
    lines = [f"{name:<20} {percent(share.value)}  ({share.hits} of {share.total})" for name, share in shares]
    lines += [f"pairs that the build does not hold: {scores.missing}"]
    lines += [f"wrong: {pair.names[0]} / {pair.names[1]}" for pair in scores.wrong]
    return "\n".join(lines)
