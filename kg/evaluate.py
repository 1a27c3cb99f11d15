"""Scores what was read against annotated papers.

Papers are matched by title, those without one by how their text begins. Names are compared folded (NFKC,
case, dashes, blanks). An annotated paper that was not found counts as read without any content.

- forms: for each paper the set of (mention text, type); also whatever the type, and by type
- roles: over the forms found, whatever their type
- numbers: the multiset of (low, high) a paper; with subject: a name of the subject's entity is a form of the
  annotated subject, too
- relations: (head, kind, tail), names mapped to the annotated main name
- entities: an annotated thing counts as found if one of its forms is a mention of the right type
- structure: papers found and extra, authors, venue, year, abstracts (annotated documents only)
- calibration: how often mentions of a confidence are right
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg.gold import GoldPaper
from kg.scores import (
    Counts,
    Ratio,
    Reliability,
    bootstrap_f1,
    match_numbers,
    overlap,
    overlap_counted,
    reliability,
)
from kg.text import collapse, fold
from kg.types import ENTITY_TYPES, RELATION_KINDS, ROLES, Mention

__all__ = ["Evaluation", "Prediction", "Score", "Structure", "evaluate", "match_papers"]

_CONFIDENCE_STEPS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What was read from one paper, in the shape in which it is scored.

    The names of a thing stand in the order in which they are tried: its forms in this paper, its name, its
    other aliases. ``path`` is the document's.
    """

    path: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    venue: str | None = None
    year: int | None = None
    abstract: str | None = None
    mentions: tuple[Mention, ...] = ()
    relations: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()
    results: tuple[tuple[float, float, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts over all papers, and the 95% interval of F1 when papers are drawn anew."""

    counts: Counts
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Whether the papers of annotated documents were cut out right. Ratios are over the papers found."""

    extra: tuple[str, ...]
    authors: Counts
    author_lists: Ratio
    venues: Ratio
    years: Ratio
    abstracts: Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All scores; ``relations`` is None where none are annotated, ``structure`` where no documents are."""

    papers: Ratio
    missing: tuple[str, ...]
    forms: Score
    forms_by_type: dict[str, Counts]
    forms_any_type: Score
    roles: Ratio
    roles_by_role: dict[str, Counts]
    entities: Ratio
    proposed: Ratio
    numbers: Score
    numbers_with_subject: Score
    relations: Score | None
    relations_by_kind: dict[str, Counts]
    structure: Structure | None
    calibration: Reliability
    forms_by_confidence: dict[float, Counts]


Pair = tuple[GoldPaper, Prediction]


def evaluate(gold: Sequence[GoldPaper], predictions: Sequence[Prediction]) -> Evaluation:
    """Every score of the predictions against the annotated papers."""
    matched = match_papers(gold, predictions)
    pairs = [(paper, found or Prediction()) for paper, found in zip(gold, matched, strict=True)]
    related = [pair for pair in pairs if pair[0].relations is not None]
    return Evaluation(
        papers=Ratio(sum(found is not None for found in matched), len(gold)),
        missing=tuple(_name(paper) for paper, found in zip(gold, matched, strict=True) if found is None),
        forms=_score(pairs, _forms),
        forms_by_type={name: _total(pairs, partial(_forms, only=name)) for name in ENTITY_TYPES},
        forms_any_type=_score(pairs, _forms_any_type),
        roles=sum((_roles(pair) for pair in pairs), Ratio()),
        roles_by_role={role: _total(pairs, partial(_role_counts, role=role)) for role in ROLES},
        entities=sum((_entities(pair) for pair in pairs), Ratio()),
        proposed=sum((_entities(pair, "proposed") for pair in pairs), Ratio()),
        numbers=_score(pairs, _numbers),
        numbers_with_subject=_score(pairs, _numbers_with_subject),
        relations=_score(related, _relations) if related else None,
        relations_by_kind={kind: _total(related, partial(_relations, only=kind)) for kind in RELATION_KINDS},
        structure=_structure(gold, matched, predictions),
        calibration=reliability([judged for pair in pairs for judged in _judged(pair)]),
        forms_by_confidence={
            step: _total(pairs, partial(_forms, at_least=step)) for step in _CONFIDENCE_STEPS
        },
    )


def match_papers(gold: Sequence[GoldPaper], predictions: Sequence[Prediction]) -> list[Prediction | None]:
    """For each annotated paper the prediction about it, or None; no prediction serves twice.

    Papers agree by title; an annotated paper without a title by how the text begins. Of several candidates
    the one from the annotated document is taken, otherwise the first.
    """
    by_title: dict[str, list[int]] = defaultdict(list)
    for i, prediction in enumerate(predictions):
        by_title[fold(prediction.title or "")].append(i)
    taken: set[int] = set()
    matched: list[Prediction | None] = []
    for paper in gold:
        candidates = [i for i in by_title.get(fold(paper.title or ""), ()) if i not in taken]
        if paper.title is None:
            start = fold(paper.text_start or (paper.abstract or ""))
            everything = (i for i in range(len(predictions)) if i not in taken)
            candidates = [i for i in everything if fold(predictions[i].abstract or "").startswith(start)]
        best = min(candidates, key=lambda i: (not _same_source(paper, predictions[i]), i), default=None)
        if best is not None:
            taken.add(best)
        matched.append(None if best is None else predictions[best])
    return matched


def _same_source(paper: GoldPaper, prediction: Prediction) -> bool:
    if paper.source is None:
        return False
    return prediction.path == paper.source or prediction.path.endswith(f"/{paper.source}")


def _name(paper: GoldPaper) -> str:
    return paper.title or f"(untitled) {paper.text_start}..."


def _total(pairs: Sequence[Pair], count: Callable[[Pair], Counts]) -> Counts:
    return sum((count(pair) for pair in pairs), Counts())


def _score(pairs: Sequence[Pair], count: Callable[[Pair], Counts]) -> Score:
    by_paper = [count(pair) for pair in pairs]
    return Score(counts=sum(by_paper, Counts()), interval=bootstrap_f1(by_paper))


def _forms(pair: Pair, only: str | None = None, at_least: float = 0.0) -> Counts:
    gold, predicted = pair
    mentions = (mention for mention in predicted.mentions if mention.confidence >= at_least)
    return overlap(
        {(fold(m.text), m.type) for m in mentions if only in {None, m.type}},
        {(fold(f.text), f.type) for f in gold.forms if only in {None, f.type}},
    )


def _forms_any_type(pair: Pair) -> Counts:
    gold, predicted = pair
    return overlap({fold(m.text) for m in predicted.mentions}, {fold(f.text) for f in gold.forms})


def _role_pairs(pair: Pair) -> list[tuple[str, frozenset[str]]]:
    """(predicted role, annotated roles) of the forms found. A form has the role of its first mention."""
    gold, predicted = pair
    annotated: dict[str, set[str]] = defaultdict(set)
    for form in gold.forms:
        annotated[fold(form.text)].add(form.role)
    said: dict[str, str] = {}
    for mention in sorted(predicted.mentions, key=lambda m: m.start):
        said.setdefault(fold(mention.text), mention.role)
    return [(role, frozenset(annotated[text])) for text, role in said.items() if text in annotated]


def _roles(pair: Pair) -> Ratio:
    said = _role_pairs(pair)
    return Ratio(sum(role in annotated for role, annotated in said), len(said))


def _role_counts(pair: Pair, role: str) -> Counts:
    said = _role_pairs(pair)
    return Counts(
        found=sum(role == predicted and role in annotated for predicted, annotated in said),
        predicted=sum(role == predicted for predicted, _ in said),
        gold=sum(role in annotated for _, annotated in said),
    )


def _entities(pair: Pair, role: str | None = None) -> Ratio:
    gold, predicted = pair
    said = {(fold(m.text), m.type) for m in predicted.mentions}
    found: dict[str, bool] = {}
    for form in gold.forms:
        if role in {None, form.role}:
            found[form.main] = found.get(form.main, False) or (fold(form.text), form.type) in said
    return Ratio(sum(found.values()), len(found))


def _key(low: float, high: float) -> tuple[float, float]:
    """Numbers are compared to nine digits, so that 0.1 + 0.2 is 0.3."""
    return float(f"{low:.9g}"), float(f"{high:.9g}")


def _numbers(pair: Pair) -> Counts:
    gold, predicted = pair
    return overlap_counted(
        [_key(low, high) for low, high, _ in predicted.results],
        [_key(result.low, result.high) for result in gold.results],
    )


def _numbers_with_subject(pair: Pair) -> Counts:
    gold, predicted = pair
    return match_numbers(
        [(_key(low, high), frozenset(map(fold, names))) for low, high, names in predicted.results],
        [
            (_key(r.low, r.high), gold.forms_of(r.subject) if r.subject else frozenset[str]())
            for r in gold.results
        ],
    )


def _relations(pair: Pair, only: str | None = None) -> Counts:
    gold, predicted = pair
    mains = {fold(form.text): fold(form.main) for form in gold.forms}
    said = {
        (_annotated_name(head, mains), kind, _annotated_name(tail, mains))
        for head, kind, tail in predicted.relations
        if only in {None, kind}
    }
    annotated = {
        (fold(head), kind, fold(tail)) for head, kind, tail in gold.relations or () if only in {None, kind}
    }
    return overlap(said, annotated)


def _annotated_name(names: Sequence[str], mains: Mapping[str, str]) -> str:
    """The main name of the first name that is annotated, otherwise the first name."""
    folded = [fold(name) for name in names]
    return next((mains[name] for name in folded if name in mains), folded[0] if folded else "")


def _judged(pair: Pair) -> list[tuple[float, bool]]:
    gold, predicted = pair
    right = {(fold(form.text), form.type) for form in gold.forms}
    return [(m.confidence, (fold(m.text), m.type) in right) for m in predicted.mentions]


def _structure(
    gold: Sequence[GoldPaper], matched: Sequence[Prediction | None], predictions: Sequence[Prediction]
) -> Structure | None:
    if not any(paper.source for paper in gold):
        return None
    sources = [paper for paper in gold if paper.source]
    used = Counter(id(found) for found in matched if found is not None)
    extra = tuple(
        prediction.title or f"(untitled) {(prediction.abstract or '')[:60]}..."
        for prediction in predictions
        if id(prediction) not in used and any(_same_source(paper, prediction) for paper in sources)
    )
    pairs = [(paper, found) for paper, found in zip(gold, matched, strict=True) if found and paper.source]
    everything = [
        (paper, found or Prediction()) for paper, found in zip(gold, matched, strict=True) if paper.source
    ]
    return Structure(
        extra=extra,
        authors=_total(everything, lambda p: overlap_counted(_printed(p[1].authors), _printed(p[0].authors))),
        author_lists=_share(pairs, lambda paper, found: _printed(paper.authors) == _printed(found.authors)),
        venues=_share(pairs, lambda paper, found: fold(paper.venue or "") == fold(found.venue or "")),
        years=_share(pairs, lambda paper, found: paper.year == found.year),
        abstracts=_share(pairs, _complete),
    )


def _share(pairs: Sequence[Pair], right: Callable[[GoldPaper, Prediction], bool]) -> Ratio:
    return Ratio(sum(right(paper, found) for paper, found in pairs), len(pairs))


def _printed(names: Sequence[str]) -> list[str]:
    return [collapse(name) for name in names]


def _complete(paper: GoldPaper, found: Prediction) -> bool:
    abstract = collapse(found.abstract or "")
    return abstract.startswith(collapse(paper.text_start)) and abstract.endswith(collapse(paper.text_end))
