"""A node, a list of candidates and the overview of ``kg show`` for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.layout import BOUND_WORDS, fitting_table, heading, printable, shorten, table, terminal_width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.explain import Candidate, Explanation, Form, Overview, ShownEdge, ShownResult
    from kg.source_places import SourcePlace
    from kg.work_sources import FieldSource

__all__ = [
    "candidates_text",
    "explanation_text",
    "form_lines",
    "overview_text",
    "place_text",
    "quote_lines",
    "result_lines",
    "section",
    "source_lines",
    "support_text",
]

_MAX_CANDIDATES = 30
_QUOTE_INDENT = "    "
_PLACE_COLUMN = 24
_KINDS_IN_HEAD = {"authored", "published_in"}
_WITHOUT_PLURAL = {"hardware"}


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
    parts.append(section("Papers", lines))
    rows = [
        wrap(f"{kind}: {', '.join(names)}", width=width, indent="    ", first="  ")
        for kind, names in overview.top.items()
    ]
    if rows:
        parts.append(section("In most papers", rows))
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
        parts.append(section("Contents" if explanation.kind == "paper" else "Papers", lines))
    if explanation.sources:
        parts.append(section("Sources", source_lines(explanation.sources)))
    if len(explanation.names) > 1:
        rows = [[printable(n.name), str(n.bylines), n.rule, f"{n.score:.2f}"] for n in explanation.names]
        parts.append(section("Names", [fitting_table(["name", "papers", "rule", "score"], rows)]))
    if len(explanation.forms) > 1:
        parts.append(section("Forms", form_lines(explanation.forms)))
    if explanation.relations:
        lines = [line for edge in explanation.relations for line in _relation_lines(edge)]
        parts.append(section("Relations", lines))
    if explanation.results:
        lines = result_lines(explanation.results, with_paper=explanation.kind != "paper")
        parts.append(section("Results", lines))
    return "\n\n".join(parts)


def section(title: str, lines: Sequence[str]) -> str:
    """Lines under a heading."""
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
        names = [f"{edge.other_name} ({edge.other_kind}{_sure(edge)})" for edge in edges]
        return [wrap(", ".join(names), width=width, first=f"{kind}: ", indent="    ")]
    lines = []
    for edge in edges:
        shown = f"{edge.other_name} (confidence {edge.confidence:.2f})" if _sure(edge) else edge.other_name
        lines.append(wrap(shown, width=width, first=f"{kind}: ", indent="    "))
        lines += quote_lines(edge.quote, edge.place) if with_quotes else []
    return lines


def _sure(edge: ShownEdge) -> str:
    """The confidence of what was read out of sentences; a byline is as it is printed."""
    return "" if edge.kind in _KINDS_IN_HEAD else f" {edge.confidence:.2f}"


def _relation_lines(edge: ShownEdge) -> list[str]:
    arrow = f"-> {edge.kind} ->" if edge.outgoing else f"<- {edge.kind} <-"
    line = f"{arrow} {edge.other_name} ({edge.other_kind}; {support_text(edge)})"
    return [wrap(line, width=terminal_width(), indent="    ", first=""), *quote_lines(edge.quote, edge.place)]


def support_text(edge: ShownEdge) -> str:
    """How many papers say so and how sure it is."""
    papers = "1 paper" if edge.support == 1 else f"{edge.support} papers"
    return f"{papers}, confidence {edge.confidence:.2f}"


def source_lines(sources: Sequence[FieldSource]) -> list[str]:
    """The fields in which records of a paper differ: each value and its document, the chosen one marked."""
    rows = [
        [each.field if each.chosen else "", "*" if each.chosen else "", printable(each.value),
         f"{printable(each.document)}:{each.position + 1}"]
        for each in sources
    ]  # fmt: skip
    return [fitting_table(["field", "", "value", "document:record"], rows)]


def form_lines(forms: Sequence[Form]) -> list[str]:
    """Each form with the rule that made it one with the others, and where it stands first."""
    rows = [
        [
            printable(form.text),
            form.rule,
            f"{form.score:.2f}",
            str(form.mentions),
            str(form.papers),
            _end_of(place_text(form.place, short=True)) if form.place else "",
        ]
        for form in forms
    ]
    return [fitting_table(["form", "rule", "score", "mentions", "papers", "first"], rows)]


def _end_of(place: str) -> str:
    """A place whose line and column stay where the table is narrow."""
    return place if len(place) <= _PLACE_COLUMN else f"...{place[3 - _PLACE_COLUMN :]}"


def quote_lines(quote: str | None, place: SourcePlace | None = None) -> list[str]:
    """A sentence, and where it stands."""
    if not quote:
        return []
    width = terminal_width()
    lines = [wrap(f'"{printable(quote)}"', width=width, indent=_QUOTE_INDENT)]
    if place is not None:
        lines.append(click.style(wrap(place_text(place), width=width, indent=_QUOTE_INDENT), dim=True))
    return lines


def place_text(place: SourcePlace, *, short: bool = False) -> str:
    """A place as editors understand it (file:line:column), with its characters, or the record."""
    if place.own_text:
        found = f"{place.path}:{place.line}:{place.column}" if place.exact or place.start else place.path
    else:
        found = f"{place.path}, line {place.line} of the text read from it"
    if short:
        return found
    record = f", record {place.record} of {place.records}" if place.records > 1 else ""
    if not place.exact:
        return f"{found}{record} (the sentence is written otherwise there)"
    return f"{found}, characters {place.start} to {place.end}{record}"


def result_lines(results: Sequence[ShownResult], *, with_paper: bool) -> list[str]:
    """A table of the numbers, then the sentences, each once, by number."""
    quotes: dict[tuple[str, str], int] = {}
    places: dict[int, SourcePlace | None] = {}
    for result in results:
        number = quotes.setdefault((result.paper, result.quote), len(quotes) + 1)
        places.setdefault(number, result.place)
    head = ["", "subject", "", "metric", "value", "over", "on", "runs on", "sure"]
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
            f"{result.confidence:.2f}",
        ]
        for result in results
    ]
    lines = [fitting_table(head, [[printable(cell) for cell in row] for row in rows])]
    for (paper, quote), number in quotes.items():
        first = f"[{number}] "
        text = f'"{printable(quote)}" ({paper})' if with_paper else f'"{printable(quote)}"'
        lines.append(wrap(text, width=terminal_width(), first=first, indent=" " * len(first)))
        if place := places[number]:
            indent = " " * len(first)
            lines.append(
                click.style(wrap(place_text(place), width=terminal_width(), indent=indent), dim=True)
            )
    return lines


def _bounded(result: ShownResult) -> str:
    """The value as printed, with its bound where the print begins with the bare number."""
    bound = BOUND_WORDS.get(result.bound, "") if result.value[:1].isdigit() else ""
    return f"{bound}{result.value}"
