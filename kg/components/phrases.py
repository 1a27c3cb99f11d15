"""Noun phrases by their borders: the longest runs of words that annotated names are made of.

A run ends at punctuation and at every word of the stop list, which was learnt from annotated texts (words
that hardly ever stand within a name). Within a run the phrase begins behind words of the lead list (praise
such as ``novel``, which stands before names, not in them). What the phrase is, a linear classifier says.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.components.forms import form_key, strong_case, unit_key, units

__all__ = ["Phrase", "phrase_features", "phrases"]

_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Phrase:
    """Offsets of a phrase and the words (as keys) around it; empty strings at the ends of the text."""

    start: int
    end: int
    text: str
    before: str
    after: str


def phrases(text: str, stops: Collection[str], leads: Collection[str], title_end: int = 0) -> list[Phrase]:
    """The phrases of a text, left to right, none overlapping.

    >>> stops, leads = {"we", "a", "with", "."}, {"novel"}
    >>> [p.text for p in phrases("We prune a novel graph neural network with MaskX.", stops, leads)]
    ['prune', 'graph neural network', 'MaskX']
    """
    spans = units(text)
    keys = [unit_key(text[start:end]) for start, end in spans]
    found: list[Phrase] = []
    run: list[int] = []
    for index, (start, _) in enumerate(spans):
        word = text[start : spans[index][1]]
        breaks = not word[0].isalnum() or keys[index] in stops or keys[index].lower() in stops
        crosses = bool(run) and (
            (spans[run[-1]][1] <= title_end <= start and title_end > 0)
            or "\n\n" in text[spans[run[-1]][1] : start]
        )
        if breaks or crosses:
            _close(text, spans, keys, run, leads, found)
            run = []
        if not breaks:
            run.append(index)
    _close(text, spans, keys, run, leads, found)
    return found


def _close(
    text: str,
    spans: list[tuple[int, int]],
    keys: list[str],
    run: list[int],
    leads: Collection[str],
    found: list[Phrase],
) -> None:
    """Add the phrase of a finished run, if anything is left of it."""
    first = 0
    while first < len(run) and (keys[run[first]] in leads or text[spans[run[first]][0]].isdigit()):
        first += 1
    kept = run[first:]
    if not kept or len(kept) > _LONGEST:
        return
    start, end = spans[kept[0]][0], spans[kept[-1]][1]
    before = keys[kept[0] - 1] if kept[0] else ""
    after = keys[kept[-1] + 1] if kept[-1] + 1 < len(keys) else ""
    found.append(Phrase(start, end, text[start:end], before, after))


def phrase_features(phrase: Phrase, title_end: int) -> list[str]:
    """What the classifier sees of a phrase."""
    key = form_key(phrase.text)
    words = phrase.text.replace("-", " ").split()
    lowered = [unit.lower() for unit in key]
    size = min(len(key), 4)
    last = lowered[-1]
    features = [
        "bias",
        f"size={size}",
        f"last={last}",
        f"last,size={last},{size}",
        f"first={lowered[0]}",
        f"suffix={last[-4:]}",
        f"before={phrase.before}",
        f"after={phrase.after}",
        f"shape={_shape(words[0])},{_shape(words[-1])},{min(size, 2)}",
        f"all={' '.join(lowered)}",
    ]
    if len(key) > 1:
        features.append(f"last2={lowered[-2]} {last}")
        features.append(f"first2={lowered[0]} {lowered[1]}")
        features += [f"in={unit}" for unit in lowered[:-1]]
    if phrase.end <= title_end:
        features.append(f"title,size={size},{_shape(words[-1])}")
    return features


def _shape(word: str) -> str:
    """A word's case in one letter, with a digit mark: l(ower), t(itle), u(pper), m(ixed)."""
    letter = "l" if word.islower() else "u" if word.isupper() else "m" if strong_case(word) else "t"
    return letter + ("d" if any(char.isdigit() for char in word) else "")
