"""HTML pages: what they say about themselves (citation meta tags, JSON-LD) first, then the page layouts."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import Any

from kg.readers.assemble import papers_from
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citation_names import display_name
from kg.readers.fields import find_date
from kg.readers.islands import island_papers
from kg.readers.markup import Tag, View, make_view, visible_text
from kg.readers.page import Page, make_page
from kg.readers.pages import layout_scores, read_page
from kg.readers.pages.venues import with_acronym
from kg.readers.quoted import with_quoted
from kg.readers.structured import BIBLIOGRAPHIC_FIELDS, as_texts, paper_from_mapping
from kg.text import collapse, fold
from kg.types import Authorship, Paper

__all__ = ["READER", "visible_text"]

_SIGNS = re.compile(
    r"<!doctype\s+html|<html[\s>]|<(?:head|body|div|p|h[1-6]|article|section|meta|span|li|ul|"
    r"table|br|title|a)(?=[\s>/])",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"^#{1,6} \S|^\s{0,3}[-*+] \S|\]\(\S|\*\*\S|^\|", re.MULTILINE)
_PAPER_TYPES = frozenset(
    {
        "ScholarlyArticle",
        "Article",
        "TechArticle",
        "MedicalScholarlyArticle",
        "PublicationIssue",
        "Thesis",
        "Chapter",
    }
)
_META = {
    "title": ("citation_title", "dc.title", "bepress_citation_title", "eprints.title", "prism.title"),
    "venue": (
        "citation_conference_title",
        "citation_journal_title",
        "citation_inbook_title",
        "prism.publicationname",
        "citation_technical_report_institution",
    ),
    "date": (
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "dc.date",
        "prism.publicationdate",
        "citation_year",
    ),
    "doi": ("citation_doi", "prism.doi", "bepress_citation_doi"),
    "arxiv_id": ("citation_arxiv_id",),
    "abstract": ("citation_abstract", "dcterms.abstract", "eprints.abstract"),
    "language": ("citation_language", "dc.language"),
    "url": ("citation_abstract_html_url", "citation_public_url"),
    "keywords": ("citation_keywords",),
}
_TOP, _SHORT = 30, 160
_MAX_JSON = 4 * 1024 * 1024


def score(raw: Raw) -> float:
    """A doctype or an html element settles it; else the density of tags that pages are made of."""
    head = raw.text[:60_000]
    start = head.lstrip("\ufeff \t\r\n")[:600].lower()
    if start.startswith(("<!doctype html", "<html")) or ("<html" in start and start.startswith("<")):
        return 0.98
    signs = sum(1 for _ in _SIGNS.finditer(head))
    if signs < sum(1 for _ in _MARKDOWN.finditer(head)):
        return 0.1 if signs else 0.0  # Markdown with some tags in it
    hint = 0.25 if raw.suffix in {".html", ".htm", ".xhtml"} else 0.0
    lead = 0.2 if start.startswith("<") else 0.0
    return (
        min(0.95, hint + lead + min(0.6, 12.0 * signs / (head.count("\n") + 12 + len(head) / 400)))
        if signs
        else 0.0
    )


def read(raw: Raw) -> Parsed:
    """One paper where the page describes one itself, else the records of its layout."""
    view, page = _page(raw.text)
    shown = papers_from(read_page(page), view.text, view.raw_span)
    shown = tuple(_collapsed(paper) for paper in shown)
    shown = with_quoted(_with_islands(view, page, shown), view.text)
    described = [_with_acronym(paper, page) for paper in _described(view)]
    if len(described) == 1:
        papers = _merged(view, described[0], shown)
    elif described and len(described) >= len(shown):
        papers = tuple(_located(view, paper) for paper in described)
    else:
        papers = shown
    return Parsed(papers=papers, media_type="text/html")


def _page(text: str) -> tuple[View, Page]:
    """What the page shows, and its blocks."""
    view = make_view(text)
    about = tuple(collapse(html.unescape(tag.content)) for tag in view.tags if tag.name == "title")
    return view, make_page(view.text, view.lines, marks=view.marks, about=about[:1])


def _layouts(raw: Raw) -> dict[str, float]:
    return layout_scores(_page(raw.text)[1])


def _with_islands(view: View, page: Page, shown: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """The shown papers with authors and abstracts from the JSON that the page was made of, found by title;
    the one that the page's chief heading names where no other has a byline."""
    if shown and all(paper.authors and paper.abstract for paper in shown):
        return shown
    known = {fold(paper.title): paper for paper in island_papers(view.tags) if paper.title}
    if not known:
        return shown
    chief = next(
        (known[name] for block in page.blocks if block.level == 1 and (name := fold(block.flat)) in known),
        None,
    )
    if chief is not None and not any(paper.authors for paper in shown):
        return (_located(view, chief),)
    filled = []
    for paper in shown:
        other = known.get(fold(paper.title or ""))
        if other is not None:
            paper = replace(  # noqa: PLW2901
                paper,
                authors=paper.authors or other.authors,
                abstract=paper.abstract or other.abstract,
                year=paper.year or other.year,
                arxiv_id=paper.arxiv_id or other.arxiv_id,
                doi=paper.doi or other.doi,
            )
        filled.append(paper)
    return tuple(filled)


