"""Splits a text into sentences by its punctuation: one regular expression over the text, no parser.

A sentence ends at the end of the title, at a blank line, and after ``.``, ``!`` or ``?`` where a new one
plausibly begins. Abbreviations (e.g., i.e., et al., vs., Fig.), initials (U.S.), decimals and the numbers
of an enumeration do not end one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

__all__ = ["ABBREVIATIONS", "sentence_around", "sentence_starts"]

ABBREVIATIONS = [
    "al.",
    "approx.",
    "avg.",
    "cf.",
    "ch.",
    "e.g.",
    "Eq.",
    "Eqn.",
    "Eqs.",
    "eq.",
    "eqs.",
    "etc.",
    "Fig.",
    "fig.",
    "Figs.",
    "figs.",
    "i.e.",
    "i.i.d.",
    "incl.",
    "max.",
    "min.",
    "no.",
    "No.",
    "pp.",
    "Prof.",
    "Ref.",
    "refs.",
    "Refs.",
    "resp.",
    "Sec.",
    "sec.",
    "Sect.",
    "St.",
    "Tab.",
    "vs.",
    "Vol.",
    "vol.",
    "viz.",
    "w.r.t.",
]
"""Words whose full stop belongs to them and ends no sentence by itself."""

# The first character stands alone in front: to look for one of a set is several times as fast as for a group.
_BREAK = re.compile(
    r"[\n.!?。！？](?:"
    r"(?<=\n)[^\S\n]*\n\s*"
    r"|(?<=[.!?])[.!?]*[\"'”’)\]}]*(?:\s+|(?=[A-Z][a-z]))(?=[\"'“‘(\[]?(?P<next>\S))"
    r"|(?<=[。！？])\s*)"
)
_BLANK = re.compile(r"\s*")
_WORD_BACKWARDS = re.compile(r"[^\s(\[{,;]*")
_KEEPS_ITS_STOP = frozenset(word.lower() for word in ABBREVIATIONS) | {"dr.", "mr.", "mrs.", "ms.", "jr."}
_MAY_END = frozenset({"etc.", "al.", "no.", "max.", "min."})
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+\Z")
_ENUMERATION = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4})\.\Z")
_LOOK_BACK = 24
_GAP = 4


def sentence_starts(text: str, title_end: int = 0) -> Iterator[int]:
    """Where sentences begin (code points), ascending; the first one at 0 is not given.

    >>> list(sentence_starts("We use e.g. A. Then B et al. found 1.5x. Fig. 3 shows it."))
    [15, 41]
    """
    if 0 < title_end < len(text):
        blank = _BLANK.match(text, title_end)
        yield blank.end() if blank else title_end
    for match in _BREAK.finditer(text, title_end):
        following = match["next"]  # of a full stop; blank lines and CJK stops need no second look
        if following and not _ends_sentence(text, match.start(), following, match.end()):
            continue
        if match.end() < len(text):
            yield match.end()


def _ends_sentence(text: str, start: int, following: str, position: int) -> bool:
    """Whether the punctuation at ``start`` ends a sentence, ``following`` being the next letter or sign."""
    if following.islower() or following in ",;:)]}.%":
        return False
    if text[start] != ".":
        return True
    backwards = _WORD_BACKWARDS.match(text[max(0, start - _LOOK_BACK) : start][::-1])
    word = (backwards[0][::-1] if backwards else "") + "."
    if word.lower() in _KEEPS_ITS_STOP:
        return word.lower() in _MAY_END and following.isupper() and word.lower() != "no."
    if _INITIALS.match(word) and len(word) > 2:
        return False
    numbered = _ENUMERATION.match(word) and position > start + 1
    # a digit follows: "77. 7%" is a decimal that somebody broke
    if numbered and (following.isdigit() or _opens_item(text, start - len(word) + 1)):
        return False
    return not (len(word) == 2 and word[0].isupper() and text[max(0, start - 3) : start - 1].strip() == "")


def _opens_item(text: str, place: int) -> bool:
    """Whether what stands at ``place`` can be the number of an item: at a line's start or behind a mark."""
    gap = text[max(0, place - _GAP) : place]
    before = gap.rstrip()
    return not before or "\n" in gap[len(before) :] or before[-1] in ".;:,("


def sentence_around(text: str, starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The sentence (or sentences) that ``text[start:end]`` stands in, as (start, end), blanks trimmed.

    ``starts`` are the text's sentence starts.

    >>> text = "It is slow. We use e.g. GPUs here. It is fast."
    >>> first, last = sentence_around(text, list(sentence_starts(text)), 24, 28)
    >>> text[first:last]
    'We use e.g. GPUs here.'
    """
    before, after = bisect_right(starts, start), bisect_left(starts, end)
    first = starts[before - 1] if before else 0
    last = starts[after] if after < len(starts) else len(text)
    quote = text[first:last]
    return first + len(quote) - len(quote.lstrip()), last - len(quote) + len(quote.rstrip())
