"""BibTeX: damage costs the entry it is in, macros and parents are put in, names are for people."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KGError
from kg.readers.base import Parsed, Raw
from kg.readers.bibtex import READER
from kg.readers.bibtex_entries import Entry, Fault, read_entries
from kg.readers.bibtex_values import bibtex_authors, field_text


def raw(text: str, path: str = "x.bib") -> Raw:
    return Raw(path=path, data=b"", text=text, encoding="utf-8", media_type="text/plain")


def parsed(text: str) -> Parsed:
    return READER.read(raw(text))


def fields(text: str) -> list[dict[str, str]]:
    return [item.fields for item in read_entries(text) if isinstance(item, Entry)]


def authors(value: str) -> list[str]:
    return [author.name for author in bibtex_authors({"author": value})]


NEXT = "\n@article{next, title={Next}}"


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        (
            "@article{a, title = {A}\n author={B and C}, year=1999}",
            {"title": "A", "author": "B and C", "year": "1999"},
        ),
        ("@article{a\n title = {A},\n year=1999}", {"title": "A", "year": "1999"}),
        ("@article{title = {A}, year=1999}", {"title": "A", "year": "1999"}),
        ('@article{a, title = "A {"}q{"} b", year=1999}', {"title": 'A {"}q{"} b', "year": "1999"}),
        ('@article{a, title = "The "best" one", year=1999}', {"title": 'The "best" one', "year": "1999"}),
        ("@article(a, title = {A}, year=1999)", {"title": "A", "year": "1999"}),
        ("@article{Smith et al 2000, title = {A}, year=1999}", {"title": "A", "year": "1999"}),
        ("@article{a, title = The best method,\n year=1999}", {"title": "The best method", "year": "1999"}),
        ("@article{a, title=, year=1999}", {"title": "", "year": "1999"}),
        ("@article{a, title={A},\n % a remark\n year=1999,}", {"title": "A", "year": "1999"}),
        ("@article{a, TITLE={A {{deep} er}}, Year = {1999}}", {"title": "A {{deep} er}", "year": "1999"}),
        ("@article{a, title={A}, abstract={Cite\n@article{b,\n title={No}\n}}, year=1999}", None),
    ],
)
def test_what_is_only_untidy_is_read_without_a_fault(entry: str, wanted: dict[str, str] | None) -> None:
    items = list(read_entries(entry + NEXT))
    assert not any(isinstance(item, Fault) for item in items)
    assert len(items) == 2
    if wanted is not None:
        assert fields(entry + NEXT)[0] == wanted


@pytest.mark.parametrize(
    ("entry", "title", "problem"),
    [
        ("@article{a, title = {A},\n year=1999\n", "A", "no closing brace"),
        ("@article{a, title = {A {b},\n author={B and C},\n year=1999}", "A b", "a brace that never closes"),
        ("@article{a, title = {A}},\n author={B and C}, year=1999}", "A", "a closing brace too many"),
        (
            '@article{a,\n title="A,\n author="B and C",\n year=1999}',
            "A",
            "a quotation mark that never closes",
        ),
        ("@article{a, title = {A \\{ b}, year=1999}", "A { b", "a brace that never closes"),
    ],
)
def test_a_broken_entry_costs_at_most_itself(entry: str, title: str, problem: str) -> None:
    found = parsed(f"@article{{first, title={{First}}}}\n{entry}{NEXT}")
    assert [paper.title for paper in found.papers] == ["First", title, "Next"]
    assert [paper.year for paper in found.papers][1] == 1999
    (note,) = found.notes
    assert note.startswith("line 2: entry 'a' has") and problem in note


def test_an_entry_of_which_nothing_is_left_is_a_note() -> None:
    found = parsed("@article{a, year=1999}\n@article{b, title={B}}\n")
    assert [paper.title for paper in found.papers] == ["B"]
    assert found.notes == ("line 1: entry 'a' has no title",)


def test_many_faults_are_counted() -> None:
    found = parsed("@article{a, year=1999}\n" * 50 + "@article{b, title={B}}")
    assert len(found.notes) == 21
    assert found.notes[-1] == "and 30 more"


def test_a_file_without_any_entry_is_refused() -> None:
    with pytest.raises(KGError, match="braces"):
        parsed("@article{\n")


def test_comments_are_left_out_and_macros_put_in() -> None:
    text = """@comment{jabref-meta: databaseType:bibtex;}
