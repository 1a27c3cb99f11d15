"""``kg build``: documents -> tables, graph and page, with a summary at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.exporting import format_names
from kg.cli.failures_text import failures_text
from kg.cli.forecast_text import foretold
from kg.cli.layout import printable, table
from kg.cli.logs import log_report
from kg.cli.running import Run, profile_text, refuse_log_among, run_options, running

if TYPE_CHECKING:
    from kg.build import BuildReport

__all__ = ["build", "strictly", "summary", "told"]


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where tables, graph and page are written.",
)
@click.option("--pipeline", default="en_research", show_default=True, help="The pipeline to read with.")
@click.option(
    "--format",
    "formats",
    metavar="NAMES",
    default="graphml,html,gexf",
    show_default=True,
    help="What to export, separated by commas.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out what is less sure; `kg evaluate` prints what each step costs and gains.",
)
@click.option("--full-text", is_flag=True, help="Read the bodies of papers, beside title and abstract.")
@click.option(
    "--exclude",
    metavar="PATH",
    multiple=True,
    help="Leave out a document, or a folder or archive of them; may be given several times.",
)
@click.option(
    "--decisions",
    metavar="FILE",
    help="What was decided by hand about entities; decisions.toml beside the sources without it.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if a document failed or holds no paper.")
@click.option("--quiet", is_flag=True, help="No progress, no summary; only errors.")
@run_options()
def build(
    *,
    sources: tuple[str, ...],
    output: Path,
    pipeline: str,
    formats: str,
    min_confidence: float,
    full_text: bool,
    exclude: tuple[str, ...],
    decisions: str | None,
    strict: bool,
    quiet: bool,
    run: Run,
) -> None:
    """Build the graph of some documents.

    SOURCES are files, folders, archives, globs and - for standard input, of every format that `kg readers`
    lists. A document that cannot be read is named at the end and stops nothing, unless --strict is given.
    What an earlier build into DIR has read is not read again; `kg add`, `kg remove`, `kg update` and
    `kg watch` keep DIR up to date.

    \b
    Examples:
      kg build seeds/ -o output/
      kg build "pages/*.html" abstracts.jsonl -o output/ --format graphml
      kg build zotero.bib papers.zip "pdfs/*.pdf" -o output/ --full-text
      kg build inbox/ -o output/ --strict --quiet
      kg build papers/ -o output/ --exclude papers/drafts
      kg build arxiv/ -o output/ --workers 8 --log build.log --profile

    \b
    Exit status:
      0    done; documents that gave no paper are named
      1    nothing was built, or --strict was given and a document gave no paper
      2    the command line is wrong
      130  ended by Ctrl-C (143: by SIGTERM); the same command goes on from there
    """
    names = format_names(formats)
    refuse_log_among(sources, run.log)
    options: dict[str, Any] = {
        "pipeline": pipeline,
        "formats": names,
        "min_confidence": min_confidence,
        "full_text": full_text,
        "decisions": decisions,
    }
    with running(output, run, quiet=quiet) as progress:
        if run.dry_run:
            from kg.recipe import Recipe  # noqa: PLC0415

            recipe = Recipe.here(sources, excluded=exclude, **options)
            click.echo(foretold(recipe, output, run, progress))
            return
        from kg.build import build as build_graph  # noqa: PLC0415

        report = build_graph(
            sources, output, exclude=exclude, engine=run.engine, progress=progress, **options
        )
        log_report(report)
    told(report, run, strict=strict, quiet=quiet)


def told(report: BuildReport, run: Run, *, strict: bool, quiet: bool) -> None:
    """Says what came of a build, and exits with status 1 for documents without a paper, where that was
    asked for."""
    if not quiet:
        click.echo(summary(report))
    if run.profile:
        click.echo(f"\n{profile_text(report.stages)}")
    strictly(report, strict=strict, quiet=quiet)


def strictly(report: BuildReport, *, strict: bool, quiet: bool) -> None:
    """Exit status 1 for documents without a paper, where that was asked for."""
    if strict and report.failed:
        count = len(report.failed)
        what = "document gave" if count == 1 else "documents gave"
        click.echo(f"Error: {count} {what} no paper, and --strict was given", err=True)
        if quiet:
            click.echo("\n".join(_problems(report)), err=True)
        raise click.exceptions.Exit(1)


def summary(report: BuildReport) -> str:
    """What a build read, found, wrote and could not read."""
    merged = report.papers - report.works
    unchanged = len(report.documents) + len(report.duplicates) - report.new_documents
    counts = [
        ["documents", str(len(report.documents))],
        *(
            [["  read now", str(report.new_documents)], ["  known from before", str(unchanged)]]
            if unchanged > 0
            else []
        ),
        *([["  left out as excluded", str(report.excluded)]] if report.excluded else []),
        *([["  without papers", str(len(report.failed))]] if report.failed else []),
        ["papers", str(report.works)],
        *([["  records merged", str(merged)]] if merged else []),
        *([["  texts extracted now", str(report.new_texts)]] if unchanged > 0 else []),
        ["authors", str(report.authors)],
        ["entities", str(sum(report.entities_by_type.values()))],
        *([f"  {kind}", str(count)] for kind, count in report.entities_by_type.items()),
        ["relations", str(report.relations)],
        ["results", str(report.results)],
        ["nodes", str(report.nodes)],
        ["edges", str(report.edges)],
    ]
    lines = [table(["found", "count"], counts), ""]
    problems = _problems(report)
    if problems:
        lines += [*problems, ""]
    lines += ["written:", *(f"  {name}" for name in _written(report)), "", f"{report.seconds:.1f} s"]
    return "\n".join(lines)


def _problems(report: BuildReport) -> list[str]:
    """A line for each document that gave no paper or was not read twice."""
    lines = []
    if report.failed:
        lines.append("no paper from:")
        lines += failures_text(report.failed)
    if report.duplicates:
        lines.append("read once:")
        lines += [
            f"  {printable(path)} holds the same bytes as {printable(other)}"
            for path, other in report.duplicates
        ]
    return lines


def _written(report: BuildReport) -> list[str]:
    """The files; the many of a folder inside the output as one line."""
    here = [path for path in report.files if path.parent == report.output]
    folders: dict[Path, int] = {}
    for path in report.files:
        if path.parent != report.output:
            folders[path.parent] = folders.get(path.parent, 0) + 1
    names = [f"{folder}/ ({count} files)" for folder, count in folders.items()]
    return [printable(name) for name in (*map(str, here), *names)]
