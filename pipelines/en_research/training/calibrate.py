"""Measures how often each combination of extractors is right: calibration.json.

    python calibrate.py TRAIN.jsonl [--out ../calibration.json]

Lists and weights are learnt on two thirds of the annotated abstracts and judged on the last third, so that
no extractor is measured on texts it was learnt from. Bins hold at least MIN_BIN forms; precisions rise with
the score (pooling adjacent violators, Ayer et al. 1955).
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import spacy
from build_gazetteer import mine, with_curated
from gold_docs import Record, paper_text, read_gold
from measure_mentions import gold_forms
from spacy.language import Language
from train_names import train

from kg.components.abbreviations import Abbreviations
from kg.components.annotations import CANDIDATES
from kg.components.gazetteer import Gazetteer
from kg.components.mentions import Calibration, collect_forms
from kg.components.names import Names
from kg.components.sentences import Sentences
from kg.components.tokenizer import make_tokenizer
from kg.text import fold

MIN_BIN = 60
MIN_FORMS = 15
BINS = 6
Judged = dict[str, list[tuple[float, bool]]]


def judge(nlp: Language, components: Sequence[object], records: Sequence[Record]) -> Judged:
    """(score, right) of every form of the records, by extractors."""
    judged: Judged = defaultdict(list)
    for record in records:
        text, title_end = paper_text(record)
        doc = nlp.make_doc(text)
        doc._.title_end = title_end
        for component in components:
            doc = component(doc)  # type: ignore[operator]
        gold = gold_forms(record)
        for name, form in collect_forms(doc, CANDIDATES).items():
            kind, score, extractors = form.choose()
            judged["+".join(extractors)].append((score, (fold(name), kind) in gold))
    return judged


def table(judged: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """(upper bound of the score, precision) by bins of about equal size, precisions not falling."""
    ordered = sorted(judged, key=lambda pair: pair[0])
    size = max(MIN_BIN, len(ordered) // BINS)
    blocks: list[list[float]] = []
    begin = 0
    while begin < len(ordered):
        end = min(begin + size, len(ordered))
        while end < len(ordered) and ordered[end][0] == ordered[end - 1][0]:
            end += 1
        blocks.append(
            [ordered[end - 1][0], float(sum(right for _, right in ordered[begin:end])), float(end - begin)]
        )
        begin = end
        while len(blocks) > 1 and (
            blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2] or blocks[-1][2] < MIN_BIN / 2
        ):
            upper, right, count = blocks.pop()
            blocks[-1] = [upper, blocks[-1][1] + right, blocks[-1][2] + count]
    blocks[-1][0] = 1.0
    return [(round(upper, 4), round((right + 1) / (count + 2), 3)) for upper, right, count in blocks]


def main() -> None:
    """Learns on two thirds, measures on one."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, default=here.parent / "calibration.json")
    options = parser.parse_args()
    records = read_gold(options.train)
    learn = [record for number, record in enumerate(records) if number % 3]
    entries = with_curated(mine(learn), here / "curated")
    names = Names(threshold=0.2)
    with tempfile.TemporaryDirectory() as folder:
        train(learn, Path(folder) / "names.json")
        names.load(Path(folder) / "names.json")
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer()(nlp)
    judged = judge(nlp, (Sentences(), Abbreviations(), Gazetteer(entries), names), records[::3])
    tables = {key: table(rows) for key, rows in sorted(judged.items()) if len(rows) >= MIN_FORMS}
    Calibration(tables=tables).write(options.out)
    for key, rows in sorted(judged.items()):
        print(f"{key:50} {len(rows):6} {sum(right for _, right in rows) / len(rows):.3f}", tables.get(key))


if __name__ == "__main__":
    main()
