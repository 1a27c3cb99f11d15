"""Dublin Core and arXiv's own metadata, as repositories give them over OAI-PMH or alone -> Paper.

http://www.openarchives.org/OAI/2.0/oai_dc.xsd, http://arxiv.org/OAI/arXiv.xsd, arXivRaw.xsd. What a
repository puts into ``description`` and ``source`` is anybody's guess, so texts are told apart by their form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.readers.citation_names import make_authors, split_names
from kg.readers.citations import Citation, clean_doi, split_keywords
from kg.readers.fields import find_arxiv_id, find_urls
from kg.readers.institutions import is_affiliation
from kg.readers.journal_reference import venue_of_comment, venue_of_reference
from kg.readers.xmlpapers import Outcome, author, make_paper, person
from kg.readers.xmltext import flat_block, line, tex_to_text
from kg.readers.xmltree import Element, attribute, children, first_text, text_of
from kg.types import Authorship

__all__ = ["arxiv_paper", "arxiv_raw_paper", "dublin_core_paper"]

_COMMENT = re.compile(
    r"(?:comments?|note|peer reviewed|publisher|version|thesis|includes|keywords?|funding|journal)\s*:|"
    r"\d+ pages?\b|accepted|submitted to|to appear|published (?:in|version)|presented at|peer.?reviewed?\b|"
    r"made available in|submitted by|(?:inter)?national audience|vita\b|approved|"
    r"title from|conference proceedings\b|copyright|info:|https?://\S+\Z|©",
    re.IGNORECASE,
)  # fmt: skip
_NO_SOURCE = re.compile(
    r"\d{4}-\d{3}[\dXx]\Z|(?:e?ISSN|ISBN|https?:|doi:|10\.\d{4})|reponame:|instname:|urn:", re.IGNORECASE
)
_NOT_PAPERS = re.compile(
    r"\b(?:data\s?sets?|software|images?|still ?image|moving ?image|video|sound|audio|"
    r"photographs?|map|collection|interactive ?resource|physical ?object|"
    r"patent|lecture|poster image|newspaper|musical score)\Z",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"article|paper|thesis|preprint|text|report|book|proceeding|e-?print|review|contribution", re.IGNORECASE
)
_PLACE = re.compile(r"\s*[(（]([^()（）]{4,200})[)）]\s*\Z")
_AFFILIATIONS = re.compile(r"\s*\((?:[^()]|\([^()]{0,200}\)){0,600}\)")


def arxiv_paper(metadata: Element) -> Outcome:
    """The paper of an ``arXiv`` element: parted names, one version."""
    people = [
        author(
            person(
                line(_child(one, "forenames")),
                line(_child(one, "keyname")),
                suffix=line(_child(one, "suffix")),
            ),
            places=[text_of(place) for place in children(one, "affiliation")],
        )
        for one in children(_child(metadata, "authors"), "author")
    ]
    return _arxiv(metadata, tuple(one for one in people if one), [first_text(metadata, "created")])


def arxiv_raw_paper(metadata: Element) -> Outcome:
    """The paper of an ``arXivRaw`` or ``arXivOld`` element: one line of authors, all versions."""
    dates = [first_text(version, "date") for version in children(metadata, "version")]
    listed = _AFFILIATIONS.sub(" ", tex_to_text(first_text(metadata, "authors")))
    return _arxiv(metadata, make_authors(split_names(listed)), [*dates[:1], first_text(metadata, "date")])


def _arxiv(metadata: Element, authors: tuple[Authorship, ...], dates: Sequence[str]) -> Outcome:
    identifier = first_text(metadata, "id")
    reference = first_text(metadata, "journal-ref")
    return make_paper(
        Citation(
            title=tex_to_text(first_text(metadata, "title")),
            abstract=flat_block(text_of(_child(metadata, "abstract"))),
            authors=authors,
            venue=(venue_of_reference(reference) if reference else None)
            or venue_of_comment(first_text(metadata, "comments"))
            or "",
            dates=tuple(date for date in dates if date),
            doi=first_text(metadata, "doi"),
            arxiv=identifier,
            categories=tuple(first_text(metadata, "categories").split()),
        )
    )


def dublin_core_paper(metadata: Element) -> Outcome:
    """The paper of an element whose children are Dublin Core's, with or without qualifiers (``dc``, ``qdc``,
    ``thesis``)."""
    fields: dict[str, list[Element]] = {}
    for inner in metadata:
        if "".join(inner.itertext()).strip():
            fields.setdefault(str(inner.tag), []).append(inner)
    types = [line(inner).rpartition("/")[2] for inner in fields.get("type", ())]
    if any(_NOT_PAPERS.search(kind) for kind in types) and not any(_PAPERS.search(kind) for kind in types):
        return next(kind for kind in types if _NOT_PAPERS.search(kind)).lower()
    titles = fields.get("title", [])
    language = attribute(titles[0], "lang") if titles else ""
    identifiers = [
        line(inner) for name in ("identifier", "relation", "source") for inner in fields.get(name, ())
    ]
    own = [line(inner) for inner in fields.get("identifier", ())]
    arxiv = next((found for text in own if (found := find_arxiv_id(text))), "")
    people = [tex_to_text(line(inner)) for inner in (*fields.get("creator", ()), *fields.get("author", ()))]
    people = [name for text in people for name in _people(text)]
    byline = [author(_PLACE.sub("", name), places=_PLACE.findall(name), turn=True) for name in people]
    subjects = list(dict.fromkeys(_strip(line(inner)) for inner in fields.get("subject", ())))
    return make_paper(
        Citation(
            title=tex_to_text(line(titles[0])) if titles else "",
            abstract=_abstract(fields, language),
            authors=tuple(one for one in byline if one),
            venue=_venue(fields),
            dates=_dates(fields),
            doi=next((doi for text in own if (doi := clean_doi(text))), "")
            or next(
                (
                    doi
                    for text in identifiers
                    if text.lower().startswith("info:doi") and (doi := clean_doi(text))
                ),
                "",
            ),
            arxiv=arxiv,
            links=tuple(url for text in own for url in find_urls(text)),
            categories=tuple(subjects) if arxiv else (),
            keywords=()
            if arxiv
            else tuple(word for text in subjects for word in split_keywords(text.replace(",", "\x00"))),
            language=line(fields["language"][0]) if "language" in fields else "",
        )
    )


def _people(text: str) -> list[str]:
    """The names in a creator; behind a semicolon there may be another one, or where the first works."""
    names = split_names(text) if ";" in text else [text]
    return [*names[:1], *(name for name in names[1:] if not is_affiliation(_PLACE.sub("", name)))]


def _abstract(fields: dict[str, list[Element]], language: str) -> str:
    """The abstract among the descriptions: named so, or in the title's language, or the longest text."""
    elements = fields.get("abstract") or fields.get("description.abstract") or fields.get("description", [])
    same = [inner for inner in elements if language and attribute(inner, "lang")[:2] == language[:2]]
    texts = [flat_block(text_of(inner)) for inner in same or elements]
    texts = [text for text in texts if not _COMMENT.match(text)]
    return next((text for text in texts if len(text) >= 250), max(texts, key=len, default=""))


