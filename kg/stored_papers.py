"""The papers and documents of a build that are asked for, each read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from kg.database import Database
from kg.places import Places

__all__ = ["StoredPapers"]

Row = dict[str, Any]

_COLUMNS = (
    "paper_id", "work_id", "document_id", "position", "title", "venue", "abstract", "text", "title_start",
    "title_end", "abstract_start", "abstract_end",
)  # fmt: skip
_WHERE = ("paper_id", "document_id", "position", "title", "title_start", "abstract_start")


class StoredPapers:
    """Papers by id or by work, and documents by id, of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows: dict[str, Row] = {}
        self._works: dict[str, tuple[str, ...]] = {}
        self._documents: dict[str, Row] = {}
        self._places: dict[str, Places] = {}

    def rows(self, papers: Iterable[str]) -> dict[str, Row]:
        """The rows of papers, by id."""
        wanted = sorted(set(papers))
        self._keep("paper_id", [paper for paper in wanted if paper not in self._rows])
        return {paper: self._rows[paper] for paper in wanted}

    def of_works(self, works: Iterable[str]) -> dict[str, list[Row]]:
        """The rows of the records of each work, by paper id."""
        wanted = sorted(set(works))
        unknown = [work for work in wanted if work not in self._works]
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._keep("work_id", unknown):
            found[row["work_id"]].append(row["paper_id"])
        self._works |= {work: tuple(found[work]) for work in unknown}
        return {work: [self._rows[paper] for paper in self._works[work]] for work in wanted}

    def _keep(self, column: str, values: list[str]) -> list[Row]:
        rows = self._database.where("papers", column, values, _COLUMNS)
        self._rows |= {row["paper_id"]: row for row in rows}
        return rows

    def document(self, document_id: str) -> Row | None:
        """The row of a document; of one that stands there twice, the first."""
        if document_id not in self._documents:
            columns = ("document_id", "path", "media_type", "papers", "text")
            rows = self._database.where("documents", "document_id", [document_id], columns)
            self._documents |= {row["document_id"]: row for row in reversed(rows)}
        return self._documents.get(document_id)

    def text_of(self, paper: Row) -> str:
        """The text of a paper's document."""
        document = self.document(paper["document_id"])
        return (document["text"] or "") if document else ""

    def printed_at(self, paper: Row, name: str) -> tuple[int, int]:
        """Where a name of a byline or a venue stands in the document of a paper; (-1, -1) if not found."""
        document = paper["document_id"]
        if document not in self._places:
            papers = self._database.where("papers", "document_id", [document], _WHERE)
            self._places[document] = Places(papers, {document: self.text_of(paper)})
        return self._places[document].of(paper, name)
