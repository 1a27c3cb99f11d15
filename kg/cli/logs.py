"""``--log FILE``: what happens in a long run, a line an event, for whoever comes back to it later."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.cli.layout import printable
from kg.errors import KGError

if TYPE_CHECKING:
    from kg.build import BuildReport

__all__ = ["log_report", "logged"]

_LOG = logging.getLogger("kg.cli")
_COUNTS = ("works", "authors", "relations", "results", "nodes", "edges", "new_documents", "new_texts")


class _Lines(logging.Formatter):
    """Times in UTC; one line for an event, whatever a document's name holds. Only a traceback has more."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - as logging calls it
        record.message = printable(record.message)
        return super().formatMessage(record)


@contextmanager
def logged(path: Path | None) -> Iterator[None]:
    """Appends what kg logs to a file while this lasts, and how it ended."""
    if path is None:
        yield
        return
    root = logging.getLogger("kg")
    former = root.level
    handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(_Lines())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        _LOG.info("kg %s: %s", __version__, " ".join(sys.argv[1:]))
        yield
    except KGError as error:
        _LOG.error("%s%s", error.message, f"; {error.hint}" if error.hint else "")
        raise
    except KeyboardInterrupt:
        _LOG.warning("interrupted")
        raise
    except Exception:
        _LOG.exception("an unexpected error")
        raise
    finally:
        root.removeHandler(handler)
        root.setLevel(former)
        handler.close()


def log_report(report: BuildReport) -> None:
    """The summary as a line."""
    counts = ", ".join(f"{getattr(report, name)} {name.replace('_', ' ')}" for name in _COUNTS)
    _LOG.info(
        "done after %.1f s: %d documents, %d without papers, %s",
        report.seconds,
        len(report.documents),
        len(report.failed),
        counts,
    )
