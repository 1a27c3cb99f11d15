"""Finds where a text defines its abbreviations: ``long form (SHORT)`` and ``SHORT (long form)``.

The algorithm is that of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text", Pacific Symposium on Biocomputing 2003: the letters of the short form are
looked for in the long form from right to left, the first one at the start of a word. Added here: plurals
(``DNNs``) lose their s when the letters do not fit otherwise, and a short form with a lower-case beginning
(``ciSAR``) may stand for a hyphenated word.
"""

from __future__ import annotations

import re
from string import ascii_lowercase

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.components.annotations import register
from kg.components.doctext import text_of

__all__ = ["Abbreviations", "definitions", "make_abbreviations"]

register()

_BRACKETS = re.compile(r"\(([^()\n]{2,80})\)")
_SHORT = re.compile(r"(?=[^\s]*[A-Z])[^\W_][\w+\-/.&]{1,14}\Z")
_WORD_BEFORE = re.compile(r"([^\W_][\w+\-/.&]{1,14})[\s~]{0,2}\Z")
_CLAUSE = re.compile(r"[,;:!?()\[\]{}\"“”]|\.\s|\n\s*\n")
_WORD = re.compile(r"\S+")
_CLOSING = ' ~\n"”'  # the end of "a quoted long form" (AQLF)
_LEAD = re.compile(
    r"(?:(?:e\.g\.|i\.e\.|or|aka|a\.k\.a\.|called|named|termed|dubbed|short for),?\s+)+", re.IGNORECASE
)


@Language.factory("kg_abbreviations", assigns=["doc._.abbreviations"])
def make_abbreviations(nlp: Language, name: str) -> Abbreviations:
    """The component; it has no settings."""
    return Abbreviations()


class Abbreviations:
    """Writes ``doc._.abbreviations``: a list of (short Span, long Span), in the order of the text."""

    def __call__(self, doc: Doc) -> Doc:
        pairs: list[tuple[Span, Span]] = []
        text = text_of(doc)
        if "(" in text:
            for short, long in definitions(text):
                spans = doc.char_span(*short), doc.char_span(*long)
                if spans[0] is not None and spans[1] is not None:
                    pairs.append((spans[0], spans[1]))
        doc._.abbreviations = pairs
        return doc


Offsets = tuple[int, int]


def definitions(text: str) -> list[tuple[Offsets, Offsets]]:
    """Offsets of (short form, long form) of every definition.

    >>> text = "Deep Leakage from Gradients (DLG) and COREx (COmputation-REuse Accelerators)"
    >>> [(text[a:b], text[c:d]) for (a, b), (c, d) in definitions(text)]
    [('DLG', 'Deep Leakage from Gradients'), ('COREx', 'COmputation-REuse Accelerators')]
    """
    found = []
    for match in _BRACKETS.finditer(text):
        pair = _short_inside(text, match) or _long_inside(text, match)
        if pair:
            found.append(pair)
    return found


def _short_inside(text: str, match: re.Match[str]) -> tuple[Offsets, Offsets] | None:
    """``long form (SHORT)``, also ``(SHORT, something else)`` and ``(called SHORT)``."""
    inside = match[1]
    lead = _LEAD.match(inside)
    begin = lead.end() if lead else 0
    short = re.split(r"[,;]", inside[begin:], maxsplit=1)[0].rstrip()
    if not _SHORT.match(short) or short.isdigit():
        return None
    start = match.start(1) + begin
    words = min(len(short) + 5, len(short) * 2)
    window = text[max(0, match.start() - 160) : match.start()].rstrip(_CLOSING)
    cut = max((clause.end() for clause in _CLAUSE.finditer(window)), default=0)
    candidates = list(_WORD.finditer(window, cut))[-words:]
    if not candidates:
        return None
    offset = max(0, match.start() - 160)
    long = window[candidates[0].start() :]
    begin_long = _best_long_form(short, long)
    if begin_long is None:
        return None
    first = offset + candidates[0].start() + begin_long
    return (start, start + len(short)), (first, offset + candidates[0].start() + len(long))


def _long_inside(text: str, match: re.Match[str]) -> tuple[Offsets, Offsets] | None:
    """``SHORT (long form)``: the whole bracket is the long form."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    if before is None or not _SHORT.match(before[1]) or (" " not in match[1].strip() and "-" not in match[1]):
        return None
    long = re.split(r"[,;]", match[1], maxsplit=1)[0].rstrip()
    if len(long) <= len(before[1]):
        return None
    capitals = before[1].rstrip(ascii_lowercase)
    if _best_long_form(before[1], long) != 0 and (len(capitals) < 2 or _best_long_form(capitals, long) != 0):
        return None
    return before.span(1), (match.start(1), match.start(1) + len(long))


def _best_long_form(short: str, long: str) -> int | None:
    """Where the long form begins in ``long``; None if the letters of the short form do not fit."""
    begin = _match_letters(short, long)
    if begin is None and short.endswith("s") and len(short) > 2:
        begin = _match_letters(short[:-1], long)
    if begin is None:
        return None
    chosen = long[begin:]
    words = len(re.findall(r"[^\s\-]+", chosen))
    letters = sum(char.isalnum() for char in short)
    if len(chosen) < len(short) or words > min(letters + 5, letters * 2) or short in chosen.split():
        return None
    return begin


def _match_letters(short: str, long: str) -> int | None:
    position = len(long) - 1
    for index in range(len(short) - 1, -1, -1):
        char = short[index].lower()
        if not char.isalnum():
            continue
        while position >= 0 and (
            long[position].lower() != char or (index == 0 and position > 0 and long[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
        position -= 1
    # back to the beginning of the word, hyphens included ("charge-injection SAR" of ciSAR)
    begin = max(long.rfind(" ", 0, position + 2), long.rfind("\n", 0, position + 2)) + 1
    while begin < len(long) and not long[begin].isalnum():
        begin += 1
    return begin if begin < len(long) else None
