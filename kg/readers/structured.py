"""A record that names its fields (a JSON object, JSON-LD, the meta tags of a page) -> Paper."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from kg.readers.fields import find_arxiv_id, find_date, find_doi, find_urls, find_year, split_venue
from kg.readers.name_lists import inverted_names
from kg.readers.names import names_at
from kg.text import collapse
from kg.types import Authorship, Paper

__all__ = ["BIBLIOGRAPHIC_FIELDS", "as_texts", "authorships", "paper_from_mapping"]

# keys are compared without case, hyphens and underscores
_TITLE = ("title", "papertitle", "articletitle", "documenttitle", "name", "headline", "displayname")
_ABSTRACT = ("abstract", "abstracttext", "paperabstract", "abstracts", "summary", "description")
_INVERTED = ("abstractinvertedindex", "invertedabstract", "indexedabstract")
_AUTHORS = (
    "authors",
    "author",
    "authorlist",
    "authornames",
    "authorships",
    "creators",
    "creator",
    "contributors",
)
_VENUE = (
    "venue",
    "booktitle",
    "journal",
    "conference",
    "containertitle",
    "journalref",
    "ispartof",
    "publicationvenue",
    "publicationtitle",
    "publicationname",
    "sourcetitle",
    "publication",
    "journalname",
    "journaltitle",
    "eventtitle",
    "conferencename",
    "venuename",
    "proceedings",
    "primarylocation",
    "hostvenue",
)
_YEAR = ("year", "pubyear", "publicationyear", "publishedyear", "yearpublished")
_DATE = (
    "date",
    "datepublished",
    "published",
    "publicationdate",
    "publisheddate",
    "updatedate",
    "issued",
    "created",
)
_INNER = ("info", "paper", "metadata", "source", "fields", "attributes", "bib", "record", "data")
_MARKUP = re.compile(r"</?(?:jats:)?(?:p|sec|title|italic|i|b|sub|sup)\b[^<>]{0,200}>", re.IGNORECASE)
_MAX_POSITION = 100_000
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_TEXT_TITLE = re.compile(
    r"(?P<title>[^\r\n]{3,300}?)(?:\r?\n|(?<![A-Z.][A-Z])(?<!\be\.g)(?<!\bvs)[.?!]\s+(?=[A-Z\"“]))"
)


BIBLIOGRAPHIC_FIELDS = (
    "authors",
    "venue",
    "year",
    "date",
    "doi",
    "arxiv_id",
    "url",
    "categories",
    "keywords",
    "language",
)
"""What a second description of a paper can fill in without touching its texts."""


def paper_from_mapping(record: Mapping[str, Any]) -> Paper | None:
    """The paper of a record; None where it has neither title nor abstract nor text.

    Values of the wrong form count as missing: a record never breaks the document it is in.
    """
    record = _normal(record)
    inner = _first(record, _INNER)
    if isinstance(inner, Mapping) and not (_first_text(record, _TITLE) and _first_text(record, _ABSTRACT)):
        record = {**_normal(inner), **record}
    title = _unmarked(_first_text(record, _TITLE))
    abstract = _unmarked(_first_text(record, _ABSTRACT)) or _from_index(_first(record, _INVERTED))
    if title is None and abstract is None:
        title, abstract = _from_text(_first_text(record, ("text", "content", "body")))
    if title is None and abstract is None:
        return None
    venue, venue_year = split_venue(_first_text(record, _VENUE) or "")
    raw_date = _date_text(_first(record, _DATE))
    date = find_date(raw_date)
    year = _year(_first(record, _YEAR)) or find_year(raw_date) or venue_year
    link = _first_text(record, ("url", "link", "@id", "id", "sameas"))
    url = next(iter(find_urls(link or "")), None)
    known = " ".join(part for part in (link, _first_text(record, ("doi", "identifier"))) if part)
    external = record.get("externalids")
    ids = _normal(external) if isinstance(external, Mapping) else {}
    arxiv = _first_text({**ids, **record}, ("arxivid", "arxiv", "eprint"))
    known = f"{known} {_first_text(ids, ('doi',)) or ''}"
    return Paper(
        paper_id="",
        document_id="",
        position=0,
        title=title,
        authors=authorships(_first(record, _AUTHORS)),
        venue=venue,
        year=year or (int(date[:4]) if date else None),
        date=date,
        doi=find_doi(known),
        arxiv_id=find_arxiv_id(f"arXiv:{arxiv}" if arxiv and arxiv[0].isdigit() else arxiv or known),
        url=url,
        urls=_urls(url, as_texts(record.get("urls")), title, abstract),
        categories=tuple(_split(record.get("categories") or record.get("category"), r"[;,]\s*|\s+")),
        keywords=tuple(_split(_first(record, ("keywords", "tags")), r"\s*[;,]\s*")),
        language=_first_text(record, ("language", "inlanguage", "lang")),
        abstract=abstract,
    )


def _normal(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with its keys folded; the first of equal ones counts."""
    folded: dict[str, Any] = {}
    for key, value in record.items():
        if value not in (None, "", [], {}):
            folded.setdefault(re.sub(r"[\s_-]", "", str(key)).lower(), value)
    return folded


