"""The parts of records: texts, people, dates and small facts, and what tells a paper from other objects."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.record_facts import arxiv_id_in, arxiv_year, clean_doi, venue_name, when
from kg.readers.record_kinds import SOURCES, interpret
from kg.readers.record_people import authorships, display_name, find_orcid
from kg.readers.record_text import abstract_text, as_texts, plain, title_text
from kg.readers.structured import inverted_text, paper_from_mapping, reference
from kg.types import Paper


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Smith, John; Doe, Jane and others", ["John Smith", "Jane Doe"]),
        ("Smith, J., Doe, A.B., Roe, C.", ["J. Smith", "A.B. Doe", "C. Roe"]),
        ("Smith JA, van der Berg A", ["JA Smith", "A van der Berg"]),
        ("Ana Ruiz and Wei Li", ["Ana Ruiz", "Wei Li"]),
        ("Ana Ruiz, Wei Li, and Bo Ek et al.", ["Ana Ruiz", "Wei Li", "Bo Ek"]),
        ("['Ana Ruiz', \"Pat O'Neil\"]", ["Ana Ruiz", "Pat O'Neil"]),
        ("Lovelace, Ada", ["Ada Lovelace"]),
        (["Ana Ruiz, Wei Li, Bo Ek"], ["Ana Ruiz", "Wei Li", "Bo Ek"]),
        (
            ["Ruiz, Ana", "The CMS Collaboration", "et al.", "", None, "Anonymous"],
            ["Ana Ruiz", "The CMS Collaboration"],
        ),
        ([["Balázs", "C.", ""], ["King", "M. L.", "Jr."]], ["C. Balázs", "M. L. King Jr."]),
        ([{"first": "Ana", "middle": ["M.", "T."], "last": "Ruiz"}], ["Ana M. T. Ruiz"]),
        ([{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}], ["Vincent van Gogh"]),
        (
            [{"family": "Hospital", "given": "Guillaume", "non-dropping-particle": "l'"}],
            ["Guillaume l'Hospital"],
        ),
        ([{"name": {"first": "Ana", "last": "Ruiz"}}], ["Ana Ruiz"]),
        ([{"creatorType": "editor", "lastName": "E", "firstName": "D"}, {"lastName": "OECD"}], ["OECD"]),
        ({"author": {"@pid": "1", "text": "Wei Wang 0001"}}, ["Wei Wang"]),
        ({"authors": [{"full_name": "Kaiming He"}]}, ["Kaiming He"]),
        ("M{\\\"u}ller, J{\\\"o}rg and {\\'A}lvarez, Jos{\\'e}", ["Jörg Müller", "José Álvarez"]),
        (7, []),
        ([[]], []),
    ],
)
def test_people(given: Any, expected: list[str]) -> None:
    assert [author.name for author in authorships(given)] == expected


def test_affiliation_and_orcid() -> None:
    (author,) = authorships(
        [
            {
                "author": {"display_name": "Ana Ruiz", "orcid": "https://orcid.org/0000-0002-1825-009x"},
                "institutions": [{"display_name": "ETH"}, {"display_name": "CERN"}],
            }
        ]
    )
    assert (author.affiliation, author.orcid) == ("ETH; CERN", "0000-0002-1825-009X")
    assert find_orcid({"a": [{"b": 3}, "12-34"]}) is None


@pytest.mark.parametrize(
    "name", ["University of Oslo, Norway", "Li, Wang, Chen and Zhao", "Plato", "Working Group, Second"]
)
def test_no_name_is_turned_round_that_is_none(name: str) -> None:
    assert display_name(name) == name


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a &lt; b &amp;amp; <i>c</i>", "a < b & c"),
        ("if a<b and c>d", "if a<b and c>d"),
        ("10<sup>-3</sup> H<sub>2</sub>O", "10^-3 H2O"),
        ("<mml:math><mml:mi>x</mml:mi>\n<mml:mo>=</mml:mo></mml:math>", "x="),
        ("<inline-formula><tex-math>\\beta</tex-math><mml:mi>β</mml:mi></inline-formula>", "β"),
        ("Humanoid Policy ~ Human Policy", "Humanoid Policy ~ Human Policy"),
        ("$\\alpha$ of 5\\% and ~3%", "α of 5% and ~3%"),
    ],
)
def test_plain_text(given: str, expected: str) -> None:
    assert plain(given).strip() == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Abstract: We show it.", "We show it."),
        ("AbstractThe thing works.", "The thing works."),
        ("ABSTRACT We show it.", "We show it."),
        ("Abstract interpretation is a method.", "Abstract interpretation is a method."),
        ("Abstract Interpretation is a method.", "Abstract Interpretation is a method."),
        ("摘要：我们提出一种方法。", "我们提出一种方法。"),
        ("One\nline.\n\n Two.", "One line.\n\nTwo."),
        (["We show it.", "It works."], "We show it. It works."),
        ({"h1": "Abstract", "p": "We show it."}, "We show it."),
        ([{"lang": "en", "text": "We."}, {"lang": "ja", "text": "我。"}], "We."),
        ("[No abstract available]", None),
        ("N/A", None),
        (3, None),
    ],
)
def test_abstracts(given: Any, expected: str | None) -> None:
    assert abstract_text(given) == expected


def test_titles() -> None:
    assert title_text(["  Fast &amp;\n small "]) == "Fast & small"
    assert title_text("None") is None
    assert title_text({"a": 1}) is None
    assert as_texts([float("nan"), float("inf"), 2019, True]) == ["2019"]


def test_dates_and_years() -> None:
    assert when({"date-parts": [["2008", 5, 1]]}) == (2008, "2008-05-01")
    assert when({"date-parts": [[None]]}, {"date-parts": [[2019, 3]]}) == (2019, None)
    assert when("20190503") == (2019, "2019-05-03")
    assert when({"year": "2020", "month": "13"}) == (2020, None)
    assert arxiv_year("0704.0001") == 2007
    assert arxiv_year("cond-mat/0001001") == 2000
    assert arxiv_year("9912.00001") == 1999 or arxiv_year("9912.00001") is None


def test_an_arxiv_id_says_the_year_when_nothing_else_does() -> None:
    known = {"id": "arXiv:2503.11731", "title": "T", "authors": ["A B"], "abstract": "We show it."}
    assert (paper := paper_from_mapping(known)) is not None and paper.year == 2025
    assert (paper := paper_from_mapping({**known, "year": 2026})) is not None and paper.year == 2026
    assert (
        paper := paper_from_mapping({**known, "update_date": "2031-01-01"})
    ) is not None and paper.year == 2025


@pytest.mark.parametrize(
    ("given", "name", "year"),
    [
        ("Proc. of the 2019 Conference on X", "Proc. of the 2019 Conference on X", 2019),
        ("EMNLP 2020 Workshop on Insights", "EMNLP 2020 Workshop on Insights", 2020),
        ("2016 IEEE Conference on CV (CVPR)", "IEEE Conference on CV (CVPR)", 2016),
        ("MICRO 2019", "MICRO", 2019),
        ("Nature", "Nature", None),
        (["Cell &amp; Co"], "Cell & Co", None),
        (None, None, None),
    ],
)
def test_venues(given: Any, name: str | None, year: int | None) -> None:
    assert venue_name(given) == (name, year)


def test_identifiers() -> None:
    assert clean_doi("DOI: 10.1000/ABC.(1)).") == "10.1000/abc.(1)"
    assert clean_doi([None, {"a": 1}]) is None
    assert arxiv_id_in("http://arxiv.org/pdf/2310.06825v2.pdf") == "2310.06825"
    assert arxiv_id_in("2113.00001") is None


def test_references() -> None:
    found = reference(
        {"citedPaper": {"title": "T", "externalIds": {"DOI": "10.1/X", "ArXiv": None}, "year": "2001"}}
    )
    assert (
        found is not None and (found.title, found.doi, found.year) == ("T", None, 2001)
    ) or found.doi == "10.1/x"
    assert reference("no id") is None and reference(3) is None
    assert inverted_text({"IndexLength": 2, "InvertedIndex": {"b": [1], "a": [0]}}) == "a b"


@pytest.mark.parametrize(
    "record",
    [
        {
            "name": "kg",
            "version": "1",
            "description": "x" * 300,
            "author": "Ana",
            "license": "MIT",
            "main": "x",
        },
        {"title": "Bug", "body": "x" * 300, "created_at": "2020-01-01", "user": {"login": "a"}},
        {"title": "A place", "description": "x" * 300, "year": 1999},
        {"display_name": "Ana Ruiz", "works_count": 3, "orcid": "https://orcid.org/0000-0002-1825-0097"},
        {"id": 1, "text": "A line of talk that is long enough.", "user": {"name": "a"}},
    ],
)
def test_other_objects_are_no_papers(record: dict[str, Any]) -> None:
    assert interpret(record) is None
    assert interpret(record, bare=True) is None


def test_what_is_no_literature_is_named() -> None:
    dataset = {"@type": "Dataset", "name": "D", "author": ["A B"], "doi": "10.1234/x", "abstract": "y" * 99}
    assert interpret(dataset) == "Dataset"
    assert isinstance(interpret({**dataset, "@type": "ScholarlyArticle"}), Paper)


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["10.1/x", "2001.00001", "$\\x{", "<p>", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "name", "given", "text", "type", "title", "date-parts"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        "title", "titles", "abstract", "authors", "author", "creators", "issued", "type", "DOI", "id",
        "venue", "year", "date", "externalIds", "paperId", "references", "authorships",
        "primary_location", "abstract_inverted_index", "referenced_works", "ids", "bibjson",
        "attributes", "types", "descriptions", "title_list", "creator_list", "publication_date",
        "content", "forum", "cdate", "info", "key", "ee", "itemType", "data", "tags", "note",
        "metadata", "titles", "arxiv_eprints", "publication_info", "pdf_parse", "body_text",
        "bib_entries", "authorString", "journalInfo", "uid", "articleids", "content-domain", "prefix",
        "member", "reference", "paper", "upvotes", "authors_parsed", "versions", "journal-ref",
        "update_date",
    ]
)  # fmt: skip


@given(st.dictionaries(NAMES, ODD, max_size=9))
def test_no_value_of_the_wrong_form_breaks_a_record(record: dict[str, Any]) -> None:
    found = interpret(record)
    assert found is None or isinstance(found, str | Paper)
    for source in SOURCES:
        source.matches(record)


@pytest.mark.parametrize(
    "record",
    [
        {"type": "webpage", "title": "Speech tools", "URL": "https://x.org", "accessed": {}},
        {"itemType": "blogPost", "title": "On sorting", "url": "https://x.org", "creators": []},
        {"docType_s": "SOFTWARE", "title_s": ["A library"], "authFullName_s": ["Ada Preuve"]},
        {"source": "PAT", "title": "METHODS OF SORTING", "authorString": "INVENTOR A.", "pubYear": "2015"},
    ],
)
def test_what_reference_managers_keep_beside_literature(record: dict[str, Any]) -> None:
    assert isinstance(interpret(record), str)


def _of(record: dict[str, Any]) -> Paper:
    paper = interpret(record)
    assert isinstance(paper, Paper)
    return paper


def test_theses_have_their_university() -> None:
    csl = {"type": "thesis", "title": "On Sorting", "publisher": "X University", "issued": {"raw": "2020"}}
    zotero = {"itemType": "thesis", "title": "On Sorting", "university": "X University", "creators": []}
    hal = {"docType_s": "THESE", "title_s": ["On Sorting"], "authorityInstitution_s": ["X University"]}
    assert [_of(record).venue for record in (csl, zotero, hal)] == ["X University"] * 3


def test_crossref_answers_with_a_choice_of_fields() -> None:
    paper = _of(
        {
            "DOI": "10.1/x",
            "type": "book-chapter",
            "title": ["Painting with <scp>Gaussians</scp>"],
            "subtitle": ["A tutorial"],
            "container-title": [
                "Lecture Notes in Computer Science",
                "Advances in Cryptology – EUROCRYPT 2010",
            ],
        }
    )
    assert paper.title == "Painting with Gaussians: A tutorial"
    assert paper.venue == "Advances in Cryptology – EUROCRYPT"


def test_of_several_languages_the_first_counts() -> None:
    record = {
        "docType_s": "ART",
        "title_s": ["Sorting", "Le tri"],
        "authFullName_s": ["Ana Ruiz"],
        "journalTitle_s": "TAL",
        "abstract_s": ["We sort.", "Nous trions."],
    }
    paper = _of(record)
    assert (paper.title, paper.abstract, paper.venue) == ("Sorting", "We sort.", "TAL")


def test_a_known_record_in_an_envelope_is_read_as_its_source_has_it() -> None:
    inner = {
        "document_type": ["article"],
        "titles": [{"title": "Sorting at the LHC"}],
        "publication_info": [{"journal_title": "Eur.Phys.J.C", "year": 2019}],
        "authors": [{"full_name": "Mesec, Patrik"}],
    }
    paper = _of({"id": "17", "links": {"self": "https://x.org"}, "metadata": inner})
    assert (paper.venue, paper.year, paper.authors[0].name) == ("Eur.Phys.J.C", 2019, "Patrik Mesec")


def test_a_lone_heading_in_an_abstract_parts_nothing() -> None:
    lone = (
        "<jats:title>ABSTRACT</jats:title><jats:sec><jats:title>Background</jats:title>"
        "<jats:p>It is.</jats:p></jats:sec>"
    )
    assert abstract_text(lone) == "It is."
    assert abstract_text(f"{lone}<jats:title>Methods</jats:title><jats:p>We.</jats:p>") == (
        "Background: It is.\n\nMethods: We."
    )
