"""What the encoder is worth on SciERC: an own head for its 6 labels, trained on train, scored on dev.

    python measure_scierc.py data/scierc --encoder ENCODER --start out/student.pt --out out/scierc --seeds 0 1

Exact span and label, micro F1. ``--start``: weights of the recogniser whose encoder is taken over; without
it the encoder starts as published. Each seed's figure is that after its last epoch; several seeds are also
scored together, by the mean of their probabilities. Prints a JSON line an epoch; started again, it goes on
after the last whole epoch. Nothing that it writes ships: the data has no licence.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from recognizer_data import read_records
from recognizer_fit import ENCODER_SHA256, check_encoder, encoder_network
from scierc_data import TAGS, Abstract, abstracts, decoded, figures, together
from torch import Tensor, nn
from torch.nn import functional

from kg.components.recognizer import log_softmax
from kg.training.batches import batches
from kg.training.loop import Settings, write_torch
from kg.training.network import Network
from kg.training.records import file_sha256
from kg.training.windows import UNLABELLED, Floats, Ints, Window


class Tagger(nn.Module):
    """Scores of the tags at the first piece of each token."""

    def __init__(self, encoder: nn.Module, width: int, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width, len(TAGS))

    def forward(self, ids: Tensor, attention: Tensor, first: Tensor) -> Tensor:
        """ids, attention: (abstracts, pieces); first: (abstracts, tokens); (abstracts, tokens, tags)."""
        states = self.encoder(ids, attention)
        states = states.gather(1, first.unsqueeze(2).expand(-1, -1, states.shape[-1]))
        return self.head(self.dropout(states))


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    check_encoder(options.encoder, options.encoder_sha256)
    vocabulary = (options.encoder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    parts = [options.data / f"{part}.jsonl.gz" for part in ("train", "dev")]
    train, dev = (abstracts(read_records(part), vocabulary) for part in parts)
    sources = [*parts, options.encoder / "model.safetensors", *([options.start] if options.start else [])]
    inputs = [file_sha256(source) for source in sources]
    report: dict[str, Any] = {}
    scores = []
    for seed in options.seeds:
        settings = Settings(seed=seed, epochs=options.epochs, lr=options.lr)
        tagger = new_tagger(options.encoder, options.start, settings)
        checkpoint = options.out / f"seed{seed}.checkpoint"
        for epoch in fit(tagger, train, settings, checkpoint, inputs):
            print(json.dumps({"seed": seed} | epoch | _scored(dev, outputs(tagger, dev))), flush=True)
        scores.append(outputs(tagger, dev))
        report[f"seed {seed}"] = _scored(dev, scores[-1])
    report["together"] = _scored(dev, together(scores))
    for name, found in report.items():
        print(json.dumps({"name": name} | found))
    (options.out / "figures.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder with train.jsonl.gz and dev.jsonl.gz")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument(
        "--encoder-sha256", default=ENCODER_SHA256, help="of model.safetensors; any: not checked"
    )
    parser.add_argument("--start", type=Path, help="weights of a recogniser (.pt)")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and figures.json")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1])
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def _scored(examples: Sequence[Abstract], scores: Sequence[Floats]) -> dict[str, Any]:
    return figures(examples, [decoded(*pair) for pair in zip(examples, scores, strict=True)])


def new_tagger(encoder: Path, start: Path | None, settings: Settings) -> Tagger:
    """The encoder, as published or as a recogniser has it, with a fresh head."""
    torch.manual_seed(settings.seed)
    if start:
        network = Network.read(start, dropout=settings.dropout)
    else:
        network = encoder_network(encoder, dropout=settings.dropout)
    return Tagger(network.encoder, network.tags.in_features, settings.dropout)


def fit(
    tagger: Tagger,
    examples: Sequence[Abstract],
    settings: Settings,
    checkpoint: Path,
    inputs: Sequence[str],
) -> Iterator[dict[str, Any]]:
    """Trains in place and yields a report an epoch.

    Goes on after the last epoch of ``checkpoint``; one of other settings or inputs is refused (SystemExit).
    """
    optimizer = torch.optim.AdamW(
        [{"params": tagger.encoder.parameters()}, {"params": tagger.head.parameters()}],
        betas=(0.9, 0.98),
        weight_decay=settings.weight_decay,
        fused=True,
    )
    identity = json.dumps([asdict(settings), inputs])
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        if state["identity"] != identity:
            raise SystemExit(
                f"{checkpoint} belongs to other data or settings: remove it, or name another --out"
            )
        tagger.load_state_dict(state["tagger"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["epochs"]
    for epoch in range(done, settings.epochs):
        started = time.process_time()
        mean = _epoch(tagger, optimizer, examples, settings, epoch)
        state = {"identity": identity, "epochs": epoch + 1, "optimizer": optimizer.state_dict()}
        write_torch({**state, "tagger": tagger.state_dict()}, checkpoint)
        seconds = round(time.process_time() - started)
        yield {"epoch": epoch + 1, "loss": round(mean, 4), "cpu_s": seconds}


def _epoch(
    tagger: Tagger,
    optimizer: torch.optim.Optimizer,
    examples: Sequence[Abstract],
    settings: Settings,
    epoch: int,
) -> float:
    """One pass over the abstracts; the mean loss of its batches."""
    tagger.train()
    torch.manual_seed(settings.seed * 1000 + epoch)
    order = random.Random(f"{settings.seed} {epoch}")
    places = batches([example.window for example in examples], settings.batch_size, order)
    total = len(places) * settings.epochs
    losses: list[float] = []
    for step, batch in enumerate(places, start=epoch * len(places)):
        share = min(
            (step + 1) / (settings.warm_up * total), (total - step) / ((1 - settings.warm_up) * total)
        )
        for group, rate in zip(optimizer.param_groups, (settings.lr, settings.head_lr), strict=True):
            group["lr"] = share * rate
        value = loss(tagger, [examples[place].window for place in batch])
        optimizer.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
        optimizer.step()
        losses.append(value.item())
    return sum(losses) / len(losses)


def loss(tagger: Tagger, windows: Sequence[Window]) -> Tensor:
    """Cross-entropy of the tags; the encoder runs in bfloat16."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = tagger(*_inputs(windows))
    tags = _padded([window.tags for window in windows], UNLABELLED)
    return functional.cross_entropy(scores.float().transpose(1, 2), tags, ignore_index=UNLABELLED)


def outputs(tagger: Tagger, examples: Sequence[Abstract]) -> list[Floats]:
    """Logarithmic probabilities (tokens, tags) of each abstract, in float32."""
    tagger.eval()
    with torch.inference_mode():
        return [log_softmax(tagger(*_inputs([example.window]))[0].numpy()) for example in examples]


def _inputs(windows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    attention = _padded([np.ones_like(window.ids) for window in windows], 0)
    first = _padded([window.first for window in windows], 0)
    return _padded([window.ids for window in windows], 0), attention, first


def _padded(rows: Sequence[Ints], value: int) -> Tensor:
    tensors = [torch.from_numpy(row).long() for row in rows]
    return nn.utils.rnn.pad_sequence(tensors, batch_first=True, padding_value=value)


if __name__ == "__main__":
    main()
