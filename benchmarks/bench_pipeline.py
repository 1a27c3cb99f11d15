"""What a pipeline costs beside its bare encoder over the same windows, and the share of each component.

    python benchmarks/bench_pipeline.py PAPERS.jsonl[.gz] [--papers 200] [--skip 0] [--runs 5]

PAPERS is any JSON-lines file that kg reads. The bare encoder is an onnxruntime session of its own with the
recogniser's settings (one thread), given the windows that the recogniser gives to its network. Both sides
take turns chunk by chunk, since the machine is noisy; a run's ratio is that of its sums of CPU seconds, the
median of the runs is printed. A pipeline without a recogniser has no ratio, only the table of its components.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg import __version__, nlp
from kg.components.recognizer import Recognizer
from kg.components.sentences import Sentences
from kg.readers import find_sources, read
from kg.types import Paper

_CHUNK = 20

_Windows = list[NDArray[np.int64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk:
    """Some papers and what their recogniser gives to its network."""

    papers: list[Paper]
    windows: _Windows


def _papers(source: Path, skip: int, count: int) -> list[Paper]:
    opener = gzip.open if source.suffix == ".gz" else open
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "papers.jsonl"
        with opener(source, "rt", encoding="utf-8") as lines:
            sample.write_text("".join(itertools.islice(lines, skip, skip + count)), encoding="utf-8")
        return [paper for found in find_sources([str(sample)]) for paper in read(found).papers]


def _make_doc(pipeline: Language, paper: Paper) -> Doc:
    doc = pipeline.make_doc(paper.text)
    doc._.title_end = len(paper.title or "")
    return doc


def _recognizer(pipeline: Language) -> Recognizer | None:
    return next((part for _, part in pipeline.pipeline if isinstance(part, Recognizer)), None)


def _windows(pipeline: Language, papers: list[Paper]) -> _Windows:
    """What the recogniser gives its network for these papers; it needs only their sentences."""
    windows: _Windows = []
    recognizer = _recognizer(pipeline)
    for paper in papers:
        doc = Sentences()(_make_doc(pipeline, paper))
        windows += recognizer.inputs(doc) if recognizer else []
    return windows


def _encoder(recognizer: Recognizer) -> onnxruntime.InferenceSession:
    """The network alone, with the recogniser's settings."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(recognizer.onnx, options, providers=["CPUExecutionProvider"])


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _sums(
    name: str, chunks: list[_Chunk], encoder: onnxruntime.InferenceSession | None
) -> tuple[float, float]:
    """CPU seconds of the whole pipeline and of the bare encoder, chunk by chunk in turns."""
    spent = [0.0, 0.0]
    for number, chunk in enumerate(chunks):
        sides: list[Callable[[], object]] = [
            lambda chunk=chunk: sum(1 for _ in nlp.annotate(chunk.papers, pipeline=name)),  # type: ignore[misc]
            lambda chunk=chunk: [encoder and encoder.run(None, {"ids": ids}) for ids in chunk.windows],  # type: ignore[misc]
        ]
        for side in (number % 2, 1 - number % 2):
            spent[side] += _seconds(sides[side])
    return spent[0], spent[1]


def _shares(pipeline: Language, papers: list[Paper]) -> dict[str, float]:
    """CPU seconds of the tokenizer and of each component, a paper at a time as ``nlp.pipe`` takes them."""
    spent = dict.fromkeys(["tokenizer", *pipeline.pipe_names], 0.0)
    clock = time.process_time
    for paper in papers:
        started = clock()
        doc = _make_doc(pipeline, paper)
        spent["tokenizer"] += clock() - started
        for name, component in pipeline.pipeline:
            started = clock()
            doc = component(doc)
            spent[name] += clock() - started
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--papers", type=int, default=200)
    parser.add_argument("--skip", type=int, default=0, help="lines of the source to leave out first")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pipeline", default="en_research")
    options = parser.parse_args()

    pipeline = nlp.load_pipeline(options.pipeline)
    recognizer = _recognizer(pipeline)
    encoder = _encoder(recognizer) if recognizer else None
    papers = _papers(options.source, options.skip, options.papers)
    starts = range(0, len(papers), _CHUNK)
    parts = [papers[start : start + _CHUNK] for start in starts]
    chunks = [_Chunk(papers=part, windows=_windows(pipeline, part)) for part in parts]
    words = sum(len(paper.text.split()) for paper in papers)
    _sums(options.pipeline, chunks[:1], encoder)  # what is built at first use is no cost of a text
    _shares(pipeline, papers[:_CHUNK])
    sums = [_sums(options.pipeline, chunks, encoder) for _ in range(options.runs)]
    shares = [_shares(pipeline, papers) for _ in range(options.runs)]

    micro = 1e6 / words
    whole = statistics.median(run[0] for run in sums) * micro
    table = {name: statistics.median(run[name] for run in shares) * micro for name in shares[0]}
    print(f"kg {__version__}, Python {platform.python_version()}, {platform.machine()}, {options.runs} runs")
    print(f"{len(papers)} papers, {words} words; CPU microseconds a word, medians")
    print(f"{'whole pipeline':<24}{whole:>8.1f}")
    if encoder:
        print(f"{'bare encoder':<24}{statistics.median(run[1] for run in sums) * micro:>8.1f}")
        ratios = sorted(run[1] / run[0] for run in sums)
        print(f"{'ratio':<24}{statistics.median(ratios):>8.3f}  ({ratios[0]:.3f} to {ratios[-1]:.3f})")
    for name, cost in table.items():
        print(f"  {name:<22}{cost:>8.2f}")


if __name__ == "__main__":
    main()
