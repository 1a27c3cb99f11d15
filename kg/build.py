"""The whole flow on one page: documents -> papers -> extractions -> entities -> tables -> graph -> files."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kg.bylines import resolve_bylines
from kg.collect import collect
from kg.dedupe import link_works
from kg.errors import SourceError
from kg.exporters import Contents, export
from kg.extract import extract
from kg.manifest import former_files, make_manifest, write_manifest
from kg.nlp import pipeline_fingerprint
from kg.readers import Reading, find_sources, read
from kg.resolve import resolve
from kg.tables import Tables
from kg.types import Document

__all__ = ["BuildReport", "build"]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build read, found and wrote. ``duplicates`` are (path, path of the same bytes read before)."""

    output: Path
    documents: tuple[Document, ...]
    duplicates: tuple[tuple[str, str], ...]
    papers: int
    works: int
    authors: int
    entities_by_type: dict[str, int]
    relations: int
    results: int
    nodes: int
    edges: int
    files: tuple[Path, ...]
    seconds: float

    @property
    def failed(self) -> tuple[Document, ...]:
        """The documents that gave no paper."""
        return tuple(document for document in self.documents if document.status != "ok")


def build(
    sources: Sequence[str],
    output: Path,
    *,
    pipeline: str = "en_research",
    formats: Sequence[str] = ("graphml", "html", "gexf"),
    min_confidence: float = 0.0,
    progress: Progress | None = None,
) -> BuildReport:
    """Builds the graph of all documents in ``sources`` (files, folders, globs) into the folder ``output``.

    What is less sure than ``min_confidence`` is left out. A document that cannot be read is a row with status
    ``failed``, never an error. If no document gives a paper, SourceError is raised and the former output
    stays as it was.
    """
    started = time.monotonic()
    tell = progress or _silent

    readings, duplicates = _read_all(sources, tell)
    documents = [reading.document for reading in readings]
    papers = [paper for reading in readings for paper in reading.papers]
    if not papers:
        raise SourceError(_nothing_read(documents), hint="`kg build --help` names what can be read")

    works = link_works(papers)
    extractions = extract(
        papers, pipeline=pipeline, min_confidence=min_confidence, progress=partial(tell, "extracting")
    )
    resolution = resolve(extractions)
    bylines = resolve_bylines(papers)
    tables = collect(documents, papers, works, extractions, resolution, bylines)
    contents = Contents.of(tables)
    files = _write(tables, contents, output, formats, pipeline=pipeline, tell=tell)
    nodes, edges = contents.rows.counts()

    return BuildReport(
        output=output,
        documents=tuple(documents),
        duplicates=tuple(duplicates),
        papers=len(papers),
        works=len(set(works.values())),
        authors=len(tables.authors),
        entities_by_type=dict(sorted(Counter(entity.type for entity in resolution.entities).items())),
        relations=len(tables.relations),
        results=len(tables.results),
        nodes=nodes,
        edges=edges,
        files=files,
        seconds=time.monotonic() - started,
    )


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def _read_all(sources: Sequence[str], tell: Progress) -> tuple[list[Reading], list[tuple[str, str]]]:
    """Every source once: a second file of the same bytes is told, not read again."""
    found = find_sources(sources)
    readings: list[Reading] = []
    duplicates: list[tuple[str, str]] = []
    path_of: dict[str, str] = {}
    for number, source in enumerate(found, start=1):
        reading = read(source)
        document = reading.document
        if document.status == "ok" and document.document_id in path_of:
            duplicates.append((document.path, path_of[document.document_id]))
        else:
            path_of.setdefault(document.document_id, document.path)
            readings.append(reading)
        tell("reading", number, len(found))
    return readings, duplicates


def _nothing_read(documents: Sequence[Document]) -> str:
    if not documents:
        return "there are no documents in the given sources"
    reasons = "".join(f"\n  {document.path}: {document.error}" for document in documents)
    return f"no paper was found in {len(documents)} documents:{reasons}"


def _write(
    tables: Tables,
    contents: Contents,
    output: Path,
    formats: Sequence[str],
    *,
    pipeline: str,
    tell: Progress,
) -> tuple[Path, ...]:
    """Everything is written into a folder beside its place and moved when it is whole; the manifest, which
    names all files, comes last. What the former build wrote and this one does not is removed."""
    nodes, edges = contents.rows.counts()
    output.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".kg-", dir=output))
    try:
        files = tables.write(staging / "tables")
        for number, name in enumerate(formats):
            tell("writing", number, len(formats))
            path = export(contents, name, staging)
            files += sorted(path.iterdir()) if path.is_dir() else [path]
        manifest = make_manifest(
            staging,
            files,
            pipeline=pipeline,
            fingerprint=pipeline_fingerprint(pipeline),
            counts=tables.counts(),
            graph={"nodes": nodes, "edges": edges},
        )
        files.append(write_manifest(staging, manifest))
        former = former_files(output)
        written = tuple(_move(path, output / path.relative_to(staging)) for path in files)
        for path in former.difference(written):
            if not path.is_dir():
                path.unlink(missing_ok=True)
                _remove_empty(path.parent, output)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return written


def _remove_empty(folder: Path, output: Path) -> None:
    """Removes the folder of a format that is no longer written, unless somebody else's files are in it."""
    if folder != output and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _move(path: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return path.replace(target)
