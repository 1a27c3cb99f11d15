"""LaTeX and odd white space as plain text, with the way back to the original characters.

Abstracts print numbers as ``$1.5\\times$``, ``\\textbf{23.8\\%}``, ``mm$^2$`` or ``1.5 ×``. The plain form
("1.5x", "23.8%", "mm^2") is what the patterns read; ``PlainText.span`` gives the raw offsets back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["PlainText", "plain_text"]

_SYMBOLS = {
    "times": "x",
    "x": "x",
    "ast": "x",
    "sim": "~",
    "approx": "~",
    "simeq": "~",
    "pm": "±",
    "mp": "±",
    "geq": "≥",
    "ge": "≥",
    "geqslant": "≥",
    "gtrsim": "≥",
    "leq": "≤",
    "le": "≤",
    "leqslant": "≤",
    "lesssim": "≤",
    "gt": ">",
    "lt": "<",
    "mu": "μ",
    "textmu": "μ",
    "sigma": "σ",
    "cdot": "·",
    "circ": "°",
    "to": "→",
    "rightarrow": "→",
    "uparrow": "↑",
    "downarrow": "↓",
    "rho": "ρ",
    "Delta": "Δ",
    "quad": " ",
    "percent": "%",
    "texttimes": "x",
    "texttildelow": "~",
    "minus": "-",
}
_CHARACTERS = {
    "×": "x",
    "✕": "x",
    "−": "-",
    "–": "-",
    "—": " — ",
    "∼": "~",
    "≈": "~",
    "≃": "~",
    "µ": "μ",
    "⩾": "≥",
    "⩽": "≤",
}
_CHARACTERS |= {
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u2011": "-",
    "\u2010": "-",
    "½": "0.5",
    "²": "^2",
    "³": "^3",
}
_STYLES = (
    r"(?:math|text)(?:bf|rm|it|tt|sf|sc|normal|up|md)?|boldsymbol|emph|underline|operatorname"
    r"|bf|rm|ensuremath|bm"
)
_ODD = re.compile(
    rf"\\(?:{_STYLES})\b\s?\{{?"
    r"|\\[A-Za-z]{1,14}(?![A-Za-z])\s?(?:\{(?=[\d.]{1,8}\}))?"
    r"|\\[,;:! ()\[\]]|\\[%$&#_~]"
    r"|\{,\}|\*\*|\$times\$|[${}]"
    r"|\s?-{2,3}\s?"
    r"|(?<=[A-Za-z.,])~(?=\w)|(?<=\w)~(?=[A-Za-z\\$(])"
    r"|\s{2,}|[\n\t\r\f\v]"
    rf"|[{''.join(_CHARACTERS)}]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """``text`` and, for each of its characters, where its source begins and ends in the raw text."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets of plain characters ``start`` to ``end`` (not empty)."""
        return self.starts[start], self.ends[end - 1]


def _replacement(odd: str) -> str:
    if odd in _CHARACTERS:
        return _CHARACTERS[odd]
    if odd.isspace() or odd == "~":
        return " "
    if "--" in odd:
        return " — "
    if odd in ("\\%", "\\$", "\\&", "\\#", "\\_"):
        return odd[1]
    if odd == "{,}":
        return ","
    if odd == "$times$":
        return "x"
    if odd[0] == "\\" and odd[1:2].isalpha():
        return _SYMBOLS.get(odd[1:].rstrip("{ \n"), "" if odd.endswith("{") or "math" in odd else " ")
    return " " if odd in ("\\,", "\\;", "\\:", "\\ ", "\\~") else ""


def _joins_numbers(left: str, right: str) -> bool:
    """Does a double dash stand for a range ("1.3x--2.1x") and not for a break in thought?"""
    return (
        bool(left) and (left[-1].isdigit() or left[-1] in "%xX") and bool(right) and right in "+\\$0123456789"
    )


def plain_text(raw: str) -> PlainText:
    """Read ``raw`` with markup taken away and white space collapsed.

    >>> plain_text(r"by $\\mathbf{1.5\\times}$ and  2\\%").text
    'by 1.5x and 2%'
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in _ODD.finditer(raw):
        start, end = match.span()
        pieces.append(raw[done:start])
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        piece = _replacement(match.group())
        if (
            piece == " — "
            and match.group()[0] in "- "
            and _joins_numbers("".join(pieces[-6:]), raw[end : end + 1])
        ):
            piece = "-"
        pieces.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
        done = end
    pieces.append(raw[done:])
    starts.extend(range(done, len(raw)))
    ends.extend(range(done + 1, len(raw) + 1))
    return PlainText(text="".join(pieces), starts=starts, ends=ends)
