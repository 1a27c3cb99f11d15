"""A record that names its fields (a JSON object, JSON-LD, the meta tags of a page) -> Paper.

``Fields`` is what a record says, in the record's own forms; ``make_paper`` cleans it. The readers of known
services (openalex.py, crossref.py, ...) fill Fields themselves; ``paper_from_mapping`` does it for records
of any other origin, by the names that their fields have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kg.readers.fields import find_arxiv_id, find_doi, find_urls
from kg.readers.journal_reference import venue_of_reference
from kg.readers.record_facts import (
    arxiv_id_in,
    arxiv_year,
    clean_doi,
    venue_name,
    when,
    year_in,
)
from kg.readers.record_people import authorships
from kg.readers.record_text import abstract_text, as_text, as_texts, plain, title_text, whole_text
from kg.text import collapse
from kg.types import Authorship, Paper, Reference

__all__ = [
    "BIBLIOGRAPHIC_FIELDS", "KEYS", "Fields", "as_texts", "authorships", "first", "folded", "grouped",
    "make_paper", "paper_from_mapping", "reference",
]  # fmt: skip

# keys are compared without case, blanks, hyphens, underscores, colons and the prefix of a vocabulary
KEYS: dict[str, tuple[str, ...]] = {
    "title": (
        "title", "papertitle", "articletitle", "documenttitle", "titles", "citationtitle", "dctitle",
        "maintitle", "publicationtitle1", "titledisplay", "paperstitle", "worktitle", "primarytitle", "ti",
    ),
    "name": ("name", "headline", "displayname"),
    "abstract": (
        "abstract", "abstracttext", "paperabstract", "abstracts", "abstractnote", "abstracthtml",
        "dcabstract", "dctermsabstract", "abstractdisplay", "abstracten", "fullabstract",
        "articleabstract", "ab",
    ),
    "summary": ("summary", "description", "dcdescription", "abstractshort", "shortabstract"),
    "inverted": ("abstractinvertedindex", "invertedabstract", "indexedabstract"),
    "authors": (
        "authors", "author", "authorlist", "authornames", "authorships", "creators", "creator",
        "dccreator", "authfullname", "authordisplay", "authorstring", "authorsparsed", "paperauthors",
        "authorsstring", "authorsnames", "authorname", "zauthors", "authorfullnames", "authorfull",
        "byline", "citationauthor", "au", "contributors",
    ),
    "venue": (
        "venue", "booktitle", "journalfull", "fulljournalname", "journal", "conference", "containertitle",
        "ispartof", "publicationvenue", "publicationtitle", "publicationname", "prismpublicationname",
        "sourcetitle", "publication", "journalname", "journaltitle", "eventtitle", "conferencename",
        "venuename", "proceedings", "proceedingstitle", "primarylocation", "hostvenue", "journals",
        "fulljournalname", "conferencetitle", "booktitles", "journalfullname", "source", "container",
        "pub", "journalref", "proceeding", "citationjournaltitle", "citationconferencetitle", "bibjournal",
        "series",
    ),
    "year": (
        "year", "pubyear", "publicationyear", "publishedyear", "yearpublished", "publishyear", "issueyear",
        "dcyear", "produceddatey", "py", "yearofpublication", "publicationdatey",
    ),
    "date": (
        "date", "datepublished", "published", "publicationdate", "publisheddate", "issued", "coverdate",
        "prismcoverdate", "publishedat", "pubdate", "firstpublicationdate", "produceddate", "dcdate",
        "releasedate", "publishedonline", "publishedprint", "submitteddate", "submissiondate",
        "dateissued", "publishdate", "prismpublicationdate", "posted",
    ),
    "late": ("created", "updatedate", "updated"),
    "doi": ("doi", "prismdoi", "doiid", "doiurl", "citationdoi", "paperdoi", "articledoi", "doinumber"),
    "arxiv": (
        "arxivid", "arxiv", "eprint", "paperarxivid", "arxivnumber", "arxivurl", "entryid", "arxiveprints",
    ),
    "url": (
        "url", "link", "paperurl", "urlabs", "@id", "id", "sameas", "pubur", "landingpageurl",
        "articleurl", "site", "openreview", "pdfurl",
    ),
    "urls": (
        "urls", "codeurl", "repourl", "githuburl", "pdfurl", "urlpdf", "code", "github", "links",
        "projecturl",
    ),
    "categories": (
        "categories", "category", "subjects", "fieldsofstudy", "primarycategory", "arxivcategories",
        "subjectarea",
    ),
    "keywords": (
        "keywords", "tags", "keyword", "authorkeywords", "indexterms", "topics", "keywordlist", "concepts",
    ),
    "language": ("language", "inlanguage", "lang", "dclanguage", "languages"),
    "references": (
        "references", "reference", "referencedworks", "citedreferences", "citations2", "bibentries",
        "referencelist",
    ),
}  # fmt: skip
_FIELDS_OF: dict[str, tuple[tuple[str, int], ...]] = {
    key: tuple((name, keys.index(key)) for name, keys in KEYS.items() if key in keys)
    for keys in KEYS.values()
    for key in keys
}
_TITLES, _ABSTRACTS = frozenset(KEYS["title"]), frozenset(KEYS["abstract"])
_INNER = (
    "info", "paper", "metadata", "source", "fields", "attributes", "bib", "record", "data", "document",
    "article", "work", "publication", "volumeinfo", "item", "citedpaper", "citingpaper", "bibjson",
    "citation", "entrytags",
)  # fmt: skip
_MAX_POSITION = 100_000
_MAX_REFERENCES = 20_000
_TEXT_TITLE = re.compile(
    r"(?P<title>[^\r\n]{3,300}?)(?:\r?\n|(?<![A-Z.][A-Z])(?<!\be\.g)(?<!\bvs)[.?!]\s+(?=[A-Z\"“]))"
)
_PREFIX = re.compile(r"\A(?:dc|dcterms|prism|citation|bibo|schema|foaf|arxiv|@)[:.]")
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?|[A-Za-z]{4,20}")
_SOLR = re.compile(r"_(?:s|t|i|ss|ti|txt|facet|tdate|sort)\Z")

BIBLIOGRAPHIC_FIELDS = (
    "authors", "venue", "year", "date", "doi", "arxiv_id", "url", "categories", "keywords", "language",
)  # fmt: skip
"""What a second description of a paper can fill in without touching its texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What a record says of a paper, in the record's own forms (texts with tags, lists, objects, nothing).

    ``dates`` are tried in their order. ``links`` are addresses, the paper's own first; ``doi`` and
    ``arxiv_id`` may be addresses too. ``authors``, ``body`` and ``references`` are final.
    """

    title: Any = None
    abstract: Any = None
    authors: tuple[Authorship, ...] = ()
    venue: Any = None
    year: Any = None
    dates: tuple[Any, ...] = ()
    doi: Any = None
    arxiv_id: Any = None
    links: tuple[Any, ...] = ()
    categories: Any = None
    keywords: Any = None
    language: Any = None
    body: str | None = None
    references: tuple[Reference, ...] = field(default_factory=tuple)


def make_paper(fields: Fields) -> Paper | None:
    """The paper that a record describes; None where it has neither title nor abstract.

    Values of the wrong form count as missing: a record never breaks the document it is in. The year is the
    record's, else that of its dates, else of its venue ("MICRO 2019"), and, where nothing else says it, the
    year in which its arXiv id was given (see ``arxiv_year``).
    """
    title = title_text(fields.title)
    abstract = abstract_text(fields.abstract)
    if title is None and abstract is None:
        return None
    venue, venue_year = venue_name(fields.venue)
    dated, date = when(*fields.dates)
    year = year_in(fields.year) or dated or venue_year
    links = [link for value in fields.links for text in as_texts(value) for link in _urls(text[:4000])]
    known = " ".join(links)
    arxiv_id = arxiv_id_in(fields.arxiv_id) or find_arxiv_id(known)
    doi = clean_doi(fields.doi) or find_doi(known)
    if arxiv_id is None and doi and doi.startswith("10.48550/arxiv."):
        arxiv_id = arxiv_id_in(doi.removeprefix("10.48550/arxiv."))
    shown = (link for text in (title, abstract) if text for link in _urls(text))
    return Paper(
        paper_id="",
        document_id="",
        position=0,
        title=title,
        authors=fields.authors,
        venue=venue,
        year=year or arxiv_year(arxiv_id),
        date=date if date and (year is None or int(date[:4]) == year) else None,
        doi=doi,
        arxiv_id=arxiv_id,
        url=links[0] if links else None,
        urls=tuple(dict.fromkeys((*links, *shown))),
        categories=tuple(_terms(fields.categories, r"[;,]\s*|\s+")),
        keywords=tuple(_terms(fields.keywords, r"\s*[;,；，]\s*")),
        language=_language(fields.language),
        abstract=abstract,
        body=fields.body or None,
        references=fields.references,
    )


def paper_from_mapping(record: Mapping[str, Any]) -> Paper | None:
    """The paper of a record of unknown origin; None where it has neither title nor abstract nor text."""
    record = folded(record)
    inner = first(record, _INNER)
    named = record.keys() & _TITLES and record.keys() & _ABSTRACTS
    if isinstance(inner, Mapping) and not named:
        record = {**folded(inner), **{key: value for key, value in record.items() if key != "source"}}
    given = grouped(record)
    title = given.get("title") or given.get("name")
    abstract = whole_text(given.get("abstract")) or inverted_text(given.get("inverted"))
    abstract = abstract or whole_text(given.get("summary"))
    if as_text(title) is None and abstract is None:
        title, abstract = _from_text(as_text(first(record, ("text", "content", "body"))))
    elif abstract is None:
        abstract = _own_text(as_text(title), record.get("text"))
    ids = _external_ids(record)
    return make_paper(
        Fields(
            title=title,
            abstract=abstract,
            authors=authorships(given.get("authors")),
            venue=_venue(record, given.get("venue")),
            year=given.get("year"),
            dates=(given.get("date"), *_late(record, given.get("late"))),
            doi=[given.get("doi"), ids.get("doi"), *as_texts(record.get("identifier"))],
            arxiv_id=[given.get("arxiv"), ids.get("arxiv"), *_ids(record)],
            links=(given.get("url"), *(as_texts(record[key]) for key in KEYS["urls"] if key in record)),
            categories=given.get("categories"),
            keywords=given.get("keywords"),
            language=given.get("language"),
            references=_references(given.get("references")),
        )
    )


def _urls(text: str) -> tuple[str, ...]:
    """The addresses in a text; most have none, which is seen at a glance."""
    likely = "://" in text or "www." in text or ".com/" in text or ".org/" in text
    return find_urls(text) if likely else ()


def _external_ids(record: Mapping[str, Any]) -> dict[str, Any]:
    """The identifiers of other services: an object, or a list of objects that name their type."""
    ids = first(record, ("externalids", "identifiers", "articleids"))
    if isinstance(ids, Mapping):
        if isinstance(ids.get("external-id"), list):
            ids = ids["external-id"]
        else:
            return folded(ids)
    found: dict[str, Any] = {}
    for entry in ids[:50] if isinstance(ids, list) else ():
        if isinstance(entry, Mapping):
            kind = (
                as_text(first(entry, ("type", "idtype", "external-id-type", "scheme", "identifierType")))
                or ""
            )
            found.setdefault(kind.lower(), first(entry, ("value", "id", "external-id-value", "identifier")))
    return found


def _venue(record: Mapping[str, Any], value: Any) -> Any:
    """The venue, which schema.org hides in the volume and issue that an article is part of; a journal
    reference without its volume and pages."""
    for _ in range(3):
        if (
            isinstance(value, Mapping)
            and not as_text(value)
            and isinstance(value.get("isPartOf"), Mapping | list)
        ):
            value = value["isPartOf"]
            value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, str) and value == record.get("journalref"):
        return venue_of_reference(value)
    return value


def _late(record: Mapping[str, Any], value: Any) -> tuple[Any, ...]:
    """Dates of a record rather than of a paper; an arXiv id knows better."""
    return () if value is None or any(arxiv_id_in(text) for text in _ids(record)) else (value,)


def _ids(record: Mapping[str, Any]) -> list[str]:
    return [text for key in ("id", "identifier", "url", "link", "@id") for text in as_texts(record.get(key))]


def folded(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with its keys in one form and without empty values; the first of equal keys counts."""
    result: dict[str, Any] = {}
    for key, value in record.items():
        if value not in (None, "", [], {}):
            result.setdefault(_folded_key(key) if isinstance(key, str) else str(key), value)
    return result


