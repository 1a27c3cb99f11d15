"""Markdown: marks are no part of a field, offsets point to what shows it in the raw text."""

from __future__ import annotations

from pathlib import Path

from kg.readers import Reading, Source, read
from kg.readers.markdown_view import shown_markdown
from kg.text import collapse

ABSTRACT = (
    "We present a method that prunes *networks* while they are trained, so that no second pass over the\n"
    "data is needed. Our experiments show that it is [twice](https://example.org/x) as fast as before."
)
SHOWN = shown_markdown(ABSTRACT)


def read_text(folder: Path, text: str) -> Reading:
    path = folder / "x.md"
    path.write_bytes(text.encode())
    reading = read(Source(path="x.md", file=path))
    for paper in reading.papers:
        for value, start, end in (
            (paper.title, paper.title_start, paper.title_end),
            (paper.abstract, paper.abstract_start, paper.abstract_end),
        ):
            if value is not None:
                assert shown_markdown(reading.document.text[start:end]) == collapse(value)
    return reading


def test_headings_are_titles(tmp_path: Path) -> None:
    text = (
        f"# Reading list\n\n## [Pruning, Fast](https://example.org)\n\n**Ana Ruiz**, Li Wei\n\n{ABSTRACT}\n\n"
    )
    text += f"## **Another Title**\n\n*Jane Doe and John Smith*\n\n> {ABSTRACT}\n"
    reading = read_text(tmp_path, text)
    assert reading.document.reader == "markdown"
    assert [paper.title for paper in reading.papers] == ["Pruning, Fast", "Another Title"]
    assert [author.name for author in reading.papers[0].authors] == ["Ana Ruiz", "Li Wei"]
    assert [author.name for author in reading.papers[1].authors] == ["Jane Doe", "John Smith"]
    assert [paper.abstract for paper in reading.papers] == [SHOWN, SHOWN]


def test_labels_in_bold_and_windows_line_ends(tmp_path: Path) -> None:
    text = f"## A Title\n\n- **Venue:** ISCA 2018\n- **Authors**: Ana Ruiz, Li Wei\n\n{ABSTRACT}\n".replace(
        "\n", "\r\n"
    )
    (paper,) = read_text(tmp_path, text).papers
    assert (paper.title, paper.venue, paper.year) == ("A Title", "ISCA", 2018)
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]


def test_front_matter_fills_what_the_text_leaves_out(tmp_path: Path) -> None:
    front = "---\ntitle: 'A Title'\nauthors:\n  - Ana Ruiz\n  - Li Wei\nvenue: ISCA 2018\n---\n"
    text = f"{front}\n# A Title\n\n{ABSTRACT}\n"
    (paper,) = read_text(tmp_path, text).papers
    assert (paper.title, paper.venue, paper.year) == ("A Title", "ISCA", 2018)
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]


def test_setext_heading_and_code_block(tmp_path: Path) -> None:
    text = f"A Title\n=======\n\nAna Ruiz, Li Wei\n\n{ABSTRACT}\n\n```\nWe propose code, {ABSTRACT}\n```\n"
    (paper,) = read_text(tmp_path, text).papers
    assert (paper.title, paper.abstract) == ("A Title", SHOWN)
