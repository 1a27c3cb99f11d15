"""Bylines -> authors: one node for one person, and two where it is in doubt.

Two places in bylines are one person's if the odds are at least 50 to 1: how many people bear the name
(kg.namesakes), how the two printed names relate (kg.person_names), and what the papers have in common
(kg.author_evidence), in bits. An ORCID decides both ways. Two names in one byline are two people, and nobody
is joined against a contradiction (kg.author_clusters). Nothing depends on the order of the papers.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.author_clusters import Clusters, Join, Place
from kg.author_evidence import Evidence, Signed
from kg.collector import collector_paused
from kg.ids import make_id
from kg.name_pairs import name_pairs
from kg.namesakes import COUNTED_PAPERS, namesakes
from kg.person_names import PersonName, Relation, parse_name
from kg.signed_works import sign_works
from kg.types import Author, Paper

__all__ = ["Bylines", "Reason", "name_key", "resolve_bylines"]

_ENOUGH = math.log2(50)  # odds of 50 to 1
_SURE = 1000.0
_ENOUGH_SUBJECT = math.log2(200)  # where nobody is shared: namesakes of one subject are no proof
_FEW = math.log2(1 / 0.15)  # but where few namesakes are expected it is
_RARE = math.log2(100)  # for names that are rare enough to look at nothing else
_LEAST_EVIDENCE = 4.0  # bits of co-authors and affiliation, where names alone are never enough
_SUBJECT_SHARE = 0.5  # of the bits of a common subject, where the names differ
_MARGIN = 4.0  # bits by which the best of two that exclude each other must be better
_MUCH = 4  # works of one person that tell something about the rest
_WORKS_OF_NAMESAKES = 1.5
_MOST_NAMESAKES = 0.5  # where more are expected, much signed by one says little
_UNCOUNTED = 3  # namesakes in a field of whom the counts of names know nothing
_MOST_SUBJECT = 8.0
_MOST_PLACES = 40  # of each of two people with different names that are compared
_LARGEST_COMPANY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a place in a byline belongs to its author: the rule, and how sure that is."""

    rule: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bylines:
    """The authors; the author of each (paper_id, position), and why it is that author."""

    authors: tuple[Author, ...]
    author_of: Mapping[tuple[str, int], str]
    reasons: Mapping[tuple[str, int], Reason]


_FIRST = Reason(rule="own name", score=1.0)


def name_key(name: str) -> str:
    """The form under which two printed names are one name (of one person or of several).

    >>> name_key("Preußer, Thomas B.") == name_key("thomas b preusser")
    True
    """
    return parse_name(name).key


def resolve_bylines(papers: Sequence[Paper], works: Mapping[str, str] | None = None) -> Bylines:
    """The people behind the names. ``works`` maps paper_id to work_id: records of one work name the same
    people. A name without letters is its own author."""
    with collector_paused():
        return _resolved(papers, works or {})


def _resolved(papers: Sequence[Paper], works: Mapping[str, str]) -> Bylines:
    signed = sign_works(papers, works)
    evidence = Evidence(signed.works)
    clusters = Clusters(signed.works)
    by_key: dict[str, list[Place]] = defaultdict(list)
    for number, work in enumerate(signed.works):
        for position, name in enumerate(work.names):
            by_key[name.key].append((number, position))
    doubt = _doubt(len(signed.works))

    clusters.join(_of_one_orcid(signed.works))
    clusters.join(_of_one_name(signed.works, by_key, evidence, doubt))
    clusters.join(_of_prolific_people(signed.works, by_key, evidence, clusters, doubt))
    clusters.join(_of_different_names(signed.works, by_key, evidence, clusters, doubt))
    return _bylines(signed.works, signed.places, clusters)


def _doubt(works: int) -> float:
    """The share of a field's namesakes that a collection of a number of works is expected to hold.

    By powers of ten, so that a paper more changes nothing; the square root, since collections are about
    something, and who writes there twice is more often the same person than chance would have it.
    """
    size: float = math.pow(10, math.floor(math.log10(max(works, 1)) + 0.5))
    return min(math.sqrt(size / COUNTED_PAPERS), 1.0)


def _prior(namesake_count: float, doubt: float) -> float:
    return -math.log2(max(namesake_count * doubt, 1e-3))


def _score(bits: float) -> float:
    return round(1 / (1 + math.pow(2, -min(bits, 10.0))), 4)


