"""Printed names of people: their parts, the forms under which two are one, and how two may be one.

Nothing here looks at papers. A name is read in display order ("Given Family"), as "Family, Given", or with
the family name in capitals ("ZHU Ligeng"); where it is in the wrong order without a sign of it, ``relation``
says "reversed". Names in scripts without case are compared letter by letter only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.nicknames import NICKNAMES

__all__ = ["PersonName", "Relation", "is_east_asian", "is_syllable", "parse_name", "relation"]

_LETTERS = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HYPHENS = re.compile(r"[-‐‑‒–—−]+")
_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ŀ": "l"}
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_DIGRAPH = re.compile(r"(?<=[aou])e")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "junior", "senior"})
_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "sir"})
_PARTICLES_TEXT = """
van von der den de del della di da das dos do du la le las los el al ter ten te zu zum zur af av ul bin
ibn ben abu y e i san dal dalla degli vom im
"""
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
# As printed with a capital these are particles, too, unless an East Asian family name follows ("Thi Van Do").
_CAPITAL_PARTICLES = _PARTICLES & frozenset(
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
        "dos",
        "du",
        "la",
        "le",
        "el",
        "al",
        "ter",
        "ten",
    ]
)
_SYLLABLE = re.compile(
    "(?:zh|ch|sh|ts|hs|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:i?ang|i?ong|uang|u?eng|ing|i?an|u?an|u?en|[iu]n|i?ao|u?ai|u?ei|i?ou|iu|ui|ie|ue|uo|ia|ua|er|[aeiou])"
)
# Mandarin in pinyin, then other romanisations, Cantonese, Korean, Vietnamese.
_EAST_ASIAN_TEXT = """
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song
tang han feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu lv ding ren
shen yao fan fang shi tan liao jia xia fu bai zou meng xiong qin qiu hou long shao qian duan lei gong hao
mao kong cui kang gu dai mo wen ni ning ke qi qu rao ruan sheng shu si tao tong tu weng xin xing xue yan
yin ying you yue zhan zhong zhuang zuo an bao bi bian bo chang chi chu cong dang di dou fei gan ge guan
gui hong hua huo ji jin jing ju lan lang le leng lian ling man mei miao min mu nie niu ou pang pei pi ping
pu qiao rong shan shang shui tai teng wan xi xiang xuan yi yun zang zhai zhen zhi zhuo zong lee chan wong
cheung leung ng lam kwok kwan chow chou hsu hsieh hsiao tsai tseng tsao tsang chiang chiu lai lau law ho
hui ip yip yeung tam tsui yuen choi chung kim park jung jeong jang cho yoon lim im oh seo shin kwon hwang
ahn ryu jeon moon bae baek nam noh ha cha joo woo koo nguyen tran pham phan vu vo bui do ngo duong dinh
hoang huynh truong mai trinh ta
"""
_EAST_ASIAN = frozenset(_EAST_ASIAN_TEXT.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name in parts, folded: no case, no diacritics.

    ``given`` are words (an initial is one letter, the parts of a hyphenated name are words of their own),
    ``family`` is joined ("vanderberg"), ``core`` is the family name without particles, ``spelt_out`` the
    family name with umlauts as digraphs ("mueller"), ``skeleton`` what all spellings of it share.
    ``key``: names of one key are one name. ``is_full``: the first given name is more than an initial.
    """

    given: tuple[str, ...]
    family: str
    core: str
    spelt_out: str
    skeleton: str
    suffix: str
    key: str
    is_full: bool

    @property
    def joined(self) -> str:
        """All letters in their order."""
        return "".join(self.given) + self.family

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How two different names may be one person's.

    ``bits`` is what it costs to believe so, ``needs_evidence`` whether names alone are never enough.
    """

    rule: str
    bits: float
    needs_evidence: bool


_SPACING = Relation(rule="spacing", bits=1, needs_evidence=False)
_SPELLING = Relation(rule="transliteration", bits=1, needs_evidence=False)
_MIDDLE_INITIAL = Relation(rule="middle initial", bits=1, needs_evidence=False)
_MIDDLE = Relation(rule="middle name", bits=3, needs_evidence=False)
_EAST_ASIAN_MIDDLE = Relation(rule="middle name", bits=4, needs_evidence=True)
_MIDDLE_OF_INITIALS = Relation(rule="middle name", bits=2, needs_evidence=True)
_SUFFIX = Relation(rule="suffix", bits=1, needs_evidence=False)
_INITIALS = Relation(rule="initials", bits=1, needs_evidence=True)
_PARTICLE = Relation(rule="particle", bits=2, needs_evidence=True)
_NICKNAME = Relation(rule="short name", bits=2, needs_evidence=True)
_COMPOUND = Relation(rule="compound family name", bits=3, needs_evidence=True)
_REVERSED = Relation(rule="name order", bits=4, needs_evidence=True)
SAME = Relation(rule="name", bits=0, needs_evidence=False)


@lru_cache(maxsize=400_000)
def parse_name(name: str) -> PersonName:
    """The parts of a printed name; a name without letters has the name itself as its key.

    >>> parse_name("Preußer, Thomas B.").key == parse_name("thomas b preusser").key
    True
    >>> parse_name("Ludwig van Beethoven").family, parse_name("ZHU Ligeng").family
    ('vanbeethoven', 'zhu')
    """
    shown = _ASIDE.sub(" ", name).strip() or name
    if not shown.isascii() and _IDEOGRAPHS.search(shown):
        whole = "".join(_LETTERS.findall(unicodedata.normalize("NFKC", shown).casefold()))
        return PersonName(
            given=(), family=whole, core=whole, spelt_out=whole, skeleton=whole, suffix="", key=whole or name,
            is_full=False,
        )  # fmt: skip
    given, family, suffix = _split(shown)
    words = [word for token in given for word in _given_words(token)]
    plain = [_folded(token) for token in family]
    core = "".join(plain[_particles(plain) :])
    joined = "".join(plain)
    spelt = unicodedata.normalize("NFC", " ".join(family)).casefold().translate(_SPELT_OUT)
    key = f"{''.join(words)} {joined}".strip() + (f" {suffix}" if suffix and words else "")
    return PersonName(
        given=tuple(words),
        family=joined,
        core=core,
        spelt_out=joined if spelt.isascii() and all(map(str.isascii, family)) else _folded(spelt),
        skeleton=_DIGRAPH.sub("", core) if len(core) > 4 else core,
        suffix=suffix,
        key=key or name,
        is_full=bool(words) and len(words[0]) > 1,
    )


def is_east_asian(name: PersonName) -> bool:
    """Whether the family name is a frequent one of China, Korea or Vietnam, in Latin letters."""
    return name.family in _EAST_ASIAN


def is_syllable(word: str) -> bool:
    """Whether a word may be a single Chinese syllable."""
    return _SYLLABLE.fullmatch(word) is not None


def relation(one: PersonName, other: PersonName) -> Relation | None:
    """How two names may be one person's, None where they contradict each other.

    >>> relation(parse_name("S. Han"), parse_name("Song Han")).rule
    'initials'
    >>> relation(parse_name("John A. Smith"), parse_name("John B. Smith")) is None
    True
    """
    if one.key == other.key:
        return SAME
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return None
    if not one.given or not other.given:
        return None
    if one.joined == other.joined:
        return _SUFFIX if one.suffix != other.suffix else _SPACING
    if len(one.family) == len(other.family) and one.family == other.family:
        return _given_relation(one, other)
    if one.core == other.core and one.core in (one.family, other.family):
        found = _given_relation(one, other)
        return found and _dearer(found, _PARTICLE)
    if one.spelt_out == other.family or one.family == other.spelt_out:
        found = _given_relation(one, other)
        return found and _dearer(found, _SPELLING)
    if one.skeleton == other.skeleton and not is_east_asian(one) and not is_east_asian(other):
        found = _given_relation(one, other)
        return found and _dearer(found, Relation(rule="transliteration", bits=3, needs_evidence=True))
    if _is_reversed(one, other):
        return _REVERSED
    return _COMPOUND if _is_compound(one, other) or _is_compound(other, one) else None


def _dearer(one: Relation, other: Relation) -> Relation:
    """Both at once."""
    rule = other.rule if one is SAME else f"{one.rule}, {other.rule}"
    return Relation(
        rule=rule, bits=one.bits + other.bits, needs_evidence=one.needs_evidence or other.needs_evidence
    )


def _given_relation(one: PersonName, other: PersonName) -> Relation | None:
    """How the given names of one family may be one person's."""
    short, long = sorted((one.given, other.given), key=len)
    if "".join(short) == "".join(long):
        return SAME
    chinese = is_east_asian(one)
    kinds = {_word_relation(a, b, chinese=chinese) for a, b in zip(short, long, strict=False)}
    if None in kinds:
        return None
    if "short name" in kinds:
        return _NICKNAME
    if len(short) < len(long) and chinese and is_syllable(short[0]) and len(long[1]) > 1:
        return None  # "Yu Wang" is not short for "Yu Xin Wang"
    if len(short[0]) == 1 or len(long[0]) == 1:  # "J. Smith", and "John Smith" or "J. A. Smith"
        return _INITIALS if short[0] != long[0] else _MIDDLE_OF_INITIALS
    if chinese:
        return _EAST_ASIAN_MIDDLE
    return _MIDDLE if any(len(word) > 1 for word in long[len(short) :]) else _MIDDLE_INITIAL


