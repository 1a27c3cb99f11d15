"""SciERC (Luan et al., EMNLP 2018) for comparison with the literature: its abstracts as windows, its scores.

Nothing of it ships: the authors state no licence.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.components.recognizer import bio_constraints, bio_spans, viterbi
from kg.components.wordpiece import WordPiece
from kg.scores import Counts, bootstrap_f1
from kg.training.records import Record
from kg.training.windows import UNLABELLED, Floats, Span, Window

__all__ = ["LABELS", "TAGS", "Abstract", "abstracts", "decoded", "figures", "flat", "together"]

LABELS = ("Generic", "Material", "Method", "Metric", "OtherScientificTerm", "Task")
TAGS = ("O", *(f"{mark}-{label}" for label in LABELS for mark in "BI"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract:
    """``tokens``: the data's own, in code points; ``gold``: every annotated span; ``window``: all of it."""

    tokens: tuple[tuple[int, int], ...]
    gold: frozenset[Span]
    window: Window


def abstracts(records: Iterable[Record], vocabulary: Sequence[str]) -> list[Abstract]:
    """Every abstract as one window; the longest of train and dev has 382 pieces."""
    wordpiece = WordPiece(vocabulary)
    return [_abstract(record, place, wordpiece) for place, record in enumerate(records)]


def _abstract(record: Record, document: int, wordpiece: WordPiece) -> Abstract:
    tokens = tuple((start, end) for start, end in record["tok_offsets"])
    starts = {start: place for place, (start, _) in enumerate(tokens)}
    ends = {end: place + 1 for place, (_, end) in enumerate(tokens)}
    gold = frozenset((start, end, label) for start, end, label in record["spans"])
    tags = np.zeros(len(tokens), np.int32)
    for start, end, label in flat(gold):
        tags[starts[start] : ends[end]] = TAGS.index(f"I-{label}")
        tags[starts[start]] = TAGS.index(f"B-{label}")
    pieces = [wordpiece(record["text"][start:end]) for start, end in tokens]
    window = Window(
        document=document,
        offset=0,
        ids=np.array([wordpiece.start, *itertools.chain(*pieces), wordpiece.end], np.int32),
        first=(1 + np.cumsum([0, *(len(word) for word in pieces[:-1])])).astype(np.int32),
        tags=tags,
        roles=np.full(len(tokens), UNLABELLED, np.int32),
    )
    return Abstract(tokens=tokens, gold=gold, window=window)


def flat(gold: Collection[Span]) -> list[Span]:
    """The spans without those that overlap a longer one: as much as BIO tags can say."""
    kept: list[Span] = []
    for span in sorted(gold, key=lambda span: (span[0] - span[1], span)):
        if all(span[1] <= start or end <= span[0] for start, end, _ in kept):
            kept.append(span)
    return sorted(kept)


def decoded(abstract: Abstract, scores: Floats) -> frozenset[Span]:
    """The spans of the best allowed sequence of tags; scores: (tokens, TAGS), logarithms."""
    path = viterbi(scores, *bio_constraints(TAGS))
    return frozenset(
        (abstract.tokens[first][0], abstract.tokens[last - 1][1], label)
        for first, last, label in bio_spans([TAGS[tag] for tag in path])
    )


def together(scores: Sequence[Sequence[Floats]]) -> list[Floats]:
    """Of several networks' logarithmic scores of the same abstracts: the mean probability, as a logarithm."""
    return [np.log(np.mean(np.exp(of_one), axis=0)) for of_one in zip(*scores, strict=True)]


def figures(examples: Sequence[Abstract], found: Sequence[Collection[Span]]) -> dict[str, Any]:
    """Precision, recall, F1 in percent, exact spans: with label ("all"), without ("span"), of each label; the
    95% interval of the F1 of all. Every annotated span counts, also one that overlaps another."""
    pairs = [(set(spans), example.gold) for spans, example in zip(found, examples, strict=True)]
    papers = [_counts(spans, gold) for spans, gold in pairs]
    table = {"all": sum(papers, Counts())}
    table["span"] = sum(
        (_counts({s[:2] for s in spans}, {s[:2] for s in gold}) for spans, gold in pairs), Counts()
    )
    for label in LABELS:
        of_label = [[{s for s in side if s[2] == label} for side in pair] for pair in pairs]
        table[label] = sum((_counts(*pair) for pair in of_label), Counts())
    interval = bootstrap_f1(papers)
    return {name: _percents(counts) for name, counts in table.items()} | {
        "interval": [round(100 * bound, 1) for bound in interval] if interval else None
    }


def _counts(found: Collection[Any], gold: Collection[Any]) -> Counts:
    return Counts(found=len(set(found) & set(gold)), predicted=len(found), gold=len(gold))


def _percents(counts: Counts) -> list[float]:
    return [round(100 * (value or 0), 2) for value in (counts.precision, counts.recall, counts.f1)]
