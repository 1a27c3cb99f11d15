"""``kg export``: other formats of a build that is there, without reading anything again."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.folders import read_tables
from kg.cli.layout import printable, table

__all__ = ["export", "format_names"]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "formats", metavar="NAMES", help="What to write, separated by commas.")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to; the build's folder without it.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    help="At most so many papers in the formats for annotation.",
)
def export(folder: Path, formats: str | None, output: Path | None, limit: int) -> None:
    """Write a build in other formats.

    DIR is what `kg build` wrote. Without --format: the formats there are. The formats for annotation (jsonl,
    prodigy, doccano) hold the papers that the pipeline was least sure of, the most doubtful first.

    \b
    Examples:
      kg export output/
      kg export output/ --format gexf -o for-gephi/
      kg export output/ --format jsonl --limit 50
    """
    from dataclasses import replace  # noqa: PLC0415

    from kg.exporters import Contents  # noqa: PLC0415
    from kg.exporters import export as write  # noqa: PLC0415

    if formats is None:
        click.echo(table(["format", "file", "for"], _known(), left=3))
        return
    names = format_names(formats)
    target = output or folder
    target.mkdir(parents=True, exist_ok=True)
    contents = replace(Contents.of(read_tables(folder)), limit=limit)
    for name in names:
        click.echo(printable(str(write(contents, name, target))))


def format_names(formats: str) -> tuple[str, ...]:
    """The wanted exporters, each once; told before anything is read when there is no such one."""
    from kg import plugins  # noqa: PLC0415

    names = tuple(dict.fromkeys(name.strip() for name in formats.split(",") if name.strip()))
    known = plugins.names("kg.exporters")
    for name in names:
        if name not in known:
            raise click.BadParameter(f"{name!r} is not one of {', '.join(known)}", param_hint="'--format'")
    return names


def _known() -> list[list[str]]:
    from kg import plugins  # noqa: PLC0415

    exporters = [plugins.load("kg.exporters", name) for name in plugins.names("kg.exporters")]
    return [[exporter.name, exporter.filename, exporter.about] for exporter in exporters]
