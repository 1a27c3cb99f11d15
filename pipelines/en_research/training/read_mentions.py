"""Writes the mentions that the real pipeline finds in annotated abstracts, once for all trainings that need
them.

python .../read_mentions.py GOLD/train.jsonl GOLD/dev.jsonl --out mentions.jsonl [--pipeline en_research]
One line an abstract: [id, [[start, end, type, role, confidence], ...]], offsets in the text that the pipeline
reads (title, blank line, abstract). About 3,500 words a CPU second.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from gold_docs import Record, paper_text, read_gold
from results_corpus import FoundMention, mention_pipeline
from spacy.language import Language

from kg.components.annotations import MENTIONS

STEP = 200


def found_mentions(nlp: Language, record: Record) -> list[FoundMention]:
    """What the pipeline finds in one abstract."""
    text, title_end = paper_text(record)
    doc = nlp.make_doc(text)
    doc._.title_end = title_end
    for _, component in nlp.pipeline:
        doc = component(doc)
    return [
        (span.start_char, span.end_char, span.label_, span._.role, round(span._.confidence, 4))
        for span in doc.spans[MENTIONS]
    ]


def main() -> None:
    """Read every abstract and write its line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pipeline", default="en_research")
    options = parser.parse_args()
    nlp = mention_pipeline(options.pipeline)
    records = [record for path in options.gold for record in read_gold(path)]
    started = time.process_time()
    with options.out.open("w", encoding="utf-8") as out:
        for number, record in enumerate(records, 1):
            out.write(json.dumps([record["id"], found_mentions(nlp, record)]) + "\n")
            if number % STEP == 0:
                print(f"{number} of {len(records)}, {time.process_time() - started:.0f} CPU s", flush=True)


if __name__ == "__main__":
    main()
