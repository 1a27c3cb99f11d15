"""A node, a list of candidates and the overview of ``kg show`` for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.layout import display_width, heading, printable, shorten, table, terminal_width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.explain import Candidate, Explanation, Overview, ShownEdge, ShownResult

__all__ = ["candidates_text", "explanation_text", "overview_text"]

_MAX_CANDIDATES = 30
_MIN_COLUMN = 9
_QUOTE_INDENT = "    "
_KINDS_IN_HEAD = {"authored", "published_in"}
_WITHOUT_PLURAL = {"hardware"}
_BOUNDS = {
    "up_to": "up to ",
    "at_least": "at least ",
    "more_than": "over ",
    "less_than": "under ",
    "approx": "about ",
}


def overview_text(overview: Overview) -> str:
    """The papers with what they propose, and the most frequent nodes of each kind."""
    width = terminal_width()
    counts = ", ".join(_counted(kind, count) for kind, count in overview.counts.items() if count)
    parts = [wrap(counts, width=width)]
    lines = []
    for paper in overview.papers:
        about = f" ({paper.year})" if paper.year else ""
        lines.append(wrap(f"{paper.name}{about}", width=width, indent="    ", first="  "))
        if paper.proposes:
            lines.append(wrap(f"proposes {', '.join(paper.proposes)}", width=width, indent="      "))
    if overview.more_papers:
        lines.append(f"  ... and {overview.more_papers} more")
    parts.append(_section("Papers", lines))
    rows = [
        wrap(f"{kind}: {', '.join(names)}", width=width, indent="    ", first="  ")
        for kind, names in overview.top.items()
    ]
    if rows:
        parts.append(_section("In most papers", rows))
    parts.append("`kg show DIR NAME` shows one of them with its edges and sentences.")
    return "\n\n".join(parts)


def _counted(kind: str, count: int) -> str:
    return f"{count} {kind}" if count == 1 or kind in _WITHOUT_PLURAL else f"{count} {kind}s"


def candidates_text(name: str, candidates: Sequence[Candidate]) -> str:
    """The nodes that a name may mean, with their ids."""
    width = terminal_width() - 45
    rows = [
        [c.kind, shorten(printable(c.name), max(width, 20)), c.node, str(c.papers)]
        for c in candidates[:_MAX_CANDIDATES]
    ]
    lines = [f"{len(candidates)} nodes may be meant by {printable(name)!r}; give a whole name or an id:", ""]
    lines.append(table(["kind", "name", "id", "papers"], rows, left=3))
    if len(candidates) > _MAX_CANDIDATES:
        lines.append(f"... and {len(candidates) - _MAX_CANDIDATES} more")
    return "\n".join(lines)


def explanation_text(explanation: Explanation) -> str:
    """The node's head, then papers, relations and results with the sentences that say so."""
    parts = [_head(explanation)]
    by_kind: dict[str, list[ShownEdge]] = {}
    for edge in explanation.papers:
        if explanation.kind == "paper" and edge.kind in _KINDS_IN_HEAD:
            continue
        by_kind.setdefault(edge.kind, []).append(edge)
    with_quotes = explanation.kind not in ("paper", "author", "venue")
    lines = [line for kind, edges in by_kind.items() for line in _kind_lines(kind, edges, with_quotes)]
    if lines:
        parts.append(_section("Contents" if explanation.kind == "paper" else "Papers", lines))
    if explanation.relations:
        lines = [line for edge in explanation.relations for line in _relation_lines(edge)]
        parts.append(_section("Relations", lines))
    if explanation.results:
        lines = _result_lines(explanation.results, with_paper=explanation.kind != "paper")
        parts.append(_section("Results", lines))
    return "\n\n".join(parts)


def _section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([click.style(heading(title), bold=True), *lines])


