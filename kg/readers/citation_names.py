"""Authors as bibliographic files write them ("van der Berg, Jan", "King, Jr., Martin L.", "Smith JA") ->
names as people write them ("Jan van der Berg").

What a file marks as an organisation stays as printed; "et al.", "others" and "Anonymous" are nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.text import collapse
from kg.types import Authorship

__all__ = ["display_name", "display_names", "is_nobody", "is_suffix", "make_authors", "split_names"]

_SUFFIX = re.compile(r"(?:Jr|Sr|Jnr|Snr|Junior|Senior|II|III|IV|VII?I?|2nd|3rd|4th)\.?\Z", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:Ph\.?\s?D|M\.?\s?D|M\.?\s?Sc|B\.?\s?Sc|M\.?\s?P\.?\s?H|R\.?\s?N|Dr|Prof|MBA|Esq|FRCP|FACS)\.?\Z"
)
_COMPANY = re.compile(
    r"(?:Inc|Ltd|LLC|L\.L\.C|GmbH|Corp|Co|S\.?A|AG|B\.?V|PLC|USA|UK|US|Inc\. et al)\.?\Z", re.IGNORECASE
)
_NOBODY = re.compile(
    r"[\[(]?(?:anonymous|anon\.?|others|et\.?\s?al\.?|etc\.?|and others|n/?a|none|null|nan|unknown|authors?|"
    r"no authors? (?:name )?(?:available|listed|given)|nobody|-+|…|\.{2,})[\])]?\Z",
    re.IGNORECASE,
)
_ET_AL = re.compile(
    r"[\s,;]+(?:(?:and|&)\s+(?:\d+\s+)?others|et\.?\s?al\.?|u\.\s?a\.|\.{3}|…)\s*\Z", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?-?){1,4}\Z")
_INITIALS_LAST = re.compile(
    r"(?P<family>\S.*?)\s+(?P<given>(?:(?=[^\W\d_])[^a-z\W]\.?-?\s?){1,5})(?P<suffix>\s+(?:Jr|Sr|II|III|IV|2nd|3rd)\.?)?\Z"
)
_SCOPUS_ID = re.compile(r"\s*\(\d{5,}\)")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+\Z")  # the family stands first in these scripts
_SUFFIX_LAST = re.compile(r"(.*\w\.?)\s+((?:Jr|Sr|II|III|IV)\.?)\Z")
_MARKS = re.compile(r"\s\d{4}\Z|[\s*†‡§¶∗]+\Z|(?<=[^\W\d_])\d{1,2}(?:,\d{1,2})*\Z")
_GLUED = re.compile(
    r"(?<=[a-zà-ÿ.])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bLa)(?<!\bDi)(?<!\bVan)(?<!\bO)(?=[A-ZÀ-Þ][a-zà-ÿ.])"
)
_AND = re.compile(r"\s*[,;]?\s+(?:and|und|et|&)\s+", re.IGNORECASE)
_QUOTED = re.compile(r"'((?:[^'\\]|\\.){0,300})'|\"((?:[^\"\\]|\\.){0,300})\"")
_MAX_NAME = 300


def is_nobody(name: str) -> bool:
    """Whether a word stands where a name should ("others", "[Anonymous]")."""
    return not name.strip() or _NOBODY.match(name.strip()) is not None


def is_suffix(text: str) -> bool:
    """Whether a text is a suffix of names ("Jr.")."""
    return _SUFFIX.match(text.strip()) is not None


def display_name(name: str) -> str:
    """The name with the given name first; without degrees and footnote marks.

    >>> display_name("van der Berg, Jan"), display_name("King, Jr., Martin Luther")
    ('Jan van der Berg', 'Martin Luther King Jr.')
    >>> display_name("The ATLAS Collaboration"), display_name("Acme, Inc."), display_name("陳, 美玲")
    ('The ATLAS Collaboration', 'Acme, Inc.', '陳 美玲')
    >>> display_name("Rosenberg, Paul Jr"), display_name("Wei Zhang 0042")
    ('Paul Rosenberg Jr', 'Wei Zhang')
    """
    name = collapse(name)
    if "," not in name:
        return _MARKS.sub("", name) if name[-1:] in "*†‡§¶∗ 0123456789" else name
    parts = [part for part in (piece.strip() for piece in name.split(",")) if part]
    while len(parts) > 1 and _DEGREE.match(parts[-1]):
        parts.pop()
    if len(parts) < 2:
        return parts[0] if parts else ""
    if len(parts) == 2:
        family, given = parts
        if _HAN.match(family) and _HAN.match(given):
            return f"{family} {given}"
        if (named := _SUFFIX_LAST.match(given)) and not _SUFFIX.match(given):
            return f"{named.group(1)} {family} {named.group(2)}"
        if _COMPANY.match(given) and len(given) > 1:
            return f"{family}, {given}"
        return f"{family} {given}" if _SUFFIX.match(given) else f"{given} {family}"
    if len(parts) == 3 and _SUFFIX.match(parts[1]):
        return f"{parts[2]} {parts[0]} {parts[1]}"
    if len(parts) == 3 and _SUFFIX.match(parts[2]):
        return f"{parts[1]} {parts[0]} {parts[2]}"
    return ", ".join(parts)


def display_names(names: Iterable[str]) -> list[str]:
    """The names of one byline for display; where most of them end in initials, these go first.

    >>> display_names(["Hajj-Boutros G", "van den Berg JM", "et al."])
    ['G Hajj-Boutros', 'JM van den Berg']
    """
    given = [_ET_AL.sub("", collapse(name)[:_MAX_NAME]).strip(" ;") for name in names]
    given = [name for name in given if name and not _NOBODY.match(name)]
    stopped = len(given) > 1 and given[-1].endswith(".") and not any("." in name for name in given[:-1])
    if stopped and all(_INITIALS_LAST.match(name) for name in given[:-1]):
        given[-1] = given[-1][:-1]  # the full stop of the list
    turned = [None if "," in name else _INITIALS_LAST.match(name) for name in given]
    turned = [match if match and _is_family(match["family"]) else None for match in turned]
    if sum(match is not None for match in turned) * 5 < len(given) * 3:
        return [shown for name in given if (shown := display_name(name))]
    return [
        f"{match['given'].strip()} {match['family']}{match['suffix'] or ''}" if match else display_name(name)
        for name, match in zip(given, turned, strict=True)
    ]


def make_authors(
    names: Sequence[str], *, places: Sequence[str | None] = (), orcids: Sequence[str | None] = ()
) -> tuple[Authorship, ...]:
    """Authorships of printed names; ``places`` and ``orcids`` belong to the names one by one where given."""
    shown = display_names(names)
    if len(shown) != len(names):
        return tuple(Authorship(name=name) for name in shown)
    places = places if len(places) == len(shown) else [None] * len(shown)
    orcids = orcids if len(orcids) == len(shown) else [None] * len(shown)
    return tuple(
        Authorship(name=name, affiliation=place or None, orcid=orcid or None)
        for name, place, orcid in zip(shown, places, orcids, strict=True)
    )


def split_names(text: str) -> list[str]:
    """The names in a text that lists them, as printed, by whatever separator it uses.

    >>> split_names("Sommer, Jane; O'Neil, J. P."), split_names("A Vaswani, N Shazeer, ...")
    (['Sommer, Jane', "O'Neil, J. P."], ['A Vaswani', 'N Shazeer', '...'])
    >>> split_names("Smith, J., Doe, R.-M."), split_names("Jane DoeJohn McAdam")
    (['Smith, J.', 'Doe, R.-M.'], ['Jane Doe', 'John McAdam'])
    """
    text = _SCOPUS_ID.sub("", re.sub(r"[^\S\n]+", " ", text.strip()))
    if text[:1] == "[" and text[-1:] == "]":
        quoted = [first or second for first, second in _QUOTED.findall(text)]
        text = "; ".join(quoted) if quoted else text[1:-1]
        if len(quoted) == 1:
            return quoted
    for separator in (";", "；", "|", "•", "·", "\n", "、", "，"):
        if separator in text:
            return [name for piece in _pieces(text.split(separator)) for name in _short_names(piece)]
    parts = _AND.split(text)
    if len(parts) > 2 or (len(parts) == 2 and "," not in parts[1]):
        return [name for part in parts for name in _by_commas(part)]
    if len(parts) == 2:
        return _pieces(parts) if text.count(",") == 2 else _by_commas(",".join(parts))
    return _by_commas(text)


def _short_names(piece: str) -> list[str]:
    """The names of a piece between semicolons: more than one where PubMed's short names stand in it."""
    names = _pieces(piece.split(","))
    short = len(names) > 1 and all(" " in name and _INITIALS.match(name.split()[-1]) for name in names)
    return names if short else [piece]


