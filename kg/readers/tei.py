"""TEI: full texts as GROBID writes them, records of HAL, corpora -> Paper with body and references.

https://tei-c.org/guidelines/, https://grobid.readthedocs.io/.
"""

from __future__ import annotations

from dataclasses import replace

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citations import Citation, clean_doi, split_keywords
from kg.readers.fields import find_arxiv_id, find_year
from kg.readers.references import references
from kg.readers.xmlpapers import Outcome, author, make_paper, person, read_records
from kg.readers.xmltext import flow, line, paragraphs
from kg.readers.xmltree import Element, attribute, child, children, descend, opening, text_of
from kg.types import Authorship, Paper, Reference

__all__ = ["READER", "tei_paper"]

_PLACES = ("institution", "department", "laboratory")
_AUTHORS = frozenset({"", "aut", "author", "crp", "corresp", "co_first_author", "first_author"})
_HIDDEN = frozenset(
    {
        "acknowledgement",
        "acknowledgments",
        "acknowledgements",
        "references",
        "annex",
        "funding",
        "availability",
    }
)


def score(raw: Raw) -> float:
    """A TEI root."""
    start = opening(raw.text)
    if start is None or start.name not in {"TEI", "TEI.2", "teiCorpus", "biblStruct", "listBibl"}:
        return 0.0
    return 0.97 if start.name.startswith(("TEI", "tei")) else 0.9 if "<title" in start.head else 0.0


def read(raw: Raw) -> Parsed:
    """Every text; where a text is a list of records (HAL, a bibliography), every record."""
    return read_records(
        raw,
        ("TEI", "TEI.2", "listBibl", "biblStruct"),
        lambda record: _papers(record.element),
        media_type="application/tei+xml",
    )


def _papers(element: Element) -> list[Outcome]:
    if element.tag == "biblStruct":
        return [_record(element)]
    listed = [one for one in descend(element, "biblFull") if child(one, "titleStmt") is not None]
    if listed:
        return [tei_paper(one) for one in listed]
    if element.tag == "listBibl":
        return [_record(one) for one in children(element, "biblStruct")]
    paper = tei_paper(element)
    if isinstance(paper, Paper) and (paper.authors or paper.abstract or paper.doi or paper.body):
        return [paper]
    within = descend(child(element, "text", "body"), "listBibl")  # the header only names the export
    return [_record(one) for group in within for one in children(group, "biblStruct")]


def tei_paper(element: Element) -> Outcome:
    """The paper of a ``TEI`` element, or of a ``biblFull`` of HAL."""
    header = child(element, "teiHeader")
    description = child(header, "fileDesc") if header is not None else element
    source = child(description, "sourceDesc", "biblStruct")
    title_statement = child(description, "titleStmt")
    analytic = child(source, "analytic")
    title = _title(title_statement) or _title(analytic) or _title(child(source, "monogr"))
    profile = child(header, "profileDesc") if header is not None else child(element, "profileDesc")
    record = _facts(source)
    keywords = [line(one) for one in descend(child(profile, "textClass"), "term")]
    if not keywords:
        keywords = list(split_keywords(line(child(profile, "textClass", "keywords"))))
    publication = child(description, "publicationStmt")
    paper = make_paper(
        Citation(
            title=title,
            abstract=_abstract(profile),
            authors=_authors(analytic) or _authors(title_statement) or _authors(child(source, "monogr")),
            venue=record.venue,
            dates=(
                *record.dates,
                *_dates(publication),
                *_dates(child(description, "editionStmt", "edition")),
            ),
            doi=record.doi,
            arxiv=record.arxiv,
            keywords=tuple(dict.fromkeys(word for word in keywords if word)),
            language=_language(header, profile),
            references=_references(element),
        )
    )
    body = _body(element)
    return replace(paper, body=body) if paper and body else paper


def _record(element: Element) -> Outcome:
    """The paper of a ``biblStruct`` that stands alone."""
    found = _facts(element)
    if not found.title:
        return None
    return make_paper(
        replace(
            found,
            abstract=flow(next(iter(children(element, "note", "abstract")), None))
            if len(line(child(element, "note"))) > 200
            else "",
        )
    )


def _facts(element: Element | None) -> Citation:
    """What a ``biblStruct`` says of a work."""
    analytic, monograph = child(element, "analytic"), child(element, "monogr")
    own = analytic if analytic is not None and _title(analytic) else monograph
    ids = [one for part in (element, analytic, monograph) for one in children(part, "idno")]
    named = {attribute(one, "type").lower(): line(one) for one in reversed(ids)}
    targets = [attribute(one, "target") for one in descend(element, "ptr")]
    arxiv = named.get("arxiv", "")
    return Citation(
        title=_title(own) or _title(monograph),
        authors=_authors(analytic) or _authors(monograph),
        venue=_venue(monograph) if analytic is not None or own is not monograph else "",
        dates=tuple(_dates(child(monograph, "imprint"))),
        doi=clean_doi(named.get("doi", "")) or "",
        arxiv=find_arxiv_id(f"arXiv:{arxiv.lower().removeprefix('arxiv:').strip()}") or "" if arxiv else "",
        links=tuple(target for target in targets if target.startswith("http")),
    )


