"""``kg train``: a pipeline of one's own, fine-tuned on annotated examples of one's own field."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.layout import printable, table

if TYPE_CHECKING:
    from kg.training.train import Report

__all__ = ["train"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", metavar="EXAMPLES...", nargs=-1, required=True, type=_FILE)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Where the trained pipeline is written.",
)
@click.option("--dev", metavar="FILE", type=_FILE, help="Examples to measure on; else a fifth is held out.")
@click.option("--base", default="en_research", show_default=True, help="The pipeline to start from.")
@click.option(
    "--epochs", type=click.IntRange(min=1), default=4, show_default=True, help="Passes over the examples."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of order and dropout.")
@click.option("--limit", type=click.IntRange(min=1), help="Train on so many examples only.")
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="More are faster; the weights then differ in their last digits.",
)
@click.option("--quiet", is_flag=True, help="No progress, no summary; only errors.")
def train(  # noqa: PLR0917 - click calls it by name
    files: tuple[Path, ...],
    output: Path,
    dev: Path | None,
    base: str,
    epochs: int,
    seed: int,
    limit: int | None,
    threads: int,
    quiet: bool,
) -> None:
    """Fine-tune a pipeline on examples of your own field.

    EXAMPLES are annotated abstracts as JSON lines: {"title": ..., "text": "title. abstract", "entities":
    [{"name": ..., "type": ..., "role": ...}]}, or lines as Prodigy and doccano give them back. What is not
    annotated counts as no entity. The folder that is written goes to --pipeline of `kg build` and
    `kg evaluate`. Interrupted, the same command goes on where it was. Needs pip install "kg-builder[train]";
    nothing is downloaded at run time.

    \b
    Examples:
      kg train mine.jsonl -o my_pipeline/
      kg train mine.jsonl more.jsonl --dev held_out.jsonl -o my_pipeline/
      kg build inbox/ -o output/ --pipeline my_pipeline/
    """
    from kg.training.train import Request  # noqa: PLC0415
    from kg.training.train import train as fine_tune  # noqa: PLC0415

    request = Request(
        files=files,
        output=output,
        dev=dev,
        base=base,
        epochs=epochs,
        seed=seed,
        limit=limit,
        threads=threads,
    )
    progress = (lambda _: None) if quiet else functools.partial(click.echo, err=True)
    report = fine_tune(request, progress)
    if not quiet:
        click.echo(_summary(report))


def _summary(report: Report) -> str:
    """What was measured before and after, where it is, and what to do with it."""
    from kg.training.card import rows  # noqa: PLC0415

    record = report.record
    examples, before, after = record["examples"], record["before"], record["after"]
    lines = [
        f"trained on {examples['train']} examples, measured on {examples['held_out']} others (in per cent)",
        "",
        table(["", "before", "after"], [list(row) for row in rows(before, after)]),
        "",
    ]
    if (after["forms"]["f1"] or 0) <= (before["forms"]["f1"] or 0):
        lines += ["no better than before: annotate more examples, or keep the base", ""]
    name = printable(str(report.output))
    done = f"written: {name} ({report.seconds:.0f} s)" if report.fresh else f"{name}: made before, unchanged"
    return "\n".join([*lines, done, f"next: kg build DOCUMENTS -o output/ --pipeline {name}"])
