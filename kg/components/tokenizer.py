"""spaCy's English tokenizer with the exceptions that research texts need, so that names can be whole tokens.

Beside spaCy's own rules: a multiplication sign, LaTeX braces and dollars, a bracket or a plus sign inside a
word part it (``5.5×better``, ``\\textbf{SAIL}``, ``models(SSMs)``, ``CPU+GPU``); a full stop after a capital
or a digit ends a token (``MPSoC.``); abbreviations such as ``et al.`` and ``Fig.`` keep theirs. Hyphens are
split as in ``spacy.blank("en")``. Registered as ``kg.research_tokenizer.v1``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # Cython without stubs
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from kg.sentences import ABBREVIATIONS

__all__ = ["ResearchTokenizer", "make_tokenizer"]

_ORTH = 65  # spacy.symbols.ORTH, which has no stubs
_PREFIXES = (r"\\[A-Za-z]+\{", r"\\[A-Za-z]+(?![A-Za-z])", r"\{", r"\}", r"~", r"×", r"_\{", r"\^\{")
_SUFFIXES = (r"\}", r"\{", r"~", r"×", r"\\", r"(?<=[A-Z]{2})\.", r"(?<=[A-Za-z/][A-Z])\.", r"(?<=\d[A-Z])\.")
_INFIXES = (
    r"×",
    r"[。！？]",
    r"\$",
    r"~",
    r"[{}]",
    r"\\[A-Za-z]+(?=\{)",
    r"(?<=[A-Za-z])\((?=[A-Za-z])",
    r"(?<=[A-Za-z])\)(?=-?[A-Za-z])",
    r"(?<=[A-Za-z])\+(?=[A-Za-z])",
    r"(?<=[A-Z])/(?=[A-Z])",
    r"(?<=[a-z)\]])\.(?=[A-Z][a-z])",
    r"(?<=[A-Z]{2})\.(?=[A-Z][a-z]+)",
)


class ResearchTokenizer(Tokenizer):  # type: ignore[misc]  # see above
    """A spaCy tokenizer whose rules are code: saving a pipeline writes no file for it."""

    def to_disk(self, _path: Path, **_: object) -> None:
        """Nothing to write."""

    def from_disk(self, _path: Path, **_: object) -> ResearchTokenizer:
        """Nothing to read."""
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to write."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> ResearchTokenizer:
        """Nothing to read."""
        return self


def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """What spaCy's registry calls: returns the function from a Language to its tokenizer."""
    return _build


def _build(nlp: Language) -> Tokenizer:
    defaults = nlp.Defaults
    rules = dict(defaults.tokenizer_exceptions or {})
    for word in ABBREVIATIONS:
        for text in (word, word + ","):
            pieces = [word, ","] if text.endswith(",") else [word]
            rules[text] = [{_ORTH: piece} for piece in pieces]
    return ResearchTokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex([*_PREFIXES, *(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*(defaults.suffixes or ()), *_SUFFIXES]).search,
        infix_finditer=compile_infix_regex([*_INFIXES, *(defaults.infixes or ())]).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )
