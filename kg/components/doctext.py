"""The text of a Doc, its sentences and its tokens, read at once: spaCy makes them anew each time."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc

__all__ = ["Tokens", "sentences_of", "text_of", "tokens_of"]


@lru_cache(maxsize=1)
def text_of(doc: Doc) -> str:
    """``doc.text``; a pipeline takes one Doc through all its components, so the last Doc's is enough.

    >>> from spacy.vocab import Vocab
    >>> text_of(Doc(Vocab(), words=["a", "text"]))
    'a text '
    """
    text: str = doc.text
    return text


def sentences_of(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Sentences as (first token, token after the last); ``doc.sents`` is far slower."""
    if not len(doc):
        return ()
    firsts = (doc.to_array("SENT_START") == 1).nonzero()[0].tolist()
    if not firsts or firsts[0]:
        firsts.insert(0, 0)
    return tuple(pairwise([*firsts, len(doc)]))


class Tokens(NamedTuple):
    """The tokens of a Doc as lists: texts, offsets, whether a blank follows, whether it is white space,
    whether a sentence begins with it."""

    texts: list[str]
    offsets: list[int]
    spaced: list[bool]
    blank: list[bool]
    opens: list[bool]


def tokens_of(doc: Doc) -> Tokens:
    """What is asked of every token, read at once; spaCy makes an object for each token it is asked for."""
    text = text_of(doc)
    table = doc.to_array(["IDX", "LENGTH", "SPACY", "IS_SPACE", "SENT_START"])
    offsets, lengths = table[:, 0].tolist(), table[:, 1].tolist()
    return Tokens(
        texts=[text[start : start + length] for start, length in zip(offsets, lengths, strict=True)],
        offsets=offsets,
        spaced=(table[:, 2] != 0).tolist(),
        blank=(table[:, 3] != 0).tolist(),
        opens=(table[:, 4] == 1).tolist(),
    )
