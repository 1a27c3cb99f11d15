r"""LaTeX sources in archives: parts go into the paper that takes them in, and nothing from outside does."""

from __future__ import annotations

import io
import tarfile
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.readers import Reading, Source, load, read_each
from kg.readers.tex_members import with_parts

MAIN = rb"""\documentclass{article}
\usepackage[final]{neurips_2023}
\input{macros}
\title{\ours: Sorting in Parts}
\author{Ana Ruiz \and Li Wei}
\begin{document}
\begin{abstract}\input{sections/abstract}\end{abstract}
\include{sections/intro}
%\input{sections/old}
\includegraphics[width=\textwidth]{figures/plot}
\bibliographystyle{plainnat}
\bibliography{refs}
\end{document}
"""
PARTS = {
    "macros.tex": rb"\newcommand{\ours}{FastSort}",
    "sections/abstract.tex": b"We sort in parts, and it is faster than sorting at once.",
    "sections/intro.tex": rb"\section{Introduction} Sorting is old \cite{knuth}. \input{sections/more}",
    "sections/more.tex": b"It is also common.",
    "sections/old.tex": rb"\title{Old Title}\begin{abstract}Nobody takes this in any more.\end{abstract}",
    "main.bbl": rb"\begin{thebibliography}{1}\bibitem{knuth} D. Knuth. \newblock Sorting and searching. "
    rb"\newblock Addison, 1973.\end{thebibliography}",
    "figures/plot.pdf": b"%PDF-1.4 a figure",
    "neurips_2023.sty": rb"\ProvidesPackage{neurips_2023}",
}


def packed(folder: Path, members: Mapping[str, bytes]) -> Source:
    path = folder / "2301.00001.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return Source(path=path.name, file=path)


def readings(folder: Path, members: Mapping[str, bytes]) -> list[Reading]:
    return list(read_each(packed(folder, members), full_text=True))


def test_a_submission_is_one_paper_with_all_its_parts(tmp_path: Path) -> None:
    (reading,) = readings(tmp_path, {"main.tex": MAIN, **PARTS})
    assert reading.document.path == "2301.00001.tar.gz!/main.tex"
    (paper,) = reading.papers
    assert paper.title == "FastSort: Sorting in Parts"
    assert paper.abstract == "We sort in parts, and it is faster than sorting at once."
    assert paper.body and "It is also common." in paper.body
    assert [reference.title for reference in paper.references] == ["Sorting and searching"]


def test_the_folder_of_the_main_file_is_where_names_begin(tmp_path: Path) -> None:
    inside = {f"./paper/{name}": data for name, data in {"main.tex": MAIN, **PARTS}.items()}
    other = {"notes.txt": b"Title: A Note\nAuthor: Ann Lee\n\nAbstract\n\nThis is another text beside it."}
    found = readings(tmp_path, {**inside, **other})
    assert sorted(reading.document.path.rpartition("/")[2] for reading in found) == ["main.tex", "notes.txt"]


def test_a_list_without_its_print_is_named_and_not_read(tmp_path: Path) -> None:
    members = {"main.tex": MAIN, **PARTS, "refs.bib": b"@article{a, title={Cited}, author={Ann Lee}}"}
    del members["main.bbl"]
    found = {each.path.rpartition("/")[2]: each for each in load(packed(tmp_path, members))}
    assert sorted(found) == ["main.tex", "refs.bib"]
    assert "the reference list of main.tex" in (found["refs.bib"].error or "")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "main", "sections/../../secret", "nowhere"])
def test_nothing_outside_and_no_circle_is_followed(name: str) -> None:
    main = rb"\documentclass{article}\input{%s}\end{document}" % name.encode()
    assert next(with_parts([("main.tex", main), ("secret.bib", b"x")])) == ("main.tex", main, None)


def test_parts_that_take_each_other_in_end() -> None:
    members = [
        ("main.tex", rb"\documentclass{article}\input{a}"),
        ("a.tex", rb"A \input{b}"),
        ("b.tex", rb"B \input{a} \input{main}"),
    ]
    ((_, data, _),) = with_parts(members)
    assert data == rb"\documentclass{article}A B \input{a} \input{main}"


def test_growth_is_bounded() -> None:
    parts = [(f"p{n}.tex", rb"\input{p%d}" % (n + 1) * 50) for n in range(30)]
    begin = time.process_time()
    ((_, data, _), *_) = with_parts(
        [("m.tex", rb"\documentclass{a}\input{p0}"), *parts, ("p30.tex", b"x" * 999)]
    )
    assert len(data) < 40 * 2**20
    assert time.process_time() - begin < 5


def test_sources_without_a_main_file_stay_as_they_are() -> None:
    members = [("a.tex", b"\\section{A} text"), ("b.bib", b"@article{x, title={T}}"), ("c.tex", b"\xff\x00")]
    assert list(with_parts(members)) == [(name, data, None) for name, data in members]
