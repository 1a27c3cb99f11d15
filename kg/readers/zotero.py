"""Items of Zotero: its web API, its own JSON export and that of Better BibTeX
(https://www.zotero.org/support/dev/web_api/v3/basics). Attachments, notes and annotations are no papers."""

from __future__ import annotations

import re
from typing import Any

from kg.readers.csl import extra_fields, is_identified
from kg.readers.record_people import authorship
from kg.readers.record_source import Record, RecordSource, objects, unpaperlike
from kg.readers.record_text import as_text
from kg.readers.structured import Fields
from kg.types import Authorship

__all__ = ["SOURCE"]

_VENUES = (
    "publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "encyclopediaTitle",
    "dictionaryTitle", "repository", "meetingName", "forumTitle", "blogTitle", "websiteTitle",
)  # fmt: skip
_PAGES = frozenset({"webpage", "blogPost", "forumPost"})
_AUTHORS = frozenset({"author", "presenter", ""})
_SQL_DATE = re.compile(r"\d{4}-\d\d-\d\d(?= )")


def _matches(record: Record) -> bool:
    return isinstance(_item(record).get("itemType"), str)


def _item(record: Record) -> Record:
    data = record.get("data")
    return data if isinstance(data, dict) and "itemType" in data else record


def _fields(record: Record) -> Fields | str:
    item = _item(record)
    kind = unpaperlike(item.get("itemType"))
    if kind or item.get("itemType") == "letter":
        return kind or "letter"
    extra = extra_fields(as_text(item.get("extra")))
    if item.get("itemType") in _PAGES and not is_identified(item.get("DOI"), item.get("url"), extra):
        return "web page"
    archive = as_text(item.get("archiveID")) or ""
    arxiv = [f"arXiv:{extra.get('arxiv')}", archive if "arxiv" in archive.lower() else None]
    tags = item.get("tags")
    return Fields(
        title=item.get("title") or item.get("nameOfAct") or item.get("caseName"),
        abstract=item.get("abstractNote"),
        authors=tuple(author for person in objects(item.get("creators")) if (author := _author(person))),
        venue=next((item[key] for key in _VENUES if as_text(item.get(key))), None)
        or item.get({"thesis": "university", "report": "institution"}.get(str(item.get("itemType")), "")),
        dates=(_date(item.get("date")), _date(item.get("issueDate")), extra.get("issued"), extra.get("date")),
        doi=item.get("DOI") or extra.get("doi"),
        arxiv_id=arxiv,
        links=(item.get("url"),),
        keywords=[tag.get("tag") for tag in objects(tags)] or tags,
        language=item.get("language"),
    )


def _author(person: Record) -> Authorship | None:
    if (as_text(person.get("creatorType")) or "") not in _AUTHORS:
        return None
    return authorship({key: value for key, value in person.items() if key != "creatorType"})


def _date(value: Any) -> str | None:
    """A date as typed; in the form of Zotero's database ("2019-05-00 May 2019") its typed half."""
    text = as_text(value)
    if text and _SQL_DATE.match(text):
        return text[:10] if "-00" not in text[:10] else text[11:]
    return text


SOURCE = RecordSource(name="Zotero", matches=_matches, fields=_fields)
