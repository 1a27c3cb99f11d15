"""Texts in, one file of extractions out: the pure unit of work, wherever it runs.

A shard is named by its content (the keys of its texts, which hash text and pipeline), so a retry, a
duplicate or a second run writes the same bytes under the same name and does no harm on any engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from kg.collector import collector_paused
from kg.errors import PipelineError
from kg.extract import extraction_of
from kg.nlp import annotate, pipeline_fingerprint
from kg.store import part_bytes, part_name
from kg.stored import extraction_to_json
from kg.types import Paper

__all__ = ["SHARD_TEXTS", "Shard", "extract_shard", "shards_of"]

SHARD_TEXTS = 64
"""Texts of a shard: seconds of work, so that a kill costs little and a worker is not asked too often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Texts by their keys (``kg.extract.extraction_key``), and the pipeline that reads them, whose
    ``fingerprint`` is that of whoever made the shard."""

    texts: Mapping[str, Paper]
    pipeline: str
    fingerprint: str

    @property
    def name(self) -> str:
        """Of the file that comes of it."""
        return part_name(self.texts)


def shards_of(texts: Mapping[str, Paper], *, pipeline: str, size: int = SHARD_TEXTS) -> Iterator[Shard]:
    """The texts in shards, in their order. Of each Paper only what is read goes along."""
    fingerprint = pipeline_fingerprint(pipeline)
    rest = iter(texts.items())
    while chunk := list(islice(rest, size)):
        slim = {key: Paper(title=paper.title, abstract=paper.abstract) for key, paper in chunk}
        yield Shard(texts=slim, pipeline=pipeline, fingerprint=fingerprint)


def extract_shard(shard: Shard) -> bytes:
    """The extractions of a shard as the bytes of a file of the store (kg.store).

    PipelineError where the pipeline here is not the one that the shard was made for.
    """
    if pipeline_fingerprint(shard.pipeline) != shard.fingerprint:
        raise PipelineError(
            f"{shard.pipeline}: this machine has another version of the pipeline, of kg or of what they need",
            hint="install the same version of kg on every machine",
        )
    with collector_paused():  # the Docs of a shard are in cycles, and few
        docs = annotate(shard.texts.values(), pipeline=shard.pipeline)
        found: Iterable[str] = (extraction_to_json(extraction_of(paper, doc)) for paper, doc in docs)
        return part_bytes(dict(zip(shard.texts, found, strict=True)))
