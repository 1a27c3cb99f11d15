"""Rows as CSV, JSON and Markdown, for programs and for papers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from kg.cli.layout import printable

__all__ = ["FORMATS", "as_csv", "as_json", "as_markdown"]

FORMATS = ("table", "csv", "json", "markdown")
_MARKS = re.compile(r"[\\`*_\[\]<>|~]")


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A head and a line a row (RFC 4180); no cell is a formula to a spreadsheet."""
    from kg.exporters.clean import one_line  # noqa: PLC0415 - loads the exporters
    from kg.exporters.csvtext import csv_line, harmless  # noqa: PLC0415

    def cell(value: Any) -> str | int | float | bool | None:
        if value is None or isinstance(value, bool | int | float):
            return value
        return harmless(one_line(_text(value)))

    return "".join(csv_line(map(cell, line)) for line in (columns, *rows)).rstrip("\n")


def as_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A list of objects."""
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(found, indent=2, ensure_ascii=False, default=str)


def as_markdown(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table in GitHub's form; marks in texts stand for themselves."""

    def line(cells: Iterable[Any]) -> str:
        return f"| {' | '.join(_escaped(cell) for cell in cells)} |"

    return "\n".join([line(columns), f"|{' --- |' * len(columns)}", *map(line, rows)])


def _escaped(value: Any) -> str:
    """
    >>> _escaped("a|b *c*"), _escaped(None), _escaped(("x", "y"))
    ('a\\\\|b \\\\*c\\\\*', '', 'x; y')
    """
    return "" if value is None else _MARKS.sub(r"\\\g<0>", printable(_text(value)))


def _text(value: Any) -> str:
    """Lists as their items; pairs as "2019:3"."""
    if isinstance(value, list | tuple):
        return "; ".join(":".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in value)
    return f"{value:.4g}" if isinstance(value, float) else str(value)
