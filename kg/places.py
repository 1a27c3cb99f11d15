"""Where bylines and venues stand: outside the text that the NLP reads, in the text of the document."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.text import is_whole_word, whole_words

if TYPE_CHECKING:
    from kg.tables import Row

__all__ = ["Places"]

_FAR = 200_000  # characters; without an end, to look a name up in a document of many papers is quadratic


class Places:
    """Looks names up near their papers. ``documents``: texts by document_id."""

    def __init__(self, papers: Sequence[Row], documents: Mapping[str, str]) -> None:
        self._papers = papers
        self._documents = documents

    @cached_property
    def texts(self) -> list[str]:
        """For each paper the text of its document."""
        return [self._documents[row["document_id"]] for row in self._papers]

    def of(self, paper: Row, text: str) -> tuple[int, int]:
        """The place of what stands outside the paper's text, behind its title, else before it; or -1."""
        document = self._documents[paper["document_id"]]
        start = _nearest(document, text, self._anchor(paper))
        return (start, start + len(text)) if start >= 0 else (-1, -1)

    def _anchor(self, paper: Row) -> int:
        """Where a paper stands in its document."""
        if paper["title_start"] is not None:
            return int(paper["title_start"])
        return int(paper["abstract_start"] or self._record_starts.get(paper["paper_id"], 0))

    @cached_property
    def _record_starts(self) -> dict[str, int]:
        """Where the records of structured documents stand: their titles have no plain span, but an order."""
        found: dict[str, int] = {}
        records = (row for row in self._papers if row["title_start"] is None and not row["abstract_start"])
        for row in sorted(records, key=itemgetter("document_id", "position")):
            text = self._documents[row["document_id"]]
            start = found.get("", 0) if row["position"] else 0
            for title in (row["title"], json.dumps(row["title"])[1:-1]) if row["title"] else ():
                place = text.find(title, start, start + _FAR)
                if place >= 0:
                    start = place
                    break
            found[row["paper_id"]] = found[""] = start
        return found


def _nearest(text: str, name: str, anchor: int) -> int:
    """Where a name first stands as whole words behind ``anchor``, else last before it; -1 if not near."""
    start = text.find(name, anchor, anchor + _FAR) if name else -1
    if start >= 0 and is_whole_word(text, start, start + len(name)):
        return start
    behind = next(whole_words(text, name, anchor, anchor + _FAR), None)
    if behind:
        return behind[0]
    before = whole_words(text, name, max(anchor - _FAR, 0), anchor)
    return max((start for start, _ in before), default=-1)
