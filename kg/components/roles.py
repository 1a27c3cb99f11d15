"""Gives every mention its role in the paper: proposed, used, and so on (``ROLES``).

A linear classifier (``kg.components.classifier``) decides once for a concept, so that all its forms and
mentions
in a document agree. A second look lets the decisions about the others in the document weigh in.
"""

from __future__ import annotations

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.annotations import register
from kg.components.classifier import Classifier, Floats, load_classifier, probabilities
from kg.components.reading import Reading, read
from kg.components.role_context import context_features
from kg.components.role_features import role_features

__all__ = ["ROLES", "Roles", "make_roles", "role_probabilities"]

register()

ROLES: Final = ("proposed", "used", "baseline", "evaluated_on", "measured", "target", "mentioned")


@Language.factory(
    "kg_roles",
    assigns=["span._.role"],
    requires=["doc.spans", "doc.sents"],
    default_config={"first": "en_research/roles.json", "second": "en_research/roles_context.json"},
)
def make_roles(nlp: Language, name: str, first: str, second: str) -> Roles:
    """The component; ``first`` and ``second`` are the weights of the two looks."""
    return Roles(load_classifier(first), load_classifier(second))


class Roles:
    """Sets ``span._.role`` on every span of ``doc.spans["mentions"]``."""

    def __init__(self, first: Classifier, second: Classifier) -> None:
        self.first = first
        self.second = second

    def __call__(self, doc: Doc) -> Doc:
        reading = read(doc)
        if not reading.concepts:
            return doc
        chances = role_probabilities(reading, self.first, self.second)
        for concept, row in zip(reading.concepts, chances, strict=True):
            role = self.first.labels[int(row.argmax())]
            for occurrence in concept.occurrences:
                occurrence.span._.role = role
        return doc


def role_probabilities(reading: Reading, first: Classifier, second: Classifier) -> Floats:
    """Probability of each role for each concept, shape (concepts, roles)."""
    rows = [role_features(reading, concept) for concept in reading.concepts]
    scores = first.scores(rows)
    context = second.scores(context_features(reading, probabilities(scores)))
    return probabilities(scores + context)
