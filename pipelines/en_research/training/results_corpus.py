"""Annotated results beside what the component sees: which quantity is which result."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from gold_docs import Record, gold_doc, gold_roles, paper_text
from spacy.language import Language
from spacy.tokens import Doc

from kg.components.annotations import MENTIONS
from kg.components.claim_context import ClaimContext
from kg.components.quantities import Quantity
from kg.nlp import pipeline_path
from kg.text import fold

__all__ = [
    "Example",
    "FoundMention",
    "Pair",
    "found_doc",
    "mention_pipeline",
    "numbers_of",
    "oracle_doc",
    "pair_results",
    "pipeline_doc",
    "read_found",
    "same_thing",
]

Pair = tuple[float, float]
FoundMention = tuple[int, int, str, str, float]


@dataclass(frozen=True)
class Example:
    """An abstract as the component reads it; ``places[i]`` is the quantity of gold result i, or None."""

    record: Record
    context: ClaimContext
    places: list[int | None]

    @property
    def positive(self) -> set[int]:
        """Indices of the quantities that are results."""
        return {place for place in self.places if place is not None}


def oracle_doc(nlp: Language, record: Record) -> Doc:
    """A Doc whose mentions and roles are the gold ones."""
    doc = gold_doc(nlp, record)
    roles = gold_roles(record)
    for span in doc.spans[MENTIONS]:
        span._.role = roles.get(fold(span.text), "mentioned")
    return doc


def mention_pipeline(name: str) -> Language:
    """The real pipeline up to the roles of its mentions."""
    return spacy.load(pipeline_path(name), exclude=["relations", "results"])


def pipeline_doc(nlp: Language, record: Record) -> Doc:
    """A Doc as the real pipeline reads it."""
    text, title_end = paper_text(record)
    doc = nlp.make_doc(text)
    doc._.title_end = title_end
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def read_found(paths: Iterable[Path]) -> dict[str, list[FoundMention]]:
    """The mentions by id that read_mentions.py wrote."""
    lines = (json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return {record_id: [tuple(row) for row in rows] for record_id, rows in lines}


def found_doc(nlp: Language, record: Record, mentions: Iterable[FoundMention]) -> Doc:
    """A Doc with the mentions that the real pipeline found; ``nlp``: tokeniser, sentences, abbreviations."""
    text, title_end = paper_text(record)
    doc = nlp.make_doc(text)
    doc._.title_end = title_end
    for _, component in nlp.pipeline:
        doc = component(doc)
    spans = []
    for start, end, label, role, confidence in mentions:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        span._.role, span._.confidence = role, confidence
        spans.append(span)
    doc.spans[MENTIONS] = spans
    return doc


def pair(low: float, high: float) -> Pair:
    """A value as it is compared."""
    return round(float(low), 6), round(float(high), 6)


def numbers_of(results: Iterable[dict[str, Any]]) -> Counter[Pair]:
    """The multiset of (low, high) of gold results."""
    return Counter(pair(r["low"], r["high"]) for r in results if r["low"] is not None)


def pair_results(record: Record, context: ClaimContext) -> list[int | None]:
    """For each gold result the index of its quantity: equal value, in the evidence, nearest in the text."""
    raw = context.raw
    used: set[int] = set()
    places: list[int | None] = []
    for result in record["results"]:
        wanted = pair(result["low"], result["high"]) if result["low"] is not None else None
        equal = [i for i, q in enumerate(context.quantities) if pair(q.low, q.high) == wanted]
        if not equal:
            places.append(None)
            continue
        first = raw.find(result["evidence"])
        last = first + len(result["evidence"])
        printed = raw.find(str(result["value"]), max(0, first))

        def distance(
            i: int, first: int = first, last: int = last, printed: int = printed
        ) -> tuple[bool, bool, int]:
            at = context.plain.starts[context.quantities[i].core]
            return i in used, not first <= at < last, abs(at - printed) if printed >= 0 else 0

        best = min(equal, key=distance)
        used.add(best)
        places.append(best)
    return places


def same_thing(record: Record, name: str | None) -> set[str]:
    """The folded surface forms of the entity that a gold result names."""
    if not name:
        return set()
    main = {entity["name"]: entity.get("alias_of") or entity["name"] for entity in record["entities"]}

    def root(form: str) -> str:
        for _ in range(5):
            form = main.get(form, form)
        return form

    wanted = root(name)
    return {fold(name)} | {fold(form) for form in main if root(form) == wanted}


def claimed(example: Example) -> list[Quantity]:
    """The quantities that are results, in order."""
    return [example.context.quantities[i] for i in sorted(example.positive)]


def examples(docs: Sequence[tuple[Record, Doc]]) -> list[Example]:
    """Docs with their gold, read once."""
    found = []
    for record, doc in docs:
        context = ClaimContext.of(doc)
        found.append(Example(record, context, pair_results(record, context)))
    return found
