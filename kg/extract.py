"""Doc -> Mention, Relation, Result: the one place where spaCy objects become our values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, overload

from kg.ids import content_hash
from kg.types import Evidence, Extraction, Mention, Paper, Relation, Result

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from kg.components.annotations import RelationAnnotation, ResultAnnotation

__all__ = ["extraction_key", "extraction_of", "surer_than"]

_CONFIDENCE_DIGITS = 4


def extraction_key(paper: Paper, fingerprint: str) -> str:
    """A hash of what decides an extraction: the text, the end of its title, the pipeline with its code."""
    text = f"{fingerprint}\x1f{len(paper.title or '')}\x1f{paper.text}"
    return content_hash(text.encode("utf-8", "surrogatepass"))


def extraction_of(paper: Paper, doc: Doc) -> Extraction:
    """What the components wrote on a Doc, as values that outlive it."""
    from kg.components.annotations import MENTIONS  # noqa: PLC0415 (imports spaCy)

    spans = doc.spans.get(MENTIONS, [])
    mentions = {(span.start_char, span.end_char): _mention(paper, span) for span in spans}
    return Extraction(
        paper_id=paper.paper_id,
        mentions=tuple(mentions[key] for key in sorted(mentions)),
        relations=tuple(_relation(paper, relation, mentions) for relation in doc._.relations),
        results=tuple(_result(paper, result, mentions) for result in doc._.results),
        abbreviations=tuple((short.text, long.text) for short, long in doc._.abbreviations),
    )


def surer_than(least: float, extraction: Extraction) -> Extraction:
    """Without the mentions, relations and results below a confidence; a result that loses the mention of
    one of its slots keeps its numbers."""
    if least <= 0:
        return extraction
    kept = {mention for mention in extraction.mentions if mention.confidence >= least}

    def known(mention: Mention | None) -> Mention | None:
        return mention if mention in kept else None

    return replace(
        extraction,
        mentions=tuple(mention for mention in extraction.mentions if mention in kept),
        relations=tuple(
            relation
            for relation in extraction.relations
            if relation.confidence >= least and relation.head in kept and relation.tail in kept
        ),
        results=tuple(
            replace(
                result,
                subject=known(result.subject),
                metric_mention=known(result.metric_mention),
                baseline=known(result.baseline),
                dataset=known(result.dataset),
                hardware=known(result.hardware),
            )
            for result in extraction.results
            if result.confidence >= least
        ),
    )


_Mentions = dict[tuple[int, int], Mention]


def _mention(paper: Paper, span: Span) -> Mention:
    return Mention(
        paper_id=paper.paper_id,
        start=span.start_char,
        end=span.end_char,
        text=span.text,
        type=span.label_,
        role=span._.role,
        confidence=round(span._.confidence, _CONFIDENCE_DIGITS),
        extractors=tuple(sorted(span._.extractors)),
    )


def _evidence(paper: Paper, span: Span) -> Evidence:
    quote = span.text.rstrip()
    start = span.start_char + len(quote) - len(quote.lstrip())
    quote = quote.lstrip()
    return Evidence(paper_id=paper.paper_id, start=start, end=start + len(quote), quote=quote)


def _relation(paper: Paper, relation: RelationAnnotation, mentions: _Mentions) -> Relation:
    return Relation(
        head=_known(relation.head, mentions),
        kind=relation.kind,
        tail=_known(relation.tail, mentions),
        evidence=_evidence(paper, relation.evidence),
        confidence=round(relation.confidence, _CONFIDENCE_DIGITS),
        extractors=tuple(sorted(relation.extractors)),
    )


def _result(paper: Paper, result: ResultAnnotation, mentions: _Mentions) -> Result:
    return Result(
        subject=_known(result.subject, mentions),
        predicate=result.predicate,
        metric=result.metric,
        metric_mention=_known(result.metric_span, mentions),
        value=result.value,
        low=float(result.low),
        high=float(result.high),
        unit=result.unit,
        bound=result.bound,
        baseline=_known(result.baseline, mentions),
        dataset=_known(result.dataset, mentions),
        hardware=_known(result.hardware, mentions),
        polarity=result.polarity,
        evidence=_evidence(paper, result.evidence),
        confidence=round(result.confidence, _CONFIDENCE_DIGITS),
    )


@overload
def _known(span: Span, mentions: _Mentions) -> Mention: ...
@overload
def _known(span: None, mentions: _Mentions) -> None: ...
@overload
def _known(span: Span | None, mentions: _Mentions) -> Mention | None: ...
def _known(span: Span | None, mentions: _Mentions) -> Mention | None:
    """The mention of a span; components may refer only to spans of ``doc.spans["mentions"]``."""
    return None if span is None else mentions[span.start_char, span.end_char]
