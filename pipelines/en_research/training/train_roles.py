"""Trains the two classifiers of ``kg_roles`` on annotated abstracts and writes roles.json and
roles_context.json.

python pipelines/en_research/training/train_roles.py GOLD/train.jsonl --dev GOLD/dev.jsonl
The second look is trained on what the first look says about abstracts it was not trained on (three folds).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

import numpy as np
from fitting import Block, fit, index_features, matrix, temperature_of, write_model
from gold_docs import Record, gold_doc, gold_roles, read_gold, tokeniser_only

from kg.components.classifier import Floats, probabilities
from kg.components.reading import Reading, read
from kg.components.role_context import context_features
from kg.components.role_features import role_features
from kg.components.roles import ROLES
from kg.text import fold

FOLDS = 3
PENALTY, CONTEXT_PENALTY = 25.0, 20.0
ITERATIONS = 60
MINIMUM, CONTEXT_MINIMUM = 6, 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--predictions", type=Path, help="where to write the held-out role of every concept")
    parser.add_argument("--limit", type=int, default=None)
    options = parser.parse_args()
    nlp = tokeniser_only()
    records = [record for record in read_gold(options.train)[: options.limit] if record["entities"]]
    readings, gold = load(nlp, records)
    started = time.process_time()
    rows = [[role_features(reading, concept) for concept in reading.concepts] for reading in readings]
    flat, truth = [row for document in rows for row in document], np.concatenate(gold)
    known = truth >= 0
    document = np.repeat(np.arange(len(readings)), [len(reading.concepts) for reading in readings])
    out_of_fold = np.zeros((len(flat), len(ROLES)))
    for part in range(FOLDS):
        inside = known & (document % FOLDS != part)
        index, weights = first_look(
            [row for row, keep in zip(flat, inside, strict=True) if keep], truth[inside]
        )
        outside = document % FOLDS == part
        out_of_fold[outside] = (
            matrix([row for row, keep in zip(flat, outside, strict=True) if keep], index) @ weights
        )
        print(
            f"fold {part}: {np.mean(out_of_fold[outside & known].argmax(1) == truth[outside & known]):.3f}",
            flush=True,
        )
    temperature = temperature_of(out_of_fold[known], truth[known])
    out_of_fold /= temperature
    cuts = np.cumsum([0, *(len(reading.concepts) for reading in readings)])
    context = [
        row
        for reading, low, high in zip(readings, cuts, cuts[1:], strict=False)
        for row in context_features(reading, probabilities(out_of_fold[low:high]))
    ]
    places = index_features(context, CONTEXT_MINIMUM)
    design = matrix(context, places)
    (second,) = fit(
        [Block(design[known])],
        truth[known],
        len(ROLES),
        penalty=CONTEXT_PENALTY,
        iterations=ITERATIONS,
        offset=out_of_fold[known],
    )
    final = (out_of_fold + design @ second).argmax(1)
    if options.predictions:
        lines = (
            json.dumps([record["id"], [ROLES[place] for place in final[low:high]]])
            for record, low, high in zip(records, cuts, cuts[1:], strict=False)
        )
        options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"second look on its own rows: {np.mean(final[known] == truth[known]):.3f}")
    index, weights = first_look([row for row, keep in zip(flat, known, strict=True) if keep], truth[known])
    print(
        write_model(
            options.out / "roles.json", ROLES, named(index, weights), temperature=temperature, scale=50
        )
    )
    print(
        write_model(
            options.out / "roles_context.json", ROLES, named(places, second), temperature=1.0, scale=50
        )
    )
    print(f"{time.process_time() - started:.0f} CPU s")


def first_look(rows: list[list[str]], gold: np.ndarray) -> tuple[dict[str, int], Floats]:
    index = index_features(rows, MINIMUM)
    (weights,) = fit([Block(matrix(rows, index))], gold, len(ROLES), penalty=PENALTY, iterations=ITERATIONS)
    return index, weights


def named(index: dict[str, int], weights: Floats) -> dict[str, Floats]:
    return {name: weights[place] for name, place in index.items()}


def load(nlp, records: list[Record]) -> tuple[list[Reading], list[np.ndarray]]:
    """Readings with the gold role of every concept (its number in ROLES, -1 where none is given)."""
    readings, gold = [], []
    for record in records:
        reading = read(gold_doc(nlp, record))
        roles = gold_roles(record)
        readings.append(reading)
        gold.append(np.array([concept_role(concept, roles) for concept in reading.concepts]))
    return readings, gold


def concept_role(concept, roles: dict[str, str]) -> int:
    votes = Counter(roles[fold(form)] for form in concept.forms if fold(form) in roles)
    return ROLES.index(votes.most_common(1)[0][0]) if votes else -1


if __name__ == "__main__":
    main()
