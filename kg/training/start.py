"""Where a fine-tuning starts: the network that ships, from int8 back to floats, checked against itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from kg.errors import PipelineError
from kg.training.batches import outputs
from kg.training.network import Network
from kg.training.onnx_network import dequantised, read_graph, run
from kg.training.windows import Floats, Window

__all__ = ["agreement", "start"]

_LEAST_AGREEMENT = 0.9  # of tags; between int8 and floats it is .98


def start(network: Path, windows: Sequence[Window], *, dropout: float) -> tuple[Network, float]:
    """The network of an int8 file, and how often both choose the same tag for a unit of these windows.

    A PipelineError where they differ so much that it cannot be the same network.
    """
    try:
        weights = dequantised(read_graph(network))
        found = Network.of({name: torch.tensor(value) for name, value in weights.items()}, dropout=dropout)
    except (KeyError, ValueError, RuntimeError) as error:
        raise PipelineError(
            f"{network}: not a network that training can go on from ({error})",
            hint="--base en_research, or a pipeline that kg train wrote",
        ) from error
    same = agreement([tags for tags, _ in run(network, windows)], [t for t, _ in outputs(found, windows)])
    if same < _LEAST_AGREEMENT:
        raise PipelineError(
            f"{network}: its weights as floats choose other tags ({same:.0%} agree)",
            hint="--base en_research",
        )
    return found, same


def agreement(first: Sequence[Floats], second: Sequence[Floats]) -> float:
    """The share of units for which both give the same tag the highest score."""
    pairs = zip(first, second, strict=True)
    same = [a.argmax(axis=1) == b.argmax(axis=1) for a, b in pairs]
    return float(np.concatenate(same).mean()) if same else 1.0
