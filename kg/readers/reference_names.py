"""The byline that opens an entry of a reference list: its names and where it ends.

Three orders are tried and the one that reads furthest is taken: "Vaswani, A., Shazeer, N." (surname first),
"Vaswani A, Shazeer N." (surname and bare initials) and "A. Vaswani, Noam Shazeer" (as printed in bylines).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.names import names_at
from kg.readers.plain_words import PLAIN_WORDS
from kg.text import collapse

__all__ = ["Byline", "byline_at"]

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΩА-ЯЁІЇЄ"
_WORD = rf"(?:[{_UP}](?:[^\W\d_]|['’ʼ‐‑-](?=[^\W\d_]))+)"
_PARTICLE = (
    r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|el|al|bin|ibn|zu|zum|af|st\.?|'t|op)\s+"
    r"|d['’])"
)
_SURNAME = rf"(?:{_PARTICLE}){{0,3}}{_WORD}(?: (?:{_PARTICLE}){{0,2}}{_WORD}){{0,2}}"
_INITIAL = rf"[{_UP}][a-z]?"
_LETTER = f"[{_UP}]"
_INITIALS = rf"{_INITIAL}\.[\s-]?(?:{_LETTER}\.[\s-]?){{0,4}}(?:\s?(?:{_PARTICLE}){{1,3}})?"
_SUFFIX = r"(?:,?\s+(?:Jr\.?|Sr\.?|II|III|IV)(?=[\s,.;&:]|\Z))?"
_GIVEN = rf"{_WORD}(?: {_WORD}|\s{_INITIAL}\.){{0,2}}"

_INVERTED = re.compile(
    rf"({_SURNAME}),\s+({_INITIALS}|{_GIVEN}(?=,\s*(?:and|&)|;|\.|,\s|\s\(|\s(?:and|&)\s|:)){_SUFFIX}"
)
_BARE = re.compile(
    rf"({_SURNAME})\s+([{_UP}](?:[\s-]?[{_UP}]){{0,3}})(?=\s*[,.;:&(]|\s+(?:and|et)\b|\Z){_SUFFIX}"
)
_FORWARD = re.compile(
    rf"({_INITIALS}(?:{_WORD}\s+)?(?:{_SURNAME}|[{_UP}](?=,))|{_WORD}\s+(?:{_LETTER}\.\s?){{1,3}}(?:{_SURNAME})){_SUFFIX}"
)
_SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:and|&|und|et|y|e)?\s+|\s(?:and|&|und|et|y|e)\s+|[;,]\s*)(?=\S)")
_ET_AL = re.compile(r"[\s,;&]*(?:\band\s+)?(?:et\s+al\b\.?|and others\b|u\.\s?a\.|等|\.\.\.|…)")
_EDITORS = re.compile(r"\s*[,(]?\s*\(?(?:eds?\.?|editors?|hrsg\.?)\)?(?=[\s,.:]|\Z)", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(r"(?<=[\s-][A-Z][A-Za-z])\.\s(?=[A-Z][a-z])")
_TWO_NAMES = re.compile(rf"{_WORD} (?:{_PARTICLE}){{0,2}}{_WORD}(?: {_WORD})?")
_SURNAME_NEXT = re.compile(rf"\s?{_WORD}\s*(?:,|and\b|&)")
_MAX_NAMES = 400


@dataclass(frozen=True, slots=True)
class Byline:
    """Names in display order, where the byline ends in the text, and whether given names are initials."""

    names: tuple[str, ...]
    end: int
    initials: bool


def byline_at(text: str, start: int = 0) -> Byline | None:
    """The byline at a place of an entry; None where no names stand there.

    >>> byline_at("Vaswani, A., Shazeer, N.: Attention is all").names
    ('A. Vaswani', 'N. Shazeer')
    """
    surname_first = (_listed(text, start, pattern, inverted=True) for pattern in (_INVERTED, _BARE))
    found = [byline for byline in surname_first if byline is not None]
    certain = any(byline.initials for byline in found)
    forward = _listed(text, start, _FORWARD, inverted=False)
    found += [forward] if forward else []
    in_full = _in_full(text, start)
    if in_full is not None and not certain and (not found or "." not in in_full.names[0].split(" ")[0]):
        found.append(in_full)
    return max(found, key=lambda byline: (byline.end, len(byline.names)), default=None)


def _listed(text: str, start: int, pattern: re.Pattern[str], *, inverted: bool) -> Byline | None:
    names: list[str] = []
    position = end = start
    short = 0
    while len(names) < _MAX_NAMES:
        match = pattern.match(text, position)
        if match is None or not _is_surname(match.group(1)):
            match = _FORWARD.match(text, position) if names else None  # "Smith, J. and A. Doe"
            if match is None:
                rest = _in_full(text, position) if inverted and names and not short else None
                if rest is not None:  # "Bahdanau, Dzmitry, Kyunghyun Cho, and Yoshua Bengio"
                    names += rest.names
                    end = rest.end
                break
            names.append(collapse(match.group(1)))
        elif inverted:
            given = collapse(match.group(2))
            full = " " in given and "." not in given and not given.isupper()
            two = full or _SURNAME_NEXT.match(text, match.end())
            if two and _TWO_NAMES.fullmatch(match.group(1)):
                break  # "Ashish Vaswani, Noam Shazeer": two names
            names.append(collapse(f"{given} {match.group(1)}"))
            short += "." in given or given.isupper()
        else:
            names.append(collapse(match.group(1)))
            short += 1
        end = match.end()
        more = _ET_AL.match(text, end)
        if more:
            end = more.end()
            break
        separator = _SEPARATOR.match(text, end)
        if separator is None:
            break
        position = separator.end()
    if not names:
        return None
    editors = _EDITORS.match(text, end)
    end = editors.end() if editors else end
    return Byline(tuple(names), end, short * 2 >= len(names))


def _is_surname(text: str) -> bool:
    """Whether the words before a comma can be a surname: not three words of titles."""
    words = text.replace(".", " ").split()
    plain = sum(1 for word in words if len(word) > 3 and word.lower() in PLAIN_WORDS)
    return not words or plain < max(1, len(words) - 1) or (len(words) == 1 and plain == 0)


def _in_full(text: str, start: int) -> Byline | None:
    """Names in full ("Ashish Vaswani, Noam Shazeer, and Niki Parmar")."""
    found = names_at(text, start, limit=min(len(text), start + 6000))
    if found is None or found.score < 0.5:
        return None
    names = tuple(author.name for author in found.authors)
    if " " not in names[0] and names[0][0] < "\u3000":
        return None
    end = found.end
    for number, name in enumerate(names):
        over = _NEXT_SENTENCE.search(name)
        if over:  # "Han-Jia Ye. Integrating": a short surname is no abbreviation
            short = name[: over.start()]
            at = re.search(re.escape(short).replace(r"\ ", r"\s+"), text[start:end])
            end = start + at.end() if at else end
            names = (*names[:number], short)
            break
    else:
        if text[end - 1 : end] == "." and not names[-1].endswith("."):
            end -= 1
    return Byline(names, end, sum("." in name for name in names) * 2 > len(names))
