"""What the role classifier sees of a concept: named features of its form, places and contexts."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.components.cues import OPENERS, cue_of
from kg.components.reading import Concept, Occurrence, Reading

__all__ = ["features_of_all", "role_features", "shape"]

_LEFT = 6
_RIGHT = 5
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]|\d[A-Z]|[A-Z]\d")


@lru_cache(maxsize=20_000)
def shape(form: str) -> str:
    """The written shape of a name.

    >>> [shape(form) for form in ("RAS", "BitFlow", "ResNet-50", "Clock Gating", "clock gating", "Matérn")]
    ['acronym', 'camel', 'camel', 'title', 'lower', 'capital']
    """
    letters = [char for char in form if char.isalpha()]
    if " " not in form:
        if len(letters) > 1 and all(char.isupper() for char in letters):
            return "acronym"
        if _CAMEL.search(form):
            return "camel"
        return "capital" if form[:1].isupper() else "lower"
    words = [word for word in form.split() if len(word) > 3]
    if words and all(word[0].isupper() for word in words):
        return "title"
    return "mixed" if any(char.isupper() for char in form) else "lower"


@lru_cache(maxsize=1)
def features_of_all(reading: Reading) -> list[list[str]]:
    """The features of every concept; remembered, since roles and relations ask in turn."""
    return [role_features(reading, concept) for concept in reading.concepts]


def role_features(reading: Reading, concept: Concept) -> list[str]:
    """The features of one concept, sorted, each once."""
    kind = concept.type
    found = {f"type={kind}"}
    body = [occurrence for occurrence in concept.occurrences if occurrence.start >= reading.title]
    titled = [occurrence for occurrence in concept.occurrences if occurrence.start < reading.title]
    _add_form(found, reading, concept)
    _add_counts(found, reading, concept, len(titled), body)
    for occurrence in titled:
        _add_title_place(found, reading, occurrence, kind)
    for rank, occurrence in enumerate(body):
        _add_context(found, reading, occurrence, kind, first=rank == 0)
    _add_zones(found, reading, concept, body)
    return sorted(found)


def _add_zones(found: set[str], reading: Reading, concept: Concept, body: list[Occurrence]) -> None:
    """Where the concept stands relative to the sentence that says what the paper does."""
    kind = concept.type
    zones = sorted({_zone(reading, occurrence.sentence) for occurrence in body})
    found.update(f"zone={zone}" for zone in zones)
    found.update(f"zone={zone}|{kind}" for zone in zones)
    titled = concept.occurrences[0].start < reading.title
    found.add(f"zones={'+'.join(zones)}|title={titled}")
    found.add(f"zones={'+'.join(zones)}|{kind}|title={titled}")
    name = set(reading.words[: reading.colon]) if reading.colon else set()
    rest = set(reading.words[reading.colon : reading.title])
    own = set(reading.words[concept.occurrences[0].start : concept.occurrences[0].end])
    if not titled:
        if reading.words[concept.occurrences[0].end - 1] in rest:
            found.add(f"head-in-title|{kind}")
        found.add(f"title-words={min(2, len(own & rest))}|{kind}")
    if own & name:
        found.add(f"name-words|{kind}|title={titled}")
    for sentence in {occurrence.sentence for occurrence in body}:
        found.update(f"sentence={word}|{kind}" for word in _telling(reading, sentence))
    for occurrence in body:
        zone = _zone(reading, occurrence.sentence)
        low = reading.bounds[occurrence.sentence]
        left = reading.words[occurrence.start - 1] if occurrence.start > low else "^"
        found.add(f"zone={zone}|l1={left}|{kind}")
        lead = _list_lead(reading, occurrence)
        if lead:
            found.add(f"list-lead={lead}")
            found.add(f"list-lead={lead}|{kind}|{zone}")


@lru_cache(maxsize=128)  # the concepts of a sentence ask in turn
def _telling(reading: Reading, sentence: int) -> frozenset[str]:
    """The words of a sentence that tell what its concepts may be."""
    return _TELLING.intersection(reading.words[reading.bounds[sentence] : reading.bounds[sentence + 1]])


def _zone(reading: Reading, sentence: int) -> str:
    if sentence == reading.anchor:
        return "anchor"
    if reading.results <= sentence:
        return "results"
    if sentence < reading.anchor:
        return "before-last" if sentence == reading.anchor - 1 else "before"
    return "after"


def _list_lead(reading: Reading, occurrence: Occurrence) -> str:
    """The word before the enumeration in which an occurrence stands, empty if it stands in none."""
    words, low = reading.words, reading.bounds[occurrence.sentence]
    place, joined = occurrence.start - 1, False
    while place >= low and place in reading.inside:
        place -= 1
    while place > low and words[place] in _JOINERS:
        back = place - 1
        while back >= low and (back in reading.inside or words[back] in _JOINERS):
            back -= 1
        if back == place - 1 and words[place] in _JOINERS:
            break
        place, joined = back, True
    return words[place] if joined and place >= low else ""


_JOINERS = frozenset([",", "and", "or", "&", "/"])
_TELLING = frozenset(
    [
        "we",
        "our",
        "this",
        "however",
        "but",
        "existing",
        "traditional",
        "conventional",
        "outperforms",
        "outperforming",
        "outperform",
        "compared",
        "experiments",
        "results",
        "achieves",
        "achieving",
        "demonstrate",
        "show",
        "shows",
        "evaluate",
        "evaluated",
        "propose",
        "introduce",
        "present",
        "presents",
        "proposes",
        "introduces",
        "develop",
        "baseline",
        "baselines",
        "state",
        "fail",
        "suffer",
        "lack",
        "while",
        "unlike",
        "instead",
        "such",
        "including",
        "namely",
        "respectively",
        "across",
        "datasets",
        "benchmarks",
        "over",
        "than",
        "reduces",
        "reducing",
        "improves",
        "improving",
        "remains",
        "challenge",
        "challenges",
        "critical",
        "essential",
        "potential",
        "future",
        "applications",
        "implemented",
    ]
)


def _add_form(found: set[str], reading: Reading, concept: Concept) -> None:
    first = concept.occurrences[0]
    words = reading.words[first.start : first.end]
    found.add(f"head={words[-1]}")
    found.update(f"w={word}" for word in words)
    found.add(f"form={' '.join(words)}")
    shapes = {shape(form) for form in concept.forms}
    found.update(f"shape={name}" for name in shapes)
    found.update(f"shape={name}|{concept.type}" for name in shapes)
    found.add(f"length={min(4, len(words))}")
    found.add(f"suffix={words[-1][-3:]}|{concept.type}")


def _add_counts(
    found: set[str], reading: Reading, concept: Concept, titled: int, body: list[Occurrence]
) -> None:
    kind = concept.type
    count = min(4, len(concept.occurrences))
    sentences = len({occurrence.sentence for occurrence in body})
    found.add(f"count={count}")
    found.add(f"count={count}|{kind}|title={min(1, titled)}")
    found.add(f"sentences={min(4, sentences)}")
    if len(concept.forms) > 1:
        found.add("several-forms")
    if not body:
        found.add("title-only")
        found.add(f"title-only|{kind}")
        return
    first, last = body[0].sentence, body[-1].sentence
    start = int(reading.body_share(first) * 4.99)
    found.add(f"first-in={start}")
    found.add(f"first-in={start}|{kind}|title={min(1, titled)}")
    found.add(f"last-in={int(reading.body_share(last) * 4.99)}|{kind}")
    found.add(f"span={start}-{int(reading.body_share(last) * 4.99)}")


def _add_title_place(found: set[str], reading: Reading, occurrence: Occurrence, kind: str) -> None:
    words = reading.words
    found.add(f"title|{kind}")
    if reading.colon and occurrence.end <= reading.colon:
        whole = occurrence.start == 0 and occurrence.end == reading.colon
        found.add("title-name" if whole else "before-colon")
        found.add(f"{'title-name' if whole else 'before-colon'}|{kind}")
    elif reading.colon:
        found.add(f"after-colon|{kind}")
    left = words[occurrence.start - 1] if occurrence.start else "^"
    right = words[occurrence.end] if occurrence.end < reading.title else "$"
    found.add(f"title-left={left}")
    found.add(f"title-left={left}|{kind}")
    found.add(f"title-right={right}")
    found.add(f"title-right={right}|{kind}")
    for back in range(occurrence.start - 1, max(-1, occurrence.start - 12), -1):
        if words[back] in _TITLE_LINKS:
            found.add(f"title-after={words[back]}|{kind}")
            break
    for word in words[occurrence.end : reading.title]:
        if word in _TITLE_LINKS:
            found.add(f"title-before={word}|{kind}")
            break


_TITLE_LINKS = frozenset(
    [
        "for",
        "via",
        "using",
        "with",
        "of",
        "in",
        "on",
        "from",
        "by",
        "through",
        "to",
        "and",
        ":",
        "towards",
        "toward",
        "under",
        "at",
        "as",
    ]
)


def _add_context(
    found: set[str], reading: Reading, occurrence: Occurrence, kind: str, *, first: bool
) -> None:
    words, sentence = reading.words, occurrence.sentence
    low, high = reading.bounds[sentence], reading.bounds[sentence + 1]
    start, end = occurrence.start, min(occurrence.end, high)
    left = words[max(low, start - _LEFT) : start][::-1]
    right = words[end : min(high, end + _RIGHT)]
    near = left[0] if left else "^"
    after = right[0] if right else "$"
    found.update((f"l1={near}", f"l1={near}|{kind}", f"r1={after}", f"r1={after}|{kind}"))
    found.add(f"l2={left[1] if len(left) > 1 else '^'} {near}")
    found.add(f"l3={' '.join(left[2::-1])}")
    found.add(f"r2={after} {right[1] if len(right) > 1 else '$'}")
    found.add(f"around={near}_{after}")
    found.update([f"left={word}" for word in left])
    found.update([f"right={word}" for word in right])
    _add_cues(found, words, (low, start, end, high), kind)
    opener = OPENERS.get(words[low], "other") if low < high else "other"
    place = "start" if start - low < 3 else "inside"
    found.update((f"opener={opener}", f"opener={opener}|{kind}|{place}"))
    if first:
        found.add(f"first:l1={near}|{kind}")
        found.add(f"first:opener={opener}|{kind}")


def _add_cues(found: set[str], words: list[str], places: tuple[int, int, int, int], kind: str) -> None:
    low, start, end, high = places
    nearest = ""
    seen = 0
    for back in range(start - 1, low - 1, -1):
        cue = cue_of(words[back])
        if cue:
            seen += 1
            gap = "near" if start - back < 4 else "mid" if start - back < 10 else "far"
            if seen == 1:
                nearest = cue
                found.add(f"cue-left={words[back]}|{gap}")
                found.add(f"cue-left={cue}|{kind}|{gap}")
            else:
                found.add(f"cues-left={nearest}<{cue}")
            if seen == 3:
                break
    if not seen:
        found.add(f"cue-left=none|{kind}")
    for ahead in range(end, high):
        cue = cue_of(words[ahead])
        if cue:
            gap = "near" if ahead - end < 3 else "mid" if ahead - end < 9 else "far"
            found.add(f"cue-right={words[ahead]}|{gap}")
            found.add(f"cue-right={cue}|{kind}|{gap}")
            found.add(f"cues={nearest}-{cue}")
            break
