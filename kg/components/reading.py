"""A Doc as the role and relation classifiers read it: lower-case words, sentences, concepts and where they
occur.

A concept is all mentions of one thing in one document, joined by normal form and by abbreviation. Words are
cut from
the text itself, so that the features do not depend on how a tokeniser treats hyphens.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kg.components.annotations import MENTIONS
from kg.components.doctext import sentences_of, text_of
from kg.text import normal_form

__all__ = ["Concept", "Occurrence", "Reading", "read"]

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


class Occurrence(NamedTuple):
    """One mention as words ``start`` to ``end`` (exclusive) of the reading, in sentence number
    ``sentence``."""

    concept: int
    start: int
    end: int
    sentence: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """All mentions of one thing in one document; ``type`` is the commonest among them."""

    index: int
    type: str
    forms: tuple[str, ...]
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """What was read of one Doc; equal only to itself.

    ``bounds[i]`` is where sentence i starts among the words (one more at the end), ``sentences[i]``
    its tokens.
    ``title`` counts the words of the title, ``colon`` those before its colon; ``anchor`` is the sentence that
    first says what the paper does, ``results`` the first one after it that tells results (the number
    of sentences if none does); ``inside`` holds the words that are part of a mention.
    """

    words: list[str]
    bounds: list[int]
    sentences: list[tuple[int, int]]
    title: int
    colon: int
    anchor: int
    results: int
    inside: frozenset[int]
    concepts: list[Concept]
    occurrences: list[Occurrence]

    def body_share(self, sentence: int) -> float:
        """How far down the text a sentence stands, from 0 to 1."""
        return sentence / max(1, len(self.sentences) - 1)


def read(doc: Doc) -> Reading:
    """Read a Doc that has sentences and ``doc.spans["mentions"]``.

    The last reading is remembered with all that it was made of: roles, relations and results ask in turn.
    """
    mentions = tuple([(span.start, span.end, span.label_) for span in doc.spans.get(MENTIONS, ())])
    defined = tuple([(short.start, short.end, long.start, long.end) for short, long in doc._.abbreviations])
    return _read(doc, doc._.title_end, sentences_of(doc), mentions, defined)


@lru_cache(maxsize=1)
def _read(
    doc: Doc,
    title_end: int,
    sentences: tuple[tuple[int, int], ...],
    _mentions: tuple[tuple[int, int, str], ...],
    _defined: tuple[tuple[int, int, int, int], ...],
) -> Reading:
    mentions, abbreviations = tuple(doc.spans.get(MENTIONS, ())), tuple(doc._.abbreviations)
    text = text_of(doc)
    found = list(_WORD.finditer(text))
    words = [match[0].lower() for match in found]
    starts = [match.start() for match in found]
    bounds = [bisect_right(starts, doc[first].idx - 1) for first, _ in sentences] + [len(words)]
    title = bisect_right(starts, title_end - 1) if title_end else 0
    forms = [text[span.start_char : span.end_char] for span in mentions]
    groups = _groups(text, mentions, forms, abbreviations)
    occurrences = []
    for span, group in zip(mentions, groups, strict=True):
        start = max(0, bisect_right(starts, span.start_char) - 1)
        end = max(start + 1, bisect_right(starts, span.end_char - 1))
        sentence = max(0, bisect_right(bounds, start, hi=len(sentences)) - 1)
        occurrences.append(Occurrence(concept=group, start=start, end=end, sentence=sentence, span=span))
    colon = words.index(":", 0, title) if ":" in words[:title] else 0
    anchor, results = _landmarks(words, bounds, 1 if title else 0)
    return Reading(
        words=words,
        bounds=bounds,
        sentences=list(sentences),
        title=title,
        colon=colon,
        anchor=anchor,
        results=results,
        inside=frozenset(
            place for occurrence in occurrences for place in range(occurrence.start, occurrence.end)
        ),
        concepts=_concepts(occurrences, forms),
        occurrences=occurrences,
    )


def _landmarks(words: list[str], bounds: list[int], first: int) -> tuple[int, int]:
    """The sentence that first says what the paper does, and the first one that tells results."""
    count = len(bounds) - 1

    def holding(some: frozenset[str], start: int) -> Iterator[int]:
        return (i for i in range(start, count) if not some.isdisjoint(words[bounds[i] : bounds[i + 1]]))

    selves = list(holding(_SELF, first)) or [min(first, count - 1)]
    says = set(selves).intersection(holding(_SAYS, first))
    anchor = min(says) if says else selves[0]
    return anchor, next(holding(_TELLS, anchor + 1), count)


_SELF = frozenset(["we", "our", "paper", "work", "study", "article"])
_SAYS = frozenset(
    [
        "propose",
        "proposes",
        "present",
        "presents",
        "introduce",
        "introduces",
        "develop",
        "develops",
        "describe",
        "describes",
        "design",
        "study",
        "investigate",
        "investigates",
        "explore",
        "explores",
        "show",
        "demonstrate",
        "introducing",
        "release",
        "examine",
        "examines",
        "conduct",
        "address",
    ]
)
_TELLS = frozenset(
    [
        "experiments",
        "experiment",
        "experimental",
        "evaluation",
        "evaluations",
        "evaluated",
        "evaluate",
        "results",
        "outperforms",
        "achieves",
        "demonstrate",
        "demonstrates",
        "outperform",
        "validate",
        "validated",
        "benchmarks",
    ]
)


def _groups(
    text: str, mentions: Sequence[Span], printed: Sequence[str], defined: Sequence[tuple[Span, Span]]
) -> list[int]:
    """The number of each mention's concept; concepts are numbered in the order of their first mention."""
    forms = {form: normal_form(form) for form in dict.fromkeys(printed)}
    keys = [forms[form] for form in printed]
    known = set(keys)
    parent: dict[str, str] = {}
    for short, long in _abbreviations(text, mentions, defined):
        if short in known and long in known:
            first, second = _root(parent, long), _root(parent, short)
            if first != second:
                parent[second] = first
    numbers: dict[str, int] = {}
    return [numbers.setdefault(_root(parent, key), len(numbers)) for key in keys]


