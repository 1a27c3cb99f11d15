"""``kg train``: fine-tunes the recogniser of a pipeline on annotated abstracts of a field of one's own."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import TrainingError
from kg.training.records import Record, file_sha256, read_examples, split

if TYPE_CHECKING:
    from kg.training.loop import Settings
    from kg.training.pipelines import Base

__all__ = ["Report", "Request", "require_extra", "train"]

_NEEDED = ("torch", "onnx")
_RATE, _HEAD_RATE = 1e-4, 3e-4  # half of what the encoder is first trained with, and less for the heads
_CHECKED = 20  # windows on which the start is compared with the network that ships


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be trained. ``dev``: held-out examples; without it a fifth of the examples is held out.

    ``limit``: train on so many examples only.
    """

    files: tuple[Path, ...]
    output: Path
    dev: Path | None = None
    base: str = "en_research"
    epochs: int = 4
    seed: int = 0
    limit: int | None = None
    threads: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a training made. ``fresh``: False where it had been made before. ``record`` is what meta.json
    keeps: data, settings, figures before and after."""

    output: Path
    record: dict[str, Any]
    fresh: bool
    seconds: float


Progress = Callable[[str], None]


def require_extra() -> None:
    """A TrainingError where what only training needs is not installed."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise TrainingError(f"kg train needs {' and '.join(missing)}", hint='pip install "kg-builder[train]"')


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A request with its inputs read. ``identity``: what the outcome depends on, as JSON values."""

    request: Request
    base: Base
    learned: Sequence[Record]
    held_out: Sequence[Record]
    settings: Settings
    identity: dict[str, Any]
    progress: Progress

    @property
    def work(self) -> Path:
        """Where everything unfinished stands."""
        from kg.training.pipelines import WORK  # noqa: PLC0415 - loads spaCy

        return self.request.output / WORK


def train(request: Request, progress: Progress = lambda _: None) -> Report:
    """Reads the examples, fine-tunes, calibrates, measures, and writes the pipeline.

    Started again after an interruption it goes on after the last whole epoch. ``progress`` gets a line at
    each step. KGErrors: the extra is not installed; bad examples; a base without a recogniser; an output
    that holds something else.
    """
    require_extra()
    from kg.training.pipelines import check_output, made_before  # noqa: PLC0415 - loads spaCy

    started = time.monotonic()
    plan = _planned(request, progress)
    before = made_before(request.output, plan.identity)
    if before is None:
        check_output(request.output)
    record = before or _made(plan)
    seconds = time.monotonic() - started
    return Report(output=request.output, record=record, fresh=before is None, seconds=seconds)


def _planned(request: Request, progress: Progress) -> _Plan:
    from kg.training.loop import Settings  # noqa: PLC0415 - loads torch
    from kg.training.pipelines import Base  # noqa: PLC0415 - loads spaCy

    records = [record for file in request.files for record in read_examples(file)]
    learned, held_out = split(records, read_examples(request.dev) if request.dev else None)
    learned = learned[: request.limit]
    base = Base.of(request.base)
    settings = Settings(seed=request.seed, epochs=request.epochs, lr=_RATE, head_lr=_HEAD_RATE)
    identity = {
        "settings": asdict(settings),
        "train": _sha256(learned),
        "held_out": _sha256(held_out),
        "base": file_sha256(base.network),
    }
    return _Plan(
        request=request,
        base=base,
        learned=learned,
        held_out=held_out,
        settings=settings,
        identity=identity,
        progress=progress,
    )


def _sha256(records: Sequence[Record]) -> str:
    return hashlib.sha256(json.dumps(records, sort_keys=True).encode()).hexdigest()


def _made(plan: _Plan) -> dict[str, Any]:
    """Trains and writes; the record of it."""
    from kg.training.measure import calibrated, figures, read, scored  # noqa: PLC0415
    from kg.training.pipelines import NETWORK, finish, prepare  # noqa: PLC0415

    request, base, held_out = plan.request, plan.base, plan.held_out
    plan.progress(f"{len(plan.learned)} examples to train on, {len(held_out)} held out")
    plan.work.mkdir(parents=True, exist_ok=True)
    reading = read(base.folder, held_out, decide=base.mentions)
    before = figures(scored(reading, [reading.mentions.votes] * len(held_out)), held_out)
    plan.progress(f"before: forms with type {_percent(before)}")
    epochs, agreement = _fine_tuned(plan)
    folder = plan.work / "pipeline"
    prepare(base, folder, plan.work / NETWORK)
    reading = read(folder, held_out, decide=base.mentions)
    votes, without = calibrated(reading, plan.learned)
    after = figures(scored(reading, without), held_out)
    plan.progress(f"after: forms with type {_percent(after)}")
    record = {
        "base": base.folder.name,
        "identity": plan.identity,
        "data": [_file(path) for path in (*request.files, *([request.dev] if request.dev else ()))],
        "examples": {"train": len(plan.learned), "held_out": len(held_out)},
        "agreement_of_start": round(agreement, 4),
        "epochs": epochs,
        "before": before,
        "after": after,
    }
    finish(folder, request.output, base=base, votes=votes.as_json(), record=record)
    return record


def _file(path: Path) -> dict[str, str]:
    return {"name": path.name, "sha256": file_sha256(path)}


def _percent(figures: dict[str, Any]) -> str:
    value = figures["forms"]["f1"]
    return "-" if value is None else f"{100 * value:.1f}% F1"


def _fine_tuned(plan: _Plan) -> tuple[list[dict[str, Any]], float]:
    """Writes training/network.onnx; the reports of the epochs and how well the start agreed with the base."""
    import torch  # noqa: PLC0415 - of the extra "train"

    from kg.training.export import write_fp32, write_int8  # noqa: PLC0415
    from kg.training.loop import evaluator, fit  # noqa: PLC0415
    from kg.training.network import Network  # noqa: PLC0415
    from kg.training.pipelines import NETWORK  # noqa: PLC0415
    from kg.training.start import start  # noqa: PLC0415
    from kg.training.windows import Reader  # noqa: PLC0415

    torch.set_num_threads(plan.request.threads)
    base, settings = plan.base, plan.settings
    reader = Reader(base.vocabulary, compounds=base.compounds)
    windows, held_out = reader.windows(reader.examples(plan.learned)), reader.examples(plan.held_out)
    network, agreement = start(base.network, reader.windows(held_out)[:_CHECKED], dropout=settings.dropout)
    plan.progress(f"start: the base's weights as floats choose the same tag for {agreement:.1%} of the words")
    weights = plan.work / "weights.pt"
    for report in fit(
        network, windows, settings, out=weights, inputs=plan.identity, evaluate=evaluator(reader, held_out)
    ):
        plan.progress(
            f"epoch {report['epoch']} of {settings.epochs}: loss {report['loss']:.3f}, "
            f"recogniser alone {report['forms']:.1f}% F1, {report['cpu_s']} s"
        )
    reports = json.loads(weights.with_suffix(".run.json").read_text(encoding="utf-8"))["epochs"]
    write_fp32(Network.read(weights), plan.work / "floats.onnx")
    write_int8(plan.work / "floats.onnx", plan.work / NETWORK)
    return reports, agreement
