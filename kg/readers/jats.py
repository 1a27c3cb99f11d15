"""JATS and its elder, the NLM DTD: articles of PubMed Central and of publishers -> Paper with body.

https://jats.nlm.nih.gov/. A document is one ``article`` or a set of them (``pmc-articleset``, the answer of
an interface). Only what stands in ``article-meta`` makes the paper: sub-articles, responses and letters of
reviewers are other texts.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation, clean_doi
from kg.readers.jats_back import references_of
from kg.readers.jats_names import authors_of
from kg.readers.xmlpapers import Outcome, make_paper, read_records
from kg.readers.xmltext import flow, line, paragraphs
from kg.readers.xmltree import Element, attribute, child, children, descend, opening

__all__ = ["READER", "jats_paper"]

_SIGNS = re.compile(
    r"<(?:[\w-]+:)?(?:front|article-meta|journal-meta|article-categories|title-group)[\s>]|\bdtd-version\s*=|\barticle-type\s*="
    r"|jats\.nlm\.nih\.gov"
)
_SIDE_ABSTRACTS = frozenset(
    [
        "graphical", "teaser", "toc", "web-summary", "key-points", "keypoints", "highlights",
        "author-highlights", "precis", "editor", "editors-summary", "plain-language-summary",
        "plain-language", "lay-summary", "video", "author-summary", "short", "executive-summary",
        "summary", "stereochemical", "translated", "inline-graphic", "graphical-abstract",
        "toc-abstract", "editor-summary", "synopsis", "objectives", "ascii", "text",
    ]
)  # fmt: skip
_DATES = (
    "pub",
    "ppub",
    "collection",
    "issue-pub",
    "epub-ppub",
    "epub",
    "epreprint",
    "preprint",
    "print",
    "electronic",
)
_HIDDEN_SECTIONS = re.compile(
    r"supplementary|acknowledg|conflict|contrib|funding|data-availability|ethics|abbreviations|COI",
    re.IGNORECASE,
)
_HIDDEN_HEADINGS = re.compile(
    r"(?:[\d.]+\s*)?(?:acknowledge?ments?|conflicts? of interests?|competing (?:financial )?interests?|"
    r"funding|references|supplementary (?:material|information|data)s?|supporting information|"
    r"authors?['’]? contributions?)\W*",
    re.IGNORECASE,
)


def score(raw: Raw) -> float:
    """An ``article`` that has JATS's parts, or a set of such."""
    start = opening(raw.text)
    if start is None or start.name not in {
        "article",
        "pmc-articleset",
        "articles",
        "article-set",
        "response",
        "records",
    }:
        return 0.0
    if start.name == "pmc-articleset":
        return 0.97
    return 0.97 if _SIGNS.search(start.head) else 0.0


def read(raw: Raw) -> Parsed:
    """Every article, with its body and its references."""
    return read_records(
        raw, ("article",), lambda record: jats_paper(record.element), media_type="application/jats+xml"
    )


def jats_paper(article: Element) -> Outcome:
    """The paper of an ``article`` element."""
    meta = child(article, "front", "article-meta")
    meta = meta if meta is not None else next(iter(children(article, "article-meta", "front-stub")), None)
    if meta is None:
        return None
    group = child(meta, "title-group")
    group = group if group is not None else meta
    title = line(child(group, "article-title"))
    subtitle = line(child(group, "subtitle"))
    ids = {attribute(one, "pub-id-type").lower(): line(one) for one in reversed(children(meta, "article-id"))}
    links = [attribute(one, "href") for one in children(meta, "self-uri")]
    paper = make_paper(
        Citation(
            title=f"{title.rstrip(':')}: {subtitle}" if title and subtitle else title,
            abstract=_abstract(meta, attribute(article, "lang")[:2]),
            authors=authors_of(meta, article),
            venue=_venue(article, meta),
            dates=_dates(meta),
            doi=clean_doi(ids.get("doi", "")) or "",
            arxiv=ids.get("arxiv", ""),
            links=tuple(link for link in links if link.startswith("http")),
            keywords=_keywords(meta),
            categories=(),
            language=attribute(article, "lang"),
            references=references_of(article),
        )
    )
    body = _body(article)
    return replace(paper, body=body) if paper and body else paper


