"""The training loop of the recogniser: AdamW, warm-up, linear decay, a checkpoint an epoch, exact resumption.

Order and dropout of an epoch depend on the seed and the epoch alone, so that an interrupted training that is
resumed gives the weights that an uninterrupted one gives.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from kg.errors import TrainingError
from kg.training.batches import batches, collate, loss, outputs
from kg.training.network import Network
from kg.training.records import file_sha256
from kg.training.scores import predictions, score
from kg.training.windows import Example, Reader, Window

__all__ = ["Settings", "evaluator", "fit", "write_torch"]

Report = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a training depends on beside its data. ``warm_up``: share of the steps until the full rate."""

    seed: int = 0
    epochs: int = 8
    batch_size: int = 8
    lr: float = 2e-4
    head_lr: float = 1e-3
    warm_up: float = 0.1
    dropout: float = 0.1
    weight_decay: float = 0.01


def evaluator(reader: Reader, examples: Sequence[Example]) -> Callable[[Network], Report]:
    """Scores a network on annotated abstracts: F1 in percent of mentions, spans and forms, roles."""
    windows = reader.windows(examples)

    def evaluate(network: Network) -> Report:
        scores = score(examples, predictions(examples, windows, outputs(network, windows)))
        figures = {
            "mentions": scores.mentions["all"].f1,
            "spans": scores.mentions["span"].f1,
            "forms": scores.forms["all"].f1,
            "roles": scores.roles,
        }
        return {name: round(100 * (value or 0), 2) for name, value in figures.items()}

    return evaluate


def fit(
    network: Network,
    windows: Sequence[Window],
    settings: Settings,
    *,
    out: Path,
    inputs: Report,
    evaluate: Callable[[Network], Report],
) -> Iterator[Report]:
    """Trains in place and yields a report an epoch; writes ``out`` and, until it is done, a checkpoint.

    ``inputs``: what else the weights depend on, as JSON values. A record of settings, inputs and reports is
    written beside the weights (.run.json): where it says the same already, there is nothing to do. A
    checkpoint of other inputs or settings is refused (TrainingError).
    """
    record: Report = {"settings": asdict(settings), "inputs": inputs}
    if _is_done(out, record):
        return
    checkpoint = out.with_suffix(".checkpoint")
    optimizer = _optimizer(network, settings)
    identity = json.dumps(record, sort_keys=True)
    reports = _resume(checkpoint, identity, network, optimizer)
    steps = math.ceil(len(windows) / settings.batch_size)
    for epoch in range(len(reports), settings.epochs):
        started = time.process_time()
        mean = _epoch(network, optimizer, windows, settings, epoch, steps)
        report = {"epoch": epoch + 1, "loss": round(mean, 4), "cpu_s": round(time.process_time() - started)}
        reports.append(report | evaluate(network))
        state = {"identity": identity, "reports": reports, "optimizer": optimizer.state_dict()}
        write_torch({**state, "network": network.state_dict()}, checkpoint)
        yield reports[-1]
    write_torch({name: value.cpu() for name, value in network.state_dict().items()}, out)
    record |= {"epochs": reports, "sha256": file_sha256(out)}
    out.with_suffix(".run.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    checkpoint.unlink(missing_ok=True)


def _is_done(out: Path, record: Report) -> bool:
    """Whether the weights are there and were made with the same settings from the same inputs."""
    file = out.with_suffix(".run.json")
    if not (out.exists() and file.exists()):
        return False
    before = json.loads(file.read_text(encoding="utf-8"))
    wanted = record | {"sha256": file_sha256(out)}
    return all(before[key] == value for key, value in wanted.items())


def write_torch(value: object, path: Path) -> None:
    """Writes beside the file and renames, so that no half file is ever read.

    Through a stream: torch would write the name of the file into it, and the same weights shall be the same
    bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as stream:
        torch.save(value, stream)
    beside.replace(path)


def _optimizer(network: Network, settings: Settings) -> torch.optim.AdamW:
    encoder = list(network.encoder.named_parameters())
    plain = [value for name, value in encoder if not _undecayed(name)]
    undecayed = [value for name, value in encoder if _undecayed(name)]
    heads = [*network.tags.parameters(), *network.roles.parameters()]
    decay = settings.weight_decay
    groups = [
        {"params": plain, "lr": settings.lr, "weight_decay": decay},
        {"params": undecayed, "lr": settings.lr, "weight_decay": 0.0},
        {"params": heads, "lr": settings.head_lr, "weight_decay": decay},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def _undecayed(name: str) -> bool:
    return "bias" in name or "LayerNorm" in name


def _resume(
    checkpoint: Path, identity: str, network: Network, optimizer: torch.optim.Optimizer
) -> list[Report]:
    """The reports of the epochs that the checkpoint has behind it; none without one."""
    if not checkpoint.exists():
        return []
    device = next(network.parameters()).device
    state = torch.load(checkpoint, map_location=device, weights_only=True)
    if state["identity"] != identity:
        raise TrainingError(
            f"{checkpoint} belongs to other data or settings", hint="remove it, or name another output"
        )
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return list(state["reports"])


def _epoch(
    network: Network,
    optimizer: torch.optim.Optimizer,
    windows: Sequence[Window],
    settings: Settings,
    epoch: int,
    steps: int,
) -> float:
    """One pass over the windows; the mean loss of its batches."""
    network.train()
    torch.manual_seed(settings.seed * 1000 + epoch)
    device = next(network.parameters()).device
    order = random.Random(f"{settings.seed} {epoch}")
    total = steps * settings.epochs
    losses: list[float] = []
    for place, batch in enumerate(batches(windows, settings.batch_size, order), start=epoch * steps):
        _set_rates(optimizer, settings, _share(place, total, settings.warm_up))
        value = loss(network, collate([windows[i] for i in batch], device))
        _step(network, optimizer, value)
        losses.append(value.item())
    return sum(losses) / max(len(losses), 1)


def _share(step: int, total: int, warm_up: float) -> float:
    """Of the full learning rate: up in a line, then down in a line."""
    return min((step + 1) / (warm_up * total), (total - step) / ((1 - warm_up) * total))


def _set_rates(optimizer: torch.optim.Optimizer, settings: Settings, share: float) -> None:
    for group, rate in zip(optimizer.param_groups, (settings.lr, settings.lr, settings.head_lr), strict=True):
        group["lr"] = share * rate


def _step(network: Network, optimizer: torch.optim.Optimizer, value: Tensor) -> None:
    optimizer.zero_grad()
    value.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
