"""Words become the pieces that the reference implementation gives."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.components.wordpiece import WordPiece

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
LETTERS = [mark + letter for mark in ("", "##") for letter in string.ascii_lowercase + string.digits]
WORDS = ["gpu", "##pu", "low", "rank", "##rank", "transform", "##er", "##ers", "cafe", "##former", "trans"]
SIGNS = ["-", "+", "[", "]", "$", "^", "`", "~", "|", "<", "=", ".", "–", "’", "。", "中", "文", "한", "²"]
VOCABULARY = [*SPECIAL, *LETTERS, *WORDS, *SIGNS]

words = st.text(alphabet=string.ascii_letters + string.digits, min_size=1, max_size=40)
anything = st.text(max_size=30)


@pytest.fixture(scope="module")
def wordpiece() -> WordPiece:
    return WordPiece(VOCABULARY)


def pieces(wordpiece: WordPiece, word: str) -> list[str]:
    return [VOCABULARY[number] for number in wordpiece(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("gpu", ["gpu"]),
        ("GPUs", ["gpu", "##s"]),
        ("low", ["low"]),
        ("lowrank", ["low", "##rank"]),
        ("low-rank", ["low", "-", "rank"]),
        ("low–rank", ["low", "–", "rank"]),
        ("C++", ["c", "+", "+"]),
        ("$x^2$", ["$", "x", "^", "2", "$"]),
        ("a<=b", ["a", "<", "=", "b"]),
        ("`~|", ["`", "~", "|"]),
        ("it’s", ["i", "##t", "’", "s"]),
        ("4.1x", ["4", ".", "1", "##x"]),
    ],
)
def test_words_are_split_into_pieces(wordpiece: WordPiece, word: str, expected: list[str]) -> None:
    assert pieces(wordpiece, word) == expected


def test_longest_piece_wins_from_the_left(wordpiece: WordPiece) -> None:
    assert pieces(wordpiece, "transformers") == ["transform", "##ers"]
    assert pieces(wordpiece, "transformer") == ["transform", "##er"]


def test_greedy_choice_is_not_taken_back() -> None:
    vocabulary = [*SPECIAL, "ab", "a", "##bc"]
    assert WordPiece(vocabulary)("abc") == (1,)


def test_brackets_in_a_text_are_no_special_pieces(wordpiece: WordPiece) -> None:
    assert pieces(wordpiece, "[SEP]") == ["[", "s", "##e", "##p", "]"]


@pytest.mark.parametrize("word", ["Café", "Cafe\u0301", "CAFÉ", "cafe"])
def test_accents_and_case_make_no_difference(wordpiece: WordPiece, word: str) -> None:
    assert pieces(wordpiece, word) == ["cafe"]


def test_cjk_characters_stand_alone(wordpiece: WordPiece) -> None:
    assert pieces(wordpiece, "中文") == ["中", "文"]
    assert pieces(wordpiece, "gpu中low") == ["gpu", "中", "low"]
    assert pieces(wordpiece, "文。") == ["文", "。"]


def test_hangul_is_a_word_like_any_other(wordpiece: WordPiece) -> None:
    """Its syllables are decomposed like accented letters, and nothing covers the parts."""
    assert pieces(wordpiece, "한") == ["[UNK]"]


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\u200b", "\u00ad", "\ufeff", "\u202e"])
def test_control_and_invisible_characters_vanish(wordpiece: WordPiece, hidden: str) -> None:
    assert pieces(wordpiece, f"g{hidden}pu") == ["gpu"]


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\u00a0", "\u3000"])
def test_blanks_part_words(wordpiece: WordPiece, blank: str) -> None:
    assert pieces(wordpiece, f"low{blank}rank") == ["low", "rank"]


def test_unknown_part_is_one_piece(wordpiece: WordPiece) -> None:
    assert pieces(wordpiece, "gpuλs") == ["[UNK]"]
    assert pieces(wordpiece, "λ-gpu") == ["[UNK]", "-", "gpu"]


@pytest.mark.parametrize("word", ["", " ", "\n\n", "\u200b", "\u0301"])
def test_nothing_to_see_is_still_one_piece(wordpiece: WordPiece, word: str) -> None:
    assert wordpiece(word) == (wordpiece.unknown,)


def test_long_words_are_unknown_and_many_pieces_are_cut(wordpiece: WordPiece) -> None:
    assert pieces(wordpiece, "x" * 101) == ["[UNK]"]
    assert len(wordpiece("x" * 100)) == 48
    assert len(wordpiece("-" * 1000)) == 48
    assert pieces(wordpiece, "x" * 101 + "-gpu") == ["[UNK]", "-", "gpu"]


def test_special_pieces_are_named_by_the_vocabulary(wordpiece: WordPiece) -> None:
    assert (wordpiece.unknown, wordpiece.start, wordpiece.end) == (1, 2, 3)


def test_vocabulary_without_special_pieces_is_refused() -> None:
    with pytest.raises(KeyError):
        WordPiece(["a", "##b"])


@given(words)
def test_pieces_rejoin_to_the_lower_cased_word(word: str) -> None:
    found = pieces(WordPiece(VOCABULARY), word)
    rejoined = "".join(piece.removeprefix("##") for piece in found)
    assert rejoined == word.lower() if len(found) < 48 else word.lower().startswith(rejoined)
    assert not found[0].startswith("##")
    assert all(piece.startswith("##") for piece in found[1:])


@given(st.lists(words, min_size=1, max_size=4))
def test_parts_between_hyphens_are_split_as_if_alone(parts: list[str]) -> None:
    wordpiece = WordPiece(VOCABULARY)
    alone: list[str] = []
    for part in parts:
        alone += ["-", *pieces(wordpiece, part)]
    assert pieces(wordpiece, "-".join(parts)) == alone[1:][:48]


@given(anything)
def test_every_text_has_one_to_48_known_ids(text: str) -> None:
    found = WordPiece(VOCABULARY)(text)
    assert 1 <= len(found) <= 48
    assert all(0 <= number < len(VOCABULARY) for number in found)


@given(anything)
def test_composed_and_decomposed_spelling_are_one(text: str) -> None:
    wordpiece = WordPiece(VOCABULARY)
    assert wordpiece(unicodedata.normalize("NFD", text)) == wordpiece(unicodedata.normalize("NFC", text))


@given(st.lists(anything, max_size=6))
def test_what_was_seen_before_changes_nothing(texts: list[str]) -> None:
    used = WordPiece(VOCABULARY)
    for text in texts:
        used(text)
    assert [used(text) for text in texts] == [WordPiece(VOCABULARY)(text) for text in texts]
