"""What resolution looks at in a paper: its forms with their types and roles, and what it defines itself."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.resolution.aliases import Aliases
from kg.resolution.forms import form_of, has_short, solid
from kg.types import Extraction

__all__ = ["PaperForms", "paper_forms"]

# Capitals of which a short form is made that may be read as initials without a definition.
_INITIALS = re.compile(r"[A-Z]{3,6}")
# The share of the letters of a known short form that must begin words of what defines it otherwise.
_INITIAL_SHARE = 0.6
_PHRASE = 2
# A name with several small letters, whose capitals say what it is made of.
_NAME = re.compile(r"[a-z]{2}.*[A-Z]|[A-Z].*[a-z]{3}")
# What may stand in brackets behind its long form, and how many of its letters must begin words of that: fewer
# where all of them are in it.
_BRACKETED = re.compile(r"(?=[^a-z]*[A-Z])[A-Za-z][A-Za-z\-]*(?:\d[A-Za-z\-]*)?[A-Za-z]")
_SPELT_SHARE, _BRACKET_SHARE, _SURE_LETTERS = 0.6, 0.75, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForms:
    """What a paper names, by key.

    ``own`` maps a short key to the words of its long form, and ``longs`` are the keys of these; ``initials``
    maps a short key to the words of the one form of the same type that has these initials; ``types`` maps
    keys to their types; ``proposed`` holds the keys of what the paper proposes; ``keys`` are
    all of them, sorted, and ``lower`` those of forms without any capital; ``phrases`` are the forms of
    several words, short forms among them.
    """

    paper_id: str
    own: Mapping[str, tuple[str, ...]]
    longs: frozenset[str]
    initials: Mapping[str, tuple[str, ...]]
    types: Mapping[str, frozenset[str]]
    proposed: frozenset[str]
    keys: tuple[str, ...]
    lower: frozenset[str]
    phrases: tuple[str, ...]


def paper_forms(extraction: Extraction, aliases: Aliases) -> PaperForms:
    """The forms of a paper. Of two definitions of one short form the first holds; what only looks like a
    definition of a short form that the table knows ("assessed using metrics (AUROC)") is none."""
    own: dict[str, tuple[str, ...]] = {}
    for short, long in (*extraction.abbreviations, *_in_brackets(extraction, aliases)):
        key, words = form_of(short).key, form_of(long).words
        if (
            solid(words) != key
            and _fits(key, words)
            and _spells_name(short, words)
            and (key not in aliases.usual or len(words) < _PHRASE or _has_initials(key, words))
        ):
            own.setdefault(key, words)
    types: dict[str, set[str]] = defaultdict(set)
    proposed: set[str] = set()
    proposed.update(
        form_of(mention.text).key for mention in extraction.mentions if mention.role == "proposed"
    )
    texts = dict.fromkeys(mention.text for mention in extraction.mentions)
    for text, kind in dict.fromkeys((mention.text, mention.type) for mention in extraction.mentions):
        types[sys.intern(form_of(text).key)].add(kind)  # one string for all papers
    return PaperForms(
        paper_id=extraction.paper_id,
        own=own,
        longs=frozenset(map(solid, own.values())),
        initials=_initials(extraction, own),
        types={key: _shared(frozenset(kinds)) for key, kinds in types.items()},
        proposed=frozenset(proposed),
        keys=tuple(sorted(types)),
        lower=frozenset(sys.intern(form_of(text).key) for text in texts if text.islower()),
        phrases=tuple(sys.intern(text) for text in texts if " " in text and has_short(text)),
    )


@cache
def _shared(kinds: frozenset[str]) -> frozenset[str]:
    """One set for all papers: there are few, and a large collection has millions of forms."""
    return kinds


def _fits(short: str, words: tuple[str, ...]) -> bool:
    """Whether each letter of a short form occurs in the word of its place, where there are as many words:
    "Multimodal Large Language Models (MLRMs)" is a slip."""
    if len(short) < 3 or len(words) != len(short) or not short.isalpha():
        return True
    return all(char in word for char, word in zip(short, words, strict=True))


def _spells_name(short: str, words: tuple[str, ...]) -> bool:
    """Whether the capitals of a name such as "GloVe" begin words of its long form, in their order: "scene
    graph methods on semantic segmentation (ScanNet)" is none."""
    if not _NAME.search(short):
        return True
    rest = iter(word[0] for word in words)
    return all(any(char.casefold() == first for first in rest) for char in short if char.isupper())


def _has_initials(short: str, words: tuple[str, ...]) -> bool:
    """Whether most letters of a short form begin words of the long one, in their order; a word may be in the
    short form as it is ("multilingual RAG" of "mRAG")."""
    letters = "".join(char for char in short if char.isalnum())
    found = _count_initials(letters, words)
    whole = max((word for word in words[1:] if len(word) > 1 and letters.endswith(word)), key=len, default="")
    if whole:
        found = max(found, len(whole) + _count_initials(letters[: -len(whole)], words))
    return found >= _INITIAL_SHARE * len(letters)


def _count_initials(letters: str, words: Iterable[str]) -> int:
    rest = [word[0] for word in words]
    found = 0
    for char in letters:
        if char in rest:
            rest = rest[rest.index(char) + 1 :]
            found += 1
    return found


def _in_brackets(extraction: Extraction, aliases: Aliases) -> Iterator[tuple[str, str]]:
    """Short and long forms that stand as definitions do, two characters apart, where most letters agree:
    "End-to-End driving (E2E)", which the search for definitions does not know. A short form that the table
    knows has as many words as letters then."""
    ends = {mention.end: mention for mention in extraction.mentions}
    for mention in extraction.mentions:
        long = ends.get(mention.start - len(" ("))
        if long is None or long.type != mention.type or not _BRACKETED.fullmatch(mention.text):
            continue
        words = form_of(long.text).words
        letters = [char for char in mention.text.casefold().rstrip("s") if char.isalpha()]
        begun = _count_initials("".join(letters), words)
        rest = iter("".join(words))
        spelt = all(char in rest for char in letters)
        enough = _SPELT_SHARE if spelt else _BRACKET_SHARE
        if (
            len(words) >= _PHRASE
            and letters[:1] == [words[0][0]]
            and (spelt or len(letters) > _SURE_LETTERS)
            and begun >= enough * len(letters)
            and all(word.isalpha() for word in words)
            and (form_of(mention.text).key not in aliases.usual or len(words) == len(letters))
        ):
            yield mention.text, long.text


def _initials(extraction: Extraction, own: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Short key -> the words of the one form of the same paper and type whose initials it is.

    In the annotated abstracts 243 of 244 such pairs are one thing.
    """
    shorts = {(m.text, m.type) for m in extraction.mentions if _INITIALS.fullmatch(m.text)}
    longs: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    if shorts:
        for text, kind in dict.fromkeys((mention.text, mention.type) for mention in extraction.mentions):
            words = form_of(text).words
            letters = "".join(word[:1] for word in words).upper()
            if (letters, kind) in shorts:
                longs[letters, kind].add(words)
    return {
        form_of(letters).key: min(forms)
        for (letters, _), forms in sorted(longs.items())
        if len({solid(words) for words in forms}) == 1 and form_of(letters).key not in own
    }
