"""Full texts in JSON: S2ORC and s2orc-doc2json (https://github.com/allenai/s2orc-doc2json), CORD-19,
unarXive, Science Parse, and the ``s2orc`` lines of Semantic Scholar's bulk datasets, which keep spans into
one text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kg.readers.record_facts import arxiv_id_in, clean_doi, year_in
from kg.readers.record_people import authorships
from kg.readers.record_source import Record, RecordSource, objects
from kg.readers.record_text import as_text, plain, title_text
from kg.readers.structured import Fields, folded
from kg.text import collapse
from kg.types import Reference

__all__ = ["SOURCE"]

_APART = re.compile(
    r"acknowledge?ments?|references|bibliography|funding|author contributions?|competing interests?",
    re.IGNORECASE,
)
_MAX_SPANS = 4 * 2**20


def _matches(record: Record) -> bool:
    content = record.get("content")
    if isinstance(content, dict) and "annotations" in content:
        return True
    metadata = record.get("metadata")
    if isinstance(metadata, dict) and "sections" in metadata and "title" in metadata:
        return True
    return "body_text" in record or isinstance(record.get("pdf_parse") or record.get("latex_parse"), dict)


def _fields(record: Record) -> Fields | str:
    content = record.get("content")
    if isinstance(content, dict):
        return _annotated(record, content)
    parse = next(iter(objects(record.get("pdf_parse") or record.get("latex_parse"))), record)
    metadata = next(iter(objects(record.get("metadata"))), {})
    about: dict[str, Any] = {**folded(metadata), **folded(record)}
    ids = next(iter(objects(record.get("identifiers"))), {})
    entries = parse.get("bib_entries") or metadata.get("references")
    abstract = about.get("abstract") or parse.get("abstract") or about.get("abstracttext")
    return Fields(
        title=about.get("title"),
        abstract=_paragraphs(abstract) if isinstance(abstract, list) else abstract,
        authors=authorships(about.get("authors") or about.get("authorsparsed")),
        venue=about.get("venue") or about.get("journal") or about.get("journalref"),
        year=about.get("year"),
        dates=(about.get("publishtime"),),
        doi=about.get("doi") or ids.get("doi"),
        arxiv_id=[about.get("arxivid"), ids.get("arxiv_id"), about.get("paperid"), about.get("id")],
        links=(about.get("url"),),
        categories=about.get("categories"),
        body=_body(parse.get("body_text") or metadata.get("sections")),
        references=tuple(_references(entries)),
    )


def _paragraphs(value: list[Any]) -> str | None:
    """The paragraphs of an abstract, whose sections all bear the same name or none."""
    return (
        "\n\n".join(
            text for item in value if (text := as_text(item.get("text") if isinstance(item, dict) else item))
        )
        or None
    )


def _body(value: Any) -> str | None:
    """Headings, each once, and paragraphs."""
    parts: list[str] = []
    heading = ""
    for item in objects(value):
        section = collapse(as_text(item.get("section") or item.get("heading")) or "")
        text = plain(as_text(item.get("text")) or "").strip()
        if not text or _APART.search(section):
            continue
        if section and section != heading:
            parts.append(section)
            heading = section
        parts.append(text)
    return "\n\n".join(parts) or None


def _references(entries: Any) -> Iterator[Reference]:
    for entry in objects(list(entries.values()) if isinstance(entries, dict) else entries):
        ids = folded(next(iter(objects(entry.get("other_ids") or entry.get("ids"))), {}))
        raw = as_text(entry.get("raw_text") or entry.get("bib_entry_raw"))
        found = Reference(
            title=title_text(entry.get("title")),
            authors=tuple(author.name for author in authorships(entry.get("authors") or entry.get("author"))),
            year=year_in(entry.get("year")),
            doi=clean_doi([ids.get("doi"), entry.get("doi"), raw]),
            arxiv_id=arxiv_id_in([ids.get("arxiv"), ids.get("arxivid"), raw]),
        )
        if found.title or found.doi or found.arxiv_id:
            yield found


def _annotated(record: Record, content: Record) -> Fields:
    """A paper as one text and lists of spans, which are JSON within JSON."""
    text = content.get("text")
    text = text if isinstance(text, str) else ""
    notes = next(iter(objects(content.get("annotations"))), {})
    ids = folded(next(iter(objects(record.get("externalids"))), {}))
    headings = [(start, collapse(text[start:end]), True) for start, end in _spans(notes.get("sectionheader"))]
    parts = sorted(
        headings + [(start, text[start:end].strip(), False) for start, end in _spans(notes.get("paragraph"))]
    )
    abstracts = _spans(notes.get("abstract"))
    return Fields(
        title=record.get("title") or _slice(text, _spans(notes.get("title"))[:1]),
        abstract=record.get("abstract") or _slice(text, abstracts),
        authors=authorships(
            record.get("authors") or [text[start:end] for start, end in _spans(notes.get("author"))]
        ),
        venue=record.get("venue") or _slice(text, _spans(notes.get("venue"))[:1]),
        year=record.get("year"),
        doi=ids.get("doi"),
        arxiv_id=ids.get("arxiv"),
        body=_running(parts, abstracts),
    )


def _spans(value: Any) -> list[tuple[int, int]]:
    if isinstance(value, str) and len(value) < _MAX_SPANS:
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    spans = []
    for item in objects(value):
        start, end = (str(item.get(name))[:12] for name in ("start", "end"))
        if start.isdecimal() and end.isdecimal():
            spans.append((int(start), int(end)))
    return spans


def _slice(text: str, spans: Iterable[tuple[int, int]]) -> str | None:
    return "\n\n".join(text[start:end] for start, end in spans) or None


def _running(parts: list[tuple[int, str, bool]], abstracts: list[tuple[int, int]]) -> str | None:
    """The body without the abstract's paragraphs and without sections that are no running text."""
    kept: list[str] = []
    apart = False
    for start, text, is_heading in parts:
        if is_heading:
            apart = _APART.search(text) is not None
        if text and not apart and not any(begin <= start < end for begin, end in abstracts):
            kept.append(text)
    return "\n\n".join(kept) or None


SOURCE = RecordSource(name="S2ORC", matches=_matches, fields=_fields)
