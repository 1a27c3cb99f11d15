"""Doc -> Mention, Relation, Result: the one place where spaCy objects become our values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, overload

from kg import nlp
from kg.full_text import joined, parts
from kg.ids import content_hash
from kg.store import Store
from kg.stored import extraction_from_json, extraction_to_json
from kg.types import Evidence, Extraction, Mention, Paper, Relation, Result

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from kg.components.annotations import RelationAnnotation, ResultAnnotation

__all__ = ["extract", "extraction_key", "extraction_of", "surer_than"]

_CONFIDENCE_DIGITS = 4
# A build that is killed loses at most the work on so many texts.
_SAVE_EVERY = 64


def extract(
    papers: Sequence[Paper],
    *,
    pipeline: str,
    min_confidence: float = 0.0,
    store: Store | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Extraction]:
    """The extraction of each paper, in the order of the papers; what is less sure than ``min_confidence`` is
    left out. What the store knows is not read again, and what is new is put into it.

    A paper's extraction does not depend on its neighbours, and what is read of title and abstract not on the
    body behind them.
    """
    divided = [list(parts(paper)) for paper in papers]
    pieces = [part for each in divided for _, part in each]
    keys = _keys(pieces, pipeline)
    known = store.keys() if store is not None else frozenset()
    new = {
        key: piece for key, piece in zip(reversed(keys), reversed(pieces), strict=True) if key not in known
    }
    order = list(dict.fromkeys(key for key in keys if key in new))
    fresh = zip(order, _fresh([new[key] for key in order], pipeline), strict=True)
    repeated = {key for key, count in Counter(keys).items() if count > 1}
    kept: dict[str, str] = {}
    unsaved: dict[str, str] = {}
    extractions: list[Extraction] = []
    remaining = iter(keys)
    for each in divided:
        read: list[tuple[int, Extraction]] = []
        for (offset, part), key in zip(each, remaining, strict=False):
            stored = kept.get(key) or (store.get(key) if store is not None else None)
            if stored is None:
                _, extraction = next(fresh)
                unsaved[key] = extraction_to_json(extraction)
                if key in repeated:
                    kept[key] = unsaved[key]
            else:
                extraction = extraction_from_json(stored, part.paper_id, part.text)
            read.append((offset, surer_than(min_confidence, extraction)))
        extractions.append(joined(read))
        if len(unsaved) >= _SAVE_EVERY:
            unsaved = _saved(unsaved, store)
        if progress:
            progress(len(extractions), len(papers))
    _saved(unsaved, store)
    return extractions


def _saved(values: dict[str, str], store: Store | None) -> dict[str, str]:
    """Puts values into the store; what is left to be saved, which is nothing."""
    if store is not None:
        store.put(values)
    return {}


def _fresh(papers: Sequence[Paper], pipeline: str) -> Iterator[Extraction]:
    return (extraction_of(paper, doc) for paper, doc in nlp.annotate(papers, pipeline=pipeline))


def _keys(papers: Sequence[Paper], pipeline: str) -> list[str]:
    fingerprint = nlp.pipeline_fingerprint(pipeline)
    return [extraction_key(paper, fingerprint) for paper in papers]


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
