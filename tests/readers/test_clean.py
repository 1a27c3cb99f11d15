"""Fields of papers are clean, whatever they came by."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.clean import clean_paper, clean_text
from kg.types import Authorship, Paper


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("e\u00adfficient", "efficient"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202eevil\u202c", "evil"),
        ("ﬁne ﬂow oﬀice", "fine flow office"),
        ("ＢＥＲＴ　１２", "BERT 12"),
        ("知识图谱（ＫＧ），综述", "知识图谱（KG），综述"),
        ("a\x00b\x07c", "a b c"),
        ("half \ud83d", "half \ufffd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("plain é ∑ – text", "plain é ∑ – text"),
    ],
)
def test_what_is_cleaned_and_what_stays(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == clean


def test_every_field_is_cleaned_and_offsets_stay() -> None:
    paper = Paper(
        paper_id="",
        document_id="",
        position=0,
        title="A\u200b ﬁne\x0btitle",
        authors=(Authorship(name="Ana\u00ad Ruiz", affiliation="\u202aETH\u202c"), Authorship(name="\u200b")),
        venue="ＭＩＣＲＯ",
        abstract="One.\n\nTwo\u00ad.",
        keywords=("\u200b", "a\u200bb"),
        title_start=3,
        title_end=20,
    )
    cleaned = clean_paper(paper)
    assert (cleaned.title, cleaned.venue, cleaned.abstract) == ("A fine title", "MICRO", "One.\n\nTwo.")
    assert cleaned.authors == (Authorship(name="Ana Ruiz", affiliation="ETH"),)
    assert cleaned.keywords == ("ab",)
    assert (cleaned.title_start, cleaned.title_end) == (3, 20)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_cleaning_twice_is_cleaning_once_and_nothing_invisible_is_left(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert not any(char in "\u00ad\u200b\u202e\ufeff\x00\x1b" for char in cleaned)
    cleaned.encode("utf-8")
    letters = [char for char in text if "a" <= char <= "z"]
    kept = [char for char in unicodedata.normalize("NFKC", cleaned) if "a" <= char <= "z"]
    assert len(kept) >= len(letters)
