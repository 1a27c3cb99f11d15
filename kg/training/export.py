"""A trained network as the int8 ONNX file that the pipeline runs.

Input: ``ids`` int64 (1, n), one window without padding. Outputs: ``tags`` (1, n, 15) and ``roles`` (1, n, 7),
scores at every piece. Dynamic int8, signed, per channel (without: 2 points of F1 less); no graph fusion
before. The same weights give the same bytes.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.training.network import Network

__all__ = ["write_fp32", "write_int8"]

_OPSET = 17


class _Window(nn.Module):
    """The network on one window: no padding, so no attention mask, and scores at every piece."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """ids: (1, n)."""
        states = self.network.encoder(ids, None)
        return self.network.tags(states), self.network.roles(states)


def write_fp32(network: Network, file: Path) -> None:
    """The network as ONNX; the number of pieces is free."""
    names = ("ids", "tags", "roles")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter: the newer one's graph quantises worse
        torch.onnx.export(
            _Window(network).eval(),
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
    logging.disable(logging.WARNING)  # it advises the graph fusion that costs accuracy here
    try:
        quantize_dynamic(
            fp32,
            file,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=False,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    finally:
        logging.disable(logging.NOTSET)
