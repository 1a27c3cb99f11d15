"""Pure functions over strings that more than one stage needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

__all__ = [
    "collapse", "fold", "is_whole_word", "normal_form", "venue_key", "venue_label", "whole_word_spans",
    "whole_words", "without_years",
]  # fmt: skip

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_PLURAL_ACRONYM = re.compile(r".*[A-Z0-9]s|[cdgntx]pus")  # DNNs, gpus
_YEARS = re.compile(r"(?<![\d.,/])(?<!\d[-–])(?:19[5-9]\d|20[0-4]\d)(?![\d%x×]|[-–/]\d)|\s?['’`]\s?\d\d\b")
_GAPS = re.compile(r"\(\s*\)|\[\s*\]|\s+(?=[),.;:\]])|(?<=[(\[])\s+")


def collapse(text: str) -> str:
    r"""White space runs made one blank, ends trimmed.

    >>> collapse(" a\n\n b ")
    'a b'
    """
    return " ".join(text.split())


def fold(text: str) -> str:
    """The form in which annotated names are compared: NFKC, case folded, dashes made one, blanks collapsed.

    >>> fold("ResNet–50")
    'resnet-50'
    """
    if text.isascii():
        return " ".join(text.split()).lower()
    return collapse(unicodedata.normalize("NFKC", text).translate(_DASHES)).casefold()


def without_years(venue: str) -> str:
    """The name of a venue without the years in it: what is one series from year to year.

    >>> without_years("Proceedings of the 2019 Conference on X (X '19)"), without_years("2019")
    ('Proceedings of the Conference on X (X)', '2019')
    """
    if _YEARS.search(venue) is None:
        return venue
    name = _GAPS.sub("", collapse(_GAPS.sub("", _YEARS.sub(" ", venue)))).strip(" ,;:-–—'’")
    return name or venue


def venue_key(venue: str) -> str:
    """The form under which two printed names are one venue.

    >>> venue_key("2019 IEEE Conference on X") == venue_key("IEEE conference on X 2020")
    True
    """
    return fold(without_years(venue))


def venue_label(spellings: Iterable[str]) -> str:
    """The name to show for the spellings of one venue: as printed where there is one, else without years.

    >>> venue_label(["Proceedings of the 2019 Conference on X", "Proceedings of the 2020 Conference on X"])
    'Proceedings of the Conference on X'
    """
    names = sorted(set(spellings))
    return names[0] if len(names) == 1 else min(map(without_years, names))


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