def _date_text(value: Any) -> str:
    """A date as text; numbers in lists, as Crossref has them, become 2018-4-1."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else value
    while isinstance(parts, list) and parts and isinstance(parts[0], list):
        parts = parts[0]
    if isinstance(parts, list) and parts and all(isinstance(part, int) for part in parts):
        return "-".join(str(part) for part in parts)
    return next(iter(as_texts(value)), "")


def _from_index(value: Any) -> str | None:
    """The text of an inverted index ({word: [positions]}), as bibliographic services give it.

    >>> _from_index({"We": [0], "it": [2], "show": [1]})
    'We show it'
    """
    if not isinstance(value, Mapping):
        return None
    words = {
        place: str(word)
        for word, places in value.items()
        for place in (places if isinstance(places, list) else ())
        if isinstance(place, int) and 0 <= place < _MAX_POSITION
    }
    return " ".join(words[place] for place in sorted(words)) or None


def _unmarked(text: str | None) -> str | None:
    """The text without the tags that publishers' records keep."""
    if text is None or "<" not in text or not _MARKUP.search(text):
        return text
    plain = collapse(html.unescape(_MARKUP.sub(" ", text)))
    return re.sub(r"\AAbstract[\s:.]+(?=[A-Z])", "", plain) or None


def _first(record: Mapping[str, Any], keys: Iterable[str]) -> Any:
    return next((record[key] for key in keys if record.get(key)), None)


def _first_text(record: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    for key in keys:
        texts = as_texts(record.get(key))
        if texts:
            return texts[0]
    return None


def as_texts(value: Any) -> list[str]:
    """The texts in a value: a text, a number, a list of them, or objects with a name.

    >>> as_texts(["a", {"name": "b"}, 3, None, " "])
    ['a', 'b', '3']
    """
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, list):
        return [text for item in value if not isinstance(item, list) for text in as_texts(item)]
    if isinstance(value, Mapping):
        keys = ("name", "display_name", "title", "source", "@value", "value", "@id", "url")
        return next((texts for key in keys if (texts := as_texts(value.get(key)))), [])
    return []


def authorships(value: Any) -> tuple[Authorship, ...]:
    """Authors from a list of names or of objects, or from one text that lists them.

    >>> [author.name for author in authorships([{"name": "Ada Lovelace", "affiliation": "London"}, "Alan T"])]
    ['Ada Lovelace', 'Alan T']
    """
    if isinstance(value, str):
        names = inverted_names(value) or names_at(value, 0)
        whole = names is not None and not value[names.end :].strip(" .,;")
        if names and whole:
            return names.authors
        parts = re.split(r"\s*;\s*|\s+and\s+" if ";" in value or " and " in value else r"\s*,\s*", value)
        return tuple(Authorship(name=collapse(part)) for part in parts if part.strip())
    people = value if isinstance(value, list) else [value] if isinstance(value, Mapping) else []
    return tuple(author for person in people if (author := _author(person)))


def _author(person: Any) -> Authorship | None:
    if isinstance(person, str):
        return Authorship(name=collapse(person)) if person.strip() else None
    if not isinstance(person, Mapping):
        return None
    inner = person.get("author")
    person = _normal({**inner, **person} if isinstance(inner, Mapping) else person)
    name = _first_text(person, ("name", "fullname", "displayname", "authorname"))
    if name is None:
        given = _first_text(person, ("givenname", "given", "first", "firstname", "forename"))
        family = _first_text(person, ("familyname", "family", "last", "lastname", "surname"))
        name = " ".join(part for part in (given, family) if part) or None
    if name is None:
        return None
    places = as_texts(_first(person, ("affiliation", "affiliations", "institution", "institutions")))
    orcid = _ORCID.search(" ".join(as_texts(_first(person, ("orcid", "@id", "identifier", "sameas")))))
    return Authorship(
        name=collapse(name), affiliation="; ".join(places) or None, orcid=orcid.group() if orcid else None
    )


def _year(value: Any) -> int | None:
    return find_year(as_texts(value)[0]) if as_texts(value) else None


def _split(value: Any, separator: str) -> list[str]:
    if isinstance(value, str):
        return [part for part in re.split(separator, value.strip()) if part]
    return as_texts(value)


def _urls(url: str | None, given: list[str], title: str | None, abstract: str | None) -> tuple[str, ...]:
    texts = [url or "", *given, title or "", abstract or ""]
    return tuple(dict.fromkeys(found for text in texts for found in find_urls(text)))


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
