"""What "it", "our method", "this framework", "the proposed X" stand for: the thing that the paper proposes.

An abstract proposes one main thing. It is named before the colon of the title, or right after the verb of the
sentence that says what the paper does, and it is what the later sentences speak of.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from kg.components.cues import SELF_REFERENCE, cue_of
from kg.components.reading import Concept, Reading, read
from kg.components.role_features import shape

__all__ = ["main_concept", "proposed_span", "self_references"]

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


def self_references(text: str) -> list[tuple[int, int]]:
    """Where a text speaks of the paper or of what it proposes without a name, as (start, end).

    >>> text = "In this paper our method wins; it is fast."
    >>> [text[start:end] for start, end in self_references(text)]
    ['this paper', 'our method', 'it']
    """
    return [match.span() for match in SELF_REFERENCE.finditer(text)]
