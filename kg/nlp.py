"""Loads a spaCy pipeline and runs papers through it in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import PipelineError
from kg.types import ENTITY_TYPES, LONGEST_READ, Paper

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["annotate", "load_pipeline", "pipeline_fingerprint", "pipeline_path"]

_BATCH_SIZE = 64
_DECIDING = ("components", "extract.py", "nlp.py", "sentences.py", "text.py", "types.py")
_NO_PART_OF_IT = {".md", ".pyc"}  # prose about a pipeline does not change what it extracts


def pipeline_path(name: str) -> Path:
    """The folder of a pipeline: one that ships with kg (by name), or the user's own (by path)."""
    for folder in (_shipped() / name, Path(name)):
        if (folder / "config.cfg").is_file():
            return folder
    names = sorted(path.parent.name for path in _shipped().glob("*/config.cfg"))
    raise PipelineError(
        f"no pipeline {name!r}: neither shipped with kg nor a folder with a config.cfg",
        hint=f"shipped: {', '.join(names)}; or give the path of a spaCy pipeline",
    )


def _shipped() -> Path:
    return Path(next(iter(import_module("kg.pipelines").__path__)))


@lru_cache(maxsize=2)
def load_pipeline(name: str) -> Language:
    """The pipeline, loaded once in a process."""
    import spacy  # noqa: PLC0415 (1.4 s: only who extracts pays it)

    path = pipeline_path(name)
    try:
        nlp = spacy.load(path)
    except (ValueError, OSError, ImportError, KeyError) as error:
        raise PipelineError(
            f"{path}: this pipeline does not load: {error}", hint="see its config.cfg"
        ) from error
    if not any(nlp.get_pipe_meta(component).factory == "kg_mentions" for component in nlp.pipe_names):
        _complete(nlp, path)
    # The limit guards spaCy's parser, which needs about 1 GB for 100,000 tokens; there is none in kg.
    nlp.max_length = 100_000_000
    return nlp


def _complete(nlp: Language, path: Path) -> None:
    """Gives a pipeline of somebody else what kg needs after its own components: its entities as mentions,
    then roles, relations and results.

    Which of its labels are which entity types stands in its meta.json: ``"kg": {"labels": {"ORG": "tool"}}``.
    """
    own = nlp.meta.get("kg", {})
    labels = own.get("labels", {})
    unknown = sorted(set(labels.values()) - set(ENTITY_TYPES))
    if not labels or unknown:
        what = f"no entity types {', '.join(unknown)}" if unknown else "its meta.json does not map its labels"
        example = '"kg": {"labels": {"SOFTWARE": "tool", "CORPUS": "dataset"}}'
        raise PipelineError(
            f"{path}: {what}",
            hint=f"add {example} to meta.json; the types are {', '.join(ENTITY_TYPES)}",
        )
    if not any("token.is_sent_start" in nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names):
        nlp.add_pipe("kg_sentences", first=True)
    nlp.add_pipe("kg_abbreviations")
    nlp.add_pipe("kg_entities", config={"labels": labels, "precision": own.get("precision", {})})
    for factory in ("kg_roles", "kg_relations", "kg_results"):
        nlp.add_pipe(factory)


def pipeline_fingerprint(name: str) -> str:
    """A hash of what decides the extraction: the pipeline's files, the data that ship (pipelines share them),
    kg's own code between a text and its mentions, and the versions of spaCy and onnxruntime."""
    files = _deciding_files(name)
    digest = hashlib.sha256(
        f"{pipeline_path(name).name} {version('spacy')} {version('onnxruntime')}".encode()
    )
    for place in sorted(files):
        status = files[place].stat()
        digest.update(place.encode() + _digest_of(files[place], status.st_size, status.st_mtime_ns))
    return digest.hexdigest()


@lru_cache(maxsize=4096)
def _digest_of(path: Path, _size: int, _changed: int) -> bytes:
    """Of a file's bytes; a build asks several times, and the trained weights are large."""
    return hashlib.sha256(path.read_bytes()).digest()


def _deciding_files(name: str) -> dict[str, Path]:
    """The files behind a fingerprint, by a place that is the same on every machine."""
    folder, package = pipeline_path(name), Path(__file__).parent
    roots = {"pipelines": _shipped(), **{part: package / part for part in _DECIDING}}
    if not folder.is_relative_to(_shipped()):
        roots["own"] = folder
    return {
        f"{label}/{path.relative_to(root).as_posix()}": path
        for label, root in roots.items()
        for path in ([root] if root.is_file() else root.rglob("*"))
        if path.is_file()
        and path.suffix not in _NO_PART_OF_IT
        and not {"training", "__pycache__"} & set(path.relative_to(root).parts)
    }


def annotate(papers: Iterable[Paper], *, pipeline: str) -> Iterator[tuple[Paper, Doc]]:
    """Each paper with its annotated Doc, in order; ``doc.text`` is ``paper.text``, of which no more than
    LONGEST_READ characters are read."""
    nlp = load_pipeline(pipeline)

    def docs() -> Iterator[tuple[Doc, Paper]]:
        for paper in papers:
            doc = nlp.make_doc(paper.text[:LONGEST_READ])
            doc._.title_end = min(len(paper.title or ""), LONGEST_READ)
            yield doc, paper

    for doc, paper in nlp.pipe(docs(), as_tuples=True, batch_size=_BATCH_SIZE):
        yield paper, doc