def _title(element: Element | None) -> str:
    """The main title of an element: that of the work and not of its journal, series or page."""
    titles = [one for one in children(element, "title") if line(one)]
    main = [one for one in titles if attribute(one, "type") == "main" or not attribute(one, "type")]
    level = [one for one in main or titles if attribute(one, "level") in {"a", ""}]
    title = line(next(iter(level or main), None))
    below = next((line(one) for one in titles if attribute(one, "type") in {"sub", "subtitle"}), "")
    return f"{title}: {below}" if title and below and below.lower() not in title.lower() else title


def _venue(monograph: Element | None) -> str:
    titles = children(monograph, "title")
    ranked = [one for level in ("j", "m", "") for one in titles if attribute(one, "level") == level]
    return (
        next((text for one in ranked if (text := line(one))), "")
        or line(child(monograph, "meeting", "title"))
        or line(child(monograph, "meeting")).split(",")[0]
    )


def _authors(element: Element | None) -> tuple[Authorship, ...]:
    found = []
    for one in children(element, "author"):
        if attribute(one, "role") not in {
            "",
            "aut",
            "author",
            "crp",
            "corresp",
            "co_first_author",
            "first_author",
        }:
            continue
        name = _name(one)
        orcids = [line(mark) for mark in children(one, "idno") if attribute(mark, "type").upper() == "ORCID"]
        made = author(
            name,
            places=[_place(place) for place in children(one, "affiliation")],
            orcid=next(iter(orcids), ""),
        )
        found += [made] if made else []
    return tuple(found)


def _name(element: Element) -> str:
    names = child(element, "persName")
    names = names if names is not None else child(element, "name")
    names = names if names is not None else element
    given = " ".join(line(one) for one in children(names, "forename", "firstname", "middlename"))
    family = " ".join(line(one) for one in children(names, "surname", "lastname"))
    link = line(child(names, "nameLink"))
    if given or family:
        return person(given, family, particle=link, suffix=line(child(names, "genName")))
    if children(element, "affiliation", "email", "idno", "note") and names is element:
        return line(child(element, "orgName"))
    text = line(child(element, "orgName")) if child(element, "orgName") is not None else line(names)
    parts = text.split(", ")
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and names is not element else text


def _place(element: Element) -> str:
    """An affiliation, as printed where GROBID kept it so, else from its parts."""
    raw = next(
        (one for one in children(element, "note") if attribute(one, "type") == "raw_affiliation"), None
    )
    if raw is not None:
        return line(raw)
    named = [
        line(one)
        for kind in (*reversed(_PLACES),)
        for one in children(element, "orgName")
        if attribute(one, "type") == kind
    ]
    named = named or [line(one) for one in children(element, "orgName")]
    address = [line(one) for one in children(child(element, "address"), "settlement", "region", "country")]
    return ", ".join(part for part in (*named, *address) if part) or ("" if len(element) else line(element))


def _dates(element: Element | None) -> tuple[str, ...]:
    found = list(descend(element, "date"))
    ranked = sorted(found, key=lambda one: attribute(one, "type") not in {"published", "datePub", ""})
    return tuple(
        text
        for one in ranked
        if (text := attribute(one, "when") or line(one))
        and attribute(one, "type")
        not in {"whenSubmitted", "whenModified", "whenReleased", "whenProduced", "accessed"}
    )


def _abstract(profile: Element | None) -> str:
    found = children(profile, "abstract")
    english = [one for one in found if attribute(one, "lang").startswith("en")]
    return next((text for one in (*english, *found) if (text := flow(one))), "")


def _language(header: Element | None, profile: Element | None) -> str:
    named = child(profile, "langUsage", "language")
    return (
        attribute(header, "lang")
        if header is not None and attribute(header, "lang")
        else attribute(named, "ident")
        if named is not None
        else ""
    )


def _body(element: Element) -> str | None:
    """Headings and paragraphs of the text; no figures, notes, acknowledgements."""
    parts: list[str] = []
    for inner in children(child(element, "text", "body")):
        if inner.tag in {"figure", "note", "table", "listBibl"} or attribute(inner, "type") in _HIDDEN:
            continue
        outer = Element("body")
        outer.append(inner)
        parts += paragraphs(outer)
    return "\n\n".join(parts) or None


def _references(element: Element) -> tuple[Reference, ...]:
    found = []
    for group in children(child(element, "text", "back")):
        for one in descend(group, "biblStruct"):
            facts = _facts(one)
            raw = next(
                (line(note) for note in children(one, "note") if attribute(note, "type") == "raw_reference"),
                "",
            )
            names = tuple(item.name for item in facts.authors)
            year = next((year for text in facts.dates if (year := find_year(text))), None)
            if facts.title or names or facts.doi:
                found.append(
                    Reference(
                        title=facts.title.rstrip(".") or None,
                        authors=names,
                        year=year,
                        doi=facts.doi or None,
                        arxiv_id=facts.arxiv or find_arxiv_id(raw),
                    )
                )
            elif raw:
                found += references(raw)[:1]
        for one in descend(group, "bibl"):
            found += [
                replace(item, start=None, end=None) for item in references(" ".join(text_of(one).split()))[:1]
            ]
    return tuple(found)


READER = Reader(name="tei", score=score, read=read, summary="TEI: full texts of GROBID, records of HAL")
