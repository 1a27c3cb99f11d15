"""The README of a pipeline that ``kg train`` made: what it was trained on and how good it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["Figures", "card", "rows"]

Figures = Mapping[str, Any]

_ROWS = (("forms with type, F1", "forms"), ("forms, any type, F1", "forms_any_type"))


def rows(before: Figures, after: Figures) -> Iterator[tuple[str, str, str]]:
    """(what, before, after) in per cent; types that the held-out examples do not name are left out."""
    for name, key in _ROWS:
        yield name, _f1(before[key]), _f1(after[key])
        if key == "forms":
            yield "  precision", _percent(before[key]["precision"]), _percent(after[key]["precision"])
            yield "  recall", _percent(before[key]["recall"]), _percent(after[key]["recall"])
            for kind, counts in after["types"].items():
                if counts["annotated"]:
                    yield f"  {kind}", _f1(before["types"][kind]), _f1(counts)
    if after["roles"] is not None:
        yield "roles right", _percent(before["roles"]), _percent(after["roles"])
    yield "calibration error", _percent(before["calibration"]), _percent(after["calibration"])


def _f1(counts: Figures) -> str:
    return _percent(counts["f1"])


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


def card(meta: Figures, record: Figures) -> str:
    """The text, in Markdown."""
    examples, settings = record["examples"], record["identity"]["settings"]
    low, high = record["after"]["forms"]["interval"] or (0.0, 0.0)
    lines = [
        f"# {meta['name']}",
        "",
        f"A pipeline for `kg build --pipeline`: {record['base']}, its recogniser fine-tuned by `kg train`",
        f"on {examples['train']} annotated examples ({settings['epochs']} epochs, seed {settings['seed']}).",
        "Gazetteers, roles, relations and results are those of the base and come with kg.",
        "",
        "| data | sha256 |",
        "|---|---|",
        *(f"| {file['name']} | {file['sha256']} |" for file in record["data"]),
        "",
        f"Measured on {examples['held_out']} examples that it was not trained on, in per cent. The",
        "confidences are fitted on these examples, too, and were cross-validated for this table.",
        "",
        "| | before | after |",
        "|---|---|---|",
        *(
            f"| {name.strip()} | {old} | {new} |"
            for name, old, new in rows(record["before"], record["after"])
        ),
        "",
        f"95% interval of the first row, after: {100 * low:.1f} to {100 * high:.1f}.",
        "",
        "The network is a derivative of the base's (see its NOTICE and licence): fine-tuned, and quantised",
        "to 8 bits again. The licence of the data is yours to state.",
    ]
    return "\n".join(lines) + "\n"
