"""The Parquet tables of a build: their schema, and nothing but reading and writing them.

The tables are the truth of a build (DESIGN.md, section 4). Rows are sorted by id, columns stand in a fixed
order, and nothing in a file depends on time or machine, so equal rows are equal bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.column_rows import ColumnRows
from kg.errors import TablesError
from kg.files import atomic_path
from kg.table_meanings import ORDER as SORT_KEYS
from kg.table_meanings import VERSION as SCHEMA_VERSION

__all__ = ["MANY", "SCHEMAS", "SCHEMA_VERSION", "SORT_KEYS", "Row", "Tables", "by_paper"]


Row = dict[str, Any]

_STR, _INT, _YEAR, _NUM = pa.string(), pa.int64(), pa.int32(), pa.float64()
_LIST = pa.list_(pa.field("item", pa.string()))


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


SCHEMAS: dict[str, pa.Schema] = {
    "documents": _schema(
        document_id=_STR,
        path=_STR,
        media_type=_STR,
        encoding=_STR,
        reader=_STR,
        papers=_INT,
        status=_STR,
        error=_STR,
        text=_STR,
    ),
    "papers": _schema(
        paper_id=_STR,
        work_id=_STR,
        document_id=_STR,
        position=_INT,
        title=_STR,
        venue=_STR,
        year=_YEAR,
        date=_STR,
        doi=_STR,
        arxiv_id=_STR,
        url=_STR,
        urls=_LIST,
        categories=_LIST,
        keywords=_LIST,
        language=_STR,
        abstract=_STR,
        text=_STR,
        title_start=_INT,
        title_end=_INT,
        abstract_start=_INT,
        abstract_end=_INT,
    ),
    "authors": _schema(author_id=_STR, name=_STR, orcid=_STR, aliases=_LIST),
    "authorships": _schema(
        paper_id=_STR,
        author_id=_STR,
        position=_INT,
        name=_STR,
        affiliation=_STR,
        rule=_STR,
        score=_NUM,
    ),
    "works": _schema(
        work_id=_STR,
        title=_STR,
        venue=_STR,
        year=_YEAR,
        date=_STR,
        doi=_STR,
        arxiv_id=_STR,
        url=_STR,
        records=_INT,
        title_from=_STR,
        authors_from=_STR,
        venue_from=_STR,
        year_from=_STR,
        date_from=_STR,
        doi_from=_STR,
        arxiv_id_from=_STR,
        url_from=_STR,
        abstract_from=_STR,
        rule=_STR,
        score=_NUM,
    ),
    "mentions": _schema(
        mention_id=_STR,
        paper_id=_STR,
        start=_INT,
        end=_INT,
        text=_STR,
        type=_STR,
        role=_STR,
        confidence=_NUM,
        extractors=_LIST,
    ),
    "entities": _schema(
        entity_id=_STR, name=_STR, type=_STR, aliases=_LIST, papers=_INT, mentions=_INT, same_as=_STR
    ),
    "links": _schema(mention_id=_STR, entity_id=_STR, rule=_STR, score=_NUM),
    "merges": _schema(
        entity_id=_STR, form=_STR, into=_STR, rule=_STR, score=_NUM, paper_id=_STR, start=_INT, end=_INT
    ),
    "families": _schema(head_id=_STR, kind=_STR, tail_id=_STR, rule=_STR, score=_NUM),
    "relations": _schema(
        relation_id=_STR,
        paper_id=_STR,
        head_id=_STR,
        kind=_STR,
        tail_id=_STR,
        start=_INT,
        end=_INT,
        confidence=_NUM,
        extractors=_LIST,
    ),
    "results": _schema(
        result_id=_STR,
        paper_id=_STR,
        subject_id=_STR,
        predicate=_STR,
        metric_id=_STR,
        metric=_STR,
        value=_STR,
        low=_NUM,
        high=_NUM,
        unit=_STR,
        bound=_STR,
        baseline_id=_STR,
        dataset_id=_STR,
        hardware_id=_STR,
        polarity=_STR,
        start=_INT,
        end=_INT,
        confidence=_NUM,
    ),
    "citations": _schema(paper_id=_STR, cited_paper_id=_STR, start=_INT, end=_INT),
}


MANY = frozenset({"mentions", "links", "relations"})
"""The tables of most rows, which are kept as columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The rows of every table, sorted by its keys: lists of dictionaries, or columns that look like them
    where rows are many."""

    documents: Sequence[Row] = field(default_factory=list)
    papers: Sequence[Row] = field(default_factory=list)
    authors: Sequence[Row] = field(default_factory=list)
    authorships: Sequence[Row] = field(default_factory=list)
    works: Sequence[Row] = field(default_factory=list)
    mentions: Sequence[Row] = field(default_factory=list)
    entities: Sequence[Row] = field(default_factory=list)
    links: Sequence[Row] = field(default_factory=list)
    merges: Sequence[Row] = field(default_factory=list)
    families: Sequence[Row] = field(default_factory=list)
    relations: Sequence[Row] = field(default_factory=list)
    results: Sequence[Row] = field(default_factory=list)
    citations: Sequence[Row] = field(default_factory=list)

    @classmethod
    def from_rows(cls, rows: Mapping[str, Iterable[Row]]) -> Tables:
        """Sorts each table by its keys, unless it comes as ``ColumnRows``, which are sorted; a table that is
        not given is empty."""
        return cls(**{name: _sorted(rows.get(name, ()), keys) for name, keys in SORT_KEYS.items()})

    def counts(self) -> dict[str, int]:
        """Rows by table."""
        return {name: len(getattr(self, name)) for name in SCHEMAS}

    def write(self, folder: Path) -> list[Path]:
        """One ``NAME.parquet`` a table; each is written beside its place and renamed."""
        written = []
        for name, schema in SCHEMAS.items():
            path = folder / f"{name}.parquet"
            versioned = schema.with_metadata({"kg_schema_version": str(SCHEMA_VERSION)})
            rows = getattr(self, name)
            table = (
                rows.table.cast(versioned)
                if isinstance(rows, ColumnRows)
                else pa.Table.from_pylist(rows, schema=versioned)
            )
            with atomic_path(path) as temporary:
                pq.write_table(table, temporary, compression="zstd")
            written.append(path)
        return written

    @classmethod
    def read(cls, folder: Path) -> Tables:
        """Reads what ``write`` wrote. A missing table or another schema version is a TablesError."""
        return cls(**{name: _read_table(folder / f"{name}.parquet", name) for name in SCHEMAS})


def _sorted(rows: Iterable[Row], keys: Sequence[str]) -> Sequence[Row]:
    return rows if isinstance(rows, ColumnRows) else sorted(rows, key=itemgetter(*keys))


def _read_table(path: Path, name: str) -> Sequence[Row]:
    if not path.is_file():
        raise TablesError(
            f"{path}: no such table", hint="run `kg build SOURCES -o DIR` first, and give its DIR"
        )
    try:
        table = pq.ParquetFile(path).read()
    except (pa.ArrowInvalid, OSError) as error:
        raise TablesError(f"{path}: not a readable Parquet file ({error})", hint="build again") from error
    version = (table.schema.metadata or {}).get(b"kg_schema_version", b"?").decode()
    if version != str(SCHEMA_VERSION) or table.schema.names != SCHEMAS[name].names:
        raise TablesError(
            f"{path}: written with schema version {version}, this is version {SCHEMA_VERSION}",
            hint="build again with this version of kg",
        )
    rows: list[Row] | ColumnRows = ColumnRows(table) if name in MANY else table.to_pylist()
    return rows


def by_paper(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    """The rows of each paper, in their order; no rows for a paper that has none."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["paper_id"]].append(row)
    return found
