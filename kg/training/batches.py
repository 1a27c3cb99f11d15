"""Windows as padded batches of tensors, the loss over them, and the network's scores of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kg.training.network import Network
from kg.training.windows import TAGS, UNLABELLED, Floats, Window
from kg.types import ROLES

__all__ = ["Batch", "batches", "collate", "loss", "outputs"]

ROLE_SHARE = 0.3  # of the role loss beside the tag loss
_POOL = 8  # batches whose windows are sorted by length together, to save padding


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Padded windows. Targets are distributions over labels, (windows, units, labels), each unit with a
    weight: 0 for padding and for what has no label."""

    ids: Tensor
    attention: Tensor
    first: Tensor
    tags: Tensor
    tag_weight: Tensor
    roles: Tensor
    role_weight: Tensor


def batches(windows: Sequence[Window], size: int, order: random.Random | None) -> list[list[int]]:
    """Places in ``windows``, in batches of similar length; shuffled, or without ``order`` by length."""
    places = list(range(len(windows)))
    if order is None:
        places.sort(key=lambda place: len(windows[place].ids))
        return [places[start : start + size] for start in range(0, len(places), size)]
    order.shuffle(places)
    found = []
    for start in range(0, len(places), size * _POOL):
        pool = sorted(places[start : start + size * _POOL], key=lambda place: len(windows[place].ids))
        found += [pool[begin : begin + size] for begin in range(0, len(pool), size)]
    order.shuffle(found)
    return found


def collate(windows: Sequence[Window], device: torch.device) -> Batch:
    """Pads windows to one length and turns their labels into distributions."""
    rows, pieces = len(windows), max(len(window.ids) for window in windows)
    length = max(len(window.first) for window in windows)
    ids, attention = np.zeros((rows, pieces), np.int64), np.zeros((rows, pieces), np.int64)
    first = np.zeros((rows, length), np.int64)
    tags, tag_weight = np.zeros((rows, length, len(TAGS)), np.float32), np.zeros((rows, length), np.float32)
    roles, role_weight = (
        np.zeros((rows, length, len(ROLES)), np.float32),
        np.zeros((rows, length), np.float32),
    )
    for row, window in enumerate(windows):
        count = len(window.first)
        ids[row, : len(window.ids)], attention[row, : len(window.ids)] = window.ids, 1
        first[row, :count], tag_weight[row, :count] = window.first, 1
        if window.soft is None:
            tags[row, np.arange(count), window.tags] = 1
            known = np.flatnonzero(window.roles != UNLABELLED)
            roles[row, known, window.roles[known]] = role_weight[row, known] = 1
        else:
            tags[row, :count], roles[row, :count] = np.split(window.soft, [len(TAGS)], axis=1)
            role_weight[row, :count] = 1 - window.soft[:, 0]  # as far as the teachers see an entity at all
    arrays = (ids, attention, first, tags, tag_weight, roles, role_weight)
    names = ("ids", "attention", "first", "tags", "tag_weight", "roles", "role_weight")
    return Batch(**{name: torch.from_numpy(a).to(device) for name, a in zip(names, arrays, strict=True)})


def loss(network: Network, batch: Batch) -> Tensor:
    """Cross-entropy of the tags plus 0.3 times that of the roles; the encoder runs in bfloat16."""
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
        tags, roles = network(batch.ids, batch.attention, batch.first)
    return _cross_entropy(tags, batch.tags, batch.tag_weight) + ROLE_SHARE * _cross_entropy(
        roles, batch.roles, batch.role_weight
    )


def _cross_entropy(scores: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    each = -(target * scores.float().log_softmax(-1)).sum(-1)
    return (each * weight).sum() / weight.sum().clamp(min=1)


def outputs(
    network: Network, windows: Sequence[Window], size: int = 8, *, exact: bool = False
) -> list[tuple[Floats, Floats]]:
    """(tag scores, role scores) of the units of each window; ``exact``: in float32, not in bfloat16."""
    found: dict[int, tuple[Floats, Floats]] = {}
    for places, tags, roles in _runs(network, windows, size, exact=exact):
        for row, place in enumerate(places):
            count = len(windows[place].first)
            found[place] = tags[row, :count], roles[row, :count]
    return [found[place] for place in range(len(windows))]


def _runs(
    network: Network, windows: Sequence[Window], size: int, *, exact: bool
) -> Iterator[tuple[list[int], Floats, Floats]]:
    network.eval()
    device = next(network.parameters()).device
    with torch.inference_mode(), torch.autocast(device.type, dtype=torch.bfloat16, enabled=not exact):
        for places in batches(windows, size, None):
            batch = collate([windows[place] for place in places], device)
            tags, roles = network(batch.ids, batch.attention, batch.first)
            yield places, tags.float().cpu().numpy(), roles.float().cpu().numpy()
