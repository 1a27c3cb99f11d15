"""Scores exported networks on annotated abstracts: precision, recall and F1 by type, before and after int8.

    python measure_recognizer.py GOLD/dev.jsonl --int8 ../recognizer --fp32 out/student.onnx --windows 256 510

Mentions: exact span and type, each occurrence. Forms: distinct folded form and type a paper. Roles: accuracy
over the forms found. Needs onnxruntime, no torch. Runs as the component does: one window a run, one thread.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from recognizer_data import read_records

from kg.scores import Counts
from kg.training.onnx_network import run
from kg.training.scores import Scores, predictions, score
from kg.training.windows import LONGEST_WINDOW, Reader


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--int8", type=Path, required=True, help="folder that export_recognizer.py wrote")
    parser.add_argument("--fp32", type=Path, help="the network before int8")
    parser.add_argument("--windows", type=int, nargs="+", default=[256, LONGEST_WINDOW])
    parser.add_argument("--units", choices=("tokens", "compounds"), default="tokens")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    options = parser.parse_args()
    reader = Reader(options.int8 / "wordpiece.txt", compounds=options.units == "compounds")
    examples = reader.examples(read_records(options.gold))
    networks = {"fp32": options.fp32, "int8": options.int8 / "network.onnx"}
    figures = {}
    for name, file in networks.items():
        for longest in options.windows if file else ():
            windows = reader.windows(examples, longest)
            started = time.process_time()
            found = list(run(file, windows))
            seconds = time.process_time() - started
            scores = score(examples, predictions(examples, windows, found))
            words = sum(len(example.text.split()) for example in examples)
            print(f"\n{name}, windows of {longest} pieces: {words / seconds:.0f} words a CPU second")
            show(scores)
            figures[f"{name} {longest}"] = as_json(scores)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def show(scores: Scores) -> None:
    """One line a type: precision, recall and F1 of mentions, then of forms."""
    print(f"{'':10}{'mentions':>24}{'forms':>32}")
    for key in ("all", "span", *sorted(scores.mentions.keys() - {"all", "span"})):
        mentions, forms = scores.mentions[key], scores.forms[key]
        print(f"{key:10}{percents(mentions)}  of {mentions.gold:5}{percents(forms)}  of {forms.gold:5}")
    low, high = scores.interval or (0.0, 0.0)
    print(f"forms, 95% interval {100 * low:.1f} to {100 * high:.1f}; roles {100 * scores.roles:.1f}")


def percents(counts: Counts) -> str:
    """Precision, recall and F1 in percent."""
    return "".join(f"{100 * (value or 0):7.1f}" for value in (counts.precision, counts.recall, counts.f1))


def as_json(scores: Scores) -> dict[str, object]:
    """The same figures as values."""
    tables = {"mentions": scores.mentions, "forms": scores.forms}
    return {
        name: {key: [row.precision, row.recall, row.f1, row.gold] for key, row in sorted(table.items())}
        for name, table in tables.items()
    } | {"interval": scores.interval, "roles": scores.roles}


if __name__ == "__main__":
    main()
