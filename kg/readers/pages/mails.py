r"""Announcement mails of preprint servers: records between lines of two backslashes, fields on top, then the
abstract.

A record is ``\\``, its identifier, "Date:", "Title:", "Authors:" and other fields (continued by indented
lines),
``\\``, the abstract, and ``\\`` with the address.
"""

from __future__ import annotations

import re

from kg.readers.fields import find_arxiv_id, find_date, find_doi, find_urls, find_year
from kg.readers.names import names_at
from kg.readers.page import Page
from kg.readers.pages.found import Found, Span
from kg.readers.pages.venues import accepted_at, venue_of
from kg.text import collapse

__all__ = ["read"]

_RULE = re.compile(r"^[ \t>]*\\\\[^\r\n]*(?:\r\n?|\n|\Z)", re.MULTILINE)
_FIELD = re.compile(
    r"^[ \t>]*(?P<name>Title|Authors?|Categories|Comments|Subj-class|Report-no|"
    r"Journal-ref|DOI|MSC-class|ACM-class|License|Date|Date \(v1\))[ \t]*:[ \t]*"
    r"(?P<value>[^\r\n]*(?:(?:\r\n?|\n)(?:>[ \t]?)*+[ \t]+[^\s>][^\r\n]*)*)",
    re.MULTILINE,
)
_WHEN = re.compile(
    r"^[ \t>]*(?:Date[^:\r\n]{0,20}:|replaced with revised version)\s*([^\r\n(]{6,60})", re.MULTILINE
)
_NUMBER = re.compile(r"arXiv:\s?(\d\d)\d\d\.\d{4,5}", re.IGNORECASE)
_QUOTES = re.compile(r"(\n)[ \t]*(?:>[ \t]?)+")
_LEAST = 1
_LONGEST_HEAD = 6000


def read(page: Page) -> list[Found]:
    """The records of a mail; empty for a text that is none."""
    text = page.text
    if "\\\\" not in text:
        return []
    rules = list(_RULE.finditer(text))
    records: list[Found] = []
    for number, rule in enumerate(rules):
        stop = rules[number + 1].start() if number + 1 < len(rules) else len(text)
        head = text[rule.end() : min(stop, rule.end() + _LONGEST_HEAD)]
        if not re.search(r"^[ \t>]*Title[ \t]*:", head, re.MULTILINE) or not re.search(
            r"^[ \t>]*Authors?[ \t]*:", head, re.MULTILINE
        ):
            continue
        last = rules[number + 2].end() if number + 2 < len(rules) else stop
        following = rules[number + 1] if number + 1 < len(rules) else None
        abstract = _abstract(
            text, following, rules[number + 2].start() if number + 2 < len(rules) else len(text)
        )
        records.append(
            _record(
                text,
                rule.end(),
                head,
                abstract,
                last if abstract else (following.end() if following else stop),
            )
        )
    return records if len(records) >= _LEAST else []


def _unquoted(text: str) -> str:
    """The text without the marks of a mail that is quoted in another."""
    return _QUOTES.sub(r"\1", text)


def _abstract(text: str, opening: re.Match[str] | None, end: int) -> Span | None:
    """The text between the second rule of a record and its third; a rule with an address closes a record."""
    if opening is None or "(" in opening.group():
        return None
    body = text[opening.end() : end]
    cut = re.search(r"^[ \t>]*[-%=]{6,}", body, re.MULTILINE)
    body = body[: cut.start()] if cut else body
    if not body.strip(" \t\r\n>"):
        return None
    start = opening.end() + len(body) - len(body.lstrip(" \t\r\n>"))
    return start, opening.end() + len(body.rstrip(" \t\r\n>"))


def _year(head: str, when: re.Match[str] | None) -> int | None:
    """The year of the submission: the date of a new one, the number of one that is replaced."""
    number = _NUMBER.search(head)
    if number is not None and (when is None or "replaced" in when.group()):
        return 2000 + int(number.group(1))
    return find_year(when.group(1)) if when else None


def _issue(head: str, fields: dict[str, tuple[int, int]]) -> tuple[str | None, int | None]:
    """Venue and year that the fields for the journal and for comments name."""
    if "Journal-ref" in fields:
        venue, year = venue_of(collapse(_unquoted(head[slice(*fields["Journal-ref"])])))
        if venue:
            return venue, year
    if "Comments" in fields:
        return accepted_at(collapse(_unquoted(head[slice(*fields["Comments"])])))
    return None, None


def _record(text: str, offset: int, head: str, abstract: Span | None, end: int) -> Found:
    fields: dict[str, tuple[int, int]] = {}
    for match in _FIELD.finditer(head):
        fields.setdefault(match.group("name"), match.span("value"))
    title = fields["Title"]
    authors = fields.get("Authors", fields.get("Author", (0, 0)))
    listed = names_at(_unquoted(head[slice(*authors)]), 0) if authors[1] > authors[0] else None
    when = _WHEN.search(head)
    venue, issued = _issue(head, fields)
    date = find_date(when.group(1)) if when else None
    return Found(
        extent=(offset, end),
        title=(offset + title[0], offset + title[1]),
        title_text=collapse(_unquoted(head[slice(*title)])),
        abstract=abstract,
        abstract_text=_unquoted(text[slice(*abstract)])
        if abstract and "\n>" in text[slice(*abstract)]
        else None,
        authors=listed.authors if listed else (),
        date=date
        if when and "Date" in when.group()[:12] and date and issued in {None, int(date[:4])}
        else None,
        year=issued or _year(head, when),
        venue=venue,
        doi=find_doi(head[slice(*fields.get("DOI", (0, 0)))]),
        arxiv_id=find_arxiv_id(head),
        url=next(iter(find_urls(text[offset:end])), None),
        categories=tuple(head[slice(*fields.get("Categories", (0, 0)))].split()),
        listed=True,
    )
