"""Where a quantity stands, and the mentions around it by form: what the features of slots are read from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.components.claim_context import ClaimContext, MentionView, Sentence
from kg.components.coreference import proposed_span
from kg.components.quantities import Quantity
from kg.text import normal_form

__all__ = ["SLOT_LABELS", "FormIndex", "Place"]

SLOT_LABELS = {
    "subject": frozenset({"method", "model", "hardware", "tool", "dataset", "task"}),
    "baseline": frozenset({"method", "model", "hardware", "tool", "dataset"}),
    "dataset": frozenset({"dataset", "model", "task", "hardware", "method", "tool"}),
    "hardware": frozenset({"hardware", "tool"}),
}
_ANAPHORS = frozenset(["we", "our", "it", "its", "this", "these", "proposed", "ours"])
_NO_DATA = re.compile(r"simulators?$", re.IGNORECASE)
_HEADS = (
    r"accelerators?|approach(?:es)?|baselines?|compressors?|counterparts?|designs?|frameworks?|implementations?"
    r"|methods?|models?|schemes?|systems?"
)
_LISTED = re.compile(r"(?:[\s,;/()+~&]|and|or|by|up to|respectively)*")
_LISTED_NAMES = re.compile(rf"(?:(?: the| ?{_HEADS})(?!\w)|[\s,;/()+~&]|and|or|by|up to|respectively)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a quantity stands: token indices, its sentence, its index and the length of its list."""

    quantity: Quantity
    sentence: Sentence
    begin: int
    stop: int
    rank: int
    listed: int

    @classmethod
    def of(cls, context: ClaimContext, quantity: Quantity, claims: list[Quantity]) -> Place:
        """``claims``: the quantities of the Doc that are results, in order, ``quantity`` among them."""
        run = _run(
            [(q.start, q.end) for q in claims], claims.index(quantity), context.plain.text, _LISTED, 16
        )
        return cls(
            quantity=quantity,
            sentence=context.sentence_of(quantity),
            begin=context.word_at(quantity.start),
            stop=context.word_at(quantity.end),
            rank=run[0],
            listed=run[1],
        )


def _run(
    spans: list[tuple[int, int]], at: int, text: str, joined: re.Pattern[str], limit: int
) -> tuple[int, int]:
    """Index in, and length of, the list ("a, b and c") that ``spans[at]`` belongs to.

    ``joined`` matches what may stand between two items, at most ``limit`` characters.
    """
    first = last = at
    while (
        first > 0
        and spans[first - 1][1] <= spans[first][0]
        and _joined(text, spans[first - 1][1], spans[first][0], joined, limit)
    ):
        first -= 1
    while (
        last + 1 < len(spans)
        and spans[last][1] <= spans[last + 1][0]
        and _joined(text, spans[last][1], spans[last + 1][0], joined, limit)
    ):
        last += 1
    return at - first, last - first + 1


def _joined(text: str, start: int, end: int, joined: re.Pattern[str], limit: int) -> bool:
    return 0 <= end - start <= limit and joined.fullmatch(text, start, end) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speech:
    """Whether a sentence holds a word such as "our", begins with one (which), names what is proposed, names
    anything but metrics."""

    anaphor: bool
    opening: str
    named: bool
    some: bool


class FormIndex:
    """The mentions of a Doc by form, and what the ranking asks about them, computed once a Doc."""

    def __init__(self, context: ClaimContext) -> None:
        self.context = context
        self.forms: dict[str, list[MentionView]] = {}
        for mention in context.mentions:
            self.forms.setdefault(mention.form, []).append(mention)
        proposed = [form for form, views in self.forms.items() if views[0].role == "proposed"]
        self.first_proposed = proposed[0] if proposed else None
        main = proposed_span(context.doc) if proposed else None
        self.main_proposed = None if main is None else context.raw[main.start_char : main.end_char]
        self.order_proposed = {form: at for at, form in enumerate(proposed)}
        counts = Counter(views[0].role for views in self.forms.values())
        self.sole = {role: f"{role} {min(count, 3)}" for role, count in counts.items()}
        self.concept = _concepts(context.doc, self.forms)
        self._lists: dict[int, dict[int, tuple[int, int]]] = {}
        self._order: dict[int, list[MentionView]] = {}
        self._speech: dict[int, _Speech] = {}

    def candidates(self, slot: str) -> list[str]:
        """The forms that may fill a slot, in order of appearance."""
        labels = SLOT_LABELS[slot]
        return [
            form
            for form, views in self.forms.items()
            if views[0].label in labels and not (slot == "dataset" and _NO_DATA.search(form))
        ]

    def inside(self, sentence: Sentence) -> list[MentionView]:
        """Mentions of a sentence that are no metrics."""
        if sentence.index not in self._order:
            self._order[sentence.index] = [
                m for m in self.context.mentions_in(sentence) if m.label != "metric"
            ]
        return self._order[sentence.index]

    def speaks(self, sentence: Sentence) -> _Speech:
        """What a sentence says of things named elsewhere."""
        if sentence.index not in self._speech:
            words = self.context.words[sentence.first : sentence.last]
            inside = self.inside(sentence)
            self._speech[sentence.index] = _Speech(
                anaphor=not _ANAPHORS.isdisjoint(words),
                opening=words[0] if words and words[0] in _ANAPHORS else "",
                named=any(mention.role == "proposed" for mention in inside),
                some=bool(inside),
            )
        return self._speech[sentence.index]

    def list_place(self, sentence: Sentence, mention: MentionView) -> tuple[int, int]:
        """Index in, and length of, the list of names that a mention belongs to."""
        if sentence.index not in self._lists:
            spans = [(m.start, m.end) for m in self.inside(sentence)]
            text = self.context.plain.text
            self._lists[sentence.index] = {
                start: _run(spans, at, text, _LISTED_NAMES, 28) for at, (start, _) in enumerate(spans)
            }
        return self._lists[sentence.index].get(mention.start, (0, 1))


def _concepts(doc: Doc, forms: Iterable[str]) -> dict[str, str]:
    """What each form stands for: its normal form, or that of the long form it abbreviates."""
    long_forms = {normal_form(short.text): normal_form(long.text) for short, long in doc._.abbreviations}
    normal = {form: normal_form(form) for form in forms}
    return {form: long_forms.get(name, name) for form, name in normal.items()}
