"""LaTeX font commands in a Doc: tokens that are layout, not words."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from kg.components.doctext import text_of

__all__ = ["font_markup"]

_COMMAND = re.compile(
    r"\\(?:text(?:bf|it|tt|sf|sc|rm|sl|md|up|normal)?|math(?:bf|it|tt|sf|rm|cal|bb)|emph|underline|uline|mbox"
    r"|boldsymbol|bm)\{"
)
_SWITCH = re.compile(r"\\(?:bf|it|tt|sf|sc|rm|sl|em)(?:series|shape|family)?")


def font_markup(doc: Doc) -> frozenset[int]:
    r"""The tokens of font commands with their braces: of ``\textbf{SAIL} is {\em fast}`` all but three words.

    A brace that is never closed stays a token like any other.
    """
    if "\\" not in text_of(doc):
        return frozenset()
    found: set[int] = set()
    braces: list[tuple[int, bool]] = []  # open ones: their token, and whether a font command opened it
    for place, token in enumerate(doc):
        text = token.text
        if _COMMAND.fullmatch(text):
            braces.append((place, True))
        elif text.endswith("{"):
            braces.append((place, False))
        elif text == "}" and braces:
            opened, font = braces.pop()
            switch = doc[opened].text == "{" and _SWITCH.fullmatch(doc[opened + 1].text)
            if font or switch:
                found |= {opened, place, *([opened + 1] if switch else [])}
    return frozenset(found)
