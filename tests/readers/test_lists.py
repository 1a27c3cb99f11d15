"""Lists of papers: publication lists, accepted papers, awesome lists, tables; and lists of other things."""

from __future__ import annotations

from pathlib import Path

from kg.readers import Reading, Source, read

ABSTRACT = (
    "We present a method that prunes networks while they are trained, so that no second pass over the data "
    "is needed. Our experiments show that it is twice as fast as before, at the same accuracy."
)


def read_text(folder: Path, text: str, name: str = "x.html") -> Reading:
    path = folder / name
    path.write_bytes(text.encode())
    return read(Source(path=name, file=path))


def told(reading: Reading) -> list[tuple[str | None, list[str], str | None, int | None]]:
    return [(p.title, [a.name for a in p.authors], p.venue, p.year) for p in reading.papers]


def test_publications_of_a_lab_with_years_as_headings(tmp_path: Path) -> None:
    page = """<html><title>Publications - A Lab</title><h1>Publications</h1><h2>2023</h2>
    <p>J. Park, <b>M. Rossi</b>, and T. Nguyen, &ldquo;Fault-tolerant scheduling,&rdquo; <i>IEEE Access</i>,
    vol. 3. [<a href="x.pdf">PDF</a>]</p>
    <p>M. Rossi and H. Tanaka, &ldquo;Checkpointing without tears,&rdquo; in
    <i>Proc. Dependable Systems (DSN)</i>, Porto, Jun. 2022. <font color=red>Best paper award</font></p>
    <h2>Patents</h2><p>M. Rossi, &ldquo;Method for checkpointing,&rdquo; US Patent 9,999,999.</p></html>"""
    assert told(read_text(tmp_path, page)) == [
        ("Fault-tolerant scheduling", ["J. Park", "M. Rossi", "T. Nguyen"], "IEEE Access", 2023),
        ("Checkpointing without tears", ["M. Rossi", "H. Tanaka"], "Proc. Dependable Systems (DSN)", 2022),
    ]


def test_titles_alone_are_papers_where_the_list_says_so(tmp_path: Path) -> None:
    titles = [
        "Pruning the Networks While They Are Trained",
        "Caches That Forget: A Study",
        "Evicting Fast and Often",
    ]
    items = "".join(
        f"<li>{title}</li>" for title in [*titles, "Scheduling for Clusters of Many Small Machines"]
    )
    page = f"<html><title>ISCA 2023</title><h1>ISCA 2023 Accepted Papers</h1><ul>{items}</ul></html>"
    papers = read_text(tmp_path, page).papers
    assert [paper.title for paper in papers[:3]] == titles
    assert {(paper.venue, paper.year, paper.authors) for paper in papers} == {("ISCA", 2023, ())}


def test_menus_are_no_papers(tmp_path: Path) -> None:
    items = ("How to find journal articles and books", "Opening hours and contact of the branches",
             "Print your thesis at the library press", "Reserve a reading room for your group")  # fmt: skip
    page = "".join(f'<li><a href="/{number}">{item}</a></li>' for number, item in enumerate(items))
    assert not read_text(tmp_path, f"<html><h1>Papers</h1><ul>{page}</ul></html>").papers


def test_awesome_list_in_three_forms(tmp_path: Path) -> None:
    text = """# Awesome Pruning

## Contents
- [Surveys](#surveys)
- [Methods](#methods)

## Surveys
* [A Survey of Pruning (and Related Things)](https://arxiv.org/abs/2503.06927), Ana Ruiz, Li Wei, *ICLR 2026*
* [Another Survey of the Field](https://arxiv.org/abs/2503.07074), Jane Doe, *arXiv 2025.11* ![](https://x/y.svg)

## Methods
- **Pruning Networks While They Train** `NeurIPS 2025 Spotlight` [[Paper](https://arxiv.org/pdf/2503.08174)]
- **Evicting Caches by Their Contents** `ICLR 2026` [[Paper](https://arxiv.org/pdf/2503.08819)]
- **Scheduling the Small Clusters Well** `CVPR 2025` [[Paper](https://arxiv.org/pdf/2503.09652)]

## Data
| Title | Venue | Date |
|:------|:-----:|:----:|
| ![Star](https://x/y.svg) <br> [**A Data Set of Many Things**](https://x.org/a) | ICLR | 2025-02-11 |
"""
    reading = read_text(tmp_path, text, "README.md")
    assert told(reading) == [
        ("A Survey of Pruning (and Related Things)", ["Ana Ruiz", "Li Wei"], "ICLR", 2026),
        ("Another Survey of the Field", ["Jane Doe"], "arXiv", 2025),
        ("Pruning Networks While They Train", [], "NeurIPS", 2025),
        ("Evicting Caches by Their Contents", [], "ICLR", 2026),
        ("Scheduling the Small Clusters Well", [], "CVPR", 2025),
        ("A Data Set of Many Things", [], "ICLR", 2025),
    ]
    assert [paper.arxiv_id for paper in reading.papers][:2] == ["2503.06927", "2503.07074"]


