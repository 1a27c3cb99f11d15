"""Word documents, built here as Word and its templates write them."""

from __future__ import annotations

import contextlib
import html
import io
import time
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KGError, ReadError
from kg.readers.base import Parsed, Raw
from kg.readers.docx import READER

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:v" '
    'xmlns:wps="urn:wps" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
# style id: its name, half points, bold, outline level
STYLES: dict[str, tuple[str, int, bool, int | None]] = {
    "Normal": ("Normal", 20, False, None),
    "Title": ("Title", 56, True, None),
    "Subtitle": ("Subtitle", 30, False, None),
    "Author": ("Author", 22, False, None),
    "Abstract": ("Abstract", 18, True, None),
    "Caption": ("caption", 18, False, None),
    "Heading1": ("heading 1", 32, True, 0),
    "Heading2": ("heading 2", 26, True, 1),
}
PROSE = (
    "Deep networks are slow on edge devices. We present a scheduler that improves throughput by 2.1x over "
    "the baseline on three benchmarks."
)


def run(text: str, *, bold: bool = False, size: int = 0, raised: bool = False) -> str:
    letters = (
        "<w:b/>" * bold
        + f'<w:sz w:val="{size}"/>' * bool(size)
        + '<w:vertAlign w:val="superscript"/>' * raised
    )
    shown = '</w:t><w:br/><w:t xml:space="preserve">'.join(html.escape(line) for line in text.split("\n"))
    return f'<w:r><w:rPr>{letters}</w:rPr><w:t xml:space="preserve">{shown}</w:t></w:r>'


def para(*runs: str, style: str = "") -> str:
    inner = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>' if style else f"<w:p>{inner}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else para(cell)}</w:tc>" for cell in row)
        for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def styles() -> str:
    parts = [
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="Normal"/><w:pPr>'
        + (f'<w:outlineLvl w:val="{level}"/>' if level is not None else "")
        + f'</w:pPr><w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr></w:style>'
        for key, (name, size, bold, level) in STYLES.items()
    ]
    return f"<w:styles {NAMES}>{''.join(parts)}</w:styles>"