@lru_cache(maxsize=4096)
def _folded_key(key: str) -> str:
    """
    >>> _folded_key("dc:title"), _folded_key("Author Names"), _folded_key("journalTitle_s")
    ('title', 'authornames', 'journaltitle')
    """
    plain_key = _PREFIX.sub("", _SOLR.sub("", key[:200]))
    return re.sub(r"[\s_.:-]", "", plain_key or key).lower()


def grouped(record: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a folded record by the field that their names stand for (see ``KEYS``).

    >>> grouped({"booktitle": "KDD", "venue": "ICML", "papertitle": "T"})
    {'venue': 'ICML', 'title': 'T'}
    """
    found: dict[str, Any] = {}
    ranks: dict[str, int] = {}
    for key, value in record.items():
        for name, rank in _FIELDS_OF.get(key, ()) if value else ():
            if rank < ranks.get(name, 999):
                found[name], ranks[name] = value, rank
    return found


def first(record: Mapping[str, Any], keys: Iterable[str]) -> Any:
    """The first value under these keys that is not empty."""
    return next((record[key] for key in keys if record.get(key)), None)


def inverted_text(value: Any) -> str | None:
    """The text of an inverted index ({word: [positions]}), as bibliographic services give it.

    >>> inverted_text({"We": [0], "it": [2], "show": [1]})
    'We show it'
    """
    if not isinstance(value, Mapping):
        return None
    value = value.get("InvertedIndex") if isinstance(value.get("InvertedIndex"), Mapping) else value
    words = {
        place: word
        for word, places in (value or {}).items()
        for place in (places if isinstance(places, list) else ())
        if type(place) is int and 0 <= place < _MAX_POSITION
    }
    return " ".join(words[place] for place in sorted(words)) or None


def reference(entry: Any) -> Reference | None:
    """What identifies the work that an entry of a reference list cites; None where nothing does."""
    if isinstance(entry, str):
        doi, arxiv_id = clean_doi(entry), arxiv_id_in(entry)
        url = next(iter(find_urls(entry[:2000])), None)
        return Reference(doi=doi, arxiv_id=arxiv_id, url=url) if doi or arxiv_id or url else None
    if not isinstance(entry, Mapping):
        return None
    record = folded(entry)
    inner = first(record, ("citedpaper", "paper", "reference", "article"))
    record = {**folded(inner), **record} if isinstance(inner, Mapping) else record
    given, ids = grouped(record), _external_ids(record)
    unstructured = as_text(first(record, ("unstructured", "originaltext", "rawtext", "raw", "text"))) or ""
    link = as_text(first(record, ("url", "link", "@id", "id")))
    found = Reference(
        title=title_text(given.get("title")),
        authors=tuple(author.name for author in authorships(given.get("authors"))),
        year=year_in(given.get("year")) or when(given.get("date"))[0],
        doi=clean_doi([given.get("doi"), ids.get("doi"), link, unstructured]),
        arxiv_id=arxiv_id_in([given.get("arxiv"), ids.get("arxiv"), link, unstructured]),
        url=next(iter(find_urls(link or "")), None),
    )
    return found if found.title or found.doi or found.arxiv_id or found.url else None


def _references(value: Any) -> tuple[Reference, ...]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if not isinstance(value, list):
        return ()
    return tuple(found for entry in value[:_MAX_REFERENCES] if (found := reference(entry)))


def _terms(value: Any, separator: str) -> list[str]:
    texts = re.split(separator, value.strip()[:20_000]) if isinstance(value, str) else as_texts(value)
    if len(texts) == 1 and isinstance(value, list):
        texts = re.split(separator, texts[0][:20_000])
    return [term for text in dict.fromkeys(texts) if (term := collapse(plain(text)) if text else "")]


def _language(value: Any) -> str | None:
    """A code or name of a language, as given; anything else is none."""
    code = value.get("code") or value.get("name") if isinstance(value, Mapping) else value
    text = as_text(code)
    return text if text and _LANGUAGE_CODE.fullmatch(text) else None


def _own_text(title: str | None, text: Any) -> str | None:
    """The abstract in a text beside a title, which may open with that title."""
    whole = as_text(text)
    if whole is None or title is None:
        return whole
    rest = whole.removeprefix(title)
    return rest.lstrip(" .\r\n") if rest != whole else whole


def _from_text(text: str | None) -> tuple[str | None, str | None]:
    """Title and abstract of a text that opens with its title ("title. abstract", or a title line)."""
    if text is None:
        return None, None
    match = _TEXT_TITLE.match(text)
    if match is None:
        return (text, None) if len(text) < 200 else (None, text)
    rest = text[match.end() :].strip()
    title = text[: match.end()].strip()
    title = title.removesuffix(".") if not title.endswith("..") else title
    return (title, rest) if rest else (title, None)
