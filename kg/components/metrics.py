"""What a number measures: candidate words around a quantity and their features.

"69% energy saving" measures "energy", "2.5x faster" the speedup, "reduces latency by 20%" the latency. A
candidate is a metric mention of the sentence, a phrase beside the number, or the word that a comparative
stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.components.claim_context import ClaimContext, MentionView
from kg.components.form_index import FormIndex, Place
from kg.components.metric_words import (
    CHANGES,
    COMPARATIVES,
    NEVER,
    PLAIN,
    STOP,
    fits_unit,
    metric_of_unit,
)
from kg.components.slots import gap_size
from kg.components.units import unit_kind

__all__ = ["MetricCandidate", "metric_candidates", "metric_features"]

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
    """Candidates in order: mentions of the sentence, phrases beside the number, implied metrics, and last the
    empty text (no metric)."""
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
        implied = COMPARATIVES.get(words[at])
        if implied:
            found.append(MetricCandidate(text=implied, mention=None, source="implied", first=at, last=at + 1))
    found += _plain_words(context, place)
    by_unit = metric_of_unit(place.quantity.unit)
    if by_unit:
        found.append(
            MetricCandidate(text=by_unit, mention=None, source="unit", first=place.begin, last=place.stop)
        )
    found = [candidate for candidate in found if fits_unit(candidate.text, place.quantity.unit)]
    return [*found, MetricCandidate(text="", mention=None, source="none", first=place.begin, last=place.stop)]


def _plain_words(context: ClaimContext, place: Place) -> list[MetricCandidate]:
    """Words such as "performance" and "time" beside the number, outside of mentions."""
    words, sentence = context.words, place.sentence
    taken = {at for m in context.mentions_in(sentence) for at in range(m.first, m.last)}
    return [
        MetricCandidate(text=words[at], mention=None, source="plain", first=at, last=at + 1)
        for at in range(max(sentence.first, place.begin - _REACH), min(sentence.last, place.stop + 6))
        if words[at] in PLAIN and at not in taken and not place.begin <= at < place.stop
    ]


def _phrases(context: ClaimContext, place: Place) -> list[MetricCandidate]:
    words, sentence = context.words, place.sentence
    found: list[MetricCandidate] = []

    def add(first: int, last: int, source: str) -> None:
        while first < last and words[first] in CHANGES:
            first += 1
        while last > first and words[last - 1] in CHANGES:
            last -= 1
        if first < last and words[first] not in NEVER and words[last - 1] not in NEVER:
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
    while end > sentence.first and words[end - 1] in STOP:
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
    return word[0].isalpha() and word not in STOP


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
    if candidate.source in ("none", "unit"):
        metrics = [m for m in context.mentions_in(sentence) if m.label == "metric"]
        head = candidate.text.lower().rpartition(" ")[2]
        said = bool(head) and any(head in m.form.lower() for m in metrics)
        features += (
            f"{candidate.source} named={bool(metrics)}",
            f"{candidate.source} said={said}",
            f"{candidate.source} U={place.quantity.unit}",
        )
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
