"""The spaCy component ``kg_results``: quantified claims with subject, metric, baseline, dataset and hardware.

Quantities are found by patterns (kg.components.quantities). Small linear models, trained on annotated
abstracts, decide which of them are results, what they say (predicate) and which mentions fill the slots; the
weights are a data file of the pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.components.annotations import ResultAnnotation, register
from kg.components.claim_context import ClaimContext, MentionView
from kg.components.claims import claim_features, direction_features, possible_predicates
from kg.components.form_index import FormIndex, Place
from kg.components.linear import ResultModel, choose, load_result_model, logistic, score, softmax
from kg.components.metrics import MetricCandidate, metric_candidates, metric_features
from kg.components.quantities import Quantity
from kg.components.slots import none_features, pair_features

MentionSpan = Span | None
_Pairing = Callable[[str], list[str]]

__all__ = ["ResultReader", "make_results", "polarity_of", "predicate_features", "select_claims"]

register()

_LOWER_IS_WORSE = re.compile(
    r"accura|throughput|speed|performance|quality|f1|score|recall|precision|success|efficien|robust|bandwidth|"
    r"sparsity|utili[sz]ation|coverage|psnr|ssim|map\b|auc|bleu|rouge",
    re.IGNORECASE,
)
_LESS_IS_BETTER = re.compile(
    r"area|cost|delay|energy|error|flops|footprint|latency|loss|memory|overhead|parameters|perplexity|power"
    r"|resource|runtime|size|storage|time|traffic|usage|wer\b",
    re.IGNORECASE,
)
_LOST = re.compile(r"loss|drop|degradation|overhead|error", re.IGNORECASE)
_HEDGES = ("only", "merely", "just")
_OTHERS = ("baseline", "evaluated_on")
_WINNING = frozenset([
    "outperform", "outperforms", "outperformed", "outperforming", "surpass", "surpasses", "surpassed",
    "surpassing", "beats",
])  # fmt: skip
_UNSURE = 0.4


def select_claims(quantities: list[Quantity], probabilities: list[float], threshold: float) -> list[int]:
    """Indices of the quantities kept, in order; of two that overlap the more probable one is kept."""
    kept: list[int] = []
    for at in sorted(range(len(quantities)), key=lambda i: (-probabilities[i], i)):
        if probabilities[at] < threshold:
            break
        quantity = quantities[at]
        if all(quantity.end <= quantities[k].start or quantity.start >= quantities[k].end for k in kept):
            kept.append(at)
    return sorted(kept)


def predicate_features(context: ClaimContext, quantity: Quantity, claim: list[str], metric: str) -> list[str]:
    """The features of a claim, the words that say where it goes, and those of its metric."""
    directions = direction_features(context, quantity)
    wanted = "less" if _LESS_IS_BETTER.search(metric) and not _is_good(metric) else "more"
    directions += [f"{direction} {wanted}" for direction in directions]
    return [*claim, *directions, *(f"metric {word}" for word in dict.fromkeys(metric.lower().split()))]


def _is_good(metric: str) -> bool:
    """Whether more of it is better: energy efficiency, not energy, nor efficiency loss."""
    return bool(_LOWER_IS_WORSE.search(metric)) and not _LOST.search(metric)


def polarity_of(predicate: str, metric: str, unit: str, bound: str, role: str, words: list[str]) -> str:
    """Does the claim speak for its subject: positive, negative or neutral.

    ``role`` is the subject's; ``words`` are the lower-cased words before the number.
    """
    if predicate == "limits":
        return "negative"
    if predicate == "costs":
        level = unit not in ("%", "x", "pp", "points")
        return "neutral" if level or bound in ("less_than", "up_to") else "negative"
    if predicate == "reduces":
        return "negative" if _is_good(metric) else "positive"
    if predicate == "achieves":
        hedged = any(word in _HEDGES for word in words[-3:])
        if hedged and role in _OTHERS:
            return "negative"
        others = role == "baseline" or (role == "evaluated_on" and _WINNING.isdisjoint(words))
        return "neutral" if hedged or others else "positive"
    return "positive"


class ResultReader:
    """Reads the results of a Doc with a ``ResultModel``; keeps nothing between Docs."""

    def __init__(self, model: ResultModel) -> None:
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.results``."""
        context = ClaimContext.of(doc)
        features = [claim_features(context, quantity) for quantity in context.quantities]
        chances = [logistic(named, self.model.claim) for named in features]
        kept = select_claims(context.quantities, chances, self.model.threshold)
        claims = [context.quantities[at] for at in kept]
        index = FormIndex(context) if kept else None
        results = []
        for at in kept:
            assert index is not None
            place = Place.of(context, context.quantities[at], claims)
            results.append(self._result(index, place, features[at], chances[at]))
        doc._.results = results
        return doc

    def _result(self, index: FormIndex, place: Place, claim: list[str], chance: float) -> ResultAnnotation:
        pair = cache(partial(pair_features, index, place))
        subject, share = self._subject(index, place, pair)
        metric = self._metric(index, place)
        text = metric.text if metric else ""
        quantity = place.quantity
        predicate = self._predicate(index.context, quantity, claim, text)
        unit = _unit_in_context(index.context, place)
        words = index.context.words[place.sentence.first : place.begin]
        role = subject.role if subject else "mentioned"
        return ResultAnnotation(
            subject=subject.span if subject else None,
            predicate=predicate,
            metric=text,
            metric_span=metric.mention.span if metric and metric.mention else None,
            value=_printed(index.context, quantity),
            low=quantity.low,
            high=quantity.high,
            unit=unit,
            bound=quantity.bound,
            baseline=self._optional(index, place, "baseline", subject, pair),
            dataset=self._optional(index, place, "dataset", subject, pair),
            hardware=self._optional(index, place, "hardware", subject, pair),
            polarity=polarity_of(predicate, text, unit, quantity.bound, role, words),
            evidence=place.sentence.span,
            confidence=self.model.confidence(chance * share),
        )

    def _predicate(self, context: ClaimContext, quantity: Quantity, claim: list[str], metric: str) -> str:
        tables = self.model.predicates
        possible = possible_predicates(context, quantity) or tuple(tables)
        if len(possible) == 1:
            return possible[0]
        named = predicate_features(context, quantity, claim, metric)
        return max(possible, key=lambda name: score(named, tables[name]))

    def _subject(self, index: FormIndex, place: Place, pair: _Pairing) -> tuple[MentionView | None, float]:
        """Whose result it is, and how much of the probability went to it."""
        forms = index.candidates("subject")
        if not forms:
            return None, 0.0
        weights = self.model.slots["subject"]
        shares = softmax([score(pair(form), weights) for form in forms])
        best = shares.index(max(shares))
        if index.first_proposed is None and shares[best] < _UNSURE:  # 2 of 27 right on held-out abstracts
            return None, shares[best]
        return _nearest(index.forms[forms[best]], place), shares[best]

    def _optional(
        self, index: FormIndex, place: Place, slot: str, subject: MentionView | None, pair: _Pairing
    ) -> MentionSpan:
        taken = index.concept[subject.form] if subject else None
        forms = [form for form in index.candidates(slot) if index.concept[form] != taken]
        named = [none_features(index, place), *(pair(form) for form in forms)]
        best = choose(named, self.model.slots[slot])
        return _nearest(index.forms[forms[best - 1]], place).span if best else None

    def _metric(self, index: FormIndex, place: Place) -> MetricCandidate | None:
        candidates = metric_candidates(index.context, place)
        if not candidates:
            return None
        named = [metric_features(index, place, candidate) for candidate in candidates]
        return candidates[choose(named, self.model.slots["metric"])]