def _word_relation(one: str, other: str, *, chinese: bool) -> str | None:
    """How two given names that stand at one place relate, None where they contradict each other."""
    if one == other:
        return "same"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else None
    if chinese and (is_syllable(one) or is_syllable(other)):
        return None
    known = other in NICKNAMES.get(one, ()) or one in NICKNAMES.get(other, ())
    return "short name" if known else None


def _is_reversed(one: PersonName, other: PersonName) -> bool:
    return (
        one.is_full
        and other.is_full
        and "".join(one.given) == other.family
        and "".join(other.given) == one.family
    )


def _is_compound(long: PersonName, short: PersonName) -> bool:
    """Whether the shorter name leaves out the second family name: "Gabriel García" and "... García Márquez".

    Only where at least a full given name and a whole family name agree.
    """
    if not short.is_full or is_east_asian(short):
        return False
    if len(long.given) > len(short.given):
        return long.given == (*short.given, short.family)
    return (
        long.given == short.given
        and len(short.family) > 3
        and len(long.family) > len(short.family) + 3
        and long.family.startswith(short.family)
    )


def _split(name: str) -> tuple[list[str], list[str], str]:
    """Words of the given and the family name as printed, and the suffix."""
    parts = [part.split() for part in name.split(",")]
    parts = [part for part in parts if part]
    suffix = ""
    for part in parts[1:]:
        if len(part) == 1 and _folded(part[0]) in _SUFFIXES and not suffix:
            suffix = _folded(part[0])
            parts.remove(part)
    if len(parts) == 2:
        return parts[1], parts[0], suffix
    tokens = [token for part in parts for token in part if _folded(token)]
    while len(tokens) > 2 and _folded(tokens[0]) in _TITLES:
        tokens = tokens[1:]
    while len(tokens) > 2 and _folded(tokens[-1]) in _SUFFIXES:
        suffix = _folded(tokens[-1])
        tokens = tokens[:-1]
    return *_display_order(tokens), suffix


