"""Abstracts as windows of word pieces with tags and roles: what the recogniser learns from.

Units, word pieces and entity spans come from the package itself, so that training and run time agree by
construction. The text of an abstract is "title. abstract"; its tokens are those of ``spacy.blank("en")``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray

from kg.components.recognizer import units
from kg.components.wordpiece import WordPiece
from kg.text import fold, whole_word_spans
from kg.training.records import Record
from kg.types import ENTITY_TYPES, ROLES

__all__ = [
    "LONGEST_WINDOW",
    "TAGS",
    "UNLABELLED",
    "Example",
    "Reader",
    "Window",
]

TAGS = ("O", *(f"{mark}-{kind}" for kind in ENTITY_TYPES for mark in "BI"))
UNLABELLED = -100  # a unit without a role (or tag): it takes no part in the loss
LONGEST_WINDOW = 510  # word pieces with [CLS] and [SEP]; the encoder has 512 positions

Span = tuple[int, int, str]  # start, end, type
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One abstract. ``gold``: spans in code points; ``spans``: those of them that are whole units, in units;
    ``roles``: the role of each of ``spans`` as an index of ROLES, UNLABELLED where none is annotated;
    ``form_roles``: role by folded form."""

    id: str
    text: str
    units: tuple[tuple[int, int], ...]
    pieces: tuple[tuple[int, ...], ...]
    gold: tuple[Span, ...]
    spans: tuple[Span, ...]
    roles: tuple[int, ...]
    form_roles: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Units ``offset`` to ``offset + len(first)`` of an abstract, as one run of the network.

    ``ids``: word pieces with [CLS] and [SEP]; ``first``: place of each unit's first piece; ``tags`` and
    ``roles``: gold labels of each unit; ``soft``: teachers' probabilities (units, tags + roles) instead.
    """

    document: int
    offset: int
    ids: Ints
    first: Ints
    tags: Ints
    roles: Ints
    soft: Floats | None = None


class Reader:
    """Turns records into examples and windows with the encoder's vocabulary."""

    def __init__(self, vocabulary: Path, *, compounds: bool = False) -> None:
        self._wordpiece = WordPiece(vocabulary.read_text(encoding="utf-8").rstrip("\n").split("\n"))
        self._nlp = spacy.blank("en")
        self._compounds = compounds

    def example(self, record: Record) -> Example:
        """One record, annotated or not, with ``text`` or with ``title`` and ``abstract``."""
        text = record["text"] if "text" in record else f"{record['title']}. {record['abstract']}"
        doc = self._nlp.make_doc(text)
        bounds = [
            (doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
            for first, last in units(doc, compounds=self._compounds)
        ]
        starts = {start: place for place, (start, _) in enumerate(bounds)}
        ends = {end: place + 1 for place, (_, end) in enumerate(bounds)}
        entities = record.get("entities", [])
        role_of = {entity["name"]: entity["role"] for entity in entities if entity.get("role")}
        gold = gold_spans(text, entities)
        whole = [span for span in gold if span[0] in starts and span[1] in ends]
        return Example(
            id=record["id"],
            text=text,
            units=tuple(bounds),
            pieces=tuple(self._wordpiece(text[start:end]) for start, end in bounds),
            gold=tuple(gold),
            spans=tuple((starts[start], ends[end], kind) for start, end, kind in whole),
            roles=tuple(
                ROLES.index(role_of[text[start:end]]) if text[start:end] in role_of else UNLABELLED
                for start, end, _ in whole
            ),
            form_roles={fold(name): role for name, role in role_of.items()},
        )

    def examples(self, records: Iterable[Record]) -> list[Example]:
        """All records, in their order."""
        return [self.example(record) for record in records]

    def windows(self, examples: Sequence[Example], longest: int = LONGEST_WINDOW) -> list[Window]:
        """Every abstract in as few windows as fit, cut after a full stop where there is one."""
        return [
            self._window(example, document, first, last)
            for document, example in enumerate(examples)
            for first, last in cuts(example, longest)
        ]

    def _window(self, example: Example, document: int, first: int, last: int) -> Window:
        pieces = example.pieces[first:last]
        tags = np.zeros(last - first, np.int32)
        roles = np.full(last - first, UNLABELLED, np.int32)
        for (start, end, kind), role in zip(example.spans, example.roles, strict=True):
            if first <= start and end <= last:
                tags[start - first : end - first] = TAGS.index(f"I-{kind}")
                tags[start - first] = TAGS.index(f"B-{kind}")
                roles[start - first : end - first] = role
        ids = [self._wordpiece.start, *(piece for unit in pieces for piece in unit), self._wordpiece.end]
        return Window(
            document=document,
            offset=first,
            ids=np.array(ids, np.int32),
            first=(1 + np.cumsum([0, *(len(unit) for unit in pieces[:-1])])).astype(np.int32),
            tags=tags,
            roles=roles,
        )


def gold_spans(text: str, entities: Iterable[Record]) -> list[Span]:
    """Every whole-word occurrence of every annotated name, the longest name first, no nesting."""
    taken = bytearray(len(text))
    spans = []
    for entity in sorted(entities, key=lambda entity: -len(entity["name"])):
        for start, end in whole_word_spans(text, entity["name"]):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                spans.append((start, end, entity["type"]))
    return sorted(spans)


def cuts(example: Example, longest: int) -> Iterator[tuple[int, int]]:
    """(first, last) unit of each window of at most ``longest`` pieces."""
    first = 0
    while first < len(example.units):
        last, used, stop = first, 2, 0
        while last < len(example.units) and used + len(example.pieces[last]) <= longest:
            used += len(example.pieces[last])
            start, end = example.units[last]
            last += 1
            if example.text[start:end] == ".":
                stop = last
        if last < len(example.units) and stop:
            last = stop
        yield first, last
        first = last
