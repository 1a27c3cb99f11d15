"""``kg inspect``: what was recognised in a document, with which scores, and the papers that came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import KGError
from kg.readers import Loaded, Reading, all_readers, find_sources, load, make_raw
from kg.readers.isolated import IsolatedReaders

__all__ = ["Inspection", "inspect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A document as it was read, and how well it suited each reader that takes its kind of bytes.

    ``scores`` are (name, 0 to 1), the best first; ``layouts`` are the same for the layouts of a page, empty
    where the reader has none.
    """

    reading: Reading
    bytes: int
    scores: tuple[tuple[str, float], ...]
    layouts: tuple[tuple[str, float], ...] = ()


def inspect(sources: Sequence[str], *, full_text: bool = False) -> Iterator[Inspection]:
    """Every document of some sources, as a build would read it. A missing source is a SourceError."""
    with IsolatedReaders() as readers:
        for source in find_sources(sources):
            readings = readers.read_each(source, full_text=full_text)
            for reading, loaded in zip(readings, load(source), strict=False):
                scores, layouts = _scores(loaded, reading.document.reader)
                yield Inspection(reading=reading, bytes=len(loaded.data), scores=scores, layouts=layouts)


_Scores = tuple[tuple[str, float], ...]


def _scores(loaded: Loaded, chosen: str) -> tuple[_Scores, _Scores]:
    try:
        raw, _ = make_raw(loaded)
    except KGError:
        return (), ()
    takers = [reader for reader in all_readers() if raw.media_type in reader.media_types]
    layouts = next((reader.layouts for reader in takers if reader.name == chosen and reader.layouts), None)
    return (
        _ranked((reader.name, reader.score(raw)) for reader in takers),
        _ranked(layouts(raw).items()) if layouts else (),
    )


def _ranked(scores: Iterable[tuple[str, float]]) -> _Scores:
    return tuple(
        sorted(((name, round(score, 2)) for name, score in scores), key=lambda pair: (-pair[1], pair[0]))
    )
