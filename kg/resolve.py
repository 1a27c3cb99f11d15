"""Mentions -> entities and links: one node for one thing, inside and across papers.

Two mentions are one thing when their forms are equal up to case, hyphens and plural, or when one is the
other's abbreviation: as the paper itself defines it, or, where a paper uses a short form without defining
it, as the initials of a form of the same paper and type, or as the papers that do define it agree. Inside a
longer form a short form stands for its long one ("LLM inference"). There is no other rule and no chain of
weak links.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.ids import make_id
from kg.text import fold, normal_form
from kg.types import Entity, Extraction, Link, Mention

__all__ = ["Resolution", "mention_id", "resolve"]

# How far each rule can be trusted, in the order in which they are tried.
_RULE_SCORES = {
    "same form": 1.0,
    "normal form": 0.98,
    "abbreviation": 0.97,
    "abbreviation inside": 0.96,
    "initials": 0.95,
    "spelling of a long form": 0.93,
    "abbreviation elsewhere": 0.9,
}
_OWN_NAME = ("normal form", "abbreviation inside")
# The share of the defining papers that must agree before an undefined short form follows them.
_AGREEMENT = 0.8
# How alike two long forms of one short form must be spelt (Ratcliff and Obershelp) to be one.
_ALIKE = 0.9
# Up to this length an acronym of two types is two things ("IOS" the scheduler, "IOS" the router software).
_ACRONYM_CHARS = 5

# Capitals of which a short form is made that may be read as initials without a definition.
_INITIALS = re.compile(r"[A-Z]{3,6}")
_WORD = re.compile(r"[^\s\-‐‑‒–]+")

_Key = tuple[str, str]  # normal form, and the type where the form alone does not decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The entities, why each mention belongs to one, and the entity of each metric's normal form."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    entity_of: Mapping[str, str]
    metric_of: Mapping[str, str]


def mention_id(mention: Mention) -> str:
    """The id of a mention, from where it stands and what it is."""
    return make_id("m", mention.paper_id, mention.start, mention.end, mention.type)


def resolve(extractions: Sequence[Extraction]) -> Resolution:
    """Independent of the order of the extractions."""
    extractions = sorted(extractions, key=lambda extraction: extraction.paper_id)
    definitions = _definitions(extractions)
    keyed = [
        (mention, *_form_key(mention.text, own, initials, definitions))
        for extraction in extractions
        for own in [_abbreviations(extraction)]
        for initials in [_initials(extraction, own)]
        for mention in extraction.mentions
    ]
    split = _forms_of_two_types(keyed)

    groups: dict[_Key, list[tuple[Mention, str]]] = defaultdict(list)
    for mention, form, rule in keyed:
        groups[form, mention.type if form in split else ""].append((mention, rule))

    entities, links = [], []
    entity_of: dict[str, str] = {}
    metric_of: dict[str, str] = {}
    for key in sorted(groups):
        entity = _entity(key, [mention for mention, _ in groups[key]])
        entities.append(entity)
        if entity.type == "metric":
            metric_of.setdefault(key[0], entity.entity_id)
        for mention, rule in groups[key]:
            as_named = rule in _OWN_NAME and mention.text == entity.name
            link = Link(
                mention_id=mention_id(mention),
                entity_id=entity.entity_id,
                rule="same form" if as_named else rule,
                score=_RULE_SCORES["same form" if as_named else rule],
            )
            entity_of[link.mention_id] = entity.entity_id
            links.append(link)
    return Resolution(entities=tuple(entities), links=tuple(links), entity_of=entity_of, metric_of=metric_of)


def _abbreviations(extraction: Extraction) -> dict[str, str]:
    """Normal short form -> normal long form, as this paper defines them; the first definition holds."""
    pairs: dict[str, str] = {}
    for short, long in extraction.abbreviations:
        if normal_form(short) != normal_form(long):
            pairs.setdefault(normal_form(short), normal_form(long))
    return pairs


def _initials(extraction: Extraction, own: Mapping[str, str]) -> dict[str, str]:
    """Normal short form -> the one form of the same paper and type whose initials it is.

    In the annotated abstracts 243 of 244 such pairs are one thing.
    """
    shorts = {(m.text, m.type) for m in extraction.mentions if _INITIALS.fullmatch(m.text)}
    longs: dict[tuple[str, str], set[str]] = defaultdict(set)
    if shorts:
        for mention in extraction.mentions:
            form = normal_form(mention.text)
            letters = "".join(word[0] for word in form.split()).upper()
            if (letters, mention.type) in shorts:
                longs[letters, mention.type].add(form)
    return {
        normal_form(letters): min(forms)
        for (letters, _), forms in sorted(longs.items())
        if len(forms) == 1 and normal_form(letters) not in own
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Definitions:
    """What the collection knows of short forms.

    ``spelling`` maps (short, long) to the most frequent spelling of that long form; ``usual`` maps a short
    form to its long form where nearly all papers that define it agree.
    """

    spelling: Mapping[tuple[str, str], str]
    usual: Mapping[str, str]


def _definitions(extractions: Iterable[Extraction]) -> _Definitions:
    longs: dict[str, Counter[str]] = defaultdict(Counter)
    for extraction in extractions:
        for short, long in _abbreviations(extraction).items():
            longs[short][long] += 1
    spelling: dict[tuple[str, str], str] = {}
    usual: dict[str, str] = {}
    for short, counts in longs.items():
        totals: Counter[str] = Counter()
        for long in sorted(counts, key=lambda long: (-counts[long], long)):
            known = next((other for other in totals if _spelt_alike(long, other)), long)
            spelling[short, long] = known
            totals[known] += counts[long]
        (best, papers), *_ = totals.most_common(1)
        if papers >= _AGREEMENT * totals.total():
            usual[short] = best
    return _Definitions(spelling=spelling, usual=usual)


def _spelt_alike(one: str, other: str) -> bool:
    """Long forms of one short form that differ by a slip: "deep neuralnetwork", "convolution(al) ..."."""
    matcher = SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", ""), autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _form_key(
    text: str, own: Mapping[str, str], initials: Mapping[str, str], definitions: _Definitions
) -> tuple[str, str]:
    """The normal form that stands for a mention's text, and the rule that led there."""
    form = normal_form(text)
    if form in own:
        return definitions.spelling[form, own[form]], "abbreviation"
    for short, long in own.items():  # the long form itself, where this paper's spelling has a slip
        if form == long and definitions.spelling[short, long] != long:
            return definitions.spelling[short, long], "spelling of a long form"
    # A lower-case word that happens to be spelt like somebody's acronym is a word.
    if form in definitions.usual and any(char.isupper() for char in text):
        return definitions.usual[form], "abbreviation elsewhere"
    if form in initials:
        return initials[form], "initials"
    spelt_out = _spelt_out(text, own, definitions)
    return (form, "normal form") if spelt_out == form else (spelt_out, "abbreviation inside")


