"""What authors note of a preprint -> the venue in it: a journal reference ("Eur.Phys.J. C31 (2003) 17-29")
or a comment ("Accepted to WWW 2019, 9 pages")."""

from __future__ import annotations

import re

from kg.readers.citations import venue_name
from kg.readers.pages.venues import accepted_at

__all__ = ["venue_of_comment", "venue_of_reference"]

_CUT = re.compile(
    r"[\s,;:(]+(?:vol(?:ume)?s?\b|no\.\s?\d|num(?:ber)?\b|iss(?:ue)?\b|pp?\.|pages?\b|art(?:icle)?\.?\s(?:no\.?\s)?\w?\d|"
    r"PMLR\s\d|doi\b|https?:|eprint\b|arXiv:)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19[2-9]\d|20\d\d)(?!\d)")
_NUMBERS = re.compile(r"(?:[\s,;:]+|(?<=[a-z.])(?=[A-Z]?\d))[A-Z]?\(?\d[\w()./:+–-]*\)?[\s,;:.]*\Z")
_ACCEPTED = re.compile(
    r"\b(?:accept\w*|appear\w*|publish\w*|presented|camera[- ]ready|in press)\b", re.IGNORECASE
)
_LONGEST = 600
_PARENTHESES = re.compile(r"\(\s*(?:19[2-9]\d|20\d\d)\s*\)")


def venue_of_reference(text: str) -> str | None:
    """The name of the journal or meeting without volume, pages, numbers and year.

    >>> venue_of_reference("Eur.Phys.J. C31 (2003) 17-29")
    'Eur.Phys.J.'
    >>> venue_of_reference("Proceedings of the 36th International Conference on X, PMLR 97:3734-3743, 2019")
    'Proceedings of the 36th International Conference on X'
    >>> venue_of_reference("In NeurIPS 2019, pages 1-10"), venue_of_reference("JHEP 0307:001,2003")
    ('NeurIPS', 'JHEP')
    """
    name = " ".join(text[:_LONGEST].split()).strip(" .,;")
    name = re.sub(
        r"\A(?:in|published in|to appear in|accepted (?:at|by|to|for))\s+", "", name, flags=re.IGNORECASE
    )
    cut = _CUT.search(name, 3)
    name = name[: cut.start()] if cut else name
    parenthesis = _PARENTHESES.search(name)
    if parenthesis and parenthesis.start() > 3:
        name = name[: parenthesis.start()]
    for _ in range(6):
        name = name.rstrip(" ,;:(")
        match = _NUMBERS.search(name)
        if match is None or match.start() < 3:
            break
        name = name[: match.start()]
    if _YEAR.fullmatch(name):
        return None
    venue = venue_name(name)
    return f"{venue}." if venue and name.endswith(f"{venue}.") else venue


def venue_of_comment(text: str) -> str | None:
    """The venue that a comment says has accepted the paper; a workshop is not the conference it is held at.

    >>> venue_of_comment("Accepted to WWW 2019, 9 pages"), venue_of_comment("NIPS 2014 Workshop on X")
    ('WWW', None)
    """
    venue = accepted_at(text)[0] if _ACCEPTED.search(text) else None
    return None if venue and "workshop" in text.lower() and "workshop" not in venue.lower() else venue
