"""From the network's scores to typed spans, and how good they are: mentions, distinct forms, roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.components.recognizer import bio_constraints, bio_spans, log_softmax, viterbi
from kg.scores import Counts, bootstrap_f1
from kg.text import fold
from kg.training.windows import TAGS, Example, Floats, Span, Window
from kg.types import ENTITY_TYPES, ROLES

__all__ = ["Scores", "predictions", "score"]

Prediction = tuple[list[Span], dict[str, str]]  # spans in code points, role by folded form


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """``mentions`` and ``forms``: counts by type, "all", and "span" (types ignored); ``interval``: 95% of the
    forms' F1; ``roles``: accuracy of the role over the forms found."""

    mentions: dict[str, Counts]
    forms: dict[str, Counts]
    interval: tuple[float, float] | None
    roles: float


def predictions(
    examples: Sequence[Example], windows: Sequence[Window], outputs: Iterable[tuple[Floats, Floats]]
) -> list[Prediction]:
    """Spans and roles of each abstract from (tag scores, role scores) of the units of each window."""
    constraints = bio_constraints(TAGS)
    spans: list[list[Span]] = [[] for _ in examples]
    roles: list[dict[str, Floats]] = [{} for _ in examples]
    for window, (tags, role_scores) in zip(windows, outputs, strict=True):
        example = examples[window.document]
        path = viterbi(log_softmax(tags), *constraints)
        for first, last, kind in bio_spans([TAGS[tag] for tag in path]):
            start, end = example.units[window.offset + first][0], example.units[window.offset + last - 1][1]
            spans[window.document].append((start, end, kind))
            known, form = roles[window.document], fold(example.text[start:end])
            known[form] = known.get(form, np.float32(0)) + log_softmax(role_scores)[first:last].mean(axis=0)
    named = [{form: ROLES[int(total.argmax())] for form, total in of.items()} for of in roles]
    return list(zip(spans, named, strict=True))


def score(examples: Sequence[Example], predicted: Sequence[Prediction]) -> Scores:
    """Exact spans in code points and folded forms, both with their type; every gold span counts, also one
    that is not made of whole units and so cannot be found."""
    mentions: dict[str, Counts] = defaultdict(Counts)
    forms: dict[str, Counts] = defaultdict(Counts)
    papers, right, known = [], 0, 0
    for example, (spans, roles) in zip(examples, predicted, strict=True):
        add(mentions, set(spans), set(example.gold))
        found, wanted = typed_forms(example.text, spans), typed_forms(example.text, example.gold)
        add(forms, found, wanted)
        papers.append(counted(found, wanted))
        both = sorted(roles.keys() & example.form_roles.keys())
        right += sum(roles[form] == example.form_roles[form] for form in both)
        known += len(both)
    return Scores(
        mentions=dict(mentions), forms=dict(forms), interval=bootstrap_f1(papers), roles=right / max(known, 1)
    )


def typed_forms(text: str, spans: Iterable[Span]) -> set[tuple[str, str]]:
    """The distinct (folded form, type)."""
    return {(fold(text[start:end]), kind) for start, end, kind in spans}


def add(totals: dict[str, Counts], found: set[tuple], wanted: set[tuple]) -> None:  # type: ignore[type-arg]
    """Counts one paper; the last field of an item is its type."""
    for key in ENTITY_TYPES:
        totals[key] += counted({x for x in found if x[-1] == key}, {x for x in wanted if x[-1] == key})
    totals["all"] += counted(found, wanted)
    totals["span"] += counted({x[:-1] for x in found}, {x[:-1] for x in wanted})


def counted(found: set[tuple], wanted: set[tuple]) -> Counts:  # type: ignore[type-arg]
    """How many of the found ones are wanted."""
    return Counts(found=len(found & wanted), predicted=len(found), gold=len(wanted))
