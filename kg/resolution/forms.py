"""A surface form as it is compared: case, hyphens, plural, Greek letters, TeX and spelling set aside.

``words`` is the form as singular words in lower case, ``key`` the same without blanks, so that
``fine tuning``, ``Fine-Tuning`` and ``finetuning`` meet; a blank between two digits stays ("Llama 2 7B" is
not "Llama 27B").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.text import normal_form

__all__ = ["Form", "digits", "form_of", "has_short", "is_acronym", "is_name", "is_short", "solid"]

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi",
    "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_GREEK_LETTERS = str.maketrans(
    {**_GREEK, **{low.upper(): name for low, name in _GREEK.items() if low != "ς"}}
)
_TEX_ACCENT = re.compile(r"\\(?:[\"'`^~=.](?=[{A-Za-z\\])|[uvHcdbkr](?=\{))")
_TEX_COMMAND = re.compile(r"\\(?:text|math)[a-z]*\b|\\(?:emph|operatorname|bf|it|rm|sc|tt|xspace)\b")
_TEX_NAME = re.compile(r"\\(?:var)?([A-Za-z]+)\s*")
_TEX_SIGNS = str.maketrans(dict.fromkeys("${}^\\", ""))
_MACRO = re.compile(r"\\(?:var)?([A-Za-z]+)")
_GREEK_NAMES = frozenset(_GREEK.values())
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−﹘﹣－_~]+")
_EDGES = "'\"`“”‘’.,;:!?*"
_POSSESSIVE = re.compile(r"['’]s?$")
# Fields of study are no plurals; metrics, topics and statistics are.
_FIELD = re.compile(
    r".*(?:acoust|analyt|dynam|econom|electron|eth|forens|format|graph|hapt|kinemat|lingu?ist|logist|mathemat"
    r"|mechan|nom|omat|opt|phonet|photon|phys|polit|pragmat|robot|semant|tron|om)ics",
    re.IGNORECASE,
)
# Plurals in -as and -os, which otherwise look like singulars.
_PLURAL_VOWEL = re.compile(r"(?<=..)as$|(?<=..)[eio]os$|(?:phot|dem|rep|mem|macr|zer|tors)os$")
_NO_PLURALS = frozenset(
    {"alias", "atlas", "bias", "canvas", "chaos", "gas", "keras", "midas", "pandas", "texas"}
)
_DIGITS = re.compile(r"\d+(?:\.\d+)*")

# British spelling; the rules need only lead both spellings to one key, not to a word.
_SPELLINGS = (
    (re.compile(r"is(ation|ing|ed|er|e)$"), r"iz\1"),
    (re.compile(r"(?<=.{3})our(?=$|al$|ing$|ed$|hood$)"), "or"),
    (re.compile(r"elling$"), "eling"),
    (re.compile(r"elled$"), "eled"),
    (re.compile(r"(?<=..)tre$"), "ter"),
    (re.compile(r"yse$"), "yze"),
    (re.compile(r"(?<=.{2})logue$"), "log"),
)
_BRITISH = re.compile(r"is(?:ation|ing|ed|er|e)$|our|ell(?:ing|ed)$|tre$|yse$|logue$")


# "distributional", "positional", "conversational", "computational"; not "conditional", "functional".
_TIONAL = re.compile(r"((?:bu|ersa|osi|uta)tion|position)al\Z")
_TWO_CAPITALS = re.compile(r"[A-Z][^A-Z]*[A-Z]")
_ADJECTIVES = {"modality": "modal", "crossmodality": "crossmodal", "multimodality": "multimodal"}


@dataclass(frozen=True, slots=True)
class Form:
    """``words`` in lower case and singular; ``key`` is what two spellings of one form have in common."""

    words: tuple[str, ...]
    key: str


@lru_cache(maxsize=200_000)
def form_of(text: str) -> Form:
    r"""The compared form of a text.

    >>> form_of("Fine-Tunings").key == form_of("finetuning").key
    True
    >>> form_of(r"$\beta$-VAEs").key, form_of("β-VAE").key, form_of("Fr\\'echet").key
    ('betavae', 'betavae', 'frechet')
    >>> form_of("systems on chip").words, form_of("Llama 2 7B").key
    (('system', 'on', 'chip'), 'llama2 7b')
    """
    macro = _MACRO.fullmatch(text)
    if macro and macro[1].casefold() not in _GREEK_NAMES:  # "\\system" is a name that the text does not print
        return Form((text.casefold(),), text.casefold())
    plain = _plain(text) if not text.isascii() or "\\" in text or "$" in text else text
    words = []
    for raw in _SEPARATORS.split(plain):
        word = raw.strip(_EDGES)
        if word.count("(") != word.count(")"):
            word = word.replace("(", "").replace(")", "")
        if word:
            word = _POSSESSIVE.sub("", word) or word
            words.append(_american(word.casefold() if _FIELD.fullmatch(word) else normal_form(word)))
    if not words:
        bare = text.strip().casefold()
        return Form((bare,), bare)
    found = tuple(words) if len(words) == 1 else _attributes(words)
    return Form(found, solid(found))


def _attributes(words: list[str]) -> tuple[str, ...]:
    """The words, those before the last one in one of two forms in which they say the same there:
    "distributional shift", "cross-modality distillation", "vision and language", "visual-language"."""
    found = [*(_TIONAL.sub(r"\1", _ADJECTIVES.get(word, word)) for word in words[:-1]), words[-1]]
    if "language" in found and found[0] in ("vision", "visual"):
        place = found.index("language")
        if found[1:place] in ([], ["and"]):
            found = ["vision", *found[place:]]
    return tuple(found)


def solid(words: tuple[str, ...]) -> str:
    """Words joined without blanks, but between two digits."""
    joined = words[0]
    for word in words[1:]:
        joined += f" {word}" if joined[-1:].isdigit() and word[:1].isdigit() else word
    return joined


def digits(text: str) -> tuple[str, ...]:
    """The numbers in a text: two forms with other numbers are two things, however alike.

    >>> digits("Llama-3.1-8B")
    ('3.1', '8')
    """
    return tuple(_DIGITS.findall(text))


def is_short(text: str) -> bool:
    """Whether a form can be a short form: one piece with a capital, at most ten characters."""
    return len(text) <= 10 and " " not in text and any(char.isupper() for char in text)


def is_acronym(word: str) -> bool:
    """Whether a word of a phrase can be a short form: two capitals, since titles give any word one.

    >>> [is_acronym(word) for word in ("LLMs", "mRAG", "CoT", "Film", "Re")]
    [True, True, True, False, False]
    """
    return _TWO_CAPITALS.search(word) is not None


def has_short(text: str) -> bool:
    """Whether a phrase has a word that can be a short form."""
    return any(map(is_acronym, _SEPARATORS.split(text)))


def is_name(text: str) -> bool:
    """Whether capitals or digits make a form a name: ``ImageNet``, ``Llama 2``, ``BERT``; not ``Attention``.

    >>> [is_name(text) for text in ("ImageNet", "BERT", "A100", "Attention", "deep learning")]
    [True, True, True, False, False]
    """
    return any(
        any(char.isdigit() for char in word) or any(char.isupper() for char in word[1:])
        for word in _SEPARATORS.split(text)
    )


def _plain(text: str) -> str:
    """Without TeX, accents and Greek letters."""
    if "\\" in text or "$" in text:
        text = _TEX_ACCENT.sub("", text)
        text = _TEX_COMMAND.sub("", text)
        text = _TEX_NAME.sub(r"\1", text).translate(_TEX_SIGNS)
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_GREEK_LETTERS)


def _american(word: str) -> str:
    if _PLURAL_VOWEL.search(word) and word not in _NO_PLURALS:
        return word[:-1]
    if word.endswith("iase"):  # biases
        return word[:-1]
    if word.endswith("cach"):  # a plural in -ches that was read as that of "search"
        return f"{word}e"
    if len(word) > 5 and _BRITISH.search(word):
        for pattern, spelling in _SPELLINGS:
            word = pattern.sub(spelling, word)
    return word
