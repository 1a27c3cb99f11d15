"""References become citations only where they name a paper of the collection."""

from __future__ import annotations

import pytest

from kg.citations import Citation, link_citations
from kg.types import Paper, Reference

DEEP = "Deep Compression: Compressing Neural Networks with Pruning and Huffman Coding"
ENTRY = f"[7] S. Han, H. Mao, W. Dally. {DEEP.replace(' with', ' with' + chr(10))}. In ICLR, 2016."


def paper(number: int, *references: Reference, **fields: object) -> Paper:
    given: dict[str, object] = {"title": f"A Title of Some Length, Number {number}", **fields}
    return Paper(paper_id=f"p:{number}", document_id=f"d{number}", position=0, references=references, **given)  # type: ignore[arg-type]


def cited(reference: Reference, *known: Paper, text: str = "") -> list[str]:
    citing = paper(0, reference)
    papers = [citing, *known]
    works = {each.paper_id: f"w:{each.paper_id}" for each in papers}
    return [found.cited_paper_id for found in link_citations(papers, works, {"d0": text})]


@pytest.mark.parametrize(
    ("reference", "fields"),
    [
        (Reference(doi="10.1/A"), {"doi": "10.1/a"}),
        (Reference(arxiv_id="1510.00149v5"), {"arxiv_id": "1510.00149"}),
        (Reference(url="https://openalex.org/W1"), {"urls": ("https://openalex.org/W1",)}),
        (Reference(url="https://a.org/x/"), {"url": "https://a.org/x"}),
        (
            Reference(title="deep compression — compressing neural networks with pruning and Huffman coding"),
            {"title": DEEP},
        ),
        (Reference(title=DEEP, year=2015), {"title": DEEP, "year": 2016}),
    ],
)
def test_what_names_a_paper(reference: Reference, fields: dict[str, object]) -> None:
    assert cited(reference, paper(1, **fields), paper(2)) == ["p:1"]


@pytest.mark.parametrize(
    ("reference", "fields"),
    [
        (Reference(title=DEEP, year=2001), {"title": DEEP, "year": 2016}),
        (Reference(title=DEEP, doi="10.1/b"), {"title": DEEP, "doi": "10.1/a"}),
        (Reference(title="Introduction"), {"title": "Introduction"}),
        (Reference(url="https://github.com/a/b"), {"urls": ("https://github.com/a/b",)}),
        (Reference(), {"title": DEEP}),
    ],
)
def test_what_does_not(reference: Reference, fields: dict[str, object]) -> None:
    assert cited(reference, paper(1, **fields)) == []


def test_a_title_within_the_printed_entry() -> None:
    text = f"References\n{ENTRY}"
    reference = Reference(start=11, end=len(text))
    assert cited(reference, paper(1, title=DEEP), paper(2, title="Deep Compression"), text=text) == ["p:1"]
    assert cited(reference, paper(1, title=DEEP + " and More"), text=text) == []


def test_the_place_of_the_first_entry_is_kept_and_no_work_cites_itself() -> None:
    twice = (Reference(doi="10.1/a", start=5, end=9), Reference(doi="10.1/a", start=20, end=30))
    papers = [paper(0, *twice, Reference(doi="10.1/c")), paper(1, doi="10.1/a"), paper(2, doi="10.1/c")]
    works = {"p:0": "w:0", "p:1": "w:1", "p:2": "w:0"}
    assert link_citations(papers, works, {}) == [
        Citation(paper_id="p:0", cited_paper_id="p:1", start=5, end=9)
    ]
