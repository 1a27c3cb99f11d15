"""From a paper's text back to the characters of the file, whatever the reader cleaned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import content_hash, make_id
from kg.readers import find_sources, read
from kg.source_places import PapersInMemory, SourcePlace, SourcePlaces
from kg.tables import Tables

SENTENCE = "It beats “TensorRT” by 1.5× & more on R&D data."


def tables_of(text: str, media_type: str, *papers: dict[str, object]) -> Tables:
    document_id = content_hash(text.encode())
    document = {"document_id": document_id, "path": "doc", "media_type": media_type, "papers": len(papers)}
    blank = dict.fromkeys(("title", "abstract", "title_start", "title_end", "abstract_start", "abstract_end"))
    rows = [
        {**blank, "paper_id": make_id("p", number), "document_id": document_id, "position": number, **paper}
        for number, paper in enumerate(papers)
    ]
    for row in rows:
        row["text"] = "\n\n".join(str(part) for part in (row["title"], row["abstract"]) if part)
    return Tables(documents=[{**document, "text": text}], papers=rows)


def places_in(tables: Tables) -> SourcePlaces:
    return SourcePlaces(PapersInMemory(tables.papers, tables.documents))


def place_of(tables: Tables, quote: str, number: int = 0) -> SourcePlace:
    paper = tables.papers[number]
    start = paper["text"].index(quote)
    place = places_in(tables).of(paper["paper_id"], start, start + len(quote))
    assert place is not None
    return place


def stands(tables: Tables, place: SourcePlace) -> str:
    text: str = tables.documents[0]["text"]
    return text[place.start : place.end]


def test_plain_text_is_exact(toy_tables: Tables) -> None:
    quote = "IOS outperforms TensorRT by 1.1 to 1.5x on GPUs."
    number = next(n for n, row in enumerate(toy_tables.papers) if quote in row["text"])
    place = place_of(toy_tables, quote, number)
    assert stands(toy_tables, place) == quote
    assert (place.path, place.line, place.column) == ("listing.txt", 5, 44)
    assert (place.record, place.records, place.exact, place.own_text) == (1, 2, True, True)


@pytest.mark.parametrize(
    ("raw", "media_type"),
    [
        (SENTENCE.replace(" by ", "\n   by "), "text/plain"),
        (SENTENCE.replace("beats", "be\u00adats").replace("data", "da\u200bta"), "text/plain"),
        (
            SENTENCE.replace("&", "&amp;")
            .replace("“", "&ldquo;")
            .replace("×", "&#215;")
            .replace("by", "<b>by</b>"),
            "text/html",
        ),
    ],
)
def test_what_was_cleaned_is_found(raw: str, media_type: str) -> None:
    text = f"Title\n\nAn abstract. {raw} And on.\n"
    start = text.index("An abstract")
    abstract = f"An abstract. {SENTENCE} And on."
    spans = {"abstract_start": start, "abstract_end": len(text) - 1}
    tables = tables_of(text, media_type, {"title": "Title", "abstract": abstract, **spans})
    place = place_of(tables, SENTENCE)
    assert place.exact
    assert stands(tables, place) == raw


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_record_of_json_lines(ascii_only: bool) -> None:
    records = [
        {"title": f"Paper {number}", "abstract": f'A "first"\nline. {SENTENCE}'} for number in range(3)
    ]
    text = "\n".join(json.dumps(record, ensure_ascii=ascii_only) for record in records)
    tables = tables_of(text, "application/jsonl", *records)
    for number in range(3):
        place = place_of(tables, SENTENCE, number)
        assert (place.line, place.record, place.exact) == (number + 1, number + 1, True)
        assert json.loads(f'"{stands(tables, place)}"') == SENTENCE


def test_formulas_and_braces_are_found_by_the_words_around_them() -> None:
    second = r"title={{BERT}: Second of {T}wo}, abstract={We gain 2$\times$ on Na{\"\i}ve {B}ayes at last.}"
    text = f"@article{{a, title={{First}}}}\n\n@article{{b, {second}}}\n"
    abstract = "We gain 2× on Naïve Bayes at last."
    papers = ({"title": "First"}, {"title": "BERT: Second of Two", "abstract": abstract})
    tables = tables_of(text, "application/x-bibtex", *papers)
    place = place_of(tables, abstract, 1)
    assert (place.exact, place.record, place.line) == (True, 2, 3)
    assert stands(tables, place).startswith("We gain 2$")
    assert stands(tables, place).endswith("at last.")
    assert stands(tables, place_of(tables, "BERT: Second of Two", 1)) == "BERT}: Second of {T}wo"


def test_what_is_not_there_leads_to_its_record() -> None:
    text = "@article{a, title={First}}\n\n@article{b, title={Second}, abstract={Nothing}}\n"
    papers = ({"title": "First"}, {"title": "Second", "abstract": "Something else altogether"})
    place = place_of(tables_of(text, "application/x-bibtex", *papers), "Something else altogether", 1)
    assert (place.exact, place.record, place.line) == (False, 2, 3)


def test_a_document_without_text_has_no_places() -> None:
    tables = tables_of("", "application/pdf", {"title": "A"})
    assert places_in(tables).of(tables.papers[0]["paper_id"], 0, 1) is None


def test_lines_of_a_pdf_are_those_of_its_text() -> None:
    text = "A Title\n\nAn abstract."
    place = place_of(
        tables_of(text, "application/pdf", {"title": "A Title", "abstract": "An abstract."}), "An a"
    )
    assert (place.own_text, place.line, place.exact) == (False, 3, True)


@given(st.lists(st.sampled_from(["a ", "ﬁ", "é", "\u00ad", "\n", "  ", "×", "b", "。"]), min_size=3))
def test_every_span_of_a_cleaned_text_comes_back(pieces: list[str]) -> None:
    from kg.readers.clean import clean_text
    from kg.text import collapse

    raw = "x" + "".join(pieces) + "y"
    value = collapse(clean_text(raw))
    spans = {"title_start": 0, "title_end": len(raw)}
    tables = tables_of(raw, "text/plain", {"title": value, **spans})
    place = place_of(tables, value)
    assert place.exact
    assert (place.start, place.end) == (0, len(raw))


@pytest.mark.parametrize("name", ["abstracts-0.html", "abstracts-wrapped.txt"])
def test_real_documents(name: str) -> None:
    """Every title and every abstract of these files is found where it stands."""
    reading = read(find_sources([str(Path(__file__).parent / "readers" / "data" / name)])[0])
    spans = ("title_start", "title_end", "abstract_start", "abstract_end", "title", "abstract", "position")
    rows = [{each: getattr(paper, each) for each in spans} for paper in reading.papers]
    tables = tables_of(reading.document.text, reading.document.media_type, *rows)
    places = [
        place_of(tables, str(row[part]), number)
        for number, row in enumerate(tables.papers)
        for part in ("title", "abstract")
        if row[part]
    ]
    assert places
    assert [place.exact for place in places] == [True] * len(places)
    assert len({place.start for place in places}) == len(places)
