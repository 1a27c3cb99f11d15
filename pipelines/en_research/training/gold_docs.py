"""Annotated abstracts as spaCy Docs: gold entities stand in for ``doc.spans["mentions"]`` (the oracle)."""

from __future__ import annotations

import json
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from kg.components.annotations import MENTIONS
from kg.text import fold, normal_form, whole_word_spans
from kg.training.records import Record, paper_text

__all__ = ["Record", "gold_doc", "gold_roles", "paper_text", "read_gold", "tokeniser_only"]


def read_gold(path: Path) -> list[Record]:
    """The annotated abstracts of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def tokeniser_only() -> Language:
    """The pipeline up to sentences and abbreviations: what roles and relations need beside mentions."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.research_tokenizer.v1"}}})
    nlp.add_pipe("kg_sentences")
    nlp.add_pipe("kg_abbreviations")
    return nlp


def gold_doc(nlp: Language, record: Record) -> Doc:
    """A Doc with every whole-word occurrence of each gold name as a mention, the longest name first."""
    text, title_end = paper_text(record)
    doc = nlp.make_doc(text)
    doc._.title_end = title_end
    for _, component in nlp.pipeline:
        doc = component(doc)
    taken = bytearray(len(text))
    spans = []
    for entity in sorted(record["entities"], key=lambda entity: -len(entity["name"])):
        for start, end in whole_word_spans(text, entity["name"]):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                span = doc.char_span(start, end, label=entity["type"], alignment_mode="expand")
                if span is not None:
                    spans.append(span)
    doc.spans[MENTIONS] = sorted(filter_spans(spans), key=lambda span: span.start)
    return doc


def gold_roles(record: Record) -> dict[str, str]:
    """Role by folded form."""
    return {fold(entity["name"]): entity["role"] for entity in record["entities"]}


def canonical_names(record: Record) -> dict[str, str]:
    """Main form by folded form, main forms joined by normal form where they are one thing."""
    main = {entity["name"]: entity.get("alias_of", entity["name"]) for entity in record["entities"]}
    return {fold(name): fold(main.get(target, target)) for name, target in main.items()}


def canonical_by_normal_form(record: Record) -> dict[str, str]:
    """Main form by normal form, for mentions whose form was not listed."""
    return {normal_form(name): main for name, main in canonical_names(record).items()}
