"""Features that tell a result from a setting, a size, a date or a background figure, and its predicate."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.components.claim_context import ClaimContext, MentionView
from kg.components.quantities import Quantity
from kg.components.units import unit_kind

__all__ = ["claim_features", "direction_features", "possible_predicates"]

_LEFT, _RIGHT = 8, 7
_DIRECTIONS = {
    "spend": "consume consumes consuming consumed incur incurs incurring cost costs costing expense require "
    "requires requiring need needs occupies occupying occupy sacrificing takes draws",
    "lose": "penalty degradation drop loss losses overhead overheads slower worse",
    "save": "reduce reduces reducing reduced reduction reductions save saves saving savings cut cuts cutting "
    "lower lowers lowering decrease decreases decreasing decreased fewer less smaller shrinks eliminates "
    "mitigates removes",
    "gain": "improve improves improving improved improvement improvements increase increases increasing "
    "boost boosts boosting higher faster better speedup speedups speed speeds accelerate accelerates "
    "accelerating acceleration gain gains outperform outperforms outperforming surpasses surpassing exceeds "
    "enhances raises",
    "reach": "achieve achieves achieving achieved reach reaches reaching attain attains attaining yields "
    "obtain obtains obtaining delivers delivering reports records scores sustains operates runs",
}
_DIRECTION = {word: name for name, words in _DIRECTIONS.items() for word in words.split()}
_SPENDING = frozenset(_DIRECTIONS["spend"].split()) - {"expense", "sacrificing"}
_FILLERS = frozenset(["a", "an", "the", "only", "just", "merely"])
_ADDED = frozenset(["extra", "additional", "area", "overhead"])
_FEWER = frozenset(["fewer", "less", "lower"])
_MORE = frozenset(["more", "higher", "better", "greater", "larger"])
_COMPARING = _FEWER | _MORE | frozenset([
    "by", "faster", "from", "improvement", "over", "reduce", "reduced", "reduces", "reducing",
    "reduction", "saves", "saving",
])  # fmt: skip
_LIMITING = frozenset([
    "below", "bottleneck", "degrade", "degraded", "degrades", "despite", "drop", "dropped", "dropping",
    "drops", "fail", "failed", "fails", "fall", "falls", "few", "just", "limit", "limited", "limiting",
    "limits", "lowest", "merely", "only", "poor", "restrict", "restricted", "restricts", "struggle",
    "struggles", "suffer", "suffers", "worse",
])  # fmt: skip
_UNLIMITED = ("achieves", "improves", "reduces", "costs")
_RELATIVE = frozenset(["%", "x", "pp", "points", ""])
_COST_WORD = re.compile(
    r"area|cost|cycles|degradation|delay|drop|energy|error|flops|gates|latency|loss|luts|memory|overhead|parameters"
    r"|power|resource|storage|time|tokens|traffic"
)
_DIRECTION_REACH = 8
_CLAUSE_ENDS = frozenset(["and", "while", "with", "but", "when", "at", "#"])


def claim_features(context: ClaimContext, quantity: Quantity) -> list[str]:
    """Named binary features of a quantity in its sentence (distinct, in a fixed order)."""
    sentence = context.sentence_of(quantity)
    words = context.words
    begin, stop = context.word_at(quantity.core), context.word_at(quantity.end)
    left = words[max(sentence.first, begin - _LEFT) : begin][::-1]
    right = words[stop : min(sentence.last, stop + _RIGHT)]
    kind = unit_kind(quantity.unit)
    features = ["bias", f"u={kind}", f"U={quantity.unit}", f"form={quantity.form}", f"b={quantity.bound}"]
    features += _number_features(context, quantity, kind)
    for place, word in enumerate(left[:3], 1):
        features += (f"l{place}={word}", f"{kind}l{place}={word}")
    for place, word in enumerate(right[:3], 1):
        features += (f"r{place}={word}", f"{kind}r{place}={word}")
    if len(left) > 1:
        features.append(f"ll={left[1]}_{left[0]}")
    if len(right) > 1:
        features.append(f"rr={right[0]}_{right[1]}")
    features += [f"L:{word}" for word in left]
    features += [f"R:{word}" for word in right]
    features += [f"S:{word}" for word in words[sentence.first : sentence.last] if len(word) > 1]
    features += _place_features(context, quantity, kind)
    features += _mention_features(context, quantity)
    return list(dict.fromkeys(features))


def direction_features(context: ClaimContext, quantity: Quantity) -> list[str]:
    """The nearest words of spending, loss, saving, gain or level before the number, and after it in its
    clause."""
    sentence = context.sentence_of(quantity)
    words = context.words
    begin, stop = context.word_at(quantity.core), context.word_at(quantity.end)
    before = _direction(words[max(sentence.first, begin - 2 * _DIRECTION_REACH) : begin][::-1], {"#"})
    after = _direction(words[stop : min(sentence.last, stop + _DIRECTION_REACH)], _CLAUSE_ENDS)
    kind = unit_kind(quantity.unit)
    to = begin > sentence.first and words[begin - 1] == "to"
    return [f"dl={before}", f"dr={after}", f"{kind}d={before}|{after}", f"to={to}|{before}|{after}"]


def possible_predicates(context: ClaimContext, quantity: Quantity) -> tuple[str, ...]:
    """What a claim can say by the words right beside its number; empty where they leave it open.

    Shares of such results in annotated abstracts: see the comments.
    """
    sentence = context.sentence_of(quantity)
    words = context.words
    begin, stop = context.word_at(quantity.start), context.word_at(quantity.end)
    left, right = words[sentence.first : begin], words[stop : sentence.last]
    at = len(left) - 1
    while at > 0 and left[at] in _FILLERS:
        at -= 1
    direction_after = _direction(right[:_DIRECTION_REACH], _CLAUSE_ENDS)
    if at >= 0 and left[at] in _SPENDING:
        return () if direction_after == "save" else ("costs",)  # 67 of 70
    relative = quantity.unit in _RELATIVE
    if relative and left and right and right[0] in _ADDED and (left[-1] == "with" or left[-2:-1] == ["with"]):
        return ("costs",)  # 14 of 14
    if relative and left[-1:] == ["("] and left[-2:-1] and left[-2] in _FEWER:
        return ("reduces",)
    if relative and right and right[0] in _MORE and not any(_COST_WORD.match(word) for word in right[1:5]):
        return ("improves",)  # 104 of 116
    if quantity.unit and not relative and _COMPARING.isdisjoint(left[-4:] + right[:3]):
        return ("achieves", "costs")  # 664 of 682
    return () if not _LIMITING.isdisjoint(left + right) else _UNLIMITED


def _direction(words: list[str], ends: Collection[str]) -> str:
    """The direction of the first word that has one, among so many words (no signs) up to an end."""
    seen = 0
    for word in words:
        if word in _DIRECTION:
            return _DIRECTION[word]
        seen += word[0].isalpha()
        if word in ends or seen == _DIRECTION_REACH:
            break
    return "none"


def _number_features(context: ClaimContext, quantity: Quantity, kind: str) -> list[str]:
    printed = context.plain.text[quantity.core : quantity.end]
    digits = printed.rstrip("%xX").partition(".")
    decimals = len(digits[2].split(" ")[0]) if digits[1] else 0
    high = abs(quantity.high)
    size = (
        "0" if high == 0 else "1" if high == 1 else next((f"<{s}" for s in (1, 10, 100) if high < s), ">100")
    )
    year = kind == "plain" and 1950 <= quantity.low <= 2035 and float(quantity.low).is_integer()
    features = [
        f"dec={min(decimals, 4)}",
        f"size={size}",
        f"{kind}dec={min(decimals, 4)}",
        f"{kind}size={size}",
    ]
    if year:
        features.append("year")
    if printed[:1] in "+-":
        features.append(f"sign={printed[0]}")
    if quantity.form == "word":
        features.append(f"word={printed.lower()}")
    before = context.plain.text[max(0, quantity.start - 1) : quantity.start]
    after = context.plain.text[quantity.end : quantity.end + 1]
    if before and before in "([=@/:":
        features.append(f"before={before}")
    if after and after in ")]/-:":
        features.append(f"after={after}")
    return features


def _place_features(context: ClaimContext, quantity: Quantity, kind: str) -> list[str]:
    sentence = context.sentence_of(quantity)
    total = len(context.sentences)
    tenth = min(9, 10 * sentence.index // max(1, total))
    features = [f"tenth={tenth}"]
    if quantity.core < context.title_end:
        features.append("title")
    if sentence.index == total - 1:
        features.append("last sentence")
    ours = context.first_ours <= sentence.end
    features.append(f"ours={ours}")
    features.append(f"{kind}ours={ours}")
    near = [q for q in context.quantities if sentence.start <= q.core < sentence.end and q is not quantity]
    features.append(f"near={min(len(near), 5)}")
    for other in near:
        gap = other.start - quantity.end if other.core > quantity.core else quantity.start - other.end
        if gap < 8:
            overlap = "overlaps" if gap < 0 else "next to"
            features.append(f"{overlap} {_side(other, quantity)} {unit_kind(other.unit)} {kind}")
    if quantity.form in ("single", "to") and any(
        other.form == "to" or quantity.form == "to" for other in near
    ):
        features.append(f"alternative={_alternative(near, quantity)}")
    return features


def _side(other: Quantity, quantity: Quantity) -> str:
    return "left" if other.core < quantity.core else "right"


def _alternative(near: list[Quantity], quantity: Quantity) -> str:
    """The part this quantity plays in "A to B": the whole, its first or its second number."""
    if quantity.form == "to":
        return "whole"
    for other in near:
        if other.form == "to" and other.start <= quantity.core and quantity.end <= other.end:
            return "first" if quantity.core == other.core else "second"
    return "none"


def _mention_features(context: ClaimContext, quantity: Quantity) -> list[str]:
    sentence = context.sentence_of(quantity)
    features = []
    labels: dict[str, None] = {}
    for mention in context.mentions_in(sentence):
        labels[f"has {mention.label}"] = None
        if mention.start <= quantity.core < mention.end:
            features.append(f"in {mention.label}")
        elif mention.end <= quantity.start:
            features += _beside("left", mention, quantity.start - mention.end)
        elif mention.start >= quantity.end:
            features += _beside("right", mention, mention.start - quantity.end)
    return [*labels, *features]


def _beside(side: str, mention: MentionView, gap: int) -> list[str]:
    return [f"{side} {mention.label} {'touching' if gap <= 2 else 'near'}"] if gap <= 16 else []
