"""EPUB books (EPUB 2 and 3): papers as books, proceedings and journals of many papers; other books hold none.

The package file names the chapters and their order. A book with one abstract is a paper; where there are
several, each chapter with one is. Chapters without abstracts are read only where the whole is a list of them.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.bylines import BREAK, CLOSE, OPEN
from kg.readers.decode import decode
from kg.readers.fields import find_date, find_doi, find_year, split_venue
from kg.readers.markup import make_view
from kg.readers.styled import Paragraph, count_abstracts, papers_of, text_of_paragraphs
from kg.readers.styled_parts import ABSTRACT
from kg.readers.xmltree import Element, attribute, child, children, parse, text_of
from kg.readers.zipped import member_names, open_zip, peek, read_member
from kg.text import collapse, fold
from kg.types import Authorship, Paper

__all__ = ["READER"]

MEDIA_TYPE = "application/epub+zip"
_CONTAINER = "META-INF/container.xml"
_STYLES = {"title": "title", "authors": "author", "abstract": "abstract", "year": "date"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-\w{2,8}){0,2}")
_NOTE = re.compile(r"<a\s[^<>]{0,300}noteref[^<>]{0,300}>[^<>]{0,40}(?:</?su[bp]>[^<>]{0,40}){0,2}</a>")
_RAISED = re.compile(r"<sup(?:\s[^<>]{0,200})?>((?:[^<>]|</?(?:a|i|em|b)(?:\s[^<>]{0,200})?>){0,80})</sup>")
_KEYWORD = re.compile(
    r"(<span\s[^<>]{0,80}[\"' ](?:keyword|kwd)[\"' ][^<>]{0,80}>[^<>]{1,200})</span>", re.IGNORECASE
)
_NUMBER = re.compile(r"\((\d{1,2})\)")
_ASIDE = re.compile(r"<(aside|section)\s[^<>]{0,300}(?:footnote|endnote|rearnote)")
_NO_NAME = re.compile(r"\w{2,5}:|https?:|www\.|isbn|issn|10\.\d{4}|[\d -]+X?\Z", re.IGNORECASE)
_SERIES = re.compile(
    r"\b(?:proceedings|conference|symposium|workshop|journal|transactions|annals|letters|volume|issue)\b",
    re.IGNORECASE,
)
_MAX_CHAPTERS = 5_000
_MAX_BYTES = 128 * 1024 * 1024
_CHAPTER = 32 * 1024 * 1024
_MAX_NOTES = 20


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package file says of the book, and the names of its chapters in reading order."""

    title: str
    creators: tuple[str, ...]
    date: str
    identifiers: str
    source: str
    language: str | None
    chapters: tuple[str, ...]


def score(raw: Raw) -> float:
    """Whether the zip container is a book."""
    names = peek(raw.data)
    if _CONTAINER not in names:
        return 0.0
    return 0.97 if any(name.endswith(".opf") for name in names) else 0.6


def read(raw: Raw) -> Parsed:
    """The papers of the book; offsets point into the text that is made of its chapters."""
    notes: list[str] = []
    with open_zip(raw.data) as archive:
        book = _book(archive)
        chapters = [_paragraphs(source) for source in _sources(archive, book, notes)]
    paragraphs = [paragraph for chapter in chapters for paragraph in chapter]
    text = text_of_paragraphs(paragraphs)
    labels = [count_abstracts(chapter) for chapter in chapters]
    if sum(labels) == 1:
        papers = _one_paper(book, paragraphs, text)
    elif sum(labels) > 1:
        papers = _many_papers(book, chapters, labels)
    else:
        papers = _listed(paragraphs, text)
    if len(notes) > _MAX_NOTES:
        notes = [*notes[:_MAX_NOTES], f"and {len(notes) - _MAX_NOTES} more"]
    return Parsed(papers=papers, notes=tuple(notes), media_type=MEDIA_TYPE, text=text)


