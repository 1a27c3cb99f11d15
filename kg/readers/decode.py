"""Bytes -> text: what kind of file it is, which encoding it is in, and the text, with line ends left as they
are.

The order of trust: byte order mark, UTF-8 that decodes, an encoding that the document declares (HTML meta,
XML declaration), UTF-16 without a mark, and last charset-normalizer's guess.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib

from charset_normalizer import from_bytes

from kg.errors import ReadError

__all__ = ["MAX_BYTES", "decode", "unpack"]

MAX_BYTES = 512 * 1024 * 1024
_SNIFF = 4096
_GUESS = 256 * 1024

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"(\xb5/\xfd", "a zstd archive"),
    (b"Rar!", "a rar archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"RIFF", "a media file"),
    (b"\x1f\x8b", "a gzip file inside a gzip file"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_CONTROL = bytes(sorted(set(range(32)) - {9, 10, 12, 13, 27} | {127}))


def unpack(data: bytes) -> bytes:
    """The content of a gzip file, and any other bytes as they are. A broken or too large one is a
    ReadError."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"a gzip file that cannot be unpacked ({error}); copy it again") from error
    if len(content) > MAX_BYTES:
        raise ReadError(f"more than {MAX_BYTES // 2**20} MiB when unpacked; split the file")
    return content


def decode(data: bytes) -> tuple[str, str]:
    """The text of a document and the name of its encoding. Binary or undecodable bytes are a ReadError."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding), encoding.removesuffix("-sig")
    _refuse_magic(data)
    wide = _wide_without_mark(data)
    if wide:
        return _strictly(data, wide), wide
    _refuse_binary(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    return _decode_legacy(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise ReadError(
            f"not valid {encoding}, though it says so ({error}); save it again as UTF-8"
        ) from error


def _refuse_magic(data: bytes) -> None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"{kind}, a kind of file that is not read yet; save it as text or HTML")


def _refuse_binary(data: bytes) -> None:
    head = data[: 16 * _SNIFF]
    controls = len(head) - len(head.translate(None, _CONTROL))
    if b"\x00" in head or controls * 50 > len(head):
        raise ReadError("binary, not text; save it as text or HTML")


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 by its zero bytes: Western text has one in nearly every character, always on the same side."""
    head = data[:_SNIFF]
    if len(head) < 8 or len(data) % 2 or head.count(0) * 4 < len(head):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd else None


def _decode_legacy(data: bytes) -> tuple[str, str]:
    declared = _DECLARED.search(data[:_SNIFF])
    if declared:
        name = (declared.group(1) or declared.group(2)).decode("ascii")
        try:
            encoding = codecs.lookup("cp1252" if name.lower() in {"iso-8859-1", "latin1"} else name).name
            return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    best = from_bytes(data[:_GUESS]).best()
    for encoding in (best.encoding if best else "", "cp1252"):
        try:
            return data.decode(encoding), codecs.lookup(encoding).name
        except (LookupError, UnicodeDecodeError):
            continue
    raise ReadError("in an encoding that cannot be told; save it again as UTF-8")
