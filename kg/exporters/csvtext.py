"""CSV (RFC 4180) lines: every text in quotes, LF line ends; and cells that no spreadsheet calculates.

https://www.rfc-editor.org/rfc/rfc4180, https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["csv_line", "harmless"]

_FORMULA = re.compile(r"\s*[=+\-@|\uff1d\uff0b\uff0d\uff20\t\r]")
_NUMBER = re.compile(r"[+\-]?\d{1,15}(?:\.\d{1,15})?(?:[eE][+\-]?\d{1,3})?%?")


def csv_line(cells: Iterable[str | int | float | bool | None]) -> str:
    """A line: texts in quotes, numbers and truth values bare, None empty (unlike a text of no length)."""
    return ",".join(map(_cell, cells)) + "\n"


def _cell(value: str | int | float | bool | None) -> str:
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else repr(value)


def harmless(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would read it as a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless("@SUM(A1)"), harmless("-3.2%"), harmless("-3.2 points"), harmless("a=b")
    ("'=1+1", "'@SUM(A1)", '-3.2%', "'-3.2 points", 'a=b')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
