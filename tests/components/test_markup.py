r"""LaTeX font commands are layout: what is left of a text without them."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.components.markup import font_markup
from kg.components.tokenizer import make_tokenizer


def words(text: str) -> list[str]:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer()(nlp)
    doc = nlp.make_doc(text)
    markup = font_markup(doc)
    return [token.text for token in doc if token.i not in markup]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r"We propose \textbf{SAIL}, a \emph{fast cache}.", "We propose SAIL , a fast cache ."),
        (r"{\bf SAIL} and {\em it}", "SAIL and it"),
        (r"\underline{\textbf{DRIFT}} helps", "DRIFT helps"),
        (r"\texttt{a {b} c}", "a { b } c"),
        (r"of $\mathcal{O}(n)$", "of $ O (n) $"),
        (r"\frac{1}{2} of {sets}", r"\frac{ 1 } { 2 } of { sets }"),
        (r"\textbf{never closed", r"\textbf{ never closed"),
        ("no { markup } here", "no { markup } here"),
    ],
)
def test_what_is_left(text: str, left: str) -> None:
    assert " ".join(words(text)) == left


@given(st.text(alphabet="a{}\\ bftemx", max_size=40))
def test_only_braces_and_commands_are_ever_left_out(text: str) -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer()(nlp)
    doc = nlp.make_doc(text)
    for place in font_markup(doc):
        assert doc[place].text in "{}" or doc[place].text.startswith("\\")
