"""Tables: delimiters, headers in many words, columns without names, broken rows, tables of other things."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw
from kg.readers.spreadsheet import READER
from kg.readers.table_columns import columns_by_content, columns_by_name, header_score
from kg.readers.table_rows import delimiter_of, read_rows


def raw(text: str, path: str = "x.csv") -> Raw:
    return Raw(path=path, data=b"", text=text, encoding="utf-8", media_type="text/plain")


def parsed(text: str, path: str = "x.csv") -> Parsed:
    return READER.read(raw(text, path))


HEAD = "Title,Authors,Year,Abstract\n"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n3;4\n", ";"),
        ("a\tb\n1, 2\t3\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ('sep=;\n"a,b";c\n', ";"),
        ("prose, with a comma\nand a line without\nand another\n", ""),
        ("", ""),
    ],
)
def test_delimiters(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_rows_know_their_line_though_cells_hold_line_breaks() -> None:
    rows = list(read_rows('a,b\n"1\n2",3\n4,5\n', ","))
    assert [(row.cells, row.line) for row in rows] == [(("a", "b"), 1), (("1\n2", "3"), 2), (("4", "5"), 4)]


def test_a_quotation_mark_that_never_closes_costs_its_row_only() -> None:
    found = parsed(HEAD + 'One,A B,2001,x\nTwo,"C D,2002\nThree,E F,2003,z\nFour,G H,2004,"w, v"\n')
    assert [paper.title for paper in found.papers] == ["One", "Three", "Four"]
    assert found.notes == ("line 3: a quotation mark never closes",)


def test_cells_may_be_as_long_as_a_full_text_and_longer_ones_cost_their_row() -> None:
    text = "title,authors,paper_text\n"
    text += f'One,A B,"{"word " * 60_000}"\nTwo,C D,"{"word " * 120_000}"\nThree,E F,z\n'
    assert [paper.title for paper in parsed(text).papers] == ["One", "Two", "Three"]
    text = text.replace("Two,C D,", 'Two,C "D,')
    assert [paper.title for paper in parsed(text).papers][::2] == ["One", "Three"]


def test_rows_of_another_length_cost_themselves_only() -> None:
    found = parsed(HEAD + "One,A B,2001,x\nTwo,C, D, E,2002,too many\nThree,E F\nFour,G H,2004,w,,\n")
    assert [paper.title for paper in found.papers] == ["One", "Three", "Four"]
    assert found.notes == ("line 3: 6 cells where the header has 4",)


def test_marks_are_letters_in_tables_between_tabs_that_quote_nothing() -> None:
    text = 'TI\tAU\tPY\tAB\nA "good" one\tDoe, J\t2001\t"Open quote\nTwo\tRoe, R\t2002\t5" wide\n'
    first, second = parsed(text, "x.txt").papers
    assert (first.title, first.abstract, second.abstract) == ('A "good" one', '"Open quote', '5" wide')


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("Item Title,Publication Title,Authors", {"title": [0], "venue": [1], "authors": [2]}),
        ("Publication Title,Authors,Year", {"title": [0], "authors": [1], "year": [2]}),
        ("Source,Source title,Title,Year", {"title": [2], "venue": [1, 0], "year": [3]}),
        ("Titel;Autor(en);Jahr;Zeitschrift", {"title": [0], "authors": [1], "year": [2], "venue": [3]}),
        ("标题,作者,年份,摘要", {"title": [0], "authors": [1], "year": [2], "abstract": [3]}),
        (
            "\ufeffPT,AU,AF,TI,SO,PY,DI",
            {"authors": [2, 1], "title": [3], "venue": [4], "year": [5], "doi": [6]},
        ),
        ("id,do,title", {"title": [2]}),
        ("primary_location.source.display_name,Author/s", {"authors": [1], "venue": [0]}),
    ],
)
def test_columns_by_name(header: str, wanted: dict[str, list[int]]) -> None:
    found = columns_by_name(header.replace(";", ",").split(","))
    assert {kind: found[kind] for kind in found if kind not in {"type", "more_keywords"}} == wanted


@pytest.mark.parametrize(
    ("header", "papers"),
    [
        ("Title,Year,Director", False),
        ("Title,Company,Location,Description", False),
        ("Name,Description,Price", False),
        ("Region,Units,Date", False),
        ("Title,Author,Publisher", True),
        ("title,abstract", True),
        ("Paper,Authors,Session", False),
        ("Paper title,Authors,Session", True),
        ("DOI,Title", True),
    ],
)
def test_which_headers_speak_of_papers(header: str, papers: bool) -> None:
    assert (header_score(header.split(",")) > 1) == papers


def test_columns_without_names_are_told_by_what_stands_in_them() -> None:
    rows = [
        ("1", "Sparse tensor cores for graphs", "Maohua Zhu, Tao Zhang", "2019", "10.1145/1.1"),
        ("2", "A second study of pruning", "Ada Lovelace, Alan Turing", "2020", "10.1145/1.2"),
        ("3", "Efficient transformers today", "Wei Li and Ana Ruiz", "2021", "10.1145/1.3"),
    ]
    found = columns_by_content(rows)
    assert found == {"title": [1], "authors": [2], "year": [3], "doi": [4]}
    papers = parsed("\n".join("\t".join(row) for row in rows), "x.tsv").papers
    assert [paper.year for paper in papers] == [2019, 2020, 2021]


@pytest.mark.parametrize("text", ["Region,Units\nNorth,5\nSouth,6\n", "a,b\n", "x,y\n1,2\n3,4\n5,6\n"])
def test_other_tables_are_refused_with_their_columns(text: str) -> None:
    with pytest.raises(ReadError, match=r"without papers \(its columns: .*name one column Title"):
        parsed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sir,\nI write, as ever,\nto you.\n",
        "<html>a,b</html>",
        '{"Title": "Authors"}\n',
        "# Title, Authors\n",
    ],
)
def test_other_texts_are_not_taken(text: str) -> None:
    assert READER.score(raw(text, "x.txt")) == 0.0


def test_formulas_are_text_and_nothing_is_evaluated() -> None:
    text = HEAD + '"=HYPERLINK(""http://x.org"",""A"")",\'=cmd|x,2001,"=1+1"\n'
    (paper,) = parsed(text).papers
    assert paper.title is not None and "HYPERLINK" in paper.title
    assert paper.abstract == "=1+1"


def test_attachments_and_notes_are_no_papers() -> None:
    text = (
        "Item Type,Title,Author,Year\njournalArticle,A,Doe, 2001\nattachment,PDF,,\nnote,N,,\ndataset,D,,\n"
    )
    found = parsed(text.replace("Doe, 2001", '"Doe, J",2001'))
    assert [paper.title for paper in found.papers] == ["A"]
    assert found.notes == ("left out, being no papers: 1 attachment, 1 dataset, 1 note",)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Smith, John; van der Berg, Jan", ["John Smith", "Jan van der Berg"]),
        ("A Vaswani, N Shazeer, ...", ["A Vaswani", "N Shazeer"]),
        ("Smith J, Doe KL, Roe R.", ["J Smith", "KL Doe", "R Roe"]),
        ("['Ana Ruiz', 'Li Wei']", ["Ana Ruiz", "Li Wei"]),
        (
            "Olaf RonnebergerPhilipp FischerIan McDonald",
            ["Olaf Ronneberger", "Philipp Fischer", "Ian McDonald"],
        ),
        ("Lee, Jane (57190000001); Kim, Su (57190000002)", ["Jane Lee", "Su Kim"]),
        ("Ana Ruiz (ETH), Li Wei (MIT)", ["Ana Ruiz", "Li Wei"]),
        ("Yann LeCun|Yoshua Bengio", ["Yann LeCun", "Yoshua Bengio"]),
        ("Smith, J., Doe, R.-M.", ["J. Smith", "R.-M. Doe"]),
        ("[No author name available]", []),
        ("Ana Ruiz, Li Wei and Bo Li", ["Ana Ruiz", "Li Wei", "Bo Li"]),
        ("张三；李四", ["张三", "李四"]),
    ],
)
def test_author_cells(cell: str, wanted: list[str]) -> None:
    (paper,) = parsed(f'{HEAD}A paper,"{cell}",2001,Text\n').papers
    assert [author.name for author in paper.authors] == wanted


def test_institutions_and_orcids_stand_in_columns_of_their_own() -> None:
    text = (
        "display_name,authorships.author.display_name,authorships.author.orcid,authorships.institutions.display_name\n"
        "A paper,Ana Ruiz|Li Wei,https://orcid.org/0000-0002-8517-9411|,ETH|MIT\n"
        "B paper,Ana Ruiz|Li Wei,,ETH|MIT|CMU\n"
    )
    first, second = parsed(text).papers
    assert [(author.name, author.affiliation, author.orcid) for author in first.authors] == [
        ("Ana Ruiz", "ETH", "0000-0002-8517-9411"),
        ("Li Wei", "MIT", None),
    ]
    assert [author.affiliation for author in second.authors] == [None, None]


def test_orcids_behind_names_belong_to_these() -> None:
    text = "Author Full Names;Article Title;ORCIDs\n"
    text += '"Doe, Jane; Roe, R";A;"Roe, R/0000-0002-8517-9411; X, Y/0000-0001-8517-9411"\n'
    (paper,) = parsed(text).papers
    assert [author.orcid for author in paper.authors] == [None, "0000-0002-8517-9411"]


def test_empty_words_are_nothing() -> None:
    (paper,) = parsed(HEAD + "A paper,nan,nan,[No abstract available]\n").papers
    assert (paper.authors, paper.year, paper.abstract) == ((), None, None)


@pytest.mark.parametrize(
    "body",
    [
        '"' * 200_000,
        '"a,b\n' * 10_000,
        'a"b,"c,d\n' * 5_000,
        "," * 200_000,
        "x," + "A B; " * 40_000 + ",2000,y\n",
        "x," + "Jane DoeJohn Smith" * 8_000 + ",1,y\n",
    ],
)
def test_hostile_tables_take_linear_time(body: str) -> None:
    began = time.process_time()
    with suppress(ReadError):
        parsed(HEAD + "One,A B,2001,x\n" + body)
    assert time.process_time() - began < 6


@given(st.text(alphabet='",;\t\n\rab1 \0', max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = parsed(HEAD + "One,A B,2001,x\nTwo,C D,2002,y\nThree,E F,2003,z\n" + text)
    assert [paper.title for paper in found.papers][:3] == ["One", "Two", "Three"]
    assert len(found.notes) <= 22


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Verfasser/innen", "authors"),
        ("Autor:innen", "authors"),
        ("AutorInnen", "authors"),
        ("Titel des Beitrags", "title"),
        ("Title of the paper", "title"),
        ("Année de publication", "year"),
        ("erschienen in", "venue"),
        ("Kurzfassung", "abstract"),
        ("Anthology title", "venue"),
        ("Titel der Zeitschrift", "venue"),
        ("Title of the journal", "venue"),
    ],
)
def test_columns_as_people_call_them(cell: str, kind: str) -> None:
    assert columns_by_name(["Nr.", cell]) == {kind: [1]}


@pytest.mark.parametrize("cell", ["Name of reviewer", "Source of funding", "Date of birth"])
def test_columns_of_other_things(cell: str) -> None:
    assert columns_by_name([cell]) == {}


def test_rows_of_other_kinds_and_edited_volumes() -> None:
    text = (
        "Titel;Verfasser;Erschienen in;Jahr;Art\n"
        "Obst;Lee, Ann;Berichte;2022;Zeitschrift\n"
        "Datensatz Apfel;Lee, Ann;Zenodo;2022;Forschungsdaten\n"
        "Tagungsband;Böhme, J. (Hrsg.);Eigenverlag;2021;Herausgeberschaft\n"
        "Obst und Gemüse;Böhme, J.; Lee, A. (Hrsg.)\n".replace("; Lee", ", Lee")
    )
    found = parsed(text)
    assert [(paper.title, len(paper.authors)) for paper in found.papers] == [
        ("Obst", 1),
        ("Obst und Gemüse", 0),
    ]


def test_volumes_and_their_leaves_are_no_papers_and_short_articles_are() -> None:
    text = (
        "Title,Authors,Source title,Year,DOI,Document Type\n"
        "Computer Vision – ECCV 2022,Shai Avidan,,2022,10.1/a,Conference Proceedings\n"
        "[Title page],,Proc. X,2020,10.1/b,Conference paper\n"
        'Data on procedures,"Zhao, J.",Data in Brief,2024,10.1/c,Note\n'
    )
    assert [paper.title for paper in parsed(text).papers] == ["Data on procedures"]
