"""Decides which candidates are mentions, and of what type: one decision for each form of a text.

Candidates come from the span groups named by ``keys`` and from the definitions of abbreviations. For each
form as printed the extractors vote on the type; the confidence is the share of right ones that was measured
for the extractors that agree and the height of their score (``calibration.json``, made by
training/calibrate.py). Every whole-word occurrence of an accepted form is a mention unless it lies within a
longer one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.components.annotations import CANDIDATES, MENTIONS, register
from kg.text import whole_word_spans

__all__ = ["Calibration", "Form", "Mentions", "collect_forms", "make_mentions"]

register()

_TOLD = 0.7
_UNKNOWN_ABBREVIATION = ("method", 0.5)


@dataclass(slots=True)
class Form:
    """What the extractors say about one form: for each type, the best score of each extractor."""

    votes: dict[str, dict[str, float]] = field(default_factory=dict)

    def add(self, kind: str, extractor: str, score: float) -> None:
        """Count a vote; of one extractor's votes for a type the best stays."""
        scores = self.votes.setdefault(kind, {})
        scores[extractor] = max(score, scores.get(extractor, 0.0))

    def choose(self) -> tuple[str, float, tuple[str, ...]]:
        """(type, score, extractors): what the paper says it proposes, else the highest score.

        The score of a type is the chance that not all its extractors err, were they independent.

        >>> form = Form()
        >>> form.add("model", "gazetteer", 0.6), form.add("model", "phrase", 0.5)
        (None, None)
        >>> form.add("tool", "phrase", 0.7)
        >>> form.choose()
        ('model', 0.8, ('gazetteer', 'phrase'))
        """
        told = {kind for kind, scores in self.votes.items() if scores.get("proposal", 0.0) >= _TOLD}
        kind = min(
            self.votes, key=lambda kind: (kind not in told, -_noisy_or(self.votes[kind].values()), kind)
        )
        return kind, round(_noisy_or(self.votes[kind].values()), 6), tuple(sorted(self.votes[kind]))


def _noisy_or(scores: Iterable[float]) -> float:
    wrong = 1.0
    for score in scores:
        wrong *= 1.0 - score
    return 1.0 - wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Measured precision by extractors (joined with ``+``): (upper bound of the score, precision), rising."""

    tables: Mapping[str, Sequence[tuple[float, float]]]

    def confidence(self, score: float, extractors: Sequence[str]) -> float:
        """The precision of forms like this one; the score itself where nothing was measured."""
        for upper, precision in self.tables.get("+".join(extractors), ()):
            if score <= upper:
                return precision
        return score

    @classmethod
    def read(cls, path: Path) -> Calibration:
        """From ``calibration.json``."""
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return cls(tables={key: [(u, p) for u, p in rows] for key, rows in sorted(data["tables"].items())})

    def write(self, path: Path) -> None:
        """As ``calibration.json``."""
        text = json.dumps({"tables": dict(sorted(self.tables.items()))}, indent=1)
        path.write_text(text + "\n", encoding="utf-8")


@Language.factory(
    "kg_mentions",
    assigns=["doc.spans", "span._.extractors", "span._.confidence"],
    requires=["doc._.abbreviations"],
    default_config={"keys": list(CANDIDATES), "threshold": 0.35},
)
def make_mentions(nlp: Language, name: str, keys: list[str], threshold: float) -> Mentions:
    """``keys``: the span groups with candidates; ``threshold``: confidence below which a form is dropped."""
    return Mentions(keys=tuple(keys), threshold=threshold)


class Mentions:
    """Writes ``doc.spans["mentions"]``: sorted, without overlap, one type for one form."""

    file = "calibration.json"

    def __init__(self, *, keys: Sequence[str] = CANDIDATES, threshold: float = 0.35) -> None:
        self.keys = tuple(keys)
        self.threshold = threshold
        self.calibration = Calibration(tables={})

    def __call__(self, doc: Doc) -> Doc:
        accepted: dict[str, tuple[str, float, tuple[str, ...]]] = {}
        forms = collect_forms(doc, self.keys)
        for text, form in forms.items():
            kind, score, extractors = form.choose()
            confidence = self.calibration.confidence(score, extractors)
            if confidence >= self.threshold:
                accepted[text] = kind, confidence, extractors
        _agree(doc, accepted)
        doc.spans[MENTIONS] = _place(doc, accepted)
        return doc

    def to_disk(self, path: Path, **_: object) -> None:
        """Writes ``calibration.json`` beside ``path``."""
        self.calibration.write(Path(path).parent / self.file)

    def from_disk(self, path: Path, **_: object) -> Mentions:
        """Reads ``calibration.json`` beside ``path``; without it scores count as they are."""
        file = Path(path).parent / self.file
        if file.is_file():
            self.calibration = Calibration.read(file)
        return self


def collect_forms(doc: Doc, keys: Sequence[str]) -> dict[str, Form]:
    """The votes on every form (text as printed), in the order of the text and the keys."""
    forms: dict[str, Form] = defaultdict(Form)
    for key in keys:
        if key not in doc.spans:
            continue
        group = doc.spans[key]
        scores, extractors = group.attrs.get("scores"), group.attrs.get("extractors")
        for index, span in enumerate(group):
            score = scores[index] if scores else span._.confidence
            forms[span.text].add(span.label_, extractors[index] if extractors else key, score)
    _vote_abbreviations(doc, forms)
    return forms


def _vote_abbreviations(doc: Doc, forms: dict[str, Form]) -> None:
    """A short form and its long form each get the other's vote."""
    for pair in doc._.abbreviations:
        known = [forms[span.text].choose() if span.text in forms else None for span in pair]
        for span, other in ((pair[0], known[1]), (pair[1], known[0])):
            own = forms.get(span.text)
            if other is not None:
                forms[span.text].add(other[0], "abbreviation", other[1])
            elif own is None:
                forms[span.text].add(_UNKNOWN_ABBREVIATION[0], "abbreviation", _UNKNOWN_ABBREVIATION[1])
            else:
                forms[span.text].add(own.choose()[0], "abbreviation", _UNKNOWN_ABBREVIATION[1])


def _agree(doc: Doc, accepted: dict[str, tuple[str, float, tuple[str, ...]]]) -> None:
    """Short and long form of an abbreviation, if both are accepted, get the surer one's type."""
    for short, long in doc._.abbreviations:
        one, two = accepted.get(short.text), accepted.get(long.text)
        if one and two and one[0] != two[0]:
            kind = one[0] if one[1] > two[1] else two[0]
            accepted[short.text] = (kind, *one[1:])
            accepted[long.text] = (kind, *two[1:])


def _place(doc: Doc, accepted: Mapping[str, tuple[str, float, tuple[str, ...]]]) -> SpanGroup:
    """Every whole-word occurrence of the accepted forms, the longest form first, none overlapping."""
    text = doc.text
    taken = bytearray(len(text))
    spans: list[Span] = []
    for name in sorted(accepted, key=lambda name: (-len(name), name)):
        kind, confidence, extractors = accepted[name]
        for start, end in whole_word_spans(text, name):
            if 1 in taken[start:end]:
                continue
            span = doc.char_span(start, end, label=kind)
            if span is not None:
                taken[start:end] = b"\1" * (end - start)
                span._.confidence = confidence
                span._.extractors = extractors
                spans.append(span)
    return SpanGroup(doc, name=MENTIONS, spans=sorted(spans, key=lambda span: span.start))
