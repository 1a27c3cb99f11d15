"""One entry of a list of papers in the reference styles that people use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.page import Mark
from kg.readers.pages.citation import read_citation
from kg.readers.pages.venues import is_venue_line, venue_of

RUIZ, WEI, TAN = "A. Ruiz", "L. Wei", "K. Tan"


@pytest.mark.parametrize(
    ("entry", "title", "authors", "venue", "year"),
    [
        ("A. Ruiz and L. Wei. Pruning While Training. In Proceedings of ISCA, 2018. [pdf] [code]",
         "Pruning While Training", [RUIZ, WEI], "Proceedings of ISCA", 2018),
        ((
          "Ruiz, A., & Wei, L. (2018). Pruning while training. Journal of Machine Learning "
            "Research, 12(3), 1–10."),
         "Pruning while training", [RUIZ, WEI], "Journal of Machine Learning Research", 2018),
        ((
          "A. Ruiz, L. Wei, and K. Tan, “Pruning while training,” in Proc. Int. Symp. Comput. Archit. "
         "(ISCA), Los Angeles, CA, USA, Jun. 2018, pp. 1–12."),
         "Pruning while training", [RUIZ, WEI, TAN], "Proc. Int. Symp. Comput. Archit. (ISCA)", 2018),
        ("RUIZ, A., AND WEI, L. Pruning while training. In SOSP (2018), pp. 1-12.",
         "Pruning while training", ["A. RUIZ", "L. WEI"], "SOSP", 2018),
        ("Ruiz A, Wei L, Tan KP. Pruning while training. J Med Internet Res. 2018;12:1-10.",
         "Pruning while training", ["A Ruiz", "L Wei", "KP Tan"], "J Med Internet Res", 2018),
        ("Ana Ruiz, Li Wei: Pruning While Training. ISCA 2018: 1-10",
         "Pruning While Training", ["Ana Ruiz", "Li Wei"], "ISCA", 2018),
        ((
          'Ruiz, Ana, and Li Wei. "Pruning While Training." IEEE Transactions on Computers 68, '
            'no. 3 (2019): 3-5.'),
         "Pruning While Training", ["Ana Ruiz", "Li Wei"], "IEEE Transactions on Computers", 2019),
        ("Jane Doe (2019) Pruning of things at scale. PhD thesis, MIT.",
         "Pruning of things at scale", ["Jane Doe"], None, 2019),
        ("Pruning While Training: A Study, Ana Ruiz, Li Wei, Kai Tan, ISCA 2018",
         "Pruning While Training: A Study", ["Ana Ruiz", "Li Wei", "Kai Tan"], "ISCA", 2018),
        ("Pruning While Training - Ana Ruiz, Li Wei (ISCA 2018)",
         "Pruning While Training", ["Ana Ruiz", "Li Wei"], "ISCA", 2018),
        ("[12] “Pruning While Training”, Ana Ruiz and Li Wei, NeurIPS'20",
         "Pruning While Training", ["Ana Ruiz", "Li Wei"], "NeurIPS", 2020),
        ("[ISCA 2020] Pruning While Training [paper] [code]", "Pruning While Training", [], "ISCA", 2020),
        ("Pruning While Training (with Li Wei and Kai Tan), Theoretical Economics, 2021, 68(1): 8–13",
         "Pruning While Training", ["Li Wei", "Kai Tan"], "Theoretical Economics", 2021),
        ("10:30-10:50 Pruning While Training\nAna Ruiz (MIT), Li Wei (ETH Zurich)",
         "Pruning While Training", ["Ana Ruiz", "Li Wei"], None, None),
        ("A. Ruiz, L. Wei Jr., “Pruning while training,” to appear.",
         "Pruning while training", ["A. Ruiz", "L. Wei Jr."], None, None),
    ],
)  # fmt: skip
def test_reference_styles(
    entry: str, title: str, authors: list[str], venue: str | None, year: int | None
) -> None:
    found = read_citation(entry)
    assert found is not None
    assert entry[slice(*found.title)] == title
    assert [author.name for author in found.authors] == authors
    assert (found.venue, found.year) == (venue, year)


@pytest.mark.parametrize(
    "entry",
    [
        "Program Committee: Jane Doe (MIT), Li Wei (Tsinghua University)",
        "Ana Ruiz, Li Wei, Kai Tan",
        "ISCA 2020",
        "https://example.org/a/b/c",
        "Proceedings of the 38th International Conference on Machine Learning",
    ],
)
def test_what_is_no_entry(entry: str) -> None:
    found = read_citation(entry)
    assert found is None or not found.authors


def test_a_link_is_the_title_whatever_punctuation_it_has() -> None:
    entry = "Why, How. And Then? Ana Ruiz, Li Wei. ISCA 2018"
    found = read_citation(entry, (Mark(start=0, end=19, kind="link", href="https://x.org"),))
    assert found is not None and entry[slice(*found.title)] == "Why, How. And Then?"


@pytest.mark.parametrize(
    ("text", "venue", "year"),
    [
        (". In 2019 IEEE Conf. on X (ICX), Rome, pp. 3-9, June 2019.", "IEEE Conf. on X (ICX)", 2019),
        ("IEEE Trans. Parallel Distrib. Syst., vol. 3, 2023", "IEEE Trans. Parallel Distrib. Syst", 2023),
        ("arXiv preprint arXiv:2007.15919, 2020", "arXiv preprint", 2020),
        ("Preprint", None, None),
        ("Main Conference Track", None, None),
    ],
)  # fmt: skip
def test_venues_behind_a_byline(text: str, venue: str | None, year: int | None) -> None:
    named, issued = venue_of(text)
    assert issued == year
    assert (named is None) == (venue is None)
    assert venue is None or venue in str(named) or str(named) in venue


def test_lines_that_are_venues() -> None:
    yes = ("ISCA 2018", "IEEE Micro", "Proceedings of the 45th ISCA", "Revista Brasileira de Informática")
    no = (
        "Conference paper",
        "May 2018",
        "Computer Science",
        "CC BY 4.0",
        "OpenReview",
        "Add code",
        "Since 2021",
    )
    assert all(is_venue_line(line) for line in yes)
    assert not any(is_venue_line(line) for line in no)


@given(st.text(alphabet="AB ab.,;:()[]“”'’-–12019\n&?", max_size=120))
def test_any_text_is_safe(text: str) -> None:
    found = read_citation(text)
    assert found is None or 0 <= found.title[0] < found.title[1] <= len(text)
    venue_of(text)
