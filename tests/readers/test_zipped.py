"""Members of zip containers within limits."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from kg.errors import ReadError
from kg.readers.zipped import member_names, open_zip, peek, read_member


def packed(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_members_are_read_by_name() -> None:
    with open_zip(packed({"a/": b"", "a/b.xml": b"<b/>", "../c": b"c"})) as archive:
        assert member_names(archive) == ["a/b.xml", "../c"]
        assert read_member(archive, "a/b.xml") == b"<b/>"
        with pytest.raises(ReadError, match=r"without 'x\.xml'"):
            read_member(archive, "x.xml")


def test_what_is_too_long_is_refused_by_what_it_says() -> None:
    with open_zip(packed({"a": b"0" * 1000})) as archive:
        assert len(read_member(archive, "a", 1000)) == 1000
        with pytest.raises(ReadError, match="at most 999 bytes"):
            read_member(archive, "a", 999)


def test_a_header_that_lies_about_the_size_does_not_help() -> None:
    data = bytearray(packed({"a": b"0" * 5_000_000}))
    place = data.rfind(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 10)
    with open_zip(bytes(data)) as archive, pytest.raises(ReadError):
        read_member(archive, "a", 1000)


def test_encrypted_members_are_named() -> None:
    data = bytearray(packed({"a": b"secret"}))
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    with open_zip(bytes(data)) as archive, pytest.raises(ReadError, match="encrypted"):
        read_member(archive, "a")


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"nothing", packed({"a": b"a"})[:-10]],
    ids=["empty", "beginning", "text", "cut"],  # a packed one holds the time
)
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert peek(data) == frozenset()
    with pytest.raises(ReadError, match="damaged or cut off"), open_zip(data):
        pass
