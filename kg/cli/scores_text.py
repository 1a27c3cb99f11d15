"""The scores of ``kg evaluate`` as tables for a person and as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.cli.layout import heading, percent, table

if TYPE_CHECKING:
    from kg.evaluate import Evaluation, Score, Structure
    from kg.scores import Counts, Ratio, Reliability

__all__ = ["evaluation_data", "evaluation_text"]

_HEAD = ["P", "R", "F1", "found", "predicted", "annotated", "95% of F1"]


def evaluation_text(scores: Evaluation) -> str:
    """The scores as tables for a person, in per cent."""
    parts = [f"{scores.papers.hits} of {scores.papers.total} annotated papers found"]
    parts += [f"  missing: {title}" for title in scores.missing]
    main = [
        _score_row("forms with type", scores.forms),
        *([*_counts_row(f"  {name}", counts), ""] for name, counts in scores.forms_by_type.items()),
        _score_row("forms, any type", scores.forms_any_type),
        _score_row("numbers", scores.numbers),
        _score_row("numbers with subject", scores.numbers_with_subject),
    ]
    if scores.relations is not None:
        main.append(_score_row("relations", scores.relations))
        main += [[*_counts_row(f"  {kind}", counts), ""] for kind, counts in scores.relations_by_kind.items()]
    parts += ["", table(["", *_HEAD], main)]
    shares = [
        _ratio_row("entities found", scores.entities),
        _ratio_row("proposed systems found", scores.proposed),
        _ratio_row("role right", scores.roles),
    ]
    parts += ["", table(["", "%", "right", "of"], shares)]
    roles = [_counts_row(role, counts) for role, counts in scores.roles_by_role.items()]
    parts += ["", table(["role of forms found", *_HEAD[:-1]], roles)]
    if scores.structure is not None:
        parts += ["", _structure_text(scores.structure)]
    if scores.calibration.bins:
        parts += ["", _reliability_text(scores.calibration)]
        steps = [_counts_row(f"{step:.1f}", counts) for step, counts in scores.forms_by_confidence.items()]
        parts += ["", table(["forms, confidence from", *_HEAD[:-1]], steps)]
    return "\n".join(parts)


def _score_row(name: str, score: Score) -> list[str]:
    low, high = score.interval or (None, None)
    return [*_counts_row(name, score.counts), f"{percent(low)}-{percent(high)}" if score.interval else ""]


def _counts_row(name: str, counts: Counts) -> list[str]:
    shares = [percent(counts.precision), percent(counts.recall), percent(counts.f1)]
    return [name, *shares, str(counts.found), str(counts.predicted), str(counts.gold)]


def _ratio_row(name: str, ratio: Ratio) -> list[str]:
    return [name, percent(ratio.value), str(ratio.hits), str(ratio.total)]


def _structure_text(structure: Structure) -> str:
    shares = [
        _ratio_row("author lists", structure.author_lists),
        _ratio_row("venues", structure.venues),
        _ratio_row("years", structure.years),
        _ratio_row("abstracts complete", structure.abstracts),
    ]
    lines = [
        heading("Structure"),
        table(["", *_HEAD[:-1]], [_counts_row("authors", structure.authors)]),
        "",
        table(["", "%", "right", "of"], shares),
        f"extra papers: {len(structure.extra)}",
        *(f"  extra: {title}" for title in structure.extra),
    ]
    return "\n".join(lines)


def _reliability_text(calibration: Reliability) -> str:
    rows = [
        [
            f"{row.low:.1f}-{row.high:.1f}",
            str(row.count),
            percent(row.confidence),
            percent(row.accuracy),
        ]
        for row in calibration.bins
    ]
    title = f"Calibration of mentions (expected error {percent(calibration.error)})"
    return f"{heading(title)}\n{table(['confidence', 'mentions', 'mean', 'right'], rows)}"


def evaluation_data(scores: Evaluation) -> dict[str, Any]:
    """The scores as plain data, shares from 0 to 1."""
    structure = scores.structure
    return {
        "papers": _ratio_data(scores.papers),
        "missing": list(scores.missing),
        "forms": _score_data(scores.forms),
        "forms_by_type": {name: _counts_data(counts) for name, counts in scores.forms_by_type.items()},
        "forms_any_type": _score_data(scores.forms_any_type),
        "roles": _ratio_data(scores.roles),
        "roles_by_role": {name: _counts_data(counts) for name, counts in scores.roles_by_role.items()},
        "entities": _ratio_data(scores.entities),
        "proposed": _ratio_data(scores.proposed),
        "numbers": _score_data(scores.numbers),
        "numbers_with_subject": _score_data(scores.numbers_with_subject),
        "relations": None if scores.relations is None else _score_data(scores.relations),
        "relations_by_kind": {
            name: _counts_data(counts) for name, counts in scores.relations_by_kind.items()
        },
        "structure": None
        if structure is None
        else {
            "extra": list(structure.extra),
            "authors": _counts_data(structure.authors),
            "author_lists": _ratio_data(structure.author_lists),
            "venues": _ratio_data(structure.venues),
            "years": _ratio_data(structure.years),
            "abstracts": _ratio_data(structure.abstracts),
        },
        "forms_by_confidence": {
            f"{step:.1f}": _counts_data(counts) for step, counts in scores.forms_by_confidence.items()
        },
        "calibration": {
            "expected_error": scores.calibration.error,
            "bins": [
                {
                    "low": row.low,
                    "high": row.high,
                    "mentions": row.count,
                    "confidence": row.confidence,
                    "right": row.accuracy,
                }
                for row in scores.calibration.bins
            ],
        },
    }


def _counts_data(counts: Counts) -> dict[str, Any]:
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "found": counts.found,
        "predicted": counts.predicted,
        "annotated": counts.gold,
    }


def _score_data(score: Score) -> dict[str, Any]:
    return {
        **_counts_data(score.counts),
        "interval": None if score.interval is None else list(score.interval),
    }


def _ratio_data(ratio: Ratio) -> dict[str, Any]:
    return {"value": ratio.value, "right": ratio.hits, "of": ratio.total}
