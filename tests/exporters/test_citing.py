"""BibTeX and CSL-JSON: stable keys, nothing invented, and no text that is a command."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import export
from kg.exporters.citing import works

Graph = nx.MultiDiGraph
NAMES = ["Ada Lovelace", "Preußer, Jürgen", "OpenAI", "van der Berg"]
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)


def library(*papers: dict[str, Any]) -> Graph:
    graph: Graph = nx.MultiDiGraph()
    for number, paper in enumerate(papers):
        graph.add_node(f"w:{number:04d}", kind="paper", name=paper.get("title", "x (untitled)"), **paper)
    graph.add_node("e:1", kind="task", name="no paper")
    return graph


def bibtex(graph: Graph) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return export(graph, "bibtex", Path(folder)).read_text(encoding="utf-8")


def entries(text: str) -> list[dict[str, str]]:
    """A BibTeX reader of its own: entries and fields by counting braces, as BibTeX does."""
    found, depth, start = [], 0, 0
    for index, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
        if sign == "}" and depth == 0:
            found.append(text[start : index + 1].strip())
            start = index + 1
    assert depth == 0 and not text[start:].strip()
    fields = [dict(re.findall(r"^  (\w+) = \{?(.*?)\}?,?$", entry, re.MULTILINE)) for entry in found]
    return [{"head": entry.split("\n")[0]} | each for entry, each in zip(found, fields, strict=True)]


def test_an_entry_says_what_the_paper_is() -> None:
    paper = {
        "title": "PADE: A Predictor-Free GPU",
        "authors": ["Huizheng Wang", "Jürgen Preußer"],
        "year": 2025,
        "date": "2025-03-01",
        "venue": "Proceedings of HPCA",
        "doi": "10.1109/hpca_1",
        "url": "https://a.b/c_d",
    }
    (entry,) = entries(bibtex(library(paper)))
    assert entry["head"] == "@inproceedings{wang2025padepredictorfree,"
    assert entry["title"] == "{PADE:} A Predictor-Free {GPU}"
    assert entry["author"] == "Huizheng Wang and Jürgen Preußer"
    assert (entry["year"], entry["month"], entry["booktitle"]) == ("2025", "mar", "Proceedings of HPCA")
    assert (entry["doi"], entry["url"]) == ("10.1109/hpca_1", "https://a.b/c_d")


@pytest.mark.parametrize(
    ("venue", "form"),
    [("Journal of Systems", "journal"), ("Workshop on X", "conference"), ("HPCA", "other"), (None, "other")],
)
def test_the_form_is_what_the_venue_says(venue: str | None, form: str) -> None:
    assert next(works(library({"title": "T", "venue": venue}))).form == form


def test_a_preprint() -> None:
    graph = library({"title": "T", "arxiv_id": "2101.00001"})
    assert "archiveprefix = {arXiv}" in bibtex(graph) and "eprint = {2101.00001}" in bibtex(graph)


def test_what_is_not_given_is_not_invented() -> None:
    (entry,) = entries(bibtex(library({"derived_name": True, "abstract": "A."})))
    assert set(entry) == {"head", "note", "abstract"}


def test_keys_are_unique_and_other_papers_do_not_change_them() -> None:
    same = {"title": "On Fast Nets", "authors": ["Ada Lovelace"], "year": 2020}
    keys = [work.key for work in works(library(same, same, {"title": "Ω"}, {"title": "Δ"}))]
    assert keys == ["0002", "0003", "lovelace2020fastnets-0000", "lovelace2020fastnets-0001"]
    assert [work.key for work in works(library(same))] == ["lovelace2020fastnets"]
    more = [work.key for work in works(library(same, same, same))]
    assert more[:2] == keys[2:]


def test_commands_in_texts_are_text() -> None:
    (entry,) = entries(
        bibtex(library({"title": r"\input{/etc/passwd} $x_1$ 50% & #1 ~ ^ }", "abstract": "%"}))
    )
    plain = re.sub(r"\\(?:text\w+\{\}|[&%$#_])", "", entry["title"])
    assert not re.search(r"[\\$%&#_~^]", plain) and "\\input" not in entry["title"]
    assert entry["abstract"] == r"\%"


@pytest.mark.parametrize("name", ["Research and Development Inc", "A, B, C", ", x", "AND Group"])
def test_a_name_that_bibtex_would_take_apart_is_braced(name: str) -> None:
    assert f"author = {{{{{name}}} and B C}}" in bibtex(library({"title": "T", "authors": [name, "B C"]}))


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=3), ANY_TEXT)
def test_any_text_leaves_the_file_whole(title: str, authors: list[str], text: str) -> None:
    paper = {"title": title, "authors": authors, "venue": text, "abstract": text, "doi": f"10.1000/{text}",
             "url": f"https://a.b/{text}", "arxiv_id": text, "date": text, "year": 2020}  # fmt: skip
    graph = library(paper, paper)
    found = entries(bibtex(graph))
    assert len(found) == 2 and len({entry["head"] for entry in found}) == 2
    assert all(re.fullmatch(r"@\w+\{[A-Za-z0-9\-]+,", entry["head"]) for entry in found)
    with tempfile.TemporaryDirectory() as folder:
        items = json.loads(export(graph, "csl", Path(folder)).read_text(encoding="utf-8"))
    assert len({item["id"] for item in items}) == 2
    assert not any(
        "<" in str(item.get(name, "")) for item in items for name in ("title", "container-title", "abstract")
    )


def test_csl_items() -> None:
    paper = {"title": "Nets of R<sub>1</sub>", "authors": NAMES,
             "year": 2020, "date": "2020-05", "doi": "10.1000/1", "venue": "Journal of X",
             "url": "javascript:alert(1)"}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        (item,) = json.loads(export(library(paper), "csl", Path(folder)).read_text(encoding="utf-8"))
    assert item["author"] == [
        {"family": "Lovelace", "given": "Ada"},
        {"family": "Preußer", "given": "Jürgen"},
        {"literal": "OpenAI"},
        {"literal": "van der Berg"},
    ]
    assert (item["type"], item["issued"], item["DOI"]) == (
        "article-journal",
        {"date-parts": [[2020, 5]]},
        "10.1000/1",
    )
    assert "URL" not in item and item["title"] == "Nets of R&lt;sub>1&lt;/sub>"


def test_an_empty_library() -> None:
    assert bibtex(nx.MultiDiGraph()) == ""
    with tempfile.TemporaryDirectory() as folder:
        assert json.loads(export(nx.MultiDiGraph(), "csl", Path(folder)).read_text(encoding="utf-8")) == []
