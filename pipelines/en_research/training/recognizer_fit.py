"""The training loop of the recogniser: AdamW, warm-up, linear decay, a checkpoint an epoch, exact resumption.

Order and dropout of an epoch depend on the seed and the epoch alone, so that an interrupted training that is
resumed gives the weights that an uninterrupted one gives.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from recognizer_data import Example, Reader, Window, file_sha256
from recognizer_network import ENCODER_SHA256, Network, batches, check_encoder, collate, loss, outputs
from recognizer_scores import predictions, score
from torch import Tensor, nn

__all__ = ["Settings", "add_options", "evaluator", "fit", "new_network", "settings_of", "write_torch"]

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


def add_options(parser: argparse.ArgumentParser, *, epochs: int) -> None:
    """The options that every training has."""
    standard = Settings()
    parser.add_argument(
        "--dev", type=Path, required=True, help="annotated abstracts that no training may see"
    )
    parser.add_argument("--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument(
        "--encoder-sha256", default=ENCODER_SHA256, help="of model.safetensors; any: not checked"
    )
    parser.add_argument("--out", type=Path, required=True, help="the weights (.pt)")
    parser.add_argument("--units", choices=("tokens", "compounds"), default="tokens")
    parser.add_argument("--limit", type=int, help="train on so many abstracts only")
    parser.add_argument("--seed", type=int, default=standard.seed)
    parser.add_argument("--epochs", type=int, default=epochs)
    parser.add_argument("--batch-size", type=int, default=standard.batch_size)
    parser.add_argument("--lr", type=float, default=standard.lr)
    parser.add_argument("--head-lr", type=float, default=standard.head_lr)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings that the options state."""
    return Settings(
        seed=options.seed,
        epochs=options.epochs,
        batch_size=options.batch_size,
        lr=options.lr,
        head_lr=options.head_lr,
    )


def new_network(options: argparse.Namespace, settings: Settings) -> Network:
    """The checked encoder with fresh heads on the chosen device."""
    torch.set_num_threads(options.threads)
    check_encoder(options.encoder, options.encoder_sha256)
    torch.manual_seed(settings.seed)
    return Network(options.encoder, dropout=settings.dropout).to(options.device)


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
    checkpoint of other inputs or settings is refused (SystemExit).
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
        raise SystemExit(f"{checkpoint} belongs to other data or settings: remove it, or name another --out")
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
    total, losses = steps * settings.epochs, []
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
    value.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
