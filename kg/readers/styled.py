"""Documents of styled paragraphs (office documents, books): one paper by its styles and setting, or a list.

A reader hands over paragraphs with what the file says about each: the name of its style, the size and weight
of its letters, the cell it stands in. A document with one title and one abstract is a paper with its body and
references; one with several is read by the page layouts, as any list of abstracts is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.readers.assemble import papers_from
from kg.readers.fields import find_arxiv_id, find_date, find_doi, find_year
from kg.readers.institutions import is_affiliation
from kg.readers.labelled import LABEL
from kg.readers.page import Line, make_page
from kg.readers.pages import read_page
from kg.readers.references import references
from kg.readers.styled_parts import (
    ABSTRACT,
    FIRST,
    REFERENCES,
    SECTION,
    Paragraph,
    Placed,
    abstract_at,
    authors_of,
    body_of,
    is_abstract,
    is_title_style,
    keywords_of,
    title_at,
)
from kg.text import collapse
from kg.types import Paper

__all__ = ["Paragraph", "count_abstracts", "papers_of", "text_of_paragraphs", "with_labels"]

_WHEN = re.compile(r"\b(?:published|accepted|received|date|year)\b", re.IGNORECASE)


def with_labels(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with the rows of forms ("Title" in one cell, the title in the next) as "Title: ..."."""
    rows: dict[int, list[Paragraph]] = {}
    for paragraph in paragraphs:
        rows.setdefault(paragraph.row, []).append(paragraph)
    made: list[Paragraph] = []
    done: set[int] = set()
    for paragraph in paragraphs:
        row = rows[paragraph.row] if paragraph.row else []
        label = f"{paragraph.text.rstrip(' :')}:"
        form = paragraph.column == 1 and len(row) > 1 and {one.column for one in row[1:]} == {2}
        if form and LABEL.fullmatch(label):
            text = "\n".join(one.text for one in row[1:])
            made.append(Paragraph(text=f"{label} {text}", style=paragraph.style))
            done.add(paragraph.row)
        elif paragraph.row not in done:
            made.append(paragraph)
    return made


def text_of_paragraphs(paragraphs: Sequence[Paragraph]) -> str:
    """The document's text: paragraphs parted by empty lines."""
    return "\n\n".join(paragraph.text for paragraph in paragraphs)


def papers_of(paragraphs: Sequence[Paragraph], text: str) -> tuple[Paper, ...]:
    """The papers of a document; offsets point into ``text``, its paragraphs parted by empty lines."""
    placed: list[Placed] = []
    at = 0
    for paragraph in paragraphs:
        placed.append(Placed(paragraph, at))
        at += len(paragraph.text) + 2
    if not _is_list(placed):
        paper = _read_paper(placed)
        if paper is not None:
            return (paper,)
    else:
        papers = [_read_paper(segment) for segment in _segments(placed)]
        whole = [paper for paper in papers if paper is not None and paper.authors]
        if len(whole) > 1 and len(whole) == len(papers):
            return tuple(whole)
    lines = [
        Line(
            start=one.start,
            end=one.start + len(one.text),
            level=min(one.paragraph.level, 6) or (1 if is_title_style(one.paragraph) else 0),
            gap=1,
            whole=one.paragraph.level > 0 or one.paragraph.row > 0 or is_title_style(one.paragraph),
            row=one.paragraph.row,
            column=one.paragraph.column,
        )
        for one in placed
        if one.text.strip()
    ]
    listed = papers_from(read_page(make_page(text, lines)), text)
    if not any(line.level for line in lines):
        return listed
    flat = papers_from(read_page(make_page(text, [replace(line, level=0) for line in lines])), text)
    return flat if len(flat) > len(listed) and _holds(flat, listed) else listed


def _holds(more: Sequence[Paper], fewer: Sequence[Paper]) -> bool:
    """Whether a reading has all papers of another one: sections of few entries are missed where headings
    part them."""
    found = {(paper.title, paper.authors) for paper in more}
    return bool(fewer) and all((paper.title, paper.authors) in found for paper in fewer)


def _is_list(placed: list[Placed]) -> bool:
    """Whether the document holds several abstracts or titles, each with a place of its own."""
    labels = sum(1 for one in placed if ABSTRACT.match(one.text) and not _in_english_too(one.text))
    titles = 0
    last_title = False
    for one in placed:
        titled = is_title_style(one.paragraph)
        titles += titled and not last_title
        last_title = titled
    return labels > 2 or (labels == 2 and titles != 1) or titles > 2


