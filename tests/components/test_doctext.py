"""What is remembered of a Doc, against what spaCy itself says of it."""

from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.components.doctext import sentences_of, text_of, tokens_of
from kg.components.sentences import Sentences

ENGLISH = spacy.blank("en")


def test_each_doc_has_its_own_text_however_they_take_turns() -> None:
    texts = ["Title\n\nA  text ", "another", ""]
    docs = [ENGLISH(text) for text in texts]
    assert [text_of(doc) for doc in [*docs, *docs]] == texts * 2


@given(st.text(alphabet="Ab .!?\n-é𝔸", max_size=60))
def test_sentences_and_tokens_are_those_of_spacy(text: str) -> None:
    doc = Sentences()(ENGLISH.make_doc(text))
    assert sentences_of(doc) == tuple((sentence.start, sentence.end) for sentence in doc.sents)
    tokens = tokens_of(doc)
    assert tokens.texts == [token.text for token in doc]
    assert tokens.offsets == [token.idx for token in doc]
    assert tokens.spaced == [bool(token.whitespace_) for token in doc]
    assert tokens.blank == [token.is_space for token in doc]
    assert tokens.opens == [bool(token.is_sent_start) for token in doc]


def test_a_doc_without_marks_is_one_sentence() -> None:
    assert sentences_of(ENGLISH.make_doc("One. Two.")) == ((0, 4),)
    assert sentences_of(ENGLISH.make_doc("")) == ()
