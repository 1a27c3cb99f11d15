"""Trains the classifier of ``kg_relations`` on annotated abstracts and writes relations.json.

python .../train_roles.py GOLD/train.jsonl --predictions roles.jsonl
python .../train_relations.py GOLD/train.jsonl --roles roles.jsonl
Thresholds are chosen on the held-out tenth, whose reliability table is printed; the weights come from the
rest.
"""

from __future__ import annotations

import argparse
import json
import time
from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from fitting import Block, block_scores, fit, reliability, temperature_of, write_model
from gold_docs import Record, canonical_names, gold_doc, read_gold, tokeniser_only
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.components.classifier import Floats, probabilities
from kg.components.coreference import main_concept
from kg.components.reading import Concept, read
from kg.components.relation_features import candidate_pairs, concept_features, pair_features
from kg.components.relations import KINDS, NONE
from kg.text import fold

LABELS = (NONE, *KINDS)
PENALTY = 20.0
ITERATIONS = 60
MINIMUM = {"own": 25, "pair": 12}
HELD_OUT = 10


class Columns:
    """Rows of named features, numbered as they come."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.items = array("i")
        self.ends = array("q", [0])

    def add(self, row: Iterable[str]) -> None:
        self.items.extend(self.names.setdefault(name, len(self.names)) for name in row)
        self.ends.append(len(self.items))

    def design(self, minimum: int) -> tuple[csr_matrix, list[str]]:
        """The binary matrix of the features that occur at least ``minimum`` times, and their names."""
        items = np.frombuffer(self.items, dtype=np.int32)
        full = csr_matrix(
            (np.ones(len(items), np.float32), items, np.frombuffer(self.ends, dtype=np.int64)),
            shape=(len(self.ends) - 1, len(self.names)),
        )
        counts = np.bincount(items, minlength=len(self.names))
        kept = np.flatnonzero(counts >= minimum)
        names = list(self.names)
        return full[:, kept], [names[place] for place in kept]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--roles", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--limit", type=int, default=None)
    options = parser.parse_args()
    started = time.process_time()
    roles = dict(map(json.loads, options.roles.read_text(encoding="utf-8").splitlines()))
    records = [record for record in read_gold(options.train) if record["id"] in roles][: options.limit]
    own, pairs, links = Columns(), Columns(), Links()
    collect(records, roles, own, pairs, links)
    print(
        f"{len(records)} abstracts, {len(links.gold)} pairs, {len(pairs.items)} features, "
        f"missed {links.missed} "
        f"of {links.total} relations, {time.process_time() - started:.0f} CPU s",
        flush=True,
    )
    concept_design, concept_names = own.design(MINIMUM["own"])
    pair_design, pair_names = pairs.design(MINIMUM["pair"])
    gold = np.array(links.gold)
    heads, tails, focus = np.array(links.heads), np.array(links.tails), np.array(links.focus)
    blocks = [
        Block(pair_design),
        Block(concept_design, heads),
        Block(concept_design, tails),
        Block(concept_design, np.where(focus == 2, heads, -1)),
        Block(concept_design, np.where(focus == 1, tails, -1)),
    ]
    held = np.array(links.document) % HELD_OUT == HELD_OUT - 1
    part = [pick(block, ~held) for block in blocks]
    weights = fit(part, gold[~held], len(LABELS), penalty=PENALTY, iterations=ITERATIONS)
    scores = block_scores([pick(block, held) for block in blocks], weights)
    temperature = temperature_of(scores, gold[held])
    chances = probabilities(scores / temperature)
    missed = links.missed / links.total * np.sum(gold[held] > 0)
    thresholds = choose_thresholds(chances, gold[held], missed)
    calibration = platt(chances, gold[held])
    print_report(chances, gold[held], thresholds, missed, calibration)
    named = dict(zip(pair_names, weights[0], strict=True))
    for prefix, block in zip(("h:", "t:", "hm:", "tm:"), weights[1:], strict=True):
        named |= {prefix + name: row for name, row in zip(concept_names, block, strict=True)}
    print(
        write_model(
            options.out / "relations.json",
            LABELS,
            named,
            temperature=temperature,
            scale=50,
            smallest=0.06,
            extra={"thresholds": thresholds, "calibration": calibration},
        )
    )
    print(f"{time.process_time() - started:.0f} CPU s")


def pick(block: Block, mask: np.ndarray) -> Block:
    if block.rows is None:
        return Block(block.features[mask])
    return Block(block.features, block.rows[mask])


class Links:
    """The candidate pairs: rows of their ends among the concepts, which end is the main one, the gold
    label."""

    def __init__(self) -> None:
        self.heads: list[int] = []
        self.tails: list[int] = []
        self.focus: list[int] = []
        self.gold: list[int] = []
        self.document: list[int] = []
        self.missed = self.total = 0


def collect(
    records: list[Record], roles: dict[str, list[str]], own: Columns, pairs: Columns, links: Links
) -> None:
    nlp = tokeniser_only()
    base = 0
    for number, record in enumerate(records):
        reading = read(gold_doc(nlp, record))
        given = roles[record["id"]]
        main = main_concept(reading, given)
        gold = gold_relations(record, reading.concepts)
        for concept, role in zip(reading.concepts, given, strict=True):
            own.add(concept_features(reading, concept, role))
        found = 0
        for pair in candidate_pairs(reading, given, main):
            kind = gold.get((pair.head, pair.tail), NONE)
            found += kind != NONE
            pairs.add(pair_features(reading, pair, given, main))
            links.heads.append(base + pair.head)
            links.tails.append(base + pair.tail)
            links.focus.append(1 if pair.head == main else 2 if pair.tail == main else 0)
            links.gold.append(LABELS.index(kind))
            links.document.append(number)
        base += len(reading.concepts)
        links.missed += len(gold) - found
        links.total += len(gold)


def gold_relations(record: Record, concepts: list[Concept]) -> dict[tuple[int, int], str]:
    """Kind by (head, tail), the numbers of concepts."""
    main = canonical_names(record)
    places: dict[str, list[int]] = {}
    for concept in concepts:
        for form in concept.forms:
            places.setdefault(main.get(fold(form), fold(form)), []).append(concept.index)
    out = {}
    for relation in record["relations"]:
        head, tail = (main.get(fold(relation[end]), fold(relation[end])) for end in ("head", "tail"))
        for a in dict.fromkeys(places.get(head, [])):
            for b in dict.fromkeys(places.get(tail, [])):
                if a != b:
                    out.setdefault((a, b), relation["type"])
    return out


def choose_thresholds(chances: Floats, gold: np.ndarray, missed: float) -> dict[str, float]:
    """One threshold a kind, each in turn set where F1 over all kinds is best, starting from 0.4."""
    limits = np.full(len(LABELS), 0.4)
    for _ in range(2):
        for label in range(1, len(LABELS)):
            scored = []
            for limit in np.arange(0.2, 0.66, 0.03):
                trial = limits.copy()
                trial[label] = limit
                scored.append((f1(chances, gold, trial, missed)[2], float(limit)))
            limits[label] = max(scored)[1]
    return {name: round(float(limit), 2) for name, limit in zip(LABELS, limits, strict=True) if name != NONE}


def predict(chances: Floats, limits: np.ndarray) -> np.ndarray:
    above = np.where((chances >= limits) & (np.arange(len(LABELS)) > 0), chances, 0.0)
    return np.where(above.max(1) > 0, above.argmax(1), 0)


def f1(chances: Floats, gold: np.ndarray, limits: np.ndarray, missed: float) -> tuple[float, float, float]:
    said = predict(chances, limits)
    right = float(np.sum((said == gold) & (said > 0)))
    precision, recall = right / max(1, np.sum(said > 0)), right / (np.sum(gold > 0) + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def platt(chances: Floats, gold: np.ndarray) -> list[float]:
    """Slope and intercept, on the log-odds of the likeliest kind, that make its probability true (Platt
    1999).

    Fitted where a kind has some chance at all, since only such pairs are ever stated.
    """
    best = chances[:, 1:].argmax(1) + 1
    top = chances[np.arange(len(gold)), best]
    stated = top >= 0.15
    odds, right = log_odds(top[stated]), (best == gold)[stated]

    def loss(line: np.ndarray) -> float:
        scores = line[0] * odds + line[1]
        return float(np.mean(np.logaddexp(0, scores) - right * scores))

    return [round(float(value), 3) for value in minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B").x]


def log_odds(chances: Floats) -> Floats:
    inside = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(inside / (1 - inside)))


def print_report(
    chances: Floats, gold: np.ndarray, thresholds: dict[str, float], missed: float, calibration: list[float]
) -> None:
    limits = np.array([thresholds.get(name, 2.0) for name in LABELS])
    print(f"calibration {calibration}, thresholds {thresholds}")
    print(
        "held out, by pair: precision {:.3f} recall {:.3f} F1 {:.3f}".format(
            *f1(chances, gold, limits, missed)
        )
    )
    best = chances[:, 1:].argmax(1) + 1
    top = chances[np.arange(len(gold)), best]
    stated = top >= 0.15
    confidence = 1 / (1 + np.exp(-(calibration[0] * log_odds(top[stated]) + calibration[1])))
    table = reliability(confidence, (best == gold)[stated])
    for low, confidence, share, count in table:
        print(f"  from {low:.1f}: confidence {confidence:.3f}, right {share:.3f}, {count} pairs")


if __name__ == "__main__":
    main()
