"""Text that every reader takes."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kg.exporters.clean import clean, clean_all, one_line, utf16_offsets

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


def test_joiners_stay_in_text_but_not_in_labels() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert one_line("می\u200cخواهم") == "میخواهم"


@given(st.lists(ANY_TEXT, max_size=5))
def test_many_texts_are_cleaned_as_each_of_them(texts: list[str]) -> None:
    assert clean_all(texts) == [clean(text) for text in texts]


def test_direction_overrides_and_surrogates_go() -> None:
    assert clean("نموذج \u202eevil\u202c \ud83d end\ufeff") == "نموذج evil  end"


@given(ANY_TEXT)
def test_clean_leaves_nothing_that_xml_or_utf8_refuses(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n"]
    assert clean(cleaned) == cleaned


@given(ANY_TEXT, st.integers(2, 30))
def test_labels_are_one_line_within_the_limit(text: str, limit: int) -> None:
    label = one_line(text, limit)
    assert len(label) <= limit
    assert label == label.strip() and len(label.splitlines()) <= 1


@given(ANY_TEXT)
def test_offsets_count_what_javascript_counts(text: str) -> None:
    offsets = utf16_offsets(text)
    assert len(offsets) == len(text) + 1
    assert offsets[-1] == len(clean(text).encode("utf-16-le")) // 2
    assert offsets == sorted(offsets)
