"""The words by which a metric is known: what stands for one, what never does, which units go with which."""

from __future__ import annotations

import re

from kg.components.units import unit_kind

__all__ = ["CHANGES", "COMPARATIVES", "NEVER", "PLAIN", "STOP", "fits_unit", "metric_of_unit"]

#: Words between a number and its metric.
STOP = frozenset([
    "a", "an", "the", "of", "in", "on", "at", "by", "to", "for", "from", "with", "and", "or", "over",
    "than", "compared", "while", "when", "as", "is", "are", "was", "were", "be", "been", "that", "which",
    "who", "under", "across", "per", "via", "using", "against", "relative", "respectively", "but", "up",
    "its", "their", "our", "only", "after", "before", "without", "during", "versus", "vs", "through",
    "into", "among", "between", "average", "more", "less",
])  # fmt: skip
#: Words around a metric that say how it changes.
CHANGES = frozenset([
    "reduction", "reductions", "improvement", "improvements", "increase", "increases", "decrease",
    "gain", "gains", "saving", "savings", "boost", "drop", "loss", "losses", "degradation", "overhead",
    "enhancement", "advantage", "improve", "reduce", "lower", "higher", "better", "fewer", "less",
    "more", "smaller", "relative", "absolute", "average", "overall", "peak", "additional", "further",
    "faster", "maximum", "mean",
])  # fmt: skip
#: The metric that a comparative or a verb implies.
COMPARATIVES = {
    "faster": "speedup",
    "slower": "speedup",
    "accelerates": "speedup",
    "accelerate": "speedup",
    "accelerating": "speedup",
    "accelerated": "speedup",
    "speeds": "speedup",
    "outperforms": "performance",
    "outperform": "performance",
    "outperforming": "performance",
    "surpasses": "performance",
    "surpassing": "performance",
    "accurate": "accuracy",
    "smaller": "size",
    "cheaper": "cost",
    "efficient": "efficiency",
    "energy-efficient": "energy efficiency",
    "power-efficient": "power efficiency",
    "area-efficient": "area efficiency",
    "cost-effective": "cost",
}
#: Words that may be a metric although no mention was made of them.
PLAIN = frozenset([
    "accuracy", "area", "bandwidth", "cost", "efficiency", "energy", "error", "latency", "memory",
    "parameters", "performance", "power", "precision", "quality", "recall", "runtime", "score", "speed",
    "throughput", "time", "utilization",
])  # fmt: skip
#: Words that no metric begins or ends with.
NEVER = frozenset([
    "above", "approach", "approaches", "below", "better", "beyond", "clamped", "comparable",
    "competitive", "completing", "comprising", "consisting", "containing", "correlate", "detect",
    "detecting", "detects", "different", "exhibit", "exhibits", "generating", "incremental", "just",
    "larger", "longer", "maintaining", "maintains", "manages", "mitigates", "outperform", "requires",
    "requiring", "running", "runs", "saturates", "scales", "shorter", "showing", "shows", "slower",
    "state-of-the-art", "superior", "takes", "tested", "uses", "using", "worse",
])  # fmt: skip
_BY_UNIT = (
    (re.compile(r"[kMG]Hz"), "clock frequency"),
    (re.compile(r"[fF]PS"), "frame rate"),
    (re.compile(r".*/[mk]?[WJ]"), "energy efficiency"),
    (re.compile(r"[mkMμn]?W"), "power"),
    (re.compile(r"[mkμnpf]?J"), "energy"),
    (re.compile(r"[mμ]m\^?2"), "area"),
    (re.compile(r"[KMGTP]?(?:FL)?OPS|.*/s"), "throughput"),
    (re.compile(r"[KMBT]|[KMBT]? ?parameters"), "parameters"),
    (re.compile(r"[mμnpf]?s(?:/.*)?"), "latency"),
    (re.compile(r"min|minutes|h|hrs?|hours|days"), "time"),
    (re.compile(r"\$|USD"), "cost"),
    (re.compile(r"[KMGTk]i?B"), "memory"),
    (re.compile(r"K?LUTs?"), "LUTs"),
)
_NO_TIME = re.compile(
    r"(?<!\w)(?:speed-?ups?|accurac(?:y|ies)|throughput|f1|power|energy|area)(?!\w)", re.IGNORECASE
)
_TIME_WORD = re.compile(r"time|latency|delay|duration|runtime", re.IGNORECASE)
_FITTING = (
    (re.compile(r"[mkMμn]?W"), re.compile(r"power|consumption|budget|dissipat|draw|tdp", re.IGNORECASE)),
    (re.compile(r"[mμ]m\^?2"), re.compile(r"area|footprint|size", re.IGNORECASE)),
)


def metric_of_unit(unit: str) -> str | None:
    """What a unit measures by itself ("W": power), None where it is open.

    >>> metric_of_unit("TOPS/W"), metric_of_unit("%")
    ('energy efficiency', None)
    """
    return next((metric for units, metric in _BY_UNIT if units.fullmatch(unit)), None)


def fits_unit(text: str, unit: str) -> bool:
    """Whether something measured in ``unit`` can be called ``text``: no speedup in ms, no accuracy in W.

    In annotated abstracts 0 of 154 metrics in units of time break the rule, 0 of 91 in W and mm^2.
    """
    if unit_kind(unit.partition("/")[0]) == "time" and _NO_TIME.search(text) and not _TIME_WORD.search(text):
        return False
    return all(words.search(text) for units, words in _FITTING if units.fullmatch(unit))
