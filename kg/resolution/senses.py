"""What short forms mean in a collection: the long forms that papers give them, and which one a paper means
that gives none.

Long forms of one short form are one sense when they are spelt alike ("convolution neural network") or differ
by a generic last word. A paper that uses a short form without defining it is given a sense only where the
evidence leaves little doubt: how many papers know the sense, whether its type fits, and what is named beside
it. All else stays apart.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel, Prefix

from kg.resolution.aliases import Aliases
from kg.resolution.forms import digits, solid
from kg.resolution.papers import PaperForms

__all__ = ["Sense", "Senses", "find_senses"]

# The share of all evidence that one sense must hold before an undefined short form follows it.
_AGREEMENT = 0.8
# The weight of "none of these" beside papers that know a sense, by the letters of the short form; of what a
# paper proposes itself; and how much less another meaning is to be feared of a metric or a known short form.
_NONE: Mapping[int, float] = {1: 2.0, 2: 1.0, 3: 0.35, 4: 0.15}
_NONE_LONG, _OWN_NAME, _KNOWN = 0.06, 4.0, 0.5
_FEARED: Mapping[str, float] = {"metric": 0.5}
# What is added where papers know a sense and nothing that they name is named in this one, by letters.
_STRANGE: Mapping[int, float] = {1: 1.0, 2: 1.0, 3: 1.0, 4: 0.3}
_STRANGE_LONG = 0.1
_FEW_NAMES = 3
# A sense that only its own papers propose is seldom what others mean.
_LOCAL = 0.3
# How well another type fits a sense: readers take a method for a task, not for a metric; and how much more
# another meaning is to be feared then.
_NEAR, _FAR, _MISFIT = 0.25, 0.1, 3.0
_KIN = frozenset({"method", "model", "task", "tool"})
# What a paper that only names the long form weighs beside one that defines the short form.
_NAMES_IT = 0.2
# What the shipped table weighs at most, in papers of the collection, and its rare meanings: most were coined
# by one paper and are used by no other.
_TABLE_PAPERS = 20
_COINED = 0.15
_CONTEXT = 8.0
# How alike two words of five letters and more are that differ by a slip.
_SLIP = 0.85
_STOPWORDS = frozenset(
    {"a", "an", "and", "based", "by", "for", "from", "in", "of", "on", "or", "the", "to", "via", "with"}
)
_GENERIC_LAST = frozenset(
    [
        "algorithm",
        "approach",
        "architecture",
        "based",
        "framework",
        "index",
        "measure",
        "method",
        "metric",
        "model",
        "network",
        "paradigm",
        "prompting",
        "score",
        "system",
        "task",
        "technique",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """A meaning of a short form: the key of its long form, and the papers and types behind it. ``known``: it
    stands in the table; ``local``: only papers that propose it define it."""

    key: str
    papers: float
    types: Mapping[str, float]
    where: tuple[int, ...] = ()
    known: bool = False
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Senses:
    """``spelling`` maps (short key, long key) to the most frequent spelling of that sense; ``of`` lists the
    senses of a short key, the best known first; ``usual`` has the one that a short word in a phrase stands
    for; ``others`` weighs the meanings of a short key that the table only counts."""

    spelling: Mapping[tuple[str, str], str]
    of: Mapping[str, tuple[Sense, ...]]
    usual: Mapping[str, str]
    others: Mapping[str, float]
    frequency: Mapping[str, int]
    papers: Sequence[PaperForms]
    profiles: dict[str, Counter[str]] = field(default_factory=dict)

    def choose(self, short: str, kind: str, paper: PaperForms, *, own_name: bool) -> tuple[str, bool] | None:
        """The key of the sense that an undefined short form of a type has in a paper, and whether the context
        had to decide; None where there is doubt."""
        senses = self.of.get(short, ())
        if not senses:
            return None
        none = _OWN_NAME if own_name else _none(short, kind) * (_KNOWN if senses[0].known else 1)
        fits = [_fit(sense, kind) for sense in senses]
        bare = [
            sense.papers * fit * (_LOCAL if sense.local else 1)
            for sense, fit in zip(senses, fits, strict=True)
        ]
        none = none * (1 if max(fits) == 1 else _MISFIT) + self.others.get(short, 0)
        first = max(range(len(senses)), key=lambda place: (bare[place], -place))
        strange = _STRANGE.get(_letters(short), _STRANGE_LONG) * _FEARED.get(kind, 1)
        if bare[first] >= _AGREEMENT * (sum(bare) + none + strange):
            return senses[first].key, False
        if self._is_strange(short, senses[first], paper):
            none += strange
        elif bare[first] >= _AGREEMENT * (sum(bare) + none):
            return senses[first].key, False
        weights = [
            weight * (1 + _CONTEXT * self._nearness(short, sense, paper))
            for weight, sense in zip(bare, senses, strict=True)
        ]
        best = max(range(len(senses)), key=lambda place: (weights[place], -place))
        if weights[best] < _AGREEMENT * (sum(weights) + none):
            return None
        return senses[best].key, len(senses) > 1

    def _is_strange(self, short: str, sense: Sense, paper: PaperForms) -> bool:
        """Whether papers know a sense, and a paper names several things, but none that they name."""
        return (
            bool(sense.where)
            and len(paper.keys) > _FEW_NAMES
            and self._nearness(short, sense, paper) == 0
            and len(self.profiles[f"{short}\0{sense.key}"]) > _FEW_NAMES
        )

    def respelt(self) -> dict[str, str]:
        """Long keys that are but a spelling of another one, whatever their short form, with that one."""
        hubs: dict[str, set[str]] = defaultdict(set)
        for (_, key), hub in self.spelling.items():
            hubs[key].add(hub)
        usual = {hub for found in hubs.values() for hub in found}
        return {
            key: next(iter(found))
            for key, found in hubs.items()
            if len(found) == 1 and key not in found and key not in usual
        }

    def is_ambiguous(self, short: str, kind: str) -> bool:
        """Whether a short form of a type has several senses of this type or of its kin, so that what is left
        in doubt must not be taken for one thing."""
        senses = self.of.get(short, ())
        return len(senses) > 1 and any(_fit(sense, kind) >= _NEAR for sense in senses)

    def _nearness(self, short: str, sense: Sense, paper: PaperForms) -> float:
        """The cosine between what a paper names and what the papers of a sense name, rare names first."""
        name = f"{short}\0{sense.key}"
        if name not in self.profiles:
            counts: Counter[str] = Counter()
            for number in sense.where[:200]:
                counts.update(self.papers[number].keys)
            self.profiles[name] = counts
        profile = self.profiles[name]
        mine = [key for key in paper.keys if key not in (short, sense.key)]
        shared = sum(self._weight(key) ** 2 * profile[key] for key in mine if key in profile)
        if not shared:
            return 0.0
        length = sum(self._weight(key) ** 2 for key in mine)
        other = sum((self._weight(key) * count) ** 2 for key, count in profile.items())
        return shared / math.sqrt(length * other)

    def _weight(self, key: str) -> float:
        return math.log((1 + len(self.papers)) / self.frequency.get(key, 1))


def find_senses(papers: Sequence[PaperForms], aliases: Aliases) -> Senses:
    """The senses of all short forms that the papers define or the table knows."""
    longs: dict[str, dict[str, Counter[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(Counter))
    defined: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, paper in enumerate(papers):
        for short, words in paper.own.items():
            key = aliases.canonical(solid(words), "")
            longs[short][key][words] += 1
            defined[short, key].append(number)
    frequency, by_key = _occurrences(papers, {key for found in longs.values() for key in found})

    spelling: dict[tuple[str, str], str] = {}
    of: dict[str, tuple[Sense, ...]] = {}
    usual: dict[str, str] = {}
    for short in sorted(longs.keys() | aliases.usual.keys()):
        hubs = _hubs(longs.get(short, {}), aliases, short)
        for key, hub in hubs.items():
            spelling[short, key] = hub
        senses = _senses(short, hubs, defined, by_key, papers, aliases)
        of[short] = senses
        total = sum(sense.papers for sense in senses)
        known = short in aliases.usual or senses[0].papers >= 2 or (len(short) > 2 and not senses[0].local)
        if known and senses[0].papers >= _AGREEMENT * total:
            usual[short] = senses[0].key
    others = {
        short: _COINED * (1 - sum(each.share for each in found)) * min(found[0].papers, _TABLE_PAPERS)
        for short, found in aliases.usual.items()
    }
    return Senses(spelling=spelling, of=of, usual=usual, others=others, frequency=frequency, papers=papers)


def _occurrences(
    papers: Sequence[PaperForms], wanted: set[str]
) -> tuple[dict[str, int], dict[str, list[int]]]:
    """In how many papers each key is named, and in which the wanted ones are."""
    frequency: Counter[str] = Counter()
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, paper in enumerate(papers):
        frequency.update(paper.keys)
        for key in paper.keys:
            if key in wanted:
                by_key[key].append(number)
    return frequency, by_key


def _hubs(longs: Mapping[str, Counter[tuple[str, ...]]], aliases: Aliases, short: str) -> dict[str, str]:
    """Long key -> the best known long key that is spelt alike; a star, never a chain."""
    words = {key: min(counts, key=lambda each: (-counts[each], each)) for key, counts in longs.items()}
    table = sorted(aliases.usual.get(short, ()), key=lambda each: (-each.share, each.key))
    words.update((each.key, each.words) for each in table)
    known = dict.fromkeys(each.key for each in table)
    others = sorted(longs.keys() - known.keys(), key=lambda key: (-longs[key].total(), key))
    hubs: dict[str, str] = {}
    found: list[str] = []
    for key in (*known, *others):
        spelt = solid(_spelt(words[key], aliases))
        hub = next(
            (
                other
                for other in found
                if spelt in (other, solid(_spelt(words[other], aliases))) or _alike(words[key], words[other])
            ),
            key,
        )
        hubs[key] = hub
        if hub == key:
            found.append(key)
    return hubs


def _spelt(words: tuple[str, ...], aliases: Aliases) -> tuple[str, ...]:
    """The words of a long form, with short forms spelt out of which the table leaves no doubt."""
    spelt: list[str] = []
    for word in words:
        usual = aliases.usual.get(word, ())
        spelt.extend(usual[0].words if len(usual) == 1 and usual[0].share >= _AGREEMENT else (word,))
    return tuple(spelt)


def _senses(
    short: str,
    hubs: Mapping[str, str],
    defined: Mapping[tuple[str, str], Sequence[int]],
    by_key: Mapping[str, Sequence[int]],
    papers: Sequence[PaperForms],
    aliases: Aliases,
) -> tuple[Sense, ...]:
    where: dict[str, set[int]] = defaultdict(set)
    types: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for key, hub in hubs.items():
        where[hub].update(defined.get((short, key), ()), by_key.get(key, ()))
    for hub, numbers in where.items():
        keys = {short, *(key for key, other in hubs.items() if other == hub)}
        for number in sorted(numbers):
            kinds = {kind for key in keys for kind in papers[number].types.get(key, ())}
            for kind in kinds:
                types[hub][kind] += 1 / len(kinds)
    definers: dict[str, set[int]] = defaultdict(set)
    for key, hub in hubs.items():
        definers[hub].update(defined.get((short, key), ()))
    weights = {
        hub: len(definers[hub]) + _NAMES_IT * len(numbers - definers[hub]) for hub, numbers in where.items()
    }
    usual = {hubs[each.key] for each in aliases.usual.get(short, ())}
    for each in aliases.usual.get(short, ()):
        key, extra = hubs[each.key], each.share * min(each.papers, _TABLE_PAPERS)
        weights[key] = weights.get(key, 0) + extra
        for kind in each.types:
            types[key][kind] += extra / len(each.types)
    ranked = sorted(weights, key=lambda hub: (-weights[hub], hub))
    return tuple(
        Sense(
            key=hub,
            papers=weights[hub],
            types=dict(types[hub]),
            where=tuple(sorted(where.get(hub, ()))),
            known=hub in usual,
            local=hub not in usual and all(short in papers[number].proposed for number in where.get(hub, ())),
        )
        for hub in ranked
    )


def _none(short: str, kind: str) -> float:
    """The weight of the doubt that an undefined short form means something that nobody defines."""
    return _NONE.get(_letters(short), _NONE_LONG) * _FEARED.get(kind, 1)


def _letters(short: str) -> int:
    return max(1, sum(char.isalpha() for char in short))


def _fit(sense: Sense, kind: str) -> float:
    """How well a type fits a sense, 0 to 1."""
    total = sum(sense.types.values())
    share = sense.types.get(kind, 0) / total if total else 0.0
    if share >= 0.2 or not total:
        return 1.0
    main = min(sense.types, key=lambda each: (-sense.types[each], each))
    return max(_NEAR if {kind, main} <= _KIN else _FAR, min(1.0, 5 * share))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two long forms of one short form differ by inflection, a slip, or a generic last word."""
    first, second = _content(one), _content(other)
    shorter, longer = sorted((first, second), key=len)
    if len(longer) == len(shorter) + 1 and longer[:-1] == shorter:
        return longer[-1] in _GENERIC_LAST
    return len(first) == len(second) and all(map(_same_word, first, second))


def _content(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in _STOPWORDS]


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 3 or one[:3] != other[:3] or digits(one) != digits(other):
        return False
    if {one, other} == {"model", "modeling"}:
        return False
    shorter, longer = sorted((one, other), key=len)
    if longer in (f"{shorter}ing", f"{shorter}{shorter[-1]}ing"):
        return True
    common, longest = Prefix.similarity(one, other), max(len(one), len(other))
    if common >= 4 and longest - common <= (5 if common >= 5 else 3):
        return True
    return min(len(one), len(other)) >= 5 and Indel.normalized_similarity(one, other) >= _SLIP
