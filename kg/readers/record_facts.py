"""The small facts of a record: dates in all forms, the year of an arXiv id, DOIs, venues without their
year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.readers.citations import venue_name as name_of_venue
from kg.readers.fields import find_arxiv_id, find_date, find_year, split_venue
from kg.readers.record_text import as_text, as_texts, plain
from kg.text import collapse

__all__ = [
    "arxiv_id_in", "arxiv_year", "clean_doi", "date_text", "venue_name", "when", "year_in",
]  # fmt: skip

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_BARE_ARXIV = re.compile(
    r"\s*(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?\s*"
)
_NEW_ID = re.compile(r"(\d\d)(0[1-9]|1[0-2])\.\d{4,5}")
_OLD_ID = re.compile(r"[a-z-]+(?:\.[A-Z]{2})?/(\d\d)(0[1-9]|1[0-2])\d{3}")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_ISSUE = re.compile(r"(?<=[\s,(](?:19|20)\d\d)\)?[\s,]+\d{1,3}\Z")


def clean_doi(value: Any) -> str | None:
    """The DOI of a field that holds one, in lower case and without its resolver.

    >>> clean_doi("https://doi.org/10.1002/(SICI)1097<1661::AID>3.0.CO;2-2")
    '10.1002/(sici)1097<1661::aid>3.0.co;2-2'
    """
    for text in as_texts(value)[:20]:
        match = _DOI.search(text[:2000].replace("%2F", "/"))
        if match:
            doi = match.group().rstrip(".,;\"'>").lower()
            return doi[:-1] if doi.endswith(")") and doi.count("(") < doi.count(")") else doi
    return None


def arxiv_id_in(value: Any) -> str | None:
    """The arXiv id of a field that holds one, bare or not, without its version.

    >>> arxiv_id_in("2310.06825v2"), arxiv_id_in("arXiv:hep-th/9901001 [hep-th]"), arxiv_id_in("12345.678")
    ('2310.06825', 'hep-th/9901001', None)
    """
    for text in as_texts(value)[:20]:
        bare = _BARE_ARXIV.fullmatch(text) if len(text) < 60 else None
        if bare:
            return bare.group(1)
        found = find_arxiv_id(text[:2000])
        if found:
            return found
    return None


def arxiv_year(identifier: str | None) -> int | None:
    """The year in which an arXiv paper was first submitted, as its id says.

    Ids are given at the first submission and hold its year and month (YYMM.NNNNN since April 2007,
    archive/YYMMNNN before), so this is no guess, but it may be a year before the printed one.
    See https://info.arxiv.org/help/arxiv_identifier.html

    >>> arxiv_year("2503.11731"), arxiv_year("math.GT/0309136"), arxiv_year("hep-th/9901001"), arxiv_year("x")
    (2025, 2003, 1999, None)
    """
    match = (_NEW_ID.fullmatch(identifier) or _OLD_ID.fullmatch(identifier)) if identifier else None
    if match is None:
        return None
    year = int(match.group(1))
    return 1900 + year if year >= 91 else 2000 + year


def date_text(value: Any) -> str:
    """A date as text; numbers in lists, as Crossref and CSL have them, become 2018-4-1.

    >>> date_text({"date-parts": [[2018, 4, 1]]}), date_text({"raw": "May 2018"}), date_text([[None]])
    ('2018-4-1', 'May 2018', '')
    """
    if isinstance(value, Mapping):
        for key in ("date-parts", "dateParts", "date_parts", "date-time", "raw", "literal", "date", "value"):
            text = date_text(value[key]) if value.get(key) else ""
            if text:
                return text
        parts = [as_text(value.get(key)) or "" for key in ("year", "month", "day")]
        return _joined([part for part in parts if part]) if parts[0] else as_text(value) or ""
    while isinstance(value, list) and value and isinstance(value[0], list):
        value = value[0]
    if isinstance(value, list) and value and all(_is_number(part) for part in value) and len(value) <= 3:
        return _joined([str(part).strip() for part in value])
    text = as_text(value) or ""
    compact = _COMPACT.fullmatch(text)
    return "-".join(compact.groups()) if compact else text[:200]


def _is_number(part: Any) -> bool:
    return not isinstance(part, bool) and (
        isinstance(part, int) or (isinstance(part, str) and part.strip().isdecimal())
    )


def _joined(parts: list[str]) -> str:
    """Year, month and day joined, as far as they can be ones."""
    if len(parts) > 1 and not parts[1].isdecimal():
        return " ".join(reversed(parts))
    kept = [part for part in parts if part.isdecimal() and 0 < int(part[:6]) < 10_000]
    return "-".join(kept)


def when(*values: Any) -> tuple[int | None, str | None]:
    """The year, and the date where one of the same year is complete, of the first value that has a year.

    >>> when({"date-parts": [[2019]]}, "2019-05-03"), when("2020-00-00", None), when("n.d.")
    ((2019, '2019-05-03'), (2020, None), (None, None))
    """
    year: int | None = None
    for value in values:
        text = date_text(value)
        date = find_date(text) if text else None
        found = int(date[:4]) if date else year_in(text)
        year = year or found
        if date and found == year:
            return year, date
    return year, None


def year_in(value: Any) -> int | None:
    """The year of a field that holds one.

    >>> year_in(2019), year_in("2019-00-00"), year_in({"value": "1935"}), year_in("volume 3")
    (2019, 2019, 1935, None)
    """
    text = as_text(value) or ""
    if len(text) < 40 and re.fullmatch(
        r"\s*(?:1[5-9]|20)\d\d(?:[-/.]\d{1,2}){0,2}\s*|(?:1[5-9]|20)\d\d\.0", text
    ):
        return int(text.strip()[:4])
    return find_year(text[:400])


def venue_name(value: Any) -> tuple[str | None, int | None]:
    """A venue, and its year, which is cut away where it stands at an end.

    >>> venue_name("Proceedings of the 2019 Conference on Empirical Methods"), venue_name("CVPR 2019 6")
    (('Proceedings of the 2019 Conference on Empirical Methods', 2019), ('CVPR', 2019))
    """
    text = _ISSUE.sub("", collapse(plain(as_text(value) or ""))[:1000])
    if not text:
        return None, None
    name = name_of_venue(text)
    abbreviated = text.count(".") > 1 and name == text[:-1]  # "Nat. Commun."
    return text if abbreviated else name, split_venue(text)[1]