% @article{x, title={no}}
@STRING{ nips = "Advances in " # "NIPS" }
@string(vol = {30})
@inproceedings{a, title={T}, booktitle = NIPS # { } # vol, month = dec # "~4", year=2017}"""
    (entry,) = fields(text)
    assert entry["booktitle"] == "Advances in NIPS 30"
    assert entry["month"] == "December~4"


def test_parents_give_what_is_missing_and_a_circle_ends() -> None:
    found = parsed(
        """@inproceedings{a, title={A}, crossref={p}}
@inproceedings{b, title={B}, booktitle={Own}, year=2001, crossref={p}}
@inproceedings{c, title={C}, crossref={nowhere}}
@inbook{d, title={D}, crossref={e}}
@book{e, title={E}, author={Ann Lee}, crossref={e}, year=2002}
@proceedings{p, title={Proc. X}, editor={Ed Itor}, year=2000}"""
    )
    papers = {paper.title: paper for paper in found.papers}
    assert (papers["A"].venue, papers["A"].year, papers["A"].authors) == ("Proc. X", 2000, ())
    assert (papers["B"].venue, papers["B"].year) == ("Own", 2001)
    assert papers["C"].venue is None
    assert (papers["D"].venue, papers["D"].authors[0].name) == ("E", "Ann Lee")
    assert found.notes == ("left out, being no papers: 1 volume",)


def test_patents_programs_and_bare_web_pages_are_no_papers() -> None:
    found = parsed(
        "@patent{a, title={A}}@software{b, title={B}}@misc{c, title={C}, url={http://x.org}}"
        "@misc{d, title={D}, author={Ann Lee}}"
        "@misc{e, title={E}, howpublished={Dataset on Zenodo}, author={A B}}"
    )
    assert [paper.title for paper in found.papers] == ["D"]
    assert "1 patent" in found.notes[0] and "1 web page" in found.notes[0]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (
            "van der Berg, Jan and King, Jr., Martin and Donald~E. Knuth",
            ["Jan van der Berg", "Martin King Jr.", "Donald E. Knuth"],
        ),
        ("{The ATLAS Collaboration} and Aad, Georges and others", ["The ATLAS Collaboration", "Georges Aad"]),
        (
            '{Barnes and Noble, Inc.} and {Sch{\\"o}lkopf}, Bernhard',
            ["Barnes and Noble, Inc.", "Bernhard Schölkopf"],
        ),
        ("{{Smith, John and Doe, Jane}}", ["John Smith", "Jane Doe"]),
        ("A. Smith, B. Jones, C. Doe", ["A. Smith", "B. Jones", "C. Doe"]),
        ("Smith, J.; Doe, K.", ["J. Smith", "K. Doe"]),
        ("Jean Laid{\\'e} AND Bo Li and", ["Jean Laidé", "Bo Li"]),
        ("given=Hans, family=Harman, prefix=von and Ann Lee", ["Hans von Harman", "Ann Lee"]),
        ("Anonymous", []),
        ("{\\relax Ch}arles Xavier and {\\'E}. Zola", ["Charles Xavier", "É. Zola"]),
        ("Smith, J. and Doe, K. et al.", ["J. Smith", "K. Doe"]),
    ],
)
def test_names(value: str, wanted: list[str]) -> None:
    assert authors(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("{BERT} and {G}PT", "BERT and GPT"),
        ("$\\less$i$\\greater$E. coli$\\less$/i$\\greater$", "<i>E. coli</i>"),
        ("R{\\&}amp$\\mathsemicolon$D", "R&D"),
        ("3.2$\\times$ at 50\\%", "3.2× at 50%"),
        ("methodology\\hyphen independent", "methodology-independent"),
        ("\\textless p\\textgreater{}One\\textless/p\\textgreater", "<p>One</p>"),
        ("{\\textless}i{\\textgreater}E{\\textless}/i{\\textgreater}", "<i>E</i>"),
        ("plain", "plain"),
    ],
)
def test_values_become_text(value: str, wanted: str) -> None:
    assert field_text(value) == wanted


def test_identifiers_and_addresses() -> None:
    text = r"""@article{a, title={A}, doi={10.1007/978-3-662-46803-6{\_}26}, url={http://x.org/a{\_}b}}
@article{b, title={B}, journal={CoRR}, volume={abs/1706.03762}}
@article{c, title={C}, doi={https://doi.org/10.1002/(SICI)1096-987X(199803)19:4<377::AID-JCC1>3.0.CO;2-P}}
@misc{d, title={D}, eprint={hep-th/9901001v2}, archiveprefix={arXiv}, author={A B}, primaryclass={hep-th}}
@article{e, title={E}, eprint={2010.11929}, eprinttype={jstor}}
@article{f, title={F}, journal={\apj}, date={2001-05-06}, language={german}, keywords={a, b}}"""
    a, b, c, d, e, f = parsed(text).papers
    assert (a.doi, a.url) == ("10.1007/978-3-662-46803-6_26", "http://x.org/a_b")
    assert (b.arxiv_id, b.venue) == ("1706.03762", "CoRR")
    assert c.doi == "10.1002/(sici)1096-987x(199803)19:4<377::aid-jcc1>3.0.co;2-p"
    assert (d.arxiv_id, d.categories) == ("hep-th/9901001", ("hep-th",))
    assert e.arxiv_id is None
    assert (f.venue, f.date, f.language, f.keywords) == (
        "The Astrophysical Journal",
        "2001-05-06",
        "german",
        ("a", "b"),
    )


