"""The text of a Doc, remembered: spaCy joins all tokens anew each time ``doc.text`` is asked for."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc

__all__ = ["text_of"]


@lru_cache(maxsize=1)
def text_of(doc: Doc) -> str:
    """``doc.text``; a pipeline takes one Doc through all its components, so the last Doc's is enough.

    >>> from spacy.vocab import Vocab
    >>> text_of(Doc(Vocab(), words=["a", "text"]))
    'a text '
    """
    text: str = doc.text
    return text
