"""Trains the classifier of ``kg_relations`` on annotated abstracts and writes relations.json.

python .../train_roles.py GOLD/train.jsonl --predictions roles.jsonl
python .../read_mentions.py GOLD/train.jsonl --out mentions.jsonl
python .../train_relations.py GOLD/train.jsonl --roles roles.jsonl --found mentions.jsonl
With ``--found`` every abstract is seen twice: with the annotated mentions, and with those that the pipeline
finds. The pipeline has learnt from these abstracts and finds more in them than in new ones, so a part of what
it found is dropped. A held-out tenth (of the abstracts with annotated mentions) gives the temperature and the
reliability table; the weights come from the rest.
"""

from __future__ import annotations

import argparse
import json
import time
from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np
from fitting import Block, block_scores, fit, reliability, temperature_of, write_model
from gold_docs import (
    Record,
    canonical_by_normal_form,
    canonical_names,
    gold_doc,
    read_gold,
    tokeniser_only,
)
from results_corpus import FoundMention, found_doc, read_found
from scipy.sparse import csr_matrix

from kg.components.classifier import Floats, probabilities
from kg.components.coreference import main_concept
from kg.components.reading import Concept, Reading, read
from kg.components.relation_features import candidate_pairs, concept_features, pair_features
from kg.components.relations import KINDS, NONE
from kg.text import fold, normal_form

LABELS = (NONE, *KINDS)
PENALTY = 60.0
ITERATIONS = 60
MINIMUM = {"own": 25, "pair": 12}
HELD_OUT = 10
DROPPED = 0.15


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
    parser.add_argument("--found", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--limit", type=int, default=None)
    options = parser.parse_args()
    started = time.process_time()
    roles = dict(map(json.loads, options.roles.read_text(encoding="utf-8").splitlines()))
    records = [record for record in read_gold(options.train) if record["id"] in roles][: options.limit]
    own, pairs, links = Columns(), Columns(), Links()
    collect(read_twice(records, roles, read_found(options.found)), own, pairs, links)
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
    judged = held & ~np.array(links.second)
    part = [pick(block, ~held) for block in blocks]
    weights = fit(part, gold[~held], len(LABELS), penalty=PENALTY, iterations=ITERATIONS)
    scores = block_scores([pick(block, judged) for block in blocks], weights)
    temperature = temperature_of(scores, gold[judged])
    print_report(probabilities(scores / temperature), gold[judged])
    named = dict(zip(pair_names, weights[0], strict=True))
    for prefix, block in zip(("h:", "t:", "hm:", "tm:"), weights[1:], strict=True):
        named |= {prefix + name: row for name, row in zip(concept_names, block, strict=True)}
    print(
        write_model(
            options.out / "relations.json", LABELS, named, temperature=temperature, scale=50, smallest=0.06
        )
    )
    print(f"{time.process_time() - started:.0f} CPU s")


def pick(block: Block, mask: np.ndarray) -> Block:
    if block.rows is None:
        return Block(block.features[mask])
    return Block(block.features, block.rows[mask])


class Links:
    """The candidate pairs: rows of their ends among the concepts, which end is the main one, the gold label,
    the abstract, and whether it is the second reading of it."""

    def __init__(self) -> None:
        self.heads: list[int] = []
        self.tails: list[int] = []
        self.focus: list[int] = []
        self.gold: list[int] = []
        self.document: list[int] = []
        self.second: list[bool] = []
        self.missed = self.total = 0


Item = tuple[int, Record, Reading, list[str], bool]


def read_twice(
    records: list[Record], roles: dict[str, list[str]], found: dict[str, list[FoundMention]]
) -> Iterator[Item]:
    """(number, record, reading, role of each concept, whether it is the second reading)."""
    nlp = tokeniser_only()
    for number, record in enumerate(records):
        reading = read(gold_doc(nlp, record))
        if len(roles[record["id"]]) != len(reading.concepts):
            raise SystemExit(f"{record['id']}: the roles are of another reading; run train_roles.py again")
        yield number, record, reading, roles[record["id"]], False
        if record["id"] in found:
            kept = [row for row in found[record["id"]] if not dropped(record, row)]
            reading = read(found_doc(nlp, record, kept))
            yield number, record, reading, [c.occurrences[0].span._.role for c in reading.concepts], True


def dropped(record: Record, mention: FoundMention) -> bool:
    """Whether a form is taken away in the second reading: all its mentions or none, always the same ones."""
    form = fold(record["text"][mention[0] : mention[1]])
    digest = blake2b(f"{record['id']} {form}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) < DROPPED * 2**32


def collect(items: Iterable[Item], own: Columns, pairs: Columns, links: Links) -> None:
    """Number the features of all pairs whose ends are annotated."""
    base = 0
    for number, record, reading, given, second in items:
        main = main_concept(reading, given)
        gold = gold_relations(record, reading.concepts)
        known = annotated(record, reading.concepts) if second else {c.index for c in reading.concepts}
        for concept, role in zip(reading.concepts, given, strict=True):
            own.add(concept_features(reading, concept, role))
        missed = len(gold)
        for pair in candidate_pairs(reading, given, main):
            if pair.head not in known or pair.tail not in known:
                continue
            kind = gold.get((pair.head, pair.tail), NONE)
            missed -= kind != NONE
            pairs.add(pair_features(reading, pair, given, main))
            links.heads.append(base + pair.head)
            links.tails.append(base + pair.tail)
            links.focus.append(1 if pair.head == main else 2 if pair.tail == main else 0)
            links.gold.append(LABELS.index(kind))
            links.document.append(number)
            links.second.append(second)
        base += len(reading.concepts)
        if not second:
            links.missed += missed
            links.total += len(gold)


def annotated(record: Record, concepts: list[Concept]) -> set[int]:
    """The concepts of which a form is annotated, with this type.

    At run time a pair's chance is multiplied by the confidence that both its ends are right.
    """
    types = {fold(entity["name"]): entity["type"] for entity in record["entities"]}
    return {c.index for c in concepts if any(types.get(fold(form)) == c.type for form in c.forms)}


def gold_relations(record: Record, concepts: list[Concept]) -> dict[tuple[int, int], str]:
    """Kind by (head, tail), the numbers of concepts."""
    main, loose = canonical_names(record), canonical_by_normal_form(record)
    places: dict[str, list[int]] = {}
    for concept in concepts:
        for form in concept.forms:
            name = main.get(fold(form)) or loose.get(normal_form(form)) or fold(form)
            places.setdefault(name, []).append(concept.index)
    out = {}
    for relation in record["relations"]:
        head, tail = (main.get(fold(relation[end]), fold(relation[end])) for end in ("head", "tail"))
        for a in dict.fromkeys(places.get(head, [])):
            for b in dict.fromkeys(places.get(tail, [])):
                if a != b:
                    out.setdefault((a, b), relation["type"])
    return out


def print_report(chances: Floats, gold: np.ndarray) -> None:
    """How often the likeliest kind of a pair is right, by its probability."""
    best = chances[:, 1:].argmax(1) + 1
    top = chances[np.arange(len(gold)), best]
    stated = top >= 0.15
    for low, confidence, share, count in reliability(top[stated], (best == gold)[stated]):
        print(f"  from {low:.1f}: confidence {confidence:.3f}, right {share:.3f}, {count} pairs")


if __name__ == "__main__":
    main()
