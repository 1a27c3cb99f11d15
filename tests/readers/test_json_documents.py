"""Whole documents as services and reference managers write them, damaged ones, and JSON without a paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ReadError
from kg.readers.base import Raw
from kg.readers.clean import clean_paper
from kg.readers.jsonl import READER
from kg.types import Paper

DOCUMENTS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "json_documents.jsonl").read_text("utf-8").splitlines()
]
GIVEN = {"title", "authors", "venue", "year"}


def papers_of(text: str) -> list[Paper]:
    raw = Raw(path="x.json", data=b"", text=text, encoding="utf-8", media_type="text/plain")
    assert READER.score(raw) >= 0.5
    try:
        return [clean_paper(paper) for paper in READER.read(raw).papers]
    except ReadError as error:
        assert error.message
        return []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["name"])
def test_the_papers_of_a_document(document: dict[str, Any]) -> None:
    papers = papers_of(document["text"])
    assert [paper.title for paper in papers] == [expected["title"] for expected in document["papers"]]
    for paper, expected in zip(papers, document["papers"], strict=True):
        assert [author.name for author in paper.authors] == expected["authors"]
        assert (paper.venue, paper.year) == (expected["venue"], expected["year"])
        if expected["abstract"] is not None:
            assert paper.abstract == expected["abstract"]
        given = {
            "doi": paper.doi,
            "arxiv": paper.arxiv_id,
            "body": paper.body,
            "refs": len(paper.references),
        }
        for key in expected.keys() & given.keys():
            assert given[key] == expected[key], key


def _value_of(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


@pytest.mark.parametrize(
    "document",
    [document for document in DOCUMENTS if document["papers"] and _value_of(document["text"])],
    ids=lambda document: document["name"],
)
def test_it_does_not_matter_how_deep_the_records_stand(document: dict[str, Any]) -> None:
    nested = papers_of(json.dumps({"export": {"pages": [{"answer": _value_of(document["text"])}]}}))
    assert [paper.title for paper in nested if paper.authors] == [
        expected["title"] for expected in document["papers"] if expected["authors"]
    ]
