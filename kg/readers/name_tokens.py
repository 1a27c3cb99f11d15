"""One word of a name: how much it looks like one, by capitals, by shape and by two word lists."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.readers.name_words import NAME_WORDS
from kg.readers.plain_words import PLAIN_WORDS

__all__ = ["PARTICLES", "alphabet", "is_abbreviated", "is_capital_word", "token_value"]

PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "das",
        "dos",
        "do",
        "du",
        "la",
        "le",
        "las",
        "los",
        "el",
        "al",
        "ul",
        "bin",
        "ibn",
        "ben",
        "bint",
        "abu",
        "abd",
        "ter",
        "ten",
        "te",
        "zu",
        "zum",
        "zur",
        "af",
        "av",
        "y",
        "e",
        "san",
        "st",
        "i",
        "'t",
        "d",
        "dal",
        "dalla",
        "degli",
        "op",
        "vom",
        "im",
        "and'",
        "dit",
    ]
)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})
_INNER_CAPITAL = re.compile(
    r"(?:Mc|Mac|De|Di|Da|Du|La|Le|Van|Von|Fitz|O['’]|D['’]|L['’]|Al|El|Ab|Bin|Ben|St)[A-Z]"
)
_HEADINGS = frozenset(
    {
        "introduction",
        "abstract",
        "summary",
        "overview",
        "keywords",
        "venue",
        "authors",
        "author",
        "proceedings",
        "transactions",
        "journal",
        "pmlr",
        "arxiv",
    }
)
_ABBREVIATED = frozenset(
    [
        "St",
        "Dr",
        "Prof",
        "Chr",
        "Wm",
        "Fr",
        "Mohd",
        "Md",
        "Th",
        "Ph",
        "Kh",
        "Zh",
        "Gy",
        "Ch",
        "Sh",
        "Jr",
        "Sr",
    ]
)
_JOINING = frozenset(
    {
        "and",
        "und",
        "et",
        "och",
        "oder",
        "with",
        "mit",
        "avec",
        "con",
        "by",
        "или",
        "и",
        "für",
        "über",
        "pour",
        "sur",
        "para",
        "por",
        "per",
    }
)
_HUMPS = re.compile(r"[^\W\d_a-z]?[^\W\d_A-Z]+|[A-Z]+")
_AMBIGUOUS = frozenset({"ran", "can", "may", "ram", "long", "he", "she", "they", "him", "jun", "mar"})
_TITLE_ENDING = re.compile(
    r"(?:[st]ions?|ments?|ness|wares?|ization|isation|ability|ities|ically|graphy|ology|ologies)$"
)


def is_capital_word(token: str) -> bool:
    return token[0].isupper() and token.strip(".").lower() not in _HEADINGS


def alphabet(token: str) -> int:
    """A number for the alphabet of a word's first letter; a name does not change its alphabet."""
    code = ord(token.lstrip("'’")[0])
    return 0 if code < 0x370 or 0x1E00 <= code < 0x1F00 else code >> 8


def is_abbreviated(token: str, *, first: bool) -> bool:
    core = token.rstrip(".")
    last = re.split(r"[-.]", core)[-1]
    short = len(last) == 1 or (len(last) == 2 and (first or last.isupper()))
    return short or core.lower() in SUFFIXES or core in _ABBREVIATED


@lru_cache(maxsize=65_536)
def token_value(token: str, *, first: bool) -> float:
    """How much a word looks like part of a name, 0 to 1."""
    core = token.strip(".'’")
    lower = core.lower()
    if not core or lower.endswith(("'s", "’s")) or lower in _HEADINGS or core in _JOINING:
        return 0.0
    if core in PARTICLES or lower in SUFFIXES:
        return 0.0 if first and core in {"e", "y", "do", "st", "and"} else 0.6
    if _is_initials(token):
        return 0.75
    pieces = re.split(r"[-'’.]", lower)
    long_plain = any(len(piece) > 3 and piece in PLAIN_WORDS for piece in pieces)
    known = lower in NAME_WORDS or (
        len(pieces) > 1 and not long_plain and all(p in NAME_WORDS or len(p) <= 5 for p in pieces if p)
    )
    plain = lower in PLAIN_WORDS or (len(pieces) > 1 and any(len(p) > 2 and p in PLAIN_WORDS for p in pieces))
    if plain:
        return 0.4 if known or _is_double(core) else 0.0
    if core.islower():
        return (
            0.7 if known and core not in _AMBIGUOUS else 0.0 if len(core) < 3 or core in _AMBIGUOUS else 0.4
        )
    if not core[0].isupper():
        return 0.55 if not core[0].islower() else 0.2
    if core.isupper() and len(core) > 1:
        return 0.75 if known else 0.5 if len(core) > 3 else 0.35
    humps = _HUMPS.findall(core)
    if len(humps) > 1 and "-" not in core and not _INNER_CAPITAL.match(core):
        return 0.8 if all(hump.lower() in NAME_WORDS for hump in humps) else 0.2
    return 1.0 if known else 0.3 if len(core) > 7 and _TITLE_ENDING.search(lower) else 0.8


def _is_double(core: str) -> bool:
    """Whether a word is a double surname, the first half a word of titles ("Learned-Miller")."""
    halves = core.split("-")
    last = halves[-1].lower()
    capitals = all(half[:1].isupper() for half in halves)
    return len(halves) == 2 and capitals and last in NAME_WORDS and last not in PLAIN_WORDS


def _is_initials(token: str) -> bool:
    letters = re.sub(r"[-.]", "", token)
    return letters.isupper() and (len(letters) == 1 or (len(letters) <= 3 and "." in token))