def _book(archive: zipfile.ZipFile) -> _Book:
    container = parse(decode(read_member(archive, _CONTAINER, 1024 * 1024))[0])
    path = next((attribute(file, "full-path") for file in container.iter() if file.tag == "rootfile"), "")
    if not path:
        path = next((name for name in member_names(archive) if name.endswith(".opf")), "")
    package = parse(decode(read_member(archive, path, _CHAPTER))[0])
    about = child(package, "metadata")
    folder = posixpath.dirname(path)
    items = {attribute(item, "id"): item for item in children(child(package, "manifest"), "item")}
    chapters: dict[str, None] = {}
    for place in children(child(package, "spine"), "itemref")[:_MAX_CHAPTERS]:
        item = items.get(attribute(place, "idref"))
        if (
            item is None
            or attribute(place, "linear") == "no"
            or "nav" in attribute(item, "properties").split()
        ):
            continue
        if "html" in attribute(item, "media-type") or attribute(item, "href").endswith(
            (".html", ".xhtml", ".htm")
        ):
            chapters[posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))] = None
    language = _first(about, "language")
    return _Book(
        title=_first(about, "title"),
        creators=tuple(_names(about)),
        date=_first(about, "date"),
        identifiers=" ".join(text_of(one) for one in children(about, "identifier")),
        source=_periodical(about),
        language=language if _LANGUAGE.fullmatch(language) else None,
        chapters=tuple(chapters),
    )


def _periodical(about: Element | None) -> str:
    """The journal or series that the package file names; a source may also be a number or an address."""
    series = [one for one in _deep(about, "meta") if attribute(one, "property") == "belongs-to-collection"]
    named = (collapse(text_of(one)) for one in (*series, *_deep(about, "source")))
    return next((name for name in named if name and not _NO_NAME.match(name)), "")


def _first(about: Element | None, name: str) -> str:
    return next((text for one in _deep(about, name) if (text := collapse(text_of(one)))), "")


def _deep(about: Element | None, name: str) -> list[Element]:
    """Elements of a name under the metadata; EPUB 2 may wrap them in dc-metadata."""
    return [] if about is None else [one for one in about.iter() if one.tag == name]


def _names(about: Element | None) -> Iterator[str]:
    roles = {
        attribute(one, "refines").lstrip("#"): collapse(text_of(one))
        for one in _deep(about, "meta")
        if attribute(one, "property") == "role"
    }
    for one in _deep(about, "creator"):
        role = attribute(one, "role") or roles.get(attribute(one, "id"), "aut")
        name = collapse(text_of(one))
        if role == "aut" and name:
            family, comma, given = name.partition(", ")
            yield f"{given} {family}" if comma and "," not in given and len(name.split()) < 5 else name


def _sources(archive: zipfile.ZipFile, book: _Book, notes: list[str]) -> Iterator[str]:
    if not book.chapters:
        raise ReadError("a book whose package file names no chapters; save it again as EPUB")
    left = _MAX_BYTES
    for name in book.chapters:
        try:
            data = read_member(archive, name, min(left, _CHAPTER))
            left -= len(data)
            yield decode(data)[0]
        except ReadError as error:
            notes.append(f"chapter {name!r} was left out: {error.message}")


def _paragraphs(source: str) -> list[Paragraph]:
    """A chapter as paragraphs; lines that only a break parts are lines of one."""
    source = _KEYWORD.sub(r"\1; </span>", _without_notes(source))
    view = make_view(_RAISED.sub(rf"{OPEN}\1{CLOSE}", source))
    made: list[Paragraph] = []
    for line in view.lines:
        marked = collapse(view.text[line.start : line.end])
        text = marked.replace(OPEN, "").replace(CLOSE, "")
        style = _STYLES.get(line.role, "")
        style = "abstract" if style == "title" and text.lower().strip(" .:") == "abstract" else style
        number = _NUMBER.fullmatch(made[-1].text) if made else None
        if number and text and not line.level:  # the mark of an affiliation, in an element of its own
            marked = f"{OPEN}{number[1]}{CLOSE}{marked}"
            made[-1] = replace(made[-1], text=f"{made[-1].text} {text}", marked=marked)
        elif (
            made
            and line.gap == 0
            and not line.level
            and not made[-1].level
            and (line.row, style) == (made[-1].row, made[-1].style)
        ):
            before = made[-1]
            made[-1] = replace(
                before, text=f"{before.text}\n{text}", marked=f"{before.marked}{BREAK}{marked}"
            )
        elif text:
            made.append(
                Paragraph(
                    text=text, marked=marked, style=style, level=line.level, row=line.row, column=line.column
                )
            )
    label = next((i for i, one in enumerate(made) if ABSTRACT.fullmatch(one.text)), 0)
    # a block that is called an abstract may begin with the title
    return [replace(one, style="") if one.style == "abstract" else one for one in made[:label]] + made[label:]


