"""Lets a pipeline of somebody else speak: its ``doc.ents`` become ``doc.spans["mentions"]``.

The labels are mapped to the seven entity types; what is not mapped is left out. As everywhere in kg, one form
has one type in a document, and every whole-word occurrence of it is a mention.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from kg.components.annotations import MENTIONS, register
from kg.components.mentions import Choice, place_forms

__all__ = ["Entities", "make_entities"]

register()


@Language.factory(
    "kg_entities",
    assigns=["doc.spans", "span._.extractors", "span._.confidence"],
    requires=["doc.ents"],
    default_config={"precision": {}},
)
def make_entities(nlp: Language, name: str, labels: dict[str, str], precision: dict[str, float]) -> Entities:
    """``labels``: the pipeline's label -> entity type; ``precision``: measured precision by label, the
    confidence of its mentions (one half where nobody has measured it)."""
    return Entities(labels=labels, precision=precision)


class Entities:
    """Writes ``doc.spans["mentions"]``."""

    def __init__(self, *, labels: Mapping[str, str], precision: Mapping[str, float]) -> None:
        self.labels = labels
        self.precision = precision

    def __call__(self, doc: Doc) -> Doc:
        labels: dict[str, Counter[str]] = defaultdict(Counter)
        for entity in doc.ents:
            if entity.label_ in self.labels:
                labels[entity.text][entity.label_] += 1
        chosen: dict[str, Choice] = {}
        for text, counts in labels.items():
            label = min(counts, key=lambda label: (-counts[label], label))
            chosen[text] = self.labels[label], self.precision.get(label, 0.5), ("pipeline",)
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=place_forms(doc, chosen))
        return doc
