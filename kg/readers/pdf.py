"""PDF with a text layer: title, authors, abstract, keywords, venue, sections and references of a paper.

The document's text is made here: lines in reading order, hyphens at line ends joined, paragraphs parted by
empty lines. PDFium (pypdfium2) reads the file; nothing in it is executed, no form, script or attachment is
opened. What has no text layer is refused: reading pictures is the work of an OCR program.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.pdf_body import Text, full_text
from kg.readers.pdf_cues import abstract_label, is_banner
from kg.readers.pdf_front import find_front
from kg.readers.pdf_pages import Page, Pages, read_pages
from kg.readers.pdf_venue import find_issue, own_entry
from kg.text import collapse
from kg.types import Authorship, Paper

__all__ = ["READER"]

_HEAD = 1024
_MAX_PAPERS = 500
_FEWEST_LETTERS = 25
_KEYWORD = re.compile(r"\s*(?:[;；•·|、，]|,(?!\d)|\s[–—-]\s|—)\s*")


def score(raw: Raw) -> float:
    """Whether the bytes say that they are a PDF."""
    return 0.97 if b"%PDF-" in raw.data[:_HEAD] else 0.0


def read(raw: Raw) -> Parsed:
    """The paper in a PDF, and its text. Raises ReadError where it is locked, damaged or has no text."""
    document = _open(raw.data)
    try:
        given = _given_title(document)
        pages = read_pages(document)
    finally:
        document.close()
    _refuse_without_text(pages)
    notes = list(pages.notes)
    size = _text_size(pages)
    found: list[Paper] = []
    parts: list[str] = []
    for first, last in _parts(pages, size):
        sheets = pages.pages[first:last]
        text = full_text(find_front(sheets, size, given if not first else None), size)
        paper = _paper(sheets, text)
        if paper is not None:
            found.append(_moved(paper, sum(len(part) + 2 for part in parts)))
        parts.append(text.text)
    if not found:
        notes.append("no paper was recognised in it: neither an abstract nor a title with authors")
    return Parsed(
        papers=tuple(found), notes=tuple(notes), media_type="application/pdf", text="\n\n".join(parts)
    )


def _parts(pages: Pages, size: float) -> list[tuple[int, int]]:
    """The pages of each paper of a document, as (first, last + 1): one part, but for proceedings, in which
    several pages begin with a title, names and an abstract."""
    starts = [
        number
        for number, page in enumerate(pages.pages)
        if any(abstract_label(line.piece.text) is not None for line in page.lines) and _begins(page, size)
    ]
    if len(starts) < 2 or len(starts) > _MAX_PAPERS:
        return [(0, len(pages.pages))]
    edges = [*([0] if starts[0] else []), *starts, len(pages.pages)]
    return list(pairwise(edges))


def _begins(page: Page, size: float) -> bool:
    """Whether a page begins a paper by itself."""
    front = find_front([page], size, None)
    if not (front.title and front.authors and front.abstract):
        return False
    title = front.lines[front.title[0]].piece
    return title.size > 1.2 * size and title.y > 0.6 * page.height


def _moved(paper: Paper, by: int) -> Paper:
    """The paper with its offsets moved behind what stands before it in the text."""

    def move(offset: int | None) -> int | None:
        return None if offset is None else offset + by

    return replace(
        paper,
        references=tuple(
            replace(entry, start=move(entry.start), end=move(entry.end)) for entry in paper.references
        ),
        title_start=move(paper.title_start),
        title_end=move(paper.title_end),
        abstract_start=move(paper.abstract_start),
        abstract_end=move(paper.abstract_end),
    )


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) in {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}
        if locked and b"/Encrypt" in data:  # PDFium may still hold the error of another document
            raise ReadError("a PDF locked with a password; save a copy without one") from error
        raise ReadError("a damaged PDF that cannot be opened; download or copy it again") from error
    if count == 0:
        document.close()
        raise ReadError("a PDF without pages; download or copy it again")
    return document


def _given_title(document: pdfium.PdfDocument) -> str | None:
    try:
        title = document.get_metadata_value("Title")
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return None
    return collapse(title.replace("\x00", "")) or None


def _refuse_without_text(pages: Pages) -> None:
    letters = pages.characters
    if letters < _FEWEST_LETTERS and all(note.startswith("page") for note in pages.notes) and pages.notes:
        raise ReadError(f"a damaged PDF ({pages.notes[0]}); download or copy it again")
    if letters < _FEWEST_LETTERS * min(pages.total, 3):
        raise ReadError(
            "a PDF of scanned pictures without a text layer; run an OCR program such as ocrmypdf on it first"
        )
    if pages.unknown * 3 > letters:
        raise ReadError(
            "a PDF whose fonts do not say which letters they show; run an OCR program such as ocrmypdf on it "
            "(ocrmypdf --force-ocr)"
        )


def _text_size(pages: Pages) -> float:
    """The font size of most characters."""
    sizes: Counter[float] = Counter()
    for page in pages.pages[:60]:
        for line in page.lines:
            sizes[round(line.piece.size, 1)] += len(line.piece.text)
    return max(sizes.items(), key=lambda item: (item[1], item[0]))[0] if sizes else 10.0


def _paper(pages: list[Page], text: Text) -> Paper | None:
    """The paper that the text is; None where it shows neither title with authors nor abstract."""
    front = text.front
    first = front.pages[front.title[0]] if front.title else 0
    sheets = pages[: first + 2]
    around = [item for sheet in sheets for item in sheet.around] + front.banner
    around += [item for sheet in pages[first + 2 : first + 6] for item in sheet.around if is_banner(item)]
    issue = find_issue(list(dict.fromkeys(around)), text.notices, text.opening)
    title = text.text[slice(*text.title)] if text.title else None
    abstract = text.text[slice(*text.abstract)] if text.abstract else None
    slides = bool(pages) and pages[0].width > 1.15 * pages[0].height
    if not abstract and not (title and (front.authors or text.references or (slides and len(pages) > 2))):
        return None
    authors = front.authors
    own = own_entry(text.notices, title) if title else None
    if own is not None and len(own.authors) >= len(authors):
        authors = tuple(Authorship(name=name) for name in own.authors)
        issue.year = issue.year or own.year
    keywords = [collapse(word).strip(" .") for word in _KEYWORD.split(text.keywords or "")]
    return Paper(
        paper_id="",
        document_id="",
        position=0,
        title=title,
        authors=authors,
        venue=issue.venue,
        year=issue.year,
        date=issue.date,
        doi=issue.doi,
        arxiv_id=issue.arxiv_id,
        categories=issue.categories,
        keywords=tuple(word for word in keywords if 1 < len(word) < 100),
        abstract=abstract,
        body=text.body or None,
        references=text.references,
        title_start=text.title[0] if text.title else None,
        title_end=text.title[1] if text.title else None,
        abstract_start=text.abstract[0] if text.abstract else None,
        abstract_end=text.abstract[1] if text.abstract else None,
    )


READER = Reader(
    name="pdf",
    score=score,
    read=read,
    media_types=("application/pdf",),
    summary="papers as PDF with a text layer: title, authors, abstract, sections, references",
)