def _collapsed(paper: Paper) -> Paper:
    """Block ends inside a field are single empty lines; the layout's own line ends carry no meaning in
    HTML."""
    return replace(
        paper,
        title=collapse(paper.title) if paper.title else None,
        abstract=re.sub(r" *\n[\s]*", "\n\n", paper.abstract) if paper.abstract else None,
    )


def _described(view: View) -> list[Paper]:
    """The papers that the page's meta tags or JSON-LD describe."""
    papers = [paper for record in _linked_data(view.tags) if (paper := paper_from_mapping(record))]
    meta = _meta_paper(view.tags)
    if meta is None:
        return papers
    if len(papers) == 1:
        return [_filled(meta, papers[0])]
    return [meta]


def _with_acronym(paper: Paper, page: Page) -> Paper:
    """The paper with the short name of its conference, where the page shows it beside the long one."""
    if paper.venue is None:
        return paper
    shown = " ".join((*page.about, *(block.flat for block in page.blocks[:_TOP] if len(block.flat) < _SHORT)))
    venue = with_acronym(paper.venue, shown)
    short = venue.removeprefix(paper.venue).strip(" ()")
    held = re.search(rf"\b{re.escape(short)}\s?['’-]?\s?((?:19|20)\d\d)\b", shown) if short else None
    year = int(held.group(1)) if held else paper.year
    if year != paper.year:
        return replace(paper, venue=venue, year=year, date=None)
    return replace(paper, venue=venue)


def _meta_paper(tags: tuple[Tag, ...]) -> Paper | None:
    values: dict[str, list[str]] = {}
    authors: list[Authorship] = []
    for tag in tags:
        name = tag.attributes.get("name", tag.attributes.get("property", "")).lower()
        content = collapse(tag.attributes.get("content", ""))
        if tag.name != "meta" or not (name and content):
            continue
        values.setdefault(name, []).append(content)
        if name in {"citation_author", "dc.creator", "bepress_citation_author", "eprints.creators_name"}:
            authors.append(Authorship(name=display_name(content)))
        elif name == "citation_authors":
            authors += [Authorship(name=display_name(part)) for part in content.split(";") if part.strip()]
        elif name in {"citation_author_institution", "citation_author_orcid"} and authors:
            field = "affiliation" if name.endswith("institution") else "orcid"
            given = content.rsplit("/", 1)[-1] if field == "orcid" else content
            authors[-1] = replace(authors[-1], **{field: getattr(authors[-1], field) or given})
    if not any(name in values for name in (*_META["title"][:1], "bepress_citation_title", "eprints.title")):
        return None
    record: dict[str, Any] = {
        field: values[name][0]
        for field, names in _META.items()
        for name in [key for key in names if key in values][:1]
    }
    paper = paper_from_mapping(record)
    unique = _unique(authors)
    return replace(paper, authors=unique, date=find_date(str(record.get("date", "")))) if paper else None


