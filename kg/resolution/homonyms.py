"""Homonyms: one form, several things. What tells them apart is the type or the paper that made the name.

A short form that occurs with two types is two things, unless one type is so rare that it is a slip of the
reader. A short form of several senses that a paper leaves open is one thing in that paper only. A word that
is an acronym in one place and an ordinary word of another type elsewhere ("TRACE", "trace") is two things,
and so is a name that two works propose as their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from kg.resolution.forms import form_of, is_name
from kg.resolution.keys import Keys
from kg.types import Mention

__all__ = ["homonyms"]

# Up to this length an acronym of two types is two things ("IOS" the scheduler, "IOS" the router software).
_ACRONYM_CHARS = 4
# A type with less than this share of the papers of the most frequent one is a slip.
_SLIP = 0.15
# A name is several things when at least this share of the works that print it propose it.
_PROPOSED = 0.5
_KIN = frozenset({"method", "model", "task", "tool"})

_Keyed = Iterable[tuple[Mention, str, str]]


def homonyms(keyed: _Keyed, keys: Keys, works: Mapping[str, str]) -> Callable[[Mention, str], str]:
    """A function that gives for a mention and its key what tells it from its homonyms: a type, a work, ""."""
    keyed = list(keyed)
    proposers = _own_names(keyed, keys, works)
    types = _types(keyed)

    def apart(mention: Mention, key: str) -> str:
        if key in proposers and form_of(mention.text).key == key:
            work = works.get(mention.paper_id, mention.paper_id)
            if work in proposers[key]:
                return work
        if form_of(mention.text).key == key and keys.is_ambiguous(key, mention.type):
            return works.get(mention.paper_id, mention.paper_id)
        split = types.get(key)
        return split.get((mention.type, _capital(mention.text)), "") if split else ""

    return apart


def _own_names(keyed: _Keyed, keys: Keys, works: Mapping[str, str]) -> dict[str, set[str]]:
    """Key -> the works that propose a thing under this name, where there are several such things.

    A name in capitals ("DART") is taken for two things already where one work proposes it and one other names
    it, or where others name things of other types so ("RULER" the benchmark and the method); one that was
    coined ("WebArena") is not.
    """
    named: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    proposed: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    capitals: set[str] = set()
    for mention, key, rule in keyed:
        if rule == "normal form" and " " not in mention.text and is_name(mention.text):
            work = works.get(mention.paper_id, mention.paper_id)
            named[key][mention.type].add(work)
            if mention.role == "proposed":
                proposed[key][mention.type].add(work)
                if mention.text.isalpha() and mention.text.rstrip("s").isupper():
                    capitals.add(key)
    found: dict[str, set[str]] = {}
    for key, kinds in proposed.items():
        if keys.is_known(key):
            continue
        for kind, makers in kinds.items():
            users = named[key][kind]
            others = {each for other, seen in named[key].items() if _far(kind, other) for each in seen}
            several = len(users) > 1 and (len(makers) > 1 or key in capitals)
            alone = key in capitals and makers == users and bool(others - makers)
            if (several and len(makers) >= _PROPOSED * len(users)) or alone:
                found.setdefault(key, set()).update(makers)
    return found


def _far(kind: str, other: str) -> bool:
    """Whether two types are not taken for each other: a reader calls a method a model, but no dataset."""
    return kind != other and not {kind, other} <= _KIN


def _types(keyed: _Keyed) -> dict[str, dict[tuple[str, bool], str]]:
    """Key -> (type, capitals) -> the type that stands for them, for keys that are split."""
    papers: dict[str, dict[tuple[str, bool], set[str]]] = defaultdict(lambda: defaultdict(set))
    for mention, key, _ in keyed:
        if " " not in mention.text and form_of(mention.text).key == key:
            papers[key][mention.type, _capital(mention.text)].add(mention.paper_id)
    found = {}
    for key, seen in papers.items():
        if len({kind for kind, _ in seen}) > 1 and (
            len(key) <= _ACRONYM_CHARS or len({capital for _, capital in seen}) > 1
        ):
            found[key] = _split(key, seen)
    return found


def _split(key: str, seen: Mapping[tuple[str, bool], set[str]]) -> dict[tuple[str, bool], str]:
    counts: Counter[str] = Counter()
    by_case: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for (kind, capital), papers in seen.items():
        counts[kind] += len(papers)
        by_case[capital][kind] += len(papers)
    main = _first(counts)
    if len(key) <= _ACRONYM_CHARS:
        kept = {kind for kind in counts if counts[kind] >= _SLIP * counts[main]}
        if len(kept) == 1:
            return {}
        return {each: each[0] if each[0] in kept else main for each in seen}
    upper, lower = _first(by_case[True]), _first(by_case[False])
    if upper == lower:
        return {}
    return {each: upper if each[1] else lower for each in seen}


def _first(counts: Counter[str]) -> str:
    return min(counts, key=lambda kind: (-counts[kind], kind))


def _capital(text: str) -> bool:
    """Whether a form has capitals beyond those of a sentence's beginning."""
    return any(char.isupper() for char in text[1:])