def _abstract(meta: Element, tongue: str) -> str:
    """The main abstract: the one without a special type; a translated or short one where it is alone."""
    found = [(attribute(one, "abstract-type").lower(), one) for one in children(meta, "abstract")]
    main = [one for kind, one in found if kind not in _SIDE_ABSTRACTS]
    others = [
        one for kind, one in found if kind in {"summary", "executive-summary", "short", "text", "synopsis"}
    ]
    main.sort(key=lambda one: attribute(one, "lang")[:2] not in {"", tongue})
    for one in (*main, *others, *children(meta, "trans-abstract")):
        text = flow(one)
        if text:
            return text
    return ""


def _venue(article: Element, meta: Element) -> str:
    journal = child(article, "front", "journal-meta")
    journal = journal if journal is not None else child(article, "journal-meta")
    for path in (
        ("journal-title-group", "journal-title"),
        ("journal-title",),
        ("journal-title-group", "abbrev-journal-title"),
        ("abbrev-journal-title",),
    ):
        name = line(child(journal, *path))
        if name:
            return name
    return line(child(meta, "conference", "conf-name")) or line(child(journal, "journal-id"))


def _dates(meta: Element) -> tuple[str, ...]:
    """Dates of publication as "2018-03-01" or "2018", that of the issue first."""
    found: list[tuple[int, str]] = []
    for order, one in enumerate(children(meta, "pub-date")):
        kind = (attribute(one, "date-type") or attribute(one, "pub-type")).lower()
        rank = _DATES.index(kind) if kind in _DATES else len(_DATES)
        if attribute(one, "publication-format").lower().startswith("elect") and kind == "pub":
            rank = _DATES.index("epub")
        text = _date(one)
        if text and not kind.startswith(("corrected", "retract", "pmc-release", "nihms")):
            found.append((rank * 1000 + order, text))
    online = max((text for rank, text in found if rank // 1000 == _DATES.index("epub")), default="")
    volume = _DATES.index("collection")
    # a volume may be closed, in name, before its articles appear
    late = [(rank, text) for rank, text in found if rank // 1000 != volume or text[:4] >= online[:4]]
    return tuple(text for _, text in sorted(late))


def _date(element: Element) -> str:
    iso = attribute(element, "iso-8601-date")
    if re.match(r"\d{4}-\d\d-\d\d", iso):
        return iso[:10]
    year, month, day = (line(child(element, name)) for name in ("year", "month", "day"))
    if not year:
        return line(child(element, "string-date"))
    if month.isdecimal() and day.isdecimal():
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return f"{day} {month} {year}" if month and day else year


def _keywords(meta: Element) -> tuple[str, ...]:
    """The keywords in the first language that has some; no classification codes, no abbreviations."""
    for group in children(meta, "kwd-group"):
        kind = attribute(group, "kwd-group-type").lower()
        words = [line(one) for one in descend(group, "kwd", "compound-kwd-part")]
        if any(words) and not re.search(r"abbr|code|class|jel|pacs|msc|subject", kind):
            return tuple(dict.fromkeys(word for word in words if word))
    return ()


def _body(article: Element) -> str | None:
    """Headings and paragraphs, an empty line between them; no tables, figures, acknowledgements."""
    body = child(article, "body")
    if body is None:
        return None
    parts: list[str] = []
    for inner in body:
        if inner.tag == "sec" and _is_hidden(inner):
            continue
        for sub in children(inner, "sec"):
            if _is_hidden(sub):
                inner.remove(sub)
        parts += paragraphs(_wrapped(inner))
    return "\n\n".join(parts) or None


def _wrapped(element: Element) -> Element:
    """An element around the given one, so that its own kind counts (a list, a table)."""
    outer = Element("body")
    outer.append(element)
    return outer


def _is_hidden(section: Element) -> bool:
    kind = attribute(section, "sec-type")
    return bool(kind and _HIDDEN_SECTIONS.search(kind)) or bool(
        _HIDDEN_HEADINGS.fullmatch(line(child(section, "title")))
    )


READER = Reader(
    name="jats",
    score=score,
    read=read,
    summary="JATS and NLM XML: articles of PubMed Central and of publishers",
)
