"""Finds names that no list knows: phrases judged by a linear classifier, and names given by the paper itself.

The stop words, the lead words and the weights are data (``names.json`` beside the config, made by
training/train_names.py).
"""

from __future__ import annotations

import json
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from kg.components.annotations import register
from kg.components.classifier import Classifier, load_classifier, probabilities
from kg.components.data import data_path
from kg.components.doctext import text_of
from kg.components.phrases import phrase_features, phrases
from kg.components.proposals import proposals

__all__ = ["NONE", "Candidate", "Names", "make_names"]

register()

NONE = "none"
Candidate = tuple[int, int, str, float, str]
"""Start, end (code points), type, score, extractor."""


@Language.factory(
    "kg_names",
    assigns=["doc.spans"],
    default_config={"file": "en_research/names.json", "threshold": 0.2},
)
def make_names(nlp: Language, name: str, file: str, threshold: float) -> Names:
    """``file``: word lists and weights; ``threshold``: probability below which a phrase is no candidate."""
    names = Names(threshold=threshold)
    names.load(data_path(file))
    return names


class Names:
    """Writes ``doc.spans["names"]``, and each span's score and extractor in the group's ``attrs``."""

    def __init__(self, *, threshold: float) -> None:
        self.threshold = threshold
        self._model: Classifier | None = None
        self._stops: frozenset[str] = frozenset()
        self._leads: frozenset[str] = frozenset()

    def __call__(self, doc: Doc) -> Doc:
        text, title_end = text_of(doc), doc._.title_end
        found: list[Candidate] = [
            (
                new.start,
                new.end,
                new.type,
                new.score,
                f"{new.pattern} pattern" if new.typed else "name pattern",
            )
            for new in proposals(text, title_end)
        ]
        found += self.phrases(text, title_end)
        group = SpanGroup(doc, name="names")
        scores, extractors = [], []
        for start, end, kind, score, extractor in found:
            span = doc.char_span(start, end, label=kind)
            if span is not None:
                group.append(span)
                scores.append(score)
                extractors.append(extractor)
        group.attrs.update(scores=scores, extractors=extractors)
        doc.spans["names"] = group
        return doc

    def phrases(self, text: str, title_end: int) -> list[Candidate]:
        """Phrases with their likeliest type, where its probability reaches the threshold."""
        if self._model is None:
            return []
        found = phrases(text, self._stops, self._leads, title_end)
        if not found:
            return []
        chances = probabilities(self._model.scores([phrase_features(phrase, title_end) for phrase in found]))
        chances[:, self._model.labels.index(NONE)] = 0.0
        best, highest = chances.argmax(axis=1).tolist(), chances.max(axis=1).tolist()
        return [
            (phrase.start, phrase.end, self._model.labels[place], chance, "phrase")
            for phrase, place, chance in zip(found, best, highest, strict=True)
            if chance >= self.threshold
        ]

    def load(self, path: Path) -> None:
        """Read the word lists and the weights."""
        self._model = load_classifier(str(path.resolve()))
        data = json.loads(path.read_text(encoding="utf-8"))
        self._stops = frozenset(data["stops"])
        self._leads = frozenset(data["leads"])
