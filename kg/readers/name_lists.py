"""Bylines: texts that are a list of names and nothing else, but for institutions or the venue behind them."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.readers.institutions import is_affiliation
from kg.readers.names import NameList, names_at
from kg.text import collapse
from kg.types import Authorship

__all__ = ["inverted_names", "name_list"]

_TAIL = re.compile(
    r"\s*(?:[;,.·|]|\s[-–—](?=\s)|\()\s*[*_]{0,2}"
    r"(?P<venue>(?:in\s?:?\s+)?(?:proceedings|proc\b|[A-Z\d][\w&+/-]*|the\s).{2,240})",
    re.IGNORECASE | re.DOTALL,
)
_ISSUED = re.compile(
    r"(?<![\d.])(?:(?:19|20)\d\d(?![\d.]*\d)|[A-Za-z]\s?['’]\d\d\b)"
    r"|\b(?:Proceedings|Journal|Transactions|PMLR|arXiv)\b"
)
_EDITED = re.compile(r"\s*[(\[]\s*(?:eds?\b|editors?\b|chairs?\b|organi[sz]ers?\b)", re.IGNORECASE)
_PIECE = re.compile(r"[;；·•∙⋅|]|[,，、](?:\s*and\s)?|\s(?:and|&)\s")
_SURE = 0.6
_LONG_SURNAME = 3
_DOT = re.compile(r"\s[·•∙⋅]\s|\s*[·∙⋅]\s*")
_LONGEST = 8000


def name_list(text: str) -> NameList | None:
    """The names of a text that is a byline and nothing else (but for an affiliation and "et al."), or None.

    >>> [author.name for author in name_list("Yaoyao Ding · ali shafiee · Eyal de Lara").authors]
    ['Yaoyao Ding', 'ali shafiee', 'Eyal de Lara']
    >>> name_list("Sparse Tensor Core: Algorithm and Hardware") is None
    True
    """
    given = inverted_names(text) or _grouped(text)
    if given is not None:
        return given
    found = names_at(text, 0)
    if found is None:
        return _by_dots(text) or _mostly_names(text)
    if _EDITED.match(text, found.end) or _EDITED.match(f"({found.authors[-1].affiliation or ''}"):
        return None
    rest = text[found.end :].strip(" \t\r\n.,;:·|*-–—()")
    if not rest:
        return found
    if len(rest) < 300 and is_affiliation(rest):
        authors = tuple(
            author if author.affiliation else Authorship(name=author.name, affiliation=collapse(rest))
            for author in found.authors
        )
        return NameList(authors=authors, end=len(text), score=found.score * 0.95, et_al=found.et_al)
    return _with_venue(text, found) or _by_dots(text) or _mostly_names(text)


def inverted_names(text: str) -> NameList | None:
    """Names with the surname first, parted by semicolons, as printed; None for anything else.

    >>> [author.name for author in inverted_names("Sommer, Jane; O'Neil, J. P.").authors]
    ['Sommer, Jane', "O'Neil, J. P."]
    """
    groups = [group.strip() for group in re.split("[;；]", text[:_LONGEST].rstrip(" ;"))]
    if len(groups) < 2:
        return None
    scores: list[float] = []
    for group in groups:
        surname, comma, given = group.partition(",")
        if not comma or "," in given or is_affiliation(group) or len(group.split()) > 6:
            return None
        found = names_at(f"{given.strip()} {surname.strip()}", 0)
        if found is not None and found.end > len(given.strip()) and len(surname.split()) < _LONG_SURNAME:
            scores.append(found.score)
    if len(scores) * 5 < len(groups) * 4:
        return None
    authors = tuple(Authorship(name=collapse(group)) for group in groups)
    return NameList(authors=authors, end=len(text), score=sum(scores) / len(scores))


def _grouped(text: str) -> NameList | None:
    """Names before their institution, groups parted by semicolons ("A. Ruiz and L. Wei, ETH; B. Li, MIT")."""
    groups = [group.strip(" .\t\r\n") for group in re.split("[;；]", text[:_LONGEST])]
    if len(groups) < 2 or not is_affiliation(text):
        return None
    authors: list[Authorship] = []
    scores: list[float] = []
    places = 0
    for group in groups:
        pieces = group.split(",")
        cut = len(pieces) - 1 if len(pieces) > 1 else 1
        while cut > 1 and is_affiliation(pieces[cut - 1]):
            cut -= 1
        place = collapse(",".join(pieces[cut:]))
        named = ",".join(pieces[:cut])
        found = names_at(named, 0)
        if found is None or named[found.end :].strip(" .,"):
            return None
        places += is_affiliation(place)
        scores.append(found.score)
        authors += (
            replace(author, affiliation=author.affiliation or place or None) for author in found.authors
        )
    if places * 2 < len(groups):
        return None
    return NameList(authors=tuple(authors), end=len(text), score=sum(scores) / len(scores))


def _with_venue(text: str, found: NameList) -> NameList | None:
    """A byline that a venue with a year follows ("A. Ruiz, L. Wei. In Proc. ISCA, 2018")."""
    tail = _TAIL.fullmatch(text, found.end) if found.score >= _SURE else None
    if tail is None or len(tail.group("venue")) > 240 or not _ISSUED.search(tail.group("venue")):
        return None
    return replace(found, end=len(text), venue=collapse(tail.group("venue").split("[")[0]).strip(" .*_)"))


def _mostly_names(text: str) -> NameList | None:
    """A byline with a piece that is no name by its words (a team, a misprint): most pieces must be names."""
    pieces = [piece for piece in (part.strip(" *_\t") for part in _PIECE.split(text[:_LONGEST])) if piece]
    if len(pieces) < 4 or len(text) > _LONGEST:
        return None
    authors: list[Authorship] = []
    scores: list[float] = []
    for piece in pieces:
        found = names_at(piece, 0) if len(piece) < 80 else None
        whole = found is not None and not piece[found.end :].strip(" .") and " " in found.authors[0].name
        if found is not None and whole:
            authors += found.authors
            scores.append(found.score)
        elif len(piece.split()) > 6 or (":" in piece and len(piece) > 1):
            return None
        elif any(letter.isalpha() for letter in piece):
            authors.append(Authorship(name=collapse(piece)))
    if len(scores) * 4 < len(pieces) * 3 or not scores:
        return None
    return NameList(authors=tuple(authors), end=len(text), score=sum(scores) / len(scores) * 0.9)


def _by_dots(text: str) -> NameList | None:
    """Names between middle dots, which stand between nothing else, though one of them is misprinted."""
    pieces = [piece.strip() for piece in _DOT.split(text[:_LONGEST])]
    if len(pieces) < 2:
        return None
    authors: list[Authorship] = []
    scores: list[float] = []
    for piece in pieces:
        found = names_at(piece, 0)
        if found is not None and found.end >= len(piece) and len(found.authors) == 1:
            authors += found.authors
            scores.append(found.score)
            continue
        words = piece.split()
        if (
            not 1 < len(words) <= 5
            or not all(word[0].isupper() for word in words)
            or re.search(r"[\d:()]", piece)
        ):
            return None
        authors.append(Authorship(name=collapse(piece)))
    if len(scores) * 2 < len(pieces):
        return None
    return NameList(authors=tuple(authors), end=len(text), score=sum(scores) / len(scores) * 0.9)