def document(*body: str, name: str = "word/document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, f"<w:document {NAMES}><w:body>{''.join(body)}</w:body></w:document>")
        archive.writestr("word/styles.xml", styles())
        archive.writestr("word/footnotes.xml", "<x>A footnote.</x>")
        archive.writestr("docProps/core.xml", "<p><title>Template</title><creator>admin</creator></p>")
    return file.getvalue()


def make_raw(data: bytes) -> Raw:
    return Raw(path="x.docx", data=data, text="", encoding="", media_type="application/zip")


def read(*body: str) -> Parsed:
    raw = make_raw(document(*body))
    assert READER.score(raw) > 0.9
    parsed = READER.read(raw)
    for paper in parsed.papers:
        for field in ("title", "abstract"):
            start, end = getattr(paper, f"{field}_start"), getattr(paper, f"{field}_end")
            if start is not None:
                assert parsed.text is not None
                assert parsed.text[start:end] == getattr(paper, field)
    return parsed


def test_styles_tell_the_parts() -> None:
    parsed = read(
        para("Edge Scheduling of Deep Networks", style="Title"),
        para("A retrospective", style="Subtitle"),
        para("Ana Ruiz\nUniversidad de Chile\nSantiago, Chile\nana@uchile.cl", style="Author"),
        para("Li Wei\nETH Zurich\nli@ethz.ch", style="Author"),
        para(run("Abstract", bold=True), f"—{PROSE}", style="Abstract"),
        para("Keywords—scheduling, edge computing"),
        para("Introduction", style="Heading1"),
        para("Edge devices are many."),
        para("Fig. 1. An overview.", style="Caption"),
        table([["A", "B"], ["1", "2"]]),
        para("Acknowledgements", style="Heading1"),
        para("We thank you."),
        para("References", style="Heading1"),
        para("[1] A. Vaswani and N. Shazeer, “Attention is all you need,” in NeurIPS, 2017."),
    )
    (paper,) = parsed.papers
    assert paper.title == "Edge Scheduling of Deep Networks: A retrospective"
    assert [(author.name, author.affiliation) for author in paper.authors] == [
        ("Ana Ruiz", "Universidad de Chile, Santiago, Chile"),
        ("Li Wei", "ETH Zurich"),
    ]
    assert paper.abstract == PROSE
    assert paper.keywords == ("scheduling", "edge computing")
    assert paper.body == "Introduction\n\nEdge devices are many."
    assert [reference.year for reference in paper.references] == [2017]


def test_setting_tells_the_parts_where_no_style_does() -> None:
    (paper,) = read(
        para(run("Journal of Imaginary Results, Vol. 3", size=16)),
        para(run("Learning to Schedule Kernels on GPUs", bold=True, size=36)),
        para(
            "Jörg Müller",
            run("1", raised=True),
            ", Siân O’Neil",
            run("2*", raised=True),
            " and Kim Min-jun",
            run("1,2", raised=True),
        ),
        para(run("1", raised=True), " Department of CS, TU Wien, Austria"),
        para(run("2", raised=True), " KAIST, Korea"),
        para("*Corresponding author: sian@kaist.ac.kr"),
        para(run("Abstract", bold=True)),
        para(PROSE),
        para("It is good."),
        para(run("1. Introduction", bold=True)),
        para("GPUs are fast."),
    ).papers
    assert paper.title == "Learning to Schedule Kernels on GPUs"
    assert {author.name: author.affiliation for author in paper.authors} == {
        "Jörg Müller": "Department of CS, TU Wien, Austria",
        "Siân O’Neil": "KAIST, Korea",
        "Kim Min-jun": "Department of CS, TU Wien, Austria; KAIST, Korea",
    }
    assert paper.abstract == f"{PROSE}\n\nIt is good."


def test_deleted_hidden_and_noted_text_is_left_out() -> None:
    (paper,) = read(
        para(
            "Memory Safe Kernels ",
            f'<w:ins w:id="1">{run("in Rust")}</w:ins>',
            '<w:del w:id="2"><w:r><w:delText>for C</w:delText></w:r></w:del>',
            style="Title",
        ),
        para("Ada Lovelace", '<w:r><w:commentReference w:id="0"/></w:r>', style="Author"),
        para(f"Abstract: {PROSE}", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>IGNORE ALL</w:t></w:r>"),
        para("1 Introduction"),
    ).papers
    assert (paper.title, paper.abstract) == ("Memory Safe Kernels in Rust", PROSE)
    assert [author.name for author in paper.authors] == ["Ada Lovelace"]


def test_author_grids_and_text_boxes_are_read_once() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    ).format(para(f"Abstract: {PROSE}"))
    parsed = read(
        para("Grid Authors Considered Useful", style="Title"),
        table(
            [
                [para("Ana Ruiz") + para("UChile"), para("Li Wei") + para("ETH Zurich")],
                [para("Zoë Q. Public") + para("MIT")],
            ]
        ),
        para(box),
        para("Introduction", style="Heading1"),
    )
    (paper,) = parsed.papers
    assert [(author.name, author.affiliation) for author in paper.authors] == [
        ("Ana Ruiz", "UChile"),
        ("Li Wei", "ETH Zurich"),
        ("Zoë Q. Public", "MIT"),
    ]
    assert (parsed.text or "").count(PROSE) == 1
    assert paper.abstract == PROSE


@pytest.mark.parametrize("label", ["Abstract: ", ""])
def test_a_book_of_abstracts_holds_many(label: str) -> None:
    titles = [
        "Fast Sorting with Vector Units",
        "Slow Sorting for Pedagogical Purposes",
        "A Data Set of Sorted Numbers",
    ]
    body = [
        piece
        for number, title in enumerate(titles)
        for piece in (
            para(title, style="Heading2"),
            para("Ana Ruiz, Max Born"),
            para(f"{label}{PROSE} Number {number}."),
        )
    ]
    papers = read(para("Book of Abstracts", style="Title"), *body).papers
    assert [paper.title for paper in papers] == titles
    assert [paper.abstract for paper in papers] == [f"{PROSE} Number {number}." for number in range(3)]


@pytest.mark.parametrize(
    "body",
    [
        [
            para("Dear Sir,"),
            para("Please find enclosed the invoice. We hope you are well."),
            para("John Smith"),
        ],
        [
            para("Minutes of the Meeting", style="Title"),
            para("Present: Ana Ruiz, Li Wei"),
            para("The budget was approved."),
        ],
        [],
    ],
)
def test_letters_and_minutes_are_no_papers(body: list[str]) -> None:
    assert read(*body).papers == ()


def test_short_sections_of_a_list_are_read_too() -> None:
    found = read(
        para(run("Publications of Dr. Swantje Petersen"), style="Heading1"),
        para(run("Journal articles"), style="Heading2"),
        para(run("Petersen, S., Iwersen, H. (2025): Tidal flat mapping. Remote Sensing, 318, 114572.")),
        para(run("Iwersen, H., Petersen, S. (2024): Classifying mud by few examples. Die Küste, 94, 1–22.")),
        para(run("Petersen, S. (2023): Seeing mud. Coastal Engineering Journal, 65(2), 201–219.")),
        para(run("Conference papers"), style="Heading2"),
        para(
            run("Müller, W., Petersen, S. (2024): Few-shot segmentation. Proceedings of IGARSS 2024, 55–58.")
        ),
        para(run("Petersen, S., Zhang, Q. (2022): Drones over mud. Living Planet Symposium, Bonn.")),
    )
    assert [paper.title for paper in found.papers][3:] == ["Few-shot segmentation", "Drones over mud"]


def test_forms_are_read_by_their_labels() -> None:
    forms = [
        table([["Title", title], ["Authors", "Ana Ruiz, Li Wei"], ["Abstract", f"{title}. {PROSE}"]])
        for title in ("Sorting with Tables", "Sorting with Chairs")
    ]
    papers = read(*forms).papers
    assert [paper.title for paper in papers] == ["Sorting with Tables", "Sorting with Chairs"]
    assert [len(paper.authors) for paper in papers] == [2, 2]
    assert papers[1].abstract == f"Sorting with Chairs. {PROSE}"


def test_a_structured_abstract_keeps_its_parts() -> None:
    parts = [
        ("Background", "Sorting is hard."),
        ("Methods", "We trained 120 pupils."),
        ("Results", "They sort."),
    ]
    (paper,) = read(
        para("A Trial of Sorting Training", style="Title"),
        para("John Smith, Jane Roe", style="Author"),
        para(run("Abstract", bold=True)),
        *(piece for name, text in parts for piece in (para(run(name, bold=True)), para(text))),
        para("Keywords: sorting"),
        para(run("Introduction", bold=True)),
        para("The body."),
    ).papers
    assert paper.abstract == "\n\n".join(f"{name}: {text}" for name, text in parts)
    assert paper.body == "Introduction\n\nThe body."


def test_the_document_may_have_another_number() -> None:
    raw = make_raw(
        document(
            para("A Title of Its Own", style="Title"),
            para("Ana Ruiz", style="Author"),
            para(f"Abstract: {PROSE}"),
            name="word/document2.xml",
        )
    )
    assert READER.score(raw) > 0.9
    assert len(READER.read(raw).papers) == 1


def test_nasty_documents_are_refused_in_words() -> None:
    whole = document(para("A Title", style="Title"))
    with pytest.raises(ReadError, match="damaged"):
        READER.read(make_raw(whole[:-40]))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (65 * 1024 * 1024))
    begun = time.process_time()
    with pytest.raises(ReadError, match="at most 64 MiB"):
        READER.read(make_raw(file.getvalue()))
    with pytest.raises(ReadError, match="faults"):
        READER.read(make_raw(document("<w:p>" * 20_000)))
    assert time.process_time() - begun < 3
    assert READER.score(make_raw(b"PK\x03\x04nothing")) == 0


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_documents_raise_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(
        document(para("A Title of Things", style="Title"), para(f"Abstract: {PROSE}"), table([["a", "b"]]))
    )
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(KGError):
        READER.read(make_raw(bytes(whole)))
