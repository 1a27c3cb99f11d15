"""The whole flow on one page: documents -> papers -> extractions -> entities -> tables -> graph -> files."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kg.arrivals import Arrivals, arrivals, former_documents
from kg.bylines import resolve_bylines
from kg.citations import link_citations
from kg.collect import collect
from kg.collector import collector_paused
from kg.dedupe import find_links
from kg.engine import LOCAL, Engine
from kg.errors import SourceError
from kg.exporters import Contents, export
from kg.extractions import extract
from kg.manifest import MANIFEST, former_files, make_manifest, write_manifest
from kg.nlp import pipeline_fingerprint, pipeline_path
from kg.output import Workplace, open_output
from kg.reading import read_all
from kg.recipe import Recipe
from kg.resolve import resolve
from kg.store import Store
from kg.tables import Tables
from kg.timings import Progress, Stage, Stages
from kg.types import Document

__all__ = ["BuildReport", "Progress", "build", "build_recipe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build read, found and wrote. ``duplicates`` are (path, path of the same bytes read before).

    ``new_documents`` and ``new_texts`` count what was read and extracted in this build and not before,
    ``excluded`` what was left out as wished; ``arrivals`` say what is otherwise than in the former output,
    ``stages`` where the time went.
    """

    output: Path
    documents: tuple[Document, ...]
    duplicates: tuple[tuple[str, str], ...]
    new_documents: int
    new_texts: int
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
    excluded: int = 0
    arrivals: Arrivals = field(default_factory=Arrivals)
    stages: tuple[Stage, ...] = ()

    @property
    def failed(self) -> tuple[Document, ...]:
        """The documents that gave no paper."""
        return tuple(document for document in self.documents if document.status != "ok")


def build(  # noqa: PLR0913 - the options of the verb, by name
    sources: Sequence[str],
    output: Path,
    *,
    pipeline: str = "en_research",
    formats: Sequence[str] = ("graphml", "html", "gexf"),
    min_confidence: float = 0.0,
    full_text: bool = False,
    exclude: Sequence[str] = (),
    decisions: str | None = None,
    engine: Engine = LOCAL,
    progress: Progress | None = None,
) -> BuildReport:
    """Builds the graph of all documents in ``sources`` (files, folders, archives, globs, "-" for standard
    input) into the folder ``output``.

    What is less sure than ``min_confidence`` is left out. Bodies of papers are read beside title and abstract
    where ``full_text`` is set, and the documents (or files, folders, archives) in ``exclude`` left out.
    ``decisions`` names the file of what was decided by hand, ``decisions.toml`` beside the sources else. What
    an earlier build into the same folder has read and extracted is not read again. A document that cannot be
    read is a row with status ``failed``, never an error. ``engine`` says where texts are read. If no document
    gives a paper, SourceError is raised and the former output stays as it was; OutputError if the folder
    cannot be written or another builder works in it.
    """
    recipe = Recipe.here(
        sources,
        excluded=exclude,
        pipeline=pipeline,
        formats=tuple(formats),
        min_confidence=min_confidence,
        full_text=full_text,
        decisions=decisions,
    )
    return build_recipe(lambda: recipe, output, engine=engine, progress=progress)


def build_recipe(
    recipe_of: Callable[[], Recipe],
    output: Path,
    *,
    engine: Engine = LOCAL,
    progress: Progress | None = None,
) -> BuildReport:
    """The same for a recipe, which is asked for when no other builder can change it any more. ``engine``
    says where texts are read, which changes no byte of the output."""
    started = time.monotonic()
    stages = Stages(progress)
    tell = stages.tell

    with collector_paused(), open_output(output) as workplace:
        recipe = recipe_of()
        decisions = recipe.read_decisions()
        tell("reading")
        store = Store(workplace.store)
        former = former_documents(output)
        own = former_files(output) | {output / MANIFEST} | recipe.own_files()
        reading = read_all(recipe, store=store, own=own, tell=tell)
        documents = [reading.document for reading in reading.readings]
        papers = [paper for reading in reading.readings for paper in reading.papers]
        if not papers:
            raise SourceError(_nothing_read(documents), hint="`kg readers` lists what can be read")

        tell("matching")
        works, record_links = find_links(papers)
        tell("extracting")
        known = len(store)
        extractions = extract(
            papers,
            pipeline=recipe.pipeline,
            min_confidence=recipe.min_confidence,
            store=store,
            engine=engine,
            progress=partial(tell, "extracting"),
        )
        new_texts = len(store) - known
        titles = {paper.paper_id: paper.title for paper in papers if paper.title}
        tell("resolving")
        resolution = resolve(extractions, decisions=decisions, works=works, titles=titles)
        tell("authors")
        bylines = resolve_bylines(papers, works)
        texts = {document.document_id: document.text for document in documents}
        tell("citations")
        citations = link_citations(papers, works, texts)
        tell("tables")
        tables = collect(documents, papers, works, extractions, resolution, bylines, citations, record_links)
        # much memory; the files are made of the tables alone
        del papers, works, extractions, resolution, bylines
        reading = replace(reading, readings=())
        contents = Contents.of(tables)
        files = _write(tables, contents, workplace, recipe, tell=tell)
        store.prune()
        nodes, edges = contents.rows.counts()

    return BuildReport(
        output=output,
        documents=tuple(documents),
        duplicates=reading.duplicates,
        new_documents=reading.new,
        new_texts=new_texts,
        papers=len(tables.papers),
        works=len(tables.works),
        authors=len(tables.authors),
        entities_by_type=dict(sorted(Counter(row["type"] for row in tables.entities).items())),
        relations=len(tables.relations),
        results=len(tables.results),
        nodes=nodes,
        edges=edges,
        files=files,
        seconds=time.monotonic() - started,
        excluded=reading.excluded,
        arrivals=arrivals(former, tables.documents),
        stages=stages.end(),
    )


def _nothing_read(documents: Sequence[Document]) -> str:
    if not documents:
        return "there are no documents in the given sources"
    reasons = "".join(f"\n  {document.path}: {document.error}" for document in documents)
    return f"no paper was found in {len(documents)} documents:{reasons}"


def _write(
    tables: Tables,
    contents: Contents,
    workplace: Workplace,
    recipe: Recipe,
    *,
    tell: Progress,
) -> tuple[Path, ...]:
    """Everything is written beside its place and moved when it is whole. What the former build wrote and this
    one does not is removed."""
    tell("writing tables", 0, len(recipe.formats) + 1)
    nodes, edges = contents.rows.counts()
    staging, output = workplace.staging, workplace.output
    files = tables.write(staging / "tables")
    for number, name in enumerate(recipe.formats, start=1):
        tell(f"writing {name}", number, len(recipe.formats) + 1)
        path = export(contents, name, staging)
        files += sorted(path.iterdir()) if path.is_dir() else [path]
    manifest = make_manifest(
        staging,
        files,
        pipeline=pipeline_path(recipe.pipeline).name,
        fingerprint=pipeline_fingerprint(recipe.pipeline),
        counts=tables.counts(),
        graph={"nodes": nodes, "edges": edges},
        made_of=recipe.record(output),
    )
    files.append(write_manifest(staging, manifest))
    written = {output / path.relative_to(staging) for path in files}
    obsolete = [path for path in former_files(output) if path not in written]
    return workplace.commit(files, obsolete)
