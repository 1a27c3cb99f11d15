"""Where the sentences of a page stand: document, line and column, or the record they were read from."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.database import Database
from kg.explain import Explainer
from kg.exporters import Contents, export
from kg.tables import Tables

TEXTS = re.compile(r'<script type="text/plain" id="texts">(.*?)</script>', re.DOTALL)


def texts_of(tables: Tables, folder: Path) -> dict[str, Any]:
    page = export(Contents.of(tables), "html", folder).read_text(encoding="utf-8")
    match = TEXTS.search(page)
    assert match
    found: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(match[1])))
    return found


def sentences(texts: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Line and column by the beginning of the sentence."""
    papers = {number: text for number, _, text in texts["papers"]}
    return {
        papers[number][start:][:12]: (line, column)
        for number, _, _, *columns in texts["places"]
        for start, line, column in zip(*columns, strict=True)
        if start >= 0
    }


def changed(tables: Tables, **document: object) -> Tables:
    rows = {name: getattr(tables, name) for name in tables.counts()}
    return Tables(**rows | {"documents": [{**tables.documents[0], **document}]})


def test_document_line_and_column_are_those_of_kg_show(
    toy_tables: Tables, tmp_path: Path, database_of: Callable[[Tables], Database]
) -> None:
    texts = texts_of(toy_tables, tmp_path)
    assert texts["documents"] == [["listing.txt", 1, 2]]
    found = sentences(texts)
    explainer = Explainer(database_of(toy_tables))
    shown = explainer.explain(explainer.find("TensorRT")[0].node)
    assert shown.papers
    for edge in (*shown.papers, *shown.relations):
        assert edge.place is not None
        assert edge.quote is not None
        assert found[edge.quote[:12]] == (edge.place.line, edge.place.column)
    text = toy_tables.documents[0]["text"].splitlines()
    for beginning, (line, column) in found.items():
        assert text[line - 1][column - 1 :].startswith(beginning[: len(text[line - 1]) - column + 1])


def test_a_document_that_writes_the_sentence_otherwise_gives_the_record(
    toy_tables: Tables, tmp_path: Path
) -> None:
    papers = [{**row, **dict.fromkeys((*("title_start", "title_end"), *("abstract_start", "abstract_end")))}
              for row in toy_tables.papers]  # fmt: skip
    text = (
        toy_tables.documents[0]["text"].replace("outperforms", "\\textit{beats}").replace("We comp", "One c")
    )
    rows = {name: getattr(toy_tables, name) for name in toy_tables.counts()} | {"papers": papers}
    texts = texts_of(changed(Tables(**rows), text=text, media_type="application/x-tex"), tmp_path)
    unknown = [row for row in texts["places"] if 0 in row[4]]
    assert {record for _, _, record, *_ in unknown} == {1, 2}


@pytest.mark.parametrize(("media_type", "own"), [("application/pdf", 0), ("text/plain", 1)])
def test_lines_of_a_text_that_was_made_are_told_apart(
    toy_tables: Tables, tmp_path: Path, media_type: str, own: int
) -> None:
    assert texts_of(changed(toy_tables, media_type=media_type), tmp_path)["documents"][0][1] == own


def test_without_a_document_s_text_there_are_no_places(toy_tables: Tables, tmp_path: Path) -> None:
    assert texts_of(changed(toy_tables, text=None), tmp_path)["places"] == []


def test_a_graph_alone_has_no_places(toy_tables: Tables, tmp_path: Path) -> None:
    contents = Contents(graph=Contents.of(toy_tables).graph)
    page = export(contents, "html", tmp_path).read_text(encoding="utf-8")
    match = TEXTS.search(page)
    assert match
    assert json.loads(zlib.decompress(base64.b64decode(match[1])))["documents"] == []
