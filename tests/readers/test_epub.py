"""EPUB books: one paper, proceedings, and books that hold none."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KGError, ReadError
from kg.readers.base import Parsed, Raw
from kg.readers.epub import READER

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
)
PROSE = (
    "Deep networks are slow on edge devices. We present a scheduler that improves throughput by 2.1x over "
    "the baseline on three benchmarks."
)
TEXTBOOK = (
    "<h1>1 Introduction</h1><p>In this chapter we present the basics. We show how networks are trained.</p>"
    "<h2>Summary</h2><p>We learned a lot in this chapter about networks and more.</p>"
)
TITLES = [
    "Fast Sorting with Vector Units",
    "Slow Sorting for Pedagogical Purposes",
    "A Data Set of Sorted Numbers",
]


def book(
    *chapters: str,
    title: str = "A Book",
    creators: tuple[str, ...] = (),
    identifier: str = "urn:uuid:1",
    extra: str = "",
) -> bytes:
    items = "".join(
        f'<item id="c{number}" href="Text/ch%20{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in reversed(range(len(chapters))))
    people = "".join(f'<dc:creator opf:role="aut">{name}</dc:creator>' for name in creators)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>{title}</dc:title>{people}'
        f"<dc:date>2021-05-04</dc:date><dc:identifier>{identifier}</dc:identifier><dc:language>en</dc:language>"
        f'<dc:creator opf:role="edt">Eddie Tor</dc:creator>{extra}</metadata><manifest>'
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f"{items}</manifest>"
        f'<spine><itemref idref="nav"/>{spine}</spine></package>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/content.opf", package)
        archive.writestr("OEBPS/nav.xhtml", "<html><body><nav>Abstract</nav></body></html>")
        for number, chapter in enumerate(reversed(chapters)):
            head = f"<html xmlns:epub='u'><head><title>{title}</title></head><body>"
            archive.writestr(f"OEBPS/Text/ch {number}.xhtml", f"{head}{chapter}</body></html>")
    return file.getvalue()


def make_raw(data: bytes) -> Raw:
    return Raw(path="x.epub", data=data, text="", encoding="", media_type="application/zip")


def read(data: bytes) -> Parsed:
    assert READER.score(make_raw(data)) > 0.9
    parsed = READER.read(make_raw(data))
    for paper in parsed.papers:
        if paper.title_start is not None:
            assert parsed.text is not None
            assert parsed.text[paper.title_start : paper.title_end] == paper.title
        if paper.abstract_start is not None:
            assert parsed.text is not None
            assert parsed.text[paper.abstract_start : paper.abstract_end] == paper.abstract
    return parsed


def chapter(title: str, number: int) -> str:
    return (
        f'<h1>{title}</h1><p class="author">Ana Ruiz, Max Born</p><p>Institute of Sorting</p><p>'
        f"<b>Abstract.</b> {PROSE} Number {number}.</p><h2>1 Introduction</h2><p>Text.</p><h2>References</h2>"
        "<p>1. Doe, J.: Some title of a cited paper. In: Proc. X (2001)</p>"
    )


def test_a_paper_as_a_book() -> None:
    parsed = read(
        book(
            '<h1>Scheduling on the Edge</h1><p class="authors">Ana Ruiz<sup>1</sup>, Li Wei<sup>2</sup></p>'
            "<p><sup>1</sup>Universidad de Chile</p><p><sup>2</sup>ETH Zurich</p>"
            f"<h2>Abstract</h2><p>{PROSE}</p><p><b>Keywords:</b> edge, scheduling</p>",
            '<h2>1 Introduction</h2><p>Edge &amp; more.<a epub:type="noteref" href="#n"><sup>3</sup></a></p>'
            '<aside epub:type="footnote" id="n">A note.</aside><h2>References</h2>'
            "<p>Vaswani A, Shazeer N. Attention is all you need. NeurIPS 2017.</p>",
            title="Scheduling on the Edge",
            identifier="https://doi.org/10.1234/ABC.5",
        )
    )
    (paper,) = parsed.papers
    assert (paper.title, paper.abstract) == ("Scheduling on the Edge", PROSE)
    assert [(author.name, author.affiliation) for author in paper.authors] == [
        ("Ana Ruiz", "Universidad de Chile"),
        ("Li Wei", "ETH Zurich"),
    ]
    assert (paper.doi, paper.date, paper.year, paper.language) == ("10.1234/abc.5", "2021-05-04", 2021, "en")
    assert paper.keywords == ("edge", "scheduling")
    assert paper.body == "1 Introduction\n\nEdge & more."
    assert len(paper.references) == 1


def test_what_the_package_says_fills_what_the_pages_lack() -> None:
    data = book(
        f"<h1>Scheduling on the Edge</h1><h2>Abstract</h2><p>{PROSE}</p><h2>1 Introduction</h2><p>x</p>",
        title="Scheduling on the Edge",
        creators=("Ruiz, Ana", "Li Wei"),
    )
    (paper,) = read(data).papers
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]


def test_an_article_of_a_journal_in_a_block_called_abstract() -> None:
    data = book(
        '<div class="JournalAbstract"><p>ORIGINAL RESEARCH article</p><p>Front. Sort., 08 July 2021</p>'
        "<h1>Scheduling on the Edge</h1><p class='authors'>Ana Ruiz<sup>1</sup>, Li Wei<sup>2</sup></p>"
        f"<p>Edited by: Edda Itor</p><h2>Abstract</h2><p>{PROSE}</p></div><h2>1 Introduction</h2><p>x</p>",
        title="Scheduling on the Edge",
        extra="<dc:source>Frontiers in Sorting</dc:source>",
    )
    (paper,) = read(data).papers
    assert (paper.abstract, paper.venue) == (PROSE, "Frontiers in Sorting")
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]


@pytest.mark.parametrize("together", [False, True])
def test_proceedings_hold_a_paper_a_chapter(together: bool) -> None:
    chapters = [chapter(title, number) for number, title in enumerate(TITLES)]
    preface = "<h1>Preface</h1><p>We welcome you. Eddie Tor, editor.</p>"
    pages = ["".join(chapters)] if together else [preface, *chapters, "<h1>Author Index</h1><p>Ruiz, Ana</p>"]
    papers = read(book(*pages, title="Proceedings of the Workshop on Sorting 2021")).papers
    assert [paper.title for paper in papers] == TITLES
    assert [[author.name for author in paper.authors] for paper in papers] == [["Ana Ruiz", "Max Born"]] * 3
    assert [paper.abstract for paper in papers] == [f"{PROSE} Number {number}." for number in range(3)]
    assert {(paper.venue, paper.year) for paper in papers} == {
        ("Proceedings of the Workshop on Sorting", 2021)
    }


@pytest.mark.parametrize(
    "chapters",
    [
        [
            f"<h1>Chapter {number}</h1><p>It was the best of times. John Smith looked at Mary.</p>" * 20
            for number in (1, 2)
        ],
        [TEXTBOOK] * 3,
    ],
)
def test_novels_and_textbooks_hold_no_paper(chapters: list[str]) -> None:
    assert read(book(*chapters, title="A Tale", creators=("Charles Dickens",))).papers == ()


def test_chapters_as_publishers_set_them() -> None:
    page = (
        '<h1 class="ChapterTitle">{0}</h1><div class="Authors"><span class="AuthorName">Ana Ruiz</span><sup>'
        '<a href="#1">1</a></sup> and <span class="AuthorName">Jörg Müller</span><sup><a href="#2">2'
        "</a></sup>"
        '</div><div><div class="AffiliationNumber">(1)</div><div>Universidad de Chile</div></div>'
        '<div><div class="AffiliationNumber">(2)</div><div>TU Wien</div></div>'
        f'<h2 class="Heading">Abstract</h2><p>{PROSE}</p><div class="Heading">Keywords</div>'
        '<span class="Keyword">Sorting</span><span class="Keyword">Vectors</span><h2>1 Introduction</h2>'
        "<p>Text.</p>"
    )
    papers = read(book(*(page.format(title) for title in TITLES))).papers
    assert [paper.title for paper in papers] == TITLES
    for paper in papers:
        assert {author.name: author.affiliation for author in paper.authors} == {
            "Ana Ruiz": "Universidad de Chile",
            "Jörg Müller": "TU Wien",
        }
        assert (paper.abstract, paper.keywords, paper.body) == (
            PROSE,
            ("Sorting", "Vectors"),
            "1 Introduction\n\nText.",
        )


def test_a_converted_article_with_a_structured_abstract() -> None:
    (paper,) = read(
        book(
            "<div>PLoS One. 2016 Mar 4;11(3):e0150000. doi: 10.1371/journal.pone.0150000</div>"
            "<h1>Sorting in Pigeons</h1><div>Ana M. Ruiz,<sup>1,*</sup> Peter de Vries,<sup>2</sup>"
            " and Wei Zhang<sup>1</sup></div>"
            "<div><sup>1</sup>Department of Biology, University of X</div><div><sup>2</sup>Institute Y</div>"
            "<div>Eddie Tor, Editor</div><h2>Abstract</h2><h3>Background</h3><p>Pigeons sort.</p>"
            "<h3>Methods</h3><p>We watched 20 pigeons.</p><h2>Introduction</h2><p>Birds are here.</p>"
        )
    ).papers
    assert [author.name for author in paper.authors] == ["Ana M. Ruiz", "Peter de Vries", "Wei Zhang"]
    assert paper.abstract == "Background: Pigeons sort.\n\nMethods: We watched 20 pigeons."
    assert (paper.doi, paper.body) == ("10.1371/journal.pone.0150000", "Introduction\n\nBirds are here.")


def test_a_broken_chapter_costs_itself() -> None:
    data = bytearray(book(chapter(TITLES[0], 0), chapter(TITLES[1], 1)))
    data[data.find(b"Slow Sorting")] = ord("X")  # its checksum is wrong now
    parsed = READER.read(make_raw(bytes(data)))
    assert [paper.title for paper in parsed.papers] == TITLES[:1]
    assert "was left out" in parsed.notes[0]


def test_containers_that_are_no_books_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("META-INF/container.xml", '<c><rootfile full-path="../../etc/passwd"/></c>')
    with pytest.raises(ReadError, match="without"):
        READER.read(make_raw(file.getvalue()))
    with pytest.raises(ReadError, match="no chapters"):
        READER.read(make_raw(book()))


def test_many_chapters_take_linear_time() -> None:
    begun = time.process_time()
    READER.read(make_raw(book(*["<p>x</p>"] * 2_000)))
    assert time.process_time() - begun < 5


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_books_raise_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(book(chapter(TITLES[0], 0)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(KGError):
        READER.read(make_raw(bytes(whole)))
