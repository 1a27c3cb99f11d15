"""Hits of DBLP's search API (https://dblp.org/faq/How+to+use+the+dblp+search+API.html): one author stands
without a list, names bear the numbers of homonyms, titles end in full stops. Volumes that somebody edited
are no papers."""

from __future__ import annotations

from kg.readers.record_people import authorships
from kg.readers.record_source import Record, RecordSource, unpaperlike
from kg.readers.record_text import as_texts, title_text
from kg.readers.structured import Fields

__all__ = ["SOURCE"]


def _matches(record: Record) -> bool:
    info = record.get("info")
    item = info if isinstance(info, dict) else record
    return (
        "title" in item
        and "key" in item
        and ("ee" in item or "venue" in item or "access" in item)
        and "type" in item
    )


def _fields(record: Record) -> Fields | str:
    info = record.get("info")
    item: Record = info if isinstance(info, dict) else record
    kind = unpaperlike(item.get("type"))
    if kind:
        return kind
    title = title_text(item.get("title"))
    addresses = as_texts(item.get("ee"))
    return Fields(
        title=title if title is None or title.endswith("..") else title.removesuffix("."),
        authors=authorships(item.get("authors")),
        venue=item.get("venue"),
        year=item.get("year"),
        doi=item.get("doi") or addresses,
        arxiv_id=addresses,
        links=(addresses, item.get("url")),
    )


SOURCE = RecordSource(name="DBLP", matches=_matches, fields=_fields)
