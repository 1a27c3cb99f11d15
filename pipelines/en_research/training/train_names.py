"""Learns stop words, lead words and the phrase classifier from annotated abstracts: names.json.

python train_names.py TRAIN.jsonl [--out ../names.json]
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from build_gazetteer import gold_spans
from fitting import Block, fit, index_features, matrix, write_model
from gold_docs import Record, paper_text, read_gold

from kg.components.forms import unit_key, units
from kg.components.names import NONE
from kg.components.phrases import phrase_features, phrases
from kg.types import ENTITY_TYPES

STOP_SHARE = 0.25
LEAD_SHARE = 0.12
MIN_COUNT = 5
LABELS = (NONE, *ENTITY_TYPES)


def word_lists(records: Sequence[Record], stop_share: float = STOP_SHARE) -> tuple[list[str], list[str]]:
    """(stop words, lead words): words seldom inside names, and words seldom at the beginning of one."""
    seen: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    first: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for record in records:
        text, _ = paper_text(record)
        spans = gold_spans(record)
        marks = bytearray(len(text) + 1)
        for start, end, _ in spans:
            marks[start:end] = b"\1" * (end - start)
        begins = {start for start, _, _ in spans}
        previous = ""
        for start, end in units(text):
            key = unit_key(text[start:end]).lower()
            seen[key] += 1
            inside[key] += marks[start]
            if start in begins:
                first[key] += 1
                before[previous] += 1
            previous = key
    stops = sorted(w for w, n in seen.items() if n >= MIN_COUNT and inside[w] / n < stop_share)
    stop_set = set(stops)
    leads = sorted(
        w
        for w, n in seen.items()
        if n >= MIN_COUNT
        and w not in stop_set
        and before[w] + first[w] >= MIN_COUNT
        and first[w] / (before[w] + first[w]) < LEAD_SHARE
    )
    return stops, leads


def examples(
    records: Sequence[Record], stops: Sequence[str], leads: Sequence[str]
) -> tuple[list[list[str]], list[int]]:
    """Features and label of every phrase."""
    rows, gold = [], []
    stop_set, lead_set = frozenset(stops), frozenset(leads)
    for record in records:
        text, title_end = paper_text(record)
        exact = {(start, end): kind for start, end, kind in gold_spans(record)}
        for phrase in phrases(text, stop_set, lead_set, title_end):
            rows.append(phrase_features(phrase, title_end))
            gold.append(LABELS.index(exact.get((phrase.start, phrase.end), NONE)))
    return rows, gold


def train(records: Sequence[Record], out: Path, *, minimum: int = 3, penalty: float = 1.0) -> None:
    """Fits and writes the model."""
    stops, leads = word_lists(records)
    rows, gold = examples(records, stops, leads)
    index = index_features(rows, minimum)
    block = Block(matrix(rows, index))
    (weights,) = fit([block], np.array(gold, np.int64), len(LABELS), penalty=penalty, iterations=60)
    named = {name: weights[place] for name, place in index.items()}
    kept = write_model(
        out, LABELS, named, temperature=1.0, smallest=0.15, extra={"stops": stops, "leads": leads}
    )
    share = sum(1 for label in gold if label) / len(gold)
    print(
        f"{len(rows)} phrases, {share:.2f} are names; {len(stops)} stops, {len(leads)} leads, {kept} features"
    )


def main() -> None:
    """Reads, fits, writes."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, default=here.parent / "names.json")
    options = parser.parse_args()
    train(read_gold(options.train), options.out)


if __name__ == "__main__":
    main()
