"""What "it", "our method", "this framework", "the proposed X" stand for: the thing that the paper proposes.

An abstract proposes one main thing. It is named before the colon of the title, or right after the verb of the
sentence that says what the paper does, and it is what the later sentences speak of.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from kg.components.cues import cue_of
from kg.components.reading import Concept, Reading, read
from kg.components.role_features import shape

__all__ = ["SELF", "STAND_INS", "main_concept", "proposed_span", "stands_in"]

SELF = frozenset(["we", "our", "it", "its", "this"])
#: The words with which a phrase that stands for the proposed thing begins.
STAND_INS = SELF | {"the"}
_GENERIC = frozenset(
    [
        "accelerator",
        "algorithm",
        "approach",
        "architecture",
        "chip",
        "compiler",
        "design",
        "framework",
        "macro",
        "mechanism",
        "method",
        "methodology",
        "model",
        "network",
        "pipeline",
        "processor",
        "proposed",
        "resulting",
        "scheme",
        "solution",
        "strategy",
        "system",
        "technique",
        "tool",
        "toolchain",
        "work",
    ]
)

_PROPOSABLE = {
    "method": 1.0,
    "model": 1.0,
    "hardware": 1.0,
    "tool": 1.0,
    "dataset": 0.8,
    "task": -3.0,
    "metric": -3.0,
}


def proposed_span(doc: Doc) -> Span | None:
    """The main thing the paper proposes, as its first mention in the text; None if none is ``proposed``.

    Needs sentences, ``doc.spans["mentions"]`` and their roles.
    """
    reading = read(doc)
    roles = [concept.occurrences[0].span._.role for concept in reading.concepts]
    index = main_concept(reading, roles)
    return None if index is None else reading.concepts[index].occurrences[0].span


def main_concept(reading: Reading, roles: Sequence[str]) -> int | None:
    """The number of the concept that the paper mainly proposes; ``roles`` has one role a concept."""
    best: tuple[float, int] | None = None
    for concept in reading.concepts:
        if roles[concept.index] == "proposed":
            rank = (_prominence(reading, concept), -concept.index)
            best = rank if best is None or rank > best else best
    return None if best is None else -best[1]


def _prominence(reading: Reading, concept: Concept) -> float:
    """How much a proposed concept looks like the main one: by place, form and count."""
    score = _PROPOSABLE.get(concept.type, 0.0)
    body = [occurrence for occurrence in concept.occurrences if occurrence.start >= reading.title]
    titled = [occurrence for occurrence in concept.occurrences if occurrence.start < reading.title]
    if titled:
        score += 2.0
        if reading.colon and titled[0].end <= reading.colon:
            score += 3.0
    shapes = {shape(form) for form in concept.forms}
    if shapes & {"acronym", "camel"} or ("capital" in shapes and concept.forms[0].islower() is False):
        score += 1.5
    score += 0.7 * min(4, len(body))
    anchored = [occurrence for occurrence in body if occurrence.sentence == reading.anchor]
    if anchored:
        score += 1.0
        low = reading.bounds[reading.anchor]
        before = reading.words[low : anchored[0].start]
        if any(cue_of(word) == "propose" for word in before) and not any(
            low <= occurrence.start < anchored[0].start and occurrence.concept != concept.index
            for occurrence in reading.occurrences
        ):
            score += 2.0
    if any(reading.words[reading.bounds[o.sentence] : o.start] in ([], ["the"]) for o in body):
        score += 1.0
    return score


def stands_in(words: Sequence[str], place: int, end: int) -> bool:
    """Whether a phrase that speaks of what the paper proposes without its name begins at ``words[place]``.

    ``words`` are lower case and read up to ``end``.

    >>> words = "our method wins ; the framework is fast".split()
    >>> [words[place] for place in range(8) if stands_in(words, place, 8)]
    ['our', 'the']
    """
    word = words[place]
    if word in SELF:
        return True
    return word == "the" and place + 1 < end and words[place + 1] in _GENERIC
