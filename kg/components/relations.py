"""Relates the mentions of a paper: used_for, runs_on, evaluated_on, compared_with, part_of, is_a.

Every ordered pair of concepts that the text brings together is classified by a linear model; sentences that
speak of "we", "our method", "the framework" or "it" count for the main thing the paper proposes. One relation
a pair of concepts is kept, with the sentence that speaks of both (or of the tail, where the head is only
meant).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.components.annotations import RelationAnnotation, register
from kg.components.classifier import Classifier, Floats, load_classifier, probabilities, side_by_side
from kg.components.coreference import main_concept
from kg.components.reading import Occurrence, Reading, read
from kg.components.relation_features import Pair, candidate_pairs, concept_features, pair_features

__all__ = ["KINDS", "Relations", "make_relations", "pair_probabilities", "views"]

register()

KINDS: Final = ("used_for", "runs_on", "evaluated_on", "compared_with", "part_of", "is_a")
NONE: Final = "none"
_ENDS = ("h:", "t:", "hm:", "tm:")


@Language.factory(
    "kg_relations",
    assigns=["doc._.relations"],
    requires=["doc.spans", "doc.sents", "span._.role"],
    default_config={"model": "en_research/relations.json", "threshold": 0.22},
)
def make_relations(nlp: Language, name: str, model: str, threshold: float) -> Relations:
    """``model``: the classifier's file; ``threshold``: confidence below which nothing is said of a pair."""
    return Relations(load_classifier(model), threshold=threshold)


class Relations:
    """Writes ``doc._.relations``, in the order of the heads' and tails' first mentions."""

    def __init__(self, model: Classifier, *, threshold: float = 0.22) -> None:
        self.model = model
        self.threshold = threshold
        self.views = views(model)

    def __call__(self, doc: Doc) -> Doc:
        reading = read(doc)
        roles = [concept.occurrences[0].span._.role for concept in reading.concepts]
        main = main_concept(reading, roles)
        sure = _sureness(reading)
        # a relation is never surer than its ends: pairs that cannot reach the threshold are not looked at
        pairs = [
            pair
            for pair in candidate_pairs(reading, roles, main)
            if sure[pair.head] * sure[pair.tail] >= self.threshold
        ]
        doc._.relations = []
        if pairs:
            chances = pair_probabilities(reading, pairs, roles, main, self.views)
            chances *= np.array([sure[pair.head] * sure[pair.tail] for pair in pairs])[:, np.newaxis]
            doc._.relations = [
                _annotation(doc, reading, pair, kind, chance)
                for pair, kind, chance in _chosen(pairs, chances, self.model.labels, self.threshold)
            ]
        return doc


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """One classifier by kinds of features: of pairs, and of one end as a head, as a tail, as a head where the
    tail is the main concept, as a tail where the head is."""

    pair: Classifier
    ends: Classifier


def views(model: Classifier) -> Views:
    """The classifier split by the prefixes that ``kg.components.relation_features`` describes."""
    return Views(pair=model, ends=side_by_side([model.under(prefix) for prefix in _ENDS]))


def pair_probabilities(
    reading: Reading, pairs: Sequence[Pair], roles: Sequence[str], main: int | None, by: Views
) -> Floats:
    """Probability of each kind (and of none) for each pair, shape (pairs, labels)."""
    own = [
        concept_features(reading, concept, role)
        for concept, role in zip(reading.concepts, roles, strict=True)
    ]
    heads = np.fromiter((pair.head for pair in pairs), dtype=np.intp)
    tails = np.fromiter((pair.tail for pair in pairs), dtype=np.intp)
    scores = by.pair.scores([pair_features(reading, pair, roles, main) for pair in pairs])
    head, tail, head_of_main, tail_of_main = np.split(by.ends.scores(own), len(_ENDS), axis=1)
    scores += head[heads] + tail[tails]
    if main is not None:
        to_main, of_main = tails == main, heads == main
        scores[to_main] += head_of_main[heads[to_main]]
        scores[of_main] += tail_of_main[tails[of_main]]
    return probabilities(scores)


def _sureness(reading: Reading) -> list[float]:
    """The chance that each concept is what it is taken for.

    A relation is wrong if one of its ends is; times these, the classifier's probability is calibrated.
    Mentions without a confidence (annotated ones) are certain.
    """
    return [
        max(occurrence.span._.confidence for occurrence in c.occurrences) or 1.0 for c in reading.concepts
    ]


def _chosen(
    pairs: Sequence[Pair], chances: Floats, labels: Sequence[str], threshold: float
) -> list[tuple[Pair, str, float]]:
    """The likeliest kind of every pair, if it reaches the threshold; of both directions the likelier one."""
    stated = chances.copy()
    stated[:, labels.index(NONE)] = 0.0
    kept: dict[tuple[int, int], tuple[Pair, str, float]] = {}
    for row, (pair, place) in enumerate(zip(pairs, stated.argmax(axis=1).tolist(), strict=True)):
        chance = float(stated[row, place])
        key = (min(pair.head, pair.tail), max(pair.head, pair.tail))
        if chance >= threshold and (key not in kept or kept[key][2] < chance):
            kept[key] = (pair, labels[place], chance)
    return sorted(kept.values(), key=lambda item: (item[0].head, item[0].tail))


def _annotation(doc: Doc, reading: Reading, pair: Pair, kind: str, confidence: float) -> RelationAnnotation:
    if pair.meetings:
        head, tail = min(pair.meetings, key=lambda meeting: meeting[0].start < reading.title)
    else:
        head, tail = _nearest(reading, pair)
    start, end = reading.sentences[tail.sentence]
    return RelationAnnotation(
        head=head.span,
        kind=kind,
        tail=tail.span,
        evidence=doc[start:end],
        confidence=round(confidence, 4),
        extractors=("relations",),
    )


def _nearest(reading: Reading, pair: Pair) -> tuple[Occurrence, Occurrence]:
    """The mentions that stand nearest to each other, those of the title last."""
    return min(
        (
            (one, other)
            for one in reading.concepts[pair.head].occurrences
            for other in reading.concepts[pair.tail].occurrences
        ),
        key=lambda both: (
            both[1].start < reading.title,
            abs(both[0].start - both[1].start),
            both[0].start,
            both[1].start,
        ),
    )