def _display_order(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Given and family name of a name without a comma."""
    if not tokens:
        return [], []
    capitals = _in_capitals(tokens)
    if capitals:
        return [token for token in tokens if token not in capitals], capitals
    start = _family_start(tokens)
    return tokens[:start], tokens[start:]


def _in_capitals(tokens: list[str]) -> list[str]:
    """The family name, where it alone is in capitals."""
    found = [token for token in tokens if token.isupper() and len(_folded(token)) > 1 and "." not in token]
    if not found or len(found) == len(tokens):
        return []
    if found[0] == tokens[0] and len(_folded(found[0])) < 4 and _folded(found[0]) not in _EAST_ASIAN:
        return []  # initials: "JR Smith"
    at = tokens.index(found[0])
    run = tokens[at : at + len(found)] == found and (at == 0 or at + len(found) == len(tokens))
    return found if run else []


def _family_start(tokens: list[str]) -> int:
    start = len(tokens) - 1
    east_asian = _folded(tokens[-1]) in _EAST_ASIAN
    while start > 1:
        word, printed = _folded(tokens[start - 1]), tokens[start - 1]
        if "." in printed or word not in _PARTICLES:
            break
        if not printed[0].islower() and (east_asian or word not in _CAPITAL_PARTICLES):
            break
        start -= 1
    return start


def _particles(plain: list[str]) -> int:
    """How many particles a family name begins with."""
    count = 0
    while count < len(plain) - 1 and plain[count] in _PARTICLES:
        count += 1
    return count


def _given_words(token: str) -> list[str]:
    """The words of a given name: "J.-P." and "JP" are two initials, "Ming-Hsuan" two words."""
    if token.isalpha() and token.isascii() and not token.isupper():
        return [token.lower()]
    words = [_folded(part) for piece in _HYPHENS.split(token) for part in piece.split(".")]
    words = [word for word in words if word]
    if len(words) == 1 and token.isupper() and 2 <= len(words[0]) <= 3 and not is_syllable(words[0]):
        return list(words[0])
    return words


def _folded(text: str) -> str:
    """Letters only: no case, no diacritics."""
    if text.isalpha() and text.isascii():  # as nearly all are
        return text.lower()
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(_LETTERS.findall(plain.casefold()))
