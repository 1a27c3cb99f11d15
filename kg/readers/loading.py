"""Sources -> bytes: files, standard input, and the members of archives, read without unpacking to disk.

Everything is bounded: the size of a document, the number, the sum and the nesting of what is inside an
archive, and how far bytes may expand. What is over a limit, or cannot be read, is a Loaded with an error, and
the rest goes on.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from kg.errors import ReadError
from kg.readers.sources import MAX_BYTES, Source
from kg.readers.tex_members import MAX_HELD, is_part, with_parts

__all__ = ["MAX_BYTES", "Loaded", "load", "unpack"]

MAX_MEMBERS = 20_000
MAX_TOTAL = 2 * 2**30
MAX_NESTING = 3
_EXPANSION = 250  # text packs 3 to 20 times, a table of numbers 50 times
_UNSUSPICIOUS = 16 * 2**20  # what is small may expand as it likes
_CHUNK = 2**20
_ENCRYPTED = 0x1

# A zip with one of these is a document (an office file, a book), not a folder of documents.
_DOCUMENT_MEMBERS = ("[Content_Types].xml", "META-INF/container.xml", "mimetype")
_Packed = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
_UNPACKERS: tuple[tuple[bytes, str, Callable[[IO[bytes]], _Packed]], ...] = (
    (b"\x1f\x8b", "gzip", lambda file: gzip.GzipFile(fileobj=file)),
    (b"BZh", "bzip2", bz2.BZ2File),
    (b"\xfd7zXZ\x00", "xz", lzma.LZMAFile),
)
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)
# wrong password, unknown method, a member without a name, a field that is cut off
_BROKEN_MEMBER = (*_BROKEN, RuntimeError, NotImplementedError, ValueError, IndexError, struct.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The bytes of a document, or why it cannot be read (then the bytes as far as there are any)."""

    path: str
    data: bytes = b""
    error: str | None = None


def load(source: Source) -> Iterator[Loaded]:
    """The documents of a source: a file is one, an archive has one for each member (``a.zip!/b.bib``)."""
    try:
        data = _read_file(source)
    except ReadError as error:
        yield Loaded(path=source.path, error=error.message)
        return
    yield from _documents(source.path, data, MAX_NESTING, _Budget(left=MAX_TOTAL))


def unpack(data: bytes) -> bytes:
    """The content of a gzip, bzip2 or xz file, and any other bytes as they are.

    A broken file, and one that expands beyond the limits, is a ReadError.
    """
    for magic, kind, opened in _UNPACKERS:
        if data.startswith(magic):
            try:
                with opened(io.BytesIO(data)) as file:
                    return _bounded(file, MAX_BYTES, packed=len(data))
            except _BROKEN as error:
                raise ReadError(f"a {kind} file that cannot be unpacked ({error}); copy it again") from error
    return data


@dataclass(slots=True)
class _Budget:
    """What an archive may still unpack to, nested ones together."""

    left: int
    members: int = 0


def _read_file(source: Source) -> bytes:
    """At most MAX_BYTES; a device or a pipe has no size to ask for before it is read."""
    if source.data is not None:
        _refuse_size(len(source.data))
        return source.data
    try:
        _refuse_size(source.file.stat().st_size)
        with source.file.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ReadError(f"cannot be read ({reason}); check that it exists and its permissions") from error
    _refuse_size(len(data))
    return data


def _refuse_size(size: int) -> None:
    if size > MAX_BYTES:
        raise ReadError(f"larger than {MAX_BYTES // 2**20} MiB; split the file")


def _bounded(file: IO[bytes] | _Packed, limit: int, *, packed: int) -> bytes:
    """All of a stream, read piece by piece, so that a bomb is seen before it has grown."""
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(_CHUNK):
        size += len(piece)
        if size > limit:
            raise ReadError(f"more than {limit // 2**20} MiB when unpacked; split the file")
        if size > _UNSUSPICIOUS and size > _EXPANSION * packed:
            raise ReadError(f"expands more than {_EXPANSION} times, as a decompression bomb does; not read")
        pieces.append(piece)
    return b"".join(pieces)


def _documents(path: str, data: bytes, depth: int, budget: _Budget) -> Iterator[Loaded]:
    """The document that bytes are, or those inside."""
    opened = _members_of_zip if _is_folder_zip(data) else _members_of_tar if _is_tar(data) else None
    if opened is None:
        yield Loaded(path=path, data=data)
        return
    if depth == 0:
        yield Loaded(
            path=path, data=data, error=f"an archive more than {MAX_NESTING} archives deep; unpack it first"
        )
        return
    found = False
    try:
        for loaded in _with_parts(opened(data, budget)):
            found = True
            inner = f"{path}!/{_printable(loaded.path)}"
            if loaded.error is None:
                yield from _documents(inner, loaded.data, depth - 1, budget)
            else:
                yield Loaded(path=inner, error=loaded.error)
    except ReadError as error:
        yield Loaded(path=path, data=data, error=error.message)
    except _BROKEN_MEMBER as error:
        yield Loaded(
            path=path, data=data, error=f"a damaged archive ({error}); what stands before the damage was read"
        )
    else:
        if not found:
            yield Loaded(path=path, data=data, error="an archive without a file inside")


