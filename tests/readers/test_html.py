"""HTML: what is visible, where it came from, and what a page says about itself."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.readers import Reading, Source, read
from kg.readers.html import visible_text
from kg.readers.markup import make_view
from kg.text import collapse

ABSTRACT = (
    "We present a method that prunes networks while they are trained, so that no second pass over the data "
    "is needed. Our experiments show that it is twice as fast as before."
)


PARTS = ["<p>", "</p>", "<b x='>'>", "</b>", "&amp;", "&#65;", "<!-- c -->", " ", "\n", "word", "é"]


def read_page(folder: Path, page: str) -> Reading:
    path = folder / "x.html"
    path.write_text(page, encoding="utf-8")
    return read(Source(path="x.html", file=path))


def test_meta_tags_come_first_and_are_found_on_the_page(tmp_path: Path) -> None:
    page = f"""<!DOCTYPE html><html><head><title>x</title>
    <meta name="citation_title" content="Pruning &amp; Training">
    <meta name="citation_author" content="Ruiz, Ana"><meta name="citation_author_institution" content="MIT">
    <meta name="citation_author" content="Li Wei"><meta name="citation_doi" content="10.1000/xyz">
    <meta name="citation_conference_title" content="MICRO">
    <meta name="citation_publication_date" content="2019/10/12"></head>
    <body><h1>Pruning &amp; <i>Training</i></h1><p>{ABSTRACT}</p></body></html>"""
    reading = read_page(tmp_path, page)
    (paper,) = reading.papers
    assert paper.title == "Pruning & Training"
    assert [(author.name, author.affiliation) for author in paper.authors] == [
        ("Ana Ruiz", "MIT"),
        ("Li Wei", None),
    ]
    assert (paper.venue, paper.year, paper.date, paper.doi) == ("MICRO", 2019, "2019-10-12", "10.1000/xyz")
    assert paper.abstract == ABSTRACT
    text = reading.document.text
    assert text[paper.title_start : paper.title_end] == "Pruning &amp; <i>Training"


def test_json_ld(tmp_path: Path) -> None:
    page = f"""<html><body><script type="application/ld+json">{{"@graph": [{{"@type": "ScholarlyArticle",
    "headline": "Pruning", "author": [{{"@type": "Person", "name": "Ana Ruiz"}}], "abstract": "{ABSTRACT}",
    "datePublished": "2021-05-04", "isPartOf": {{"name": "ISCA"}}}}]}}</script></body></html>"""
    (paper,) = read_page(tmp_path, page).papers
    assert (paper.title, paper.venue, paper.year, paper.abstract) == ("Pruning", "ISCA", 2021, ABSTRACT)
    assert paper.title_start is None


def test_declared_encoding(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    page = '<html><head><meta charset="koi8-r"></head><h2>О методе</h2><p>Иван Петров, Анна Ли</p>'
    page += f"<p>{ABSTRACT}</p>"
    path.write_bytes(page.encode("koi8-r"))
    reading = read(Source(path="x.html", file=path))
    assert reading.document.encoding == "koi8-r"
    assert [author.name for author in reading.papers[0].authors] == ["Иван Петров", "Анна Ли"]


def test_visible_text_leaves_out_what_is_not_shown() -> None:
    page = (
        "<p>a<!-- b --><script>c</script>&lt;d&gt; <span hidden>e</span><b>f</b>g</p><nav>h</nav><p>i &copy x"
    )
    assert visible_text(page) == "a<d> fg i © x"


def test_broken_markup_is_text() -> None:
    assert visible_text("1 < 2 & 3 > 2 <b") == "1 < 2 & 3 > 2"
    assert visible_text("<nav>never closed <p>shown") == "never closed shown"


@given(st.lists(st.sampled_from(PARTS)))
def test_spans_of_the_view_show_the_same_text_in_the_raw_page(parts: list[str]) -> None:
    raw = "".join(parts)
    view = make_view(raw)
    for line in view.lines:
        start, end = view.raw_span((line.start, line.end))
        assert visible_text(raw[start:end]) == collapse(view.text[line.start : line.end])


@given(st.text(alphabet="<>&;/'\"=ab !-p\n", max_size=80))
def test_any_markup_is_safe(raw: str) -> None:
    make_view(raw)
