"""Noun phrases by their borders: the longest runs of words that annotated names are made of.

A run ends at punctuation and at every word of the stop list, which was learnt from annotated texts (words
that hardly ever stand within a name). Within a run the phrase begins behind words of the lead list (praise
such as ``novel``, which stands before names, not in them). What the phrase is, a linear classifier says.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from kg.components.forms import keyed_units, strong_case

__all__ = ["Phrase", "phrase_features", "phrases"]

_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Phrase:
    """Offsets of a phrase, its words and those around it as keys; empty strings at the ends of the text."""

    start: int
    end: int
    text: str
    keys: tuple[str, ...]
    before: str
    after: str


def phrases(text: str, stops: Collection[str], leads: Collection[str], title_end: int = 0) -> list[Phrase]:
    """The phrases of a text, left to right, none overlapping.

    >>> stops, leads = {"we", "a", "with", "."}, {"novel"}
    >>> [p.text for p in phrases("We prune a novel graph neural network with MaskX.", stops, leads)]
    ['prune', 'graph neural network', 'MaskX']
    """
    spans, words, keys = keyed_units(text)
    found: list[Phrase] = []
    first = None  # of the run that is open
    for index, (word, key) in enumerate(zip(words, keys, strict=True)):
        breaks = not word[0].isalnum() or key in stops or key.lower() in stops
        if first is not None and (breaks or _crosses(text, spans[index - 1][1], spans[index][0], title_end)):
            found += _phrase(text, spans, keys, first, index, leads)
            first = None
        if not breaks and first is None:
            first = index
    if first is not None:
        found += _phrase(text, spans, keys, first, len(keys), leads)
    return found


def _crosses(text: str, end: int, start: int, title_end: int) -> bool:
    """Whether the title ends or a blank line stands between two words."""
    return (end <= title_end <= start and title_end > 0) or (start > end + 1 and "\n\n" in text[end:start])


def _phrase(
    text: str, spans: list[tuple[int, int]], keys: list[str], first: int, last: int, leads: Collection[str]
) -> list[Phrase]:
    """The phrase of the run of words ``first`` to ``last``, if anything is left of it."""
    while first < last and (keys[first] in leads or _counts(text, spans[first])):
        first += 1
    if not 0 < last - first <= _LONGEST:
        return []
    start, end = spans[first][0], spans[last - 1][1]
    before = keys[first - 1] if first else ""
    after = keys[last] if last < len(keys) else ""
    return [Phrase(start, end, text[start:end], tuple(keys[first:last]), before, after)]


def _counts(text: str, span: tuple[int, int]) -> bool:
    """Whether a word says how many (``8 GPUs``), being no part of a name (``8-bit weights``, ``3D``)."""
    start, end = span
    return text[start].isdigit() and text[start:end].replace(".", "").isdigit() and text[end : end + 1] != "-"


def phrase_features(phrase: Phrase, title_end: int) -> list[str]:
    """What the classifier sees of a phrase."""
    ends, parts = _own_features(phrase.text, phrase.keys)
    features = [*ends, f"before={phrase.before}", f"after={phrase.after}", *parts]
    if phrase.end <= title_end:
        last = phrase.text.replace("-", " ").split()[-1]
        features.append(f"title,size={min(len(phrase.keys), 4)},{_shape(last)}")
    return features


@lru_cache(maxsize=20_000)
def _own_features(text: str, keys: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the words of a phrase say of it, wherever it stands; what counts before its neighbours, and what
    after them (sums of weights depend on the order in their last digit)."""
    words = text.replace("-", " ").split()
    lowered = [key.lower() for key in keys]
    size = min(len(lowered), 4)
    last = lowered[-1]
    ends = (
        "bias",
        f"size={size}",
        f"last={last}",
        f"last,size={last},{size}",
        f"first={lowered[0]}",
        f"suffix={last[-4:]}",
    )
    parts = [
        f"shape={_shape(words[0])},{_shape(words[-1])},{min(size, 2)}",
        f"all={' '.join(lowered)}",
    ]
    if len(lowered) > 1:
        parts.append(f"last2={lowered[-2]} {last}")
        parts.append(f"first2={lowered[0]} {lowered[1]}")
        parts += [f"in={unit}" for unit in lowered[:-1]]
    return ends, tuple(parts)


@lru_cache(maxsize=20_000)
def _shape(word: str) -> str:
    """A word's case in one letter, with a digit mark: l(ower), t(itle), u(pper), m(ixed)."""
    letter = "l" if word.islower() else "u" if word.isupper() else "m" if strong_case(word) else "t"
    return letter + ("d" if any(char.isdigit() for char in word) else "")
