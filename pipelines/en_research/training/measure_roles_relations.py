"""Scores roles and relations on annotated abstracts: with the gold mentions, and with those the pipeline
finds.

python .../measure_roles_relations.py GOLD/dev.jsonl [--seeds GOLD/seeds --texts SEEDS] [--pipeline
en_research]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import numpy as np
import spacy
from fitting import reliability
from gold_docs import (
    Record,
    canonical_by_normal_form,
    canonical_names,
    gold_doc,
    gold_roles,
    paper_text,
    read_gold,
    tokeniser_only,
)
from spacy.tokens import Doc

from kg.components.annotations import MENTIONS
from kg.components.classifier import load_classifier
from kg.components.coreference import proposed_span
from kg.components.relations import KINDS, Relations
from kg.components.roles import ROLES, Roles
from kg.text import fold, normal_form


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--pipeline", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--oracle-only", action="store_true")
    options = parser.parse_args()
    records = read_gold(options.gold)
    nlp = tokeniser_only()
    roles = Roles(
        load_classifier("en_research/roles.json"), load_classifier("en_research/roles_context.json")
    )
    relations = Relations(load_classifier("en_research/relations.json"))
    docs = [gold_doc(nlp, record) for record in records]
    words = sum(len(record["text"].split()) for record in records)
    marks = [time.process_time()]
    for component in (roles, relations):
        docs = [component(doc) for doc in docs]
        marks.append(time.process_time())
    print(
        f"== gold mentions; words a CPU second: roles {words / (marks[1] - marks[0]):,.0f}, "
        f"relations {words / (marks[2] - marks[1]):,.0f}, both {words / (marks[2] - marks[0]):,.0f}"
    )
    report(records, docs)
    if not options.oracle_only:
        full = spacy.load(options.pipeline)
        print("== mentions of the pipeline")
        report(records, [run(full, record) for record in records])


def run(nlp: spacy.Language, record: Record) -> Doc:
    text, title_end = paper_text(record)
    doc = nlp.make_doc(text)
    doc._.title_end = title_end
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def report(records: list[Record], docs: list[Doc]) -> None:
    report_roles(records, docs)
    report_relations(records, docs)


def report_roles(records: list[Record], docs: list[Doc]) -> None:
    confusion: Counter[tuple[str, str]] = Counter()
    main: Counter[str] = Counter()
    for record, doc in zip(records, docs, strict=True):
        gold = gold_roles(record)
        for form, role in {fold(span.text): span._.role for span in doc.spans[MENTIONS]}.items():
            if form in gold:
                confusion[gold[form], role] += 1
        span = proposed_span(doc)
        if "proposed" in gold.values():
            main["none" if span is None else gold.get(fold(span.text), "not annotated")] += 1
    right = sum(count for (a, b), count in confusion.items() if a == b)
    print(f"role accuracy {right / confusion.total():.3f} over {confusion.total()} forms")
    print("main proposed thing is annotated as:", dict(main.most_common()))
    for role in ROLES:
        said = sum(confusion[other, role] for other in ROLES)
        meant = sum(confusion[role, other] for other in ROLES)
        print(
            f"  {role:13} precision {confusion[role, role] / max(1, said):.3f} "
            f"recall {confusion[role, role] / max(1, meant):.3f}  of {meant}:",
            {other: confusion[role, other] for other in ROLES},
        )


def report_relations(records: list[Record], docs: list[Doc]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    stated: list[tuple[float, bool]] = []
    for record, doc in zip(records, docs, strict=True):
        names, loose = canonical_names(record), canonical_by_normal_form(record)

        def main_form(text: str, names: dict[str, str] = names, loose: dict[str, str] = loose) -> str:
            return names.get(fold(text)) or loose.get(normal_form(text)) or fold(text)

        gold = {(main_form(r["head"]), r["type"], main_form(r["tail"])) for r in record["relations"]}
        said = {(main_form(r.head.text), r.kind, main_form(r.tail.text)) for r in doc._.relations}
        stated += [
            (r.confidence, (main_form(r.head.text), r.kind, main_form(r.tail.text)) in gold)
            for r in doc._.relations
        ]
        for name, triples in (("gold", gold), ("said", said), ("right", gold & said)):
            counts.update((kind, name) for _, kind, _ in triples)
            counts["all", name] += len(triples)
    for kind in ("all", *KINDS):
        gold_count, said_count, right = (counts[kind, name] for name in ("gold", "said", "right"))
        print(
            f"  {kind:13} precision {right / max(1, said_count):.3f} recall {right / max(1, gold_count):.3f} "
            f"F1 {2 * right / max(1, gold_count + said_count):.3f} of {gold_count}"
        )
    confidence, right_ones = (np.array(column) for column in zip(*stated, strict=True))
    for low, mean, share, count in reliability(confidence, right_ones, bins=5):
        print(f"    confidence from {low:.1f}: mean {mean:.3f}, right {share:.3f}, {count} relations")


if __name__ == "__main__":
    main()