def _of_one_orcid(works: Sequence[Signed]) -> Iterator[Join]:
    places: dict[str, list[Place]] = defaultdict(list)
    for number, work in enumerate(works):
        for position, orcid in enumerate(work.orcids):
            if orcid:
                places[orcid].append((number, position))
    for found in places.values():
        for place in found[1:]:
            yield Join(cost=-_SURE, one=found[0], other=place, rule="orcid", score=1.0)


def _of_one_name(
    works: Sequence[Signed], by_key: Mapping[str, list[Place]], evidence: Evidence, doubt: float
) -> Iterator[Join]:
    """A rare name is one person; of a frequent one, those whose papers have something in common."""
    for places in by_key.values():
        if len(places) < 2:
            continue
        name = works[places[0][0]].names[places[0][1]]
        prior = _prior(namesakes(name), doubt)
        if prior >= _RARE:
            known = any(works[number].orcids[position] for number, position in places)
            for one, other in _pairs(places) if known else pairwise(places):
                yield Join(cost=-prior, one=one, other=other, rule="rare name", score=_score(prior))
            continue
        for at, beside in evidence.meeting(places, _ENOUGH_SUBJECT - prior):
            one, other = places[at], places[beside]
            if one[0] != other[0]:
                shared = evidence.compare(one, other)
                bits = prior + shared.bits
                if bits >= (_ENOUGH if shared.people > 0 or prior >= _FEW else _ENOUGH_SUBJECT):
                    yield Join(
                        cost=-bits, one=one, other=other, rule=shared.rule or "name", score=_score(bits)
                    )


def _of_prolific_people(
    works: Sequence[Signed],
    by_key: Mapping[str, list[Place]],
    evidence: Evidence,
    clusters: Clusters,
    doubt: float,
) -> Iterator[Join]:
    """Who has signed much under a name has probably signed what else stands under it.

    The odds are the works of the person to those that all namesakes together are expected to have here.
    """
    for places in by_key.values():
        if len(places) <= _MUCH:
            continue
        groups: dict[Place, list[Place]] = defaultdict(list)
        for place in places:
            groups[clusters.root(place)].append(place)
        main = min(groups.values(), key=lambda group: (-len(group), group[0]))
        if len(main) < _MUCH or len(groups) < 2:
            continue
        name = works[main[0][0]].names[main[0][1]]
        if namesakes(name) * doubt > _MOST_NAMESAKES:
            continue
        others = max(namesakes(name) * doubt, _UNCOUNTED * len(works) / COUNTED_PAPERS)
        prior = math.log2(len(main) / (_WORKS_OF_NAMESAKES * others))
        for group in groups.values():
            if group is main or prior + _MOST_SUBJECT < _ENOUGH:
                continue
            known, one, other = max(
                (evidence.compare(one, other).bits, one, other)
                for one in main[:_MOST_PLACES]
                for other in group[:_MOST_PLACES]
            )
            if prior + known >= _ENOUGH:
                yield Join(
                    cost=-prior - known, one=one, other=other, rule="prolific", score=_score(prior + known)
                )


