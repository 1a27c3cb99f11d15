"""Markdown: the same page layouts over its lines, headings as headings, marks left out at the ends of spans.

Offsets point into the raw text, so a span may hold emphasis marks and links in its middle, as printed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.readers.assemble import papers_from
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.markdown_view import markdown_view
from kg.readers.markup import View
from kg.readers.page import Page, make_page
from kg.readers.pages import layout_scores, read_page
from kg.readers.quoted import with_quoted
from kg.readers.structured import BIBLIOGRAPHIC_FIELDS, paper_from_mapping
from kg.text import collapse
from kg.types import Paper

__all__ = ["READER"]

_FRONT = re.compile(
    r"\A\ufeff?---[ \t]*(?:\r\n?|\n)(.{0,20000}?)(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?:\r|\n|\Z)", re.DOTALL
)
_CAPTURED = re.compile(
    r"\A\ufeff?Title: (?P<title>[^\r\n]{1,400})\s+URL Source:.{0,1500}?\sMarkdown Content:[ \t]*", re.DOTALL
)
_MAIL = re.compile(r"^(?:> ?)*\\\\[ \t]*$", re.MULTILINE)
_SIGNS = re.compile(
    r"^(?:#{1,6} \S|\s{0,3}[-*+] (?=\S)|> \S|```|={3,}\s*$|"
    r"\*\*[^*\n]{3,200}\*\*|\[[^\]\n]{1,200}\]\(\S{1,500}\))",
    re.MULTILINE,
)


def score(raw: Raw) -> float:
    """The density of Markdown's own marks; the ending helps."""
    head = raw.text[:50_000]
    if len(_MAIL.findall(head)) > 1:
        return 0.1  # a mail of a preprint server
    lines = head.count("\n") + head.count("\r") + 1
    signs = sum(1 for _ in _SIGNS.finditer(head))
    hint = 0.35 if raw.suffix in {".md", ".markdown", ".mkd", ".rmd", ".qmd"} else 0.0
    front = 0.2 if _FRONT.match(raw.text) else 0.0
    density = min(0.4, 2.0 * signs / max(lines, 4)) if hint or signs >= 4 else 0.0
    return min(0.9, hint + front + density)


def read(raw: Raw) -> Parsed:
    """The papers of the page, with what the front matter says about a single one."""
    front = _FRONT.match(raw.text)
    view, page = _page(raw.text)
    papers = tuple(_collapsed(paper) for paper in papers_from(read_page(page), view.text, view.raw_span))
    papers = with_quoted(papers, raw.text)
    if front:
        papers = _with_front_matter(papers, front.group(1))
    return Parsed(papers=papers, media_type="text/markdown")


def _page(text: str) -> tuple[View, Page]:
    """The text without its marks and without its front matter, and the blocks of it."""
    front = _FRONT.match(text)
    captured = _CAPTURED.match(text)
    view = markdown_view(text, captured.end() if captured else front.end() if front else 0)
    about = (captured.group("title"),) if captured else ()
    return view, make_page(view.text, view.lines, joined=True, marks=view.marks, about=about)


def _layouts(raw: Raw) -> dict[str, float]:
    return layout_scores(_page(raw.text)[1])


def _collapsed(paper: Paper) -> Paper:
    """Line ends inside a field carry no meaning in Markdown; empty lines part paragraphs."""
    abstract = re.sub(r"[ \t]*\n[ \t]*(?:\n\s*)+", "\n\n", paper.abstract) if paper.abstract else None
    return replace(
        paper,
        title=collapse(paper.title) if paper.title else None,
        abstract=re.sub(r"(?<!\n)[ \t]*\n[ \t]*(?!\n)", " ", abstract) if abstract else None,
    )


def _with_front_matter(papers: tuple[Paper, ...], front: str) -> tuple[Paper, ...]:
    """Front matter describes the page's only paper; what the text itself says goes first."""
    given = paper_from_mapping(_plain_yaml(front))
    if given is None or len(papers) > 1:
        return papers
    if not papers:
        return (given,) if given.title and (given.abstract or given.authors) else papers
    paper = papers[0]
    if paper.title and given.title and paper.title.casefold() != given.title.casefold():
        return papers
    fields = ("title", *BIBLIOGRAPHIC_FIELDS)
    return (replace(paper, **{name: getattr(paper, name) or getattr(given, name) for name in fields}),)


def _plain_yaml(front: str) -> dict[str, str | list[str]]:
    """``key: value``, ``key: [a, b]`` and ``key:`` with ``- item`` lines; anything deeper is left out."""
    values: dict[str, str | list[str]] = {}
    key = ""
    for line in front.splitlines():
        item = re.match(r"\s*-\s+(?:name:\s*)?(.*)", line)
        pair = re.match(r"([A-Za-z_][\w-]{0,40}):\s*(.*)", line)
        if pair:
            key, value = pair.group(1).lower(), pair.group(2).strip()
            listed = re.fullmatch(r"\[(.*)\]", value)
            values[key] = (
                [_unquoted(part) for part in listed.group(1).split(",")] if listed else _unquoted(value)
            )
        elif item and key:
            former = values.get(key)
            values[key] = [*(former if isinstance(former, list) else []), _unquoted(item.group(1))]
    return values


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


READER = Reader(
    name="markdown",
    score=score,
    read=read,
    summary="Markdown: saved pages, reading and awesome lists, notes",
    max_chars=32 * 2**20,
    layouts=_layouts,
)