def _without_notes(source: str) -> str:
    """The chapter without footnotes and the marks that call them."""
    source = _NOTE.sub("", source) if "noteref" in source else source
    parts: list[str] = []
    last = 0
    for match in _ASIDE.finditer(source):
        end = source.find(f"</{match[1]}>", match.end()) if match.start() >= last else -1
        if end >= 0:
            parts.append(source[last : match.start()])
            last = end
    return "".join((*parts, source[last:]))


def _one_paper(book: _Book, paragraphs: list[Paragraph], text: str) -> tuple[Paper, ...]:
    title = fold(book.title)
    named = [
        replace(one, style="title") if title and fold(one.text) == title and one.level in (0, 1) else one
        for one in paragraphs
    ]
    return tuple(_completed(paper, book) for paper in papers_of(named, text)[:1])


def _completed(paper: Paper, book: _Book) -> Paper:
    """The paper with what the package file says of it."""
    mine = not paper.title or fold(paper.title) == fold(book.title) or fold(book.title) in fold(paper.title)
    if not mine or not book.title:
        return paper
    date = paper.date or find_date(book.date)
    return replace(
        paper,
        title=paper.title or book.title,
        authors=paper.authors or tuple(Authorship(name=name) for name in book.creators),
        date=date,
        year=paper.year or (int(date[:4]) if date else find_year(book.date)),
        doi=paper.doi or find_doi(book.identifiers),
        language=paper.language or book.language,
        venue=paper.venue or split_venue(book.source)[0],
    )


def _many_papers(book: _Book, chapters: list[list[Paragraph]], labels: list[int]) -> tuple[Paper, ...]:
    venue, year = split_venue(book.title) if _SERIES.search(book.title) else (None, None)
    papers: list[Paper] = []
    shift = 0
    for chapter, count in zip(chapters, labels, strict=True):
        inner = text_of_paragraphs(chapter)
        for paper in papers_of(chapter, inner) if count else ():
            if not paper.authors:
                continue  # the summary of a textbook's chapter
            moved = _moved(paper, shift)
            papers.append(
                replace(moved, venue=paper.venue or venue, year=paper.year or year or find_year(book.date))
            )
        shift += len(inner) + 2 if chapter else 0
    return tuple(papers)


def _moved(paper: Paper, shift: int) -> Paper:
    def at(offset: int | None) -> int | None:
        return None if offset is None else offset + shift

    return replace(
        paper,
        title_start=at(paper.title_start),
        title_end=at(paper.title_end),
        abstract_start=at(paper.abstract_start),
        abstract_end=at(paper.abstract_end),
        references=tuple(replace(one, start=at(one.start), end=at(one.end)) for one in paper.references),
    )


def _listed(paragraphs: Sequence[Paragraph], text: str) -> tuple[Paper, ...]:
    """Records of a book without abstract labels, where most of it is titles, authors and abstracts."""
    papers = papers_of(paragraphs, text)
    whole = [paper for paper in papers if paper.title and paper.authors and paper.abstract]
    covered = sum(len(paper.abstract or "") for paper in whole)
    return tuple(whole) if len(whole) >= 2 and covered * 3 >= len(text) else ()


READER = Reader(
    name="epub",
    score=score,
    read=read,
    media_types=("application/zip",),
    summary="EPUB books: papers and proceedings",
)
