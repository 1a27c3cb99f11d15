"""Files as reference managers, publishers and indexes export them: every field of every paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.readers import Reading, Source, read

FOLDER = Path(__file__).parent / "data" / "citations"
EXPECTED: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "expected.json").read_text("utf-8"))
READERS = {
    "bib": "bibtex",
    "ris": "tagged",
    "nbib": "tagged",
    "enw": "tagged",
    "csv": "spreadsheet",
    "tsv": "spreadsheet",
}


def reading_of(name: str) -> Reading:
    return read(Source(path=name, file=FOLDER / name))


@pytest.mark.parametrize("name", [name for name, papers in EXPECTED.items() if papers])
def test_every_field_of_every_paper(name: str) -> None:
    reading = reading_of(name)
    found = [
        {
            "title": paper.title,
            "authors": [author.name for author in paper.authors],
            "venue": paper.venue,
            "year": paper.year,
        }
        for paper in reading.papers
    ]
    fields = ("title", "authors", "venue", "year")
    assert found == [{field: paper[field] for field in fields} for paper in EXPECTED[name]]
    for paper, wanted in zip(reading.papers, EXPECTED[name], strict=True):
        if wanted["abstract"]:
            assert paper.abstract == wanted["abstract"]
        for field in {"doi", "arxiv_id", "date"} & set(wanted):
            assert getattr(paper, field) == wanted[field]


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.rsplit(".", 1)[1] in READERS])
def test_the_content_tells_the_reader_and_not_the_ending(name: str, tmp_path: Path) -> None:
    wanted = READERS[name.rsplit(".", 1)[1]]
    assert reading_of(name).document.reader == wanted
    if EXPECTED[name]:
        renamed = tmp_path / "export.txt"
        renamed.write_bytes((FOLDER / name).read_bytes())
        assert read(Source(path="export.txt", file=renamed)).document.reader == wanted


@pytest.mark.parametrize("name", list(EXPECTED))
def test_offsets_point_at_the_very_text(name: str) -> None:
    reading = reading_of(name)
    for paper in reading.papers:
        if paper.title_start is not None:
            assert reading.document.text[paper.title_start : paper.title_end] == paper.title
        if paper.abstract_start is not None:
            assert reading.document.text[paper.abstract_start : paper.abstract_end] == paper.abstract


@pytest.mark.parametrize("name", [name for name, papers in EXPECTED.items() if not papers])
def test_what_is_no_list_of_papers_gives_none_and_a_word(name: str) -> None:
    reading = reading_of(name)
    assert reading.papers == ()
    assert reading.document.error


def test_a_table_of_something_else_is_refused_with_its_columns() -> None:
    error = reading_of("sales.csv").document.error or ""
    assert "Region, Product, Units, Price" in error
    assert "Title" in error


def test_titles_and_abstracts_on_one_line_have_offsets() -> None:
    papers = [paper for name in ("scholar.bib", "zotero.ris", "ais.enw") for paper in reading_of(name).papers]
    assert sum(paper.title_start is not None for paper in papers) >= len(papers) - 1
