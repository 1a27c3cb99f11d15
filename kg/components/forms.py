"""How a surface form is read as a sequence of units, so that case, plural and hyphen variants meet.

A unit is a word or a punctuation sign; blanks and hyphens only separate units. Words with a capital beyond
their first letter (``LLMs``, ``PyTorch``) and words with digits keep their case, others lose it; a plural s
is dropped. ``LLM inference``, ``LLM Inference`` and ``LLM-inference`` have equal units, ``RAM`` and ``Ram``
not.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["Unit", "form_key", "keyed_units", "lowered", "strong_case", "unit_key", "units"]

Unit = tuple[int, int]
"""Start and end in code points."""

_UNIT = re.compile(r"[^\W_]+(?:\.\d+)*[+#]*|[^\w\s\-‐‑‒–]|_")
_MOST_KEYS = 200_000
_INVARIANT = ("ss", "us", "is", "os", "as")


def units(text: str) -> list[Unit]:
    """Offsets of the units of a text.

    >>> [("GPU-based Qwen2.5, C++"[a:b]) for a, b in units("GPU-based Qwen2.5, C++")]
    ['GPU', 'based', 'Qwen2.5', ',', 'C++']
    """
    return [match.span() for match in _UNIT.finditer(text)]


@lru_cache(maxsize=1)
def keyed_units(text: str) -> tuple[list[Unit], list[str], list[str]]:
    """Offsets, words and keys of the units of a text; remembered, since several components ask in turn."""
    found = list(_UNIT.finditer(text))
    spans = [match.span() for match in found]
    words = [match[0] for match in found]
    return spans, words, [_KEYS[word] for word in words]


class _Keys(dict[str, str]):
    """Word -> unit_key, of the words met so far."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_KEYS:
            self.clear()
        key = self[word] = unit_key(word)
        return key


_KEYS = _Keys()


def lowered(text: str) -> str:
    """A text in lower case with the offsets of the original: much faster to search than ignoring case.

    >>> lowered("GPU"), len(lowered("\u0130x"))
    ('gpu', 2)
    """
    low = text.lower()
    return low if len(low) == len(text) else "".join(char.lower()[0] for char in text)


def strong_case(word: str) -> bool:
    """Whether the capitals of a word belong to its identity (GPU, PyTorch, Qwen2; not Large).

    >>> [strong_case(word) for word in ("LLMs", "PyTorch", "Large", "large", "H100")]
    [True, True, False, False, True]
    """
    return not (word.islower() or word[1:].islower() or len(word) == 1)


def unit_key(word: str) -> str:
    """A word with its plural s removed, and its case where that does not matter.

    >>> [unit_key(word) for word in ("LLMs", "Networks", "loss", "memories", "A")]
    ['LLM', 'network', 'loss', 'memory', 'a']
    """
    strong = strong_case(word)
    key = word if strong else word.lower()
    if strong:
        return key[:-1] if len(key) > 2 and key.endswith("s") and key[-2].isupper() else key
    if len(key) > 4 and key.endswith("ies"):
        return key[:-3] + "y"
    if len(key) > 4 and key.endswith(("sses", "ches", "shes", "xes")):
        return key[:-2]
    return key[:-1] if len(key) > 3 and key.endswith("s") and not key.endswith(_INVARIANT) else key


def form_key(name: str) -> tuple[str, ...]:
    """The units of a name as keys; a single capitalised word keeps its capital (``Adam`` is not ``adam``).

    >>> form_key("Graph-Neural Networks"), form_key("Python"), form_key("CNNs")
    (('graph', 'neural', 'network'), ('Python',), ('CNN',))
    """
    words = [name[start:end] for start, end in units(name)]
    if len(words) == 1 and words[0][:1].isupper() and not strong_case(words[0]):
        return (unit_key(words[0]).capitalize(),)
    return tuple(unit_key(word) for word in words)
