"""Public addresses of papers and people from their identifiers, and which addresses may be linked to."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

__all__ = ["arxiv_url", "doi_url", "orcid_url", "web_url"]

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\x00-\x1f\x7f]+")
_ARXIV = re.compile(r"\d{4}\.\d{4,5}(?:v\d{1,3})?|[a-z\-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,3})?")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_WEB = re.compile(r"https?://[^\s/?#\\@]+(?:[/?#]\S*)?", re.IGNORECASE)
# RFC 3987 leaves these out of IRIs, and Turtle's IRIREF with it
_KEPT = "!#$%&'()*+,-./:;=?@_~[]"


def doi_url(doi: Any) -> str | None:
    """The address of a DOI, with what an IRI cannot hold percent-encoded; None for what is no DOI.

    >>> doi_url("10.1000/a<b>")
    'https://doi.org/10.1000/a%3Cb%3E'
    """
    found = isinstance(doi, str) and _DOI.fullmatch(doi)
    return "https://doi.org/" + quote(doi, safe="/:;()._-", errors="replace") if found else None


def arxiv_url(identifier: Any) -> str | None:
    """The address of an arXiv paper; None for what is no identifier of arXiv."""
    return f"https://arxiv.org/abs/{identifier}" if _matches(_ARXIV, identifier) else None


def orcid_url(orcid: Any) -> str | None:
    """The address of a person's ORCID record; None for what is no ORCID."""
    return f"https://orcid.org/{orcid}" if _matches(_ORCID, orcid) else None


def web_url(url: Any) -> str | None:
    """An http(s) address, encoded so that it can stand in an IRI, a Turtle or a BibTeX file; None for others.

    >>> web_url("javascript:alert(1)"), web_url("https://example.org/a b"), web_url("https://example.org/{a}")
    (None, None, 'https://example.org/%7Ba%7D')
    """
    return quote(url, safe=_KEPT, errors="replace") if _matches(_WEB, url) else None


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
