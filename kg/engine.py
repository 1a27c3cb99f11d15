"""Where the map over texts runs: in this process, in local workers, on a Ray cluster. Same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.errors import EngineError
from kg.processes import possible_workers
from kg.shards import SHARD_TEXTS, Shard, extract_shard, shards_of
from kg.types import Paper

__all__ = ["ENGINES", "LOCAL", "Engine", "compute", "worker_count"]

ENGINES = ("local", "ray")

_SHARDS_A_WORKER = 4  # that make it worth its start


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """``workers``: how many processes, None for as many as cores and memory allow and the work is worth.

    Of Ray: ``address`` of the cluster (None: the one of RAY_ADDRESS, else one that is started here), and
    ``shards``, a folder that all machines reach (a path, or an fsspec URL such as "s3://bucket/kg"), where
    finished shards are kept and looked for; None where they come back through Ray alone.
    """

    name: str = "local"
    workers: int | None = None
    address: str | None = None
    shards: str | None = None

    def __post_init__(self) -> None:
        if self.name not in ENGINES:
            raise EngineError(f"no engine {self.name!r}", hint=f"there are {', '.join(ENGINES)}")


LOCAL = Engine()


def compute(
    texts: Mapping[str, Paper], *, pipeline: str, engine: Engine = LOCAL
) -> Iterator[tuple[Shard, bytes]]:
    """Each shard of the texts with the bytes of its file, as they are done."""
    shards = shards_of(texts, pipeline=pipeline)
    if engine.name == "ray":
        from kg.ray_engine import on_ray  # noqa: PLC0415 (an extra)

        return on_ray(shards, engine)
    count = worker_count(len(texts), engine)
    if count > 1:
        from kg.workers import in_workers  # noqa: PLC0415 (small input needs no processes)

        return in_workers(shards, count)
    return ((shard, extract_shard(shard)) for shard in shards)


def worker_count(texts: int, engine: Engine) -> int:
    """How many local processes so many texts are given to."""
    shards = -(-texts // SHARD_TEXTS)
    wished = engine.workers
    if wished is None:
        wished = min(possible_workers(), shards // _SHARDS_A_WORKER)
    return max(1, min(wished, shards))
