"""The network and its training: padding has no say, what is learned is found, training can be resumed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.errors import TrainingError
from kg.training.windows import Reader, Window

torch = pytest.importorskip("torch", reason="of the extra train")

from kg.training.batches import batches, collate, outputs  # noqa: E402
from kg.training.loop import Settings, evaluator, fit  # noqa: E402
from kg.training.network import Network  # noqa: E402

Make = Callable[[], Network]


@pytest.fixture
def reader(tmp_path: Path, vocabulary: list[str]) -> Reader:
    (tmp_path / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    return Reader(tmp_path / "vocab.txt")


@pytest.fixture
def windows(reader: Reader, records: list[dict[str, Any]]) -> list[Window]:
    return reader.windows(reader.examples(records))


def test_padding_and_neighbours_do_not_change_scores(small_network: Make, windows: list[Window]) -> None:
    network = small_network()
    short, long = sorted(windows, key=lambda window: len(window.ids))[:: len(windows) - 1]
    assert len(short.ids) < len(long.ids)
    (alone,) = outputs(network, [short], exact=True)
    together = outputs(network, [long, short], exact=True)[1]
    for one, other in zip(alone, together, strict=True):
        assert np.abs(one - other).max() < 1e-5


def test_batches_hold_each_window_once(windows: list[Window]) -> None:
    import random

    for order in (None, random.Random(0)):
        places = [place for batch in batches(windows, 4, order) for place in batch]
        assert sorted(places) == list(range(len(windows)))


def test_units_without_a_role_have_no_weight(windows: list[Window]) -> None:
    batch = collate(windows[:2], torch.device("cpu"))
    for row, window in enumerate(windows[:2]):
        count = len(window.first)
        assert batch.tag_weight[row].sum() == count
        assert batch.role_weight[row, :count].bool().tolist() == (window.roles >= 0).tolist()


def test_what_is_learned_is_found(
    small_network: Make, reader: Reader, windows: list[Window], records: list[dict[str, Any]], tmp_path: Path
) -> None:
    settings = Settings(epochs=30, lr=3e-3, head_lr=3e-3)
    evaluate = evaluator(reader, reader.examples(records))
    network = small_network()
    reports = list(fit(network, windows, settings, out=tmp_path / "w.pt", inputs={}, evaluate=evaluate))
    assert reports[-1]["loss"] < reports[0]["loss"] / 4
    assert reports[-1]["forms"] > 90
    assert reports[-1]["roles"] > 90
    again = Network.read(tmp_path / "w.pt")
    assert evaluate(again) == {key: reports[-1][key] for key in ("mentions", "spans", "forms", "roles")}


def test_a_checkpoint_of_other_data_is_refused(
    small_network: Make, windows: list[Window], tmp_path: Path
) -> None:
    def start(inputs: dict[str, Any]) -> Any:
        return fit(
            small_network(),
            windows[:4],
            Settings(epochs=2),
            out=tmp_path / "w.pt",
            inputs=inputs,
            evaluate=lambda _: {},
        )

    next(start({"train": "one"}))
    assert (tmp_path / "w.checkpoint").exists()
    with pytest.raises(TrainingError, match="other data or settings"):
        next(start({"train": "two"}))
    assert [report["epoch"] for report in start({"train": "one"})] == [2]
    assert not (tmp_path / "w.checkpoint").exists()
    assert list(start({"train": "one"})) == []


def test_parameters_of_other_names_and_missing_ones(small_network: Make) -> None:
    state = small_network().state_dict()
    exported = {f"network.{name}": value for name, value in state.items()}
    assert Network.of(exported).state_dict().keys() == state.keys()
    del exported["network.tags.bias"]
    with pytest.raises(ValueError, match=r"tags\.bias"):
        Network.of(exported)
    assert Network.of(exported, heads=False).tags.bias.shape == (15,)
    with pytest.raises(ValueError, match="no parameter"):
        Network.of({})
