"""Metadata of arXiv as JSON: the lines of its snapshot on Kaggle (also as OAI dumps have them), and the
daily papers of Hugging Face, which are arXiv papers. The first version's date is the paper's;
``update_date`` is the record's."""

from __future__ import annotations

import re
from typing import Any

from kg.readers.journal_reference import venue_of_comment, venue_of_reference
from kg.readers.record_facts import arxiv_id_in
from kg.readers.record_people import authorships
from kg.readers.record_source import Record, RecordSource, objects
from kg.readers.record_text import as_text
from kg.readers.structured import Fields

__all__ = ["DAILY", "SNAPSHOT"]

_PARAGRAPH = re.compile(r"\n {2,4}(?=\S)")
_OWN = ("authors_parsed", "journal-ref", "report-no", "update_date", "submitter", "versions")


def _is_snapshot(record: Record) -> bool:
    return (
        "title" in record
        and sum(key in record for key in _OWN) >= 2
        and arxiv_id_in(record.get("id")) is not None
    )


def _snapshot(record: Record) -> Fields | str:
    versions = objects(record.get("versions"))
    abstract = as_text(record.get("abstract")) or ""
    return Fields(
        title=record.get("title"),
        abstract=_PARAGRAPH.sub("\n\n", abstract) if "\n" in abstract else abstract,
        authors=authorships(record.get("authors_parsed")) or authorships(record.get("authors")),
        venue=venue_of_reference(as_text(record.get("journal-ref")) or "")
        or venue_of_comment(as_text(record.get("comments")) or ""),
        dates=(versions[0].get("created"),) if versions else (),
        doi=record.get("doi"),
        arxiv_id=record.get("id"),
        categories=record.get("categories"),
    )


def _is_daily(record: Record) -> bool:
    paper = record.get("paper")
    return isinstance(paper, dict) and "title" in paper and ("upvotes" in paper or "publishedAt" in record)


def _daily(record: Record) -> Fields | str:
    paper: dict[str, Any] = record["paper"]
    return Fields(
        title=paper.get("title"),
        abstract=paper.get("summary"),
        authors=authorships(paper.get("authors")),
        dates=(paper.get("publishedAt"), record.get("publishedAt")),
        arxiv_id=paper.get("id"),
        links=(paper.get("githubRepo"), paper.get("projectPage")),
        keywords=paper.get("ai_keywords"),
    )


SNAPSHOT = RecordSource(name="arXiv", matches=_is_snapshot, fields=_snapshot)
DAILY = RecordSource(name="Hugging Face daily papers", matches=_is_daily, fields=_daily)