def _pairs(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    return ((one, other) for at, one in enumerate(places) for other in places[at + 1 :])


def _of_different_names(
    works: Sequence[Signed],
    by_key: Mapping[str, list[Place]],
    evidence: Evidence,
    clusters: Clusters,
    doubt: float,
) -> list[Join]:
    names = {key: works[places[0][0]].names[places[0][1]] for key, places in by_key.items()}
    memo: dict[str, frozenset[str]] = {}

    def company(key: str) -> frozenset[str]:
        if key not in memo:
            found: set[str] = set()
            for number, position in by_key[key]:
                if len(works[number].names) <= _LARGEST_COMPANY:
                    found |= evidence.people_of(number)[1]
                found.update(f"@{word}" for word in evidence.addresses_of(number, position))
            name = names[key]
            memo[key] = frozenset(found - {f"{name.given[0][0]} {name.skeleton}" if name.given else key})
        return memo[key]

    joins: list[Join] = []
    for one, other, how in name_pairs(names, company):
        prior = _prior(max(namesakes(one), namesakes(other)), doubt) - how.bits
        joins += _best_joins(by_key[one.key], by_key[other.key], how, prior, evidence, clusters)
    return _without_rivals(joins, clusters)


def _best_joins(
    ones: Sequence[Place],
    others: Sequence[Place],
    how: Relation,
    prior: float,
    evidence: Evidence,
    clusters: Clusters,
) -> list[Join]:
    """For each two people of two names the best reason to take them for one, if it is enough."""
    best: dict[tuple[Place, Place], Join] = {}
    for one in ones[:_MOST_PLACES]:
        for other in others[:_MOST_PLACES]:
            if one[0] == other[0]:
                continue
            shared = evidence.compare(one, other)
            bits = prior + shared.people + _SUBJECT_SHARE * shared.subject
            if bits < _ENOUGH or (how.needs_evidence and shared.people < _LEAST_EVIDENCE):
                continue
            rule = f"{how.rule} + {shared.rule}" if shared.rule else how.rule
            join = Join(cost=-bits, one=one, other=other, rule=rule, score=_score(bits))
            pair = (clusters.root(one), clusters.root(other))
            if pair not in best or join.cost < best[pair].cost:
                best[pair] = join
    return [best[pair] for pair in sorted(best)]


def _without_rivals(joins: Sequence[Join], clusters: Clusters) -> list[Join]:
    """Leaves out joins of somebody to two who exclude each other, if neither is far better than the other."""
    options: dict[Place, list[tuple[float, Place]]] = defaultdict(list)
    for join in joins:
        one, other = clusters.root(join.one), clusters.root(join.other)
        options[one].append((join.cost, other))
        options[other].append((join.cost, one))
    doubtful = set()
    for place, found in options.items():
        found.sort()
        cost, best = found[0]
        for other_cost, other in found[1:]:
            if clusters.contradict(best, other):
                doubtful.add((place, other))
                if other_cost - cost < _MARGIN:
                    doubtful.add((place, best))
    kept = []
    for join in joins:
        one, other = clusters.root(join.one), clusters.root(join.other)
        if (one, other) not in doubtful and (other, one) not in doubtful:
            kept.append(join)
    return kept


def _bylines(
    works: Sequence[Signed], places: Mapping[tuple[str, int], tuple[Place, str]], clusters: Clusters
) -> Bylines:
    roots = {place: clusters.root(place) for place, _ in places.values()}
    printed: dict[Place, dict[str, int]] = {}
    for place, name in places.values():
        counts = printed.setdefault(roots[place], {})
        counts[name] = counts.get(name, 0) + 1
    groups = clusters.groups()
    mains = [_main_name(works, group) for group in groups]
    homonyms = Counter(main.key for main in mains)
    ids: dict[Place, str] = {}
    authors = []
    for group, main in zip(groups, mains, strict=True):
        root = roots[group[0]]
        ids[root] = _author_id(works, group, main, alone=homonyms[main.key] == 1)
        known = {orcid for number, position in group if (orcid := works[number].orcids[position])}
        authors.append(
            Author(
                author_id=ids[root],
                name=_display_name(printed[root]),
                orcid=min(known) if known else None,
                aliases=tuple(sorted(printed[root])),
            )
        )
    author_of = {at: ids[roots[place]] for at, (place, _) in places.items()}
    reasons = dict.fromkeys(places, _FIRST)
    for at, (place, _) in places.items():
        if join := clusters.reasons.get(place):
            reasons[at] = Reason(rule=join.rule, score=join.score)
    return Bylines(
        authors=tuple(sorted(authors, key=lambda each: each.author_id)), author_of=author_of, reasons=reasons
    )


def _author_id(works: Sequence[Signed], group: Sequence[Place], main: PersonName, *, alone: bool) -> str:
    """From the fullest name; of a name that several people bear also from the person's earliest work.

    So it stays the same while papers are added, unless one of them is earlier still, or joins two people.
    """
    if alone and namesakes(main) * _doubt(COUNTED_PAPERS) <= 1 / 50:
        return make_id("a", main.key)
    anchor = min((works[number].year or 9999, works[number].work, number) for number, _ in group)[2]
    position = min(position for number, position in group if number == anchor)
    twice = sum(name.key == main.key for name in works[anchor].names) > 1
    return make_id("a", main.key, works[anchor].work, *((position,) if twice else ()))


def _main_name(works: Sequence[Signed], group: Iterable[Place]) -> PersonName:
    """The fullest of a person's names: it stays when initials of it are read later."""
    found = [works[number].names[position] for number, position in group]
    if all(name is found[0] or name == found[0] for name in found):
        return found[0]
    names = set(found)
    return min(
        names,
        key=lambda name: (not name.is_full, -sum(len(word) > 1 for word in name.given), -len(name.joined),
                          name.key),
    )  # fmt: skip


def _display_name(printed: Mapping[str, int]) -> str:
    """The most frequent full name as printed; of equals the one with diacritics and small letters."""
    if len(printed) == 1:
        return next(iter(printed))
    return min(
        printed,
        key=lambda name: (not parse_name(name).is_full, -printed[name], name.isupper() or name.islower(),
                          "," in name, name.isascii(), name),
    )  # fmt: skip
