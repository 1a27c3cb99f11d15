"""What a number measures: candidate words around a quantity and their features.

"69% energy saving" measures "energy", "2.5x faster" the speedup, "reduces latency by 20%" the latency. A
candidate is a metric mention of the sentence, a phrase beside the number, or the word that a comparative
stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.components.claim_context import ClaimContext, MentionView
from kg.components.slots import FormIndex, Place, gap_size
from kg.components.units import unit_kind

__all__ = ["MetricCandidate", "metric_candidates", "metric_features"]

_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "by",
        "to",
        "for",
        "from",
        "with",
        "and",
        "or",
        "over",
        "than",
        "compared",
        "while",
        "when",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "that",
        "which",
        "who",
        "under",
        "across",
        "per",
        "via",
        "using",
        "against",
        "relative",
        "respectively",
        "but",
        "up",
        "its",
        "their",
        "our",
        "only",
        "after",
        "before",
        "without",
        "during",
        "versus",
        "vs",
        "through",
        "into",
        "among",
        "between",
        "average",
        "more",
        "less",
    ]
)
_CHANGES = frozenset(
    [
        "reduction",
        "reductions",
        "improvement",
        "improvements",
        "increase",
        "increases",
        "decrease",
        "gain",
        "gains",
        "saving",
        "savings",
        "boost",
        "drop",
        "loss",
        "losses",
        "degradation",
        "overhead",
        "enhancement",
        "advantage",
        "improve",
        "reduce",
        "lower",
        "higher",
        "better",
        "fewer",
        "less",
        "more",
        "smaller",
        "relative",
        "absolute",
        "average",
        "overall",
        "peak",
        "additional",
        "further",
        "faster",
        "maximum",
        "mean",
    ]
)
_COMPARATIVES = {
    "faster": "speedup",
    "slower": "speedup",
    "accelerates": "speedup",
    "accelerate": "speedup",
    "accelerating": "speedup",
    "accelerated": "speedup",
    "speeds": "speedup",
    "outperforms": "performance",
    "outperform": "performance",
    "outperforming": "performance",
    "surpasses": "performance",
    "surpassing": "performance",
    "accurate": "accuracy",
    "smaller": "size",
    "cheaper": "cost",
    "efficient": "efficiency",
}
_VERB = re.compile(
    r"(?:improv|reduc|increas|decreas|lower|achiev|boost|enhanc|cut|rais|sav|gain|show|reach|deliver|provid|yield"
    r"|outperform|surpass|attain|obtain|exceed|accelerat|demonstrat)(?:e?s|ed|ing|e)?$"
)
_REACH = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricCandidate:
    """A metric in words; ``first`` and ``last`` are token indices of where they stand."""

    text: str
    mention: MentionView | None
    source: str
    first: int
    last: int


def metric_candidates(context: ClaimContext, place: Place) -> list[MetricCandidate]:
    """Candidates in order: mentions of the sentence, phrases beside the number, implied metrics."""
    found = [
        MetricCandidate(text=m.form, mention=m, source="mention", first=m.first, last=m.last)
        for m in context.mentions_in(place.sentence)
        if m.label == "metric"
    ]
    found += _phrases(context, place)
    words = context.words
    for at in range(
        max(place.sentence.first, place.begin - _REACH), min(place.sentence.last, place.stop + 4)
    ):
        implied = _COMPARATIVES.get(words[at])
        if implied:
            found.append(MetricCandidate(text=implied, mention=None, source="implied", first=at, last=at + 1))
    return found


def _phrases(context: ClaimContext, place: Place) -> list[MetricCandidate]:
    words, sentence = context.words, place.sentence
    found: list[MetricCandidate] = []

    def add(first: int, last: int, source: str) -> None:
        while first < last and words[first] in _CHANGES:
            first += 1
        while last > first and words[last - 1] in _CHANGES:
            last -= 1
        if first < last:
            start = context.word_starts[first]
            end = context.word_starts[last - 1] + len(words[last - 1])
            text = context.plain.text[start:end]
            found.append(MetricCandidate(text=text, mention=None, source=source, first=first, last=last))

    first = place.stop
    last = _right_end(words, first, sentence.last)
    add(first, last, "right")
    if last + 1 < sentence.last and words[last] in ("in", "of"):
        first = last + 1 + (words[last + 1] in ("the", "a", "its", "both", "average"))
        add(first, _right_end(words, first, sentence.last), f"right {words[last]}")
    end = place.begin
    while end > sentence.first and words[end - 1] in _STOP:
        end -= 1
    first = end
    while (
        first > max(sentence.first, end - 3)
        and _content(words[first - 1])
        and not _VERB.match(words[first - 1])
    ):
        first -= 1
    add(first, end, "left")
    return found


def _content(word: str) -> bool:
    return word[0].isalpha() and word not in _STOP


def _right_end(words: list[str], first: int, limit: int) -> int:
    last = first
    while last < min(limit, first + 4) and _content(words[last]):
        last += 1
    return last


def metric_features(index: FormIndex, place: Place, candidate: MetricCandidate) -> list[str]:
    """Named binary features of a candidate."""
    context = index.context
    words, sentence = context.words, place.sentence
    kind = unit_kind(place.quantity.unit)
    features = [f"src={candidate.source}", f"src={candidate.source} {kind}"]
    low = candidate.text.lower()
    features += (f"text={low}", f"{kind} text={low}", f"U={place.quantity.unit} text={low}")
    features += [f"word={word}" for word in low.split()[-2:]]
    if candidate.first >= place.stop:
        side, gap = "right", words[place.stop : candidate.first]
    elif candidate.last <= place.begin:
        side, gap = "left", words[candidate.last : place.begin]
    else:
        return [*features, "inside"]
    src = "m" if candidate.mention else candidate.source
    metrics = [m for m in context.mentions_in(sentence) if m.label == "metric"]
    if side == "right":
        rank = sum(1 for m in metrics if place.stop <= m.first < candidate.first)
    else:
        rank = sum(1 for m in metrics if candidate.last <= m.first < place.begin)
    size = gap_size(gap)
    numbers = min(sum(1 for word in gap if word == "#"), 3)
    features += (
        f"{src} {side} rank={min(rank, 3)}",
        f"{src} {side} gap={size}",
        f"{src} {side} numbers={numbers}",
    )
    features += [
        f"{src} {side} between {word}" for word in dict.fromkeys(gap[-10:] if side == "left" else gap[:10])
    ]
    if len(gap) <= 2:
        features.append(f"{src} {side} joined {' '.join(gap)}")
    after = words[candidate.last] if candidate.last < sentence.last else "$"
    before = words[candidate.first - 1] if candidate.first > sentence.first else "^"
    features += (f"{src} {side} post={after}", f"{src} {side} pre={before}")
    if candidate.mention:
        features += _list_features(metrics, candidate.mention, place, context, side)
    return features


def _list_features(
    metrics: list[MentionView], mention: MentionView, place: Place, context: ClaimContext, side: str
) -> list[str]:
    """Whether "a, b and c by 1%, 2% and 3%" pairs this metric with this number."""
    if place.listed < 2:
        return []
    same = [m for m in metrics if (m.first >= place.stop) == (side == "right")]
    at = next(i for i, m in enumerate(same) if m.start == mention.start)
    group = same[-place.listed :] if side == "left" else same[: place.listed]
    if len(group) < place.listed:
        return [f"{side} short list"]
    offset = at - (len(same) - len(group) if side == "left" else 0)
    named = "respectively" in context.words[place.stop : place.sentence.last]
    return [f"{side} {'aligned' if offset == place.rank else 'crossed'} {named}"]
