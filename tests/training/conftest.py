"""Small annotated abstracts and a small pipeline; the scripts of the training are found by their folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.training.windows import TAGS
from kg.types import ROLES

sys.path.insert(0, str(Path(__file__).parents[2] / "pipelines" / "en_research" / "training"))

WritePipeline = Callable[..., Path]
_NAMES = ("Taco", "GraphIt", "Halide", "TVM", "Triton", "Finch", "Exo", "Diospyros", "Glenside", "Weld")
_NLP = """batch_size = 8
disabled = []
before_creation = null
after_creation = null
after_pipeline_creation = null
[nlp.tokenizer]
@tokenizers = "kg.research_tokenizer.v1"
"""
_DATA = ("MNIST", "CIFAR-10", "ImageNet", "SQuAD", "GLUE")


def record(number: int) -> dict[str, Any]:
    """An abstract in the form of the gold; no two are the same."""
    name, data = _NAMES[number % len(_NAMES)], _DATA[number % len(_DATA)]
    title = f"{name} {number}: Sparse Kernels Made Fast"
    text = f"{title}. We present {name}, a compiler. Its latency on {data} is low."
    entities = [
        {"name": name, "type": "tool", "role": "proposed"},
        {"name": data, "type": "dataset", "role": "evaluated_on"},
        {"name": "latency", "type": "metric", "role": "measured"},
    ]
    return {"id": f"toy:{number}", "title": title, "text": text, "entities": entities}


@pytest.fixture
def records() -> list[dict[str, Any]]:
    """Thirty of them."""
    return [record(number) for number in range(30)]


@pytest.fixture
def write_lines(tmp_path: Path) -> Callable[..., Path]:
    """Writes JSON lines."""

    def write(rows: Sequence[object], name: str = "mine.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def vocabulary() -> list[str]:
    """Word pieces: letters, figures and punctuation."""
    signs = [*"abcdefghijklmnopqrstuvwxyz0123456789"]
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *".,:-", *signs, *(f"##{sign}" for sign in signs)]


@pytest.fixture
def small_network(vocabulary: list[str]) -> Callable[[], Any]:
    """Makes a network of one layer with random weights, always the same. Needs torch."""

    def make() -> Any:
        import torch

        from kg.training.network import Network, Shape

        torch.manual_seed(1)
        rows = len(vocabulary) + 1100  # the export runs it on pieces 1000 to 1031
        network = Network(Shape(vocabulary=rows, positions=512, segments=2, width=64, inner=96, layers=1))
        with torch.no_grad():  # no two parameters alike, as after a training
            for parameter in network.parameters():
                parameter.add_(0.02 * torch.randn_like(parameter))
        return network

    return make


@pytest.fixture
def write_pipeline(tmp_path: Path, vocabulary: list[str]) -> WritePipeline:
    """Writes a pipeline whose candidates come from one component; a recogniser's network is made of
    ``network`` (its bytes)."""

    def write(name: str, *, finder: str = "recognizer", network: bytes = b"int8") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        steps = ["sentences", "abbreviations", finder, "mentions"]
        key = "model" if finder == "recognizer" else finder
        config = f'[nlp]\nlang = "en"\npipeline = {json.dumps(steps)}\n{_NLP}[components]\n'
        config += "".join(f'[components.{step}]\nfactory = "kg_{step}"\n' for step in steps)
        config += f'keys = ["{key}"]\nvotes = "en_research/votes.json"\n'
        (folder / "config.cfg").write_text(config, encoding="utf-8")
        meta = {"lang": "en", "name": name, "version": "1.2.3", "license": "Apache-2.0"}
        (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
        if finder == "recognizer":
            (folder / finder).mkdir()
            (folder / finder / "network.onnx").write_bytes(network)
            (folder / finder / "NOTICE").write_text("whose it is", encoding="utf-8")
            (folder / finder / "wordpiece.txt").write_text("\n".join(vocabulary), encoding="utf-8")
            labels = json.dumps({"tags": TAGS, "roles": ROLES})
            (folder / finder / "labels.json").write_text(labels, encoding="utf-8")
        return folder

    return write
