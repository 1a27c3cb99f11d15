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
from functools import lru_cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.components.annotations import CANDIDATES, MENTIONS, RECOGNIZER, register
from kg.components.data import data_path
from kg.components.doctext import text_of
from kg.components.forms import strong_case
from kg.components.votes import Form, Surroundings, VoteModel
from kg.text import normal_form, whole_word_spans

__all__ = ["VOTES", "Choice", "Mentions", "collect_forms", "make_mentions", "place_forms", "surroundings"]

register()

VOTES = "votes.json"
Choice = tuple[str, float, tuple[str, ...]]
"""Type, confidence, extractors."""

# No name begins or ends like this; a tagger's boundary slipped.
_DANGLING = re.compile(
    r"^(?:and|or|the|of|for)\s|[,;:]?\s(?:and|or|the|an|of|for|with)$|^[,;.]|[,;]$"
    r"|\s\+$|-(?:[Ii]nduced|[Bb]ased|[Aa]ware|[Dd]riven|[Gg]uided)$"
)
# From here on a form is a variant of an accepted one (plural, other case or hyphen, short or long form).
_VARIANT = 0.25
_TITLED = re.compile(r"\s*([^\s:]{2,}):\s")
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
            titled = _titled(doc)
            choices = {
                text: self.votes.choose(text, form, around[text], named=text == titled)
                for text, form in forms.items()
            }
        else:
            choices = {text: form.choose() for text, form in forms.items()}
        accepted = {text: choice for text, choice in choices.items() if choice[1] >= self.threshold}
        concepts = _concepts(doc, choices)
        _join_variants(concepts, choices, accepted)
        _agree(concepts, accepted)
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=place_forms(doc, accepted))
        return doc

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Writes the weights of the votes into the folder ``path``."""
        if self.votes:
            Path(path).mkdir(parents=True, exist_ok=True)
            self.votes.write(Path(path) / VOTES)

    def from_disk(self, path: str | Path, **_: object) -> Mentions:
        """Weights in the pipeline's own folder take the place of those that the setting names."""
        if (Path(path) / VOTES).is_file():
            self.votes = VoteModel.read(Path(path) / VOTES)
        return self


def surroundings(doc: Doc, forms: Iterable[str]) -> dict[str, Surroundings]:
    """How the occurrences of each form stand to what the recogniser found, if there is one."""
    text = text_of(doc)
    spans = [(span.start_char, span.end_char) for span in doc.spans.get(RECOGNIZER, ())]
    return {form: Surroundings.of(_occurrences(text, form), spans) for form in forms}


@lru_cache(maxsize=1024)  # more than the forms of a text, which are asked for twice
def _occurrences(text: str, form: str) -> list[tuple[int, int]]:
    return whole_word_spans(text, form)


def collect_forms(doc: Doc, keys: Sequence[str]) -> dict[str, Form]:
    """The votes on every form (text as printed), in the order of the text and the keys."""
    text = text_of(doc)
    forms: dict[str, Form] = defaultdict(Form)
    for key in keys:
        if key not in doc.spans:
            continue
        group = doc.spans[key]
        scores, extractors = group.attrs.get("scores"), group.attrs.get("extractors")
        for index, span in enumerate(group):
            printed = text[span.start_char : span.end_char]
            if _DANGLING.search(printed):
                continue
            score = scores[index] if scores else span._.confidence
            forms[printed].add(span.label_, extractors[index] if extractors else key, score)
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


def _titled(doc: Doc) -> str | None:
    """The coined name of one word before the colon of the title: in 1,498 of 1,501 annotated titles with such
    a word it is what the paper proposes."""
    match = _TITLED.match(text_of(doc), 0, doc._.title_end)
    return match[1] if match and strong_case(match[1]) else None


def _concepts(doc: Doc, forms: Iterable[str]) -> list[list[str]]:
    """The forms of one thing together: equal normal forms, and the two forms of an abbreviation."""
    key = {text: normal_form(text) for text in forms}
    long_of: dict[str, str] = {}
    for short, long in doc._.abbreviations:
        long_of.setdefault(normal_form(short.text), normal_form(long.text))
    groups: dict[str, list[str]] = defaultdict(list)
    for text in key:
        groups[long_of.get(key[text], key[text])].append(text)
    return list(groups.values())


def _agree(concepts: Iterable[Sequence[str]], accepted: dict[str, Choice]) -> None:
    """All forms of one thing get the type of the surest."""
    for forms in concepts:
        known = [accepted[text] for text in forms if text in accepted]
        if len({kind for kind, _, _ in known}) > 1:
            kind = max(known, key=lambda choice: choice[1])[0]
            for text in forms:
                if text in accepted:
                    accepted[text] = (kind, *accepted[text][1:])


def _join_variants(
    concepts: Iterable[Sequence[str]], choices: Mapping[str, Choice], accepted: dict[str, Choice]
) -> None:
    """A form that is nearly sure enough comes with an accepted one of the same thing and type."""
    for forms in concepts:
        kinds = {accepted[text][0] for text in forms if text in accepted}
        for text in forms:
            if text not in accepted and choices[text][0] in kinds and choices[text][1] >= _VARIANT:
                accepted[text] = choices[text]


def place_forms(doc: Doc, accepted: Mapping[str, Choice]) -> list[Span]:
    """Every whole-word occurrence of the accepted forms, the longest form first, none overlapping."""
    text = text_of(doc)
    taken = bytearray(len(text))
    spans: list[Span] = []
    for name in sorted(accepted, key=lambda name: (-len(name), name)):
        kind, confidence, extractors = accepted[name]
        for start, end in _occurrences(text, name):
            if 1 in taken[start:end]:
                continue
            span = doc.char_span(start, end, label=kind)
            if span is not None:
                taken[start:end] = b"\1" * (end - start)
                span._.confidence = confidence
                span._.extractors = extractors
                spans.append(span)
    return sorted(spans, key=lambda span: span.start)
