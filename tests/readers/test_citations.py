"""The fields of records: names, dates, venues, identifiers, texts, the same whatever the format."""

from __future__ import annotations

import pytest

from kg.readers.citation_names import display_name, display_names, make_authors, split_names
from kg.readers.citations import (
    Citation,
    bounded_notes,
    clean_doi,
    paper_from_citation,
    plain_block,
    plain_line,
    split_keywords,
    venue_name,
    when,
)


def abstract_of(text: str) -> str | None:
    paper = paper_from_citation(Citation(title="T", abstract=text))
    return paper.abstract if paper else None


def title_of(text: str) -> str | None:
    paper = paper_from_citation(Citation(title=text, abstract="A"))
    return paper.title if paper else None


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Abstract: We do.", "We do."),
        ("ABSTRACT We do.", "We do."),
        ("Abstract\nWe do.", "We do."),
        ("Abstract—We do.", "We do."),
        (
            "<jats:title>Abstract</jats:title><jats:p>We <jats:italic>do</jats:italic>.</jats:p><p>So.</p>",
            "We do.\n\nSo.",
        ),
        ("AbstractMotivation: we do.", "Motivation: we do."),
        ("摘要：我们。", "我们。"),
        ("Abstract interpretation is old.", "Abstract interpretation is old."),
        ("Summary statistics are used.", "Summary statistics are used."),
        ("Abstract Deep learning is here.", "Deep learning is here."),
        ("[In brackets.]", "In brackets."),
        ("One\nline\n\nTwo &lt;5%, A&amp;B", "One line\n\nTwo <5%, A&B"),
        ("No abstract available.", None),
        ("[No abstract available]", None),
        ("n/a", None),
    ],
)
def test_abstracts(given: str, wanted: str | None) -> None:
    assert abstract_of(given) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("A title.", "A title"),
        ("What now?", "What now?"),
        ("By Smith et al.", "By Smith et al."),
        ("Into the U.S.", "Into the U.S."),
        ("And so on...", "And so on..."),
        ("[Translated].", "Translated"),
        ("H<sub>2</sub>O  and\n CO<sub>2</sub>", "H2O and CO2"),
        ("If a < b and c > d", "If a < b and c > d"),
        ("", None),
        ("[No title available]", None),
    ],
)
def test_titles(given: str, wanted: str | None) -> None:
    assert title_of(given) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2018 ACM/IEEE Symposium (ISCA)", "ACM/IEEE Symposium (ISCA)"),
        ("Proceedings of the 2019 Conference on X", "Proceedings of the 2019 Conference on X"),
        ("9th Conference on X, ICLR 2021, Virtual Event, May 3-7, 2021", "9th Conference on X, ICLR"),
        ("Proceedings - 2016 43rd Symposium, ISCA 2016", "Proceedings - 2016 43rd Symposium, ISCA"),
        ("CVPR-2019", "CVPR"),
        ("ICLR 2024 poster", "ICLR"),
        ("NeurIPS 2023 Workshop on X", "NeurIPS 2023 Workshop on X"),
        ("Proc. ICML'06", "Proc. ICML"),
        ("Advances in X 26 (NIPS 2013)", "Advances in X 26 (NIPS 2013)"),
        ("Workshop on Tea (TEA'03)", "Workshop on Tea (TEA'03)"),
        ("Symposium (ICX 2019), Berlin, Germany", "Symposium (ICX 2019)"),
        ("Philosophical Magazine (1798-1977)", "Philosophical Magazine (1798-1977)"),
        ("arXiv preprint arXiv:1810.04805", "arXiv preprint"),
        ("arXiv:2005.14165 [cs, math]", "arXiv"),
        ("CoRR abs/1706.03762", "CoRR"),
        ("IEEE Access", "IEEE Access"),
        ("Phys. Rev. Lett.", "Phys. Rev. Lett."),
        ("In Proc. ISCA.", "In Proc. ISCA"),
        ("Astronomy &amp; Astrophysics", "Astronomy & Astrophysics"),
        ("2019", None),
        ("", None),
    ],
)
def test_venues(given: str, wanted: str | None) -> None:
    assert venue_name(given) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (["2018 Nov-Dec"], (2018, None)),
        (["September  1, 2021"], (2021, "2021-09-01")),
        (["12-Jun-2019"], (2019, "2019-06-12")),
        (["201904"], (2019, None)),
        (["2019.0"], (2019, None)),
        (["1687"], (1687, None)),
        (["", "in press", "2003"], (2003, None)),
        (["2019", "2018-12-20"], (2019, "2018-12-20")),
        (["2019", "2010-12-20"], (2019, None)),
        (["12345"], (None, None)),
    ],
)
def test_dates(given: list[str], wanted: tuple[int | None, str | None]) -> None:
    assert when(given) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("doi:10.1000/ABC.", "10.1000/abc"),
        ("https://doi.org/10.1000%2Fabc", "10.1000/abc"),
        ("(10.1000/a(1)2)", "10.1000/a(1)2"),
        ("10.1000/a&lt;b&gt;c", "10.1000/a<b>c"),
        ("no doi", None),
    ],
)
def test_dois(given: str, wanted: str | None) -> None:
    assert clean_doi(given) == wanted


