"""Trains pipelines/en_research/results.json: the linear models of kg_results, and their calibration.

    python pipelines/en_research/training/read_mentions.py GOLD.jsonl CALIBRATION.jsonl --out mentions.jsonl
    python pipelines/en_research/training/train_results.py GOLD.jsonl CALIBRATION.jsonl OUT.json
        [--found mentions.jsonl] [--leave-out 7] [--calibrate-only]

Gold mentions are the oracle; with ``--found`` the abstracts are also seen with the mentions that the real
pipeline finds, so that the weights of roles and mentions fit what they will see. The confidence table is
measured with the real pipeline's mentions on CALIBRATION (dev.jsonl): abstracts that no part of the pipeline
was trained on, though thresholds were chosen there.
``--calibrate-only`` refits the confidence table of an existing OUT.json (after a change of the recogniser).
``--leave-out n`` trains without every nth abstract, for measurements.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from fitting import Floats, index_features, matrix
from gold_docs import Record, read_gold, tokeniser_only
from results_corpus import (
    Example,
    FoundMention,
    claimed,
    examples,
    found_doc,
    oracle_doc,
    read_found,
    same_thing,
)
from scipy.optimize import minimize
from spacy.language import Language

from kg.components.claims import claim_features
from kg.components.form_index import FormIndex, Place
from kg.components.linear import Weights, choose, logistic, score, softmax
from kg.components.metrics import metric_candidates, metric_features
from kg.components.results import predicate_features, select_claims
from kg.components.slots import none_features, pair_features
from kg.text import fold, normal_form

THRESHOLD = 0.45
#: An empty metric must be this much likelier (in logits) than the best words: words that are near the mark
#: count as wrong in training, but serve.
CAUTION = 1.5
SLOTS = ("subject", "baseline", "dataset", "hardware")
PREDICATES = ("achieves", "improves", "reduces", "costs", "limits")
Named = list[list[str]]


def minimise(size: int, loss: Any) -> Floats:
    """The minimum of a convex loss that also returns its slope."""
    found: Floats = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return found


def table(names: dict[str, int], weights: Floats, smallest: float) -> dict[str, float]:
    """Weights by feature, rounded, without those of no consequence."""
    return {name: round(float(weights[at]), 2) for name, at in names.items() if abs(weights[at]) >= smallest}


def fit_logistic(
    rows: Named, gold: Sequence[bool], *, penalty: float, minimum: int, smallest: float
) -> Weights:
    """Penalised logistic regression."""
    names = index_features(rows, minimum)
    design, truth = matrix(rows, names).astype(float), np.array(gold, float)

    def loss(w: Floats) -> tuple[float, Floats]:
        chance = 1 / (1 + np.exp(-np.clip(design @ w, -30, 30)))
        value = -np.sum(truth * np.log(chance + 1e-12) + (1 - truth) * np.log(1 - chance + 1e-12))
        return float(value + penalty / 2 * w @ w), design.T @ (chance - truth) + penalty * w

    return table(names, minimise(len(names), loss), smallest)


def fit_classes(
    rows: Named, gold: Sequence[str], *, penalty: float, minimum: int, smallest: float
) -> dict[str, Weights]:
    """Multinomial logistic regression, one table a class."""
    names = index_features(rows, minimum)
    design = matrix(rows, names).astype(float)
    truth = np.array([[name == label for name in PREDICATES] for label in gold], float)
    shape = (len(names), len(PREDICATES))

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(shape)
        scores = design @ w
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance = powers / powers.sum(axis=1, keepdims=True)
        value = -np.sum(truth * np.log(chance + 1e-12)) + penalty / 2 * flat @ flat
        return float(value), (design.T @ (chance - truth) + penalty * w).ravel()

    weights = minimise(shape[0] * shape[1], loss).reshape(shape)
    return {name: table(names, weights[:, at], smallest) for at, name in enumerate(PREDICATES)}


def fit_ranking(
    groups: list[tuple[Named, list[bool]]], *, penalty: float, minimum: int, smallest: float
) -> Weights:
    """Conditional logit: in each group the right candidates shall outweigh the others."""
    groups = [(rows, right) for rows, right in groups if any(right) and len(rows) > 1]
    rows = [row for named, _ in groups for row in named]
    names = index_features(rows, minimum)
    design = matrix(rows, names).astype(float)
    right = np.array([flag for _, flags in groups for flag in flags], float)
    sizes = np.array([len(named) for named, _ in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def loss(w: Floats) -> tuple[float, Floats]:
        scores = design @ w
        powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        total, good = np.add.reduceat(powers, starts), np.add.reduceat(powers * right, starts) + 1e-300
        slope = powers / np.repeat(total, sizes) - powers * right / np.repeat(good, sizes)
        return float(
            np.sum(np.log(total) - np.log(good)) + penalty / 2 * w @ w
        ), design.T @ slope + penalty * w

    return table(names, minimise(len(names), loss), smallest)


def right_metrics(texts: list[str], wanted: set[str]) -> list[bool]:
    """Which texts say what was annotated: as printed, else with the same last word, else the empty one."""
    right = [fold(text) in wanted for text in texts]
    if not any(right):
        heads = {normal_form(form).split()[-1] for form in wanted if normal_form(form)}
        right = [bool(heads.intersection(normal_form(text).split()[-1:])) for text in texts]
    return right if any(right) else [not text for text in texts]


def slot_groups(found: list[Example], slot: str) -> list[tuple[Named, list[bool]]]:
    """Candidates of a slot for every gold result that was found."""
    groups = []
    for example in found:
        index, claims = FormIndex(example.context), claimed(example)
        for result, at in zip(example.record["results"], example.places, strict=True):
            if at is None:
                continue
            place = Place.of(example.context, example.context.quantities[at], claims)
            wanted = same_thing(example.record, result[slot])
            if slot == "metric":
                options = metric_candidates(example.context, place)
                named = [metric_features(index, place, o) for o in options]
                groups.append((named, right_metrics([o.text for o in options], wanted)))
                continue
            forms = index.candidates(slot)
            named = [pair_features(index, place, form) for form in forms]
            right = [fold(form) in wanted for form in forms]
            if slot != "subject":
                named, right = [none_features(index, place), *named], [not any(right), *right]
            groups.append((named, right))
    return groups


def predicate_rows(found: list[Example], metric: Weights) -> tuple[Named, list[str]]:
    """Features of each gold result with the metric that the model chooses, and its predicate."""
    rows, gold = [], []
    for example in found:
        index, claims = FormIndex(example.context), claimed(example)
        for result, at in zip(example.record["results"], example.places, strict=True):
            if at is None:
                continue
            quantity = example.context.quantities[at]
            place = Place.of(example.context, quantity, claims)
            options = metric_candidates(example.context, place)
            text = (
                options[choose([metric_features(index, place, o) for o in options], metric)].text
                if options
                else ""
            )
            claim = claim_features(example.context, quantity)
            rows.append(predicate_features(example.context, quantity, claim, text))
            gold.append(result["relation"])
    return rows, gold


def train(found: list[Example]) -> dict[str, Any]:
    """All tables."""
    rows = [claim_features(e.context, q) for e in found for q in e.context.quantities]
    gold = [i in e.positive for e in found for i in range(len(e.context.quantities))]
    claim = fit_logistic(rows, gold, penalty=2.0, minimum=6, smallest=0.1)
    print(f"{len(rows)} numbers", flush=True)
    slots = {}
    for slot in (*SLOTS, "metric"):
        slots[slot] = fit_ranking(slot_groups(found, slot), penalty=2.0, minimum=5, smallest=0.1)
        print(f"{slot}: {len(slots[slot])} weights", flush=True)
    slots["metric"]["src=none"] = round(slots["metric"].get("src=none", 0.0) - CAUTION, 2)
    named, labels = predicate_rows(found, slots["metric"])
    predicates = fit_classes(named, labels, penalty=4.0, minimum=8, smallest=0.1)
    return {"threshold": THRESHOLD, "claim": claim, "predicates": predicates, "slots": slots}


def calibrate(model: dict[str, Any], held: list[Example], bins: int = 6) -> list[tuple[float, float]]:
    """How often claims of a given probability have the right number and subject, on unseen abstracts.

    Of each bin's share one right and one wrong claim more are assumed (Laplace), so none is certain.
    """
    scored: list[tuple[float, bool]] = []
    for example in held:
        context = example.context
        chances = [logistic(claim_features(context, q), model["claim"]) for q in context.quantities]
        kept = select_claims(context.quantities, chances, THRESHOLD)
        index, claims = FormIndex(context), [context.quantities[i] for i in kept]
        forms = index.candidates("subject")
        for at in kept:
            place = Place.of(context, context.quantities[at], claims)
            shares = softmax(
                [score(pair_features(index, place, f), model["slots"]["subject"]) for f in forms] or [0.0]
            )
            form = forms[shares.index(max(shares))] if forms else None
            wanted = [r for r, i in zip(example.record["results"], example.places, strict=True) if i == at]
            right = any(form and fold(form) in same_thing(example.record, r["subject"]) for r in wanted)
            scored.append((chances[at] * max(shares), right))
    scored.sort()
    edges = np.array_split(np.arange(len(scored)), bins)
    measured = [
        (scored[e[-1]][0], (sum(scored[i][1] for i in e) + 1) / (len(e) + 2)) for e in edges if len(e)
    ]
    rising = [
        (upper, max(share for _, share in measured[: at + 1])) for at, (upper, _) in enumerate(measured)
    ]
    return [(round(upper, 3), round(share, 3)) for upper, share in rising]


def read_examples(nlp: Language, records: list[Record], seen: dict[str, list[FoundMention]]) -> list[Example]:
    """The abstracts with the mentions that were found, or with the annotated ones where ``seen`` is empty."""
    if not seen:
        return examples([(record, oracle_doc(nlp, record)) for record in records])
    return examples([(record, found_doc(nlp, record, seen[record["id"]])) for record in records])


def main() -> None:
    """Read, fit, calibrate, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("calibration", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--found", type=Path, nargs="*", default=[])
    parser.add_argument("--leave-out", type=int)
    parser.add_argument("--calibrate-only", action="store_true")
    options = parser.parse_args()
    started = time.process_time()
    blank, seen = tokeniser_only(), read_found(options.found)
    if options.calibrate_only:
        model = json.loads(options.out.read_text(encoding="utf-8"))
    else:
        records = read_gold(options.gold)
        if options.leave_out:
            records = [record for at, record in enumerate(records) if at % options.leave_out]
        found = read_examples(blank, records, {}) + (read_examples(blank, records, seen) if seen else [])
        print(f"{len(found)} readings, {time.process_time() - started:.0f} CPU s", flush=True)
        model = train(found)
    held = read_examples(blank, read_gold(options.calibration), seen)
    model["calibration"] = calibration = calibrate(model, held)
    options.out.write_text(
        json.dumps(model, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    print(f"{options.out}: {options.out.stat().st_size:,} bytes; confidence {calibration}")


if __name__ == "__main__":
    main()
