"""Addresses: only what is one, and nothing in it that ends an IRI or a brace."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters.links import arxiv_url, doi_url, orcid_url, web_url

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)
NOT_IN_AN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')  # RFC 3987, and Turtle's IRIREF


@pytest.mark.parametrize("identifier", ["2101.00001", "2101.00001v2", "cs/0101001", "math.GT/0309136"])
def test_arxiv(identifier: str) -> None:
    assert arxiv_url(identifier) == f"https://arxiv.org/abs/{identifier}"


@pytest.mark.parametrize(
    "value", [None, 3, "", "x", "2101.1", "10.1", "javascript:alert(1)", "https://u@h/", "ftp://a"]
)
def test_what_is_no_address(value: object) -> None:
    assert [find(value) for find in (arxiv_url, doi_url, orcid_url, web_url)] == [None] * 4


@given(ANY_TEXT)
def test_nothing_ends_an_address(text: str) -> None:
    for found in (doi_url(f"10.1000/{text}"), web_url(f"https://a.b/{text}"), web_url(text), doi_url(text)):
        assert found is None or (found.isascii() and not NOT_IN_AN_IRI.search(found))


def test_a_doi_with_all_its_signs_and_an_orcid() -> None:
    assert doi_url("10.1002/(SICI)1097<1661::AID>3.0.CO;2-2") == (
        "https://doi.org/10.1002/(SICI)1097%3C1661::AID%3E3.0.CO;2-2"
    )
    assert orcid_url("0000-0002-1694-233X") == "https://orcid.org/0000-0002-1694-233X"
