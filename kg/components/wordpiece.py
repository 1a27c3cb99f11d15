"""BERT's uncased WordPiece tokenisation, word by word (Devlin et al. 2019; Wu et al. 2016, section 4.1).

Gives the ids of the reference BertTokenizer for the words of real texts, without its dependencies, and
remembers each word it has seen: scientific abstracts repeat themselves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

__all__ = ["WordPiece"]

_LONGEST_WORD = 100  # of the reference implementation: longer ones are unknown
_PIECES_A_WORD = 48  # a URL or a formula must not fill a window
_CACHE_WORDS = 200_000


class WordPiece:
    """Maps a word to the ids of its pieces.

    >>> WordPiece(["[UNK]", "[CLS]", "[SEP]", "gpu", "##s", "-"])("GPUs")
    (3, 4)
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown = self._ids["[UNK]"]
        self.start = self._ids["[CLS]"]
        self.end = self._ids["[SEP]"]
        self._cache: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """The ids of a word, at least one and at most 48."""
        found = self._cache.get(word)
        if found is None:
            ids = [number for part in _basic_tokens(word) for number in self._pieces(part)]
            found = tuple(ids[:_PIECES_A_WORD]) or (self.unknown,)
            if len(self._cache) < _CACHE_WORDS:
                self._cache[word] = found
        return found

    def _pieces(self, part: str) -> Sequence[int]:
        """Greedy longest match first; a part that cannot be covered is one unknown piece."""
        if len(part) > _LONGEST_WORD:
            return (self.unknown,)
        pieces = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self._ids.get(part[start:end] if start == 0 else f"##{part[start:end]}")
                if number is not None:
                    pieces.append(number)
                    start = end
                    break
            else:
                return (self.unknown,)
        return pieces


def _basic_tokens(word: str) -> Iterator[str]:
    """Lower case, accents off, control characters out, split at blanks, punctuation and CJK characters."""
    plain = unicodedata.normalize("NFD", word.lower())
    current = ""
    for char in plain:
        category = unicodedata.category(char)
        if category == "Mn":
            continue
        if char.isspace() or category[0] == "C" or char == "\ufffd":
            if char.isspace() and current:
                yield current
                current = ""
        elif _is_punctuation(char, category) or _is_cjk(char):
            if current:
                yield current
            yield char
            current = ""
        else:
            current += char
    if current:
        yield current


def _is_punctuation(char: str, category: str) -> bool:
    """Unicode punctuation, and every ASCII character that is no letter, digit or blank."""
    return category[0] == "P" or (char.isascii() and not char.isalnum() and char > " ")


def _is_cjk(char: str) -> bool:
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x2CEAF
        or 0x2F800 <= code <= 0x2FA1F
    )
