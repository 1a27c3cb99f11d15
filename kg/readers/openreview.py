"""Notes of OpenReview (https://docs.openreview.net/reference/api-v2): submissions are papers, the reviews,
decisions and comments below them are none. Version 2 of the API wraps every value as ``{"value": ...}``."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from kg.readers.record_people import authorships
from kg.readers.record_source import Record, RecordSource
from kg.readers.record_text import as_text
from kg.readers.structured import Fields

__all__ = ["SOURCE"]

_NO_SUBMISSION = re.compile(
    r"official[_ ]review|meta[_ ]?review|decision|comment|rebuttal|withdraw|desk[_ ]reject|public|rating|"
    r"recruitment|bid|assignment|profile|edit\b",
    re.IGNORECASE,
)
_OPEN_TO_ALL = re.compile(r"submi(?:tted|ssion)|under review|withdrawn|reject", re.IGNORECASE)
_BOOKTITLE = re.compile(
    r"booktitle\s{0,9}=\s{0,9}[{\"]([^{}\"]{2,300})[}\"]"
)  # of submissions that were accepted
_ISSUED = re.compile(r"\byear\s{0,9}=\s{0,9}[{\"]((?:19|20)\d\d)[}\"]")
_MS = 1000
_LAST = 4_102_444_800  # the year 2100, in seconds


def _matches(record: Record) -> bool:
    content = record.get("content")
    known = ("invitation", "invitations", "forum", "replyto", "signatures", "readers", "cdate", "tcdate")
    if not isinstance(content, dict):
        return False
    title = content.get("title")
    values = isinstance(title, dict) and "value" in title
    return sum(key in record for key in known) >= (1 if values else 2)


def _fields(record: Record) -> Fields | str:
    content = {key: _value(value) for key, value in record["content"].items()}
    invitations = record.get("invitations") or record.get("invitation")
    named = " ".join(
        text.rsplit("/-/", 1)[-1]
        for text in (invitations if isinstance(invitations, list) else [invitations])
        if isinstance(text, str)
    )
    if (
        record.get("replyto")
        or (_NO_SUBMISSION.search(named) and "ubmission" not in named)
        or not content.get("title")
    ):
        return "review or comment"
    venue, year = _venue(content)
    entry = as_text(content.get("_bibtex")) or ""
    booktitle, issued = _BOOKTITLE.search(entry), _ISSUED.search(entry)
    if not venue and booktitle and not content.get("venue"):
        venue = booktitle.group(1)
    forum = as_text(record.get("forum")) or as_text(record.get("id"))
    return Fields(
        title=content.get("title"),
        abstract=content.get("abstract"),
        authors=authorships(content.get("authors")),
        venue=venue,
        year=year or (issued.group(1) if issued else None),
        dates=tuple(_day(record.get(key)) for key in ("pdate", "odate", "cdate", "tcdate")),
        links=(
            f"https://openreview.net/forum?id={forum}"
            if forum and re.fullmatch(r"[\w-]{1,40}", forum)
            else None,
        ),
        keywords=content.get("keywords"),
        categories=content.get("primary_area") or content.get("subject_areas"),
    )


def _value(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) else value


def _venue(content: Record) -> tuple[str | None, str | None]:
    """The venue and its year; what is under review or was withdrawn has no venue."""
    venue = as_text(content.get("venue")) or ""
    identifier = as_text(content.get("venueid")) or ""
    year = re.search(r"\b(?:19|20)\d\d\b", f"{venue} {identifier}")
    if _OPEN_TO_ALL.search(venue) or _OPEN_TO_ALL.search(identifier):
        return None, year.group() if year else None
    if not venue and identifier:
        venue = identifier.split("/")[0].split(".")[0]
    return re.sub(
        r"\s*\(?\b(?:poster|oral|spotlight|notable[ -]top[ -]\d+%|top[ -]\d+%|conditional)\)?\s*\Z",
        "",
        venue,
        flags=re.IGNORECASE,
    ) or None, (year.group() if year else None)


def _day(value: Any) -> str | None:
    """The day of a time in milliseconds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _LAST * _MS:
        return None
    return datetime.fromtimestamp(value / _MS, tz=UTC).strftime("%Y-%m-%d")


SOURCE = RecordSource(name="OpenReview", matches=_matches, fields=_fields)
