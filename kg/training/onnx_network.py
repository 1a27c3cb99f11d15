"""An exported network: run as it is, or its int8 weights as floats again, for a training to go on from.

``quantize_dynamic`` of onnxruntime keeps of each weight matrix bytes, a scale a column and a zero point, and
drops its name. The name is found at the bias that is added to the product: both belong to one module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.errors import PipelineError
from kg.training.windows import Window

__all__ = ["Graph", "Node", "dequantised", "read_graph", "run"]

Floats = NDArray[np.float32]
_QUANTIZED = "_quantized"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One operation: its kind, the names of what it reads and of what it writes."""

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A network as far as it matters here: its stored arrays and its operations."""

    arrays: Mapping[str, NDArray[Any]]
    nodes: Sequence[Node]


def read_graph(file: Path) -> Graph:
    """The arrays and operations of an ONNX file."""
    import onnx  # noqa: PLC0415 - of the extra "train"
    from onnx import numpy_helper  # noqa: PLC0415

    graph = onnx.load(str(file)).graph
    return Graph(
        arrays={array.name: numpy_helper.to_array(array) for array in graph.initializer},
        nodes=[
            Node(kind=node.op_type, inputs=tuple(node.input), outputs=tuple(node.output))
            for node in graph.node
        ],
    )


def dequantised(graph: Graph) -> dict[str, Floats]:
    """Parameter name -> float32; matrices are turned, as torch multiplies by the transposed.

    A PipelineError where a product has no bias to name it by.
    """
    found = {
        name: np.asarray(array, np.float32)
        for name, array in graph.arrays.items()
        if name.endswith((".weight", ".bias"))
    }
    for name in graph.arrays:
        if name.endswith(f".weight{_QUANTIZED}"):
            found[name.removesuffix(_QUANTIZED)] = _floats(graph, name)
    for quantized, bias in _products(graph):
        found[bias.removesuffix("bias") + "weight"] = np.ascontiguousarray(_floats(graph, quantized).T)
    return found


def _floats(graph: Graph, quantized: str) -> Floats:
    name = quantized.removesuffix(_QUANTIZED)
    scale, zero = graph.arrays[f"{name}_scale"], graph.arrays[f"{name}_zero_point"]
    difference = graph.arrays[quantized].astype(np.float32) - zero.astype(np.float32)
    return np.asarray(difference * scale, np.float32)


def _products(graph: Graph) -> Iterator[tuple[str, str]]:
    """(weight, bias) of each product with a stored matrix."""
    readers: dict[str, list[Node]] = {}
    for node in graph.nodes:
        for name in node.inputs:
            readers.setdefault(name, []).append(node)
    for node in graph.nodes:
        if node.kind != "MatMulInteger" or node.inputs[1] not in graph.arrays:
            continue
        after = readers.get(node.outputs[0], [])
        while after and not (after[0].kind == "Add" and _stored(graph, after[0])):
            after = readers.get(after[0].outputs[0], [])
        if not after:
            raise PipelineError(
                f"the network adds no bias to {node.inputs[1]!r}", hint="reinstall kg-builder"
            )
        yield node.inputs[1], _stored(graph, after[0])


def _stored(graph: Graph, node: Node) -> str:
    return next((name for name in node.inputs if name in graph.arrays and name.endswith(".bias")), "")


def run(file: Path, windows: Sequence[Window]) -> Iterator[tuple[Floats, Floats]]:
    """(tag scores, role scores) of the units of each window, from an ONNX file, as the component runs it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    for window in windows:
        tags, roles = session.run(["tags", "roles"], {"ids": window.ids[None].astype(np.int64)})
        yield tags[0][window.first], roles[0][window.first]
