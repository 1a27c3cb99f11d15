"""Scores the entity mentions of a pipeline: distinct forms with type against annotated abstracts.

    python measure_mentions.py DEV.jsonl [--seeds FOLDER_OF_GOLD FOLDER_OF_DOCUMENTS] [--errors 40]

Forms are folded (kg.text.fold) and counted once a paper. On the seeds an entity counts as found if its name
or an alias is a mention of the right type; precision there is over distinct forms.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import spacy
from gold_docs import paper_text, read_gold
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config

from kg.components.annotations import MENTIONS
from kg.text import fold
from kg.training.records import gold_forms
from kg.types import ENTITY_TYPES

Form = tuple[str, str]
LAST = "mentions"


def load(path: Path) -> Language:
    """The pipeline up to kg_mentions."""
    names = load_config(path / "config.cfg")["nlp"]["pipeline"]
    return spacy.load(path, exclude=names[names.index(LAST) + 1 :])


def annotate(nlp: Language, text: str, title_end: int) -> Doc:
    """One text through the pipeline."""
    doc = nlp.make_doc(text)
    doc._.title_end = title_end
    return nlp(doc)


def forms(doc: Doc) -> set[Form]:
    """The distinct (folded form, type) of a Doc."""
    return {(fold(span.text), span.label_) for span in doc.spans[MENTIONS]}


def f1(right: int, predicted: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent."""
    precision = 100 * right / predicted if predicted else 0.0
    recall = 100 * right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def score(pairs: Iterable[tuple[set[Form], set[Form]]]) -> dict[str, tuple[float, float, float, int]]:
    """Precision, recall, F1 and gold count by type, "all", and "form" (types ignored)."""
    counts: dict[str, Counter[str]] = {key: Counter() for key in ("all", "form", *ENTITY_TYPES)}
    for predicted, gold in pairs:
        for key in ("all", *ENTITY_TYPES):
            found = {form for form in predicted if key in ("all", form[1])}
            wanted = {form for form in gold if key in ("all", form[1])}
            counts[key].update(right=len(found & wanted), predicted=len(found), gold=len(wanted))
        found_names, wanted_names = {form[0] for form in predicted}, {form[0] for form in gold}
        counts["form"].update(
            right=len(found_names & wanted_names), predicted=len(found_names), gold=len(wanted_names)
        )
    return {
        key: (*f1(count["right"], count["predicted"], count["gold"]), count["gold"])
        for key, count in counts.items()
    }


def seed_papers(gold: Path, documents: Path) -> list[tuple[dict[str, Any], str, int]]:
    """(gold paper, text, title end) for each annotated paper, cut out of its document by the gold's ends."""
    papers = []
    for path in sorted(gold.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            paper = json.loads(line)
            document = (documents / paper["source"]).read_text(encoding="utf-8")
            start = find_loosely(document, paper["text_start"], 0)[0]
            end = find_loosely(document, paper["text_end"], start)[1]
            title = paper["title"] or ""
            text = "\n\n".join(part for part in (title, document[start:end]) if part)
            papers.append((paper, text, len(title)))
    return papers


def find_loosely(document: str, quote: str, begin: int) -> tuple[int, int]:
    """Where a quote stands in a document, whatever the white space."""
    pattern = re.compile(r"\s+".join(map(re.escape, quote.split())))
    match = pattern.search(document, begin)
    if match is None:
        raise ValueError(f"not in the document: {quote!r}")
    return match.span()


def score_seeds(nlp: Language, papers: Sequence[tuple[dict[str, Any], str, int]], errors: int) -> None:
    """Prints recall of entities and of proposed ones, and precision over distinct forms."""
    found = total = found_proposed = total_proposed = right = predicted = 0
    for paper, text, title_end in papers:
        mentions = forms(annotate(nlp, text, title_end))
        accepted: set[Form] = set()
        for entity in paper["entities"]:
            names = {(fold(name), entity["type"]) for name in (entity["name"], *entity["aliases"])}
            accepted |= names
            hit = bool(names & mentions)
            total += 1
            found += hit
            if entity["role"] == "proposed":
                total_proposed += 1
                found_proposed += hit
            if not hit and errors:
                others = [form for form in sorted(mentions) if form[0] in {name for name, _ in names}]
                print("  missed", paper["title"][:30], entity["role"], sorted(names), others)
        right += len(mentions & accepted)
        predicted += len(mentions)
        if errors:
            print("  false", paper["title"][:30], sorted(mentions - accepted))
    print(
        f"seeds recall {found / total:.3f} ({total}) proposed {found_proposed / total_proposed:.3f} "
        f"({total_proposed}) precision {right / max(predicted, 1):.3f} ({predicted})"
    )


def main() -> None:
    """Prints the figures."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--pipeline", type=Path, default=here.parent)
    parser.add_argument("--seeds", type=Path, nargs=2)
    parser.add_argument("--errors", type=int, default=0, help="show the false forms of so many papers")
    options = parser.parse_args()
    begin = time.process_time()
    nlp = load(options.pipeline)
    print(f"loaded in {time.process_time() - begin:.2f} CPU s")
    records = read_gold(options.dev)
    pairs, words, begin = [], 0, time.process_time()
    for record in records:
        text, title_end = paper_text(record)
        words += len(text.split())
        pairs.append((forms(annotate(nlp, text, title_end)), gold_forms(record)))
    print(f"{words / (time.process_time() - begin):,.0f} words a CPU second")
    for key, (precision, recall, f, count) in score(pairs).items():
        print(f"{key:10} P {precision:5.1f} R {recall:5.1f} F1 {f:5.1f} ({count})")
    for record, (predicted, gold) in list(zip(records, pairs, strict=True))[: options.errors]:
        print(f"{record['title']}\n  false  {sorted(predicted - gold)}\n  missed {sorted(gold - predicted)}")
    if options.seeds:
        score_seeds(nlp, seed_papers(*options.seeds), options.errors)


if __name__ == "__main__":
    main()