def _head(explanation: Explanation) -> str:
    width = terminal_width()
    title = wrap(f"{explanation.name}  [{explanation.kind}]", width=width)
    lines = [click.style(title, bold=True)]
    if explanation.derived_name:
        lines.append("the document gives no title; this name is derived")
    if explanation.aliases:
        lines.append(wrap(", ".join(explanation.aliases), width=width, first="also: ", indent="      "))
    if explanation.authors:
        lines.append(wrap(", ".join(explanation.authors), width=width, first="by: ", indent="    "))
    lines += [
        wrap(str(value), width=width, first=f"{name}: ", indent="    ")
        for name, value in explanation.facts.items()
    ]
    lines.append(f"id: {explanation.node}")
    if explanation.abstract:
        lines += ["", wrap(explanation.abstract, width=width)]
    return "\n".join(lines)


def _kind_lines(kind: str, edges: Sequence[ShownEdge], with_quotes: bool) -> list[str]:
    """For an entity each paper with its sentence; for a paper the names of a kind in one paragraph."""
    width = terminal_width()
    if all(edge.outgoing and edge.other_kind != "paper" for edge in edges):
        names = [f"{edge.other_name} ({edge.other_kind})" for edge in edges]
        return [wrap(", ".join(names), width=width, first=f"{kind}: ", indent="    ")]
    lines = []
    for edge in edges:
        lines.append(wrap(edge.other_name, width=width, first=f"{kind}: ", indent="    "))
        lines += _quote_lines(edge.quote) if with_quotes else []
    return lines


def _relation_lines(edge: ShownEdge) -> list[str]:
    arrow = f"-> {edge.kind} ->" if edge.outgoing else f"<- {edge.kind} <-"
    papers = "1 paper" if edge.support == 1 else f"{edge.support} papers"
    line = f"{arrow} {edge.other_name} ({edge.other_kind}; {papers}, confidence {edge.confidence:.2f})"
    return [wrap(line, width=terminal_width(), indent="    ", first=""), *_quote_lines(edge.quote)]


def _quote_lines(quote: str | None) -> list[str]:
    if not quote:
        return []
    return [wrap(f'"{printable(quote)}"', width=terminal_width(), indent=_QUOTE_INDENT)]


def _result_lines(results: Sequence[ShownResult], *, with_paper: bool) -> list[str]:
    """A table of the numbers, then the sentences, each once, by number."""
    quotes: dict[tuple[str, str], int] = {}
    for result in results:
        quotes.setdefault((result.paper, result.quote), len(quotes) + 1)
    head = ["", "subject", "", "metric", "value", "over", "on", "runs on"]
    rows = [
        [
            f"[{quotes[result.paper, result.quote]}]",
            result.subject or "?",
            result.predicate,
            result.metric,
            _bounded(result),
            result.baseline or "",
            result.dataset or "",
            result.hardware or "",
        ]
        for result in results
    ]
    lines = [_fitting_table(head, [[printable(cell) for cell in row] for row in rows])]
    for (paper, quote), number in quotes.items():
        first = f"[{number}] "
        text = f'"{printable(quote)}" ({paper})' if with_paper else f'"{printable(quote)}"'
        lines.append(wrap(text, width=terminal_width(), first=first, indent=" " * len(first)))
    return lines


def _bounded(result: ShownResult) -> str:
    """The value as printed, with its bound where the print begins with the bare number."""
    bound = _BOUNDS.get(result.bound, "") if result.value[:1].isdigit() else ""
    return f"{bound}{result.value}"


def _fitting_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Empty columns are left out and the widest cut until the table fits; a line a row where none would."""
    used = [i for i in range(len(head)) if any(row[i] for row in rows)]
    lines = [[row[i] for i in used] for row in rows]
    names = [head[i] for i in used]
    room = terminal_width() - 2 * (len(used) - 1)
    if room < _MIN_COLUMN * len(used):
        return "\n".join(
            wrap(", ".join(filter(None, line)), width=terminal_width(), indent="    ", first="")
            for line in lines
        )
    widths = [max(display_width(line[i]) for line in [names, *lines]) for i in range(len(used))]
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    cut = [[shorten(cell, widths[i]) for i, cell in enumerate(line)] for line in [names, *lines]]
    return table(cut[0], cut[1:], left=len(names))
