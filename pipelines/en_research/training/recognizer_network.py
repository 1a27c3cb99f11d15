"""The recogniser's network in torch: an encoder, a tag head and a role head; its batches, loss and scores."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from recognizer_data import ROLES, TAGS, UNLABELLED, Floats, Window, file_sha256
from torch import Tensor, nn
from transformers import BertModel
from transformers.utils import logging

__all__ = ["ENCODER_SHA256", "Batch", "Network", "batches", "check_encoder", "collate", "loss", "outputs"]

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ROLE_SHARE = 0.3  # of the role loss beside the tag loss
_POOL = 8  # batches whose windows are sorted by length together, to save padding
# Names of parameters in weights made before these scripts stood here.
_EARLIER_NAMES = {"enc.": "encoder.", "out.own.": "tags.", "role.": "roles."}


class Network(nn.Module):
    """Tag and role scores at the first piece of each unit."""

    def __init__(self, encoder: Path, *, dropout: float = 0.1, attention: str = "sdpa") -> None:
        super().__init__()
        logging.set_verbosity_error()  # else it reports the pooler, which is left out on purpose
        logging.disable_progress_bar()
        self.encoder = BertModel.from_pretrained(
            encoder, add_pooling_layer=False, attn_implementation=attention, attention_probs_dropout_prob=0.0
        )
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(width, len(TAGS))
        self.roles = nn.Linear(width, len(ROLES))

    def forward(self, ids: Tensor, attention: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """ids, attention: (windows, pieces); first: (windows, units); scores: (windows, units, labels)."""
        states = self.encoder(input_ids=ids, attention_mask=attention).last_hidden_state
        states = states.gather(1, first.unsqueeze(2).expand(-1, -1, states.shape[-1]))
        states = self.dropout(states)
        return self.tags(states), self.roles(states)

    def load(self, weights: Path) -> Network:
        """Takes the parameters from a file that training wrote."""
        state = torch.load(weights, map_location="cpu", weights_only=True)
        renamed = {}
        for name, value in state.items():
            before = next((old for old in _EARLIER_NAMES if name.startswith(old)), "")
            renamed[_EARLIER_NAMES.get(before, "") + name.removeprefix(before)] = value
        wanted = self.state_dict()
        self.load_state_dict({name: value for name, value in renamed.items() if name in wanted})
        return self


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


def check_encoder(folder: Path, sha256: str = ENCODER_SHA256) -> None:
    """Refuses an encoder whose weights are not the ones named; "any" accepts all."""
    found = file_sha256(folder / "model.safetensors")
    if sha256 not in ("any", found):
        raise SystemExit(f"{folder / 'model.safetensors'}: sha256 is {found}, expected {sha256}")


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
