"""What resolution looks at in a paper: its forms with their types and roles, and what it defines itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.resolution.aliases import Aliases
from kg.resolution.forms import form_of, solid
from kg.types import Extraction

__all__ = ["PaperForms", "paper_forms"]

# Capitals of which a short form is made that may be read as initials without a definition.
_INITIALS = re.compile(r"[A-Z]{3,6}")
# The share of the letters of a known short form that must begin words of what defines it otherwise.
_INITIAL_SHARE = 0.6
_PHRASE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForms:
    """What a paper names, by key.

    ``own`` maps a short key to the words of its long form, and ``longs`` are the keys of these; ``initials``
    maps a short key to the words of the one form of the same type that has these initials; ``types`` maps
    keys to their types; ``proposed`` holds the keys of what the paper proposes; ``keys`` are
    all of them, sorted, and ``lower`` those of forms without any capital.
    """

    paper_id: str
    own: Mapping[str, tuple[str, ...]]
    longs: frozenset[str]
    initials: Mapping[str, tuple[str, ...]]
    types: Mapping[str, frozenset[str]]
    proposed: frozenset[str]
    keys: tuple[str, ...]
    lower: frozenset[str]


def paper_forms(extraction: Extraction, aliases: Aliases) -> PaperForms:
    """The forms of a paper. Of two definitions of one short form the first holds; what only looks like a
    definition of a short form that the table knows ("assessed using metrics (AUROC)") is none."""
    own: dict[str, tuple[str, ...]] = {}
    for short, long in extraction.abbreviations:
        key, words = form_of(short).key, form_of(long).words
        if (
            solid(words) != key
            and _fits(key, words)
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
        key = form_of(text).key
        types[key].add(kind)
    return PaperForms(
        paper_id=extraction.paper_id,
        own=own,
        longs=frozenset(map(solid, own.values())),
        initials=_initials(extraction, own),
        types={key: frozenset(kinds) for key, kinds in types.items()},
        proposed=frozenset(proposed),
        keys=tuple(sorted(types)),
        lower=frozenset(form_of(text).key for text in texts if text.islower()),
    )


def _fits(short: str, words: tuple[str, ...]) -> bool:
    """Whether each letter of a short form occurs in the word of its place, where there are as many words:
    "Multimodal Large Language Models (MLRMs)" is a slip."""
    if len(short) < 3 or len(words) != len(short) or not short.isalpha():
        return True
    return all(char in word for char, word in zip(short, words, strict=True))


def _has_initials(short: str, words: tuple[str, ...]) -> bool:
    """Whether most letters of a short form begin words of the long one, in their order."""
    initials = iter("".join(word[0] for word in words))
    letters = [char for char in short if char.isalnum()]
    found = 0
    rest = list(initials)
    for char in letters:
        if char in rest:
            rest = rest[rest.index(char) + 1 :]
            found += 1
    return found >= _INITIAL_SHARE * len(letters)


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
