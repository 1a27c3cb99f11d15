"""The command line: ``kg VERB ...``. Parses, calls one stage, prints.

Data goes to stdout, progress and errors to stderr. Exit status: 0 done, 1 something failed, 2 usage. A verb
is imported when it is used, and what it needs inside it, so that ``kg --help`` is instant.
"""

from __future__ import annotations

import os
import sys

import click

from kg import __version__
from kg.cli.frame import Frame, use_utf8
from kg.cli.verbs import Verbs

__all__ = ["cli", "main"]


@click.group(name="kg", cls=Frame, commands=Verbs(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:  # noqa: ARG001 - Frame reads it
    """Turn documents about research into a knowledge graph.

    Reads web pages, bibliographies, API records, papers (PDF, LaTeX, Word) and lists of abstracts; finds
    methods, models, hardware, datasets, metrics, tasks, tools and the numbers that tie them together. Works
    offline; every claim can be traced to its sentence.

    \b
    Examples:
      kg build seeds/ -o output/
      kg show output/ "ResNet-50"
      kg verify output/
    """
    if os.environ.get("NO_COLOR"):
        context.color = False


def main() -> None:
    """The entry point of the command ``kg``."""
    use_utf8()
    sys.exit(cli.main(standalone_mode=True))
