"""Decides which candidates are mentions, and of what type: one decision for each form of a text.

Candidates come from the span groups named by ``keys`` and from the definitions of abbreviations. For each
form as printed the extractors vote on the type; a logistic model of the votes (``votes.json``, see
kg.components.votes) gives the confidence. Every whole-word occurrence of an accepted form is a mention
unless it lies within a longer one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.components.annotations import CANDIDATES, MENTIONS, RECOGNIZER, register
from kg.components.data import data_path
from kg.components.votes import Form, Surroundings, VoteModel
from kg.text import whole_word_spans

__all__ = ["Choice", "Mentions", "collect_forms", "make_mentions", "place_forms", "surroundings"]

register()

Choice = tuple[str, float, tuple[str, ...]]
"""Type, confidence, extractors."""

# No name begins or ends like this; a tagger's boundary slipped.
_DANGLING = re.compile(r"^(?:and|or|the|of|for)\s|[,;:]?\s(?:and|or|the|an|of|for|with)$|^[,;.]|[,;]$")
_UNKNOWN_ABBREVIATION = ("method", 0.5)


@Language.factory(
    "kg_mentions",
    assigns=["doc.spans", "span._.extractors", "span._.confidence"],
    requires=["doc._.abbreviations"],
    default_config={"keys": list(CANDIDATES), "threshold": 0.35, "votes": None},
)
def make_mentions(nlp: Language, name: str, keys: list[str], threshold: float, votes: str | None) -> Mentions:
    """``keys``: the span groups with candidates; ``threshold``: confidence below which a form is dropped;
    ``votes``: the weights of the votes; without them the extractors' scores count as they are."""
    model = VoteModel.read(data_path(votes)) if votes else None
    return Mentions(keys=tuple(keys), threshold=threshold, votes=model)


class Mentions:
    """Writes ``doc.spans["mentions"]``: sorted, without overlap, one type for one form."""

    def __init__(
        self,
        *,
        keys: Sequence[str] = CANDIDATES,
        threshold: float = 0.35,
        votes: VoteModel | None = None,
    ) -> None:
        self.keys = tuple(keys)
        self.threshold = threshold
        self.votes = votes

    def __call__(self, doc: Doc) -> Doc:
        forms = collect_forms(doc, self.keys)
        if self.votes:
            around = surroundings(doc, forms)
            choices = {text: self.votes.choose(text, form, around[text]) for text, form in forms.items()}
        else:
            choices = {text: form.choose() for text, form in forms.items()}
        accepted = {text: choice for text, choice in choices.items() if choice[1] >= self.threshold}
        _agree(doc, accepted)
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=place_forms(doc, accepted))
        return doc


def surroundings(doc: Doc, forms: Iterable[str]) -> dict[str, Surroundings]:
    """How the occurrences of each form stand to what the recogniser found, if there is one."""
    text = doc.text
    spans = [(span.start_char, span.end_char) for span in doc.spans.get(RECOGNIZER, ())]
    return {form: Surroundings.of(whole_word_spans(text, form), spans) for form in forms}


def collect_forms(doc: Doc, keys: Sequence[str]) -> dict[str, Form]:
    """The votes on every form (text as printed), in the order of the text and the keys."""
    forms: dict[str, Form] = defaultdict(Form)
    for key in keys:
        if key not in doc.spans:
            continue
        group = doc.spans[key]
        scores, extractors = group.attrs.get("scores"), group.attrs.get("extractors")
        for index, span in enumerate(group):
            if _DANGLING.search(span.text):
                continue
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


def _agree(doc: Doc, accepted: dict[str, Choice]) -> None:
    """Short and long form of an abbreviation, if both are accepted, get the surer one's type."""
    for short, long in doc._.abbreviations:
        one, two = accepted.get(short.text), accepted.get(long.text)
        if one and two and one[0] != two[0]:
            kind = one[0] if one[1] > two[1] else two[0]
            accepted[short.text] = (kind, *one[1:])
            accepted[long.text] = (kind, *two[1:])


def place_forms(doc: Doc, accepted: Mapping[str, Choice]) -> list[Span]:
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
    return sorted(spans, key=lambda span: span.start)
