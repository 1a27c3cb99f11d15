from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from kg.database import Database
from kg.dedupe import RecordLink
from kg.tables import Row, Tables
from kg.work_sources import field_sources, printed_names
from kg.works import is_preprint_venue, work_rows, works_of

DOCUMENTS = [
    {"document_id": "bib", "path": "a.bib", "reader": "bibtex", "papers": 9},
    {"document_id": "page", "path": "page.html", "reader": "html", "papers": 1},
    {"document_id": "list", "path": "list.txt", "reader": "text", "papers": 40},
]
EMPTY: Row = dict.fromkeys(("title", "venue", "year", "date", "doi", "arxiv_id", "url", "abstract"))


def _record(document: str, number: int = 0, **fields: object) -> Row:
    identity = {"paper_id": f"p:{document}{number}", "document_id": document, "position": number}
    return {**EMPTY, **identity, "work_id": "w:1", **fields}


def _merged(*records: Row, bylines: dict[str, list[str]] | None = None) -> Row:
    (row,) = work_rows(list(records), _authorships(bylines or {}), DOCUMENTS)
    return row


def _authorships(bylines: dict[str, list[str]]) -> list[Row]:
    return [
        {"paper_id": paper, "position": position, "name": name, "author_id": f"a:{name[-4:]}",
         "rule": "own name", "score": 1.0}
        for paper, names in bylines.items()
        for position, name in enumerate(names)
    ]  # fmt: skip


def test_a_structured_record_goes_before_a_page_and_a_page_before_a_listing() -> None:
    venues = {
        "list": "Conference on Learning L",
        "page": "Conference on Learning P",
        "bib": "Conference on B",
    }
    records = [_record(document, venue=venue) for document, venue in venues.items()]
    assert _merged(*records)["venue_from"] == "p:bib0"
    assert _merged(*records[:2])["venue_from"] == "p:page0"


def test_the_fuller_goes_before_the_abbreviated() -> None:
    short = _record("bib", title="Deep Leakage", venue="NeurIPS")
    full = _record(
        "list", title="Deep Leakage: From Gradients", venue="Neural Information Processing Systems"
    )
    row = _merged(short, full, bylines={"p:bib0": ["S. Han"], "p:list0": ["Song Han"]})
    assert (row["title_from"], row["venue_from"], row["authors_from"]) == ("p:list0",) * 3
    long = {"p:bib0": ["Ligeng Zhu"], "p:list0": ["L. Zhu", "S. Han"]}
    assert _merged(short, full, bylines=long)["authors_from"] == "p:list0", "nobody left out"


def test_a_published_venue_goes_before_a_preprint_server_and_brings_its_year() -> None:
    preprint = _record(
        "bib", venue="arXiv preprint arXiv:1906.08935", year=2019, date="2019-06-21", arxiv_id="1906.08935",
        doi="10.48550/arXiv.1906.08935", url="https://arxiv.org/abs/1906.08935",
    )  # fmt: skip
    published = _record("list", venue="MLSys", year=2020, doi="10.1145/1", url="https://example.org/1")
    row = _merged(preprint, published)
    assert (row["venue"], row["year"], row["doi"]) == ("MLSys", 2020, "10.1145/1")
    assert row["url"] == "https://example.org/1"
    assert row["date"] is None and row["date_from"] is None, "the date is of another version"
    assert row["arxiv_id"] == "1906.08935" and row["arxiv_id_from"] == "p:bib0"


def test_an_abstract_that_is_cut_comes_last() -> None:
    cut = _record("bib", abstract="We study leakage and much more of it, in many ways ...")
    assert _merged(cut, _record("list", abstract="We study leakage."))["abstract_from"] == "p:list0"


def test_a_work_of_one_record_is_that_record() -> None:
    row = _merged(_record("list", title="T", year=2020))
    assert (row["title"], row["year"], row["year_from"], row["records"]) == ("T", 2020, "p:list0", 1)
    assert row["venue_from"] is row["authors_from"] is row["rule"] is None


def test_the_order_of_records_does_not_matter_and_the_weakest_link_is_told() -> None:
    records = [
        _record(d, n, title=f"T{n}", venue=f"V {n}", year=2000 + n) for d in ("bib", "list") for n in (1, 2)
    ]
    links = [
        RecordLink(paper_id="p:bib2", other_id="p:bib1", rule="doi", score=1.0),
        RecordLink(paper_id="p:list1", other_id="p:bib1", rule="title", score=0.85),
    ]
    expected = work_rows(records, [], DOCUMENTS, links)
    assert (expected[0]["rule"], expected[0]["score"], expected[0]["records"]) == ("title", 0.85, 4)
    for seed in range(5):
        shuffled = random.Random(seed).sample(records, len(records))
        assert work_rows(shuffled, [], DOCUMENTS, links[::-1]) == expected


@pytest.mark.parametrize(
    ("venue", "preprint"),
    [("CoRR", True), ("CoRR abs/1706.03762", True), ("arXiv.org", True), ("bioRxiv", True), ("SSRN", True),
     ("NeurIPS", False), ("Archives of Disease", False), ("Physics Letters", False)],
)  # fmt: skip
def test_preprint_servers(venue: str, preprint: bool) -> None:
    assert is_preprint_venue(venue) is preprint


def test_sources_are_told_where_records_differ(database_of: Callable[[Tables], Database]) -> None:
    records = [_record("bib", title="T", year=2020), _record("list", 3, title="T", year=2019)]
    tables = Tables.from_rows(
        {
            "documents": DOCUMENTS,
            "papers": records,
            "authorships": _authorships({"p:bib0": ["Song Han"], "p:list3": ["S. Han", "Ada Byron"]}),
        }
    )
    database = database_of(tables)
    assert works_of(tables)["w:1"]["year"] == 2020, "merged where the tables hold no works"
    found = [(s.field, s.value, s.document, s.position, s.chosen) for s in field_sources(database, "w:1")]
    assert found == [
        ("authors", "S. Han, Ada Byron", "list.txt", 3, True),
        ("authors", "Song Han", "a.bib", 0, False),
        ("year", "2020", "a.bib", 0, True),
        ("year", "2019", "list.txt", 3, False),
    ]
    assert [(n.name, n.bylines) for n in printed_names(database, "a: Han")] == [
        ("S. Han", 1),
        ("Song Han", 1),
    ]
    alone = Tables.from_rows({"papers": records[:1], "documents": DOCUMENTS})
    assert field_sources(database_of(alone), "w:1") == ()
