"""A Doc as the decisions about results see it: plain text, tokens, sentences, mentions, quantities."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span

from kg.components.annotations import MENTIONS
from kg.components.doctext import sentences_of, text_of
from kg.components.plaintext import PlainText, plain_text
from kg.components.quantities import Quantity, find_quantities

__all__ = ["ClaimContext", "MentionView", "Sentence"]

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|\d[\d.,]*|[^\w\s]")
_OURS = frozenset(
    [
        "we",
        "our",
        "ours",
        "us",
        "paper",
        "work",
        "propose",
        "proposes",
        "proposed",
        "present",
        "presents",
        "introduce",
        "introduces",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionView:
    """A mention in plain offsets and token indices."""

    span: Span
    start: int
    end: int
    first: int
    last: int
    form: str
    label: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence in plain offsets and token indices (``last`` exclusive)."""

    span: Span
    index: int
    start: int
    end: int
    first: int
    last: int


@dataclass
class ClaimContext:
    """All that is read once a Doc. ``raw``: its text; ``words[i]`` is lower case, numbers are "#"."""

    doc: Doc
    raw: str
    plain: PlainText
    words: list[str]
    word_starts: list[int]
    sentences: list[Sentence]
    mentions: list[MentionView]
    quantities: list[Quantity]
    title_end: int
    first_ours: int

    @classmethod
    def of(cls, doc: Doc) -> ClaimContext:
        """Read a Doc; cheap when it holds no quantity."""
        raw = text_of(doc)
        plain = plain_text(raw)
        quantities = find_quantities(plain)
        if not quantities:
            return cls(doc, raw, plain, [], [], [], [], [], 0, 0)
        words: list[str] = []
        word_starts: list[int] = []
        for match in _TOKEN.finditer(plain.text):
            word = match.group()
            words.append("#" if word[0].isdigit() else word.lower())
            word_starts.append(match.start())
        context = cls(doc, raw, plain, words, word_starts, [], [], quantities, 0, 0)
        context.title_end = context.position(doc._.title_end)
        for index, (first, last) in enumerate(sentences_of(doc)):
            span = doc[first:last]
            start, end = context.position(span.start_char), context.position(span.end_char)
            context.sentences.append(
                Sentence(
                    span=span,
                    index=index,
                    start=start,
                    end=end,
                    first=context.word_at(start),
                    last=context.word_at(end),
                )
            )
        context.mentions = [context._view(span) for span in doc.spans.get(MENTIONS, ())]
        context.first_ours = next(
            (
                start
                for start, word in zip(word_starts, words, strict=True)
                if word in _OURS and start >= context.title_end
            ),
            len(plain.text),
        )
        return context

    def position(self, raw: int) -> int:
        """The plain offset of a raw one."""
        return bisect_left(self.plain.starts, raw)

    def word_at(self, position: int) -> int:
        """The index of the first word that begins at or after a plain offset."""
        return bisect_left(self.word_starts, position)

    def sentence_of(self, quantity: Quantity) -> Sentence:
        """The sentence in which the number stands."""
        return self.sentences[max(0, bisect_right(self.sentence_starts, quantity.core) - 1)]

    def mentions_in(self, sentence: Sentence) -> list[MentionView]:
        """The mentions that begin in a sentence, in order."""
        low = bisect_left(self._mention_starts, sentence.start)
        high = bisect_left(self._mention_starts, sentence.end)
        return self.mentions[low:high]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """The plain offsets where sentences begin."""
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    def _view(self, span: Span) -> MentionView:
        start, end = self.position(span.start_char), self.position(span.end_char)
        return MentionView(
            span=span,
            start=start,
            end=end,
            first=self.word_at(start),
            last=max(self.word_at(end), self.word_at(start) + 1),
            form=self.raw[span.start_char : span.end_char],
            label=span.label_,
            role=span._.role,
        )