def _with_parts(members: Iterator[Loaded]) -> Iterator[Loaded]:
    """The members, those of LaTeX sources last and put together; a damaged archive still gives those before
    the damage."""
    held: list[tuple[str, bytes]] = []
    size = 0
    try:
        for loaded in members:
            size += len(loaded.data) if is_part(loaded.path) else 0
            if loaded.error is None and is_part(loaded.path) and size <= MAX_HELD:
                held.append((loaded.path, loaded.data))
            else:
                yield loaded
    except (ReadError, *_BROKEN_MEMBER):
        yield from _joined(held)
        raise
    yield from _joined(held)


def _joined(held: list[tuple[str, bytes]]) -> Iterator[Loaded]:
    for path, data, problem in with_parts(held):
        yield Loaded(path=path, data=b"" if problem else data, error=problem)


def _is_folder_zip(data: bytes) -> bool:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except _BROKEN_MEMBER:
        return True  # opening it as an archive says what is wrong with it
    return names.isdisjoint(_DOCUMENT_MEMBERS)


def _is_tar(data: bytes) -> bool:
    """The magic stands in the first header, which is the first block of what a packed tar holds."""
    head = data[:512]
    for magic, _, opened in _UNPACKERS:
        if data.startswith(magic):
            try:
                with opened(io.BytesIO(data)) as file:
                    head = file.read(512)
            except _BROKEN:
                return False
    return len(head) == 512 and head[257:262] == b"ustar"


def _members_of_zip(data: bytes, budget: _Budget) -> Iterator[Loaded]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.is_dir() or _is_furniture(member.filename):
                continue
            problem = _refusal(member.filename, member.file_size, budget)
            if not problem and member.flag_bits & _ENCRYPTED:
                problem = "encrypted; unpack the archive with its password first"
            if problem:
                yield Loaded(path=member.filename, error=problem)
                continue
            try:
                with archive.open(member) as file:
                    content = _bounded(file, MAX_BYTES, packed=member.compress_size)
            except ReadError as error:
                yield Loaded(path=member.filename, error=error.message)
            except _BROKEN_MEMBER as error:
                yield Loaded(path=member.filename, error=f"damaged inside its archive ({error})")
            else:
                budget.left -= len(content)
                yield Loaded(path=member.filename, data=content)


def _members_of_tar(data: bytes, budget: _Budget) -> Iterator[Loaded]:
    """In the order of the stream, which is never read twice; links and devices are passed over."""
    budget.left = min(budget.left, max(_UNSUSPICIOUS, _EXPANSION * len(data)))
    file = io.BytesIO(data)
    opened = next((opened for magic, _, opened in _UNPACKERS if data.startswith(magic)), None)
    # Unpacked here and not by tarfile, which takes the end of a cut off stream for the end of the archive.
    with opened(file) if opened else file as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            if not member.isfile() or _is_furniture(member.name):
                continue
            problem = _refusal(member.name, member.size, budget)
            inside = None if problem else archive.extractfile(member)
            if inside is None:
                yield Loaded(path=member.name, error=problem)
                continue
            content = inside.read(MAX_BYTES + 1)
            budget.left -= len(content)
            yield Loaded(path=member.name, data=content)
    if opened is None and data[-tarfile.BLOCKSIZE :].strip(b"\x00"):
        raise ReadError("a tar file that ends too early; what stands before the end was read, copy it again")


def _refusal(name: str, size: int, budget: _Budget) -> str | None:
    """Why a member is not read; an archive that is over a limit as a whole is a ReadError."""
    budget.members += 1
    if budget.members > MAX_MEMBERS:
        raise ReadError(f"more than {MAX_MEMBERS:,} files inside; the rest was not read, split the archive")
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return "its name leads out of the archive; not read"
    if size > budget.left:
        limit = f"{MAX_TOTAL // 2**30} GiB or {_EXPANSION} times its size"
        raise ReadError(f"more than {limit} when unpacked; the rest was not read, split the archive")
    if size > MAX_BYTES:
        return f"larger than {MAX_BYTES // 2**20} MiB; split the file"
    return None


def _is_furniture(name: str) -> bool:
    """Hidden files, and what macOS adds."""
    parts = name.split("/")
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts)
    return hidden or "__MACOSX" in parts


def _printable(name: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in name)
