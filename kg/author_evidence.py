"""What two places in bylines have in common, in bits: how much it speaks for one person.

Each piece of evidence counts log2 of how much likelier it is for one person than for two namesakes of one
field: a rare co-author says more than a frequent one, and one of 500 in a byline says little. Fellegi and
Sunter, "A Theory for Record Linkage", JASA 1969, with frequencies of the collection.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from kg.namesakes import byline_rate
from kg.person_names import PersonName
from kg.text import fold, venue_key
from kg.types import Paper

__all__ = ["Evidence", "Shared", "Signed"]

_WORD = re.compile(r"[^\W\d_]{3,}")
_LEAST_PAPERS = 20_000  # a small collection does not tell how rare a name is
_USUAL_BYLINE = 6
_REPEATED, _OF_ONE_FIELD = 0.25, 2.0  # how often somebody is met again; namesakes share more than strangers
_TITLE_WORDS, _TOPIC_SHARE = 2, 0.6
_MOST_TOPIC, _MOST_CATEGORY, _MOST_VENUE, _MOST_AFFILIATION = 8.0, 3.0, 1.0, 8.0
_DULL_TEXT = """
the and for with from via using towards toward into based are not all what how can when does its our you
university universite universitat universita universidad institute institut department dept school faculty
college laboratory laboratories lab labs center centre research science sciences technology technologies
engineering computer computing information systems national state academy group inc ltd corporation
company usa china japan germany india france italy spain canada australia korea republic kingdom united
states
"""
_DULL = frozenset(_DULL_TEXT.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A work with the names that sign it: ``names`` of its people, ``affiliations`` and ``orcids`` beside."""

    work: str
    year: int | None
    names: tuple[PersonName, ...]
    affiliations: tuple[str | None, ...]
    orcids: tuple[str | None, ...]
    records: tuple[Paper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The evidence for one pair, and the kind of it that weighs most.

    ``people`` are the bits of co-authors and affiliation, ``subject`` those of topic, venue and years.
    """

    people: float
    subject: float
    rule: str

    @property
    def bits(self) -> float:
        """All of it."""
        return self.people + self.subject


@dataclass(frozen=True, slots=True)
class _Work:
    """What is compared of a work; names, words and addresses as they are counted."""

    people: frozenset[str]
    shortened: frozenset[str]
    initials: frozenset[str]
    size: int
    words: frozenset[str]
    categories: frozenset[str]
    venue: str | None
    year: int | None


class Evidence:
    """The works of a collection, ready to be compared; independent of their order."""

    def __init__(self, works: Sequence[Signed]) -> None:
        self._signed = works
        self._works = [_comparable(work) for work in works]
        self._places = [
            tuple(_words((place,)) if place else frozenset() for place in work.affiliations) for work in works
        ]
        total = max(len(works), _LEAST_PAPERS)
        rates = {name.key: byline_rate(name) for work in works for name in work.names}
        people = Counter(chain.from_iterable(work.people for work in self._works))
        short = Counter(chain.from_iterable(work.shortened for work in self._works))
        words = Counter(chain.from_iterable(work.words for work in self._works))
        venues = Counter(work.venue for work in self._works if work.venue)
        self._person = {key: max(count, 2) / total for key, count in people.items()}
        self._person = {key: max(rate, rates[key]) for key, rate in self._person.items()}
        self._short = {key: max(count, 6) / total for key, count in short.items()}
        self._word = {
            word: min(max(0.0, math.log2(0.08 * max(total / 10, len(works)) / max(count, 2))), _MOST_TOPIC)
            for word, count in words.items()
        }
        self._telling = [
            sorted(((f"#{word}", self._word[word]) for word in work.words), key=lambda word: -word[1])
            for work in self._works
        ]
        self._categories = Counter(chain.from_iterable(work.categories for work in self._works))
        self._venue = {
            venue: min(max(0.0, math.log2(0.3 * max(len(works), 50) / count)), _MOST_VENUE)
            for venue, count in venues.items()
        }
        self._address = Counter(chain.from_iterable(chain.from_iterable(self._places)))
        self._addresses = max(sum(self._address.values()), 1000)

    def people_of(self, work: int) -> tuple[frozenset[str], frozenset[str]]:
        """The keys of all names of a work, and the shortened keys (family name and first letter)."""
        return self._works[work].people, self._works[work].shortened

    def addresses_of(self, work: int, position: int) -> frozenset[str]:
        """The telling words of the affiliation at a place."""
        return self._places[work][position]

    def meeting(self, places: Sequence[tuple[int, int]], subject_bits: float) -> list[tuple[int, int]]:
        """The pairs of numbers of ``places`` worth comparing: those that share somebody or an address, or a
        subject that may say ``subject_bits``."""
        if subject_bits <= _MOST_CATEGORY + _MOST_VENUE:
            return [(one, other) for one in range(len(places)) for other in range(one + 1, len(places))]
        least = (subject_bits - _MOST_CATEGORY - _MOST_VENUE) / (_TOPIC_SHARE * _TITLE_WORDS)
        short = any(self._works[number].initials for number, _ in places)
        at: dict[str, list[int]] = defaultdict(list)
        own = self._signed[places[0][0]].names[places[0][1]]
        short_own = _shortened(own)
        for index, (number, position) in enumerate(places):
            work = self._works[number]
            for key in work.people:
                at[key].append(index)
            for word, bits in self._telling[number]:
                if bits < least:
                    break
                at[word].append(index)
            for word in self._places[number][position]:
                at[f"@{word}"].append(index)
            if short:
                for key in work.shortened:
                    at[f"~{key}"].append(index)
        for mine in (own.key, f"~{short_own}"):
            at.pop(mine, None)
        met = {
            (one, other)
            for found in at.values()
            if len(found) > 1
            for n, one in enumerate(found)
            for other in found[n + 1 :]
        }
        return sorted(met)

    def compare(self, one: tuple[int, int], other: tuple[int, int]) -> Shared:
        """Two places, each (number of the work, position of the name in it)."""
        a, b = self._works[one[0]], self._works[other[0]]
        mine = {self._signed[one[0]].names[one[1]], self._signed[other[0]].names[other[1]]}
        parts = {
            "co-authors": self._coauthors(a, b, mine),
            "affiliation": self._affiliations(one, other),
            "topic": self._topic(a, b),
            "venue": self._venue[a.venue] if a.venue is not None and a.venue == b.venue else 0.0,
            "years": _years(a.year, b.year),
        }
        rule = max(parts, key=lambda name: parts[name])
        people = parts["co-authors"] + parts["affiliation"]
        return Shared(
            people=people, subject=sum(parts.values()) - people, rule=rule if parts[rule] > 0 else ""
        )

    def _coauthors(self, a: _Work, b: _Work, mine: set[PersonName]) -> float:
        if a.people.isdisjoint(b.people) and not a.initials and not b.initials:
            return 0.0
        crowd = max(1.0, math.sqrt(a.size * b.size) / _USUAL_BYLINE)
        own = {name.key for name in mine}
        shared = (a.people & b.people) - own
        bits = [_coauthor_bits(self._person[key], crowd) for key in sorted(shared)]
        if a.initials or b.initials:
            known = {_shortened_key(key) for key in shared | own} | {_shortened(name) for name in mine}
            loose = ((a.initials & b.shortened) | (a.shortened & b.initials)) - known
            bits += [_coauthor_bits(self._short[key], crowd) for key in sorted(loose)]
        return sum(bits)

    def _affiliations(self, one: tuple[int, int], other: tuple[int, int]) -> float:
        a, b = self._places[one[0]][one[1]], self._places[other[0]][other[1]]
        if not a or not b:
            return 0.0
        total = self._addresses
        bits = sum(
            max(0.0, math.log2(0.3 * total / (2 * _OF_ONE_FIELD * self._address[word])))
            for word in sorted(a & b)
        )
        return min(bits, _MOST_AFFILIATION) if a & b else -1.0

    def _topic(self, a: _Work, b: _Work) -> float:
        best = sorted((self._word[word] for word in a.words & b.words), reverse=True)[:_TITLE_WORDS]
        bits = min(_TOPIC_SHARE * sum(best), _MOST_TOPIC)
        if a.categories and b.categories:
            shared = a.categories & b.categories
            if not shared:
                return bits - 2.0
            share = min((self._categories[name] + 5) / (len(self._works) + 10) for name in shared)
            bits += min(max(0.0, math.log2(0.6 / share)), _MOST_CATEGORY)
        return bits


def _comparable(signed: Signed) -> _Work:
    records = signed.records
    venues = sorted({venue_key(record.venue) for record in records if record.venue})
    return _Work(
        people=frozenset(name.key for name in signed.names),
        shortened=frozenset(_shortened(name) for name in signed.names),
        initials=frozenset(_shortened(name) for name in signed.names if name.given and not name.is_full),
        size=len(signed.names),
        words=_words(text for record in records for text in (record.title or "", *record.keywords)),
        categories=frozenset(fold(name) for record in records for name in record.categories),
        venue=venues[0] if venues else None,
        year=signed.year,
    )


def _words(texts: Iterable[str]) -> frozenset[str]:
    found = (word for text in texts for word in _WORD.findall(fold(text)))
    return frozenset(word for word in found if word not in _DULL)


def _shortened(name: PersonName) -> str:
    return f"{name.given[0][0]} {name.skeleton}" if name.given else name.key


def _shortened_key(key: str) -> str:
    given, _, family = key.partition(" ")
    return f"{given[:1]} {family}" if family else key


def _coauthor_bits(rate: float, crowd: float) -> float:
    """How much a shared co-author says, who signs this share of all papers; of one field even more."""
    return max(0.0, math.log2(_REPEATED / (_OF_ONE_FIELD * rate * crowd)))


def _years(one: int | None, other: int | None) -> float:
    gap = abs(one - other) if one and other else 0
    return -8.0 if gap > 45 else -3.0 if gap > 25 else 0.0