def test_table_with_named_columns(tmp_path: Path) -> None:
    rows = "<tr><td>1<td><b>Pruning While Training</b><td>Ana Ruiz; Li Wei<td>ISCA<td>2018</tr>"
    rows += "<tr><td>2<td>Evicting, Fast<td>Jane Doe and John Smith<td>MICRO<td>2019</tr>"
    page = (
        f"<html><table><tr><th>#<th>Paper title<th>Author(s)<th>Conference<th>Year</tr>{rows}</table></html>"
    )
    assert told(read_text(tmp_path, page)) == [
        ("Pruning While Training", ["Ana Ruiz", "Li Wei"], "ISCA", 2018),
        ("Evicting, Fast", ["Jane Doe", "John Smith"], "MICRO", 2019),
    ]


def test_references_of_a_paper_are_not_its_papers(tmp_path: Path) -> None:
    text = f"Pruning While Training\n\nAna Ruiz, Li Wei\n\nAbstract\n{ABSTRACT}\n\n"
    text += f"Introduction\n{ABSTRACT}\n\nReferences\n\n"
    text += "[1] J. Doe and J. Smith. Evicting caches, fast. In MICRO, 2019.\n\n"
    text += "[2] K. Tan. Caches that forget: a study. In ISCA, 2018.\n\n"
    assert [paper.title for paper in read_text(tmp_path, text, "x.txt").papers] == ["Pruning While Training"]


def test_committees_and_calls_are_no_papers(tmp_path: Path) -> None:
    text = (
        "ICDE 2026\nHome\nProgram\n\nProgram Committee\n\nArea Chairs\n\nData Mining and "
        "Knowledge Discovery\n"
    )
    text += "Xiaokui Xiao, National University of Singapore\nHanghang Tong, University of Illinois\n\n"
    text += "Query Processing and Optimization\nThomas Neumann, TU Munich\nJana Giceva, TU Munich\n"
    assert not read_text(tmp_path, text, "x.txt").papers
    page = (
        "<html><title>Call for Papers</title><h1>Call for Papers</h1><p>We invite original "
        "research papers on "
    )
    page += (
        "all topics. In this work we present results, submissions are due in "
        "May.</p><h2>Topics of interest</h2>"
    )
    page += (
        "<ul><li>Knowledge Graphs and Language Models</li><li>Reasoning over Streams and Events in Time</li>"
    )
    page += "<li>Trust and Privacy and Provenance on the Web</li></ul></html>"
    assert not read_text(tmp_path, page).papers


def test_page_of_a_person_who_names_the_others_only(tmp_path: Path) -> None:
    text = "Maren Oosterhuis\nProfessor of Economics\n\nPublished Papers\n\n"
    text += (
        "Pruning While Training (with Ana Ruiz and Li Wei), Games and Economic Behavior, "
        "2023, 64(1): 10–13\n\n"
    )
    text += "Caches That Forget (with Jane Doe), Journal of Economic Theory, 2022, 3(1): 1–3\n\n"
    text += "Markets of Small Machines, Management Science, 2021, 66(3): 6–16\n"
    owner = "Maren Oosterhuis"
    assert told(read_text(tmp_path, text, "x.txt")) == [
        ("Pruning While Training", [owner, "Ana Ruiz", "Li Wei"], "Games and Economic Behavior", 2023),
        ("Caches That Forget", [owner, "Jane Doe"], "Journal of Economic Theory", 2022),
        ("Markets of Small Machines", [owner], "Management Science", 2021),
    ]
