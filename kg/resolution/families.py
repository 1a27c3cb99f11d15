"""Version families: ``ResNet-50`` is_a ``ResNet``, ``A100`` is_a ``NVIDIA GPU``.

Versions stay entities of their own. A form whose beginning is the name of another entity of the same type,
and whose rest is a version or a size, is linked to it; the table of aliases names further families. Nothing
is invented: the family must be an entity of the collection, and the link says by which rule it was derived.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kg.resolution.aliases import Aliases
from kg.resolution.forms import form_of, is_name, solid
from kg.types import Entity, Family

__all__ = ["SCORES", "families"]

SCORES = {"version of a family": 0.95, "known family": 0.97}
_TYPES = ("dataset", "hardware", "method", "model", "tool")
# Of these types only what is never written as a common noun has versions: "DL8.5" is no "deep learning".
_NAMED = ("method", "tool")
_SIZES = frozenset(
    {"base", "big", "chat", "distilled", "ee", "fast", "flash", "huge", "instruct", "it", "large", "lite"}
    | {"max", "medium", "micro", "mini", "nano", "plus", "pro", "small", "super", "tiny", "turbo", "ultra"}
    | {"verified", "xl", "xlarge", "xs", "xxl", "xxs", *"bhlmsvx"}
)
_VERSION = re.compile(r"[a-z]{0,2}\d+(?:\.\d+)*[a-z]{0,4}(?:/\d+)?|[a-z]/\d+")
_ATTACHED = re.compile(r"(?<=[a-z]{2})(?:[vV]?\d+(?:\.\d+)*)\Z")


def families(entities: Sequence[Entity], key_of: Mapping[str, str], aliases: Aliases) -> tuple[Family, ...]:
    """The derived is_a links, sorted; ``key_of`` maps entity ids to the key that stands for the entity."""
    by_name = _by_name(entities)
    common = frozenset(entity.entity_id for entity in entities if any(map(_common, entity.aliases)))
    found = []
    for entity in entities:
        if entity.type not in _TYPES:
            continue
        parents = [
            (parent, "known family")
            for name in aliases.families.get((key_of[entity.entity_id], entity.type), ())
            if (parent := by_name.get((name, entity.type)))
        ][:1]
        if not parents and (parent := _parent(entity, by_name, common)):
            parents = [(parent, "version of a family")]
        found += [
            Family(head_id=entity.entity_id, kind="is_a", tail_id=parent, rule=rule, score=SCORES[rule])
            for parent, rule in parents
            if parent != entity.entity_id
        ]
    return tuple(sorted(found, key=lambda family: (family.head_id, family.tail_id)))


def _common(alias: str) -> bool:
    """Whether a form is a phrase without any capital."""
    return " " in alias and alias.islower()


def _by_name(entities: Iterable[Entity]) -> dict[tuple[str, str], str]:
    """(key of a name or alias, type) -> the entity of most papers that is called so."""
    found: dict[tuple[str, str], str] = {}
    for entity in sorted(entities, key=lambda each: (-each.papers, each.entity_id)):
        for alias in entity.aliases:
            found.setdefault((form_of(alias).key, entity.type), entity.entity_id)
    return found


def _parent(entity: Entity, by_name: Mapping[tuple[str, str], str], common: frozenset[str]) -> str | None:
    """The nearest family of a version."""
    if not is_name(entity.name) or not any(char.isdigit() or char == "-" for char in entity.name):
        return None
    for shorter in _shorter(form_of(entity.name).words):
        parent = by_name.get((shorter, entity.type))
        if parent and parent != entity.entity_id and not (entity.type in _NAMED and parent in common):
            return parent
    return None


def _shorter(words: tuple[str, ...]) -> Iterable[str]:
    """Keys of a name with its version taken off piece by piece, the longest first.

    >>> list(_shorter(("llama", "3.1", "8b", "instruct")))
    ['llama3.1 8b', 'llama3.1', 'llama']
    >>> list(_shorter(("qwen2.5", "7b")))
    ['qwen2.5', 'qwen']
    """
    kept = list(words)
    while kept:
        last = kept[-1]
        if len(kept) > 1 and (last in _SIZES or _VERSION.fullmatch(last)):
            kept.pop()
            yield solid(tuple(kept))
        elif (attached := _ATTACHED.search(last)) and len(last[: attached.start()]) > 1:
            kept[-1] = last[: attached.start()]
            yield solid(tuple(kept))
        else:
            return