def _unique(authors: list[Authorship]) -> tuple[Authorship, ...]:
    """Each name once, with the affiliation that one of its forms has."""
    found: dict[str, Authorship] = {}
    for author in authors:
        former = found.get(author.name, author)
        found[author.name] = replace(
            author,
            affiliation=former.affiliation or author.affiliation,
            orcid=former.orcid or author.orcid,
        )
    return tuple(found.values())


def _linked_data(tags: tuple[Tag, ...]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for tag in tags:
        if (
            tag.name != "script"
            or "ld+json" not in tag.attributes.get("type", "")
            or len(tag.content) > _MAX_JSON
        ):
            continue
        try:
            value = json.loads(tag.content)
        except (ValueError, RecursionError):
            continue
        pending = [value]
        while pending and len(found) < 10_000:
            item = pending.pop(0)
            if isinstance(item, list):
                pending += item
            elif isinstance(item, dict):
                if _PAPER_TYPES & set(as_texts(item.get("@type"))):
                    if set(as_texts(item.get("@type"))) & {
                        "ScholarlyArticle",
                        "MedicalScholarlyArticle",
                        "Thesis",
                    } or item.get("abstract"):
                        found.append(item)
                else:
                    pending += [inner for inner in item.values() if isinstance(inner, dict | list)]
    return found


def _merged(view: View, described: Paper, shown: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """The described paper, with what the page shows of it; other papers that the page shows follow."""
    title = fold(described.title or "")
    same = next((paper for paper in shown if paper.title and fold(paper.title) == title), None)
    if same is None and len(shown) == 1 and (shown[0].title is None or not described.abstract):
        same = shown[0]
    rest = (
        ()
        if _is_of_one(view)
        else tuple(paper for paper in shown if paper is not same and _is_other(paper, described))
    )
    first = _located(view, described)
    return (_filled(first, same) if same else first, *rest)


def _is_of_one(view: View) -> bool:
    """Whether the page says in citation tags that it is about one work; others on it are related ones."""
    return any(
        tag.name == "meta" and tag.attributes.get("name", "").lower() == "citation_title" for tag in view.tags
    )


def _is_other(paper: Paper, described: Paper) -> bool:
    return paper.abstract != described.abstract and fold(paper.title or "") != fold(described.title or "")


_SPANS = ("title", "abstract")


def _filled(paper: Paper, other: Paper) -> Paper:
    """``paper`` with the fields it lacks taken from ``other``; the longer abstract wins, since metas are cut
    off."""
    changes: dict[str, Any] = {
        name: getattr(paper, name) or getattr(other, name) for name in BIBLIOGRAPHIC_FIELDS
    }
    changes["urls"] = tuple(dict.fromkeys((*paper.urls, *other.urls)))
    for name in _SPANS:
        mine, theirs = getattr(paper, name), getattr(other, name)
        longer = theirs and (not mine or (name == "abstract" and len(theirs) >= len(mine)))
        if longer or (
            theirs and getattr(paper, f"{name}_start") is None and collapse(mine) == collapse(theirs)
        ):
            changes |= {key: getattr(other, key) for key in (name, f"{name}_start", f"{name}_end")}
    return replace(paper, **changes)


def _located(view: View, paper: Paper) -> Paper:
    """Spans for a title and abstract that the page also shows word for word."""
    changes: dict[str, Any] = {}
    for name in _SPANS:
        value = getattr(paper, name)
        start = view.text.find(value) if value else -1
        if value and start >= 0 and getattr(paper, f"{name}_start") is None:
            span = view.raw_span((start, start + len(value)))
            changes |= {f"{name}_start": span[0], f"{name}_end": span[1]}
    return replace(paper, **changes) if changes else paper


READER = Reader(
    name="html",
    score=score,
    read=read,
    summary="saved web pages: programmes, proceedings, listings, publication lists, blogs, single papers",
    max_chars=32 * 2**20,
    layouts=_layouts,
)
