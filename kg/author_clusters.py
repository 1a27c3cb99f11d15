"""Joining places of bylines into people, the surest first, and never against a contradiction.

A group of places is one person as long as no two of its names contradict each other, no byline names it
twice, and its ORCIDs are one: a chain A, B, C where A contradicts C stops at the weaker link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.author_evidence import Signed
from kg.person_names import PersonName, relation

__all__ = ["Clusters", "Join"]

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """A proposal that two places are one person's; the surest cost least."""

    cost: float
    one: Place
    other: Place
    rule: str
    score: float


class Clusters:
    """A partition of places. Every place begins alone."""

    def __init__(self, works: Sequence[Signed]) -> None:
        self._works = works
        self._parent: dict[Place, Place] = {}
        self._groups: dict[Place, _Group] = {}  # of more than one place, by root
        self.reasons: dict[Place, Join] = {}

    def root(self, place: Place) -> Place:
        """The place that stands for all places of its person so far."""
        parent = self._parent
        while (above := parent.get(place, place)) != place:
            parent[place] = parent.get(above, above)
            place = above
        return place

    def groups(self) -> list[list[Place]]:
        """The places of each person, in order."""
        found = [sorted(group.places) for group in self._groups.values()]
        found += [
            [place]
            for number, work in enumerate(self._works)
            for place in ((number, position) for position in range(len(work.names)))
            if place not in self._groups and place not in self._parent
        ]
        return sorted(found)

    def join(self, joins: Iterable[Join]) -> None:
        """Makes the joins in their order, as far as nothing contradicts them."""
        for each in sorted(joins, key=lambda join: (join.cost, join.one, join.other)):
            one, other = self.root(each.one), self.root(each.other)
            if one != other and not self.contradict(one, other):
                self._unite(one, other, each)

    def contradict(self, one: Place, other: Place) -> bool:
        """Whether the people of two roots cannot be one."""
        mine, theirs = self._group(one), self._group(other)
        if len(mine.orcids | theirs.orcids) > 1 or not mine.works.isdisjoint(theirs.works):
            return True
        if mine.orcids and theirs.orcids:
            return False
        if mine.names == theirs.names:
            return False
        return any(relation(a, b) is None for a in mine.names.values() for b in theirs.names.values())

    def _group(self, root: Place) -> _Group:
        if root in self._groups:
            return self._groups[root]
        work, position = self._works[root[0]], root[1]
        name, orcid = work.names[position], work.orcids[position]
        return _Group(
            places=[root], names={name.key: name}, works={root[0]}, orcids={orcid} if orcid else set()
        )

    def _unite(self, one: Place, other: Place, why: Join) -> None:
        """The smaller group goes to the larger; of equals the later one.

        Its places keep the reason: that of another name goes before that of the same name on another paper.
        """
        kept, gone = self._group(one), self._group(other)
        if len(kept.places) < len(gone.places) or (len(kept.places) == len(gone.places) and other < one):
            one, other, kept, gone = other, one, gone, kept
        foreign = kept.names.keys().isdisjoint(gone.names)
        for place in gone.places:
            if foreign or place not in self.reasons:
                self.reasons[place] = why
        self._parent[other] = one
        self._groups.pop(other, None)
        self._groups[one] = kept
        kept.places += gone.places
        kept.names |= gone.names
        kept.works |= gone.works
        kept.orcids |= gone.orcids


@dataclass(slots=True, kw_only=True)
class _Group:
    """The places of one person, and what must not contradict itself among them."""

    places: list[Place]
    names: dict[str, PersonName]
    works: set[int]
    orcids: set[str]
