"""Members of zip containers (office documents, books), read within limits whatever the zip says of itself.

A member is refused by the size it declares and again by the bytes that come out, so neither a zip bomb nor a
header that lies costs more than the limit. Nothing is written to disk and no member's name is used as a path.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import ReadError

__all__ = ["MEMBER_LIMIT", "NOT_ZIPPED", "member_names", "open_zip", "peek", "read_member"]

MEMBER_LIMIT = 128 * 1024 * 1024
_MAX_MEMBERS = 100_000
_CHUNK = 1024 * 1024
NOT_ZIPPED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    IndexError,  # zipfile on a member without a name
    struct.error,
)
"""What the standard library raises for archives that are damaged, cut off or packed unknown ways."""


@contextmanager
def open_zip(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive that the bytes are; a ReadError where they are none, or where it breaks in reading."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.filelist) > _MAX_MEMBERS:
                raise ReadError(f"a zip of more than {_MAX_MEMBERS} members; no document is one")
            yield archive
    except ReadError:
        raise
    except NOT_ZIPPED as error:
        raise ReadError(f"a zip that is damaged or cut off ({error}); save the document again") from error


def member_names(archive: zipfile.ZipFile) -> list[str]:
    """The names of its files in the order of the archive, each once."""
    return list(dict.fromkeys(info.filename for info in archive.filelist if not info.is_dir()))


def read_member(archive: zipfile.ZipFile, name: str, limit: int = MEMBER_LIMIT) -> bytes:
    """The content of a member of at most ``limit`` bytes; a ReadError where it is missing, longer, encrypted
    or damaged."""
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise ReadError(f"a zip without {name!r}, which such a document needs") from error
    if info.file_size > limit:
        raise ReadError(f"{name!r} says it is {info.file_size // 2**20} MiB when unpacked; {_allowed(limit)}")
    if info.flag_bits & 1:
        raise ReadError(f"{name!r} is encrypted; save the document without a password")
    parts: list[bytes] = []
    length = 0
    try:
        with archive.open(info) as member:
            while piece := member.read(min(_CHUNK, limit + 1 - length)):
                parts.append(piece)
                length += len(piece)
                if length > limit:
                    raise ReadError(f"{name!r} is longer than it says when unpacked; {_allowed(limit)}")
    except (*NOT_ZIPPED, RuntimeError) as error:
        raise ReadError(f"{name!r} is damaged ({error}); save the document again") from error
    return b"".join(parts)


def peek(data: bytes) -> frozenset[str]:
    """The names of the members, for readers that ask whether it is theirs; none where it is broken."""
    try:
        with open_zip(data) as archive:
            return frozenset(member_names(archive))
    except ReadError:
        return frozenset()


def _allowed(limit: int) -> str:
    return f"at most {limit // 2**20} MiB are read" if limit >= 2**20 else f"at most {limit} bytes are read"
