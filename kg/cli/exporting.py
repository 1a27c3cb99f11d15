"""``kg export``: other formats of a build that is there, without reading anything again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.folders import read_tables
from kg.cli.layout import printable, table
from kg.cli.viewing import as_view, left_text, view_options

if TYPE_CHECKING:
    from kg.exporters import Contents
    from kg.views import View

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
@click.option("--dynamic", is_flag=True, help="Years as timestamps, for Gephi's timeline (gexf).")
@view_options
def export(
    folder: Path, formats: str | None, output: Path | None, limit: int, dynamic: bool, **choices: Any
) -> None:
    """Write a build, or a part of it, in other formats.

    DIR is what `kg build` wrote. Without --format: the formats and views there are. The formats for
    annotation (jsonl, prodigy, doccano) hold the papers that the pipeline was least sure of, the most
    doubtful first.

    A part of the graph needs a folder of its own (-o); what was left out is said on stderr.

    \b
    Examples:
      kg export output/
      kg export output/ --format gexf -o for-gephi/
      kg export output/ --format jsonl --limit 50
      kg export output/ --format html -o near/ --around "TensorRT" --hops 1
      kg export output/ --format gexf -o people/ --view coauthors --max-nodes 500
    """
    from kg.exporters import export as write  # noqa: PLC0415

    view = as_view(**choices)
    if formats is None:
        click.echo(table(["format", "file", "for"], _known(), left=3))
        click.echo("\n" + table(["view", "what it holds"], _views(), left=2))
        return
    names = format_names(formats)
    target = output or folder
    if view.title and target.resolve() == folder.resolve():
        raise click.BadParameter(
            "a part of the graph needs a folder of its own, or it would replace the whole graph in DIR",
            param_hint="'--output'",
        )
    contents = _contents(folder, view, limit, dynamic)
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        click.echo(printable(str(write(contents, name, target))))


def _contents(folder: Path, view: View, limit: int, dynamic: bool) -> Contents:
    """What is written, after saying what is not."""
    from kg.exporters import Contents, heading_of  # noqa: PLC0415
    from kg.views import view_of  # noqa: PLC0415

    tables = read_tables(folder)
    if not view.title:
        return Contents.of(tables, limit=limit, dynamic=dynamic)
    viewed = view_of(tables, view)
    graph = viewed.graph
    click.echo(left_text(viewed.left, graph.number_of_nodes(), graph.number_of_edges()), err=True)
    return Contents(
        graph=graph,
        tables=viewed.tables,
        heading=f"{heading_of(viewed.tables)}: {view.title}",
        limit=limit,
        dynamic=dynamic,
        whole=viewed.whole,
    )


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


def _views() -> list[list[str]]:
    from kg.views import VIEWS  # noqa: PLC0415

    return [list(view) for view in VIEWS.items()]
