"""What the relation classifier sees: features of the head, of the tail and of the two together.

Scores add up, so features of one concept alone are counted once a concept, not once a pair: prefix ``h:``
as head,
``t:`` as tail, ``hm:`` as head where the tail is the main proposed concept, ``tm:`` as tail where the head
is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.components.coreference import SELF, STAND_INS, stands_in
from kg.components.cues import CUES, cue_of
from kg.components.reading import Concept, Occurrence, Reading
from kg.components.role_features import features_of_all

__all__ = ["Pair", "candidate_pairs", "concept_features", "pair_features"]

_UNARY = (
    "type=",
    "head=",
    "l1=",
    "r1=",
    "l2=",
    "cue-left=",
    "zones=",
    "zone=",
    "list-lead=",
    "title-left=",
    "title-after=",
    "title-name",
    "after-colon",
    "count=",
    "first-in=",
    "shape=",
    "suffix=",
)
_GAP_SIZES = (2, 4, 8, 15)
_NO_END = frozenset({"metric"})
_SORTS = frozenset({"model", "hardware"})
_PREPOSITIONS = frozenset(
    [
        "of",
        "for",
        "in",
        "on",
        "with",
        "by",
        "via",
        "using",
        "from",
        "to",
        "into",
        "over",
        "than",
        "through",
        "and",
        "as",
        "is",
        "are",
        "such",
        "like",
    ]
)


class Pair(NamedTuple):
    """A candidate: ``meetings`` are the nearest joint occurrences (head's, tail's), in one sentence."""

    head: int
    tail: int
    meetings: tuple[tuple[Occurrence, Occurrence], ...]


def concept_features(reading: Reading, concept: Concept, role: str) -> list[str]:
    """Features of one concept on its own, without prefix."""
    kept = [name for name in features_of_all(reading)[concept.index] if name.startswith(_UNARY)]
    kept += [f"role={role}", f"role={role}|{concept.type}"]
    for occurrence in concept.occurrences:
        low = reading.bounds[occurrence.sentence]
        before = reading.words[low : occurrence.start]
        if not SELF.isdisjoint(before):
            verb = next((word for word in reversed(before) if word in CUES), "none")
            kept.append(f"self={verb}|{concept.type}")
            kept.append(f"self|{role}")
    return list(dict.fromkeys(kept))


def candidate_pairs(reading: Reading, roles: Sequence[str], main: int | None) -> list[Pair]:
    """Ordered pairs that may be related.

    They meet, or one is proposed, or their last word is the same, or the tail is what the work is about and
    the head of its kind.
    """
    meetings = _meetings(reading, main)
    usable = [concept for concept in reading.concepts if concept.type not in _NO_END]
    last = {concept.index: _name(reading, concept)[-1] for concept in usable}
    central = {index for index in last if index == main or roles[index] == "proposed"}
    pairs = []
    for head in usable:
        for tail in usable:
            if head is tail:
                continue
            met = meetings.get((head.index, tail.index), ())
            if (
                met
                or head.index in central
                or tail.index in central
                or last[head.index] == last[tail.index]
                or _aimed_at(reading, head, tail, roles[tail.index])
            ):
                pairs.append(Pair(head=head.index, tail=tail.index, meetings=tuple(met)))
    return pairs


def _aimed_at(reading: Reading, head: Concept, tail: Concept, role: str) -> bool:
    """Whether the tail is the target or in the title, and the head its sort or a way to it."""
    titled = tail.occurrences[0].start < reading.title
    if head.type == tail.type:
        return titled or (role == "target" and head.type in _SORTS)
    return titled and role == "target"


def _meetings(
    reading: Reading, main: int | None
) -> dict[tuple[int, int], list[tuple[Occurrence, Occurrence]]]:
    """The nearest joint occurrence of each ordered pair in each sentence, the two nearest of all of them."""
    found: dict[tuple[int, int], dict[int, tuple[int, Occurrence, Occurrence]]] = {}
    by_sentence: dict[int, list[Occurrence]] = {}
    for occurrence in reading.occurrences:
        by_sentence.setdefault(occurrence.sentence, []).append(occurrence)
    if main is not None:
        for sentence, group in by_sentence.items():
            by_sentence[sentence] = _with_stand_in(reading, group, main)
    for sentence, group in by_sentence.items():
        for place, left in enumerate(group):
            for right in group[place + 1 :]:
                if left.concept == right.concept:
                    continue
                gap = right.start - left.end
                for head, tail in ((left, right), (right, left)):
                    nearest = found.setdefault((head.concept, tail.concept), {})
                    if sentence not in nearest or gap < nearest[sentence][0]:
                        nearest[sentence] = (gap, head, tail)
    return {
        pair: [(head, tail) for _, head, tail in sorted(nearest.values(), key=lambda item: item[0])[:2]]
        for pair, nearest in found.items()
    }


def _with_stand_in(reading: Reading, group: list[Occurrence], main: int) -> list[Occurrence]:
    """The mentions of a sentence, its first "we", "it", "the framework" being the main concept if unnamed."""
    sentence = group[0].sentence
    if reading.bounds[sentence] < reading.title or any(occurrence.concept == main for occurrence in group):
        return group
    high = reading.bounds[sentence + 1]
    for place in range(reading.bounds[sentence], high):
        if stands_in(reading.words, place, high):
            span = reading.concepts[main].occurrences[0].span
            stand_in = Occurrence(concept=main, start=place, end=place + 1, sentence=sentence, span=span)
            return sorted([*group, stand_in], key=lambda occurrence: occurrence.start)
    return group


def _name(reading: Reading, concept: Concept) -> list[str]:
    first = concept.occurrences[0]
    return reading.words[first.start : first.end]


def pair_features(reading: Reading, pair: Pair, roles: Sequence[str], main: int | None) -> list[str]:
    """Features of a pair, without those of its ends alone."""
    head, tail = reading.concepts[pair.head], reading.concepts[pair.tail]
    types = f"{head.type}>{tail.type}"
    parts = f"{roles[pair.head]}>{roles[pair.tail]}"
    focus = "head" if pair.head == main else "tail" if pair.tail == main else "none"
    if not pair.meetings:
        away = min([abs(a.sentence - b.sentence) for a in head.occurrences for b in tail.occurrences])
        return [*_ends(types, parts, focus), *_names(reading, head, tail), *_apart(types, parts, focus, away)]
    found = [*_ends(types, parts, focus), *_names(reading, head, tail)]
    found.append(f"meetings={len(pair.meetings)}|{focus}")
    for rank, (one, other) in enumerate(pair.meetings):
        found += _meeting(reading, (one, other), types, parts, first=rank == 0)
    return found


@lru_cache(maxsize=20_000)  # there are few; names made once are also found faster
def _ends(types: str, parts: str, focus: str) -> tuple[str, ...]:
    own = (types, parts, f"{types}|{parts}")
    return (*own, f"main={focus}", f"main={focus}|{types}", f"main={focus}|{parts}")


@lru_cache(maxsize=20_000)
def _apart(types: str, parts: str, focus: str, away: int) -> tuple[str, ...]:
    return f"apart={min(away, 3)}|{focus}", f"apart|{types}", f"apart|{parts}"


def _names(reading: Reading, head: Concept, tail: Concept) -> list[str]:
    shared = _shared_words(_name(reading, head), _name(reading, tail))
    return [shared, f"{shared}|{head.type}>{tail.type}"] if shared else []


def _shared_words(head: list[str], tail: list[str]) -> str:
    """How two names share words, empty where they do not."""
    a, b = len(head), len(tail)
    if b < a:
        if head[-b:] == tail:
            return "head-ends-with-tail"
        if set(tail) <= set(head):
            return "head-holds-tail"
    elif a < b:
        if tail[-a:] == head:
            return "tail-ends-with-head"
        if set(head) <= set(tail):
            return "tail-holds-head"
    return "same-last-word" if head[-1] == tail[-1] else ""


def _meeting(
    reading: Reading, pair: tuple[Occurrence, Occurrence], types: str, parts: str, *, first: bool
) -> list[str]:
    one, other = pair
    side = ">" if one.start < other.start else "<"
    left, right = (one, other) if side == ">" else (other, one)
    words = reading.words
    if left.start < reading.title:
        side = f"T{side}"
    gap = _gap(reading, left.end, right.start)
    between, classes, last = gap.words, gap.classes, gap.last
    low, high = reading.bounds[left.sentence], reading.bounds[left.sentence + 1]
    before = words[left.start - 1] if left.start > low else "^"
    after = words[right.end] if right.end < high else "$"
    found = [f"gap={side}{gap.size}", f"gap={side}{gap.size}|{types}"]
    for word in (words[left.start], words[right.start]):
        if word in STAND_INS:
            found += [f"stand-in={side}", f"stand-in={side}|{types}", f"stand-in={side}|{parts}"]
            found.append(f"stand-in={side}{word}")
    found.append(f"mentions={side}{min(gap.mentions, 4)}")
    if len(between) <= 5:
        phrase = " ".join(between)
        found += [f"phrase={side}{phrase}", f"phrase={side}{phrase}|{types}"]
    found += [f"cue={side}{word}" for word in gap.cues[:6]]
    found += [f"cues={side}{classes}|{types}", f"cues={side}{classes}|{parts}"]
    found += [f"last={side}{last}|{types}", f"last={side}{last}|{parts}", f"turn={side}{gap.opening}-{last}"]
    if between:
        found += [f"ends={side}{between[0]}_{between[-1]}", f"near={side}{' '.join(between[-2:])}"]
        found.append(f"begin={side}{' '.join(between[:2])}")
    if first:
        found += [f"before={side}{before}", f"after={side}{after}", f"before={side}{before}|{types}"]
        lead = next((word for word in reversed(words[low : left.start]) if word in CUES), "none")
        found += [f"lead={side}{lead}", f"lead={side}{cue_of(lead)}-{classes}"]
    return found


class _Gap(NamedTuple):
    """What stands between two mentions: the words (other mentions made one ``#`` each), how many mentions,
    the cue words, the classes of the last three, the first and the last word that says how to read on."""

    words: list[str]
    mentions: int
    size: int
    cues: list[str]
    classes: str
    opening: str
    last: str


@lru_cache(maxsize=256)  # a pair is asked for in both directions
def _gap(reading: Reading, start: int, end: int) -> _Gap:
    words: list[str] = []
    mentions = 0
    for place in range(start, end):
        if place not in reading.inside:
            words.append(reading.words[place])
        elif not words or words[-1] != "#":
            words.append("#")
            mentions += 1
    cues = [word for word in words if word in CUES]
    turns = [word for word in words if word in _PREPOSITIONS or word in CUES] or ["none"]
    return _Gap(
        words=words,
        mentions=mentions,
        size=bisect_right(_GAP_SIZES, len(words)),
        cues=cues,
        classes="+".join(dict.fromkeys(cue_of(word) for word in cues[-3:])),
        opening=turns[0],
        last=turns[-1],
    )
