"""Which things of one build are which things of another, where their ids may differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Keys", "Match", "match"]

Keys = Mapping[str, frozenset[Hashable]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Ids that belong together: one and one are the same thing, none and one a new one, two and one a merged
    one, one and two a split one."""

    old: tuple[str, ...]
    new: tuple[str, ...]


def match(tiers: Sequence[tuple[Keys, Keys]]) -> list[Match]:
    """Joins what shares a key: ``tiers`` are the keys by id in the old and the new build, the surest first.

    What a tier joins, later ones leave alone. Keys that would join more than two things that are apart on
    both sides ("Editorial" stands for many works) join nothing, but in the first tier.
    """
    found: list[Match] = []
    rest_old = sorted({identifier for old, _ in tiers for identifier in old})
    rest_new = sorted({identifier for _, new in tiers for identifier in new})
    for number, (old, new) in enumerate(tiers):
        groups = _joined(rest_old, rest_new, old, new)
        if number:
            groups = [each for each in groups if len(each.old) == 1 or len(each.new) == 1]
        found += groups
        taken_old = {identifier for each in groups for identifier in each.old}
        taken_new = {identifier for each in groups for identifier in each.new}
        rest_old = [identifier for identifier in rest_old if identifier not in taken_old]
        rest_new = [identifier for identifier in rest_new if identifier not in taken_new]
    found += [Match(old=(identifier,), new=()) for identifier in rest_old]
    found += [Match(old=(), new=(identifier,)) for identifier in rest_new]
    return found


def _joined(old_ids: Iterable[str], new_ids: Iterable[str], old: Keys, new: Keys) -> list[Match]:
    """Groups of ids with a key in common, of those on both sides."""
    by_key: dict[Hashable, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, (ids, keys) in enumerate(((old_ids, old), (new_ids, new))):
        for identifier in ids:
            for key in keys.get(identifier, ()):
                by_key[key][side].append(identifier)
    parent: dict[tuple[int, str], tuple[int, str]] = {}

    def root(node: tuple[int, str]) -> tuple[int, str]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for olds, news in by_key.values():
        if olds and news:
            nodes = [*((0, identifier) for identifier in olds), *((1, identifier) for identifier in news)]
            for node in nodes[1:]:
                one, other = sorted((root(nodes[0]), root(node)))
                parent[other] = one
    groups: dict[tuple[int, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for node in sorted(parent):
        groups[root(node)][node[0]].append(node[1])
    return [Match(old=tuple(sorted(olds)), new=tuple(sorted(news))) for olds, news in groups.values()]
