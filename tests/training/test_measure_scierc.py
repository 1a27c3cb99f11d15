"""The training on SciERC learns, and goes on after an interruption as if there had been none."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from measure_scierc import Tagger, fit, outputs  # noqa: E402
from scierc_data import TAGS, Abstract, abstracts  # noqa: E402

from kg.training.loop import Settings  # noqa: E402
from kg.training.network import Network, Shape  # noqa: E402

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz"]
VOCABULARY += [f"##{letter}" for letter in VOCABULARY[5:]]
SETTINGS = Settings(epochs=3, batch_size=2, lr=1e-3, head_lr=1e-2)


def record(text: str) -> dict[str, Any]:
    """The first word is a Method, the last a Task."""
    ends = list(itertools.accumulate(len(word) + 1 for word in text.split()))
    offsets = [[end - len(word) - 1, end - 1] for word, end in zip(text.split(), ends, strict=True)]
    one, other = offsets[0], offsets[-1]
    return {
        "text": text,
        "tok_offsets": offsets,
        "spans": [[*one, "Method"], [*other, "Task"]],
    }


@pytest.fixture
def examples() -> list[Abstract]:
    texts = ("grammars help parsing", "a lexicon for tagging", "rules for long distance parsing")
    return abstracts([record(text) for text in texts], VOCABULARY)


def tagger() -> Tagger:
    torch.manual_seed(0)
    shape = Shape(vocabulary=len(VOCABULARY), positions=64, segments=2, width=32, inner=32, layers=1)
    return Tagger(Network(shape).encoder, 32, 0.1)


def test_an_interrupted_training_ends_with_the_same_weights(examples: list[Abstract], tmp_path: Path) -> None:
    whole, broken, resumed = tagger(), tagger(), tagger()
    reports = list(fit(whole, examples, SETTINGS, tmp_path / "whole", ["data"]))
    list(itertools.islice(fit(broken, examples, SETTINGS, tmp_path / "broken", ["data"]), 1))
    rest = list(fit(resumed, examples, SETTINGS, tmp_path / "broken", ["data"]))
    assert [report["epoch"] for report in rest] == [2, 3]
    assert [report["loss"] for report in rest] == [report["loss"] for report in reports[1:]]
    for name, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name


def test_a_checkpoint_of_other_data_is_refused(examples: list[Abstract], tmp_path: Path) -> None:
    list(itertools.islice(fit(tagger(), examples, SETTINGS, tmp_path / "x", ["data"]), 1))
    with pytest.raises(SystemExit, match="other data or settings"):
        next(fit(tagger(), examples, SETTINGS, tmp_path / "x", ["other data"]))


def test_it_learns(examples: list[Abstract], tmp_path: Path) -> None:
    network = tagger()
    settings = Settings(epochs=40, batch_size=2, lr=1e-3, head_lr=1e-2)
    losses = [report["loss"] for report in fit(network, examples, settings, tmp_path / "x", ["data"])]
    assert losses[-1] < losses[0] / 2
    for example, scores in zip(examples, outputs(network, examples), strict=True):
        assert np.exp(scores).sum(axis=1) == pytest.approx(1, abs=1e-5)
        assert TAGS[scores[0].argmax()] == "B-Method"
        assert scores.shape == (len(example.tokens), len(TAGS))