def _by_commas(text: str) -> list[str]:
    pieces = _pieces(text.split(","))
    if len(pieces) < 2:
        return _pieces(_GLUED.split(text)) if len(text.split()) > 2 else pieces
    if _is_inverted(pieces):
        return [", ".join(pieces[at : at + 2]) for at in range(0, len(pieces), 2)]
    names: list[str] = []
    for piece in pieces:
        if names and (_SUFFIX.match(piece) or _DEGREE.match(piece)):
            names[-1] = f"{names[-1]}, {piece}"
        else:
            names.append(piece)
    return names


def _is_inverted(pieces: Sequence[str]) -> bool:
    """Whether pieces between commas are surnames and given names in turn."""
    if len(pieces) == 2:
        return (
            len(pieces[0].split()) == 1
            or len(pieces[1].split()) == 1
            or pieces[0][0].islower()
            or bool(_INITIALS.match(pieces[1].replace(" ", "")))
        )
    if len(pieces) % 2:
        return False
    given = pieces[1::2]
    initials = sum(_INITIALS.match(piece.replace(" ", "")) is not None for piece in given)
    if initials * 5 >= len(given) * 4:
        return True
    return all(len(piece.split()) == 1 for piece in pieces[::2]) and sum(
        len(p.split()) == 1 for p in given
    ) * 2 > len(given)


def _pieces(parts: Iterable[str]) -> list[str]:
    return [piece for part in parts if (piece := collapse(part).strip(" ,;"))]


def _is_family(text: str) -> bool:
    """Whether the words before the initials can be a surname, and are no initials themselves."""
    words = text.split()
    return len(words) <= 4 and any(len(word.strip(".")) > 1 and not word.isupper() for word in words)