def _nearest(views: list[MentionView], place: Place) -> MentionView:
    """The mention of a form closest to the number, the earlier one on a tie."""
    return min(views, key=lambda view: (abs(view.first - place.begin), view.first))


def _printed(context: ClaimContext, quantity: Quantity) -> str:
    """The value as it stands in the text, with the dollar signs of its formula."""
    raw = context.raw
    start, end = context.plain.span(quantity.start, quantity.end)
    if raw.count("{", start, end) > raw.count("}", start, end) and raw[end : end + 1] == "}":
        end += 1
    if raw.count("$", start, end) % 2:
        if raw[end : end + 1] == "$":
            end += 1
        elif raw[start - 1 : start] == "$":
            start -= 1
    elif raw[start - 1 : start] == "$" and raw[end : end + 1] == "$":
        start, end = start - 1, end + 1
    return raw[start:end].strip()


def _unit_in_context(context: ClaimContext, place: Place) -> str:
    """Percentages called absolute are points."""
    near = context.words[max(0, place.begin - 2) : place.stop + 2]
    return "pp" if place.quantity.unit == "%" and "absolute" in near else place.quantity.unit


@Language.factory(
    "kg_results",
    assigns=["doc._.results"],
    requires=["doc.spans", "doc.sents"],
    default_config={"weights": "en_research/results.json"},
)
def make_results(nlp: Language, name: str, weights: str) -> ResultReader:
    """Make the component; ``weights`` is a JSON file, absolute or below the installed pipelines."""
    return ResultReader(load_result_model(weights))
