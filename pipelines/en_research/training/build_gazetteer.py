"""Mines the gazetteers from annotated abstracts and adds the curated lists.

    python build_gazetteer.py TRAIN.jsonl [--out ../gazetteers] [--curated curated]

A mined entry stands for all forms with the same units (kg/components/forms.py). Its precision is the smoothed
share, of the texts in which it occurs other than inside a longer annotated name, of those that annotate it
with its most frequent type.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from gold_docs import Record, paper_text, read_gold

from kg.components.forms import form_key
from kg.components.gazetteer import Entry, Trie, read_entries, write_entries
from kg.text import whole_word_spans
from kg.types import ENTITY_TYPES

SOURCE = "gold/arxiv train"
MIN_PRECISION = 0.4
SINGLE_PRECISION = 0.55


def gold_spans(record: Record) -> list[tuple[int, int, str]]:
    """Every annotated occurrence in the text as the pipeline reads it, the longest first, none nested."""
    text, _ = paper_text(record)
    taken = bytearray(len(text))
    spans = []
    for entity in sorted(record["entities"], key=lambda entity: -len(entity["name"])):
        for start, end in whole_word_spans(text, entity["name"]):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                spans.append((start, end, entity["type"]))
    return sorted(spans)


def mine(records: Iterable[Record]) -> list[Entry]:
    """Every annotated form with its evidence, unfiltered, most frequent first."""
    records = list(records)
    names: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for record in records:
        for entity in record["entities"]:
            names[form_key(entity["name"])][entity["name"]] += 1
    shown = {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in names.items() if key}
    trie = Trie(Entry(name=name, type="method", source=SOURCE) for name in shown.values())
    occurs: Counter[str] = Counter()
    marked: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        text, _ = paper_text(record)
        spans = gold_spans(record)
        exact = {(start, end): kind for start, end, kind in spans}
        inside = bytearray(len(text))
        for start, end, _ in spans:
            inside[start:end] = b"\1" * (end - start)
        free: set[str] = set()
        typed: dict[str, str] = {}
        for match in trie.find(text, nested=True):
            kind = exact.get((match.start, match.end))
            if kind is not None:
                typed[match.entry.name] = kind
            if kind is not None or not all(inside[match.start : match.end]):
                free.add(match.entry.name)
        occurs.update(free)
        for name, kind in typed.items():
            marked[name][kind] += 1
    entries = []
    for name in sorted(marked):
        kind, count = min(marked[name].items(), key=lambda item: (-item[1], item[0]))
        precision = (count + 0.5) / (occurs[name] + 1.2)
        entries.append(
            Entry(name=name, type=kind, source=SOURCE, docs=occurs[name], precision=round(precision, 3))
        )
    return sorted(entries, key=lambda entry: (-entry.docs, entry.name))


def keep(entry: Entry) -> bool:
    """Whether the evidence for a mined entry suffices."""
    assert entry.precision is not None
    words = len(form_key(entry.name))
    if entry.docs < 2 and words < 2 and entry.name.islower():
        return False
    return entry.precision >= (SINGLE_PRECISION if words == 1 else MIN_PRECISION)


def with_curated(mined: Sequence[Entry], folder: Path) -> list[Entry]:
    """The mined entries worth keeping, and the curated ones that the annotations have not judged."""
    known = {form_key(entry.name) for entry in mined if entry.docs >= 3}
    curated = [entry for path in sorted(folder.glob("*.jsonl")) for entry in read_entries(path)]
    return [entry for entry in mined if keep(entry)] + [
        entry for entry in curated if entry.regex or form_key(entry.name) not in known
    ]


def main() -> None:
    """Writes one file a type."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, default=here.parent / "gazetteers")
    parser.add_argument("--curated", type=Path, default=here / "curated")
    options = parser.parse_args()
    mined = mine(read_gold(options.train))
    kept = with_curated(mined, options.curated)
    options.out.mkdir(parents=True, exist_ok=True)
    for kind in ENTITY_TYPES:
        entries = [entry for entry in kept if entry.type == kind]
        write_entries(options.out / f"{kind}.jsonl", entries)
        print(kind, len(entries))


if __name__ == "__main__":
    main()
