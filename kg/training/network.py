"""The recogniser's network in torch: a BERT encoder (Devlin et al. 2019), a tag head and a role head.

Parameters have the names that encoders of this kind are published with (``encoder.layer.0.attention...``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.training.windows import TAGS
from kg.types import ROLES

__all__ = ["Network", "Shape", "parameter_name"]

_HEAD_WIDTH = 32  # of one attention head, in the MiniLM family
_EPSILON = 1e-12  # of layer normalisation, as in BERT
# How parameters are called in files made by earlier scripts, and in exported networks.
_EARLIER_NAMES = {
    "network.": "",
    "enc.": "encoder.",
    "out.own.": "tags.",
    "role.": "roles.",
    "o.": "tags.",
    "r.": "roles.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of an encoder: rows of its embeddings, widths, number of layers."""

    vocabulary: int
    positions: int
    segments: int
    width: int
    inner: int
    layers: int

    @classmethod
    def of(cls, parameters: Mapping[str, Tensor]) -> Shape:
        """Read off its parameters; a KeyError where one is missing."""
        words = parameters["encoder.embeddings.word_embeddings.weight"]
        layers = {name.split(".")[3] for name in parameters if name.startswith("encoder.encoder.layer.")}
        return cls(
            vocabulary=words.shape[0],
            positions=parameters["encoder.embeddings.position_embeddings.weight"].shape[0],
            segments=parameters["encoder.embeddings.token_type_embeddings.weight"].shape[0],
            width=words.shape[1],
            inner=parameters["encoder.encoder.layer.0.intermediate.dense.bias"].shape[0],
            layers=len(layers),
        )


class Network(nn.Module):
    """Tag and role scores at the first piece of each unit."""

    def __init__(self, shape: Shape, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = _Encoder(shape, dropout)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(shape.width, len(TAGS))
        self.roles = nn.Linear(shape.width, len(ROLES))

    @classmethod
    def of(cls, parameters: Mapping[str, Tensor], *, dropout: float = 0.1, heads: bool = True) -> Network:
        """A network with these parameters, those that it has no use for left aside.

        ``heads``: False where the two heads are to be fresh. A ValueError names what is missing.
        """
        named = {parameter_name(name): value for name, value in parameters.items()}
        try:
            network = cls(Shape.of(named), dropout=dropout)
        except KeyError as error:
            raise ValueError(f"no parameter {error}") from error
        wanted = network.state_dict()
        missing = [
            name
            for name in wanted
            if name not in named and (heads or not name.startswith(("tags.", "roles.")))
        ]
        if missing:
            raise ValueError(f"no parameter {missing[0]!r}")
        network.load_state_dict({name: named.get(name, value) for name, value in wanted.items()})
        return network

    @classmethod
    def read(cls, weights: Path, *, dropout: float = 0.1) -> Network:
        """From a file that training wrote."""
        return cls.of(torch.load(weights, map_location="cpu", weights_only=True), dropout=dropout)

    def forward(self, ids: Tensor, attention: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """ids, attention: (windows, pieces); first: (windows, units); scores: (windows, units, labels)."""
        states = self.encoder(ids, attention)
        states = states.gather(1, first.unsqueeze(2).expand(-1, -1, states.shape[-1]))
        states = self.dropout(states)
        return self.tags(states), self.roles(states)


def parameter_name(name: str) -> str:
    """What a parameter is called here, whatever it was called in the file.

    >>> parameter_name("enc.embeddings.LayerNorm.bias"), parameter_name("network.roles.weight")
    ('encoder.embeddings.LayerNorm.bias', 'roles.weight')
    """
    before = next((old for old in _EARLIER_NAMES if name.startswith(old)), "")
    return _EARLIER_NAMES.get(before, "") + name.removeprefix(before)


class _Encoder(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.embeddings = nn.ModuleDict(
            {
                "word_embeddings": nn.Embedding(shape.vocabulary, shape.width),
                "position_embeddings": nn.Embedding(shape.positions, shape.width),
                "token_type_embeddings": nn.Embedding(shape.segments, shape.width),
                "LayerNorm": nn.LayerNorm(shape.width, eps=_EPSILON),
            }
        )
        self.dropout = nn.Dropout(dropout)
        layers = [_Layer(shape.width, shape.inner, dropout) for _ in range(shape.layers)]
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(layers)})

    def forward(self, ids: Tensor, attention: Tensor | None) -> Tensor:
        """The states of all pieces, (windows, pieces, width); without ``attention`` there is no padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.embeddings["word_embeddings"](ids) + self.embeddings["position_embeddings"](places)
        # looked up, not added as one row, so that an exported network keeps the whole table
        states = states + self.embeddings["token_type_embeddings"](torch.zeros_like(ids))
        states = self.dropout(self.embeddings["LayerNorm"](states))
        mask = None if attention is None else attention[:, None, None, :].bool()
        for layer in self.encoder["layer"]:
            states = layer(states, mask)
        return states


class _Layer(nn.Module):
    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        parts = {name: nn.Linear(width, width) for name in ("query", "key", "value")}
        self.attention = nn.ModuleDict({"self": nn.ModuleDict(parts), "output": _normed(width, width)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, inner)})
        self.output = _normed(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        windows, pieces, width = states.shape
        query, key, value = (
            self.attention["self"][name](states).view(windows, pieces, -1, _HEAD_WIDTH).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(windows, pieces, width)
        states = self._added(self.attention["output"], mixed, states)
        inner = functional.gelu(self.intermediate["dense"](states))
        return self._added(self.output, inner, states)

    def _added(self, block: nn.ModuleDict, values: Tensor, states: Tensor) -> Tensor:
        return block["LayerNorm"](self.dropout(block["dense"](values)) + states)


def _normed(inner: int, width: int) -> nn.ModuleDict:
    return nn.ModuleDict({"dense": nn.Linear(inner, width), "LayerNorm": nn.LayerNorm(width, eps=_EPSILON)})
