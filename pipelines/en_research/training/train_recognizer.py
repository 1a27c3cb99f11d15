"""Fine-tunes the encoder on annotated abstracts: one recogniser (a teacher, or the plain one).

    python train_recognizer.py GOLD/train.jsonl --dev GOLD/dev.jsonl --encoder ENCODER --out out/seed0.pt

Prints one JSON line an epoch. Started again after an interruption, it goes on after the last whole epoch;
with the weights already there, made from the same data and settings, it does nothing.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from recognizer_data import read_records
from recognizer_fit import add_options, new_network, settings_of

from kg.training.loop import evaluator, fit
from kg.training.records import drawn, file_sha256, without
from kg.training.windows import Reader


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=Path, nargs="+", help="annotated abstracts (JSON lines)")
    add_options(parser, epochs=8)
    options = parser.parse_args()
    settings = settings_of(options)
    reader = Reader(options.encoder / "vocab.txt", compounds=options.units == "compounds")
    held_out = read_records(options.dev)
    records = [record for path in options.train for record in read_records(path)]
    examples = reader.examples(drawn(without(records, held_out), options.limit))
    inputs = {
        "train": [file_sha256(path) for path in options.train],
        "dev": file_sha256(options.dev),
        "limit": options.limit,
        "units": options.units,
        "encoder": file_sha256(options.encoder / "model.safetensors"),
    }
    reports = fit(
        new_network(options, settings),
        reader.windows(examples),
        settings,
        out=options.out,
        inputs=inputs,
        evaluate=evaluator(reader, reader.examples(held_out)),
    )
    for report in reports:
        print(json.dumps(report), flush=True)
    print(json.dumps({"weights": options.out.name, "sha256": file_sha256(options.out)}))


if __name__ == "__main__":
    main()
