"""Records of a work -> one row: each field by trust, with the record that it came from.

Trust goes by the kind of document: a structured record (of a publisher, an index, a reference manager)
before the page or full text of one paper, before a listing of many. Within a kind the fuller value goes
before the abbreviated. A published venue goes before a preprint server whatever the kind, and brings its
year and DOI along, so that a row does not mix two versions of a paper. What is equal in all that is decided
by the paper id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.dedupe import RecordLink, is_preprint_doi
from kg.paper_titles import title_key
from kg.person_names import parse_name
from kg.tables import Row, Tables
from kg.text import fold
from kg.types import WORK_FIELDS

__all__ = ["WORK_FIELDS", "is_preprint_venue", "work_rows", "works_of"]

_IN_THE_ROW = tuple(name for name in WORK_FIELDS if name not in ("authors", "abstract"))
_TEXT_READERS = frozenset({"html", "markdown", "text", "pdf", "docx", "odt", "epub", "tex", "mail"})
_PREPRINT = re.compile(
    r"(?:.*\b)?(?:arxiv|corr|computing research repository|biorxiv|medrxiv|chemrxiv|techrxiv|psyarxiv"
    r"|socarxiv|ssrn|research square|preprints?|preprints\.org|hal|zenodo|osf|researchgate)\b.*"
)
_CUT = re.compile(r"(?:…|\.\.\.|\[truncated\])\s*$")


@dataclass(frozen=True, slots=True)
class _Record:
    row: Row
    trust: int
    byline: Sequence[Row]


_Order = Callable[[_Record], tuple[object, ...]]


def is_preprint_venue(venue: str) -> bool:
    """Whether a venue is a preprint server.

    >>> is_preprint_venue("arXiv preprint arXiv:1706.03762"), is_preprint_venue("NeurIPS")
    (True, False)
    """
    return _PREPRINT.fullmatch(fold(venue)) is not None


def work_rows(
    papers: Iterable[Row],
    authorships: Iterable[Row],
    documents: Iterable[Row],
    links: Iterable[RecordLink] = (),
) -> list[Row]:
    """The rows of the table ``works``, by id, from rows of papers, authorships and documents.

    ``rule`` and ``score`` are those of the weakest link between the records, None for a work of one record.
    """
    trust = {row["document_id"]: _trust(row) for row in documents}
    bylines: dict[str, list[Row]] = defaultdict(list)
    for row in authorships:
        bylines[row["paper_id"]].append(row)
    by_work: dict[str, list[_Record]] = defaultdict(list)
    work_of = {}
    for row in papers:
        work_of[row["paper_id"]] = row["work_id"]
        by_work[row["work_id"]].append(
            _Record(row, trust.get(row["document_id"], 0), bylines.get(row["paper_id"], ()))
        )
    weakest: dict[str, RecordLink] = {}
    for link in sorted(links, key=lambda each: (each.score, each.paper_id)):
        weakest.setdefault(work_of[link.paper_id], link)
    return [_work(work_id, by_work[work_id], weakest.get(work_id)) for work_id in sorted(by_work)]


def works_of(tables: Tables) -> Mapping[str, Row]:
    """The works of tables by id; tables that were put together without works have them merged now."""
    rows = tables.works or work_rows(tables.papers, tables.authorships, tables.documents)
    return {row["work_id"]: row for row in rows}


def _work(work_id: str, records: list[_Record], link: RecordLink | None) -> Row:
    alone = dict[str, _Record | None].fromkeys(WORK_FIELDS, records[0])
    chosen = _chosen(records) if len(records) > 1 else alone
    row: Row = {"work_id": work_id, "records": len(records)}
    for name in _IN_THE_ROW:
        record = chosen[name]
        row[name] = record.row[name] if record else None
    for name in WORK_FIELDS:
        record = chosen[name]
        row[f"{name}_from"] = record.row["paper_id"] if record and _value(record, name) else None
    return row | {"rule": link.rule if link else None, "score": link.score if link else None}


def _chosen(records: list[_Record]) -> dict[str, _Record | None]:
    """For each field the record that it is taken from."""
    venue = _best(records, "venue", _venue_order)
    version = venue or _best(records, "doi", _doi_order)
    found = {
        "title": _best(records, "title", _title_order),
        "authors": _best(records, "authors", _byline_order),
        "venue": venue,
        "year": _of_version(records, "year", version),
        "doi": _best(records, "doi", _doi_order),
        "arxiv_id": _best(records, "arxiv_id", _plain_order),
        "url": _of_version(records, "url", version),
        "abstract": _best(records, "abstract", _abstract_order),
    }
    year = found["year"].row["year"] if found["year"] else None
    dated = [each for each in records if year is None or str(each.row["date"] or "")[:4] == str(year)]
    found["date"] = _of_version(dated, "date", found["year"])
    return found


def _of_version(records: list[_Record], name: str, version: _Record | None) -> _Record | None:
    """The record of the published version itself, if it has the field, else the most trusted that has."""
    if version and version in records and _value(version, name):
        return version
    published = [each for each in records if _published(each)]
    return _best(published, name, _plain_order) or _best(records, name, _plain_order)


def _best(records: Iterable[_Record], name: str, order: _Order) -> _Record | None:
    """The first record in an order, of those that have the field."""
    having = [record for record in records if _value(record, name)]
    return min(having, key=lambda each: (*order(each), each.row["paper_id"]), default=None)


def _value(record: _Record, name: str) -> object:
    return record.byline if name == "authors" else record.row[name]


def _published(record: _Record) -> bool:
    venue, doi = record.row["venue"], record.row["doi"]
    return bool(venue and not is_preprint_venue(venue)) or bool(doi and not is_preprint_doi(doi))


def _plain_order(record: _Record) -> tuple[object, ...]:
    return (-record.trust,)


def _title_order(record: _Record) -> tuple[object, ...]:
    """A title with its second part goes before one without, whatever the kind; one in capitals comes last."""
    title = record.row["title"]
    whole = title_key(title).whole
    return title.isupper(), -len(whole), -record.trust, title.islower(), title


def _venue_order(record: _Record) -> tuple[object, ...]:
    venue = record.row["venue"]
    short = "." in venue.rstrip(".") or len(venue.split()) < 2
    return is_preprint_venue(venue), short, -record.trust, -len(venue), venue


def _doi_order(record: _Record) -> tuple[object, ...]:
    return is_preprint_doi(record.row["doi"]), -record.trust, record.row["doi"]


def _byline_order(record: _Record) -> tuple[object, ...]:
    """The longest byline (nothing left out), then the one with the most full names."""
    full = sum(parse_name(row["name"]).is_full for row in record.byline)
    return -len(record.byline), -full, -record.trust, -sum(len(row["name"]) for row in record.byline)


def _abstract_order(record: _Record) -> tuple[object, ...]:
    abstract = record.row["abstract"]
    return _CUT.search(abstract) is not None, -record.trust, -len(abstract)


def _trust(document: Row) -> int:
    if document["reader"] not in _TEXT_READERS:
        return 3
    return 2 if document["papers"] == 1 else 1
