"""Groups of mentions that are one thing, and the name of a group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kg.resolution.forms import form_of
from kg.text import fold
from kg.types import Mention

__all__ = ["Group", "Groups", "Named", "preferred_name", "surfaces_of", "type_of"]

# A spelling without capitals is the one of running text when it is at least that share of the usual one.
_OUTSIDE_TITLES = 0.25

Group = tuple[str, str]
"""A key, and what tells it from its homonyms ("" where it has none)."""


class Named(NamedTuple):
    """A form of a paper: its first mention there, the rule that brought it here, and how often it stands."""

    mention: Mention
    rule: str
    times: int = 1


Groups = dict[Group, list[Named]]


def surfaces_of(named: Iterable[Named]) -> Counter[str]:
    """How often each spelling stands."""
    surfaces: Counter[str] = Counter()
    for each in named:
        surfaces[each.mention.text] += each.times
    return surfaces


def type_of(named: Iterable[Named]) -> str:
    """The type of most mentions, the first in the alphabet of equals."""
    types: Counter[str] = Counter()
    for each in named:
        types[each.mention.type] += each.times
    return min(types, key=lambda kind: (-types[kind], kind))


def preferred_name(surfaces: Counter[str]) -> str:
    """The most frequent spelling; its singular, and its spelling outside titles, where they occur too."""
    if len(surfaces) == 1:
        return next(iter(surfaces))
    best = min(surfaces, key=lambda text: (-surfaces[text], len(text), text))
    form = form_of(best)
    same = [text for text in surfaces if form_of(text).key == form.key]
    singular = [text for text in same if _is_singular(text)] or same
    usual = min(singular, key=lambda text: (-surfaces[text], text))
    plain = [
        text
        for text in singular
        if text == usual
        or (_without_title_case(usual, text) and surfaces[text] >= _OUTSIDE_TITLES * surfaces[usual])
    ]
    return min(plain, key=lambda text: (sum(char.isupper() for char in text), -surfaces[text], text))


def _is_singular(text: str) -> bool:
    """Whether no word is a plural; an adjective that the form shortens is none."""
    words, singular = fold(text).replace("-", " ").split(), form_of(text).words
    return len(words) == len(singular) and all(
        word == other or word.removeprefix(other) in ("al", "ity")
        for word, other in zip(words, singular, strict=True)
    )


def _without_title_case(usual: str, text: str) -> bool:
    """Whether only capitals that a title brings tell ``usual`` from ``text``: "PyTorch" is not "Pytorch"."""
    if " " in usual and usual.isupper():
        return True
    one, other = (re.findall(r"\w+", spelling) for spelling in (usual, text))
    return [word[1:] for word in one] == [word[1:] for word in other]
