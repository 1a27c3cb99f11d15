"""Marks where sentences start, by the rules of kg.sentences."""

from __future__ import annotations

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.components.annotations import register
from kg.components.doctext import text_of
from kg.sentences import sentence_starts

__all__ = ["make_sentences"]

register()


@Language.factory("kg_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Sentences:
    """The component; it has no settings."""
    return Sentences()


class Sentences:
    """Writes ``token.is_sent_start``."""

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        values = np.full((len(doc), 1), -1, dtype=np.int64)
        values[0] = 1
        starts = list(sentence_starts(text_of(doc), doc._.title_end))
        tokens = doc.to_array("IDX").astype(np.int64).searchsorted(starts)
        values[tokens[tokens < len(doc)]] = 1
        doc.from_array(["SENT_START"], values.astype(np.uint64))  # type: ignore[arg-type]  # spaCy takes any array
        return doc
