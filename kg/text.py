"""Pure functions over strings that more than one stage needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

__all__ = ["collapse", "fold", "is_whole_word", "normal_form", "whole_word_spans", "whole_words"]

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_PLURAL_ACRONYM = re.compile(r".*[A-Z0-9]s|[cdgntx]pus")  # DNNs, gpus
_SPACE = re.compile(r"\s+")


def collapse(text: str) -> str:
    r"""White space runs made one blank, ends trimmed.

    >>> collapse(" a\n\n b ")
    'a b'
    """
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """The form in which annotated names are compared: NFKC, case folded, dashes made one, blanks collapsed.

    >>> fold("ResNet–50")
    'resnet-50'
    """
    return collapse(unicodedata.normalize("NFKC", text).translate(_DASHES)).casefold()


@lru_cache(maxsize=20_000)
def normal_form(text: str) -> str:
    """The form under which two names are one thing: folded, hyphens as blanks, plural as singular.

    >>> normal_form("Deep Neural-Networks") == normal_form("deep neural network")
    True
    >>> normal_form("GPUs"), normal_form("IOS"), normal_form("loss"), normal_form("analysis")
    ('gpu', 'ios', 'loss', 'analysis')
    """
    spelt = collapse(unicodedata.normalize("NFKC", text).translate(_DASHES)).replace("-", " ").split()
    if spelt:
        spelt[-1] = _singular(spelt[-1])
    return " ".join(spelt).casefold()


def _singular(word: str) -> str:
    if word.isupper() and len(word) > 1:  # IOS, AWS
        return word
    if _PLURAL_ACRONYM.fullmatch(word):
        return word[:-1]
    word = word.casefold()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is", "os", "as")):
        return word[:-1]
    return word


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` does not begin or end inside a word."""
    if start > 0 and text[start].isalnum() and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    return not (end < len(text) and text[end - 1].isalnum() and (text[end].isalnum() or text[end] == "_"))


def whole_words(text: str, name: str, begin: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    """The whole-word occurrences of a literal name from ``begin`` to ``stop``, as (start, end), lazily."""
    start = text.find(name, begin, stop) if name else -1
    while start >= 0:
        if is_whole_word(text, start, start + len(name)):
            yield start, start + len(name)
        start = text.find(name, start + 1, stop)


def whole_word_spans(text: str, name: str) -> list[tuple[int, int]]:
    """Every whole-word occurrence of a literal name, left to right, as (start, end).

    >>> whole_word_spans("IOS and IOSX, IOS", "IOS")
    [(0, 3), (14, 17)]
    """
    return list(whole_words(text, name))
