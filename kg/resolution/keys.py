"""The key of the thing that a mention names: the one place where the rules of resolution follow each other.

In this order: the paper's own abbreviation; the form of the same paper whose initials it is; the sense of a
short form that the collection leaves no doubt about; short forms inside a phrase spelt out; known aliases and
generic words. No rule is applied to what another weak rule gave.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.resolution.aliases import Aliases
from kg.resolution.forms import form_of, is_acronym, is_short, solid
from kg.resolution.names import Names
from kg.resolution.papers import PaperForms
from kg.resolution.senses import Senses, find_senses

__all__ = ["RULES", "Keys"]

# How far each rule can be trusted.
RULES: Mapping[str, float] = {
    "decision": 1.0,
    "same form": 1.0,
    "normal form": 0.98,
    "abbreviation": 0.97,
    "known alias": 0.97,
    "abbreviation inside": 0.96,
    "initials": 0.95,
    "spelling of a long form": 0.93,
    "generic word": 0.92,
    "abbreviation elsewhere": 0.9,
    "abbreviation by context": 0.8,
}

_BRACKET = re.compile(r"\s*\(([^()\s]{2,12})(?:\)(?=\s|$)|$)")
_WORD = re.compile(r"[^\s\-‐‑‒–—_~]+")

_Found = tuple[str, str]  # key, rule


class Keys:
    """Keys for the forms of a collection of papers."""

    def __init__(self, papers: Sequence[PaperForms], aliases: Aliases) -> None:
        self._aliases = aliases
        self._senses: Senses = find_senses(papers, aliases)
        known: dict[str, Counter[str]] = defaultdict(Counter)
        for paper in papers:
            for key, kinds in paper.types.items():
                known[key].update(kinds)
        short_keys = frozenset(self._senses.of)
        lower = frozenset(key for paper in papers for key in paper.lower)
        self._names = Names(aliases, known, lower=lower, short_keys=short_keys)
        self._short_keys = short_keys
        self._respelt = self._senses.respelt()
        self._common: dict[tuple[str, str], _Found] = {}
        self._pieces: dict[str, tuple[str, ...]] = {}
        self._in_one: dict[str, str] = {}
        for text in sorted({text for paper in papers for text in paper.phrases}):
            key, spelt = form_of(text).key, solid(self._expanded(text, None))
            if key != spelt:
                self._in_one[key] = spelt

    def is_known(self, key: str) -> bool:
        """Whether the table of aliases calls something so."""
        return key in self._aliases.names

    def is_ambiguous(self, key: str, kind: str) -> bool:
        """Whether a short key of a type that was left in doubt may be several things."""
        return key not in self._aliases.names and self._senses.is_ambiguous(key, kind)

    def find(self, text: str, kind: str, paper: PaperForms) -> _Found:
        """The key of a form of a type in a paper, and the rule that led there."""
        key, rule = self._find(text, kind, paper)
        known = self._aliases.canonical(key, kind)
        return (known, "known alias" if rule == "normal form" else rule) if known != key else (key, rule)

    def _find(self, text: str, kind: str, paper: PaperForms) -> _Found:
        form = form_of(text)
        if form.key in paper.own:
            return self._long(form.key, paper.own[form.key], kind), "abbreviation"
        if is_short(text):
            if form.key in paper.initials:
                return self._alone(paper.initials[form.key], kind), "initials"
            if form.key in self._aliases.names:
                return form.key, "normal form"
            chosen = self._senses.choose(form.key, kind, paper, own_name=form.key in paper.proposed)
            if chosen:
                return chosen[0], "abbreviation by context" if chosen[1] else "abbreviation elsewhere"
            if form.key in self._senses.of:  # a short form in doubt stays apart
                return form.key, "normal form"
        pieces = self._pieces_of(text)
        if paper.own and (form.key in paper.longs or any(piece in paper.own for piece in pieces)):
            return self._spelt_out(text, kind, paper)
        found = self._common.get((text, kind))
        if found is None:
            found = self._common[text, kind] = self._spelt_out(text, kind, None)
        return found

    def _pieces_of(self, text: str) -> tuple[str, ...]:
        """The keys of the words of a phrase that may be short forms."""
        pieces = self._pieces.get(text)
        if pieces is None:
            words = _WORD.findall(text) if " " in text.strip() else []
            capital = (word for word in words if is_acronym(word))
            pieces = self._pieces[text] = tuple(form_of(word.strip("()")).key for word in capital)
        return pieces

    def _long(self, short: str, words: tuple[str, ...], kind: str) -> str:
        """The key of a long form that a paper defines, in its most frequent spelling."""
        key = self._aliases.canonical(solid(words), "")
        hub = self._senses.spelling.get((short, key), key)
        if hub != key:
            return hub
        return self._alone(words, kind)

    def _spelt_out(self, text: str, kind: str, paper: PaperForms | None) -> _Found:
        """A form with its short forms replaced by what they stand for, then known aliases and generic words.

        A name in one piece ("RL-Scope", "ResNet-50") is a name, whatever its parts once meant, unless others
        print it in several ("CycleGAN", "Cycle GAN").
        """
        plain = _BRACKET.sub(lambda match: "" if is_short(match[1]) else match[0], text)
        changed = plain != text and bool(plain.strip())
        if not changed:
            plain = text
        form = form_of(plain)
        if paper is not None and form.key in paper.longs:
            for short, words in paper.own.items():  # the long form itself, where its spelling has a slip
                key = self._aliases.canonical(solid(words), "")
                if solid(words) == form.key and self._senses.spelling.get((short, key), key) != form.key:
                    return self._senses.spelling[short, key], "spelling of a long form"
        key, found = self._names.canonical(form.words, plain, kind)
        if found is None and " " not in plain.strip():
            key = self._aliases.canonical(self._in_one.get(key, key), kind)
        elif found is None:
            spelt = solid(self._expanded(plain, paper))
            if spelt != key:  # no generic word is dropped behind an acronym: "ML model" is not "ML"
                key = self._aliases.canonical(spelt, kind)
        rule = found or "normal form"
        if rule == "normal form" and key in self._respelt:
            return self._respelt[key], "spelling of a long form"
        if rule == "normal form" and (changed or key != form.key):
            rule = "abbreviation inside"
        return key, rule

    def _alone(self, words: tuple[str, ...], kind: str) -> str:
        """The key of the words of a long form."""
        return self._aliases.canonical(solid(words), kind)

    def _expanded(self, text: str, paper: PaperForms | None) -> tuple[str, ...]:
        """The words of a phrase, its short forms spelt out."""
        words: list[str] = []
        spelt = False
        for word in _WORD.findall(text):
            form = form_of(word)
            long = self._meaning(form.key, paper) if is_acronym(word) else None
            spelt = spelt or long is not None
            words.extend(long or form.words)
        if spelt and len(words) > 1 and words[-2].endswith(words[-1]):  # "CNN networks"
            words.pop()
        return tuple(words) if spelt else form_of(text).words

    def _meaning(self, short: str, paper: PaperForms | None) -> tuple[str, ...] | None:
        if paper is not None and short in paper.own:
            key = self._aliases.canonical(solid(paper.own[short]), "")
            return (self._senses.spelling.get((short, key), key),)
        usual = self._senses.usual.get(short)
        return (usual,) if usual else None
