"""JSON lines and arrays."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kg.readers import Reading, Source, read
from kg.readers.base import Raw
from kg.readers.jsonl import READER
from kg.readers.structured import paper_from_mapping


def read_text(folder: Path, text: str, name: str = "x.jsonl") -> Reading:
    path = folder / name
    path.write_bytes(text.encode())
    return read(Source(path=name, file=path))


RECORD: dict[str, Any] = {
    "id": "arXiv:2604.22293",
    "title": "A Title",
    "authors": ["Ana Ruiz", {"name": "Li Wei", "affiliation": "CMU", "orcid": "0000-0002-1825-0097"}],
    "abstract": "We present https://example.org/code.",
    "categories": ["cs.AR", "cs.LG"],
    "venue": "MICRO 2019",
    "date": "2019-10-12",
    "doi": "https://doi.org/10.1145/3352460.3358269",
    "keywords": "sparsity; pruning",
}


def test_every_field_is_read(tmp_path: Path) -> None:
    reading = read_text(tmp_path, json.dumps(RECORD) + "\n")
    (paper,) = reading.papers
    assert reading.document.reader == "jsonl"
    assert (paper.title, paper.abstract) == ("A Title", "We present https://example.org/code.")
    assert [(author.name, author.affiliation) for author in paper.authors] == [
        ("Ana Ruiz", None),
        ("Li Wei", "CMU"),
    ]
    assert paper.authors[1].orcid == "0000-0002-1825-0097"
    assert (paper.venue, paper.year, paper.date) == ("MICRO", 2019, "2019-10-12")
    assert (paper.doi, paper.arxiv_id) == ("10.1145/3352460.3358269", "2604.22293")
    assert (paper.categories, paper.keywords) == (("cs.AR", "cs.LG"), ("sparsity", "pruning"))
    assert paper.urls == ("https://example.org/code",)
    assert (paper.title_start, paper.abstract_end) == (None, None)


def test_bad_lines_are_named_and_lose_nothing_else(tmp_path: Path) -> None:
    lines = [json.dumps(RECORD), "{broken", "[1, 2]", '{"year": 2000}', "", json.dumps({"title": "Another"})]
    reading = read_text(tmp_path, "\r\n".join(lines))
    assert [paper.title for paper in reading.papers] == ["A Title", "Another"]
    assert reading.document.status == "ok"
    for place in ("line 2", "line 3", "line 4"):
        assert place in (reading.document.error or "")


def test_arrays_and_gzip(tmp_path: Path) -> None:
    assert len(read_text(tmp_path, json.dumps([RECORD, RECORD], indent=2), "x.json").papers) == 2
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(RECORD).encode()))
    assert len(read(Source(path=path.name, file=path)).papers) == 1


def test_the_content_decides_not_the_ending(tmp_path: Path) -> None:
    assert read_text(tmp_path, json.dumps(RECORD), "x.txt").document.reader == "jsonl"


def test_a_text_opens_with_its_title(tmp_path: Path) -> None:
    text = "LUT-Net: Fast v. 2 Inference. Lookup tables are fast. We use them."
    (paper,) = read_text(tmp_path, json.dumps({"text": text})).papers
    assert paper.title == "LUT-Net: Fast v. 2 Inference"
    assert paper.abstract == "Lookup tables are fast. We use them."


def test_deep_nesting_is_a_bad_line(tmp_path: Path) -> None:
    deep = '{"title": "x", "a": ' + "[" * 50_000 + "]" * 50_000 + "}"
    reading = read_text(tmp_path, json.dumps(RECORD) + "\n" + deep + "\n")
    assert len(reading.papers) == 1
    assert "line 2" in (reading.document.error or "") and "nested too deeply" in (
        reading.document.error or ""
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('// mine\n{"title": "x", /* y */ "authors": ["A B"]}', "JSON has no comments"),
        ("[{'title': 'x', 'authors': ['A B']}]", "single quotes"),
        ('{"a": ' + "[" * 50_000, "nested too deeply"),
        ('{"papers": ', "cut off"),
    ],
)
def test_what_is_not_json_is_refused_with_a_word(tmp_path: Path, text: str, told: str) -> None:
    reading = read_text(tmp_path, text, "x.json")
    assert (reading.document.status, reading.papers) == ("failed", ())
    assert told in (reading.document.error or "")


def test_json_without_a_paper_says_so(tmp_path: Path) -> None:
    reading = read_text(tmp_path, json.dumps({"type": "Map", "features": [1]}, indent=1), "x.json")
    assert reading.papers == ()
    assert "JSON without a paper" in (reading.document.error or "") and "features" in (
        reading.document.error or ""
    )
    assert read_text(tmp_path, '{"results": [], "total": 0}', "x.json").document.status == "empty"


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    items = [{"itemType": "attachment", "title": "PDF"}] * 3 + [{"itemType": "preprint", "title": "A Title"}]
    reading = read_text(tmp_path, json.dumps({"items": items}), "x.json")
    assert [paper.title for paper in reading.papers] == ["A Title"]
    assert reading.document.error == "left out, being no papers: attachment (3)"


def test_notes_are_few(tmp_path: Path) -> None:
    reading = read_text(tmp_path, json.dumps(RECORD) + "\n" + "{broken\n" * 50 + '{"year": 1}\n' * 50)
    notes = (reading.document.error or "").split("; ")
    assert len(reading.papers) == 1 and len(notes) <= 22 and notes[-1] == "and 80 more"


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><html><script>var x = {};</script></html>",
        "@article{a, title = {T}, author = {A B}}",
        "[1] A. Ruiz, W. Li. A Title. ICML 2019.\n[2] B. Ek. Another.",
        "[A Title](https://example.org) by Ana Ruiz",
        "{\\bf A Title}\n\\documentclass{article}",
        "TY  - JOUR\nTI  - x\nER  -",
        "---\ntitle: x\n---\n{% include a %}",
        "Title,Authors\nx,y",
        "{A Title} by {Ana Ruiz}",
        "",
    ],
)
def test_other_kinds_are_left_to_their_readers(text: str) -> None:
    for path in ("x.txt", "x"):
        raw = Raw(path=path, data=b"", text=text, encoding="utf-8", media_type="text/plain")
        assert READER.score(raw) == 0.0


def test_odd_values_count_as_missing(tmp_path: Path) -> None:
    odd = {
        "title": "A Title",
        "authors": 7,
        "year": "n/a",
        "categories": {"a": 1},
        "abstract": None,
        "doi": [],
    }
    (paper,) = read_text(tmp_path, json.dumps(odd)).papers
    assert (paper.authors, paper.year, paper.abstract, paper.doi) == ((), None, None, None)


@pytest.mark.parametrize(
    "record",
    [
        {"Title": "T", "Authors": ["Ada Byron"], "Venue": "KDD", "Year": 2020, "Abstract": "We show it."},
        {
            "paper_title": "T",
            "author_list": "Ada Byron",
            "booktitle": "KDD",
            "pub_year": "2020",
            "summary": "We show it.",
        },
        {
            "display_name": "T",
            "authorships": [{"author": {"display_name": "Ada Byron"}}],
            "primary_location": {"source": {"display_name": "KDD"}},
            "publication_year": 2020,
            "abstract_inverted_index": {"We": [0], "it.": [2], "show": [1]},
        },
        {
            "title": ["T"],
            "author": [{"given": "Ada", "family": "Byron"}],
            "editor": [{"given": "Ed", "family": "Itor"}],
            "container-title": ["KDD"],
            "issued": {"date-parts": [[2020, 4, 1]]},
            "abstract": "<jats:title>Abstract</jats:title><jats:p>We show it.</jats:p>",
        },
        {
            "paper": {
                "title": "T",
                "creators": [{"firstName": "Ada", "lastName": "Byron"}],
                "publicationTitle": "KDD",
                "date": "2020-05",
                "paperAbstract": "We show it.",
            }
        },
        {
            "metadata": {"Title": "T", "Author Names": ["Ada Byron"], "Conference Name": "KDD"},
            "Publication Year": 2020,
            "Abstract Text": "We show it.",
        },
    ],
)
def test_keys_of_other_services(record: dict[str, object]) -> None:
    paper = paper_from_mapping(record)
    assert paper is not None
    assert (paper.title, paper.abstract, paper.venue, paper.year) == ("T", "We show it.", "KDD", 2020)
    assert [author.name for author in paper.authors] == ["Ada Byron"]


@pytest.mark.parametrize("index", [{"We": 3}, {"We": [-1]}, {"We": ["0"]}, {"We": [10**12]}, [], "We"])
def test_a_broken_index_is_no_abstract(index: object) -> None:
    paper = paper_from_mapping({"title": "T", "abstract_inverted_index": index})
    assert paper is not None and paper.abstract is None
