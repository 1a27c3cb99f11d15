"""Whether more of a metric is better, told from its name.

The rule, in this order:

1. The word that a name ends with before "of", "on", "per", "to", ... decides: "time to first token" is a
time,
   "error correction accuracy" an accuracy, "energy efficiency" an efficiency, "energy saving" a saving.
2. If that word says nothing, the last word of the name that does decides ("word error rate": error).
3. If none does, higher is taken to be better, and the answer says that this was taken.

What a claim improves or saves (predicates improves and reduces) is a gain: the more the better, whatever is
measured. What it costs is better the lower.
"""

from __future__ import annotations

import re

from kg.text import normal_form

__all__ = ["better", "same_metric"]

_LOWER = frozenset([
    "bleed", "bops", "cer", "complexity", "consumption", "cost", "costs", "crash", "crashes", "cycles",
    "degradation", "delay", "deviation", "distance", "distortion", "divergence", "drop", "eer",
    "emission", "emissions", "energy", "epe", "error", "errors", "fad", "failure", "failures", "false",
    "fid", "flop", "flops", "footprint", "forgetting", "fpr", "fvd", "gflop", "gflops", "hallucination",
    "hallucinations", "hausdorff", "hd95", "hours", "inconsistency", "jitter", "kid", "lag", "latency",
    "leakage", "loss", "losses", "lpips", "mac", "macs", "mad", "mae", "mape", "mem", "memory",
    "misclassification", "miss", "mpjpe", "mse", "niqe", "nll", "noise", "nrmse", "overfitting",
    "overhead", "overheads", "parameter", "parameters", "params", "perplexity", "power", "ppl",
    "regret", "residual", "residuals", "rmsd", "rmse", "runtime", "seconds", "size", "slowdown",
    "spread", "storage", "tco", "ter", "time", "times", "toxicity", "traffic", "usage",
    "variance", "violation", "violations", "wer",
])  # fmt: skip
_HIGHER = frozenset([
    "acc", "accuracies", "accuracy", "agreement", "alignment", "ap", "auc", "aupr", "auprc", "auroc",
    "bandwidth", "bertscore", "bleu", "bleurt", "chrf", "cider", "clipscore", "coherence",
    "compression", "consistency", "correctness", "correlation", "coverage", "dice", "diversity", "dsc",
    "efficiency", "em", "f1", "fairness", "faithfulness", "fidelity", "fps", "frequency", "gain",
    "gains", "generalizability", "generalization", "goodput", "gops", "hit", "hits", "iou",
    "kappa", "lifetime", "las",
    "likelihood", "map", "mcc", "measure", "meteor", "miou", "mrr", "ndcg", "pcc", "pearson",
    "performance", "precision", "psnr", "quality", "recall", "reduction", "reductions",
    "relevance", "reliability", "resolution", "reward", "robustness", "rouge", "safety", "saving",
    "savings", "scalability", "score", "scores", "sensitivity", "similarity", "sparsity", "spearman",
    "specificity", "speed", "speedup", "speedups", "spice", "ssim", "stability", "success",
    "throughput", "tops", "uas", "utility", "utilization", "win", "wins", "yield",
])  # fmt: skip
_BEHIND = re.compile(r"\b(?:of|on|per|to|for|in|at|under|over|across|between|with)\b")
_WORD = re.compile(r"[^\s\-_()\[\],:@]+")


def better(metric: str, measure: str = "value") -> str:
    """Whether "higher" or "lower" is better, with a question mark where the name does not tell.

    ``measure`` is value, gain, reduction or cost (kg.leaderboard).

    >>> better("word error rate"), better("F1 score"), better("time to first token")
    ('lower', 'higher', 'lower')
    >>> better("latency", "reduction"), better("accuracy", "cost"), better("zorbs")
    ('higher', 'lower', 'higher?')
    """
    if measure != "value":
        return "lower" if measure == "cost" else "higher"
    name = metric.casefold()
    head = _BEHIND.split(name)[0]
    for part in (head, name):
        words = _WORD.findall(part)
        for word in reversed(words):
            found = _direction(word)
            if found:
                return found
    return "higher?"


def _direction(word: str) -> str | None:
    for form in (word.strip(".,;"), word.strip(".,;0123456789+"), word.removesuffix("s")):
        if form in _LOWER:
            return "lower"
        if form in _HIGHER:
            return "higher"
    return None


def same_metric(metric: str) -> str:
    """The form under which two printed metrics are one: "F1-score" and "f1  score".

    >>> same_metric("F1-scores") == same_metric("f1 score")
    True
    """
    return normal_form(metric)
