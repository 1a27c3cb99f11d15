"""Turns trained weights into what the pipeline ships: an int8 network, its labels and its vocabulary.

    python export_recognizer.py out/student.pt --encoder ENCODER --out ../recognizer --fp32 out/student.onnx

Inputs of the network: ``ids`` int64 (1, n), one window without padding. Outputs: ``tags`` (1, n, 15) and
``roles`` (1, n, 7), scores at every piece. Dynamic int8, signed, per channel (without: 2 points of F1 less);
no graph fusion before. The same weights give the same bytes; their sha256 are printed.
"""

from __future__ import annotations

import argparse
import json
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from recognizer_data import ROLES, TAGS, file_sha256
from recognizer_network import Network
from torch import Tensor, nn

_OPSET = 17


class Window(nn.Module):
    """The network on one window: no padding, so no attention mask, and scores at every piece."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """ids: (1, n)."""
        states = self.network.encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        return self.network.tags(states), self.network.roles(states)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder of the component's files")
    parser.add_argument("--fp32", type=Path, required=True, help="where the network before int8 goes")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    options.fp32.parent.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    network = options.out / "network.onnx"
    write_fp32(Network(options.encoder, attention="eager").load(options.weights), options.fp32)
    write_int8(options.fp32, network)
    labels, vocabulary = options.out / "labels.json", options.out / "wordpiece.txt"
    labels.write_text(json.dumps({"tags": TAGS, "roles": ROLES}) + "\n", encoding="utf-8")
    vocabulary.write_text(
        (options.encoder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8"
    )
    for file in (network, labels, vocabulary):
        print(f"{file_sha256(file)}  {file.name}")


def write_fp32(network: Network, file: Path) -> None:
    """The network as ONNX; the number of pieces is free."""
    names = ("ids", "tags", "roles")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter: the newer one's graph quantises worse
        torch.onnx.export(
            Window(network).eval(),
            (torch.arange(1000, 1032).unsqueeze(0),),
            str(file),
            input_names=names[:1],
            output_names=names[1:],
            dynamic_axes={name: {1: "n"} for name in names},
            opset_version=_OPSET,
            dynamo=False,
        )


def write_int8(fp32: Path, file: Path) -> None:
    """Weights as signed bytes with a scale a channel; activations are scaled at run time."""
    quantize_dynamic(
        fp32,
        file,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=False,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


if __name__ == "__main__":
    main()