def _segments(placed: list[Placed]) -> list[list[Placed]]:
    """The papers of a list whose abstracts stand each below a heading of its own; none where one does not."""
    starts: list[int] = []
    heading: int | None = None
    begun = False
    for index, one in enumerate(placed):
        label = is_abstract(one.paragraph)
        if label and not begun:
            if heading is None:
                return []
            starts.append(heading)
            heading = None
        elif (one.paragraph.level or is_title_style(one.paragraph)) and not label:
            heading = index
        begun = label
    return [placed[start:stop] for start, stop in zip(starts, [*starts[1:], len(placed)], strict=True)]


def _in_english_too(text: str) -> bool:
    return (
        re.match(
            r"(?:resumen|résumé|resumo|zusammenfassung|riassunto|摘|要旨|аннотация)", text, re.IGNORECASE
        )
        is not None
    )


def _read_paper(placed: list[Placed]) -> Paper | None:
    placed = [one for one in placed if one.text.strip()]
    label = next((i for i, one in enumerate(placed) if is_abstract(one.paragraph)), None)
    front_end = (
        label
        if label is not None
        else next(
            (i for i, one in enumerate(placed) if one.paragraph.level or SECTION.fullmatch(one.text)), FIRST
        )
    )
    first_title = title_at(placed, front_end if label is not None else FIRST)
    if first_title is None:
        return None
    title_start, title_end = first_title
    if label is None and front_end <= title_end:
        front_end = next(
            (
                i
                for i in range(title_end + 1, len(placed))
                if placed[i].paragraph.level or SECTION.fullmatch(placed[i].text)
            ),
            min(len(placed), title_end + FIRST),
        )
    front = placed[title_end + 1 : front_end]
    authors = authors_of(front)
    abstract, behind = abstract_at(placed, label) if label is not None else (None, front_end)
    if abstract is None and (label is None or label <= title_end):
        found = next(
            (one for one in front if len(one.text) > 300 and not is_affiliation(one.text[:80])), None
        )
        sectioned = any(SECTION.fullmatch(one.text) or one.paragraph.level for one in placed[front_end:])
        if found is not None and authors and sectioned:
            abstract = (found.start, found.start + len(found.text), found.text)
    if abstract is None and not (authors and len(placed) > title_end + 1):
        return None
    if abstract is None and not any(REFERENCES.fullmatch(one.text) for one in placed):
        return None
    title = _joined(placed[title_start : title_end + 1])
    whole = title_start == title_end and placed[title_start].text == title
    head = "\n".join(one.text for one in placed[:behind])
    body, listed = body_of(placed[behind:])
    date, year = _when(placed[:behind])
    paper = Paper(
        paper_id="",
        document_id="",
        position=0,
        title=title,
        title_start=placed[title_start].start if whole else None,
        title_end=placed[title_start].start + len(title) if whole else None,
        authors=authors,
        doi=find_doi(head),
        arxiv_id=find_arxiv_id(head),
        keywords=keywords_of(placed[title_end + 1 : behind + 3]),
        body=body,
        references=references("\n\n".join(one.text for one in listed), listed[0].start) if listed else (),
        date=date,
        year=year,
    )
    if abstract is None:
        return paper
    plain = abstract[1] - abstract[0] == len(abstract[2])
    return replace(
        paper,
        abstract=abstract[2],
        abstract_start=abstract[0] if plain else None,
        abstract_end=abstract[1] if plain else None,
    )


def _joined(parts: list[Placed]) -> str:
    """The title; a subtitle stands behind a colon."""
    title = collapse(parts[0].text)
    for one in parts[1:]:
        apart = one.paragraph.style == "subtitle" and title[-1:].isalnum()
        title = f"{title}{':' if apart else ''} {collapse(one.text)}"
    return title


def _when(front: list[Placed]) -> tuple[str | None, int | None]:
    dated = next((one.text for one in front if one.paragraph.style == "date" or _WHEN.match(one.text)), "")
    date = find_date(dated)
    return date, int(date[:4]) if date else find_year(dated)


def count_abstracts(paragraphs: Sequence[Paragraph]) -> int:
    """How many abstracts begin in the paragraphs."""
    begun = [is_abstract(paragraph) for paragraph in paragraphs]
    return sum(here and not before for before, here in zip([False, *begun], begun, strict=False))
