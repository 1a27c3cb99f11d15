"""What the trainings of the recogniser share: their options, and the encoder that they start from.

Data, network, loop and export are the package's own (kg.training); ``kg train`` uses them, too.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from kg.training.loop import Settings
from kg.training.network import Network
from kg.training.records import file_sha256

__all__ = ["add_options", "encoder_network", "new_network", "settings_of"]

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HEAD_WIDTH = 32  # of one attention head; kg.training.network knows no other


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
    return encoder_network(options.encoder, dropout=settings.dropout).to(options.device)


def encoder_network(folder: Path, *, dropout: float) -> Network:
    """A network of a published encoder (config.json, model.safetensors) and fresh heads."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config["hidden_size"] != HEAD_WIDTH * config["num_attention_heads"]:
        raise SystemExit(f"{folder}: attention heads of another width than {HEAD_WIDTH}")
    state = load_file(folder / "model.safetensors")
    return Network.of(
        {f"encoder.{name}": value for name, value in state.items()}, dropout=dropout, heads=False
    )


def check_encoder(folder: Path, sha256: str = ENCODER_SHA256) -> None:
    """Refuses an encoder whose weights are not the ones named; "any" accepts all."""
    found = file_sha256(folder / "model.safetensors")
    if sha256 not in ("any", found):
        raise SystemExit(f"{folder / 'model.safetensors'}: sha256 is {found}, expected {sha256}")
