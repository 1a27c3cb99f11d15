"""``kg add``, ``remove``, ``update`` and ``watch``: collections that live."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.building import told
from kg.cli.exporting import format_names
from kg.cli.forecast_text import foretold
from kg.cli.layout import printable, shorten
from kg.cli.logs import log_report, logged
from kg.cli.running import Run, refuse_log_among, run_options, running, sigterm_interrupts

if TYPE_CHECKING:
    from kg.arrivals import Arrivals
    from kg.collection import Updated

__all__ = ["add", "arrivals_text", "remove", "update", "watch"]

_LOG = logging.getLogger("kg.cli")
_MOST_NAMES = 5

_folder = click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """What may be said anew of a collection; without it everything stays as it was."""
    kept = "as before without it"
    for option in reversed(
        (
            click.option("--pipeline", help=f"The pipeline to read with; {kept}."),
            click.option("--format", "formats", metavar="NAMES", help=f"What to export; {kept}."),
            click.option("--min-confidence", type=click.FloatRange(0, 1), help=f"Leave out less; {kept}."),
            click.option("--full-text/--no-full-text", default=None, help=f"Read bodies; {kept}."),
            click.option("--decisions", metavar="FILE", help=f"Decisions about entities; {kept}."),
            click.option("--strict", is_flag=True, help="Exit with 1 if a document gave no paper."),
            click.option("--quiet", is_flag=True, help="No progress, no summary; only errors."),
        )
    ):
        command = option(command)
    return command


@click.command()
@_folder
@click.argument("sources", nargs=-1, required=True)
@_options
@run_options()
def add(folder: Path, sources: tuple[str, ...], strict: bool, quiet: bool, run: Run, **options: Any) -> None:
    """Take further sources into a build.

    DIR is what `kg build` wrote. Only what is new is read; the files are those that `kg build` of all sources
    would write. A document that was removed and is named here is taken in again.

    \b
    Examples:
      kg add output/ inbox/new.pdf
      kg add output/ more.bib --format graphml,html
    """
    refuse_log_among(sources, run.log)
    _run("add", (folder, sources), strict, quiet, run, options)


@click.command()
@_folder
@click.argument("names", metavar="SOURCES_OR_DOCUMENTS", nargs=-1, required=True)
@_options
@run_options()
def remove(folder: Path, names: tuple[str, ...], strict: bool, quiet: bool, run: Run, **options: Any) -> None:
    """Take sources or documents out of a build.

    A name is that of a source, as it was given; or that of a document as kg shows it (a file, a folder or an
    archive in a source, or what is in it): such a one, and all that it says, is left out from now on, until
    `kg add` names it.

    \b
    Examples:
      kg remove output/ more.bib
      kg remove output/ inbox/retracted.pdf "papers.zip!/drafts"
    """
    _run("remove", (folder, names), strict, quiet, run, options)


@click.command()
@_folder
@_options
@run_options()
def update(folder: Path, strict: bool, quiet: bool, run: Run, **options: Any) -> None:
    """Read what has changed in the sources of a build.

    New files come in, changed ones are read again, the papers of deleted ones go. Options that are given
    hold from now on.

    \b
    Examples:
      kg update output/
      kg update output/ --full-text
    """
    _run("update", (folder,), strict, quiet, run, options)


@click.command()
@_folder
@click.option(
    "--interval",
    metavar="SECONDS",
    type=click.FloatRange(min=0.05),
    default=2.0,
    show_default=True,
    help="How often to look; a file must stay the same over this time.",
)
@run_options(once=False)
def watch(folder: Path, interval: float, run: Run) -> None:
    """Keep a build up to date until Ctrl-C.

    Looks at sizes and times of the sources' files, waits until they are quiet, updates, and says in a line
    what changed.

    \b
    Examples:
      kg watch output/
      kg watch output/ --interval 10
    """
    from kg.errors import KGError  # noqa: PLC0415
    from kg.watch import watch as watched  # noqa: PLC0415

    last = ""
    try:
        with sigterm_interrupts(), logged(run.log):
            for outcome in watched(folder, interval=interval, engine=run.engine):
                failed = isinstance(outcome, KGError)
                line = f"Error: {outcome}" if isinstance(outcome, KGError) else _line(outcome)
                if not failed or line != last:
                    _LOG.log(logging.ERROR if failed else logging.INFO, "%s", line)
                    click.echo(f"{datetime.now():%H:%M:%S} {line}", err=failed)
                last = line
    except KeyboardInterrupt:
        click.echo(f"\nno longer watching; {printable(str(folder))} is whole", err=True)


def _run(
    verb: str, asked: tuple[Any, ...], strict: bool, quiet: bool, run: Run, options: dict[str, Any]
) -> None:
    """Changes a collection by a verb of kg.collection and says what came of it."""
    formats = options.pop("formats")
    options["formats"] = None if formats is None else format_names(formats)
    folder, *names = asked
    with running(folder, run, quiet=quiet) as progress:
        from kg import collection  # noqa: PLC0415

        if run.dry_run:
            recipe, notes = collection.changed(folder, verb, *names, options=options)
            click.echo("".join(f"{printable(note)}\n" for note in notes), nl=False)
            click.echo(foretold(recipe, folder, run, progress))
            return
        act = getattr(collection, verb)
        updated: Updated = act(*asked, options=options, engine=run.engine, progress=progress)
        log_report(updated.report)
    if not quiet:
        for note in updated.notes:
            click.echo(printable(note))
        click.echo(f"{arrivals_text(updated.report.arrivals)}\n")
    told(updated.report, run, strict=strict, quiet=quiet)


def _line(updated: Updated) -> str:
    report = updated.report
    read = f"{report.new_documents} read, {report.new_texts} texts extracted"
    counts = f"{report.works} papers, {report.nodes} nodes, {report.edges} edges"
    parts = (*updated.notes, arrivals_text(report.arrivals), read, counts, f"{report.seconds:.1f} s")
    return "; ".join(map(printable, parts))


def arrivals_text(arrivals: Arrivals) -> str:
    """The documents that came, changed and went, in a line.

    >>> from kg.arrivals import Arrivals
    >>> arrivals_text(Arrivals(new=("a.txt",), gone=("b.txt", "c.txt")))
    'documents: 1 new (a.txt), 2 gone (b.txt, c.txt)'
    """
    parts = [
        f"{len(paths)} {word} ({_names(paths)})"
        for word, paths in (("new", arrivals.new), ("changed", arrivals.changed), ("gone", arrivals.gone))
        if paths
    ]
    return f"documents: {', '.join(parts)}" if parts else "documents: as before"


def _names(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _MOST_NAMES} more" if len(paths) > _MOST_NAMES else ""
    return ", ".join(shorten(printable(path), 60) for path in paths[:_MOST_NAMES]) + more
