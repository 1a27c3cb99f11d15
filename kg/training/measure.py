"""What a pipeline reads in annotated abstracts, scored as ``kg evaluate`` scores it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.components.mentions import Mentions
from kg.components.votes import VoteModel
from kg.evaluate import Evaluation, Prediction, evaluate
from kg.extract import extraction_of
from kg.predictions import papers_of_gold
from kg.scores import Counts
from kg.training.records import Record, gold_paper
from kg.training.votes import FOLDS, Candidate, candidates, floors, refitted
from kg.types import Paper

__all__ = ["Reading", "calibrated", "figures", "read", "scored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Texts read by a pipeline up to the decision what is a mention, and the components that follow."""

    records: Sequence[Record]
    papers: Sequence[Paper]
    docs: Sequence[Doc]
    mentions: Mentions
    after: Sequence[Any]


def read(folder: Path, records: Sequence[Record], *, decide: str) -> Reading:
    """Reads the records with the pipeline in ``folder``; ``decide`` names its mentions component."""
    nlp = spacy.load(folder)
    place = nlp.pipe_names.index(decide)
    steps = [component for _, component in nlp.pipeline]
    papers = papers_of_gold([gold_paper(record) for record in records])
    docs = [_read(nlp, paper, steps[:place]) for paper in papers]
    deciding: Any = steps[place]
    return Reading(records=records, papers=papers, docs=docs, mentions=deciding, after=steps[place + 1 :])


def _read(nlp: Language, paper: Paper, steps: Sequence[Any]) -> Doc:
    doc = nlp.make_doc(paper.text)
    doc._.title_end = len(paper.title or "")
    for component in steps:
        doc = component(doc)
    return doc


def scored(reading: Reading, models: Sequence[VoteModel | None]) -> Evaluation:
    """The scores when each text is decided by its own model of the votes (None: the extractors' scores)."""
    predictions = []
    for paper, doc, model in zip(reading.papers, reading.docs, models, strict=True):
        reading.mentions.votes = model
        for component in (reading.mentions, *reading.after):
            component(doc)
        found = extraction_of(paper, doc)
        predictions.append(Prediction(title=paper.title, abstract=paper.abstract, mentions=found.mentions))
    return evaluate([gold_paper(record) for record in reading.records], predictions)


def calibrated(reading: Reading, train: Sequence[Record]) -> tuple[VoteModel, list[VoteModel]]:
    """The votes fitted on the texts read, and for each text a model that was fitted without it.

    ``train``: where the patterns, which are written by hand, are measured.
    """
    before = reading.mentions.votes or VoteModel(extractors=(), weights={})
    rows, extractors = candidates(
        reading.docs, reading.records, reading.mentions.keys, known=before.extractors
    )
    told = floors(train, before.floors)

    def model(kept: Sequence[Candidate]) -> VoteModel:
        return refitted(kept, extractors, before, told)

    folds = min(FOLDS, len(reading.docs))
    without = [model([row for row in rows if row.paper % folds != fold]) for fold in range(folds)]
    return model(rows), [without[number % folds] for number in range(len(reading.docs))]


def figures(scores: Evaluation, records: Sequence[Record]) -> dict[str, Any]:
    """The scores that a training is judged by, as JSON values; roles only where all are annotated."""
    roles = all(entity["role"] for record in records for entity in record["entities"])
    return {
        "forms": _counts(scores.forms.counts) | {"interval": scores.forms.interval},
        "forms_any_type": _counts(scores.forms_any_type.counts),
        "types": {kind: _counts(counts) for kind, counts in scores.forms_by_type.items()},
        "roles": _rounded(scores.roles.value) if roles else None,
        "calibration": _rounded(scores.calibration.error),
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "precision": _rounded(counts.precision),
        "recall": _rounded(counts.recall),
        "f1": _rounded(counts.f1),
        "annotated": counts.gold,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
