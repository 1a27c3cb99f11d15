"""The remembered text of a Doc."""

from __future__ import annotations

import spacy

from kg.components.doctext import text_of

ENGLISH = spacy.blank("en")


def test_each_doc_has_its_own_text_however_they_take_turns() -> None:
    texts = ["Title\n\nA  text ", "another", ""]
    docs = [ENGLISH(text) for text in texts]
    assert [text_of(doc) for doc in [*docs, *docs]] == texts * 2
