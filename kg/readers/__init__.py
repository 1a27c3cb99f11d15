"""Sources -> documents -> papers.

A document costs at most itself: whatever is wrong with it becomes the status and error of its Document.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points, version
from pathlib import Path

from kg import plugins
from kg.errors import KGError, ReadError
from kg.ids import content_hash, make_id
from kg.readers.base import Parsed, Raw, Reader, Reading
from kg.readers.clean import clean_paper, names_a_work
from kg.readers.decode import TEXT, decode, kind_of, mend, refuse
from kg.readers.loading import Loaded, load, unpack
from kg.readers.sources import STDIN, Source, find_sources
from kg.types import LONGEST_READ, Document, Paper

__all__ = [
    "STDIN",
    "Loaded",
    "Raw",
    "Reader",
    "Reading",
    "Source",
    "all_readers",
    "choose_reader",
    "find_sources",
    "load",
    "make_raw",
    "read",
    "read_each",
    "read_loaded",
    "reading_key",
]

_GROUP = "kg.readers"
_PARSERS = ("charset-normalizer", "ftfy", "pylatexenc", "pypdfium2")
_TOO_LONG = f"paper {{}}: of title and abstract only the first {LONGEST_READ:,} characters are read"
_NO_PAPER = (
    "no paper was recognised in it: a title with authors or an abstract, or abstracts, are what is looked "
    "for; `kg inspect` shows what was seen"
)


def read(source: Source, *, full_text: bool = False) -> Reading:
    """The document of a source that is one file, and its papers; of an archive, the first document."""
    return next(read_each(source, full_text=full_text))


def read_each(source: Source, *, full_text: bool = False) -> Iterator[Reading]:
    """The documents of a source, in its order; an archive has many. Never raises for what is wrong in them.

    ``full_text`` keeps the bodies of papers, which are left out else.
    """
    for loaded in load(source):
        yield read_loaded(loaded, full_text=full_text)


def read_loaded(loaded: Loaded, *, full_text: bool = False) -> Reading:
    """The document that bytes are, and its papers. Never raises for what is wrong with them."""
    if loaded.error is not None:
        identity = loaded.data or loaded.path.encode("utf-8", "surrogateescape")
        document = Document(document_id=content_hash(identity), path=loaded.path)
        return Reading(document=replace(document, status="failed", error=loaded.error))
    document = Document(document_id=content_hash(loaded.data), path=loaded.path)
    try:
        raw, notes = make_raw(loaded)
        document = replace(document, encoding=raw.encoding, media_type=raw.media_type)
        if raw.media_type == TEXT and not raw.text.strip():
            return Reading(document=replace(document, status="empty", error="the file is empty"))
        reader = choose_reader(raw)
        document = replace(document, reader=reader.name)
        parsed = reader.read(raw)
        document = replace(document, text=raw.text if parsed.text is None else parsed.text)
        return _numbered(document, replace(parsed, notes=(*notes, *parsed.notes)), full_text=full_text)
    except KGError as error:
        return Reading(document=replace(document, status="failed", error=error.message))
    except MemoryError:
        error_text = "needs more memory to read than a document may take; split the file"
        return Reading(document=replace(document, status="failed", error=error_text))
    except Exception as error:  # a reader's mistake, or a document made to break it, costs this document only
        told = f"the reader {document.reader or 'chosen'!r} broke on it ({type(error).__name__}: {error})"
        return Reading(document=replace(document, status="failed", error=f"{told}; please report it"))


def reading_key(loaded: Loaded, *, full_text: bool) -> str:
    """A hash of what decides the reading of a document: its bytes, the ending of its name, and the code."""
    raw = Raw(path=loaded.path, data=b"", text="", encoding="", media_type="")
    parts = (content_hash(loaded.data), raw.suffix, str(full_text), _fingerprint())
    return content_hash("\x1f".join(parts).encode())


@cache
def _fingerprint() -> str:
    """Of the code that reads: this package, the packages of plug-ins, and the parsers beneath them."""
    package = Path(__file__).parent
    files = sorted(path for path in package.rglob("*.py") if "__pycache__" not in path.parts)
    digests = [path.relative_to(package).as_posix() + content_hash(path.read_bytes()) for path in files]
    plugged = (entry.dist for entry in entry_points(group=_GROUP) if entry.dist)
    versions = {distribution.name: distribution.version for distribution in plugged}
    versions |= {name: version(name) for name in _PARSERS} | {"python": platform.python_version()}
    return content_hash("\n".join((*digests, *map(str, sorted(versions.items())))).encode())


def make_raw(loaded: Loaded) -> tuple[Raw, tuple[str, ...]]:
    """The document as its readers get it, and what had to be mended. A ReadError where bytes are no text and
    no reader is there for their kind."""
    data = unpack(loaded.data)
    media_type = kind_of(data)
    if media_type != TEXT:
        return Raw(path=loaded.path, data=data, text="", encoding="", media_type=media_type), ()
    text, encoding, note = decode(data)
    text, mended = mend(text)
    notes = (note, f"{mended} lines that had been decoded wrongly before they were saved were mended")
    raw = Raw(path=loaded.path, data=data, text=text, encoding=encoding, media_type=media_type)
    return raw, tuple(note for note, told in zip(notes, (note, mended), strict=True) if told)


def all_readers() -> tuple[Reader, ...]:
    """The plug-ins, by name."""
    return tuple(plugins.load(_GROUP, name) for name in plugins.names(_GROUP))


def choose_reader(raw: Raw) -> Reader:
    """The plug-in with the highest score; the first by name where two are equal."""
    readers = [reader for reader in all_readers() if raw.media_type in reader.media_types]
    if not readers:
        raise refuse(raw.media_type)
    scores = [reader.score(raw) for reader in readers]
    if max(scores) <= 0:
        raise refuse(raw.media_type)
    reader = readers[scores.index(max(scores))]
    if len(raw.text) > reader.max_chars:
        limit = f"{reader.max_chars // 2**20} million characters"
        raise ReadError(
            f"longer than {limit}, the most that the reader {reader.name!r} takes; split the file"
        )
    return reader


def _is_cut(paper: Paper) -> bool:
    return len(paper.title or "") + len(paper.abstract or "") > LONGEST_READ


def _numbered(document: Document, parsed: Parsed, *, full_text: bool) -> Reading:
    cleaned = [clean_paper(paper if full_text else replace(paper, body=None)) for paper in parsed.papers]
    kept = [paper for paper in cleaned if names_a_work(paper)]
    papers = tuple(
        replace(
            paper,
            paper_id=make_id("p", document.document_id, position),
            document_id=document.document_id,
            position=position,
        )
        for position, paper in enumerate(kept)
    )
    notes = [*parsed.notes, *(_TOO_LONG.format(paper.position + 1) for paper in papers if _is_cut(paper))]
    if len(kept) < len(cleaned):
        notes.append(f"{len(cleaned) - len(kept)} records without a title or an abstract were left out")
    document = replace(
        document,
        papers=len(papers),
        media_type=parsed.media_type or document.media_type,
        error="; ".join(notes) or None,
    )
    if not papers:
        told = document.error or _NO_PAPER
        document = replace(document, status="failed" if notes else "empty", error=told, text="")
    return Reading(document=document, papers=papers)
