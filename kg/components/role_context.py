"""What the second look at roles sees: what the first look decided, here and around."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from kg.components.classifier import Floats
from kg.components.reading import Concept, Occurrence, Reading

__all__ = ["context_features"]

_SHORT = "PUBEMTN"  # one letter a role, in the order of kg.components.roles.ROLES
_BUCKETS = (0.02, 0.1, 0.25, 0.45, 0.65, 0.85, 0.97)
_CHANCES = [[f"{letter}={bucket}" for bucket in range(len(_BUCKETS) + 1)] for letter in _SHORT]


def context_features(reading: Reading, chances: Floats) -> list[list[str]]:
    """Features of every concept; ``chances`` are the first look's probabilities, shape (concepts, roles)."""
    best = [_SHORT[place] for place in chances.argmax(axis=1).tolist()]
    rows: list[list[float]] = chances.tolist()
    order = sorted(range(len(best)), key=lambda index: (-rows[index][0], index))
    names = [_name(reading, concept) for concept in reading.concepts]
    around = _Around(
        best=best,
        order=order,
        ranks={index: rank for rank, index in enumerate(order)},
        counts=tuple(best.count(role) for role in _SHORT),
        names=names,
        holders=_holders(names),
        places={id(occurrence): number for number, occurrence in enumerate(reading.occurrences)},
    )
    return [_features(reading, concept, rows, around) for concept in reading.concepts]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What all concepts of a document share: the likeliest roles, the concepts by their chance to be
    proposed and their ranks in that order, how many have a role, their names, the concepts whose names hold
    a word, and the numbers of the occurrences."""

    best: list[str]
    order: list[int]
    ranks: dict[int, int]
    counts: tuple[int, ...]
    names: list[list[str]]
    holders: dict[str, list[int]]
    places: dict[int, int]


def _holders(names: list[list[str]]) -> dict[str, list[int]]:
    """The concepts whose names hold a word."""
    found: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        for word in name:
            found.setdefault(word, []).append(index)
    return found


def _features(reading: Reading, concept: Concept, chances: list[list[float]], around: _Around) -> list[str]:
    own, kind = around.best[concept.index], concept.type
    found = {f"own={own}|{kind}"}
    for names, chance in zip(_CHANCES, chances[concept.index], strict=True):
        found.add(names[_bucket(chance)])
    rank = around.ranks[concept.index]
    found.add(f"rank={min(rank, 4)}|{own}")
    rival = around.order[0 if rank else 1] if len(around.order) > 1 else None
    top = 0.0 if rival is None else chances[rival][0]
    found.add(f"top={_bucket(top)}|{own}|{kind}")
    found.update(_others(around.counts, own))
    found.update(_neighbours(reading, concept, around, own))
    found.update(_alike(concept, around, own))
    return sorted(found)


@lru_cache(maxsize=10_000)
def _others(counts: tuple[int, ...], own: str) -> tuple[str, ...]:
    """How many other concepts have each role."""
    return tuple(
        f"others={letter}{min(3, count - (letter == own))}|{own}"
        for letter, count in zip(_SHORT, counts, strict=True)
    )


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
    for index in {index for word in inside for index in around.holders[word]} - {concept.index}:
        name = around.names[index]
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
