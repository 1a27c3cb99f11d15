"""Sources -> documents -> papers.

A document costs at most itself: whatever is wrong with it becomes the status and error of its Document.
"""

from __future__ import annotations

from dataclasses import replace

from kg import plugins
from kg.errors import KGError, ReadError
from kg.ids import content_hash, make_id
from kg.readers.base import Parsed, Raw, Reader, Reading
from kg.readers.decode import MAX_BYTES, decode, unpack
from kg.readers.sources import Source, find_sources
from kg.types import Document

__all__ = ["Raw", "Reader", "Reading", "Source", "choose_reader", "find_sources", "read"]

_GROUP = "kg.readers"
_NO_PAPER = (
    "no paper was recognised in it: a title with authors or an abstract, or abstracts, are what is looked for"
)


def read(source: Source) -> Reading:
    """The document of a source and its papers. Never raises for what is wrong with the document."""
    document = Document(document_id=content_hash(b""), path=source.path)
    try:
        data = _bytes(source)
        document = replace(document, document_id=content_hash(data))
        text, encoding = decode(unpack(data))
        raw = Raw(path=source.path, data=data, text=text, encoding=encoding, media_type="text/plain")
        document = replace(document, encoding=encoding, media_type="text/plain", text=text)
        if not text.strip():
            return Reading(document=replace(document, status="empty", error="the file is empty"))
        reader = choose_reader(raw)
        document = replace(document, reader=reader.name)
        return _numbered(document, reader.read(raw))
    except KGError as error:
        return Reading(document=replace(document, status="failed", error=error.message))
    except Exception as error:  # a reader's mistake, or a document made to break it, costs this document only
        told = f"the reader {document.reader or 'chosen'!r} broke on it ({type(error).__name__}: {error})"
        return Reading(document=replace(document, status="failed", error=f"{told}; please report it"))


def choose_reader(raw: Raw) -> Reader:
    """The plug-in with the highest score; the first by name where two are equal."""
    readers: list[Reader] = [plugins.load(_GROUP, name) for name in plugins.names(_GROUP)]
    return max(readers, key=lambda reader: reader.score(raw))


def _bytes(source: Source) -> bytes:
    try:
        if source.file.stat().st_size > MAX_BYTES:
            raise ReadError(f"larger than {MAX_BYTES // 2**20} MiB; split the file")
        return source.file.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ReadError(f"cannot be read ({reason}); check that it exists and its permissions") from error


def _numbered(document: Document, parsed: Parsed) -> Reading:
    papers = tuple(
        replace(
            paper,
            paper_id=make_id("p", document.document_id, position),
            document_id=document.document_id,
            position=position,
        )
        for position, paper in enumerate(parsed.papers)
    )
    document = replace(
        document,
        papers=len(papers),
        media_type=parsed.media_type or document.media_type,
        error="; ".join(parsed.notes) or None,
    )
    if not papers:
        document = replace(
            document, status="failed" if parsed.notes else "empty", error=document.error or _NO_PAPER
        )
    return Reading(document=document, papers=papers)
