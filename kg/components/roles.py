"""Gives every mention its role in the paper: proposed, used, and so on (``ROLES``).

A linear classifier (``kg.components.classifier``) decides once for a concept, so that all its forms and
mentions in a document agree. A second look lets the decisions about the others in the document weigh in.
Where the trained recogniser has read the document, its opinion of the roles is added with a weight.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.components.annotations import RECOGNIZER, register
from kg.components.classifier import Classifier, Floats, load_classifier, probabilities
from kg.components.reading import Reading, read
from kg.components.role_context import context_features
from kg.components.role_features import features_of_all
from kg.types import ROLES

__all__ = ["Roles", "make_roles", "role_probabilities"]

register()


@Language.factory(
    "kg_roles",
    assigns=["span._.role"],
    requires=["doc.spans", "doc.sents"],
    default_config={
        "first": "en_research/roles.json",
        "second": "en_research/roles_context.json",
        "recognizer": RECOGNIZER,
        "weight": 1.0,
    },
)
def make_roles(nlp: Language, name: str, first: str, second: str, recognizer: str, weight: float) -> Roles:
    """``first``, ``second``: the weights of the two looks; ``recognizer``: the span group of the trained
    recogniser; ``weight``: how much its log-probabilities of roles count beside the classifier's."""
    return Roles(load_classifier(first), load_classifier(second), recognizer=recognizer, weight=weight)


class Roles:
    """Sets ``span._.role`` on every span of ``doc.spans["mentions"]``."""

    def __init__(
        self, first: Classifier, second: Classifier, *, recognizer: str = RECOGNIZER, weight: float = 1.0
    ) -> None:
        self.first = first
        self.second = second
        self.recognizer = recognizer
        self.weight = weight

    def __call__(self, doc: Doc) -> Doc:
        reading = read(doc)
        if not reading.concepts:
            return doc
        chances = role_probabilities(reading, self.first, self.second)
        chances = probabilities(np.log(chances) + self.weight * self._second_opinion(doc, reading))
        for concept, row in zip(reading.concepts, chances, strict=True):
            role = self.first.labels[int(row.argmax())]
            for occurrence in concept.occurrences:
                occurrence.span._.role = role
        return doc

    def _second_opinion(self, doc: Doc, reading: Reading) -> Floats:
        """The recogniser's mean log-probabilities of roles for each concept; zeros where it saw nothing."""
        opinion = np.zeros((len(reading.concepts), len(self.first.labels)))
        group = doc.spans.get(self.recognizer)
        if not group or "roles" not in group.attrs:
            return opinion
        columns = [ROLES.index(label) for label in self.first.labels]
        places = [(span.start, span.end) for span in group]  # in order, without overlap
        starts, ends = [start for start, _ in places], [end for _, end in places]
        seen = group.attrs["roles"]
        for place, concept in enumerate(reading.concepts):
            spans = [occurrence.span for occurrence in concept.occurrences]
            rows = [
                row
                for span in spans
                for row in seen[bisect_right(ends, span.start) : bisect_left(starts, span.end)]
            ]
            if rows:
                mean = rows[0] if len(rows) == 1 else np.mean(rows, axis=0)
                opinion[place] = [mean[column] for column in columns]
        return opinion


def role_probabilities(reading: Reading, first: Classifier, second: Classifier) -> Floats:
    """Probability of each role for each concept, shape (concepts, roles)."""
    scores = first.scores(features_of_all(reading))
    context = second.scores(context_features(reading, probabilities(scores)))
    return probabilities(scores + context)
