"""The least sure papers come first; reading costs by the word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bylines import resolve_bylines
from kg.collect import collect
from kg.dedupe import link_works
from kg.exporters.doubt import entropy, least_sure
from kg.resolve import resolve
from kg.tables import Tables
from kg.types import Document, Evidence, Extraction, Mention, Paper, Relation

Make = Callable[..., Paper]
TEXT = "We train FooNet on ImageNet and compare it with BarNet. FooNet wins."


def tables_of(*extractions: tuple[Paper, Extraction]) -> Tables:
    papers = [paper for paper, _ in extractions]
    document = Document(
        document_id="d" * 64, path="a.txt", media_type="text/plain", encoding="utf-8", reader="text", text=""
    )
    found = [extraction for _, extraction in extractions]
    return collect([document], papers, link_works(papers), found, resolve(found), resolve_bylines(papers))


def read(paper: Paper, *sure: tuple[str, float], relation: float | None = None) -> tuple[Paper, Extraction]:
    mentions = tuple(
        Mention(
            paper_id=paper.paper_id,
            start=start,
            end=start + len(name),
            text=name,
            type="model",
            role="used",
            confidence=confidence,
            extractors=("gazetteer",),
        )
        for name, confidence in sure
        for start in [paper.text.index(name)]
    )
    evidence = Evidence(paper_id=paper.paper_id, start=0, end=len(paper.text), quote=paper.text)
    relations = (
        (
            Relation(
                head=mentions[0],
                kind="compared_with",
                tail=mentions[1],
                evidence=evidence,
                confidence=relation,
            ),
        )
        if relation
        else ()
    )
    return paper, Extraction(paper_id=paper.paper_id, mentions=mentions, relations=relations, results=())


def order(tables: Tables, limit: int | None = None) -> list[str]:
    return [doubtful.paper["title"] for doubtful in least_sure(tables, limit)]


def test_the_doubtful_come_first(make_paper: Make) -> None:
    tables = tables_of(
        read(make_paper("Sure", TEXT, number=1), ("FooNet", 0.99), ("BarNet", 0.98)),
        read(make_paper("Torn", TEXT, number=2), ("FooNet", 0.5), ("BarNet", 0.98)),
        read(
            make_paper("Sure but for a relation", TEXT, number=3),
            ("FooNet", 0.99),
            ("BarNet", 0.98),
            relation=0.6,
        ),
        read(make_paper("Nothing found", TEXT, number=4)),
    )
    assert order(tables) == ["Torn", "Sure but for a relation", "Sure", "Nothing found"]
    assert order(tables, 2) == ["Torn", "Sure but for a relation"]


def test_a_long_text_costs_more_to_read(make_paper: Make) -> None:
    tables = tables_of(
        read(make_paper("Long", TEXT + " And so on." * 200, number=1), ("FooNet", 0.5)),
        read(make_paper("Short", TEXT, number=2), ("FooNet", 0.5)),
    )
    assert order(tables) == ["Short", "Long"]


def test_a_form_counts_once(make_paper: Make) -> None:
    once = tables_of(read(make_paper("A", TEXT), ("FooNet", 0.5)))
    paper = make_paper("A", TEXT)
    _, extraction = read(paper, ("FooNet", 0.5), ("FooNet wins", 0.5))
    first, second = extraction.mentions
    again = Mention(
        paper_id=paper.paper_id,
        start=second.start,
        end=second.start + 6,
        text="FooNet",
        type="model",
        role="used",
        confidence=0.5,
        extractors=("gazetteer",),
    )
    twice = tables_of(
        (paper, Extraction(paper_id=paper.paper_id, mentions=(first, again), relations=(), results=()))
    )
    assert least_sure(once)[0].doubt == least_sure(twice)[0].doubt


def test_records_of_one_work_are_read_once_and_texts_that_are_empty_never(make_paper: Make) -> None:
    tables = tables_of(
        read(make_paper("One and the same paper about FooNet", TEXT, number=1), ("FooNet", 0.5)),
        read(make_paper("One and the same paper about FooNet", None, number=2)),
        read(make_paper(None, None, number=3)),
    )
    (found,) = least_sure(tables)
    assert found.paper["abstract"] == TEXT


@given(st.floats(0, 1))
def test_entropy_is_symmetric_and_at_most_a_bit(confidence: float) -> None:
    assert 0 <= entropy(confidence) <= 1
    assert entropy(confidence) == pytest.approx(entropy(1 - confidence), abs=1e-6)
