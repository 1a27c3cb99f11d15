"""Bytes and scales become the weights that they stand for, under the names of their modules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import PipelineError
from kg.nlp import pipeline_path
from kg.training.onnx_network import Graph, Node, dequantised, run
from kg.training.windows import Reader


def graph_of(weight: np.ndarray, *, bias: str = "o.bias", lookup: bool = False) -> Graph:
    """What quantising writes: signed bytes, a scale a column, a product and, two steps on, its bias."""
    scale = (np.abs(weight).max(axis=0) / 127).astype(np.float32)
    scale[scale == 0] = 1
    arrays_of = {
        "w_quantized": np.rint(weight / scale).astype(np.int8),
        "w_scale": scale,
        "w_zero_point": np.zeros(weight.shape[1], np.int8),
        bias: np.arange(weight.shape[1], dtype=np.float32),
    }
    if lookup:
        arrays_of |= {
            "enc.words.weight_quantized": np.array([[130, 126]], np.uint8),
            "enc.words.weight_scale": np.float32(0.5),
            "enc.words.weight_zero_point": np.uint8(128),
        }
    nodes = [
        Node(kind="MatMulInteger", inputs=("x", "w_quantized", "xz", "w_zero_point"), outputs=("a",)),
        Node(kind="Cast", inputs=("a",), outputs=("b",)),
        Node(kind="Mul", inputs=("b", "scales"), outputs=("c",)),
        Node(kind="Add", inputs=(bias, "c"), outputs=("d",)),
    ]
    return Graph(arrays=arrays_of, nodes=nodes)


@given(arrays(np.float32, (5, 3), elements=st.floats(-4, 4, width=32)))
def test_matrices_come_back_within_half_a_step(weight: np.ndarray) -> None:
    found = dequantised(graph_of(weight))
    step = np.abs(weight).max(axis=0) / 127
    assert found["o.weight"].shape == (3, 5)
    assert (np.abs(found["o.weight"].T - weight) <= step / 2 + 1e-6).all()
    assert found["o.bias"].tolist() == [0, 1, 2]
    assert set(found) == {"o.weight", "o.bias"}


def test_embeddings_have_one_scale_and_a_zero_point() -> None:
    found = dequantised(graph_of(np.ones((2, 2), np.float32), lookup=True))
    assert found["enc.words.weight"].tolist() == [[1.0, -1.0]]


def test_a_product_without_a_bias_has_no_name() -> None:
    graph = graph_of(np.ones((2, 2), np.float32), bias="something.else")
    with pytest.raises(PipelineError, match="w_quantized"):
        dequantised(graph)


def test_the_shipped_network_runs_on_windows(write_lines: Callable[..., Path]) -> None:
    folder = pipeline_path("en_research") / "recognizer"
    reader = Reader(folder / "wordpiece.txt")
    windows = reader.windows(reader.examples([{"id": "a", "text": "We train ResNet-50 on ImageNet."}]))
    ((tags, roles),) = run(folder / "network.onnx", windows)
    assert tags.shape == (len(windows[0].first), 15)
    assert roles.shape == (len(windows[0].first), 7)