def _venue(fields: dict[str, list[Element]]) -> str:
    """The journal among sources, or a citation among identifiers; never the publisher."""
    for name in ("isPartOf", "ispartof", "source", "bibliographicCitation"):
        for inner in fields.get(name, ()):
            text = line(inner)
            if text and not _NO_SOURCE.match(text):
                venue = venue_of_reference(text.partition(";")[0])
                if venue:
                    return venue
    for inner in fields.get("identifier", ()):
        text = line(inner)[:500]
        if (
            re.search(r"[A-Za-z]{3}.*\s", text)
            and re.search(r"\d{4}", text)
            and not re.search(r"[:/]\S*/|doi:|isbn|issn|oai:|arxiv|hdl", text, re.IGNORECASE)
        ):
            return venue_of_reference(text) or ""
    return ""


def _dates(fields: dict[str, list[Element]]) -> tuple[str, ...]:
    named = [line(inner) for name in ("issued", "date.issued", "created") for inner in fields.get(name, ())]
    listed = [date for inner in fields.get("date", ()) if not (date := line(inner)).startswith("info:")]
    plain = [date for date in listed if "T" not in date]  # a repository's own dates are given to the second
    return (*named, *sorted(plain or listed, key=lambda date: date[:4]))


def _strip(text: str) -> str:
    return re.sub(r"\A(?:info:eu-repo/classification/\w+/|\[[A-Z.]{2,20}\]\s*)", "", text)


def _child(element: Element | None, name: str) -> Element | None:
    return next(iter(children(element, name)), None)
