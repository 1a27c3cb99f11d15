"""How the verbs that build are run: with workers, a log, a profile; and ended, by Ctrl-C too. What they
write does not depend on it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from kg.cli.layout import printable, table
from kg.cli.logs import logged
from kg.cli.progress import progress_of

if TYPE_CHECKING:
    from kg.engine import Engine
    from kg.timings import Progress, Stage

__all__ = ["Run", "profile_text", "refuse_log_among", "run_options", "running", "sigterm_interrupts"]

_INTERRUPTED, _TERMINATED = 130, 143  # 128 and the number of the signal, as shells have it
_MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the options below say."""

    engine_name: str
    workers: int | None
    address: str | None
    shards: str | None
    log: Path | None
    profile: bool = False
    dry_run: bool = False

    @property
    def engine(self) -> Engine:
        """Where texts are read."""
        from kg.engine import Engine  # noqa: PLC0415 - loads pyarrow

        return Engine(name=self.engine_name, workers=self.workers, address=self.address, shards=self.shards)


_WHERE = (
    click.option(
        "--workers",
        metavar="N",
        type=click.IntRange(min=1),
        help="Processes that read texts; by itself as many as cores and memory allow and the work is worth.",
    ),
    click.option(
        "--engine",
        "engine_name",
        type=click.Choice(["local", "ray"]),
        default="local",
        show_default=True,
        help="Read texts on this machine, or on a Ray cluster.",
    ),
    click.option(
        "--address", help="Of the Ray cluster; RAY_ADDRESS, or one that is started here, without it."
    ),
    click.option(
        "--shards",
        metavar="FOLDER_OR_URL",
        help="A folder that all machines of the cluster reach, where finished work is kept.",
    ),
    click.option(
        "--log",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Append what happens to a file, with times in UTC.",
    ),
)
_ONCE = (
    click.option("--profile", is_flag=True, help="Show in the end where the time went."),
    click.option("--dry-run", is_flag=True, help="Say what would be done, how long it takes; write nothing."),
)


def run_options(*, once: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a verb these options, as one argument ``run``; ``once`` for a verb that builds once and ends."""

    def decorate(verb: Callable[..., None]) -> Callable[..., None]:
        @wraps(verb)
        def command(
            *arguments: Any,
            engine_name: str,
            workers: int | None,
            address: str | None,
            shards: str | None,
            log: Path | None,
            profile: bool = False,
            dry_run: bool = False,
            **options: Any,
        ) -> None:
            for name, value in (("--address", address), ("--shards", shards)):
                if value is not None and engine_name != "ray":
                    raise click.UsageError(f"{name} is for --engine ray")
            run = Run(
                engine_name=engine_name,
                workers=workers,
                address=address,
                shards=shards,
                log=log,
                profile=profile,
                dry_run=dry_run,
            )
            verb(*arguments, run=run, **options)

        decorated = command
        for option in reversed((*_WHERE, *(_ONCE if once else ()))):
            decorated = option(decorated)
        return decorated

    return decorate


def refuse_log_among(sources: Sequence[str], log: Path | None) -> None:
    """A log in a folder of sources would be read as a document: a usage error."""
    if log is not None and any(log.resolve().is_relative_to(Path(source).resolve()) for source in sources):
        raise click.UsageError(f"{log} would be read as a document; put the log elsewhere")


@contextmanager
def running(output: Path, run: Run, *, quiet: bool) -> Iterator[Progress | None]:
    """A build while it goes on: what draws its progress. It is logged, and Ctrl-C is told."""
    with _told_interruption(output, kept=not run.dry_run), logged(run.log), progress_of(quiet) as progress:
        yield progress


class _Terminated(KeyboardInterrupt):
    """SIGTERM: somebody else's Ctrl-C."""


@contextmanager
def _told_interruption(output: Path, *, kept: bool = True) -> Iterator[None]:
    """Ctrl-C and SIGTERM end with the exit status that shells expect, and say what is there; ``kept`` unless
    nothing was to be written."""
    try:
        with sigterm_interrupts():
            yield
    except KeyboardInterrupt as error:
        if kept:
            state = "is unchanged" if (output / "manifest.json").is_file() else "was not there and is not"
            click.echo(f"\nInterrupted: the former output in {printable(str(output))} {state}", err=True)
            click.echo("Hint: the same command goes on where this one stood", err=True)
        else:
            click.echo("\nInterrupted", err=True)
        status = _TERMINATED if isinstance(error, _Terminated) else _INTERRUPTED
        raise click.exceptions.Exit(status) from error


@contextmanager
def sigterm_interrupts() -> Iterator[None]:
    """SIGTERM is answered as Ctrl-C is, so that what is open is closed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def answer(_signal: int, _frame: FrameType | None) -> None:
        raise _Terminated

    former = signal.signal(signal.SIGTERM, answer)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


def profile_text(stages: Sequence[Stage]) -> str:
    """Where the time of a build went."""
    from kg.timings import peak_memory  # noqa: PLC0415 - as everything that a verb needs

    whole = sum(stage.seconds for stage in stages) or 1.0
    rows = [
        [
            stage.name,
            f"{stage.seconds:.2f}",
            f"{stage.cpu:.2f}",
            f"{stage.seconds / whole:.0%}",
            f"{stage.memory / _MIB:,.0f}",
            f"{stage.done / stage.seconds:,.0f}" if stage.name == "extracting" and stage.done else "",
        ]
        for stage in stages
    ]
    cpu = sum(stage.cpu for stage in stages)
    rows.append(["all", f"{whole:.2f}", f"{cpu:.2f}", "100%", f"{peak_memory() / _MIB:,.0f}", ""])
    head = ["stage", "seconds", "CPU s", "share", "peak MiB", "texts/s"]
    largest = f"{peak_memory(children=True) / _MIB:,.0f}"
    note = f"CPU s with child processes; peak MiB of this process so far, the largest child had {largest}"
    return f"{table(head, rows)}\n\n{note}"
