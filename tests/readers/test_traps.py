"""Small pages with one trap each, written for this test."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.readers import Reading, Source, read

A = (
    "We present a method that prunes networks while they are trained, so that no second pass over the data "
    "is needed. Our experiments show that it is twice as fast as before, at the same accuracy."
)
B = (
    "Caches are small and workloads are large. This paper proposes a policy that evicts what is used least, "
    "and shows in simulation that it saves 20% of energy on all benchmarks that were tried."
)


def read_text(folder: Path, text: str) -> Reading:
    path = folder / "x.txt"
    path.write_bytes(text.encode())
    return read(Source(path="x.txt", file=path))


def test_interface_text_is_no_paper(tmp_path: Path) -> None:
    page = (
        "Skip to main content\n\nLog in\n\nSession\n\nOral Session 4\n\nAbstract:\nChat is not available.\n\n"
    )
    page += (
        f"Pruning While Training\n\nAna Ruiz · Li Wei\n\n{A}\n\n[ Paper ] [ Slides ]\n\nEvicting, Fast\n\n"
    )
    page += f"Jane Doe and John Smith\n\n{B}\n\nThis work is licensed under CC BY 4.0\n\n© 2020 A Society\n"
    papers = read_text(tmp_path, page).papers
    assert [paper.title for paper in papers] == ["Pruning While Training", "Evicting, Fast"]
    assert [paper.abstract for paper in papers] == [A, B]


@pytest.mark.parametrize(
    "labels",
    [
        "Venue: ISCA 2018 Authors: Ana Ruiz, Li Wei",
        "Authors : Ana Ruiz and Li Wei Venue : ISCA, 2018",
        "Authors: Ana Ruiz, Li Wei. Princeton University Venue: ISCA'18",
        "Venue: ISCA (2018)\nAuthors: Ana Ruiz & Li Wei\n",
        "Author(s): Ana Ruiz, Li Wei | Venue: ISCA 2018\n",
        "Conference: ISCA\nYear: 2018\nAuthors: Ana Ruiz; Li Wei\n",
    ],
)
@pytest.mark.parametrize("opening", ["", "Introduction. "])
def test_labels_in_any_order_and_spacing(tmp_path: Path, labels: str, opening: str) -> None:
    cut_off = A[:150] + "..."
    page = f"Posts\n\nShowing posts from May, 2019\n\nPruning While Training\n\n{labels} {opening}{cut_off}\n"
    (paper,) = read_text(tmp_path, page).papers
    assert paper.title == "Pruning While Training"
    assert [author.name for author in paper.authors] == ["Ana Ruiz", "Li Wei"]
    assert (paper.venue, paper.year) == ("ISCA", 2018)
    assert paper.abstract == cut_off


@pytest.mark.parametrize(
    ("line", "title", "authors"),
    [
        ("AxFormer: Fast, Small ModelsAmrit Rao, Li Wei et al.", "AxFormer: Fast, Small Models", 2),
        ("Attacks on DNNsAna Ruiz, Jacob R. Stevens", "Attacks on DNNs", 2),
        ("What Is ResNet-50?Ana Ruiz", "What Is ResNet-50?", 1),
        ("Training on an FPGAJohn Smith, Li Wei", "Training on an FPGA", 2),
        ("Pruning in 2020Émile Durand, Li Wei", "Pruning in 2020", 2),
        ("Pruning, Sparsity, and SparCE", "Pruning, Sparsity, and SparCE", 0),
        ("Semantics via AutoEncoderAna Ruiz, Li Wei", "Semantics via AutoEncoder", 2),
        ("A Study of French ModernBERTAna Ruiz, Li Wei", "A Study of French ModernBERT", 2),
        ("Legal Reasoning in Korean LawJiHyeok Jung, TaeYoung Yoon", "Legal Reasoning in Korean Law", 2),
        ("Automation across the U.S. WorkforceAna Ruiz, Li Wei", "Automation across the U.S. Workforce", 2),
        ("Semantic Invariance in Agentic AIJ. Ruiz, L. Wei", "Semantic Invariance in Agentic AI", 2),
        ("A Study on 20 SubmissionsDi Wu", "A Study on 20 Submissions", 1),
    ],
)
def test_cards_are_cut_at_the_byline(tmp_path: Path, line: str, title: str, authors: int) -> None:
    (paper,) = read_text(tmp_path, f"ARJul 7, 2021\n{line}\n{A}\n").papers
    assert (paper.title, len(paper.authors), paper.date, paper.categories) == (
        title,
        authors,
        "2021-07-07",
        ("cs.AR",),
    )
    assert paper.abstract == A


def test_prose_that_is_no_research_is_no_paper(tmp_path: Path) -> None:
    text = (
        "Dear all,\n\nthe heating will be off on Monday. "
        + "Please bring a warm coat and close the doors. " * 6
    )
    document = read_text(tmp_path, text).document
    assert (document.status, document.papers) == ("empty", 0)
    assert "no paper" in (document.error or "")


def test_urls_and_identifiers_of_a_record(tmp_path: Path) -> None:
    page = f"Pruning While Training\n\nAna Ruiz, Li Wei\n\n{A}"
    page += " Code: https://example.org/a_(b), www.example.org.\n\n"
    page += "https://doi.org/10.1145/3352460.3358269\n"
    (paper,) = read_text(tmp_path, page).papers
    assert paper.urls[:2] == ("https://example.org/a_(b)", "www.example.org")
    assert paper.doi == "10.1145/3352460.3358269"
