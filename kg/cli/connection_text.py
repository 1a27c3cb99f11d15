"""What two things have to do with each other (``kg explain``) for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.layout import printable, terminal_width, wrap
from kg.cli.node_text import form_lines, quote_lines, result_lines, section, support_text

if TYPE_CHECKING:
    from kg.connections import Bridge, Connection
    from kg.explain import ShownEdge
    from kg.lookup import Candidate

__all__ = ["connection_text"]


def connection_text(connection: Connection) -> str:
    """The two, what is said of them or what lies between them, and why their forms are one."""
    one, other = connection.one, connection.other
    parts = [wrap(f"{_named(one)}  and  {_named(other)}", width=terminal_width())]
    if connection.edges:
        lines = [line for edge in connection.edges for line in _edge_lines(one.name, edge)]
        parts.append(section("Edges", lines))
    if connection.results:
        parts.append(section("Results", result_lines(connection.results, with_paper=True)))
    if not connection.edges and not connection.results:
        parts.append(_bridges_text(connection))
    for candidate, forms in ((one, connection.forms_of_one), (other, connection.forms_of_other)):
        if forms:
            parts.append(section(f"Why the forms of {printable(candidate.name)} are one", form_lines(forms)))
    return "\n\n".join(parts)


def _named(candidate: Candidate) -> str:
    return f"{candidate.name} [{candidate.kind}]"


def _edge_lines(one: str, edge: ShownEdge) -> list[str]:
    first, second = (one, edge.other_name) if edge.outgoing else (edge.other_name, one)
    line = f"{first} -> {edge.kind} -> {second} ({support_text(edge)})"
    paper = f"in: {edge.paper}" if edge.paper not in (None, one, edge.other_name) else ""
    lines = [wrap(line, width=terminal_width(), indent="    ", first="")]
    if paper:
        lines.append(wrap(paper, width=terminal_width(), indent="    "))
    return [*lines, *quote_lines(edge.quote, edge.place)]


def _bridges_text(connection: Connection) -> str:
    if not connection.bridges:
        return "Nothing is said of the two, and nothing lies between them at one hop."
    lines: list[str] = []
    for bridge in connection.bridges:
        lines += _bridge_lines(connection, bridge)
    if connection.more_bridges:
        lines.append(f"... and {connection.more_bridges} more")
    intro = "Nothing is said of the two themselves. Both have to do with:"
    return f"{intro}\n\n{section('Between them', lines)}"


def _bridge_lines(connection: Connection, bridge: Bridge) -> list[str]:
    head = wrap(f"{bridge.name} [{bridge.kind}]", width=terminal_width(), indent="    ", first="")
    lines = [click.style(head, bold=True)]
    for name, edge in ((connection.one.name, bridge.first), (connection.other.name, bridge.second)):
        lines += _edge_lines(name, edge)
    return lines
