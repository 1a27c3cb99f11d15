"""A tiny writer of PDFs, so that every layout is made where it is tested."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

import pytest

from kg.readers.base import Parsed, Raw
from kg.readers.pdf import READER

Item = tuple[float, float, float, str]  # x, y, font size (negative: bold), text

FONTS = ("Times-Roman", "Times-Bold")


def write_pdf(
    pages: Sequence[Sequence[Item]],
    *,
    title: str = "",
    size: tuple[int, int] = (612, 792),
    extra: str = "",
    trailer: str = "",
) -> bytes:
    """A PDF with text in Times at the given places; ``extra`` is put before the text of every page."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        for name in FONTS
    ]
    kids = []
    for page in pages:
        content = (extra + "\n" + "\n".join(_show(*item) for item in page)).encode("cp1252", "replace")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents "
                f"{len(objects)} 0 R "
                "/Resources << /Font << /F0 3 0 R /F1 4 0 R >> >> >>"
            ).encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    info = ""
    if title:
        objects.append(f"<< /Title ({title}) >>".encode())
        info = f"/Info {len(objects)} 0 R"
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {info} {trailer} >>\n".encode()
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def _show(x: float, y: float, size: float, text: str) -> str:
    safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F{int(size < 0)} {abs(size)} Tf {x} {y} Td ({safe}) Tj ET"


def lines(x: float, y: float, size: float, text: str, width: int = 90, pitch: float = 12.0) -> list[Item]:
    """Text wrapped at ``width`` characters, a line under the other."""
    wrapped = textwrap.wrap(text, width, break_on_hyphens=False)
    return [(x, y - pitch * number, size, line) for number, line in enumerate(wrapped)]


def read_pdf(data: bytes) -> Parsed:
    return READER.read(Raw(path="paper.pdf", data=data, text="", encoding="", media_type="application/pdf"))


@pytest.fixture(name="write_pdf")
def _write_pdf() -> Callable[..., bytes]:
    return write_pdf


@pytest.fixture(name="lines")
def _lines() -> Callable[..., list[Item]]:
    return lines


@pytest.fixture(name="read_pdf")
def _read_pdf() -> Callable[[bytes], Parsed]:
    return read_pdf
