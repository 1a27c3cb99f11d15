"""Answers for a person: tables with numbered sentences below, by the kind of their rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from kg.answers import Claim, Dispute, Gap, Place, Statement, Step, Trend, Usage, Worker
from kg.cli.layout import BOUND_WORDS, display_width, fitting_table, heading, printable, terminal_width, wrap

__all__ = ["answers_text", "tidy"]

_TEX = (
    (re.compile(r"\$?\\times\$?|\$times\$"), "×"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\\[a-z]+\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\$([^$]*)\$"), r"\1"),
)
_INDENT = "    "

Cells = Callable[[Any], Sequence[str]]


def answers_text(rows: Sequence[Any]) -> str:
    """The rows, which are of one kind, as a table; then each sentence once, by its number."""
    if not rows:
        return "Nothing is known."
    kind = type(rows[0])
    if kind is Step:
        return _ways(rows)
    if kind is Dispute:
        return "\n\n".join(map(_dispute, rows))
    quotes: dict[tuple[str, str], int] = {}
    if kind is Place:
        parts = []
        for board, places in groupby(rows, key=lambda row: row.board):
            shown = list(places)
            said = f"{shown[0].better.removesuffix('?')} is better"
            taken = " (taken: the name does not tell)" if shown[0].better.endswith("?") else ""
            left = f", {len(shown)} of {shown[0].places} shown" if len(shown) < shown[0].places else ""
            parts.append(_title(f"{tidy(board)} - {said}{taken}{left}"))
            parts[-1] += "\n" + _numbered(*_TABLES[kind], shown, quotes)
        return "\n\n".join([*parts, _sentences(quotes)])
    return f"{_numbered(*_TABLES[kind], rows, quotes)}\n\n{_sentences(quotes)}"


def tidy(value: str) -> str:
    r"""A printed value without what remains of its TeX.

    >>> tidy(r"72$times$"), tidy(r"up to 4$\times$"), tidy(r"+6.6\%")
    ('72×', 'up to 4×', '+6.6%')
    """
    for found, instead in _TEX:
        value = found.sub(instead, value)
    return value


def _numbered(
    head: Sequence[str], cells: Cells, rows: Sequence[Any], quotes: dict[tuple[str, str], int]
) -> str:
    """A table whose first column says which sentences belong to a row; one type of all is not repeated."""
    lines = []
    for row in rows:
        numbers = [quotes.setdefault(said, len(quotes) + 1) for said in _said(row)]
        marks = "".join(f"[{number}]" for number in numbers)
        lines.append([marks, *(printable(tidy(cell)) for cell in cells(row))])
    if "type" in head and len({row.type for row in rows}) == 1:
        at = head.index("type") + 1
        head, lines = [*head[: at - 1], *head[at:]], [[*line[:at], *line[at + 1 :]] for line in lines]
    return fitting_table(["", *head], lines, keep=1)


def _said(row: Any) -> list[tuple[str, str]]:
    """The sentences that a row rests on, each with its paper."""
    found = [(row.quote, _paper(row.paper, row.year))]
    if isinstance(row, Gap):
        found.append((row.evaluated, _paper(row.evaluated_in, row.evaluated_year)))
    return found


def _paper(name: str, year: int | None) -> str:
    return f"{name}, {year}" if year else name


def _sentences(quotes: dict[tuple[str, str], int]) -> str:
    return "\n".join(_quote(f"[{number}] ", *said) for said, number in quotes.items())


def _quote(first: str, quote: str, paper: str) -> str:
    text = f'"{printable(quote)}" ({printable(paper)})' if quote else f"({printable(paper)})"
    return wrap(text, width=terminal_width(), first=first, indent=" " * len(first))


def _sure(row: Any) -> tuple[str, str]:
    return f"{row.confidence:.2f}", str(row.support)


def _value(row: Claim) -> str:
    """The value as printed, with its bound where the print begins with the bare number."""
    return f"{BOUND_WORDS.get(row.bound, '') if row.value[:1].isdigit() else ''}{row.value}"


def _claim(row: Claim) -> Sequence[str]:
    named = (row.baseline or "", row.dataset or "", row.hardware or "")
    return (row.subject or "?", row.predicate, row.metric, _value(row), *named, *_sure(row))


def _place(row: Place) -> Sequence[str]:
    named = (row.baseline or "", row.hardware or "", str(row.year or ""))
    return (str(row.rank), row.subject or "?", _value(row), *named, *_sure(row))


def _statement(row: Statement) -> Sequence[str]:
    return (row.subject, row.kind, row.object, row.detail or "", *_sure(row))


def _usage(row: Usage) -> Sequence[str]:
    return (row.paper, row.kind, row.entity, str(row.year or ""), *_sure(row))


def _worker(row: Worker) -> Sequence[str]:
    return (row.author, ", ".join(row.entities), str(row.last_year or ""), *_sure(row))


def _trend(row: Trend) -> Sequence[str]:
    counts = dict(row.years)
    years = " ".join(str(counts.get(year, 0)) for year in range(row.years[0][0], row.years[-1][0] + 1))
    span = f"{row.years[0][0]}: {years}"
    return (row.entity, row.type, str(row.earlier), str(row.later), f"{row.change:+.2f}", span, *_sure(row))


def _gap(row: Gap) -> Sequence[str]:
    return (row.method, row.type, row.because, row.neighbour, *_sure(row))


_SURE = ("conf.", "papers")
_TABLES: dict[type, tuple[Sequence[str], Cells]] = {
    Claim: (("subject", "", "metric", "value", "over", "on", "runs on", *_SURE), _claim),
    Place: (("#", "subject", "value", "over", "runs on", "year", *_SURE), _place),
    Statement: (("subject", "", "object", "number", *_SURE), _statement),
    Usage: (("paper", "", "what", "year", *_SURE), _usage),
    Worker: (("author", "works on", "last", *_SURE), _worker),
    Trend: (("name", "type", "earlier", "later", "change", "a year since", *_SURE), _trend),
    Gap: (("never evaluated", "type", "is", "neighbour", *_SURE), _gap),
}


def _dispute(row: Dispute) -> str:
    about = f"{row.subject}: {row.metric}, {row.conditions} ({row.within})"
    lines = [_title(about)]
    for value, confidence, quote, paper, year in (
        (row.value, row.confidence, row.quote, row.paper, row.year),
        (row.other_value, row.other_confidence, row.other_quote, row.other_paper, row.other_year),
    ):
        line = f"{tidy(value)} (confidence {confidence:.2f})"
        lines.append(wrap(line, width=terminal_width(), first="", indent=_INDENT))
        lines.append(_quote(_INDENT, quote, _paper(paper, year)))
    return "\n".join(lines)


def _ways(rows: Sequence[Step]) -> str:
    parts = []
    for way, steps in groupby(rows, key=lambda row: row.path):
        shown = list(steps)
        count = "1 step" if len(shown) == 1 else f"{len(shown)} steps"
        lines = [heading(f"Way {way}: {count}"), _node(shown[0].source, shown[0].source_kind)]
        for step in shown:
            arrow = f"-- {step.kind} ->" if step.forward else f"<- {step.kind} --"
            papers = "1 paper" if step.support == 1 else f"{step.support} papers"
            edge = f"{arrow} (confidence {step.confidence:.2f}, {papers})"
            lines.append(wrap(edge, width=terminal_width(), first="  ", indent=_INDENT))
            lines.append(_quote(_INDENT, step.quote, _paper(step.paper, step.year)))
            lines.append(_node(step.target, step.target_kind))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _title(text: str) -> str:
    """A heading that may take several lines."""
    lines = wrap(text, width=terminal_width()).split("\n")
    return "\n".join([*lines, "-" * max(map(display_width, lines))])


def _node(name: str, kind: str) -> str:
    return wrap(f"{name} [{kind}]", width=terminal_width(), indent="  ", first="")