def _spelt_out(text: str, own: Mapping[str, str], definitions: _Definitions) -> str:
    """The normal form of a phrase with its short forms replaced by what they stand for.

    A name in one piece ("RL-Scope", "ResNet-50") is a name, whatever its parts once meant.
    """
    words = _WORD.findall(text) if len(text.split()) > 1 else []
    for place, word in enumerate(words):
        if any(char.isupper() for char in word):
            short = normal_form(word)
            long = own.get(short)
            words[place] = definitions.spelling[short, long] if long else definitions.usual.get(short, word)
    return normal_form(" ".join(words) or text)


def _forms_of_two_types(keyed: Iterable[tuple[Mention, str, str]]) -> set[str]:
    """Short acronyms that occur with more than one type: the type is part of what they are."""
    types: dict[str, set[str]] = defaultdict(set)
    for mention, form, _ in keyed:
        if len(form) <= _ACRONYM_CHARS and " " not in form:
            types[form].add(mention.type)
    return {form for form, seen in types.items() if len(seen) > 1}


def _entity(key: _Key, mentions: Sequence[Mention]) -> Entity:
    surfaces = Counter(mention.text for mention in mentions)
    types = Counter(mention.type for mention in mentions)
    return Entity(
        entity_id=make_id("e", *key),
        name=_preferred_name(surfaces),
        type=min(types, key=lambda kind: (-types[kind], kind)),
        aliases=tuple(sorted(surfaces)),
        papers=len({mention.paper_id for mention in mentions}),
        mentions=len(mentions),
    )


def _preferred_name(surfaces: Counter[str]) -> str:
    """The most frequent spelling; its singular, and its spelling outside titles, where they occur too."""
    best = min(surfaces, key=lambda text: (-surfaces[text], len(text), text))
    same = [text for text in surfaces if normal_form(text) == normal_form(best)]
    singular = [text for text in same if fold(text).replace("-", " ") == normal_form(best)] or same
    usual = min(singular, key=lambda text: (-surfaces[text], text))
    plain = [text for text in singular if text == usual or _without_title_case(usual, text)]
    return min(plain, key=lambda text: (sum(char.isupper() for char in text), -surfaces[text], text))


def _without_title_case(usual: str, text: str) -> bool:
    """Whether only capitals that a title brings tell ``usual`` from ``text``: "PyTorch" is not "Pytorch"."""
    if " " in usual and usual.isupper():
        return True
    one, other = (re.findall(r"\w+", spelling) for spelling in (usual, text))
    return [word[1:] for word in one] == [word[1:] for word in other]