@pytest.mark.parametrize(
    ("links", "doi", "arxiv"),
    [
        ("https://dl.acm.org/doi/abs/10.1145/3352460.3358269", "10.1145/3352460.3358269", None),
        ("https://onlinelibrary.wiley.com/doi/10.1002/aic.1/full?x=1", "10.1002/aic.1", None),
        ("https://arxiv.org/abs/2010.11929v2", None, "2010.11929"),
        ("https://doi.org/10.48550/arXiv.2010.11929", "10.48550/arxiv.2010.11929", "2010.11929"),
        ("https://www.example.org/10.5/x", None, None),
    ],
)
def test_identifiers_in_addresses(links: str, doi: str | None, arxiv: str | None) -> None:
    paper = paper_from_citation(Citation(title="T", links=(links,)))
    assert paper is not None
    assert (paper.doi, paper.arxiv_id) == (doi, arxiv)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Smith, John, PhD", "John Smith"),
        ("Smith, III, John", "John Smith III"),
        ("John Smith, Jr.", "John Smith Jr."),
        ("Beethoven, Ludwig van", "Ludwig van Beethoven"),
        ("Ana Ruiz*†", "Ana Ruiz"),
        ("Li Wei2", "Li Wei"),
        ("Acme, Ltd.", "Acme, Ltd."),
        ("张三", "张三"),
        ("A, B, C, D", "A, B, C, D"),
    ],
)
def test_names_for_display(given: str, wanted: str) -> None:
    assert display_name(given) == wanted


def test_bylines_with_initials_behind_are_turned_as_a_whole() -> None:
    assert display_names(["Cuéllar MF", "van den Berg JM Jr", "COVID Group"]) == [
        "MF Cuéllar",
        "JM van den Berg Jr",
        "COVID Group",
    ]
    assert display_names(["Ashish V", "Noam Shazeer", "Niki Parmar"]) == [
        "Ashish V",
        "Noam Shazeer",
        "Niki Parmar",
    ]
    assert display_names(["others", "et al.", "...", ""]) == []


def test_places_belong_to_names_only_where_their_numbers_agree() -> None:
    two = make_authors(["Doe, J.", "Roe, R."], places=["X", "Y"], orcids=[None, "0000"])
    assert [(author.affiliation, author.orcid) for author in two] == [("X", None), ("Y", "0000")]
    assert [author.affiliation for author in make_authors(["Doe, J.", "Roe, R."], places=["X"])] == [
        None,
        None,
    ]


def test_lists_of_names() -> None:
    assert split_names("Smith, John and Doe, Jane") == ["Smith, John", "Doe, Jane"]
    assert split_names("Smith, John") == ["Smith, John"]
    assert split_names("Garcia Marquez, Gabriel") == ["Garcia Marquez, Gabriel"]
    assert split_names("Ana Ruiz, Li Wei") == ["Ana Ruiz", "Li Wei"]
    assert split_names("Smith, J., Doe, K. & Roe, R.") == ["Smith, J.", "Doe, K.", "Roe, R."]
    assert split_names("John Smith, Jr., Jane Doe") == ["John Smith, Jr.", "Jane Doe"]
    assert split_names("") == []


def test_keywords_and_texts() -> None:
    assert split_keywords("a, b; c") == ("a, b", "c")
    assert split_keywords("*a\nb") == ("a", "b")
    assert split_keywords("x、y，z") == ("x", "y", "z")
    assert plain_line("&#x2013; &copy; &notanentity; AT&T") == "– © &notanentity; AT&T"
    assert plain_block("a\r\nb\r\n\r\nc") == "a b\n\nc"


def test_nothing_is_no_paper_and_notes_name_lines() -> None:
    assert paper_from_citation(Citation(venue="Nature", dates=("2001",))) is None
    assert bounded_notes([(0, "x"), (4, "y")], "a\nb\nc\n") == ("line 1: x", "line 3: y")
