"""Text for a terminal: tables, wrapped paragraphs, colours only where somebody sees them."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Sequence

__all__ = [
    "BOUND_WORDS",
    "display_width",
    "fitting_table",
    "heading",
    "percent",
    "printable",
    "shorten",
    "table",
    "terminal_width",
    "wrap",
]

_MIN_WIDTH, _MAX_WIDTH = 40, 120
# what stands before a printed number
BOUND_WORDS = {
    "up_to": "up to ",
    "at_least": "at least ",
    "more_than": "over ",
    "less_than": "under ",
    "approx": "about ",
}
_MIN_COLUMN = 9
# control, format (bidirectional overrides too), unassigned and surrogate characters
_UNPRINTABLE = {"Cc", "Cf", "Cn", "Cs"}


def terminal_width() -> int:
    """Columns of the terminal (80 where there is none), within what can be read well."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, _MIN_WIDTH), _MAX_WIDTH)


def display_width(text: str) -> int:
    """Columns that a text takes: wide characters two, combining marks none.

    >>> display_width("né"), display_width("知识")
    (2, 4)
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def heading(text: str) -> str:
    """A title and a line below it.

    >>> print(heading("Papers"))
    Papers
    ------
    """
    return f"{text}\n{'-' * display_width(text)}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Columns two blanks apart; the first ``left`` are set left, the others right; no blanks at line ends.

    >>> print(table(["type", "count"], [["method", "12"], ["tool", "3"]]))
    type    count
    method     12
    tool        3
    """
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(display_width(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(_pad(cell, widths[i], right=i >= left) for i, cell in enumerate(line)).rstrip()
        for line in lines
    )


def _pad(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - display_width(text))
    return blanks + text if right else text + blanks


def fitting_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, keep: int = 0) -> str:
    """A table as wide as the terminal: empty columns are left out, and the widest but the first ``keep`` cut
    until it fits; where none would, a line a row."""
    used = [i for i in range(len(head)) if any(row[i] for row in rows)]
    if not used:
        return "  ".join(head).rstrip()
    lines = [[row[i] for i in used] for row in rows]
    names = [head[i] for i in used]
    room = terminal_width() - 2 * (len(used) - 1)
    widths = [max(display_width(line[i]) for line in [names, *lines]) for i in range(len(used))]
    if room < sum(min(width, _MIN_COLUMN) for width in widths):
        return "\n".join(
            wrap(", ".join(filter(None, line)), width=terminal_width(), indent="    ", first="")
            for line in lines
        )
    while sum(widths) > room:
        widths[widths.index(max(widths[keep:]), keep)] -= 1
    cut = [[shorten(cell, widths[i]) for i, cell in enumerate(line)] for line in [names, *lines]]
    return table(cut[0], cut[1:], left=len(names))


def wrap(text: str, *, width: int, indent: str = "", first: str | None = None) -> str:
    """A paragraph in lines of at most ``width`` columns; long words stay whole."""
    return textwrap.fill(
        printable(text),
        width=width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def printable(text: str) -> str:
    r"""White space made one blank, and no control characters: a document must not steer the terminal.

    >>> printable("a\n\x1b[31mb")
    'a [31mb'
    """
    kept = (char for char in text if char.isspace() or unicodedata.category(char) not in _UNPRINTABLE)
    return " ".join("".join(kept).split())


def shorten(text: str, width: int) -> str:
    """At most ``width`` columns, cut off with three dots.

    >>> shorten("knowledge graph", 10)
    'knowled...'
    """
    if display_width(text) <= width:
        return text
    kept = text
    while kept and display_width(kept) > width - 3:
        kept = kept[:-1]
    return f"{kept.rstrip()}..."


def percent(value: float | None) -> str:
    """A share as it stands in papers, a dash for none.

    >>> percent(0.6839), percent(None)
    ('68.4', '-')
    """
    return "-" if value is None else f"{100 * value:.1f}"
