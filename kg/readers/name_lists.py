"""Bylines: texts that are a list of names and nothing else, but for institutions or the venue behind them."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.readers.citation_names import display_name
from kg.readers.institutions import is_affiliation
from kg.readers.names import NameList, names_at
from kg.text import collapse
from kg.types import Authorship

__all__ = ["inverted_names", "listed_names", "name_list"]

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
_SURNAME = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|bin|ten|"
    r"ter)\s+){0,3}[^\W\d_][^\W\d_]*(?:['’‐-][^\W\d_]+)*(?:\s[^\W\d_a-z][^\W\d_]+(?:['’-]"
    r"[^\W\d_]+)*)?"
)
_INITIALS = r"[^\W\d_a-z](?:\.|[^\W\d_A-Z]?\.)?(?:[\s‐-]?[^\W\d_a-z]\.?){0,3}(?![^\W\d_])"
_INVERTED = re.compile(
    rf"(?P<family>{_SURNAME}),\s(?P<given>{_INITIALS})(?:,\s(?P<suffix>Jr|Sr|II|III|IV)\b\.?)?[*†‡]?"
)
_NEXT = re.compile(
    r"\s*(?:[,;]\s*(?:(?:&|and|et|und)\s+)?|\s(?:&|and|et|und)\s+)(?:\.\.\.\s*)?", re.IGNORECASE
)
_TURNED = re.compile(rf"(?P<family>{_SURNAME})\s(?P<given>[A-Z](?:-?[A-Z]){{0,2}})(?!\w|\.\w)[*†‡]?")
_ORCID = re.compile(
    r"(?:ORCID\s*(?:iD)?\s*:?\s*)?(?:https?://)?orcid\.org/\d{4}-\d{4}-\d{4}-\d{3}[\dX]|"
    r"ORCID(?:\s?iD)?(?=\d|\s*[,;&]|\Z)"
)
_PRIZE = re.compile(r"\b(?:award|winner|prize|finalist)\b", re.IGNORECASE)
_CYRILLIC = re.compile(
    r"(?P<family>[А-ЯЁ][а-яё’'-]+(?:[ -][А-ЯЁ][а-яё]+)?)\s(?P<given>[А-ЯЁ]\.\s?(?:[А-ЯЁ]"
    r"\.)?)(?=\s*[,;]|\s*\Z)"
)
_FIRST_TURNED = re.compile(
    rf"(?P<family>{_SURNAME}),\s(?P<given>[^\W\d_a-z][^\W\d_]*\.?(?:[\s-][^\W\d_a-z]"
    rf"[^\W\d_]*\.?){{0,2}})(?=,\s|\sand\s|\.)"
)
_OTHERS = re.compile(r"[\s,;]*(?:et\s+al\b\.?|and\s+others\b|…|\.\.\.)")
_MOST_INVERTED = 3000


def name_list(text: str) -> NameList | None:
    """The names of a text that is a byline and nothing else (but for an affiliation and "et al."), or None.

    >>> [author.name for author in name_list("Yaoyao Ding · ali shafiee · Eyal de Lara").authors]
    ['Yaoyao Ding', 'ali shafiee', 'Eyal de Lara']
    >>> name_list("Sparse Tensor Core: Algorithm and Hardware") is None
    True
    """
    text = _ORCID.sub("", text) if "ORCID" in text or "orcid" in text else text
    given = inverted_names(text) or _cyrillic_list(text) or _grouped(text)
    if given is not None:
        return given
    turned = _turned_list(text)
    if turned is not None and not text[turned.end :].strip(" .,;"):
        return turned
    if turned is not None and text[turned.end : turned.end + 2] == ". ":
        issued = _with_venue(text, turned)
        if issued is not None:
            return issued
    prize = _PRIZE.search(text)
    if prize is not None:
        text = (
            text[: max(text.rfind(mark, 0, prize.start()) for mark in ",;·|\n")]
            if "," in text[: prize.start()]
            else ""
        )
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
    """Names with the surname first, parted by semicolons, in spoken order; None for anything else.

    >>> [author.name for author in inverted_names("Sommer, Jane; O'Neil, J. P.").authors]
    ['Jane Sommer', "J. P. O'Neil"]
    """
    groups = [group.strip() for group in re.split("[;；]", text[:_LONGEST].rstrip(" ;:"))]
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
    authors = tuple(Authorship(name=display_name(group)) for group in groups)
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
        whole = names_at(group, 0) if group.endswith(")") else None
        found: NameList | None
        if whole is not None and whole.end >= len(group) and whole.authors[-1].affiliation:
            place, named, found = whole.authors[-1].affiliation, group, whole
        else:
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


def listed_names(text: str, *, whole: bool = True) -> NameList | None:
    """The names that a reference opens with, in any order of their parts; ``whole``: and nothing else.

    >>> [author.name for author in listed_names("Ruiz, A., van Dam, L. P., & Wei, K.").authors]
    ['A. Ruiz', 'L. P. van Dam', 'K. Wei']
    """
    found = _inverted_list(text) or _turned_list(text) or _first_turned(text) or names_at(text, 0)
    if found is None or (whole and text[found.end :].strip(" .,:;，、；：()0123456789–-")):
        return None
    return found


def _inverted_list(text: str) -> NameList | None:
    """Surnames before initials, commas between all ("Ruiz, A., & Wei, L.")."""
    return _run_of_names(text, _INVERTED)


def _turned_list(text: str) -> NameList | None:
    """Surnames before bare initials ("Ruiz A, Wei LM")."""
    return _run_of_names(text, _TURNED)


def _cyrillic_list(text: str) -> NameList | None:
    """Russian surnames before initials ("Кузнецов А.П., Ван Цзин"), a full name here and there."""
    matches = list(_CYRILLIC.finditer(text[:_LONGEST]))
    pieces = [piece.strip() for piece in text[:_LONGEST].split(",") if piece.strip()]
    if (
        not matches
        or len(matches) * 2 < len(pieces)
        or any(len(piece.split()) > _LONG_SURNAME for piece in pieces)
    ):
        return None
    authors = []
    for piece in pieces:
        match = _CYRILLIC.fullmatch(piece)
        initials = re.sub(r"\.(?=[А-ЯЁ])", ". ", match.group("given")) if match else ""
        authors.append(Authorship(name=f"{initials} {match.group('family')}" if match else piece))
    return NameList(authors=tuple(authors), end=len(text), score=0.85)


def _run_of_names(text: str, form: re.Pattern[str]) -> NameList | None:
    authors: list[Authorship] = []
    position = end = 0
    while len(authors) < _MOST_INVERTED:
        match = form.match(text, position)
        if match is None:
            break
        suffix = match.groupdict().get("suffix")
        name = f"{match.group('given')} {match.group('family')}{f' {suffix}' if suffix else ''}"
        authors.append(Authorship(name=collapse(name)))
        end = match.end()
        following = _NEXT.match(text, end)
        if following is None or following.end() == end:
            break
        position = following.end()
    if not authors or (len(authors) == 1 and (form is _TURNED or names_at(authors[0].name, 0) is None)):
        return None
    others = _OTHERS.match(text, end)
    score = 0.9 if len(authors) > 1 else 0.75
    end = others.end() if others else end
    return NameList(authors=tuple(authors), end=end, score=score, et_al=others is not None)


def _first_turned(text: str) -> NameList | None:
    """Only the first name has its surname in front ("Ruiz, Ana, Li Wei, and Kai Tan")."""
    first = _FIRST_TURNED.match(text)
    if first is None:
        return None
    name = f"{first.group('given')} {first.group('family')}"
    rest = names_at(text, 0)
    alone = rest is None or " " not in rest.authors[0].name
    own = names_at(name, 0)
    if not alone or own is None or own.end < len(name) or len(own.authors) != 1:
        return None
    following = _NEXT.match(text, first.end())
    others = names_at(text, following.end()) if following and following.end() > first.end() else None
    if others is None or any(" " not in author.name for author in others.authors):
        return None
    authors = (Authorship(name=name), *others.authors)
    return NameList(authors=authors, end=others.end, score=others.score, et_al=others.et_al)