def test_the_series_is_the_venue_where_nothing_better_is_given() -> None:
    text = "@inproceedings{a, title={A}, series={CHI '19}}"
    text += "@inproceedings{b, title={B}, booktitle={X}, series={Y}}"
    assert [paper.venue for paper in parsed(text).papers] == ["CHI", "X"]


def test_a_page_that_only_quotes_an_entry_is_not_taken() -> None:
    quoted = "# A tool\n\nIt does much.\n\n```\n@article{a,\n title={T}\n}\n```\n" + "More words here.\n" * 20
    assert READER.score(raw(quoted, "README.md")) == 0.0
    assert READER.score(raw("<html><pre>@article{a, title={T}}</pre>", "x.html")) == 0.0
    assert READER.score(raw("Exported by a tool\n\n@article{a,\n title={T},\n year=2000\n}\n", "x.txt")) > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "@article{a,title={" + "{" * 200_000,
        '@article{a,title="' + '"' * 200_000,
        "@article{a,\n" * 20_000,
        "@article{k,\n title = {A {b,\n author={X},\n}\n" * 5_000,
        "@article{a,title={x},author={A" + " " * 200_000 + "B}}",
        "@comment{ {\n" * 20_000,
        "@article{a,title={x},doi={10.1234/" + ")" * 200_000 + "}}",
        "".join(f"@string{{a{i + 1} = a{i} # a{i}}}\n" for i in range(60)) + "@article{a, title=a60}",
        "".join(f"@article{{k{i},title={{t}},crossref={{k{i + 1}}}}}\n" for i in range(5_000)),
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    try:
        found = parsed("x = a0\n" + text)
    except KGError:
        found = Parsed()
    assert time.process_time() - began < 4
    assert all(len(paper.title or "") < 10**6 for paper in found.papers)


@given(st.text(alphabet='@{}"=,#%\\\n\tabc1 $~', max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        found = parsed("@article{a, title={A}}\n" + text)
    except KGError:
        return
    assert len(found.notes) <= 22
    assert found.papers[0].title == "A"


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        ("@misc{a, title={T}, author={Lee, Ann}, howpublished={\\url{https://blog.x.org/t}}}", False),
        ("@misc{a, title={T}, author={Lee, Ann}, note={Accessed: 2020-01-02}, url={https://x.org}}", False),
        ("@misc{a, title={T}, author={{The X Consortium}}, url={http://www.x.org}, year=2019}", False),
        ("@misc{a, title={T}, author={Lee, Ann}, publisher={Google Patents}, note={US Patent 6,999}}", False),
        ("@misc{a, title={T}, author={Lee, Ann}, howpublished={GitHub repository}}", False),
        ("@online{a, title={T}, author={Lee, Ann}, url={https://x.org}, urldate={2020-01-02}}", False),
        ("@online{a, title={T}, author={Lee, Ann}, eprint={2301.00001}, eprinttype={arxiv}}", True),
        ("@misc{a, title={T}, author={Lee, Ann}, year=2020, howpublished={arXiv preprint}}", True),
        ("@misc{a, title={T}, author={{OpenAI}}, year=2023}", True),
        (
            "@misc{a, title={T}, author={Lee, Ann}, url={https://x.org/report.pdf}, urldate={2020-01-02}}",
            True,
        ),
        ("@misc{a, title={T}, author={Lee, Ann}, year=2019, url={https://x.org/t}}", True),
        ("@article{a, title={Front Cover}, journal={J}}", False),
    ],
)
def test_pages_of_the_web_are_told_from_literature(entry: str, kept: bool) -> None:
    assert bool(parsed(entry).papers) is kept


@pytest.mark.parametrize(
    ("entry", "venue"),
    [
        ("@phdthesis{a, title={T}, school={Universit{\\'e} de X}, author={A B}}", "Université de X"),
        ("@thesis{a, title={T}, institution={X University}, author={A B}}", "X University"),
        ("@techreport{a, title={T}, institution={X Research}, author={A B}}", "X Research"),
        ("@book{a, title={T}, publisher={X Press}, author={A B}}", None),
    ],
)
def test_theses_and_reports_have_the_house_that_issues_them(entry: str, venue: str | None) -> None:
    assert parsed(entry).papers[0].venue == venue


def test_entries_inside_a_comment_are_none() -> None:
    text = "@Comment{ kept for later\n@Misc{old, author={Ghost Writer}, title={Removed}, year=1999}\n}" + NEXT
    assert [paper.title for paper in parsed(text).papers] == ["Next"]
    assert [paper.title for paper in parsed("@comment{ never closed\n" + NEXT).papers] == ["Next"]


def test_sorting_commands_print_nothing() -> None:
    assert field_text('On F{\\"u}r Elise: {\\noopsort{a}}a note') == "On Für Elise: a note"
