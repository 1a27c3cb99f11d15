"""Archives are read inside, within limits, and nothing in one leads out of it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kg.readers import Source, loading, read_each
from kg.readers.loading import Loaded, load


def zipped(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[[bytes], list[Loaded]]:
    def run(data: bytes) -> list[Loaded]:
        path = tmp_path / "a"
        path.write_bytes(data)
        return list(load(Source(path="a", file=path)))

    return run


Load = Callable[[bytes], list[Loaded]]
MEMBERS = {"x/one.txt": b"one", "two.bib": b"two"}


@pytest.mark.parametrize(
    "data",
    [
        zipped(MEMBERS),
        tarred(MEMBERS),
        tarred(MEMBERS, "w"),
        tarred(MEMBERS, "w:bz2"),
        tarred(MEMBERS, "w:xz"),
    ],
    ids=["zip", "tar.gz", "tar", "tar.bz2", "tar.xz"],
)
def test_members_of_an_archive(loaded: Load, data: bytes) -> None:
    assert [(each.path, each.data, each.error) for each in loaded(data)] == [
        ("a!/x/one.txt", b"one", None),
        ("a!/two.bib", b"two", None),
    ]


def test_an_archive_in_an_archive_and_where_that_ends(loaded: Load) -> None:
    data = zipped({"paper.txt": b"text"})
    for depth in range(2):
        data = zipped({f"inner{depth}.zip": data})
    (each,) = loaded(data)
    assert (each.path, each.data) == ("a!/inner1.zip!/inner0.zip!/paper.txt", b"text")
    (each,) = loaded(zipped({"outer.zip": data}))
    assert each.error is not None
    assert "archives deep" in each.error


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\\..\\..\\b", "C:/x"])
def test_a_name_that_leads_out_is_refused_and_its_neighbours_are_read(loaded: Load, name: str) -> None:
    for data in (zipped({name: b"evil", "good.txt": b"good"}), tarred({name: b"evil", "good.txt": b"good"})):
        bad, good = loaded(data)
        assert bad.error is not None
        assert "leads out" in bad.error
        assert bad.data == b""
        assert good.data == b"good"


def test_hidden_files_and_links_are_passed_over(loaded: Load) -> None:
    assert [each.path for each in loaded(zipped({"__MACOSX/._a": b"x", ".git/b": b"y", "c.txt": b"z"}))] == [
        "a!/c.txt"
    ]
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (each,) = loaded(file.getvalue())
    assert each.error == "an archive without a file inside"


def test_an_office_document_is_no_archive(loaded: Load) -> None:
    (each,) = loaded(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    assert each.path == "a"
    assert each.error is None


def test_bombs_are_stopped(loaded: Load) -> None:
    zeros = bytes(40 * 2**20)
    (each,) = loaded(zipped({"zeros.txt": zeros}))
    assert each.error is not None
    assert "bomb" in each.error
    (each,) = loaded(tarred({"zeros.txt": zeros}))
    assert each.error is not None
    assert "times its size" in each.error


def test_too_many_members(loaded: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_MEMBERS", 3)
    *members, last = loaded(zipped({f"{number}.txt": b"x" for number in range(5)}))
    assert len(members) == 3
    assert last.path == "a"
    assert "more than 3 files" in (last.error or "")


def test_a_large_member_and_a_large_file(loaded: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_BYTES", 1000)
    large, small = loaded(zipped({"large.txt": b"x" * 1001, "small.txt": b"y"}))
    assert "larger than" in (large.error or "")
    assert small.data == b"y"
    (each,) = loaded(b"x" * 1001)
    assert "larger than" in (each.error or "")
    assert each.data == b""


@pytest.mark.parametrize("keep", [40, 80, 110])
def test_a_damaged_archive_says_so(tmp_path: Path, keep: int) -> None:
    for data in (zipped(MEMBERS), tarred(MEMBERS), tarred(MEMBERS, "w:xz")):
        path = tmp_path / "a"
        path.write_bytes(data[:keep])
        *_, last = read_each(Source(path="a", file=path))
        assert last.document.status == "failed"
        assert re.search("damaged|cannot be unpacked", last.document.error or "")


def test_a_damaged_member_costs_itself(loaded: Load) -> None:
    data = bytearray(zipped({"a.txt": b"abcdefgh" * 20, "b.txt": b"fine"}))
    start = data.index(b"a.txt") + 5
    data[start : start + 6] = b"\xff" * 6
    bad, good = loaded(bytes(data))
    assert "damaged" in (bad.error or "")
    assert good.data == b"fine"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gz", "bz2", "xz"])
def test_packed_files_are_unpacked(pack: Callable[[bytes], bytes]) -> None:
    assert loading.unpack(pack(b"text")) == b"text"
    with pytest.raises(loading.ReadError, match=r"cannot be unpacked"):
        loading.unpack(pack(b"text" * 1000)[:-12])
    with pytest.raises(loading.ReadError, match=r"bomb|MiB"):
        loading.unpack(pack(bytes(2**25)))


def test_a_device_that_never_ends_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_BYTES", 10_000)
    (each,) = load(Source(path="/dev/zero", file=Path("/dev/zero")))
    assert "larger than" in (each.error or "")
