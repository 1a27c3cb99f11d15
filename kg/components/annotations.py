"""What the components write on a Doc, in spaCy's own terms: span groups and extension attributes.

| where | what |
|---|---|
| ``doc._.title_end`` | code point where the title ends (0: no title); set by who makes the Doc |
| ``doc._.abbreviations`` | list of (short Span, long Span) |
| ``doc.spans["gazetteer"]``, ``["names"]`` | candidates of one extractor; ``label_``: entity type |
| ``doc.spans["model"]`` | candidates of the trained recogniser |
| ``doc.spans[...].attrs`` of candidates | ``scores`` and ``extractors``; the recogniser's also ``roles`` |
| ``doc.spans["mentions"]`` | what was decided: sorted, no overlap; ``label_``: entity type |
| ``span._.extractors``, ``.confidence``, ``.role`` | on the spans of ``doc.spans["mentions"]`` |
| ``doc._.relations`` | list of RelationAnnotation |
| ``doc._.results`` | list of ResultAnnotation |
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span

__all__ = ["CANDIDATES", "MENTIONS", "RECOGNIZER", "RelationAnnotation", "ResultAnnotation", "register"]

MENTIONS = "mentions"
CANDIDATES = ("gazetteer", "names")
RECOGNIZER = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationAnnotation:
    """Two spans of ``doc.spans["mentions"]`` and the sentence that relates them."""

    head: Span
    kind: str
    tail: Span
    evidence: Span
    confidence: float
    extractors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAnnotation:
    """A quantified claim; the spans are from ``doc.spans["mentions"]``, the evidence is a sentence."""

    subject: Span | None
    predicate: str
    metric: str
    metric_span: Span | None
    value: str
    low: float
    high: float
    unit: str
    bound: str
    baseline: Span | None
    dataset: Span | None
    hardware: Span | None
    polarity: str
    evidence: Span
    confidence: float


def register() -> None:
    """Declare the extension attributes (idempotent)."""
    doc_defaults: dict[str, object] = {"title_end": 0, "abbreviations": [], "relations": [], "results": []}
    span_defaults: dict[str, object] = {"extractors": (), "confidence": 0.0, "role": "mentioned"}
    for name, default in doc_defaults.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    for name, default in span_defaults.items():
        if not Span.has_extension(name):
            Span.set_extension(name, default=default)


register()
