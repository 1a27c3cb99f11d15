"""Features of (quantity, mention) pairs: whose result it is, against what, on what data and hardware.

A candidate is a form (all mentions with the same text); "none" is a candidate of its own. One table of
weights a slot ranks them (kg.components.linear.choose).
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from kg.components.claim_context import MentionView
from kg.components.form_index import FormIndex, Place

__all__ = ["gap_size", "none_features", "pair_features"]

_INTRODUCED = frozenset(
    [
        "propose",
        "proposes",
        "proposed",
        "present",
        "presents",
        "introduce",
        "introduces",
        "introduced",
        "develop",
        "develops",
        "called",
        "named",
        "termed",
        "we",
        "this",
        "(",
        "using",
        "via",
        "with",
        "by",
    ]
)
_COMPARED = frozenset(
    [
        "than",
        "compared",
        "over",
        "versus",
        "vs",
        "against",
        "relative",
        "baseline",
        "baselines",
        "outperforms",
        "outperforming",
    ]
)
_UNNAMED = frozenset(
    [
        "existing",
        "prior",
        "previous",
        "state-of-the-art",
        "sota",
        "other",
        "conventional",
        "traditional",
        "current",
        "recent",
        "standard",
        "common",
        "best",
        "original",
        "optimized",
        "baseline",
        "full",
        "only",
    ]
)
_LINKS = frozenset(["for", "of", "in", "on", "with", "from", "by", "and", ",", "that", "(", "#", "to", ";"])
_GOVERNED = 6


def gap_size(gap: list[str]) -> str:
    """A coarse distance in words."""
    for limit, name in ((1, "0"), (2, "1"), (3, "2"), (6, "<6"), (14, "<14")):
        if len(gap) < limit:
            return name
    return "far"


def none_features(index: FormIndex, place: Place) -> list[str]:
    """Features of leaving a slot empty."""
    context = index.context
    words = context.words[place.sentence.first : place.sentence.last]
    after = context.words[place.stop : place.sentence.last]
    features = ["none"]
    features += [
        f"none {word}"
        for word in dict.fromkeys(words)
        if word in _COMPARED or word in ("on", "across", "for")
    ]
    features += [
        f"none after {word}"
        for word in dict.fromkeys(after)
        if word in _COMPARED or word in ("on", "across", "for")
    ]
    low = place.sentence.first
    named = [_governed(context.words, m.first, low) for m in index.inside(place.sentence)]
    compared = [f"none {kind}" for marker, kind in named if marker != "than=none"]
    features += list(dict.fromkeys(compared)) or ["none governed"]
    if place.sentence.index == 0:
        features.append("none first sentence")
    return features


def pair_features(index: FormIndex, place: Place, form: str) -> list[str]:
    """Named binary features of a form as the filler of a slot of the quantity at ``place``."""
    views = index.forms[form]
    view = views[0]
    context = index.context
    here = [m for m in views if place.sentence.start <= m.start < place.sentence.end]
    role, label = view.role, view.label
    shape = _shape(form)
    features = [f"role={role}", f"label={label}", f"{role} {label}", f"count={min(len(views), 4)}"]
    features += (f"shape={shape} {role}", f"shape={shape} {label}", f"count={min(len(views), 4)} {role}")
    if role == "proposed":
        features.append(
            f"proposed order={min(index.order_proposed[form], 3)} of {min(len(index.order_proposed), 4)}"
        )
    features += _introduced(index, view, role)
    if view.start < context.title_end:
        features += ("title", f"title {role}")
    if form == index.first_proposed:
        features.append("first proposed")
    if form == index.main_proposed:
        features.append("main proposed")
    if here:
        features += _inside_features(index, place, here, role, label)
    else:
        features += _outside_features(index, place, views, role)
    return features


@lru_cache(maxsize=10_000)
def _shape(form: str) -> str:
    """name (capitals within or digits), title (a capital first) or words."""
    if any(letter.isupper() for letter in form[1:].replace(" ", "")) or any(
        letter.isdigit() for letter in form
    ):
        return "name" if " " not in form else "long name"
    return "title" if form[0].isupper() else "words"


def _introduced(index: FormIndex, view: MentionView, role: str) -> list[str]:
    """How a form comes in: before the colon of a title, after "we propose", in brackets."""
    context = index.context
    words = context.words
    features = []
    if view.end <= context.title_end:
        after = context.plain.text[view.end : view.end + 1]
        if view.start == 0:
            features.append(f"title starts {'colon' if after == ':' else 'other'} {role}")
    before = words[max(0, view.first - 4) : view.first]
    features += [f"introduced {word} {role}" for word in dict.fromkeys(before) if word in _INTRODUCED]
    return features


def _inside_features(
    index: FormIndex, place: Place, here: list[MentionView], role: str, label: str
) -> list[str]:
    order = index.inside(place.sentence)
    left = [m for m in here if m.end <= place.quantity.core]
    right = [m for m in here if m.start >= place.quantity.core]
    features = [f"here {role}", f"here {label}", f"here sole={index.sole[role]}"]
    if order and order[0].form == here[0].form:
        features += ("first here", f"first here {role}")
    if left:
        nearest = left[-1]
        between = sum(1 for m in order if nearest.end <= m.start < place.quantity.core)
        features += _side(index, place, nearest, "left", between, role)
    if right:
        nearest = right[0]
        between = sum(1 for m in order if place.quantity.end <= m.start < nearest.start)
        features += _side(index, place, nearest, "right", between, role)
    return features


def _side(
    index: FormIndex, place: Place, mention: MentionView, side: str, between: int, role: str
) -> list[str]:
    words = index.context.words
    sentence = place.sentence
    gap = words[mention.last : place.begin] if side == "left" else words[place.stop : mention.first]
    before = words[mention.first - 1] if mention.first > sentence.first else "^"
    before2 = words[mention.first - 2] if mention.first - 1 > sentence.first else "^"
    after = words[mention.last] if mention.last < sentence.last else "$"
    size = gap_size(gap)
    features = [
        side,
        f"{side} {role}",
        f"{side} {mention.label}",
        f"{side} rank={min(between, 3)}",
        f"{side} rank={min(between, 3)} {role}",
        f"{side} gap={size}",
        f"{side} pre={before}",
        f"{side} pre={before2} {before}",
        f"{side} post={after}",
    ]
    features += [
        f"{side} between {word}" for word in dict.fromkeys(gap[:12] if side == "right" else gap[-12:])
    ]
    if len(gap) == 1:
        features.append(f"{side} joined {gap[0]}")
    marker, unnamed = _governed(words, mention.first, sentence.first)
    features += (f"{side} {marker}", f"{marker} {unnamed}", f"{marker} {role}", f"{marker} post={after}")
    others = sum(1 for word in gap if word == "#")
    features.append(f"{side} numbers={min(others, 3)}")
    rank, listed = index.list_place(sentence, mention)
    if listed > 1 and place.listed > 1:
        match = "uneven" if listed != place.listed else "aligned" if rank == place.rank else "crossed"
        features += (f"{side} {match}", f"{match} {role}", match)
    elif place.listed > 1:
        features.append(f"{side} beside a list")
    elif listed > 1:
        features.append(f"{side} listed {min(rank, 2)}")
    return features


def _governed(words: list[str], first: int, low: int) -> tuple[str, str]:
    """The word of comparison that governs a name ("over the best X"), and whether the name stands for others
    ("over existing X")."""
    unnamed = "named"
    for at in range(first - 1, max(low, first - _GOVERNED) - 1, -1):
        word = words[at]
        if word in _COMPARED and word not in ("baseline", "baselines"):
            return f"than={word}", unnamed
        if word == "to" and at > low and words[at - 1] in ("compared", "relative", "respect", "comparison"):
            return "than=compared", unnamed
        if word == "with" and at > low and words[at - 1] in ("compared", "comparison"):
            return "than=compared", unnamed
        if word in _LINKS:
            break
        if word in _UNNAMED:
            unnamed = f"other={word}"
    return "than=none", "free"


def _outside_features(index: FormIndex, place: Place, views: list[MentionView], role: str) -> list[str]:
    context, sentence = index.context, place.sentence
    before = [m for m in views if m.start < sentence.start]
    speech = index.speaks(sentence)
    features = [
        f"away {role}",
        f"away sole={index.sole[role]}",
        f"away anaphor={speech.anaphor} {role}",
        f"away named={speech.named} {role}",
        f"away some={speech.some} {role}",
    ]
    if speech.opening:
        features.append(f"away starts {speech.opening} {role}")
    if before:
        distance = sentence.index - bisect_right(context.sentence_starts, before[-1].start, hi=sentence.index)
        features += (f"away distance={min(distance, 4)}", f"away distance={min(distance, 4)} {role}")
    else:
        features.append("only later")
    return features
