"""Turns trained weights into what the pipeline ships: an int8 network, its labels and its vocabulary.

    python export_recognizer.py out/student.pt --encoder ENCODER --out ../recognizer --fp32 out/student.onnx

What the network takes and gives: kg.training.export. The same weights give the same bytes; their sha256 are
printed.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from kg.training.export import write_fp32, write_int8
from kg.training.network import Network
from kg.training.records import file_sha256
from kg.training.windows import TAGS
from kg.types import ROLES


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights", type=Path)
    parser.add_argument("--encoder", type=Path, required=True, help="whose vocabulary (vocab.txt) it is")
    parser.add_argument("--out", type=Path, required=True, help="folder of the component's files")
    parser.add_argument("--fp32", type=Path, required=True, help="where the network before int8 goes")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    options.fp32.parent.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    network = options.out / "network.onnx"
    write_fp32(Network.read(options.weights), options.fp32)
    write_int8(options.fp32, network)
    labels, vocabulary = options.out / "labels.json", options.out / "wordpiece.txt"
    labels.write_text(json.dumps({"tags": TAGS, "roles": ROLES}) + "\n", encoding="utf-8")
    vocabulary.write_text(
        (options.encoder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8"
    )
    for file in (network, labels, vocabulary):
        print(f"{file_sha256(file)}  {file.name}")


if __name__ == "__main__":
    main()
