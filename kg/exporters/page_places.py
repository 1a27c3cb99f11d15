"""Where the sentences of a page stand: document, line and column, or the record that they were read from.

Places stand once a sentence, by paper: its number, the number of the document, its record there, and for each
sentence its start (as in the page's texts; quotes that stand in no text count from -2 down), line and column.
A line of 0: the document writes the sentence otherwise, so that only field and record are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kg.exporters.display import Display
from kg.source_places import PapersInMemory, SourcePlace, SourcePlaces
from kg.tables import Row, Tables

__all__ = ["evidence_places"]

_GIVEN = ("paper", "quote", "start", "end", "offsets_in")


def evidence_places(
    display: Display, shown: Sequence[tuple[int, int, int]], tables: Tables | None
) -> dict[str, Any]:
    """``documents``: path, whether lines are its own (1) or of the text read from it (0), and its records;
    ``places`` as above. ``shown``: for each edge where the page has its quote (``Texts.place``)."""
    if tables is None:
        return {"documents": [], "places": []}
    records: defaultdict[str, list[Row]] = defaultdict(list)
    for row in tables.papers:
        records[row["work_id"]].append(row)
    wanted: dict[tuple[str, int], tuple[int, Mapping[str, Any]]] = {}
    begin = 0
    for edges in display.edge_batches():
        here = shown[begin : (begin := begin + len(edges.kinds))]
        none = [None] * len(here)
        columns = {name: edges.columns.get(name) or none for name in _GIVEN}
        for line, (number, start, length) in enumerate(here):
            paper: Any = columns["paper"][line]
            key = start if start >= 0 else -2 - length
            if (start >= 0 or length >= 0) and paper in records and (paper, key) not in wanted:
                wanted[paper, key] = number, {name: values[line] for name, values in columns.items()}
    order = {row["paper_id"]: (row["document_id"], row["position"]) for row in tables.papers}
    works = sorted({work for work, _ in wanted}, key=lambda work: order[records[work][0]["paper_id"]])
    rank = {work: place for place, work in enumerate(works)}
    places = SourcePlaces(PapersInMemory(tables.papers, tables.documents))
    rows: dict[tuple[int, str, int], list[list[int]]] = {}
    documents: dict[str, tuple[int, int]] = {}
    for work, key in sorted(wanted, key=lambda each: (rank[each[0]], each[1])):
        number, given = wanted[work, key]
        place = _place(places, records[work], given)
        if place is None:
            continue
        documents[place.path] = int(place.own_text), place.records
        at = rows.setdefault((number, place.path, place.record), [[], [], []])
        found = (place.line, place.column) if place.exact else (0, 0)
        for column, value in zip(at, (key, *found), strict=True):
            column.append(value)
    paths = {path: index for index, path in enumerate(sorted(documents))}
    return {
        "documents": [[path, *documents[path]] for path in paths],
        "places": [[number, paths[path], record, *at] for (number, path, record), at in sorted(rows.items())],
    }


def _place(places: SourcePlaces, records: Sequence[Row], given: Mapping[str, Any]) -> SourcePlace | None:
    start, end, quote = given.get("start"), given.get("end"), given["quote"]
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    for paper in records:  # records of one work have texts of their own
        if given.get("offsets_in") == "document":
            place = places.in_document(paper["paper_id"], start, end)
            if place and places.text_of(paper["paper_id"])[start:end] == quote:
                return place
        elif paper["text"][start:end] == quote:
            return places.of(paper["paper_id"], start, end)
    return None
