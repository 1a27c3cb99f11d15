"""Prints how well kg_results does: numbers, number with subject, and each field of the results found.

    python pipelines/en_research/training/measure_results.py GOLD...
        [--weights W.json] [--pipeline en_research] [--documents seeds] [--every 7] [--show 20]

GOLD are abstracts ({id, title, text, ...}) or documents ({source, text_start, ...}, whose texts stand
in ``--documents``). Mentions and roles are the gold ones unless ``--pipeline`` is given; ``--every n``
takes each nth abstract only (what train_results.py --leave-out n did not see); ``--show`` prints errors.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from gold_docs import Record, read_gold, tokeniser_only
from results_corpus import mention_pipeline, numbers_of, oracle_doc, pair, pipeline_doc, same_thing
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.components.annotations import ResultAnnotation
from kg.components.linear import load_result_model
from kg.components.results import ResultReader
from kg.text import fold

FIELDS = ("relation", "metric", "unit", "baseline", "dataset", "hardware", "value", "evidence")


def document_record(record: Record, folder: Path) -> Record:
    """A paper of a document as an abstract: its text cut out of the source, aliases as forms of their own."""
    source = re.sub(r"[^\S\n]+", " ", (folder / record["source"]).read_text(encoding="utf-8"))
    start = source.index(record["text_start"])
    last = record["text_end"].rstrip(".… ")
    end = source.index(last, start) + len(last)
    entities = []
    for entity in record["entities"]:
        entities.append(entity)
        entities += [{**entity, "name": alias, "alias_of": entity["name"]} for alias in entity["aliases"]]
    title = record["title"] or ""
    text = f"{title}. {source[start:end]}" if title else source[start:end]
    return {**record, "id": record["source"], "title": title, "text": text, "entities": entities}


def text_of(span: Span | None) -> str | None:
    """The form of a slot."""
    return fold(span.text) if span else None


def agreement(record: Record, gold: dict[str, Any], found: ResultAnnotation) -> dict[str, bool]:
    """Field by field."""
    same = {
        "subject": text_of(found.subject) in same_thing(record, gold["subject"]),
        "relation": found.predicate == gold["relation"],
        "metric": fold(found.metric) in same_thing(record, gold["metric"]),
        "unit": found.unit == gold["unit"],
        "value": fold(found.value) == fold(str(gold["value"])),
        "evidence": gold["evidence"] in found.evidence.text or found.evidence.text in gold["evidence"],
    }
    for slot in ("baseline", "dataset", "hardware"):
        filler = text_of(getattr(found, slot))
        names = [name.strip() for name in (gold[slot] or "").split(";") if name.strip()]
        same[slot] = any(filler in same_thing(record, name) for name in names) if names else filler is None
    return same


def measure(docs: list[tuple[Record, Doc]], show: int) -> None:
    """Print the figures of Docs that carry results."""
    counts: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    for record, doc in docs:
        gold, found = numbers_of(record["results"]), Counter(pair(r.low, r.high) for r in doc._.results)
        counts.update(gold=gold.total(), found=found.total(), right=(gold & found).total())
        left = list(record["results"])
        for result in doc._.results:
            equal = [
                g
                for g in left
                if g["low"] is not None and pair(g["low"], g["high"]) == pair(result.low, result.high)
            ]
            if not equal:
                if counts["shown"] < show:
                    print(f"  no result: {result.value!r} in {result.evidence.text[:300]!r}")
                    counts["shown"] += 1
                continue
            same, best = max(
                ((agreement(record, g, result), g) for g in equal),
                key=lambda x: (x[0]["subject"], sum(x[0].values())),
            )
            left.remove(best)
            counts["subject"] += same["subject"]
            counts["pairs"] += 1
            fields.update(name for name in FIELDS if same[name])
            if not same["subject"] and counts["shown"] < show:
                print(
                    f"  {result.value!r}: subject {result.subject!r}, gold {best['subject']!r}:",
                    repr(result.evidence.text[:300]),
                )
                counts["shown"] += 1
    for name, title in (("right", "numbers"), ("subject", "number with subject")):
        precision, recall = counts[name] / max(1, counts["found"]), counts[name] / max(1, counts["gold"])
        f1 = 2 * counts[name] / max(1, counts["found"] + counts["gold"])
        print(f"  {title:20} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    print(
        "  of the numbers found: "
        + ", ".join(f"{n} {fields[n] / max(1, counts['pairs']):.2f}" for n in FIELDS)
    )


def main() -> None:
    """Read, annotate, compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--weights", default="en_research/results.json")
    parser.add_argument("--pipeline")
    parser.add_argument("--documents", type=Path, default=Path("seeds"))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    reader = ResultReader(load_result_model(options.weights))
    nlp: Language = mention_pipeline(options.pipeline) if options.pipeline else tokeniser_only()
    make = pipeline_doc if options.pipeline else oracle_doc
    for path in options.gold:
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        records = [r for file in files for r in read_gold(file)][:: options.every]
        records = [document_record(r, options.documents) if "source" in r else r for r in records]
        docs = [(record, make(nlp, record)) for record in records]
        begun = time.process_time()
        for _, doc in docs:
            reader(doc)
        seconds = time.process_time() - begun
        words = sum(len(doc.text.split()) for _, doc in docs)
        print(f"{path}: {len(docs)} abstracts, {words / seconds:,.0f} words per CPU second")
        measure(docs, options.show)


if __name__ == "__main__":
    main()
