"""LaTeX sources: the bylines of all classes, macros, comments, bodies, references."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KGError, ReadError
from kg.readers.base import Raw
from kg.readers.tex import READER
from kg.readers.tex_source import expanded, make_source, without_environments
from kg.types import Paper

FOLDER = Path(__file__).parent / "data" / "tex"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
OPENING = "\\documentclass{article}\\title{A Title Here}\\author{Ana Ruiz}\\begin{document}\n"
HOSTILE = [
    "{", "$$", "% x\n", "\\[", "\\begin{figure}", "\\iffalse ",
    "\\author{Ana Ruiz}\\affiliation{X}", "\\author[",
    "\\section{a} b\n", "\\title{a}", "\\begin{abstract}", "$^{1}$ Bob Jones, ", "\\bibitem{a} b. ",
]  # fmt: skip
NATBIB = r"""\bibitem[{Vaswani et~al.(2017)}]{v} A.~Vaswani and N.~Shazeer.
\newblock Attention is all you need.
\newblock In \emph{NeurIPS}, 2017."""
ACM = r"""\bibitem[Doe(2019)]{d}
\bibfield{author}{\bibinfo{person}{Jane Doe} {and} \bibinfo{person}{Li Wei}.}
\bibinfo{year}{2019}\natexlab{}.
\showarticletitle{\bibinfo{title}{Fast {GPU} Sorting}.} \bibinfo{journal}{TACO}"""
ABSTRACT = "\\begin{abstract}We study a thing that matters.\\end{abstract}\n"


def make_raw(text: str, name: str = "x.tex") -> Raw:
    return Raw(path=name, data=text.encode(), text=text, encoding="utf-8", media_type="text/plain")


def read(text: str) -> Paper:
    (paper,) = READER.read(make_raw(text)).papers
    return paper


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_class_is_read(name: str) -> None:
    raw = make_raw((FOLDER / f"{name}.tex").read_text(encoding="utf-8"), f"{name}.tex")
    assert READER.score(raw) >= 0.9
    (paper,) = READER.read(raw).papers
    expected = dict(EXPECTED[name])
    assert paper.title == expected.pop("title")
    assert [author.name for author in paper.authors] == expected.pop("authors")
    assert (paper.abstract or "").startswith(expected.pop("abstract_start", ""))
    assert len(paper.keywords) == expected.pop("keyword_count", len(paper.keywords))
    assert len(paper.references) == expected.pop("reference_count", len(paper.references))
    places = {author.name: author.affiliation or "" for author in paper.authors}
    for author, place in expected.pop("affiliations", {}).items():
        assert places[author].startswith(place)
    orcids = {author.name: author.orcid for author in paper.authors}
    assert expected.pop("orcids", orcids).items() <= orcids.items()
    for field, value in expected.items():
        assert getattr(paper, field) == value, field


def test_comments_switched_off_parts_and_what_stands_behind_the_end_are_no_text() -> None:
    text = (
        OPENING
        + "\\begin{abstract}We % not this\n  study\\iffalse hidden \\fi{} 5\\% of it, %\nwell.\n\n% old\n"
        + "Second part."
        + "\\end{abstract}\\end{document}\\section{Behind}"
    )
    paper = read(text)
    assert paper.abstract == "We study 5% of it, well.\n\nSecond part."
    assert paper.body is None


def test_body_has_headings_and_paragraphs_only() -> None:
    paper = read(
        OPENING
        + ABSTRACT
        + "\\section{Intro}\\label{a} One $x^2$ \\cite{b}.\n\nTwo."
        + "\\begin{table}\\caption{No}1 & 2\\end{table}"
        + "\\[ a = b \\]\\subsection*{More}\nThree.\\section{Acknowledgements}We thank you."
        + "\\begin{thebibliography}{9}\\bibitem{b} A. Ruiz. A thing. 2001.\\end{thebibliography}"
    )
    assert paper.body == "Intro\n\nOne x^2.\n\nTwo.\n\nMore\n\nThree."
    assert [reference.year for reference in paper.references] == [2001]


@pytest.mark.parametrize(
    ("entry", "title", "authors", "year"),
    [
        (
            NATBIB,
            "Attention is all you need",
            None,
            2017,
        ),
        (
            ACM,
            "Fast GPU Sorting",
            ("Jane Doe", "Li Wei"),
            2019,
        ),
    ],
)
def test_marked_references(entry: str, title: str, authors: tuple[str, ...] | None, year: int) -> None:
    (reference,) = read(OPENING + ABSTRACT + entry + "\n\\end{thebibliography}").references
    assert (reference.title, reference.year) == (title, year)
    assert authors is None or reference.authors == authors


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("\\section{Introduction}\nSome text of a chapter, with \\cite{a} and more.\n", "main file"),
        ("\\begin{thebibliography}{10}\n\\bibitem{a} A. B, ``A title,'' 2010.\n", "reference list"),
        (
            "%% my style\n\\NeedsTeXFormat{LaTeX2e}\n\\ProvidesPackage{foo}\n\\newcommand{\\title}[1]{#1}\n",
            "package",
        ),
        ("\\documentclass{moderncv}\n\\name{Ana}{Ruiz}\\title{Curriculum}\n", "CV"),
    ],
)
def test_what_is_no_paper_is_refused_in_words(text: str, word: str) -> None:
    raw = make_raw(text)
    assert READER.score(raw) >= 0.7
    with pytest.raises(ReadError, match=word):
        READER.read(raw)


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={The {\\LaTeX} Companion}}",
        "<html><body>\\documentclass{article}</body></html>",
        "# How to write\n\n```latex\n\\documentclass{article}\n\\title{X}\n```\n",
        "A note about \\documentclass and \\title{x}.",
        '{"title": "\\\\section"}',
        "",
    ],
)
def test_other_documents_are_not_taken(text: str) -> None:
    assert READER.score(make_raw(text, "x.txt")) < 0.2


def test_files_that_are_taken_in_are_named_and_not_opened() -> None:
    parsed = READER.read(make_raw(OPENING + "\\input{/etc/passwd}\\include{chapters/intro}" + ABSTRACT))
    assert parsed.notes == ("not followed: \\input of /etc/passwd, chapters/intro",)


def test_macros_are_expanded_within_limits() -> None:
    doubling = "".join(
        f"\\newcommand{{\\{a}}}{{\\{b}\\{b}}}" for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    begun = time.process_time()
    paper = read(
        OPENING + doubling + "\\newcommand\\ours{FastNet}" + ABSTRACT + "\\section{On \\ours}" + "\\a " * 999
    )
    assert time.process_time() - begun < 2
    assert paper.body is not None
    assert paper.body.startswith("On FastNet")
    assert expanded(r"\x \y", {"x": r"\y", "y": r"\x"})


def test_environments_are_cut_out_whole() -> None:
    text = r"a\begin{figure}\begin{figure}x\end{figure}y\end{figure}b\begin{table}open"
    assert without_environments(text, {"figure", "table"}) == r"a b\begin{table}open"
    assert make_source("a % c\nb \\% d").text == "a b \\% d"


@pytest.mark.parametrize(
    "piece",
    HOSTILE,
)
def test_hostile_sources_take_linear_time(piece: str) -> None:
    begun = time.process_time()
    READER.read(make_raw(OPENING + ABSTRACT + "\\section{X}" + piece * 3_000))
    assert time.process_time() - begun < 5


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(sorted(EXPECTED)), data=st.data())
def test_damaged_sources_raise_nothing_else(name: str, data: st.DataObject) -> None:
    text = (FOLDER / f"{name}.tex").read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    put = data.draw(
        st.sampled_from(["", "{", "}", "\\", "$", "\\begin{abstract}", "\\author{", "%", "\\\\", "&"])
    )
    with contextlib.suppress(KGError):
        READER.read(make_raw(text[:start] + put + text[end:]))
