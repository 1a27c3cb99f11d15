"""What the second look at roles sees: what the first look decided, here and around."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from kg.components.classifier import Floats
from kg.components.reading import Concept, Occurrence, Reading

__all__ = ["context_features"]

_SHORT = "PUBEMTN"  # one letter a role, in the order of kg.components.roles.ROLES
_BUCKETS = (0.02, 0.1, 0.25, 0.45, 0.65, 0.85, 0.97)


def context_features(reading: Reading, chances: Floats) -> list[list[str]]:
    """Features of every concept; ``chances`` are the first look's probabilities, shape (concepts, roles)."""
    best = [_SHORT[place] for place in chances.argmax(axis=1).tolist()]
    rows: list[list[float]] = chances.tolist()
    around = _Around(
        best=best,
        order=sorted(range(len(best)), key=lambda index: (-rows[index][0], index)),
        counts={role: best.count(role) for role in _SHORT},
        names=[_name(reading, concept) for concept in reading.concepts],
        places={id(occurrence): number for number, occurrence in enumerate(reading.occurrences)},
    )
    return [_features(reading, concept, rows, around) for concept in reading.concepts]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What all concepts of a document share: the likeliest roles, the concepts by their chance to be
    proposed, how many have a role, their names, and the numbers of the occurrences."""

    best: list[str]
    order: list[int]
    counts: dict[str, int]
    names: list[list[str]]
    places: dict[int, int]


def _features(reading: Reading, concept: Concept, chances: list[list[float]], around: _Around) -> list[str]:
    own, kind = around.best[concept.index], concept.type
    found = {f"own={own}|{kind}"}
    for letter, chance in zip(_SHORT, chances[concept.index], strict=True):
        found.add(f"{letter}={_bucket(chance)}")
    found.add(f"rank={min(around.order.index(concept.index), 4)}|{own}")
    rival = next((index for index in around.order if index != concept.index), None)
    top = 0.0 if rival is None else chances[rival][0]
    found.add(f"top={_bucket(top)}|{own}|{kind}")
    for letter in _SHORT:
        others = around.counts[letter] - (letter == own)
        found.add(f"others={letter}{min(3, others)}|{own}")
    found.update(_neighbours(reading, concept, around, own))
    found.update(_alike(concept, around, own))
    return sorted(found)


def _bucket(chance: float) -> int:
    return bisect_left(_BUCKETS, chance)


def _neighbours(reading: Reading, concept: Concept, around: _Around, own: str) -> set[str]:
    found: set[str] = set()
    for occurrence in concept.occurrences:
        number = around.places[id(occurrence)]
        for step, side in ((-1, "before"), (1, "after")):
            if not 0 <= number + step < len(reading.occurrences):
                continue
            other = reading.occurrences[number + step]
            if other.sentence != occurrence.sentence or other.concept == concept.index:
                continue
            role, between = around.best[other.concept], _between(reading, occurrence, other)
            found.add(f"{side}={role}|{own}")
            found.add(f"{side}={role}|{between}")
            found.add(f"{side}={role}|{between}|{concept.type}={reading.concepts[other.concept].type}")
    return found


def _between(reading: Reading, one: Occurrence, other: Occurrence) -> str:
    low, high = min(one.end, other.end), max(one.start, other.start)
    return " ".join(reading.words[low:high]) if high - low <= 2 else "far"


def _alike(concept: Concept, around: _Around, own: str) -> set[str]:
    """Roles of the concepts that share the last word or lie within the name."""
    words = around.names[concept.index]
    inside = set(words)
    found = set()
    for index, name in enumerate(around.names):
        if index == concept.index:
            continue
        if name[-1] == words[-1]:
            found.add(f"same-head={around.best[index]}|{own}")
        if len(name) < len(words) and inside.issuperset(name):
            found.add(f"contains={around.best[index]}|{own}")
        if len(name) > len(words) and inside.issubset(name):
            found.add(f"within={around.best[index]}|{own}")
    return found


def _name(reading: Reading, concept: Concept) -> list[str]:
    first = concept.occurrences[0]
    return reading.words[first.start : first.end]
