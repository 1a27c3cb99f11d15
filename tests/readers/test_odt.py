"""OpenDocument texts, built here as LibreOffice writes them."""

from __future__ import annotations

import contextlib
import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KGError
from kg.readers.base import Parsed, Raw
from kg.readers.odt import READER

NAMES = (
    'xmlns:office="urn:office" xmlns:text="urn:text" xmlns:style="urn:style" xmlns:fo="urn:fo" '
    'xmlns:table="urn:table" xmlns:draw="urn:draw"'
)
AUTOMATIC = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    'style:text-position="super 58%"/></style:style><style:style style:name="T2" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
)
COMMON = (
    '<style:style style:name="Title" style:family="paragraph"><style:text-properties fo:font-size="28pt" '
    'fo:font-weight="bold"/></style:style><style:style style:name="Text_20_body" style:family="paragraph"/>'
)
PROSE = "Deep networks are slow on edge devices. We present a scheduler that improves throughput by 2.1x."


def document(body: str, *, kind: str = "application/vnd.oasis.opendocument.text") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr("styles.xml", f"<office:styles {NAMES}>{COMMON}</office:styles>")
    return file.getvalue()


def make_raw(data: bytes) -> Raw:
    return Raw(path="x.odt", data=data, text="", encoding="", media_type="application/zip")


def read(body: str) -> Parsed:
    raw = make_raw(document(body))
    assert READER.score(raw) > 0.9
    return READER.read(raw)


BODY = f"""<text:tracked-changes><text:p>Deleted</text:p></text:tracked-changes>
<text:p text:style-name="P1">Edge<text:s/>Scheduling of Deep Networks</text:p>
<text:p>Ana Ruiz<text:span text:style-name="T1">1</text:span>, Jörg Müller<text:span
text:style-name="T1">2</text:span></text:p>
<text:p><text:span text:style-name="T1">1</text:span>Universidad de Chile<text:line-break/><text:span
text:style-name="T1">2</text:span>TU Wien</text:p>
<text:p><text:span text:style-name="T2">Abstract</text:span></text:p><text:p>{PROSE}</text:p>
<text:h text:outline-level="1">1 Introduction</text:h>
<text:p>Edge<text:note><text:p>A note</text:p></text:note> devices.</text:p>
<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>
</table:table>
<text:h text:outline-level="1">References</text:h>
<text:p>Vaswani, A. (2017). Attention is all you need. NeurIPS.</text:p>"""


def test_styles_and_spans_tell_the_parts() -> None:
    parsed = read(BODY)
    (paper,) = parsed.papers
    assert (paper.title, paper.abstract) == ("Edge Scheduling of Deep Networks", PROSE)
    assert [(author.name, author.affiliation) for author in paper.authors] == [
        ("Ana Ruiz", "Universidad de Chile"),
        ("Jörg Müller", "TU Wien"),
    ]
    assert paper.body == "1 Introduction\n\nEdge devices."
    assert len(paper.references) == 1
    assert parsed.text is not None
    assert parsed.text[paper.abstract_start : paper.abstract_end] == PROSE


def test_letters_hold_no_paper_and_sheets_are_not_taken() -> None:
    assert read("<text:p>Dear Sir,</text:p><text:p>Please pay. John Smith</text:p>").papers == ()
    assert READER.score(make_raw(document("", kind="application/vnd.oasis.opendocument.spreadsheet"))) == 0
    assert READER.score(make_raw(b"PK\x03\x04")) == 0


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_documents_raise_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(document(BODY))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(KGError):
        READER.read(make_raw(bytes(whole)))
