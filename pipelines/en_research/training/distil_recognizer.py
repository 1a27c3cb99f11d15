"""Distils several recognisers into one: their averaged scores on unlabelled abstracts, plus the gold labels.

    python distil_recognizer.py out/seed0.pt out/seed1.pt --unlabelled papers.jsonl.gz --gold GOLD/train.jsonl
        --dev GOLD/dev.jsonl --encoder ENCODER --out out/student.pt --abstracts 30000

Hinton, Vinyals and Dean 2015. Scores are averaged before the softmax and kept on disk shard by shard, in a
folder named by what they were made from; labelling and training both go on where they were interrupted.
No abstract of the held-out file, by id or title, is labelled or trained on.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from recognizer_data import read_records
from recognizer_fit import add_options, new_network, settings_of

from kg.components.recognizer import log_softmax
from kg.training.batches import outputs
from kg.training.loop import evaluator, fit
from kg.training.network import Network
from kg.training.records import Record, drawn, file_sha256, without
from kg.training.windows import TAGS, Reader, Window

_SHARD = 250  # abstracts


def main() -> None:
    options = parsed()
    settings = settings_of(options)
    reader = Reader(options.encoder / "vocab.txt", compounds=options.units == "compounds")
    held_out = read_records(options.dev)
    gold = without((record for path in options.gold for record in read_records(path)), held_out)
    chosen = unlabelled(options, [*held_out, *gold])
    inputs = identity(options, chosen)
    network = new_network(options, settings)
    soft = list(labelled(options, reader, chosen, inputs))
    if options.init:
        network.load_state_dict(Network.read(options.init).state_dict())
    hard = reader.windows(reader.examples(drawn(gold, options.limit)))
    inputs |= {
        "gold": [file_sha256(path) for path in options.gold],
        "repeats": options.gold_repeats,
        "limit": options.limit,
        "temperature": options.temperature,
        "init": file_sha256(options.init) if options.init else None,
    }
    print(json.dumps({"unlabelled": len(chosen), "gold": len(hard)}), flush=True)
    reports = fit(
        network,
        soft + hard * options.gold_repeats,
        settings,
        out=options.out,
        inputs=inputs,
        evaluate=evaluator(reader, reader.examples(held_out)),
    )
    for report in reports:
        print(json.dumps(report), flush=True)
    print(json.dumps({"weights": options.out.name, "sha256": file_sha256(options.out)}))


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("teachers", type=Path, nargs="+", help="weights that train_recognizer.py wrote")
    parser.add_argument("--unlabelled", type=Path, required=True, help="abstracts (JSON lines, also .gz)")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="annotated abstracts")
    parser.add_argument("--abstracts", type=int, help="how many unlabelled ones; all without it")
    parser.add_argument("--prefer", nargs="*", default=[], help="categories whose abstracts are taken first")
    parser.add_argument("--gold-repeats", type=int, default=2, help="how often gold occurs in an epoch")
    parser.add_argument("--temperature", type=float, default=1.0, help="divides the teachers' scores")
    parser.add_argument("--init", type=Path, help="weights to start from instead of the encoder's")
    add_options(parser, epochs=3)
    return parser.parse_args()


def unlabelled(options: argparse.Namespace, left_out: Sequence[Record]) -> list[Record]:
    """The abstracts to label: none of ``left_out``, preferred categories first, else in drawn order."""
    records = [record for record in read_records(options.unlabelled) if record.get("abstract")]
    order = drawn(without(records, left_out), None)
    preferred = set(options.prefer)
    order.sort(key=lambda record: not preferred & set(record.get("categories", [])[:1]))
    return order[: options.abstracts]


def identity(options: argparse.Namespace, chosen: Sequence[Record]) -> dict[str, Any]:
    """What the averaged scores depend on."""
    return {
        "teachers": [file_sha256(path) for path in options.teachers],
        "unlabelled": hashlib.sha256("\n".join(record["id"] for record in chosen).encode()).hexdigest(),
        "collection": file_sha256(options.unlabelled),
        "units": options.units,
        "encoder": file_sha256(options.encoder / "model.safetensors"),
        "dev": file_sha256(options.dev),
    }


def labelled(
    options: argparse.Namespace, reader: Reader, chosen: Sequence[Record], inputs: dict[str, Any]
) -> Iterator[Window]:
    """The windows of the chosen abstracts with the teachers' probabilities as their labels."""
    name = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:16]
    folder = options.out.parent / f"scores-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    teachers: list[Network] = []
    for start in range(0, len(chosen), _SHARD):
        windows = reader.windows(reader.examples(chosen[start : start + _SHARD]))
        file = folder / f"{start:07d}.npy"
        if not file.exists():
            teachers = teachers or [Network.read(path).to(options.device) for path in options.teachers]
            write_array(averaged(teachers, windows), file)
        yield from softened(windows, np.load(file), options.temperature)


def averaged(teachers: Sequence[Network], windows: Sequence[Window]) -> NDArray[np.float16]:
    """Mean scores of the teachers, (units of all windows, tags + roles)."""
    total = np.float32(0)
    for teacher in teachers:
        total = total + np.vstack([np.hstack(pair) for pair in outputs(teacher, windows)])
    return np.asarray(total / len(teachers), np.float16)


def write_array(array: NDArray[np.float16], file: Path) -> None:
    """Writes beside the file and renames: a shard is there whole or not at all."""
    beside = file.with_suffix(".part")
    with beside.open("wb") as stream:
        np.save(stream, array)
    beside.replace(file)


def softened(windows: Sequence[Window], scores: NDArray[np.float16], temperature: float) -> Iterator[Window]:
    """The windows with probabilities instead of gold labels."""
    scaled = scores.astype(np.float32) / temperature
    parts = [np.exp(log_softmax(part)) for part in np.split(scaled, [len(TAGS)], axis=1)]
    soft = np.hstack(parts).astype(np.float16)
    start = 0
    for window in windows:
        yield dataclasses.replace(window, soft=soft[start : start + len(window.first)])
        start += len(window.first)


if __name__ == "__main__":
    main()
