"""What the second look at roles sees: what the first look decided, here and around."""

from __future__ import annotations

from kg.components.classifier import Floats
from kg.components.reading import Concept, Occurrence, Reading

__all__ = ["context_features"]

_SHORT = "PUBEMTN"  # one letter a role, in the order of kg.components.roles.ROLES
_BUCKETS = (0.02, 0.1, 0.25, 0.45, 0.65, 0.85, 0.97)


def context_features(reading: Reading, chances: Floats) -> list[list[str]]:
    """Features of every concept; ``chances`` are the first look's probabilities, shape (concepts, roles)."""
    best = [_SHORT[int(row.argmax())] for row in chances]
    order = sorted(range(len(best)), key=lambda index: (-chances[index, 0], index))
    ranks = {index: rank for rank, index in enumerate(order)}
    counts = {role: best.count(role) for role in _SHORT}
    return [
        _features(reading, concept, chances, best, (ranks[concept.index], counts))
        for concept in reading.concepts
    ]


def _features(
    reading: Reading, concept: Concept, chances: Floats, best: list[str], places: tuple[int, dict[str, int]]
) -> list[str]:
    rank, counts = places
    own, kind = best[concept.index], concept.type
    row = chances[concept.index]
    found = {f"own={own}|{kind}"}
    for letter, chance in zip(_SHORT, row, strict=True):
        found.add(f"{letter}={_bucket(float(chance))}")
    found.add(f"rank={min(rank, 4)}|{own}")
    top = float(max((chances[i, 0] for i in range(len(best)) if i != concept.index), default=0.0))
    found.add(f"top={_bucket(top)}|{own}|{kind}")
    for letter in _SHORT:
        others = counts[letter] - (letter == own)
        found.add(f"others={letter}{min(3, others)}|{own}")
    found.update(_neighbours(reading, concept, best, own))
    found.update(_alike(reading, concept, best, own))
    return sorted(found)


def _bucket(chance: float) -> int:
    return sum(chance > limit for limit in _BUCKETS)


def _neighbours(reading: Reading, concept: Concept, best: list[str], own: str) -> set[str]:
    found: set[str] = set()
    places = {id(occurrence): number for number, occurrence in enumerate(reading.occurrences)}
    for occurrence in concept.occurrences:
        number = places[id(occurrence)]
        for step, side in ((-1, "before"), (1, "after")):
            if not 0 <= number + step < len(reading.occurrences):
                continue
            other = reading.occurrences[number + step]
            if other.sentence != occurrence.sentence or other.concept == concept.index:
                continue
            role, between = best[other.concept], _between(reading, occurrence, other)
            found.add(f"{side}={role}|{own}")
            found.add(f"{side}={role}|{between}")
            found.add(f"{side}={role}|{between}|{concept.type}={reading.concepts[other.concept].type}")
    return found


def _between(reading: Reading, one: Occurrence, other: Occurrence) -> str:
    low, high = min(one.end, other.end), max(one.start, other.start)
    return " ".join(reading.words[low:high]) if high - low <= 2 else "far"


def _alike(reading: Reading, concept: Concept, best: list[str], own: str) -> set[str]:
    """Roles of the concepts that share the last word or lie within the name."""
    words = _name(reading, concept)
    found = set()
    for other in reading.concepts:
        if other.index == concept.index:
            continue
        name = _name(reading, other)
        if name[-1] == words[-1]:
            found.add(f"same-head={best[other.index]}|{own}")
        if len(name) < len(words) and set(name) <= set(words):
            found.add(f"contains={best[other.index]}|{own}")
        if len(name) > len(words) and set(words) <= set(name):
            found.add(f"within={best[other.index]}|{own}")
    return found


def _name(reading: Reading, concept: Concept) -> list[str]:
    first = concept.occurrences[0]
    return reading.words[first.start : first.end]
