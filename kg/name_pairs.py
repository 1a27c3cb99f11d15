"""Which different names of a collection may be one person's: the pairs worth comparing, and how they relate.

Names meet in small blocks (one family name and one letter, one spelling, ...), so no pair of unrelated names
is looked at. Initials, of which a block may hold thousands, only meet names with which they share somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.nicknames import NICKNAMES
from kg.person_names import PersonName, Relation, is_east_asian, relation

__all__ = ["name_pairs"]

_Company = Callable[[str], frozenset[str]]
_LARGEST_BLOCK = 60
_FAMILY_BEGINNING = 4


def name_pairs(
    names: Mapping[str, PersonName], company: _Company
) -> Iterator[tuple[PersonName, PersonName, Relation]]:
    """Pairs of different names that may be one person's, by key, each once.

    ``names`` maps the keys to their names; ``company`` gives for a key what else stands around it (shortened
    co-authors, words of addresses).
    """
    seen: set[tuple[str, str]] = set()
    for one, other in _candidates(names, company):
        pair = (one, other) if one < other else (other, one)
        if one == other or pair in seen:
            continue
        seen.add(pair)
        found = relation(names[one], names[other])
        if found is not None:
            yield names[pair[0]], names[pair[1]], found


def _candidates(names: Mapping[str, PersonName], company: _Company) -> Iterator[tuple[str, str]]:
    ordered = sorted(names)
    for index in (_joined, _first_and_family, _spelt_out, _without_particles, _beginnings):
        blocks: dict[str, list[str]] = defaultdict(list)
        for key in ordered:
            for block in index(names[key]):
                blocks[block].append(key)
        for _, found in sorted(several for several in blocks.items() if len(several[1]) > 1):
            keys = found[:_LARGEST_BLOCK]
            yield from ((one, other) for at, one in enumerate(keys) for other in keys[at + 1 :])
    for key in ordered:
        yield from ((key, other) for other in _rewritten(names[key]) if other in names)
    yield from _with_company(names, company)


def _joined(name: PersonName) -> Iterable[str]:
    return (name.joined,) if name.given else ()


def _first_and_family(name: PersonName) -> Iterable[str]:
    if not name.is_full:
        return ()
    forms = NICKNAMES.get(name.given[0], frozenset()) if not is_east_asian(name) else frozenset()
    return [f"{form} {name.family}" for form in (name.given[0], *sorted(forms))]


def _spelt_out(name: PersonName) -> Iterable[str]:
    if not name.is_full:
        return ()
    return [f"{name.given[0]} {form}" for form in sorted({name.family, name.spelt_out, name.skeleton})]


def _without_particles(name: PersonName) -> Iterable[str]:
    return (f"{name.given[0]} {name.core}",) if name.is_full else ()


def _beginnings(name: PersonName) -> Iterable[str]:
    """Compound family names: one given name, and family names that begin alike."""
    if not name.is_full or is_east_asian(name) or len(name.family) <= _FAMILY_BEGINNING:
        return ()
    return (f"{''.join(name.given)} {name.family[:_FAMILY_BEGINNING]}",)


def _rewritten(name: PersonName) -> Iterable[str]:
    """The keys of a name in the other order, and without its second family name."""
    if name.is_full:
        yield f"{name.family} {''.join(name.given)}"
    if len(name.given) > 1:
        yield f"{''.join(name.given[:-1])} {name.given[-1]}"


def _with_company(names: Mapping[str, PersonName], company: _Company) -> Iterator[tuple[str, str]]:
    """Names of one family and first letter, of which one is an initial, that share somebody."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in sorted(names):
        name = names[key]
        if name.given:
            for family in sorted({name.skeleton, name.core}):
                blocks[f"{name.given[0][0]} {family}"].append(key)
    for block in sorted(blocks):
        keys = blocks[block]
        short = [key for key in keys if not names[key].is_full]
        if not short or len(keys) < 2:
            continue
        around: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            for other in company(key):
                around[other].append(key)
        for key in short:
            met = {met for other in company(key) for met in around[other]}
            yield from ((key, other) for other in sorted(met) if other != key)
