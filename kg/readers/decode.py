"""Bytes -> text: what kind of file it is, which encoding it is in, and the text, with line ends left as they
are.

The order of trust: byte order mark, UTF-8 that decodes, an encoding that the document declares (HTML meta,
XML declaration), UTF-16 without a mark, and last charset-normalizer's guess. Text that was decoded wrongly
before it was saved ("GrÃ¶ÃŸe") is mended by ftfy, line by line and only where that is certain.
"""

from __future__ import annotations

import codecs
import re

import ftfy
import ftfy.badness
from charset_normalizer import from_bytes

from kg.errors import ReadError

__all__ = ["decode", "kind_of", "mend", "refuse"]

TEXT = "text/plain"
_SNIFF = 4096
_GUESS = 256 * 1024

# (first bytes, media type, what a person calls it)
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "application/pdf", "a PDF"),
    (b"PK\x03\x04", "application/zip", "a zip archive or an office document"),
    (b"PK\x05\x06", "application/zip", "an empty zip archive"),
    (b"\x89PNG\r\n", "image/png", "a PNG picture"),
    (b"\xff\xd8\xff", "image/jpeg", "a JPEG picture"),
    (b"GIF8", "image/gif", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", "an old office document"),
    (b"BZh", "application/x-bzip2", "a bzip2 file inside a packed file"),
    (b"\xfd7zXZ\x00", "application/x-xz", "an xz file inside a packed file"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "a 7z archive"),
    (b"(\xb5/\xfd", "application/zstd", "a zstd archive"),
    (b"Rar!", "application/vnd.rar", "a rar archive"),
    (b"\x7fELF", "application/x-executable", "a program"),
    (b"MZ\x90", "application/x-executable", "a program"),
    (b"PAR1", "application/vnd.apache.parquet", "a Parquet table"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3", "an SQLite database"),
    (b"{\\rtf", "application/rtf", "an RTF document"),
    (b"%!PS", "application/postscript", "a PostScript document"),
    (b"\x00\x00\x01\x00", "image/x-icon", "an icon"),
    (b"OggS", "audio/ogg", "a sound file"),
    (b"ID3", "audio/mpeg", "a sound file"),
    (b"RIFF", "application/x-riff", "a media file"),
    (b"\x1f\x8b", "application/gzip", "a gzip file inside a packed file"),
)
_PDF_WITHIN = (
    1024  # readers of PDF look for the header in the first kilobyte, since mails put lines before it
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
# the lead bytes of UTF-8 sequences, read as Latin-1 or cp1252 and followed by what was a continuation byte
_SUSPICIOUS = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_LONGEST_MENDED = 100_000
_LIKE_WESTERN = {
    "cp1250",
    "cp1254",
    "cp1257",
    "cp1258",
    "iso8859_2",
    "latin_1",
    "iso8859_15",
    "mac_roman",
    "cp437",
    "cp850",
}
_CENTRAL_EUROPEAN = {
    "Czech",
    "Polish",
    "Hungarian",
    "Slovak",
    "Slovene",
    "Croatian",
    "Romanian",
    "Turkish",
    "Lithuanian",
}
_SIGN_IN_WORD = re.compile(r"[^\W\d_][\u00a1-\u00bf×÷][^\W\d_]")
_FEW_LETTERS = 8
_STRAY = "kg_stray_bytes"
# Python knows them as codecs; in a document they are a way to hide something.
_NO_ENCODING = {
    "utf-7",
    "unicode_escape",
    "unicode-escape",
    "raw_unicode_escape",
    "raw-unicode-escape",
    "idna",
    "punycode",
}
_CONTROL = bytes(sorted(set(range(32)) - {9, 10, 12, 13, 27} | {127}))


def kind_of(data: bytes) -> str:
    """The media type of the bytes by their first ones; text/plain for everything that no magic tells."""
    for mark, _ in _BOMS:
        if data.startswith(mark):
            return TEXT
    for magic, media_type, _ in _MAGIC:
        if data.startswith(magic):
            return media_type
    return "application/pdf" if b"%PDF-1." in data[:_PDF_WITHIN] and b"\x00" in data[:_SNIFF] else TEXT


def refuse(media_type: str) -> ReadError:
    """The error for a kind of bytes that nobody reads."""
    kind = next((kind for _, other, kind in _MAGIC if other == media_type), media_type)
    return ReadError(f"{kind}, a kind of file that is not read; save it as text, HTML or PDF")


def decode(data: bytes) -> tuple[str, str, str]:
    """The text of a document, the name of its encoding, and what had to be put up with ("" where nothing).

    Binary or undecodable bytes are a ReadError.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _leniently(data, encoding)
    wide = _wide_without_mark(data)
    if wide:
        return _leniently(data, wide)
    _refuse_binary(data)
    try:
        return data.decode("utf-8"), "utf-8", ""
    except UnicodeDecodeError:
        pass
    declared = _declared_wide(data)
    if declared:
        return *declared, ""
    return _mostly_utf8(data) or (*_decode_legacy(data), "")


def _declared_wide(data: bytes) -> tuple[str, str] | None:
    """The text in the East Asian encoding that it declares: some of their letters are valid UTF-8 by chance,
    and few other bytes are valid in them."""
    declared = _DECLARED.search(data[:_SNIFF])
    name = (declared.group(1) or declared.group(2)).decode("ascii").lower() if declared else ""
    if not name.startswith(("gb", "big5", "euc-", "shift", "sjis", "x-sjis", "ks_c")):
        return None
    try:
        encoding = codecs.lookup("gb18030" if name.startswith("gb") else name).name
        return data.decode(encoding), encoding
    except (LookupError, UnicodeDecodeError):
        return None


def _leniently(data: bytes, encoding: str) -> tuple[str, str, str]:
    """The text in the encoding that the bytes announce; a character cut off at the end is dropped."""
    decoder = codecs.getincrementaldecoder(encoding)()
    name = encoding.removesuffix("-sig")
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError as error:
        raise ReadError(f"not valid {name}, though it says so ({error}); save it again as UTF-8") from error
    cut = bool(decoder.getstate()[0])
    return text, name, "the last character is cut off" if cut else ""


def _mostly_utf8(data: bytes) -> tuple[str, str, str] | None:
    """UTF-8 with some stray bytes, as files have that were put together of others: those are read as cp1252.

    None where what is not ASCII is mostly no UTF-8.
    """
    strays = 0

    def read_stray(error: UnicodeError) -> tuple[str, int]:
        nonlocal strays
        if not isinstance(error, UnicodeDecodeError):
            raise error
        read = error.object[error.start : error.end].decode("cp1252", "replace")
        strays += len(read)
        return read, error.end

    codecs.register_error(_STRAY, read_stray)
    text = data.decode("utf-8", _STRAY)
    valid = sum(1 for char in text if char > "\x7f") - strays
    if 4 * valid < strays:
        return None
    return text, "utf-8", f"{strays} bytes are no UTF-8 and were read as Western European letters"


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
            if encoding not in _NO_ENCODING:
                return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    best = from_bytes(data[:_GUESS]).best()
    guess = best.encoding if best else ""
    western = data[:_GUESS].decode("cp1252", "replace")
    if best and best.language not in _CENTRAL_EUROPEAN and not _SIGN_IN_WORD.search(western):
        few = sum(byte > 0x7F for byte in data[:_GUESS]) < _FEW_LETTERS
        guess = "cp1252" if few or guess in _LIKE_WESTERN else guess  # they differ in few; this is the usual
    for encoding in (guess, "cp1252"):
        try:
            return data.decode(encoding), codecs.lookup(encoding).name
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", "replace"), "cp1252"


def mend(text: str) -> tuple[str, int]:
    """The text with mojibake undone, and how many lines were mended.

    A line is touched only where ftfy finds it wrong and finds one consistent way back (Speer, "ftfy", 2019).
    """
    if not _SUSPICIOUS.search(text):
        return text, 0
    lines = text.split("\n")
    mended = 0
    for number, line in enumerate(lines):
        if _SUSPICIOUS.search(line) and len(line) <= _LONGEST_MENDED and ftfy.badness.is_bad(line):
            better = ftfy.fix_encoding(line)
            if better != line:
                lines[number] = better
                mended += 1
    return ("\n".join(lines), mended) if mended else (text, 0)
