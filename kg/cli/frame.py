"""What every verb shares: how an error is shown, UTF-8 output, and silence when a pipe is closed."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

import click

from kg.cli.verbs import SUMMARIES
from kg.errors import KGError

__all__ = ["Frame", "use_utf8"]


def use_utf8() -> None:
    """Names of methods and people need UTF-8, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


_INTERRUPTED = 130  # what shells expect


class Frame(click.Group):
    """The group of all verbs; the one place where an error is printed. Verbs stay in the order of work."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click names it
        """In the order in which they are used, not alphabetically."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with a line each, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the verb; an error becomes a line for a person, with exit status 1."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _drop_stdout()
            ctx.exit(0)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("\nInterrupted", err=True)
            ctx.exit(_INTERRUPTED)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            _print_error(error)
            ctx.exit(1)
        return result


def _print_error(error: Exception) -> None:
    hint: str | None
    if isinstance(error, KGError):
        message, hint = error.message, error.hint
    elif isinstance(error, OSError) and error.filename is not None:
        message, hint = f"{error.filename}: {error.strerror}", None
    else:
        message = f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")
        hint = "this should not happen; `kg --debug ...` shows where it did"
    click.echo(f"Error: {message}", err=True)
    if hint:
        click.echo(f"Hint: {hint}", err=True)


def _drop_stdout() -> None:
    """Points stdout at nothing, so that the interpreter does not complain when it flushes at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
