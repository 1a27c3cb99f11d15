"""``--dry-run``: what a build would read and extract, and a guess of its time and room. Nothing is written.

Documents are read as a build reads them, which is how one knows what is in them; of the new texts some are
extracted, and the clock is looked at. What comes behind that (entities, tables, files) is reckoned from the
number of papers and the length of their texts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.engine import LOCAL, Engine, worker_count
from kg.extract import extraction_key
from kg.full_text import parts
from kg.manifest import MANIFEST, former_files
from kg.nlp import load_pipeline, pipeline_fingerprint
from kg.output import store_folder
from kg.reading import read_all
from kg.recipe import Recipe
from kg.shards import extract_shard, shards_of
from kg.store import Store
from kg.timings import Progress
from kg.types import Document, Paper

__all__ = ["Forecast", "forecast"]

SAMPLE = 32
"""Texts that are extracted to see how long it takes."""

# Measured with 2,000 abstracts of arXiv and the fast pipeline (`kg build --profile`): seconds a paper and
# bytes a character of its text, for what comes behind the extraction up to the tables, and for each export.
# The page shows a part of a large graph, and does not grow with it.
_TABLES = (0.004, 2.3)
_EXPORTS = {"graphml": (0.0042, 15.0), "gexf": (0.0016, 15.5)}
_PAGE = (0.009, 2.0)
_PAGE_PAPERS = 2000
_OTHER_EXPORT = (0.003, 8.0)
# A second process beside the first does not double the rate: they share memory and caches.
_FURTHER_WORKER = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """``new_`` is what is not known from before. ``seconds`` and ``size`` (bytes in the output folder that a
    build has more or less in the end) are guesses; ``rate`` is of one process, in texts a second, None where
    there was nothing to measure."""

    documents: int
    new_documents: int
    failed: tuple[Document, ...]
    excluded: int
    papers: int
    texts: int
    new_texts: int
    workers: int
    sampled: int
    rate: float | None
    seconds: float
    size: int


class _Unwritten(Store):
    """A store that only counts what would be put into it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.size = sum(path.stat().st_size for path in folder.glob("*.parquet"))

    def adopt(self, name: str, content: bytes, keys: Iterable[str]) -> None:  # noqa: ARG002
        """Counts the bytes of the part."""
        self.size += len(content)


def forecast(
    recipe: Recipe,
    output: Path,
    *,
    engine: Engine = LOCAL,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Forecast:
    """What a build of the recipe into ``output`` would do. SourceError, PipelineError and DecisionsError as
    the build would raise them; a collection without a paper is none here."""
    tell = progress or (lambda *_: None)
    recipe.read_decisions()
    fingerprint = pipeline_fingerprint(recipe.pipeline)
    store = _Unwritten(store_folder(output))
    own = former_files(output) | {output / MANIFEST} | recipe.own_files()
    started = clock()
    reading = read_all(recipe, store=store, own=own, tell=tell)
    seconds = clock() - started

    papers = [paper for read in reading.readings for paper in read.papers]
    texts = {extraction_key(part, fingerprint): part for paper in papers for _, part in parts(paper)}
    known = store.keys()
    new = {key: part for key, part in texts.items() if key not in known}
    sample = _sample(new, SAMPLE)
    workers = worker_count(len(new), engine) if engine.name == "local" else 1
    rate = None
    if sample:
        tell("measuring", 0, 0)
        load, took, size = _measured(sample, recipe.pipeline, clock)
        share = len(new) * _mean(new.values()) / (len(sample) * _mean(sample.values()))
        rate = len(new) / (took * share)
        seconds += load + took * share / (1 + _FURTHER_WORKER * (workers - 1))
        store.size += int(size * share)
    characters = sum(len(part.text) for part in texts.values())
    written = _written(len(papers), characters, recipe.formats)
    return Forecast(
        documents=len(reading.readings),
        new_documents=reading.new,
        failed=tuple(read.document for read in reading.readings if read.document.status != "ok"),
        excluded=reading.excluded,
        papers=len(papers),
        texts=len(texts),
        new_texts=len(new),
        workers=workers,
        sampled=len(sample),
        rate=rate,
        seconds=seconds + written[0],
        size=store.size + int(written[1]),
    )


def _sample(texts: Mapping[str, Paper], count: int) -> dict[str, Paper]:
    """So many of the texts, of all lengths."""
    keys = sorted(texts, key=lambda key: (len(texts[key].text), key))
    if len(keys) > count:
        keys = [keys[(2 * place + 1) * len(keys) // (2 * count)] for place in range(count)]
    return {key: texts[key] for key in keys}


def _measured(
    sample: Mapping[str, Paper], pipeline: str, clock: Callable[[], float]
) -> tuple[float, float, int]:
    """Seconds to load the pipeline, seconds to read the sample, and the bytes that it is kept in."""
    started = clock()
    load_pipeline(pipeline)
    (first,) = shards_of(dict([next(iter(sample.items()))]), pipeline=pipeline)
    extract_shard(first)  # whatever is made ready with the first text
    loaded = clock()
    size = sum(len(extract_shard(shard)) for shard in shards_of(sample, pipeline=pipeline))
    return loaded - started, clock() - loaded, size


def _mean(texts: Iterable[Paper]) -> float:
    lengths = [len(paper.text) for paper in texts]
    return max(1.0, sum(lengths) / len(lengths))


def _written(papers: int, characters: int, formats: Sequence[str]) -> tuple[float, float]:
    """Seconds and bytes of what is made of the extractions."""
    seconds, size = _TABLES[0] * papers, _TABLES[1] * characters
    for name in formats:
        a_paper, a_character = _PAGE if name == "html" else _EXPORTS.get(name, _OTHER_EXPORT)
        share = min(1.0, _PAGE_PAPERS / max(papers, 1)) if name == "html" else 1.0
        seconds += share * a_paper * papers
        size += share * a_character * characters
    return seconds, size