def _root(parent: dict[str, str], key: str) -> str:
    while key in parent:
        key = parent[key]
    return key


def _abbreviations(
    text: str, mentions: Sequence[Span], defined: Sequence[tuple[Span, Span]]
) -> Iterator[tuple[str, str]]:
    """Normal forms of (short, long): what the document defines, and mentions that stand as ``long
    (short)``."""
    for short, long in defined:
        yield normal_form(short.text), normal_form(long.text)
    for left, right in pairwise(mentions):
        end = right.end_char
        if text[end : end + 1] != ")" or text[left.end_char : right.start_char].strip() != "(":
            continue
        if _is_short_form(right.text, left.text):
            yield normal_form(right.text), normal_form(left.text)


def _is_short_form(short: str, long: str) -> bool:
    """Whether the capitals of ``short`` occur in ``long`` in order and both begin alike."""
    letters = [char.lower() for char in short if char.isalpha() and char.isupper()]
    if len(letters) < 2 or len(short) >= len(long):
        return False
    rest = iter(long.lower())
    return letters[0] == long[0].lower() and all(letter in rest for letter in letters)


def _concepts(occurrences: list[Occurrence], forms: list[str]) -> list[Concept]:
    members: dict[int, list[int]] = {}
    for place, occurrence in enumerate(occurrences):
        members.setdefault(occurrence.concept, []).append(place)
    concepts = []
    for index, places in sorted(members.items()):
        types = [occurrences[place].span.label_ for place in places]
        concepts.append(
            Concept(
                index=index,
                type=max(types, key=types.count),
                forms=tuple(dict.fromkeys(forms[place] for place in places)),
                occurrences=tuple(occurrences[place] for place in places),
            )
        )
    return concepts
